"""How long people are stored: the pages that say and change it, and pages of an erased event."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.actions.scores.erasing import erase_event
from quiz.formats import date_id
from quiz.models import AuditEntry, Erasure, Event, Setting, Unit, User
from quiz.models.people.audit import Action
from quiz.models.people.settings import RETENTION_KEY, Retention
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import notices
from tests.remains import MARK, marked_event

ClientFor = Callable[..., HouseClient]
DAY = timedelta(days=1)
PAGE = "/setelan/masa-simpan"


@pytest.fixture
def erased(make: Make) -> Event:
    """An event whose people are erased, with an edition."""
    event = marked_event(make)
    erase_event(make.session, event, None, make.now)
    make.session.commit()
    return event


def old_event(make: Make) -> Event:
    then = make.now - 100 * DAY
    event = make.event(starts_at=then, ends_at=then + DAY / 4)
    make.enrolment(event)
    return event


def text_of(client: HouseClient, address: str) -> str:
    return " ".join(client.get(address).get_data(as_text=True).split())


# What would go, and the button


def test_page_says_what_would_go_and_what_stays(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    event, later = old_event(make), make.event()

    page = text_of(client_for(citra), PAGE)

    assert f'Sudah waktunya dihapus</h2> <h3> <a href="/kegiatan/{event.code}">' in page
    assert "daftar peserta 1 orang, dengan kartu, kehadiran, dan daftar tunggunya" in page
    assert "nama dan NIP 1 orang yang tidak ada di kegiatan lain" in page
    assert date_id(later.ends_at + 90 * DAY) in page


@pytest.mark.parametrize("rows", [1, 3])
def test_no_more_queries_with_more_events(
    make: Make,
    client_for: ClientFor,
    citra: User,
    count_queries: Callable[[Callable[[], object]], int],
    rows: int,
) -> None:
    browser = client_for(citra)
    for _ in range(rows):
        make.enrolment()
        old_event(make)

    assert count_queries(lambda: browser.get(PAGE)) <= 18


def test_button_erases_what_is_due(
    make: Make, session: Session, client_for: ClientFor, citra: User
) -> None:
    event, later = old_event(make), make.event(starts_at=make.now + DAY, ends_at=make.now + 2 * DAY)
    place = make.enrolment(later)

    reply = client_for(citra).post_form(f"{PAGE}/hapus", follow_redirects=True)

    assert notices(reply) == [f"Data peserta kegiatan {event.code} dihapus."]
    line = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.EVENT_ERASED)).one()
    assert (line.actor_id, line.subject_uid) == (citra.id, event.uid)
    assert make.fresh(event).erased_at == make.now
    assert make.fresh(place).event_id == later.id


def test_button_waits_while_an_event_goes_on(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    event = old_event(make)
    make.event()

    reply = client_for(citra).post_form(f"{PAGE}/hapus", follow_redirects=True)

    assert notices(reply)[0].startswith("Masih ada kegiatan yang berlangsung.")
    assert make.fresh(event).erased_at is None


# The time


def test_admin_changes_how_long_people_are_stored(
    make: Make, session: Session, client_for: ClientFor, eka: User
) -> None:
    client_for(eka).post_form(PAGE, {"days": "120"}, follow_redirects=True)

    stored = session.scalars(select(Setting.value).where(Setting.key == RETENTION_KEY)).one()
    line = session.scalars(
        select(AuditEntry).where(AuditEntry.action == Action.SETTING_CHANGED)
    ).one()
    assert Retention.from_stored(stored).days == 120
    assert line.detail is not None
    assert (line.detail.content["before"], line.detail.content["after"]) == ("90 hari", "120 hari")


@pytest.mark.parametrize(
    ("days", "words"),
    [("13", "Isi antara 14 dan 1825 hari."), ("", "Isi jumlah harinya."), ("lama", "Isi ")],
)
def test_days_out_of_bounds_are_refused(
    make: Make, client_for: ClientFor, eka: User, days: str, words: str
) -> None:
    reply = client_for(eka).post_form(PAGE, {"days": days})

    assert reply.status_code == 400
    assert words in reply.get_data(as_text=True)


def test_shorter_time_gives_respite_and_says_so(
    make: Make, client_for: ClientFor, eka: User
) -> None:
    then = make.now - 50 * DAY
    event = make.event(starts_at=then, ends_at=then + DAY / 4)
    browser = client_for(eka)

    browser.post_form(PAGE, {"days": "30"})
    page = text_of(browser, PAGE)

    assert f"Sampai {date_id(make.now + 7 * DAY)} tidak ada yang dihapus" in page
    assert make.fresh(event).erased_at is None


# A later date for one event


def test_officer_keeps_an_event_longer_with_a_reason(
    make: Make, session: Session, client_for: ClientFor, citra: User
) -> None:
    event, browser = old_event(make), client_for(citra)
    wanted = make.now + 30 * DAY
    address = f"/kegiatan/{event.code}/masa-simpan"

    reply = browser.post_form(
        address, {"day": f"{wanted:%Y-%m-%d}", "reason": "Pemeriksaan inspektorat."}
    )

    assert reply.status_code == 303
    assert make.fresh(event).keep_reason == "Pemeriksaan inspektorat."
    assert event.keep_until is not None
    assert event.keep_until > make.now + 29 * DAY
    line = session.scalars(
        select(AuditEntry).where(AuditEntry.action == Action.EVENT_KEPT_LONGER)
    ).one()
    assert line.detail is not None
    assert line.detail.content["reason"] == "Pemeriksaan inspektorat."

    browser.post_form(f"{address}/biasa")

    assert make.fresh(event).keep_until is None


@pytest.mark.parametrize("days", [-40, 9000])
def test_a_date_that_keeps_nothing_longer_is_refused(
    make: Make, client_for: ClientFor, citra: User, days: int
) -> None:
    event, wanted = make.event(), make.now + days * DAY

    reply = client_for(citra).post_form(
        f"/kegiatan/{event.code}/masa-simpan",
        {"day": f"{wanted:%Y-%m-%d}", "reason": "Pemeriksaan inspektorat."},
    )

    assert reply.status_code == 400
    assert make.fresh(event).keep_until is None


# An event whose people are gone

STILL_THERE = {
    "events.page": 200,
    "reports.overview": 302,
    "copies.make": 200,
    "event_files.page": 200,
    "shelving.put_away": 200,
    "shelving.delete": 200,
    "edition_pages.edition": 200,
    "edition_pages.units": 200,
    "edition_pages.sentences": 200,
    "edition_pages.file": 200,
    "publishing.withdraw": 200,
}
"""What an officer may still open of it, and what comes."""


def test_every_page_of_it_says_that_the_people_are_gone(
    app: Flask, client_for: ClientFor, citra: User, erased: Event
) -> None:
    browser, sitting = client_for(citra), erased.sittings[0].uid
    values = {"number": 1, "stem": "unit", "ending": "pdf", "position": 1, "form": "A"}
    found = {}
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith(("/kegiatan/<code>", "/laporan/<code>", "/kelompok/<code>")):
            continue
        if "GET" not in (rule.methods or set()):
            continue
        given = {name: values.get(name, sitting) for name in rule.arguments}
        given |= {"code": erased.code} | {name: "pns" for name in rule.arguments & {"status"}}
        if "ending" in rule.arguments and "edisi" not in rule.rule:
            given["ending"] = next(iter(rule._converters["ending"].items), "pdf")
        address = app.url_map.bind("127.0.0.1").build(rule.endpoint, given)
        found[rule.endpoint] = browser.get(address).status_code

    assert {name: code for name, code in found.items() if code != 410} == STILL_THERE


def test_nothing_that_is_left_leads_to_what_is_gone(
    client_for: ClientFor, citra: User, dewi: User, erased: Event
) -> None:
    starts = {citra: ["/kegiatan", "/laporan", PAGE], dewi: ["/kelompok", "/laporan"]}
    dead = {}
    for somebody, addresses in starts.items():
        browser, waiting, seen = client_for(somebody), [*addresses], set[str]()
        while waiting:
            address = waiting.pop()
            reply = browser.get(address, follow_redirects=True)
            if reply.status_code >= 400:
                dead[somebody.name, address] = reply.status_code
            text = reply.get_data().decode(errors="ignore")
            found = re.findall(r'href="([^"#?]+)', text)
            here = {link for link in found if erased.code in link} - seen
            seen |= here
            waiting += here

    assert dead == {}


def test_its_page_shows_numbers_and_editions(
    client_for: ClientFor, citra: User, erased: Event
) -> None:
    page = text_of(client_for(citra), f"/kegiatan/{erased.code}")

    assert erased.erased_words in page
    assert "<dt>Terdaftar</dt> <dd>6 orang</dd>" in page
    assert f'href="/laporan/{erased.code}/edisi/1"' in page
    assert MARK not in page


def test_it_is_not_deleted_with_its_editions(
    make: Make, client_for: ClientFor, citra: User, erased: Event
) -> None:
    reply = client_for(citra).post_form(f"/kegiatan/{erased.code}/hapus")

    assert reply.status_code == 409
    assert make.fresh(erased).code


def test_it_can_be_archived_and_taken_back(
    make: Make, client_for: ClientFor, citra: User, erased: Event
) -> None:
    browser = client_for(citra)

    browser.post_form(f"/kegiatan/{erased.code}/arsip")
    archived = make.fresh(erased).archived_at
    browser.post_form(f"/kegiatan/{erased.code}/arsip/kembalikan")

    assert archived is not None
    assert make.fresh(erased).archived_at is None


def test_head_of_a_unit_that_was_there_still_finds_the_edition(
    make: Make, client_for: ClientFor, erased: Event, session: Session
) -> None:
    there = session.get_one(Unit, session.scalars(select(Erasure.unit_ids)).one()[0])
    head = make.user(username="kepala", role=Role.UNIT_HEAD, unit=there)
    other = make.user(username="lain", role=Role.UNIT_HEAD, unit=make.unit())

    pages = [text_of(client_for(each), "/unit-saya") for each in (head, other)]

    assert [erased.title in page for page in pages] == [True, False]


def test_whoever_reads_the_code_from_the_screen_is_told(client: HouseClient, erased: Event) -> None:
    reply = client.get(f"/g/{erased.code}")

    assert reply.status_code == 410
    assert erased.erased_words in reply.get_data(as_text=True)


@pytest.mark.parametrize(
    "address",
    ["/kegiatan", "/laporan", "/laporan/tren", "/kelompok", "/soal/analisis", "/unit", "/setelan"],
)
def test_lists_hold_no_word_of_the_people(
    client_for: ClientFor, citra: User, eka: User, erased: Event, address: str
) -> None:
    for somebody in (citra, eka):
        page = client_for(somebody).get(address)
        assert page.status_code in {200, 403}
        assert MARK not in page.get_data(as_text=True)


def test_log_and_accounts_hold_no_word_of_the_people(
    client_for: ClientFor, eka: User, erased: Event
) -> None:
    browser = client_for(eka)

    log, everybody = text_of(browser, "/audit"), text_of(browser, "/orang?tampil=semua")

    assert "rincian sudah dihapus" in log
    assert MARK not in log + everybody
    assert "(data dihapus)" not in everybody
