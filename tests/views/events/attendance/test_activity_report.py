"""What only an activity report says: written on its page, printed in the document."""

import pytest

from quiz.models import ActivityReport, AuditEntry, EventMinutes
from tests.papers import pdf_text, word_text
from tests.reading import faults, stored, texts, words
from tests.reading import root as tree

PAGE = "/kegiatan/UJI-101/laporan-pelaksanaan"
WRITTEN = {
    "number": "400.10/21/KESBANG",
    "basis": "Surat Tugas Nomor 12 Tahun 2026",
    "account": "Acara dibuka pukul delapan.\nDiskusi berjalan lancar.",
    "obstacles": "Listrik padam empat menit; router memakai baterai.",
}


@pytest.fixture
def event(make):
    return make.event(code="UJI-101", place="Aula Rekaan")


@pytest.fixture
def desk(client_for, citra):
    return client_for(citra)


def test_what_is_written_is_kept_logged_and_printed(make, event, desk):
    reply = desk.post_form(PAGE, WRITTEN, follow_redirects=True)

    assert "Surat Tugas Nomor 12 Tahun 2026" in reply.text
    [kept] = stored(make, ActivityReport)
    assert {name: getattr(kept, name) for name in WRITTEN} == WRITTEN
    assert [e.action for e in stored(make, AuditEntry)][-1] == "activity_report_changed"
    for ending, read in (("pdf", pdf_text), ("docx", word_text)):
        text = read(desk.get(f"/laporan/UJI-101/laporan-pelaksanaan.{ending}").data)
        said = " ".join(WRITTEN.values()).replace("\n", " ")
        assert [each for each in WRITTEN.values() if each.splitlines()[-1] not in text] == [], said
        assert "Nomor: 400.10/21/KESBANG" in text


def test_writing_again_changes_the_one_row(make, event, desk):
    for number in ("1", "2"):
        desk.post_form(PAGE, WRITTEN | {"number": number})

    assert [row.number for row in stored(make, ActivityReport)] == ["2"]


def test_an_empty_form_is_kept_as_empty(make, event, desk):
    assert desk.post_form(PAGE, {}).status_code == 303

    [kept] = stored(make, ActivityReport)
    assert (kept.number, kept.basis, kept.account, kept.obstacles) == ("", "", "", "")


@pytest.mark.parametrize(
    ("name", "label", "most"),
    [
        ("number", "Nomor", 80),
        ("basis", "Dasar kegiatan ini", 2000),
        ("account", "Uraian kegiatan", 6000),
        ("obstacles", "Hambatan dan pemecahannya", 4000),
    ],
)
def test_what_is_too_long_is_said_at_its_field_and_nothing_is_kept(
    make, event, desk, name, label, most
):
    reply = desk.post_form(PAGE, WRITTEN | {name: "x" * (most + 1)})

    assert reply.status_code == 400
    assert faults(reply) == [f"{label}: Paling banyak {most} huruf."]
    assert stored(make, ActivityReport) == []


def test_what_the_minutes_say_is_shown_and_not_asked_again(make, event, desk):
    signatories = [{"office": "Kepala Badan", "name": "Citra Ningsih", "number": ""}]
    said = {"place": "Pendopo", "signed_in": "Loa Rekaan", "signatories": signatories}
    make.session.add(EventMinutes(event_id=event.id, day=event.days[-1], **said))
    make.session.commit()

    page = desk.get(PAGE)

    panel = texts(page, "panel")[0]
    assert all(words_ in panel for words_ in ("Pendopo", "Loa Rekaan, ", "Citra Ningsih"))
    assert 'href="/kegiatan/UJI-101/berita-acara/ubah"' in page.text
    assert {"place", "signed_in"} & {node.get("name") for node in tree(page).iter("input")} == set()


def test_event_and_overview_lead_to_it_and_to_its_files(make, event, desk):
    make.enrolment(event)
    files = [f"/laporan/UJI-101/laporan-pelaksanaan.{ending}" for ending in ("pdf", "docx")]

    for page in ("/kegiatan/UJI-101", "/laporan/UJI-101"):
        links = [a.get("href") for a in tree(desk.get(page)).iter("a")]
        assert [link for link in [PAGE, *files] if link not in links] == []


def test_an_archived_event_is_printed_and_no_more_written(make, event, desk):
    make.enrolment(event)
    event.archived_at = make.now
    make.session.commit()

    assert desk.get(PAGE).status_code == 409
    assert desk.get("/laporan/UJI-101/laporan-pelaksanaan.docx").status_code == 200
    for page in ("/kegiatan/UJI-101", "/laporan/UJI-101"):
        reply = desk.get(page)
        assert PAGE not in [a.get("href") for a in tree(reply).iter("a")]
        assert words(tree(reply)).count("Isi uraian") == 0
