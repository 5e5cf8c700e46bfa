"""The ready package in the officer's browser: offered, told, made, or refused with what lacks."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from quiz.assessment.items.item import Status
from quiz.formats import parse_wita, wita
from quiz.models import AuditEntry, Event, Quiz, Sitting, User
from quiz.models.events.events import Phase
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import faults, link_texts, notices, stored, texts, with_class

ClientFor = Callable[..., HouseClient]

OFFER = "Pakai paket 15 soal"


def fill_bank(make: Make, count: int, **fields: object) -> None:
    make.topic("makna", name="Makna netralitas")
    for _ in range(count):
        make.bank_item(make.item(references=()), **fields)


def path(event: Event) -> str:
    return f"/kegiatan/{event.code}/paket"


@pytest.fixture
def event(make: Make) -> Event:
    """An event of half a day, tomorrow, with one person on its roster."""
    start = make.now + timedelta(days=1)
    event = make.event(starts_at=start, ends_at=start + timedelta(hours=3, minutes=15))
    make.enrolment(event)
    return event


@pytest.fixture
def browser(client_for: ClientFor, citra: User) -> HouseClient:
    return client_for(citra)


@pytest.mark.parametrize("role", Role)
def test_only_officers_and_admins_use_the_package(
    make: Make, client_for: ClientFor, event: Event, role: Role
) -> None:
    somebody = client_for(make.user(username="seseorang", role=role))

    statuses = [somebody.get(path(event)).status_code, somebody.post_form(path(event)).status_code]

    refused = role not in {Role.OFFICER, Role.ADMIN}
    assert [status == 403 for status in statuses] == [refused, refused]
    assert stored(make, Sitting) == []


def test_it_is_offered_where_an_event_has_no_test_yet(
    make: Make, browser: HouseClient, event: Event
) -> None:
    offered = link_texts(browser.get(f"/kegiatan/{event.code}"))
    make.sitting(event, prepared=False)

    assert OFFER in offered
    assert OFFER not in link_texts(browser.get(f"/kegiatan/{event.code}"))


def test_the_list_of_quizzes_offers_it_for_the_events_that_lack_one(
    make: Make, browser: HouseClient, event: Event
) -> None:
    make.sitting(make.event("Sudah punya"), prepared=False)
    make.event("Sudah lewat", ends_at=make.now - timedelta(minutes=1))

    links = [text for text in link_texts(browser.get("/kuis-bank")) if "Pakai untuk" in text]

    assert len(links) == 1
    assert event.code in links[0]


def test_the_page_says_what_will_happen_and_makes_nothing(
    make: Make, browser: HouseClient, event: Event
) -> None:
    fill_bank(make, 30)

    reply = browser.get(path(event))

    assert "Yang akan terjadi" in reply.text
    assert "Pre-test" in reply.text
    assert stored(make, Quiz) == []


def test_one_button_makes_quiz_and_both_sittings(
    make: Make, browser: HouseClient, event: Event
) -> None:
    fill_bank(make, 30)

    reply = browser.post_form(path(event), follow_redirects=True)

    [quiz] = stored(make, Quiz)
    sittings = stored(make, Sitting)
    assert [(s.phase, s.quiz_id, s.prepared_at is not None) for s in sittings] == [
        (Phase.PRE, quiz.id, True),
        (Phase.POST, quiz.id, True),
    ]
    assert reply.request.path == f"/kegiatan/{event.code}"
    assert notices(reply) == [
        "Pre-test dan post-test siap.",
        "30 soal berasal dari paket awal dan belum disahkan pemeriksa hukum. "
        "Soal itu tetap dipakai; laporan menyebutnya.",
    ]
    assert [entry.action for entry in stored(make, AuditEntry)] == [
        "quiz_added",
        "sitting_added",
        "sitting_prepared",
        "sitting_added",
        "sitting_prepared",
    ]


def test_signed_items_need_no_word(make: Make, browser: HouseClient, event: Event) -> None:
    fill_bank(make, 30, signed_at=make.now)

    reply = browser.post_form(path(event), follow_redirects=True)

    assert notices(reply) == ["Pre-test dan post-test siap."]


def test_with_an_empty_roster_it_says_what_comes_next(make: Make, browser: HouseClient) -> None:
    fill_bank(make, 30)
    event = make.event()

    reply = browser.post_form(path(event), follow_redirects=True)

    assert notices(reply)[0] == (
        "Pre-test dan post-test ditambahkan. Isi daftar peserta, lalu siapkan keduanya."
    )


def test_a_bank_too_small_is_told_and_nothing_is_made(
    make: Make, browser: HouseClient, event: Event
) -> None:
    make.enrolment(event, make.user(status=Status.KEPALA_DESA))
    fill_bank(make, 20)

    before = browser.get(path(event))
    reply = browser.post_form(path(event))

    lack = ["Kurang 10 soal topik Makna netralitas untuk PNS, Kepala desa."]
    assert (reply.status_code, faults(reply), faults(before)) == (400, lack, lack)
    assert texts(reply, "button primary") == []
    assert (stored(make, Quiz), stored(make, Sitting), stored(make, AuditEntry)) == ([], [], [])


def test_a_second_click_makes_no_second_pair(
    make: Make, browser: HouseClient, event: Event
) -> None:
    fill_bank(make, 60)
    browser.post_form(path(event))

    reply = browser.post_form(path(event))

    assert reply.status_code == 409
    assert "sudah punya pre-test atau post-test" in reply.text
    assert len(stored(make, Sitting)) == 2


def test_an_empty_installation_says_that_its_bank_is_empty(
    browser: HouseClient, event: Event
) -> None:
    assert faults(browser.get(path(event))) == [
        "Bank soal masih kosong. Muat paket awal, atau tulis soal dulu."
    ]


def test_what_stands_in_the_way_is_said_before(make: Make, browser: HouseClient) -> None:
    fill_bank(make, 30)
    over = make.event(ends_at=make.now - timedelta(minutes=1))

    assert faults(browser.get(path(over))) == [
        "Kegiatan ini sudah selesai. Paket dipakai sebelum atau selama kegiatan."
    ]


# Follow-ups


def days_after(event: Event, *days: int) -> list[str]:
    return [wita(event.ends_at + timedelta(days=each)).date().isoformat() for each in days]


def test_the_page_proposes_two_follow_ups_a_week_and_forty_days_later(
    make: Make, browser: HouseClient, event: Event
) -> None:
    fill_bank(make, 40)

    page = browser.get(path(event))

    values = [control.get("value") for control in with_class(page, "control")]
    assert values == days_after(event, 7, 40)
    assert page.text.count("Tindak lanjut</b> terbuka") == 2


def test_pre_test_post_test_and_two_follow_ups_are_made_at_once(
    make: Make, browser: HouseClient, event: Event
) -> None:
    fill_bank(make, 40, signed_at=make.now)
    first, second = days_after(event, 7, 40)
    typed = {"follow_ups": "y", "first": first, "second": second}

    reply = browser.post_form(path(event), typed, follow_redirects=True)

    assert notices(reply) == ["Pre-test, post-test, dan dua tindak lanjut siap."]
    made = stored(make, Sitting)
    assert [s.phase for s in made] == [Phase.PRE, Phase.POST, Phase.FOLLOW_UP, Phase.FOLLOW_UP]
    assert [(s.opens_at, s.closes_at) for s in made[2:]] == [
        (parse_wita(day, "08.00"), parse_wita(day, "20.00") + timedelta(days=1))
        for day in (first, second)
    ]
    assert all(sitting.prepared_at for sitting in made)


@pytest.mark.parametrize(
    ("days", "fault"),
    [
        ((-1, 40), "Tindak lanjut pertama: Pilih hari sesudah kegiatan selesai"),
        ((7, 8), "Tindak lanjut kedua: Pilih hari sesudah tindak lanjut pertama selesai"),
        ((7, 95), "Tindak lanjut kedua: Kartu hanya berlaku sampai "),
    ],
)
def test_a_follow_up_on_a_day_that_cannot_be_is_refused_at_its_field(
    make: Make, browser: HouseClient, event: Event, days: tuple[int, int], fault: str
) -> None:
    fill_bank(make, 40)
    first, second = days_after(event, *days)

    reply = browser.post_form(path(event), {"follow_ups": "y", "first": first, "second": second})

    assert reply.status_code == 400
    assert [words.startswith(fault) for words in faults(reply)] == [True]
    assert stored(make, Sitting) == []


@pytest.mark.parametrize("typed", ["", "besok"])
def test_a_follow_up_without_a_day_is_refused(
    make: Make, browser: HouseClient, event: Event, typed: str
) -> None:
    fill_bank(make, 40)
    [day] = days_after(event, 40)

    reply = browser.post_form(path(event), {"follow_ups": "y", "first": typed, "second": day})

    assert (reply.status_code, len(faults(reply)), stored(make, Sitting)) == (400, 1, [])


# Every sitting prepared at once


def all_of(event: Event) -> str:
    return f"/kegiatan/{event.code}/siapkan"


def test_one_button_prepares_every_sitting(make: Make, browser: HouseClient, event: Event) -> None:
    fill_bank(make, 10)
    for phase in (Phase.PRE, Phase.POST):
        make.sitting(event, phase, prepared=False, opens_at=make.now + timedelta(days=1))
    offered = link_texts(browser.get(f"/kegiatan/{event.code}"))

    reply = browser.post_form(all_of(event), follow_redirects=True)

    assert "Siapkan semua" in offered
    assert notices(reply) == ["2 sesi siap."]
    assert all(sitting.prepared_at for sitting in stored(make, Sitting))
    assert [each.action for each in stored(make, AuditEntry)] == ["sitting_prepared"] * 2


def test_one_button_completes_what_is_prepared_and_prepares_the_rest(
    make: Make, browser: HouseClient, event: Event
) -> None:
    fill_bank(make, 10)
    soon = {"opens_at": make.now + timedelta(days=1), "closes_at": make.now + timedelta(days=2)}
    make.sitting(event, Phase.PRE, prepared=False, **soon)
    browser.post_form(all_of(event))
    make.sitting(event, Phase.POST, prepared=False, **soon)
    make.enrolment(event, make.user(status=Status.KEPALA_DESA))

    browser.post_form(all_of(event))

    assert [each.action for each in stored(make, AuditEntry)] == [
        "sitting_prepared",
        "sitting_completed",
        "sitting_prepared",
    ]


def test_a_bank_that_lacks_for_one_prepares_none_and_names_it(
    make: Make, browser: HouseClient, event: Event
) -> None:
    fill_bank(make, 5)
    soon = {"opens_at": make.now + timedelta(days=1), "closes_at": make.now + timedelta(days=2)}
    make.sitting(event, Phase.PRE, prepared=False, **soon)
    wide = make.quiz(("makna", None, None, 6))
    make.sitting(event, Phase.POST, prepared=False, quiz=wide, **soon)

    reply = browser.post_form(all_of(event))

    assert (reply.status_code, faults(reply)) == (
        400,
        ["Post-test: Kurang 1 soal topik Makna netralitas untuk PNS."],
    )
    assert [sitting.prepared_at for sitting in stored(make, Sitting)] == [None, None]


def test_an_empty_roster_or_nothing_to_do_is_said(make: Make, browser: HouseClient) -> None:
    event = make.event()
    nothing = browser.get(all_of(event))
    make.sitting(event, prepared=False)

    assert "Semua sesi sudah siap" in nothing.text
    assert "Daftar peserta masih kosong" in browser.get(all_of(event)).text
    assert browser.post_form(all_of(event)).status_code == 409
