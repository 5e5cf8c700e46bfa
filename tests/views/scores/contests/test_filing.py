"""Contesting a key from the feedback: once at a time, one's own, once the feedback is there."""

from collections.abc import Callable

import pytest

from quiz.models import Attempt, AuditEntry, BankItem, Contest, User
from quiz.models.events.events import FeedbackMode, Phase
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import (
    faults,
    link_texts,
    stored,
    texts,
    with_class,
    words,
)
from tests.views.scores.contests.contested import ANSWER, WORDS

ClientFor = Callable[..., HouseClient]

TO_CONTEST = "Menurut saya kuncinya keliru: sanggah soal ini"


def form_address(attempt: Attempt, position: int = 1) -> str:
    return f"/kuis/{attempt.uid}/sanggah/{position}"


def test_each_item_of_the_feedback_can_be_contested(
    client_for: ClientFor, attempt: Attempt
) -> None:
    browser = client_for(attempt.enrolment)

    page = browser.get(f"/kuis/{attempt.uid}/hasil")

    assert link_texts(page).count(TO_CONTEST) == 2
    assert [link.get("href") for link in with_class(page, "link") if words(link) == TO_CONTEST] == [
        form_address(attempt, 1),
        form_address(attempt, 2),
    ]


def test_a_contest_is_filed_and_waits(
    make: Make, client_for: ClientFor, attempt: Attempt, ani: User
) -> None:
    browser = client_for(attempt.enrolment)

    form = browser.get(form_address(attempt))
    reply = browser.post_form(form_address(attempt), {"words": f"  {WORDS}\r\n"})

    [contest] = stored(make, Contest)
    [line] = stored(make, AuditEntry)
    page = browser.get(f"/kuis/{attempt.uid}/hasil")
    assert texts(form, "stem") == ["Apa itu netral?"]
    assert (reply.status_code, reply.location) == (
        303,
        f"/kuis/{attempt.uid}/hasil#sanggahan-1",
    )
    assert (contest.position, contest.text, contest.open) == (1, WORDS, True)
    assert contest.item_version_id == attempt.sitting.slots[0].choices[0].item_version_id
    assert (line.action, line.actor_id, line.subject_uid, line.detail) == (
        "contest_filed",
        ani.id,
        "ADA-1",
        None,
    )
    assert "Menunggu putusan pemeriksa hukum." in page.text
    assert link_texts(page).count(TO_CONTEST) == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "Menurut saya kuncinya keliru, karena: Tulis dulu isinya."),
        (
            "   pendek   ",
            "Menurut saya kuncinya keliru, karena: Tulis 10 sampai 1000 karakter.",
        ),
        ("x" * 1001, "Menurut saya kuncinya keliru, karena: Tulis 10 sampai 1000 karakter."),
    ],
)
def test_a_contest_has_ten_to_a_thousand_characters(
    make: Make, client_for: ClientFor, attempt: Attempt, text: str, fault: str
) -> None:
    browser = client_for(attempt.enrolment)

    reply = browser.post_form(form_address(attempt), {"words": text})

    assert (reply.status_code, faults(reply)) == (400, [fault])
    assert stored(make, Contest) == []


def test_an_item_is_contested_once_at_a_time(
    make: Make, client_for: ClientFor, attempt: Attempt
) -> None:
    make.contest(attempt, 1)
    browser = client_for(attempt.enrolment)

    again = browser.post_form(form_address(attempt, 1), {"words": WORDS})
    other = browser.post_form(form_address(attempt, 2), {"words": WORDS})

    assert (again.status_code, other.status_code) == (409, 303)
    assert "Anda sudah menyanggah soal ini." in again.text
    assert [contest.position for contest in stored(make, Contest)] == [1, 2]


def test_after_a_decision_it_can_be_contested_again(
    make: Make, client_for: ClientFor, attempt: Attempt, hadi: User
) -> None:
    make.contest(attempt, 1).keep_key(ANSWER, hadi, make.now)
    make.session.commit()
    browser = client_for(attempt.enrolment)

    page = browser.get(f"/kuis/{attempt.uid}/hasil")
    reply = browser.post_form(form_address(attempt), {"words": WORDS})

    assert "Sanggah lagi soal ini" in link_texts(page)
    assert reply.status_code == 303


@pytest.mark.parametrize("method", ["get", "post_form"])
def test_somebody_elses_attempt_is_not_found(
    make: Make, client_for: ClientFor, attempt: Attempt, budi: User, method: str
) -> None:
    browser = client_for(make.enrolment(attempt.sitting.event, budi))

    reply = getattr(browser, method)(form_address(attempt))

    assert reply.status_code == 404
    assert stored(make, Contest) == []


def test_a_position_the_attempt_does_not_have_is_not_found(
    client_for: ClientFor, attempt: Attempt
) -> None:
    browser = client_for(attempt.enrolment)

    assert browser.get(form_address(attempt, 3)).status_code == 404
    assert browser.post_form(form_address(attempt, 0), {"words": WORDS}).status_code == 404


def test_before_the_feedback_is_released_nothing_is_contested_or_shown(
    make: Make, client_for: ClientFor, attempt: Attempt
) -> None:
    attempt.sitting.feedback_mode = FeedbackMode.DELAYED
    make.session.commit()
    browser = client_for(attempt.enrolment)

    form = browser.get(form_address(attempt))
    reply = browser.post_form(form_address(attempt), {"words": WORDS})

    assert (form.status_code, reply.status_code) == (409, 409)
    assert "Penjelasan 1" not in form.text
    assert stored(make, Contest) == []


def test_a_running_attempt_contests_nothing(
    make: Make, client_for: ClientFor, item: BankItem
) -> None:
    attempt = make.attempt(make.sitting(phase=Phase.POST, items=[item]))
    browser = client_for(attempt.enrolment)

    assert browser.post_form(form_address(attempt), {"words": WORDS}).status_code == 409
