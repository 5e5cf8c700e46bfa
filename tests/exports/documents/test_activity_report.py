"""The activity report: the pages' numbers in the office's outline, each with where it stands."""

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from quiz.actions.scores.publishing import withdraw_edition
from quiz.exports import EXPORTS
from quiz.exports.documents.activity_report import activity_report
from quiz.exports.documents.activity_report.named import named_figures
from quiz.exports.documents.activity_report.occasion import Figures, figures_of, occasion_of
from quiz.exports.documents.kinds import PAPER_KINDS
from quiz.exports.documents.register import DOCUMENTS
from quiz.formats import datetime_id, day_date_id
from quiz.models import ActivityReport, Event, EventMinutes, Sitting, User
from quiz.models.events.events import Phase
from quiz.models.people.first_outline import FIRST_OUTLINE
from quiz.models.people.outline import FIGURES, Level, Outline, Part, Section
from quiz.queries.scores.caveats import PURPOSE
from quiz.queries.scores.reports import sitting_report
from tests.factories import Make
from tests.papers import pdf_pages, pdf_text, word_text
from tests.views.scores.editions.publishing import published

READ = {"pdf": pdf_text, "docx": word_text}
PRE = {"Kantor Camat": [40, 45, 50, 60, 65, 70, 75], "SD Rekaan": [30, 40, 60]}
POST = {"Kantor Camat": [50, 65, 70, 80, 85, 90, 95], "SD Rekaan": [60, 70, 80]}
SMALL = {"Desa Hulu": [64], "Desa Hilir": [99]}
"""No minute of an hour and no day of a month."""


@pytest.fixture
def event(make: Make) -> Event:
    """Two tests that are over: an office of seven, a school of three, two villages of one."""
    event = make.event(place="Aula Rekaan", organiser="Badan Rekaan", speakers="Dewi, narasumber")
    event.ends_at = make.now - timedelta(minutes=10)
    hour, over = timedelta(hours=1), make.now - timedelta(minutes=30)
    pre = make.sitting(event, Phase.PRE, opens_at=make.now - 3 * hour, closes_at=over - hour)
    post = make.sitting(event, Phase.POST, opens_at=make.now - 1 * hour, pass_mark=70)
    for name, percents in {**POST, **SMALL}.items():
        unit = make.unit(name, "desa" if name.startswith("Desa") else "kecamatan")
        for place, percent in enumerate(percents):
            person = make.enrolment(event, unit=unit, checked_in_at=make.now - 3 * hour)
            _worked(make, pre, person, PRE.get(name, [20])[place])
            _worked(make, post, person, percent)
    post.closes_at = over
    make.session.commit()
    return event


def _worked(make: Make, sitting: Sitting, person, percent: int) -> None:  # type: ignore[no-untyped-def]
    attempt = make.finished(sitting, person, started_at=sitting.opens_at)
    [score] = attempt.scores
    score.knowledge_points, score.knowledge_max = Fraction(percent), Fraction(100)


def read(make: Make, event: Event, ending: str) -> str:
    return READ[ending](DOCUMENTS["activity"].write(ending, make.session, event, make.now))


def post_of(event: Event) -> Sitting:
    return next(each for each in event.sittings if each.phase is Phase.POST)


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_its_numbers_are_those_of_the_report_page(make: Make, event: Event, ending: str) -> None:
    text = read(make, event, ending)

    for sitting in event.sittings:
        report = sitting_report(make.session, sitting, make.now)
        total = report.units.total
        assert f"{total.invited} {total.attended} {total.submitted}" in text
        assert f"{total.passed} dari {total.submitted}" in text
        assert [s for s in report.measured.sentences if " ".join(s.split()) not in text] == []
    change = sitting_report(make.session, post_of(event), make.now).change
    assert change is not None
    assert [said for said in change.sentences if said not in text] == []
    table = EXPORTS["units"].table(make.session, post_of(event), make.now)
    keys = [head.key for head in table.heads]
    for row in (dict(zip(keys, cells, strict=True)) for cells in table.rows):
        assert f"{row['invited']} {row['attended']} {row['submitted']}" in text
        if row["low"] is not None:
            assert f"{row['mean']} ({row['low']} sampai {row['high']})" in text


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_what_the_report_withholds_stands_nowhere(make: Make, event: Event, ending: str) -> None:
    text = read(make, event, ending)

    assert "Desa Hulu" in text
    assert "tidak ditampilkan" in text
    assert re.findall(r"(?<!\d)(?:64|99)(?!\d)", text) == []


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_it_has_the_structure_of_a_laporan(make: Make, event: Event, ending: str) -> None:
    text = read(make, event, ending)

    wanted = ["LAPORAN TENTANG PELAKSANAAN SOSIALISASI NETRALITAS ASN", "Nomor: ……"]
    wanted += [section.title for section in FIRST_OUTLINE.body]
    wanted += ["Catatan atas angka:", " ".join(PURPOSE.split())]
    wanted += [section.title for section in FIRST_OUTLINE.annexes] + ["Lampiran: Asal Angka"]
    places = [text.find(words) for words in wanted]
    assert -1 not in places
    assert places == sorted(places)
    assert "{" not in text
    assert datetime_id(make.now) in text


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_what_the_office_wrote_is_printed_as_it_was_written(
    make: Make, event: Event, ending: str
) -> None:
    written = {"number": "400/1", "basis": "Surat Tugas {hadir}", "account": "Dibuka {", "id": 1}
    make.session.add(ActivityReport(event_id=event.id, obstacles="Router lambat.", **written))
    people = [{"office": "Kepala Badan", "name": "Nur Rekaan", "number": "Pembina"}]
    minutes = {"place": "Pendopo", "signed_in": "Loa Rekaan", "signatories": people}
    day = event.days[-1]
    make.session.add(EventMinutes(event_id=event.id, day=day, remarks="Hujan deras.", **minutes))
    make.session.commit()

    text = read(make, event, ending)

    said = ["Nomor: 400/1", "Surat Tugas {hadir}", "Dibuka {", "Hujan deras. Router lambat."]
    said += ["bertempat di Pendopo", "Kepala Badan,", "Nur Rekaan", "Pembina", "Loa Rekaan, "]
    assert [words for words in said if words not in text] == []


def test_every_name_has_words_and_a_place(make: Make, event: Event) -> None:
    occasion, figures = occasion_of(make.session, event), figures_of(make.session, event, make.now)

    found = named_figures(occasion, figures)

    assert set(found) == set(FIGURES)
    assert [name for name, each in found.items() if not all(each)] == []
    report = sitting_report(make.session, post_of(event), make.now)
    assert found["kirim_post"].words == f"{report.units.total.submitted} orang"
    assert found["tanggal"].words == day_date_id(event.days[0])
    assert found["hadir"].words == "12 orang"


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_every_figure_that_is_printed_says_where_it_stands(
    make: Make, event: Event, ending: str
) -> None:
    sections = (Section(Level.SECTION, "", "Isi", "{hadir}; {rata_post}", Part.UNITS),)
    outline = Outline("Laporan", "", sections)
    occasion, figures = occasion_of(make.session, event), figures_of(make.session, event, make.now)

    paper = activity_report(outline, occasion, figures, make.now)

    text = READ[ending](PAPER_KINDS[ending].write(paper))
    origins = text[text.index("Asal Angka") :]
    known = named_figures(occasion, figures)
    for name in ("hadir", "rata_post"):
        each = known[name]
        assert f"{name} {each.words} {each.page} {each.counted}" in origins
    assert "Hasil per unit tabel Laporan, Hasil per unit, Post-test" in origins
    assert "rata_pre" not in origins
    assert "Jadwal kegiatan" not in origins


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_figures_of_another_moment_are_printed_as_they_were_given(
    make: Make, event: Event, ending: str
) -> None:
    then = figures_of(make.session, event, make.now)
    for sitting in event.sittings:
        _worked(make, sitting, make.enrolment(event), 90)
    before = make.now - timedelta(days=1)

    given = replace(then, as_of=before)
    paper = activity_report(FIRST_OUTLINE, occasion_of(make.session, event), given, make.now)

    text = READ[ending](PAPER_KINDS[ending].write(paper))
    assert "Terdaftar 12 orang" in text
    assert f"keadaan pada {datetime_id(before)}" in text


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_an_edition_is_printed_again_with_the_same_figures(
    make: Make, event: Event, citra: User, ending: str
) -> None:
    live = read(make, event, ending)
    edition = published(make, event, citra)
    frozen = read(make, event, ending)
    for sitting in event.sittings:
        for _ in range(6):
            person = make.enrolment(event, unit=make.unit(kind="kecamatan"))
            _worked(make, sitting, person, 10)

    again = read(make, event, ending)

    assert again == frozen
    assert f"edisi 1, keadaan pada {datetime_id(edition.as_of)}" in again
    assert "edisi 1" not in live
    assert "Terdaftar 12 orang dari 4 unit kerja; tercatat hadir 12 orang." in again
    results = slice(again.index("C. Hasil"), again.index("E. Penutup"))
    assert live[live.index("C. Hasil") : live.index("E. Penutup")] == again[results].replace(
        "pelaksanaan, edisi 1, keadaan", "pelaksanaan, keadaan"
    )
    withdraw_edition(edition, "Kuncinya keliru.", citra, make.now)
    make.session.commit()
    assert "Terdaftar 24 orang" in read(make, event, ending)


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_while_a_test_runs_nothing_is_told_of_it(make: Make, ending: str) -> None:
    event = make.event()
    sitting = make.sitting(event, Phase.POST)
    unit = make.unit("Kantor Camat")
    for _ in range(6):
        make.finished(sitting, make.enrolment(event, unit=unit))

    text = read(make, event, ending)

    assert "Kegiatan ini belum selesai" in text
    assert "Nilai rata-rata pre-test: tidak diadakan. Nilai rata-rata post-test: belum ada." in text
    assert "6 orang mengerjakan tanpa tercatat hadir" in text
    assert "Nilai rata-rata 1" not in text


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_an_event_without_people_tests_or_laws_is_no_fault(make: Make, ending: str) -> None:
    text = read(make, make.event(), ending)

    assert "Terdaftar 0 orang dari 0 unit kerja; tercatat hadir 0 orang." in text
    assert text.count("Kegiatan ini tanpa kuis yang dinilai.") == 4


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_long_titles_and_237_units_are_whole(make: Make, ending: str) -> None:
    title = "Sosialisasi netralitas aparatur sipil negara dan pemerintahan desa " * 2
    event = make.event(title.strip(), speakers="; ".join(["Nama Rekaan yang panjang"] * 15))
    sitting = make.sitting(event, Phase.POST, prepared=False)
    for number in range(237):
        make.session.add(make.enrolment(event, unit=make.unit(f"Desa Rekaan {number}", "desa")))

    blob = DOCUMENTS["activity"].write(ending, make.session, event, make.now)

    text = READ[ending](blob)
    assert sitting.label in text
    assert title.strip().upper() in text
    assert all(f"Desa Rekaan {number} " in text for number in range(237))
    if ending == "pdf":
        assert all("laporan pelaksanaan, keadaan pada" in page for page in pdf_pages(blob))


@pytest.fixture(scope="module")
def to_pdf(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], bytes]:
    """A Word document as LibreOffice prints it; skips where that is not installed."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    folder: Path = tmp_path_factory.mktemp("word")

    def convert(blob: bytes) -> bytes:
        (folder / "laporan.docx").write_bytes(blob)
        profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "laporan.docx"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        return (folder / "laporan.pdf").read_bytes()

    return convert


def test_libreoffice_opens_the_word_document_and_reads_the_same(
    make: Make, event: Event, to_pdf: Callable[[bytes], bytes]
) -> None:
    report = ActivityReport(event_id=event.id, basis="Surat Tugas 12\nDPA 2026", account="Dibuka.")
    make.session.add(report)
    make.session.commit()

    text = pdf_text(to_pdf(DOCUMENTS["activity"].write("docx", make.session, event, make.now)))

    figures: Figures = figures_of(make.session, event, make.now)
    known = named_figures(occasion_of(make.session, event), figures)
    assert [n for n in ("hadir", "rata_pre", "rata_post") if known[n].words not in text] == []
    assert "1. Surat Tugas 12 2. DPA 2026" in text
    assert [each.title for each in FIRST_OUTLINE.sections if each.title not in text] == []
