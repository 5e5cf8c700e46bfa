"""Rating judgement items, and the version that follows."""

from dataclasses import replace
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from quiz.actions.bank.citing import cite_new_versions
from quiz.actions.bank.rating import rate
from quiz.models import BankItem, ItemCitation, PanelRating
from quiz.models.refusals import Refused
from quiz.queries.bank.panel import panel_of, ratings_of, wording_of
from quiz.queries.events.candidates import candidates_on
from tests.assessment.samples import options
from tests.factories import Make, changed


@pytest.fixture
def dilemma(make: Make, session: Session) -> BankItem:
    """A published judgement item of three options, signed."""
    make.passage("LJN-01")
    item = make.item("judgement", code="SKP-001", options=options("1/2", 1, 0), references=())
    row = make.bank_item(item, signed_at=make.now)
    cite_new_versions(session)
    session.commit()
    return row


def rate_by(make: Make, dilemma: BankItem, *values: int):  # type: ignore[no-untyped-def]
    ratings = dict(enumerate(values, start=1))
    return rate(make.session, dilemma, make.user().id, ratings, make.now)


def test_two_ratings_change_nothing(make: Make, dilemma: BankItem) -> None:
    before = dilemma.published

    made = [rate_by(make, dilemma, 5, 2, 1) for _ in range(2)]

    assert made == [None, None]
    assert dilemma.published is before
    assert make.session.query(PanelRating).count() == 6


def test_the_third_rating_makes_a_version_with_the_key_of_the_panel(
    make: Make, dilemma: BankItem
) -> None:
    rate_by(make, dilemma, 5, 2, 1)
    rate_by(make, dilemma, 5, 3, 1)

    made = rate_by(make, dilemma, 4, 3, 1)

    assert made is not None and dilemma.published is made
    assert (made.number, made.note) == (2, "kunci menurut panel")
    assert [o.weight for o in made.item.options] == [1, Fraction(1, 2), 0]
    assert made.item.extra == {"panel": {"raters": 3}}
    assert dilemma.signed_at is None
    assert dilemma.edited_at == make.now


def test_the_new_version_is_held_to_its_sources(make: Make, dilemma: BankItem) -> None:
    for _ in range(3):
        made = rate_by(make, dilemma, 5, 3, 1)

    assert made is not None
    cited = make.session.query(ItemCitation).filter_by(item_version_id=made.id)
    assert {row.code for row in cited} == {"LJN-01", "F-DEF-04/rumusan-lama"}


def test_a_tie_leaves_the_key_as_it_was(make: Make, dilemma: BankItem) -> None:
    made = [rate_by(make, dilemma, value, 2, 1) for value in (5, 4, 3)]

    assert made == [None, None, None]
    assert panel_of(make.session, dilemma.published.item).tied == (1,)


def test_further_ratings_that_agree_make_no_version(make: Make, dilemma: BankItem) -> None:
    for _ in range(3):
        rate_by(make, dilemma, 5, 3, 1)

    again = rate_by(make, dilemma, 5, 3, 1)

    assert again is None
    assert len(dilemma.versions) == 2


def test_further_ratings_that_turn_the_majority_make_another(make: Make, dilemma: BankItem) -> None:
    for value in (5, 5, 4):
        rate_by(make, dilemma, value, 3, 1)
    tied = rate_by(make, dilemma, 4, 3, 1)

    turned = rate_by(make, dilemma, 4, 3, 1)

    assert tied is None
    assert turned is not None
    assert turned.item.options[0].weight == Fraction(3, 4)
    assert turned.item.extra == {"panel": {"raters": 5}}


def test_nobody_rates_twice(make: Make, dilemma: BankItem) -> None:
    rater = make.user()
    rate(make.session, dilemma, rater.id, {1: 5, 2: 3, 3: 1}, make.now)

    with pytest.raises(Refused, match="sudah menilai"):
        rate(make.session, dilemma, rater.id, {1: 1, 2: 1, 3: 2}, make.now)


@pytest.mark.parametrize("ratings", [{1: 5, 2: 3}, {1: 5, 2: 3, 4: 1}, {1: 5, 2: 3, 3: 6}, {}])
def test_every_option_wants_a_value_from_1_to_5(
    make: Make, dilemma: BankItem, ratings: dict[int, int]
) -> None:
    with pytest.raises(Refused, match="Beri setiap pilihan nilai 1 sampai 5"):
        rate(make.session, dilemma, make.user().id, ratings, make.now)


def test_a_retired_item_is_not_rated(make: Make, dilemma: BankItem) -> None:
    dilemma.retired_at = make.now

    with pytest.raises(Refused, match="tidak dipakai lagi"):
        rate_by(make, dilemma, 5, 3, 1)


def test_a_draft_is_rated_and_stays_a_draft(make: Make) -> None:
    row = make.bank_item(make.item("judgement", options=options("1/2", 1, 0)), published=False)

    made = [rate_by(make, row, 5, 3, 1) for _ in range(3)][-1]

    assert (row.draft, row.published) == (made, None)


def test_ratings_belong_to_the_words_not_to_the_values(make: Make, dilemma: BankItem) -> None:
    item = dilemma.published.item
    rate_by(make, dilemma, 5, 3, 1)

    other_values = replace(item, options=options(0, 0, 1), extra={"panel": {"raters": 3}})
    assert len(ratings_of(make.session, other_values)) == 1
    assert ratings_of(make.session, changed(item, stem="Pertanyaan lain?")) == {}
    assert wording_of(item) != wording_of(changed(item, code="SKP-002"))


def test_only_a_rated_item_is_offered_to_a_scored_sitting(make: Make, dilemma: BankItem) -> None:
    day = dilemma.published.law_as_of
    before = [
        [c.item_code for c in candidates_on(make.session, day, scored=scored)]
        for scored in (True, False)
    ]
    for _ in range(3):
        rate_by(make, dilemma, 5, 3, 1)

    assert before == [[], ["SKP-001"]]
    assert [c.item_code for c in candidates_on(make.session, day)] == ["SKP-001"]
