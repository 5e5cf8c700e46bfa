"""The projector's page: opened by its address alone, and silent about anybody."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from quiz.actions.events.screens import token_of_screen
from quiz.models import AuditEntry, Event, User
from quiz.permissions import Role
from tests.client import HouseClient
from tests.conftest import BOTH_DATABASES
from tests.factories import Make
from tests.reading import link_texts, notices, root, stored, texts, words

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]


@pytest.fixture
def event(make: Make) -> Event:
    """Six people of a unit on the roster, four of them there."""
    event = make.event("Sosialisasi Rekaan")
    unit = make.unit("UPT Amat Kecil", "kecil")
    for number in range(6):
        user = make.user(f"Orang {number}")
        there = make.now if number < 4 else None
        make.enrolment(event, user, unit, checked_in_at=there)
    return event


def screen(make: Make, browser: HouseClient, event: Event) -> str:
    """Make an address for the projector and return it."""
    browser.post_form(f"/kegiatan/{event.code}/layar")
    return f"/layar/{token_of_screen(make.fresh(event), make.key)}"


@pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)
def test_anybody_with_the_address_sees_how_to_come_in_and_counts(
    make: Make, client: HouseClient, client_for: ClientFor, citra: User, event: Event
) -> None:
    make.sitting(
        event, opens_at=make.now + timedelta(minutes=9), closes_at=make.now + timedelta(hours=1)
    )

    reply = client.get(screen(make, client_for(citra), event))

    page = words(root(reply))
    assert "Masuk dengan HP Anda" in page
    assert texts(reply, "projector-code") == [event.code]
    assert "4 dari 6 hadir" in page
    assert [entry.action for entry in stored(make, AuditEntry)] == ["screen_made"]


def test_while_a_sitting_is_open_the_screen_counts_and_names_nobody(
    make: Make, client: HouseClient, client_for: ClientFor, citra: User, event: Event
) -> None:
    sitting = make.sitting(event, time_limit_minutes=30)
    people = list(event.enrolments)
    make.finished(sitting, people[0])
    make.attempt(sitting, people[1])
    board = client_for(citra).get(f"/kegiatan/{event.code}/papan?tampil=belum")

    reply = client.get(screen(make, client_for(citra), event))

    page = words(root(reply))
    assert "Pre-test berlangsung" in page
    assert "2 mulai 1 terkirim" in page
    for secret in ("Orang", "UPT Amat Kecil"):
        assert (secret in board.text, secret in reply.text) == (True, False)


@pytest.mark.parametrize(("people", "shown"), [(4, False), (5, True)])
def test_a_very_small_event_is_not_counted(
    make: Make, client: HouseClient, client_for: ClientFor, citra: User, people: int, *, shown: bool
) -> None:
    event = make.event()
    for _ in range(people):
        make.enrolment(event, checked_in_at=make.now)
    make.sitting(event)

    reply = client.get(screen(make, client_for(citra), event))

    page = words(root(reply))
    assert ("hadir" in page, "terkirim sendiri" in page, "0 terkirim" in page) == (
        shown,
        True,
        shown,
    )


def test_a_withdrawn_address_and_a_replaced_one_open_nothing(
    make: Make, client: HouseClient, client_for: ClientFor, citra: User, event: Event
) -> None:
    browser = client_for(citra)
    client.get(f"{screen(make, browser, event)}/isi")
    first = screen(make, browser, event)
    second = screen(make, browser, event)
    replaced, open_now = client.get(first).status_code, client.get(second).status_code

    reply = browser.post_form(f"/kegiatan/{event.code}/layar/cabut", follow_redirects=True)

    assert (replaced, open_now, client.get(second).status_code) == (404, 200, 404)
    assert client.get(f"{second}/isi").status_code == 404
    assert notices(reply)[-1] == "Alamat layar dicabut dan tidak terbuka lagi."
    assert "Buka layar" not in link_texts(reply)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("step", ["", "/cabut"])
def test_only_officers_and_admins_make_and_withdraw_it(
    client_for: ClientFor, make: Make, event: Event, role: Role, step: str
) -> None:
    browser = client_for(make.user(username="seseorang", role=role))

    reply = browser.post_form(f"/kegiatan/{event.code}/layar{step}")

    assert (reply.status_code == 403) == (role not in {Role.OFFICER, Role.ADMIN})


def test_the_database_alone_opens_no_screen(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    address = screen(make, client_for(citra), event)

    token = address.removeprefix("/layar/")
    assert token not in {event.screen_index, str(event.screen_issue), event.uid}
    assert len(token) == 22


def test_a_screen_asks_as_much_for_many_as_for_one(
    make: Make, client: HouseClient, client_for: ClientFor, citra: User, count_queries: Count
) -> None:
    one, many = make.event(), make.event()
    for event, people in ((one, 1), (many, 5)):
        sitting = make.sitting(event)
        for _ in range(people):
            make.finished(sitting, make.enrolment(event))
    pages = [screen(make, client_for(citra), event) for event in (one, many)]
    client.get(pages[0])

    asked = [count_queries(lambda page=page: client.get(page)) for page in pages]

    assert asked[0] == asked[1]
