"""The record of processing and the assessment say what is set here, and change when it changes."""

from datetime import timedelta

import pytest

from quiz.exports.documents.privacy.impact import OLD_BACKUP, risks_of
from quiz.models import Setting
from quiz.models.events.purposes import Purpose
from quiz.permissions import Role
from quiz.queries.people.privacy.processing import Machine, processing
from quiz.queries.people.privacy.sights import SIGHTS
from tests.conftest import BOTH_DATABASES
from tests.papers import pdf_text, word_text
from tests.reading import root, words

RECORD, IMPACT = "/data-pribadi/catatan-pemrosesan", "/data-pribadi/penilaian-dampak"


@pytest.fixture
def desk(client_for, citra):
    return client_for(citra)


def read(desk, stem):
    """The text of the document, which PDF and Word have alike."""
    paper, word = desk.get(f"{stem}.pdf"), desk.get(f"{stem}.docx")
    assert paper.headers["Content-Disposition"] == f"attachment; filename={stem.split('/')[2]}.pdf"
    text = pdf_text(paper.data)
    assert len(word_text(word.data)) > len(text) / 2
    return text


def set_to(make, **values):
    make.session.add_all(Setting(key=key, value=value) for key, value in values.items())
    make.session.commit()


@pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)
def test_record_and_page_say_the_same_of_who_holds_what(make, desk, client_for):
    make.user(username="satu", role=Role.TRAINER)
    make.user(username="dua", role=Role.TRAINER)
    make.user(username="pergi", role=Role.TRAINER, disabled_at=make.now)
    make.user(nip="198001012005012001", position="Lurah")
    make.event(evaluates=False)

    page = words(root(desk.get("/data-pribadi")))
    paper = read(desk, RECORD)

    for text in (page, paper):
        assert "Kesbangpol Kutai Kartanegara" in text
        assert "1 dengan NIP" in text
        assert "90 hari" in text
        assert "naskah belum diperiksa" in text
        assert "198001012005012001" not in text
    assert "Narasumber2angka" in page.replace(" ", "").replace("\n", "")
    assert "……" in paper and "Yang diisi kantor" in paper


def test_what_events_ask_decides_what_is_said_to_be_collected(make, desk):
    def collected():
        rows = [
            [words(cell) for cell in row.iter("td")]
            for row in root(desk.get("/data-pribadi")).iter("tr")
        ]
        return {row[0]: row[-1] for row in rows if len(row) == 3}

    make.event(evaluates=False)
    before = collected()
    make.sitting(make.event(evaluates=True), asks_confidence=True)
    make.user(nip="198001012005012001", position="Lurah")
    after = collected()

    nip, asked = "NIP; tampil empat angka terakhir", "jawaban dan jamnya, {} tingkat keyakinan"
    assert (before["jabatan"], before[nip], before["jumlah dan saran, tanpa nama"]) == (
        "tidak",
        "tidak",
        "tidak",
    )
    assert asked.format("tanpa") in before
    assert (after["jabatan"], after[nip], after["jumlah dan saran, tanpa nama"]) == ("ya",) * 3
    assert asked.format("dengan") in after


def test_the_assessment_names_what_is_open_here_and_nothing_once_it_is_mended(make, desk, app):
    before = read(desk, IMPACT)
    for lacking in ("belum ada alamat HTTPS", "belum ada cadangan", "belum diisi di Setelan"):
        assert lacking in before
    assert "QUIZ_STAFF_OVER_HTTP=1" not in before

    set_to(
        make,
        office_url="https://kuis.kantor.example",
        privacy_contact="Ruang 3",
        privacy_officer="Sekretaris",
    )
    app.extensions.pop("quiz.office", None)
    event = make.event()
    event.purpose, event.purpose_basis = Purpose.ASSESSMENT, "Surat"
    make.session.commit()
    after = read(desk, IMPACT)

    for mended in ("belum ada alamat HTTPS", "belum diisi di Setelan"):
        assert mended not in after
    assert "1 kegiatan bertujuan lain daripada pembinaan" in after


def test_an_old_backup_is_called_old(make):
    def open_of(newest):
        machine = Machine("SQLite", "", "", False, 1, newest)
        found = processing(make.session, machine)
        return {risk.name: risk.open for risk in risks_of(found, make.now)}["Data hilang"]

    assert open_of(make.now - OLD_BACKUP) == ""
    assert "cadangan terakhir" in open_of(make.now - OLD_BACKUP - timedelta(seconds=1))


def test_privacy_page_tells_what_each_role_sees_by_the_table_of_permissions(make, client_for):
    text = words(root(client_for(make.enrolment()).get("/privasi")))

    for role in Role:
        if role is not Role.PARTICIPANT:
            assert role.label in text
    for _, sees in SIGHTS:
        assert sees in text
    assert text.count("tidak melihat nilai per orang") == len(Role) - 2
    assert "90 hari" in text


def test_more_events_and_people_cost_no_more_queries(make, desk, count_queries):
    desk.get("/data-pribadi")
    one = count_queries(lambda: desk.get("/data-pribadi"))
    for _ in range(3):
        make.enrolment()

    assert count_queries(lambda: desk.get("/data-pribadi")) == one
