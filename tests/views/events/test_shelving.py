"""Events archived, taken back and deleted in the officer's browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from quiz.models import AuditEntry, Enrolment, Event, Sitting, User
from quiz.models.events.events import Phase
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import faults, link_texts, notices, stored, table_rows, texts

ClientFor = Callable[..., HouseClient]

HOUR = timedelta(hours=1)


@pytest.fixture
def browser(client_for: ClientFor, citra: User) -> HouseClient:
    return client_for(citra)


def titles(browser: HouseClient, address: str) -> list[str]:
    return [row[0] for row in table_rows(browser.get(address))]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("step", ["arsip", "hapus", "arsip/kembalikan"])
def test_only_officers_and_admins_put_events_away(
    make: Make, client_for: ClientFor, role: Role, step: str
) -> None:
    event = make.event()
    somebody = client_for(make.user(username="seseorang", role=role))

    status = somebody.post_form(f"/kegiatan/{event.code}/{step}").status_code

    assert (status == 403) == (role not in {Role.OFFICER, Role.ADMIN})


def test_an_event_nobody_worked_in_is_deleted_with_its_roster(
    make: Make, browser: HouseClient
) -> None:
    event = make.enrolment(make.event("Salah Hari"), checked_in_at=make.now).event
    make.sitting(event)

    page = browser.get(f"/kegiatan/{event.code}/hapus")
    reply = browser.post_form(f"/kegiatan/{event.code}/hapus", follow_redirects=True)

    assert "Daftar peserta (1 orang) hilang, juga catatan hadir 1 orang" in texts(page, "panel")[0]
    assert notices(reply) == [f"Kegiatan {event.code} dihapus."]
    assert [stored(make, table) for table in (Event, Sitting, Enrolment)] == [[], [], []]
    assert [entry.action for entry in stored(make, AuditEntry)] == ["event_deleted"]
    assert browser.get(f"/kegiatan/{event.code}").status_code == 404


def test_the_card_of_a_deleted_event_opens_nothing(
    make: Make, browser: HouseClient, client_for: ClientFor
) -> None:
    enrolment = make.enrolment()
    phone = client_for(enrolment)
    browser.post_form(f"/kegiatan/{enrolment.event.code}/hapus")

    assert phone.get("/").status_code in {200, 302}
    assert enrolment.user.name not in phone.get("/", follow_redirects=True).text


def test_an_event_somebody_worked_in_says_why_it_stays_and_what_to_do(
    make: Make, browser: HouseClient
) -> None:
    event = make.attempt().sitting.event
    address = f"/kegiatan/{event.code}/hapus"

    page, reply = browser.get(address), browser.post_form(address)

    assert (page.status_code, reply.status_code) == (200, 409)
    for shown in (page, reply):
        assert "1 orang sudah mengerjakan" in notices(shown)[0]
        assert "Arsipkan kegiatan" in link_texts(shown)
        assert texts(shown, "button danger") == []
    assert [each.id for each in stored(make, Event)] == [event.id]


def test_an_archived_event_leaves_every_list_and_is_found_in_the_archive(
    make: Make, browser: HouseClient
) -> None:
    old = make.event("Bulan Lalu", ends_at=make.now - HOUR)
    make.event("Minggu Ini")

    reply = browser.post_form(f"/kegiatan/{old.code}/arsip", follow_redirects=True)

    assert notices(reply) == [f"Kegiatan {old.code} diarsipkan."]
    for listed in ("/kegiatan", "/laporan"):
        assert [title.split(" UJI")[0] for title in titles(browser, listed)] == ["Minggu Ini"]
        [archived] = titles(browser, f"{listed}?tampil=arsip")
        assert archived.startswith("Bulan Lalu")
    assert [entry.action for entry in stored(make, AuditEntry)] == ["event_archived"]


def test_the_next_events_without_a_quiz_are_not_archived_ones(
    make: Make, browser: HouseClient
) -> None:
    make.event("Batal", archived_at=make.now)

    assert "Batal" not in browser.get("/kuis-bank").text


def test_what_still_goes_on_is_not_archived(make: Make, browser: HouseClient) -> None:
    event = make.sitting(phase=Phase.POST).event

    reply = browser.post_form(f"/kegiatan/{event.code}/arsip")

    assert reply.status_code == 409
    assert notices(reply) == ["Post-test masih terbuka. Tutup dulu, lalu arsipkan kegiatannya."]
    assert make.fresh(event).archived_at is None


def test_an_archived_event_is_shown_and_takes_no_change(make: Make, browser: HouseClient) -> None:
    enrolment = make.enrolment(make.event(archived_at=make.now))
    event = enrolment.event
    sitting = make.sitting(event, closes_at=make.now - HOUR / 2)

    page = browser.get(f"/kegiatan/{event.code}")
    refused = {
        path: browser.post_form(f"/kegiatan/{event.code}{path}", data)
        for path, data in {
            "/ubah": {"title": "Lain"},
            "/peserta/baru": {"name": "Baru"},
            f"/peserta/{enrolment.uid}/hadir": {},
            "/sesi/baru": {},
            f"/sesi/{sitting.uid}/perpanjang": {"minutes": 3},
            f"/sesi/{sitting.uid}/hapus": {},
            "/siapkan": {},
            "/paket": {},
            "/meja": {"kartu": make.code(enrolment)},
            f"/meja/{enrolment.uid}": {},
            "/meja/tamu": {"name": "Baru"},
            f"/kehadiran/{enrolment.uid}": {},
            "/berita-acara/ubah": {},
            "/evaluasi/hentikan": {},
            "/hp/wifi": {"wifi_name": "Aula"},
            "/silang": {},
            "/peserta/dikeluarkan": {},
            f"/sesi/{sitting.uid}/kertas/{enrolment.uid}": {"huruf-1": "a", "simpan": "1"},
        }.items()
    }

    forms = [f"/kegiatan/{event.code}{path}" for path in ("/ubah", "/sesi/baru", "/peserta/baru")]
    assert [browser.get(form).status_code for form in forms] == [409] * 3
    assert browser.get(f"/kegiatan/{event.code}/peserta").status_code == 200
    assert "diarsipkan" in faults(browser.get(f"/kegiatan/{event.code}/paket"))[0]
    assert notices(page)[0].startswith("Kegiatan ini diarsipkan")
    assert texts(page, "missing") == []
    assert {path: reply.status_code for path, reply in refused.items()} == dict.fromkeys(
        refused, 409
    )
    assert all("Kembalikan dulu ke daftar" in reply.text for reply in refused.values())


def test_an_archived_event_is_taken_back_and_can_be_changed_again(
    make: Make, browser: HouseClient
) -> None:
    event = make.event(archived_at=make.now)

    reply = browser.post_form(f"/kegiatan/{event.code}/arsip/kembalikan", follow_redirects=True)

    assert notices(reply) == [f"Kegiatan {event.code} ada lagi di daftar."]
    assert make.fresh(event).archived_at is None
    assert [entry.action for entry in stored(make, AuditEntry)] == ["event_restored"]


def test_a_list_whose_events_are_all_archived_says_so(make: Make, browser: HouseClient) -> None:
    make.event(archived_at=make.now)

    assert texts(browser.get("/kegiatan"), "empty") == [
        "Semua kegiatan sudah diarsipkan. Buat kegiatan"
    ]
