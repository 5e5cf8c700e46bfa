"""A checker reads which option a participant means, although each phone has its own letters."""

import pytest

from quiz.models.events.events import FeedbackMode
from quiz.permissions import Role
from quiz.queries.taking.attempt_page import items_to_answer
from tests.reading import root, words


@pytest.fixture
def checker(make, client_for):
    return client_for(make.user(username="hadi", role=Role.LEGAL_CHECKER))


def contested(make, type_="single_choice", **changes):
    """A contest whose author saw the options in another order than the author's, if shuffled."""
    item = make.bank_item(make.item(type_))
    sitting = make.sitting(items=[item], feedback_mode=FeedbackMode.AFTER_SUBMIT, **changes)
    ids = [option.id for option in item.published.item.options]
    for _ in range(20):
        attempt = make.finished(sitting)
        [entry] = items_to_answer(make.session, attempt)
        if [option.id for option in entry.options] != ids or not sitting.shuffle_options:
            return item, entry, make.contest(attempt)
    raise AssertionError("twenty shuffles left every option in its place")


@pytest.mark.parametrize("page", ["sanggahan", "putusan/pratinjau?jenis=batal"])
def test_letters_of_the_phone_are_told_beside_the_contest(make, checker, page):
    item, entry, _ = contested(make)
    here = {option.id: "ABCDE"[at] for at, option in enumerate(item.published.item.options)}

    said = words(root(checker.get(f"/soal/{item.code}/{page}")))

    pairs = ", ".join(f"{o.letter} ialah {here[o.id]} di sini" for o in entry.options)
    assert f"Hurufnya di HP: {pairs}." in said


def test_nothing_is_said_where_the_letters_are_the_same(make, checker):
    item, _, _ = contested(make, shuffle_options=False)

    assert "Hurufnya di HP" not in checker.get(f"/soal/{item.code}/sanggahan").text


def test_nothing_is_said_of_letters_where_the_phone_shows_boxes_without_any(make, checker):
    item, _, contest = contested(make, "multiple_choice")

    page = checker.get(f"/soal/{item.code}/sanggahan").text

    assert contest.text in page
    assert "Hurufnya di HP" not in page
