"""An event copied in the officer's browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from quiz.formats import parse_wita
from quiz.models import AuditEntry, Enrolment, Event, Quiz, Sitting, User
from quiz.models.events.events import Phase
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import notices, stored, with_class, words

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

START = parse_wita("2026-11-20", "08.00")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)

TYPED = {
    "title": "Sosialisasi Kedua",
    "place": "Balai Desa Rekaan",
    "day": "2027-01-15",
    "start": "09:00",
    "end": "12:00",
    "last_day": "",
    "organiser": "Kesbangpol",
    "speakers": "Dewi Larasati, narasumber",
    "code": "KDA-101",
    "people": "tanpa",
}


@pytest.fixture
def source(make: Make) -> Event:
    """Three hours with a pre-test and a post-test of two quizzes, and two people."""
    event = make.event(code="PTM-100", starts_at=START, ends_at=START + 3 * HOUR)
    for phase, quiz, opens in ((Phase.PRE, "Awal", 25), (Phase.POST, "Akhir", 125)):
        times = {
            "opens_at": START + opens * MINUTE,
            "closes_at": START + (opens + 25) * MINUTE,
        }
        make.sitting(event, phase, quiz=make.quiz(title=quiz), **times)
    for _ in range(2):
        make.enrolment(event, checked_in_at=make.now)
    return event


@pytest.fixture
def browser(client_for: ClientFor, citra: User) -> HouseClient:
    return client_for(citra)


def copied(make: Make) -> Event:
    [event] = [each for each in stored(make, Event) if each.code == TYPED["code"]]
    return event


def plans(make: Make, event: Event) -> list[tuple[Phase, str, str, bool]]:
    quizzes = {quiz.id: quiz.title for quiz in stored(make, Quiz)}
    return [
        (
            sitting.phase,
            quizzes[sitting.quiz_id],
            f"{sitting.opens_at - event.starts_at}",
            sitting.prepared_at is not None,
        )
        for sitting in stored(make, Sitting)
        if sitting.event_id == event.id
    ]


@pytest.mark.parametrize("role", Role)
def test_only_officers_and_admins_copy_events(
    make: Make, client_for: ClientFor, source: Event, role: Role
) -> None:
    somebody = client_for(make.user(username="seseorang", role=role))

    reply = somebody.get(f"/kegiatan/{source.code}/salin")

    assert reply.status_code == (200 if role in {Role.OFFICER, Role.ADMIN} else 403)


def test_the_form_proposes_the_same_weekday_of_a_week_to_come(
    make: Make, browser: HouseClient, source: Event
) -> None:
    page = browser.get(f"/kegiatan/{source.code}/salin")

    values = {control.get("name"): control.get("value") for control in with_class(page, "control")}
    day = parse_wita(str(values["day"]), "08.00")
    assert make.now < day <= max(make.now, START) + timedelta(days=7)
    assert (day - START) % timedelta(days=7) == timedelta()
    assert (values["start"], values["end"], values["code"]) == ("08:00", "11:00", "")


def test_without_people_the_plan_moves_to_the_new_day(
    make: Make, browser: HouseClient, source: Event
) -> None:
    source.evaluates = False
    make.session.commit()

    reply = browser.post_form(f"/kegiatan/{source.code}/salin", TYPED)

    event = copied(make)
    assert reply.location == "/kegiatan/KDA-101"
    assert not event.evaluates
    assert (event.title, event.starts_at) == (TYPED["title"], parse_wita("2027-01-15", "09.00"))
    assert plans(make, event) == [
        (Phase.PRE, "Awal", "0:25:00", False),
        (Phase.POST, "Akhir", "2:05:00", False),
    ]
    assert [each for each in stored(make, Enrolment) if each.event_id == event.id] == []
    assert [entry.action for entry in stored(make, AuditEntry)] == [
        "sitting_added",
        "sitting_added",
        "event_copied",
    ]


@pytest.mark.parametrize(("place", "goes"), [("Aula Rekaan", True), ("Balai Lain", False)])
def test_the_wifi_goes_along_to_the_same_place(
    make: Make, browser: HouseClient, source: Event, place: str, goes: bool
) -> None:
    source.place, source.wifi_name, source.wifi_password = "Aula Rekaan", "Aula", "rahasia-rekaan"
    make.session.commit()

    browser.post_form(f"/kegiatan/{source.code}/salin", TYPED | {"place": place})

    expected = ("Aula", "rahasia-rekaan") if goes else ("", "")
    assert (copied(make).wifi_name, copied(make).wifi_password) == expected


def test_with_people_the_forms_are_prepared_at_once(
    make: Make, browser: HouseClient, source: Event
) -> None:
    for _ in range(6):
        make.bank_item(make.item(references=()))

    reply = browser.post_form(
        f"/kegiatan/{source.code}/salin", TYPED | {"people": "dengan"}, follow_redirects=True
    )

    event = copied(make)
    people = [each for each in stored(make, Enrolment) if each.event_id == event.id]
    assert [each.checked_in_at for each in people] == [None, None]
    assert [prepared for *_, prepared in plans(make, event)] == [True, True]
    assert [entry.action for entry in stored(make, AuditEntry)] == [
        *["sitting_added"] * 2,
        *["sitting_prepared"] * 2,
        "event_copied",
    ]
    assert notices(reply)[:2] == [
        "Kegiatan KDA-101 dibuat dari PTM-100.",
        "2 peserta ikut disalin. Cetak kartu baru: kartu lama tidak berlaku di sini.",
    ]


def test_a_bank_that_lacks_items_leaves_the_copy_unprepared_and_the_page_says_so(
    make: Make, browser: HouseClient, source: Event
) -> None:
    for quiz in stored(make, Quiz):
        quiz.slots[0].topic = "topik-lain"
    make.session.commit()

    reply = browser.post_form(
        f"/kegiatan/{source.code}/salin", TYPED | {"people": "dengan"}, follow_redirects=True
    )

    assert [prepared for *_, prepared in plans(make, copied(make))] == [False, False]
    [box] = with_class(reply, "missing")
    assert words(next(box.iter("b"))) == "2 sesi belum disiapkan"


def test_a_quiz_without_a_blueprint_or_retired_stops_nothing(
    make: Make, browser: HouseClient, source: Event
) -> None:
    awal, akhir = stored(make, Quiz)
    awal.slots, akhir.retired_at = [], make.now
    make.session.commit()

    reply = browser.post_form(
        f"/kegiatan/{source.code}/salin", TYPED | {"people": "dengan"}, follow_redirects=True
    )

    assert plans(make, copied(make)) == [(Phase.PRE, "Awal", "0:25:00", False)]
    assert notices(reply)[1] == "Sesi yang kuisnya sudah ditarik tidak ikut disalin."


def test_pre_test_and_post_test_can_change_quizzes(
    make: Make, browser: HouseClient, source: Event
) -> None:
    browser.post_form(f"/kegiatan/{source.code}/salin", TYPED | {"quizzes": "silang"})

    assert [quiz for _, quiz, *_ in plans(make, copied(make))] == ["Akhir", "Awal"]


def test_an_event_without_people_or_sittings_is_copied_too(
    make: Make, browser: HouseClient
) -> None:
    bare = make.event(code="PTM-100", archived_at=make.now)

    page = browser.get(f"/kegiatan/{bare.code}/salin")
    reply = browser.post_form(f"/kegiatan/{bare.code}/salin", TYPED)

    assert "belum punya sesi" in page.text
    assert 'name="people"' not in page.text
    assert 'name="quizzes"' not in page.text
    assert reply.status_code == 303
    assert copied(make).archived_at is None


def test_a_code_in_use_and_an_end_before_the_start_are_refused_and_nothing_is_made(
    make: Make, browser: HouseClient, source: Event
) -> None:
    for wrong in ({"code": source.code}, {"end": "08:00"}):
        assert browser.post_form(f"/kegiatan/{source.code}/salin", TYPED | wrong).status_code == 400

    assert len(stored(make, Event)) == 1
    assert len(stored(make, Sitting)) == 2


def test_people_left_out_are_named(make: Make, browser: HouseClient, source: Event) -> None:
    retired = make.unit(retired_at=make.now)
    for number in range(1, 13):
        make.enrolment(source, make.user(f"Rini {number}"), retired)

    reply = browser.post_form(
        f"/kegiatan/{source.code}/salin", TYPED | {"people": "dengan"}, follow_redirects=True
    )

    said = notices(reply)[2]
    assert said.startswith(
        "Tidak ikut disalin, karena unitnya sudah tidak dipakai: Rini 1, Rini 2,"
    )
    assert "Rini 10, dan 2 lagi." in said


def test_the_page_costs_the_same_for_more_people(
    make: Make, browser: HouseClient, source: Event, count_queries: Count
) -> None:
    address = f"/kegiatan/{source.code}/salin"
    browser.get(address)
    two = count_queries(lambda: browser.get(address))
    for _ in range(3):
        make.enrolment(source)
        make.sitting(source, Phase.FOLLOW_UP)

    assert count_queries(lambda: browser.get(address)) == two
