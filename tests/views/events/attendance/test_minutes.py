"""The berita acara: what somebody writes is kept, its numbers are those of every other page."""

from datetime import UTC, date, datetime, timedelta

import pytest

from quiz.models import EventMinutes
from tests.reading import faults, root, stored, texts, words

WRITTEN = {
    "number": "400.10/17/KESBANG",
    "day": "2026-11-27",
    "place": "Pendopo",
    "signed_in": "Loa Janan",
    "remarks": "Listrik padam empat menit.",
    "signatories-0-office": "Kepala Badan",
    "signatories-0-name": "Citra Ningsih, S.Sos.",
    "signatories-0-number": "Pembina, IV/a",
}


@pytest.fixture
def event(make):
    starts_at = datetime(2026, 11, 27, 0, 0, tzinfo=UTC)
    return make.event(
        code="UJI-101",
        place="Aula Rekaan",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=4),
    )


@pytest.fixture
def desk(client_for, citra):
    return client_for(citra)


def test_it_says_what_the_event_says_before_anybody_writes(event, desk):
    paper = texts(desk.get("/kegiatan/UJI-101/berita-acara"), "minutes")[0]

    assert "bertempat di Aula Rekaan" in paper


def test_what_is_written_is_kept_and_printed(make, event, desk):
    reply = desk.post_form("/kegiatan/UJI-101/berita-acara/ubah", WRITTEN, follow_redirects=True)

    paper = texts(reply, "minutes")[0]
    for said in (
        "Nomor: 400.10/17/KESBANG",
        "bertempat di Pendopo",
        "Listrik padam empat menit.",
        "Loa Janan, 27 November 2026",
    ):
        assert said in paper
    assert texts(reply, "signatures") == ["Kepala Badan Citra Ningsih, S.Sos. Pembina, IV/a"]
    [kept] = stored(make, EventMinutes)
    assert len(kept.signatories) == 1
    again = desk.get("/kegiatan/UJI-101/berita-acara/ubah")
    assert "Citra Ningsih, S.Sos." in again.text


def test_writing_again_changes_the_one_paper(make, event, desk):
    for number in ("1", "2"):
        desk.post_form("/kegiatan/UJI-101/berita-acara/ubah", WRITTEN | {"number": number})

    assert [row.number for row in stored(make, EventMinutes)] == ["2"]


def test_a_field_that_was_not_sent_stays_as_it_is(make, event, desk):
    reply = desk.post_form("/kegiatan/UJI-101/berita-acara/ubah", {"number": "7"})

    assert reply.status_code == 303
    [kept] = stored(make, EventMinutes)
    assert (kept.number, kept.day) == ("7", date(2026, 11, 27))


def test_hadir_and_mengirim_are_no_contradiction_on_it(make, event, desk):
    sitting = make.sitting(event)
    unit = make.unit()
    make.finished(sitting, make.enrolment(event, unit=unit, checked_in_at=make.now))
    for _ in range(2):
        make.finished(sitting, make.enrolment(event, unit=unit))

    paper = texts(desk.get("/kegiatan/UJI-101/berita-acara"), "minutes")[0]

    assert "Tercatat hadir 1 orang. 2 orang mengerjakan tanpa tercatat hadir." in paper
    assert "3 mulai, 3 terkirim." in paper


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"day": "31-02-2026"}, "Tanggal"),
        ({"day": ""}, "Tanggal"),
        ({"number": "9" * 81}, "Nomor: Paling banyak 80 huruf."),
        ({"signatories-1-office": "Saksi"}, "Tulis juga namanya"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field_and_nothing_is_kept(
    make, event, desk, changed, said
):
    reply = desk.post_form("/kegiatan/UJI-101/berita-acara/ubah", WRITTEN | changed)

    assert reply.status_code == 400
    assert said in faults(reply)[0]
    assert "Listrik padam empat menit." in reply.text
    assert stored(make, EventMinutes) == []


def test_more_signatories_than_there_is_room_for_are_left_out(make, event, desk):
    many = {f"signatories-{n}-name": f"Orang {n}" for n in range(9)}

    reply = desk.post_form("/kegiatan/UJI-101/berita-acara/ubah", WRITTEN | many)

    assert reply.status_code == 303
    assert len(stored(make, EventMinutes)[0].signatories) == 3


def test_nothing_is_written_on_an_archived_event(make, event, desk):
    event.archived_at = make.now
    make.session.commit()

    assert desk.get("/kegiatan/UJI-101/berita-acara").status_code == 200
    assert desk.get("/kegiatan/UJI-101/berita-acara/ubah").status_code == 409
    assert words(root(desk.get("/kegiatan/UJI-101/berita-acara"))).count("Isi nomor") == 0
