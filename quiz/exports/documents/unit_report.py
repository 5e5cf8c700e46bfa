"""The report per unit as a document to be signed, with the figures of the page and no others."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.assessment.analysis.display import ShownChange
from quiz.assessment.analysis.sitting_report import MisreadSentence, SittingReport
from quiz.assessment.analysis.unit_report import UnitReport, UnitRow
from quiz.assessment.rounding import whole_percent
from quiz.exports.documents.method import METHOD
from quiz.exports.documents.office_paper import letterhead, quiet, signed, warnings, with_range
from quiz.exports.documents.paper import (
    Block,
    Cell,
    Chart,
    Column,
    Fact,
    Facts,
    Heading,
    NewPage,
    Paper,
    Span,
    Table,
    Text,
)
from quiz.exports.documents.still_misread import advice, misread_table
from quiz.formats import date_id, datetime_id, decimal_id, percent_id, signed_id
from quiz.models import Event, Sitting
from quiz.queries.events.attendance import minutes_of
from quiz.queries.people.settings import installation
from quiz.queries.scores.caveats import PURPOSE
from quiz.queries.scores.changes import SittingChange
from quiz.queries.scores.finding import finding
from quiz.queries.scores.items.misread import misread
from quiz.queries.scores.reports import sitting_report

WITHHELD = "tidak ditampilkan"
NONE_YET = "belum ada"


def unit_paper(session: Session, sitting: Sitting, now: datetime) -> Paper:
    """What was found in one counted sitting, per unit, what is still misread, and how measured."""
    hard = [each.plain for each in misread(session, sitting, now)]
    return report_paper(session, sitting.event, sitting_report(session, sitting, now), hard)


def report_paper(
    session: Session, event: Event, report: SittingReport, hard: Sequence[MisreadSentence]
) -> Paper:
    """The same of a report, live or of an edition, and the sentences that are still misread."""
    sitting = report.sitting
    here = installation(session)
    blocks: list[Block] = [
        *warnings(here, report.caveats.sentences),
        Text("".join(run.text for run in finding(report))),
        _facts(report),
        *means_chart(report),
        *_change(report),
        Heading("Hasil per unit" if report.units.settled else "Keikutsertaan per unit"),
        units_table(report),
        *topics_table(report),
        *pooled_participation(report),
        *quiet(explained(report.units)),
        *_sentences(hard),
        *quiet(report.measured.sentences),
        *quiet([f"Batas lulus {sitting.pass_mark}. {PURPOSE}"]),
        signed(minutes_of(session, event)),
        NewPage(),
        Heading("Lampiran: cara mengukur"),
        *(Text(paragraph) for paragraph in METHOD),
    ]
    return Paper(
        title="Hasil kuis menurut unit",
        subtitles=[event.title, f"{sitting.label}, {date_id(sitting.opens_at)}", *_place(report)],
        blocks=blocks,
        foot=f"{event.code}, {sitting.label}, keadaan pada {datetime_id(report.as_of)}",
        made_at=report.as_of,
        letterhead=letterhead(here.office),
    )


def _place(report: SittingReport) -> list[str]:
    return [report.sitting.event.place] if report.sitting.event.place else []


def _facts(report: SittingReport) -> Facts:
    return Facts([Fact("Peserta", report.turnout.removesuffix("."))])


def means_chart(report: SittingReport) -> Iterator[Block]:
    """The means of units with their intervals, where any may be told."""
    mark, total = report.sitting.pass_mark, report.units.total
    rows = [
        Span(
            name=row.name,
            note=f"gabungan {len(row.pooled)} unit" if row.pooled else "",
            words=mean_words(row, mark),
            beside=f"{row.submitted} dari {row.invited}",
            at=float(row.mean),
            low=row.low,
            high=row.high,
        )
        for row in report.units.rows
        if row.mean is not None
    ]
    if rows and total.mean is not None:
        yield Chart(
            caption=f"Nilai pengetahuan, {report.sitting.label}",
            description="Urut abjad, bukan peringkat. Titik: rata-rata; garis: rentang 95%.",
            heads=("Unit", "Nilai dan rentang 95%", "Mengirim"),
            rows=rows,
            overall=float(total.mean),
            overall_words=f"semua peserta {whole_percent(total.mean, mark)}",
        )


def _change(report: SittingReport) -> Iterator[Block]:
    if report.change is not None:
        yield Heading(f"Perubahan dari {report.change.before.label} ke {report.sitting.label}")
        yield from change_blocks(report, report.change)


def change_blocks(report: SittingReport, change: SittingChange) -> Iterator[Block]:
    """The change as a chart, where it may be told, and in sentences."""
    if change.shown is not None:
        topics, note = change.shown.topics, f"{change.found.counted} orang"
        named = sorted((report.topic(code) or code, shown) for code, shown in topics.items())
        yield Chart(
            caption=f"Perubahan dari {change.before.label} ke {change.after.label}",
            description="Lingkaran kosong sebelum, titik sesudah; orang yang mengerjakan keduanya.",
            heads=("Topik", "Perubahan dan rentang 95%", "Nilai"),
            rows=[
                _moved(name, note, shown)
                for name, shown in [("Semua topik", change.shown.whole), *named]
            ],
        )
    for sentence in change.sentences:
        yield Text(sentence)


def _moved(name: str, note: str, shown: ShownChange) -> Span:
    places = shown.places
    words = signed_id(shown.change, places)
    if shown.low is not None and shown.high is not None:
        words += f" ({signed_id(shown.low, places)} sampai {signed_id(shown.high, places)})"
    return Span(
        name=name,
        note=note,
        words=words,
        beside=f"{decimal_id(shown.before, places)} menjadi {decimal_id(shown.after, places)}",
        at=float(shown.after),
        start=float(shown.before),
    )


_COUNTS = (
    Column("Terdaftar", right=True, share=1.65),
    Column("Hadir", right=True, share=1.15),
    Column("Mengirim", right=True, share=1.65),
)


def units_table(report: SittingReport) -> Table:
    """Every row of the report; participation alone while it is not settled."""
    settled, total = report.units.settled, report.units.total
    columns = [
        Column("Unit", share=3.3),
        *_COUNTS,
    ]
    if settled:
        drawn = any(row.drawn for row in report.units.rows)
        columns += [
            Column("Nilai dan rentang 95%", right=True, share=3.4 if drawn else 2.7),
            Column("Lulus", right=True, share=1.7),
            Column("Topik paling lemah", share=2.1),
        ]
    return Table(
        caption=f"{'Hasil' if settled else 'Keikutsertaan'} per unit, {report.sitting.label}",
        columns=columns,
        rows=[_row(row, report) for row in report.units.rows],
        total=_row(total, report, "Semua peserta"),
    )


def _row(row: UnitRow, report: SittingReport, name: str = "") -> list[Cell]:
    notes = []
    if row.pooled:
        notes.append(f"gabungan {len(row.pooled)} unit: {', '.join(row.pooled_names)}")
    if row.unrecorded:
        notes.append(row.attendance.beside)
    cells = [
        Cell(name or row.name, "; ".join(notes), bold=True),
        *(Cell(str(number)) for number in (row.invited, row.attended, row.submitted)),
    ]
    if not report.units.settled:
        return cells
    mark = report.sitting.pass_mark
    return [
        *cells,
        Cell(mean_words(row, mark), _drawn(row, mark)),
        Cell(nothing(row) if row.passed is None else f"{row.passed} dari {row.submitted}"),
        _weakest(row, report),
    ]


def _weakest(row: UnitRow, report: SittingReport) -> Cell:
    hardest = report.hardest(row)
    if hardest:
        return Cell(hardest)
    hint = report.topic(row.kind_weakest_topic)
    return Cell(nothing(row), f"semua {row.kind_name}: {hint}" if hint else "")


def mean_words(row: UnitRow, mark: int) -> str:
    """A mean with its interval, or why there is none."""
    if row.mean is None:
        return nothing(row)
    return with_range(row.mean, row.low, row.high, mark)


def _drawn(row: UnitRow, mark: int) -> str:
    if row.drawn is None:
        return ""
    low, high = max(0.0, row.drawn.low), min(100.0, row.drawn.high)
    return f"disesuaikan {with_range(row.drawn.mean, low, high, mark)}"


def nothing(row: UnitRow) -> str:
    """What stands where a row has no result to show."""
    return WITHHELD if row.withheld else NONE_YET


def topics_table(report: SittingReport) -> Iterator[Block]:
    """The shares of topics by unit, where they may be told."""
    codes = report.asked_topics
    if not codes:
        return
    told = [row for row in report.units.rows if row.topics]
    yield Table(
        caption="Persen poin yang diperoleh menurut topik",
        columns=[
            Column("Unit", share=2.5),
            *(Column(report.topic(code) or code, right=True) for code in codes),
        ],
        rows=[_shares(row, row.name, codes) for row in told],
        total=_shares(report.units.total, "Semua peserta", codes),
    )
    yield Text(
        "Unit tampil bila setiap topik ditanyakan kepada sedikitnya "
        f"{report.units.minimum} orang di dalamnya.",
        quiet=True,
    )


def _shares(row: UnitRow, name: str, codes: Sequence[str]) -> list[Cell]:
    shares = (percent_id(row.topics[code]) if code in row.topics else "–" for code in codes)
    return [Cell(name, bold=True), *(Cell(share) for share in shares)]


def pooled_participation(report: SittingReport) -> Iterator[Block]:
    """The participation of units that stand pooled."""
    if not report.units.participation:
        return
    yield Table(
        caption="Keikutsertaan unit dalam gabungan",
        columns=[
            Column("Unit", share=2.6),
            Column("Dalam gabungan", share=1.8),
            *_COUNTS,
            Column("Topik paling lemah jenis ini", share=2),
        ],
        rows=[
            [
                Cell(row.name, row.attendance.beside if row.unrecorded else "", bold=True),
                Cell(row.kind_name),
                *(Cell(str(number)) for number in (row.invited, row.attended, row.submitted)),
                Cell(report.topic(row.kind_weakest_topic) or "belum dapat disebut"),
            ]
            for row in report.units.participation
        ],
    )


def explained(units: UnitReport) -> Iterator[str]:
    """What words in the tables mean."""
    if units.settled:
        yield (
            f"Tidak ditampilkan: kurang dari {units.minimum} orang mengirim, atau disamarkan agar "
            "angka unit lain tidak dapat dihitung balik."
        )
    if any(row.drawn for row in units.rows):
        yield (
            "Disesuaikan: rata-rata unit ditarik ke rata-rata semua unit, makin kuat makin sedikit "
            "orangnya, karena nilai beberapa orang mudah berubah oleh kebetulan."
        )


def _sentences(hard: Sequence[MisreadSentence]) -> Iterator[Block]:
    """What is still misread, and what to do about it."""
    if hard:
        yield Heading("Kalimat yang masih keliru dan saran")
        yield misread_table(hard)
        yield from advice(hard)
