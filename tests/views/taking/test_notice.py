"""People are told what is done with their data before they go on, and that they were is noted."""

from datetime import UTC, datetime, timedelta

import pytest

from quiz.models.events.events import Phase
from quiz.models.events.purposes import Purpose
from quiz.models.people.settings import RETENTION_KEY, Retention, Setting
from tests.reading import root, with_class, words

TOLD = {"diberitahu": "ya"}


@pytest.fixture
def sitting(make):
    return make.sitting(phase=Phase.PRE)


@pytest.fixture
def enrolment(make, sitting):
    return make.enrolment(sitting.event)


def notice_on(page):
    return [box for box in with_class(page, "panel") if "Data pribadi Anda" in words(box)]


def test_the_first_page_tells_who_why_what_who_sees_it_how_long_and_what_one_may_do(
    make, client_for, enrolment
):
    make.session.add(Setting(key="organisation", value="Badan Rekaan"))
    make.session.add(Setting(key="privacy_contact", value="Ruang 3, telepon 0541-000"))
    make.session.commit()

    [panel] = notice_on(client_for(enrolment).get("/"))

    assert words(panel.find("p")) == (
        "Nama, jawaban, dan nilai Anda dipakai untuk pembinaan, bukan hukuman disiplin; nilai "
        "dilihat Anda dan petugas saja."
    )
    [more] = panel.iter("details")
    assert [words(line) for line in more.iter("li")] == [
        "Dicatat: nama, unit, jam hadir, jawaban, nilai.",
        "Oleh Badan Rekaan, tugas kepentingan umum (UU 27/2022).",
        "Nama disimpan sampai 90 hari sesudah sesi terakhir.",
        "Anda berhak melihat, membetulkan, berkeberatan: Ruang 3, telepon 0541-000.",
    ]
    assert [a.get("href") for a in panel.iter("a")] == ["/privasi"]
    assert not list(panel.iter("input"))


def test_another_purpose_is_told_with_its_basis(make, client_for, sitting, enrolment):
    sitting.event.purpose, sitting.event.purpose_basis = Purpose.ASSESSMENT, "surat tugas 800/1"
    make.session.commit()

    [panel] = notice_on(client_for(enrolment).get("/"))

    assert "dipakai untuk penilaian (surat tugas 800/1); nilai" in words(panel)


def test_how_long_is_what_the_office_set_and_what_the_event_has_of_its_own(
    make, client_for, sitting, enrolment
):
    make.setting(RETENTION_KEY, Retention(30).stored)
    sitting.event.keep_until = datetime(2031, 3, 3, tzinfo=UTC)
    make.session.commit()
    browser = client_for(enrolment)

    [panel] = notice_on(browser.get("/"))

    own = "Nama disimpan sampai 30 hari sesudah sesi terakhir, tidak sebelum 3 Maret 2031."
    assert own in words(panel)
    assert "disimpan sampai 30 hari sesudah sesi terakhir." in words(root(browser.get("/privasi")))


@pytest.mark.parametrize("way", ["start", "check_in"])
def test_going_on_from_it_is_noted_once_and_it_is_not_told_again(
    make, client_for, sitting, enrolment, way
):
    phone = client_for(enrolment)
    page = phone.get("/")
    sent = [field.get("name") for field in root(page).iter("input")]
    assert make.fresh(enrolment).noticed_at is None

    address = f"/sesi/{sitting.uid}/mulai" if way == "start" else "/"
    phone.post_form(address, TOLD | {"enrolment": enrolment.uid})

    first = make.fresh(enrolment).noticed_at
    assert (sent.count("diberitahu"), first) == (2, make.now)
    again = phone.get("/")
    assert notice_on(again) == []
    assert "diberitahu" not in again.text
    phone.post_form(address, TOLD | {"enrolment": enrolment.uid})
    assert make.fresh(enrolment).noticed_at == first


def test_whoever_starts_without_that_page_is_not_said_to_have_been_told(
    make, client_for, sitting, enrolment
):
    phone = client_for(enrolment)

    phone.post_form(f"/sesi/{sitting.uid}/mulai")

    assert make.fresh(enrolment).noticed_at is None
    assert len(notice_on(phone.get("/"))) == 1


def test_each_event_tells_anew(make, client_for, ani):
    before = make.enrolment(make.event(), ani)
    before.notice(make.now - timedelta(days=30))
    make.session.commit()

    page = client_for(make.enrolment(make.event("Kegiatan lain"), ani)).get("/")

    assert len(notice_on(page)) == 1
