"""Sittings of one phase are told apart by their number, on every page that names several."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from quiz.models import Enrolment, Event, User
from quiz.models.events.events import Phase
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import texts

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

DAY = timedelta(days=1)


@pytest.fixture
def enrolment(make: Make, ani: User) -> Enrolment:
    return make.enrolment(user=ani)


def follow_up(make: Make, enrolment: Enrolment, days: int = 0) -> None:
    """An attempt of this person at one more follow-up of their event."""
    opens_at = make.now - DAY * (days + 1)
    sitting = make.sitting(
        enrolment.event, phase=Phase.FOLLOW_UP, opens_at=opens_at, closes_at=opens_at + DAY
    )
    make.attempt(sitting, enrolment, started_at=opens_at)


def test_the_roster_and_the_persons_page_number_them(
    make: Make, client_for: ClientFor, citra: User, enrolment: Enrolment, count_queries: Count
) -> None:
    browser = client_for(citra)
    roster = f"/kegiatan/{enrolment.event.code}/peserta"
    person = f"{roster}/{enrolment.uid}"
    follow_up(make, enrolment)
    browser.get(roster)
    alone = count_queries(lambda: browser.get(roster)), count_queries(lambda: browser.get(person))
    follow_up(make, enrolment, 7)
    follow_up(make, enrolment, 14)

    pages = [browser.get(roster), browser.get(person)]

    for page in pages:
        for number in (1, 2, 3):
            assert f"Tindak lanjut {number} habis waktu" in page.text
    assert "Ulangi Tindak lanjut 2 dari awal" in pages[1].text
    assert alone == (
        count_queries(lambda: browser.get(roster)),
        count_queries(lambda: browser.get(person)),
    )


def test_the_start_page_says_which_one_is_next(
    make: Make, client_for: ClientFor, enrolment: Enrolment
) -> None:
    make.sitting(enrolment.event, phase=Phase.FOLLOW_UP)
    make.sitting(
        enrolment.event,
        phase=Phase.FOLLOW_UP,
        opens_at=make.now + DAY,
        closes_at=make.now + 2 * DAY,
    )

    page = client_for(enrolment).get("/")

    assert "Mulai Tindak lanjut 1" in texts(page, "button")


def test_own_data_numbers_them_with_as_many_queries_for_three_events_as_for_one(
    make: Make, client_for: ClientFor, ani: User, enrolment: Enrolment, count_queries: Count
) -> None:
    browser = client_for(ani)

    def again(event: Event) -> None:
        place = make.enrolment(event, user=ani)
        follow_up(make, place)
        follow_up(make, place, 7)

    follow_up(make, enrolment)
    follow_up(make, enrolment, 7)
    browser.get("/data-saya")
    one = count_queries(lambda: browser.get("/data-saya"))
    again(make.event("Kedua"))
    again(make.event("Ketiga"))

    page = browser.get("/data-saya")

    assert page.text.count("Tindak lanjut 2, ") == 3
    assert count_queries(lambda: browser.get("/data-saya")) == one
