"""What the program writes into an activity report below a section's own text."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from quiz.assessment.analysis.sitting_report import ReportedSitting, SittingReport
from quiz.exports.documents.activity_report.named import (
    change_sentences,
    days,
    hours,
    mean_of,
    page_of,
    passed_of,
)
from quiz.exports.documents.activity_report.occasion import Figures, Occasion
from quiz.exports.documents.method import METHOD
from quiz.exports.documents.office_paper import DOTS, quiet
from quiz.exports.documents.paper import Block, Cell, Column, Points, Table, Text
from quiz.exports.documents.still_misread import advice, misread_table
from quiz.exports.documents.unit_report import (
    change_blocks,
    explained,
    pooled_participation,
    topics_table,
    units_table,
)
from quiz.formats import date_id, day_date_id, time_id
from quiz.models.people.outline import Outline, Part

NO_SITTING = "Kegiatan ini tanpa kuis yang dinilai."
NOTHING_HARD = (
    "Belum ada kalimat yang dapat disebut: sesinya belum selesai, pembahasannya belum dibuka, "
    "pesertanya kurang dari lima, atau semua soalnya mudah."
)


def part_blocks(
    part: Part, outline: Outline, occasion: Occasion, figures: Figures
) -> Iterator[Block]:
    """What this part says of the event."""
    match part:
        case Part.NOTHING:
            return
        case Part.BASIS:
            yield _basis(outline, occasion)
        case Part.ACCOUNT:
            account = occasion.written.account if occasion.written else ""
            yield from paragraphs(account or DOTS)
        case Part.OBSTACLES:
            yield from _obstacles(occasion)
        case Part.METHOD:
            yield from (Text(paragraph) for paragraph in METHOD)
            yield from quiet(_measured(figures))
        case _:
            yield from _COUNTED[part].blocks(occasion, figures)


def origin_of(part: Part, figures: Figures) -> tuple[str, str, str] | None:
    """What a part's figures are called, the page they stand on and what is counted there."""
    counted = _COUNTED.get(part)
    return (part.label, counted.page(figures.main), counted.of) if counted else None


def paragraphs(text: str) -> Iterator[Block]:
    """A paragraph for each line that holds something."""
    return (Text(line.strip()) for line in text.splitlines() if line.strip())


def _basis(outline: Outline, occasion: Occasion) -> Block:
    own = occasion.written.basis if occasion.written else ""
    lines = [*occasion.laws, *outline.basis.splitlines(), *own.splitlines()]
    return Points([line.strip() for line in lines if line.strip()] or [DOTS], "numbers")


def _obstacles(occasion: Occasion) -> Iterator[Block]:
    remarks = occasion.minutes.remarks if occasion.minutes else ""
    written = occasion.written.obstacles if occasion.written else ""
    yield from paragraphs(f"{remarks}\n{written}")
    if not (remarks or written).strip():
        yield Text("Tidak ada hambatan yang dicatat.")


def _measured(figures: Figures) -> Iterator[str]:
    for report in figures.reports:
        for sentence in report.measured.sentences:
            yield f"{report.sitting.label}: {sentence}"


def _timetable(occasion: Occasion, figures: Figures) -> Iterator[Block]:
    event = occasion.event
    rows = [[Cell("Kegiatan", bold=True), Cell(days(event)), Cell(hours(event))]]
    rows += [_line(report.sitting) for report in figures.reports]
    columns = [Column("Acara"), Column("Hari dan tanggal", share=1.6), Column("Pukul", share=1.2)]
    yield Table("Jadwal kegiatan", columns, rows)


def _line(sitting: ReportedSitting) -> list[Cell]:
    opens, closes = day_date_id(sitting.opens_at), time_id(sitting.closes_at)
    if date_id(sitting.opens_at) != date_id(sitting.closes_at):
        closes = f"{date_id(sitting.closes_at)} {closes}"
    window = f"{time_id(sitting.opens_at).removesuffix(' WITA')} sampai {closes}"
    return [Cell(sitting.label, bold=True), Cell(opens), Cell(window)]


def _participation(occasion: Occasion, figures: Figures) -> Iterator[Block]:
    by_day = figures.by_day
    if len(by_day) > 1:
        yield Points([f"{day_date_id(day)}: {number} hadir" for day, number in by_day.items()])
    if not figures.reports:
        yield Text(NO_SITTING)
        return
    yield Table(
        "Keikutsertaan dan nilai pengetahuan tiap sesi",
        [
            Column("Sesi", share=1.6),
            Column("Terdaftar", right=True, share=1.2),
            Column("Hadir", right=True),
            Column("Mengirim", right=True, share=1.2),
            Column("Nilai dan rentang 95%", right=True, share=2),
            Column("Lulus", right=True, share=1.4),
        ],
        [_figures_of(report) for report in figures.reports],
    )


def _figures_of(report: SittingReport) -> list[Cell]:
    total = report.units.total
    notes = [total.attendance.beside] if total.unrecorded else []
    if total.empty:
        notes.append(f"{total.empty} memulai tanpa satu jawaban pun")
    return [
        Cell(report.sitting.label, "; ".join(notes), bold=True),
        *(Cell(str(number)) for number in (total.invited, total.attended, total.submitted)),
        Cell(mean_of(report)),
        Cell(passed_of(report), f"batas lulus {report.sitting.pass_mark}"),
    ]


def _change(_: Occasion, figures: Figures) -> Iterator[Block]:
    main = figures.main
    if main is not None and main.change is not None:
        yield from change_blocks(main, main.change)
    else:
        yield from (Text(sentence) for sentence in change_sentences(main))


def _misread(_: Occasion, figures: Figures) -> Iterator[Block]:
    yield misread_table(figures.hard) if figures.hard else Text(NOTHING_HARD)


def _advice(_: Occasion, figures: Figures) -> Iterator[Block]:
    if figures.hard:
        yield from advice(figures.hard)
    else:
        yield Text(f"{NOTHING_HARD} Pembinaan berikutnya mengikuti bahan sosialisasi.")


def _units(_: Occasion, figures: Figures) -> Iterator[Block]:
    main = figures.main
    if main is None:
        yield Text(NO_SITTING)
        return
    if not main.units.settled:
        yield Text(main.unsettled_words)
    yield units_table(main)
    yield from topics_table(main)
    yield from pooled_participation(main)
    yield from quiet(explained(main.units))


class _Counted(NamedTuple):
    """A part with figures, and where these come from."""

    blocks: Callable[[Occasion, Figures], Iterable[Block]]
    page: Callable[[SittingReport | None], str]
    of: str


def _sentences_page(report: SittingReport | None) -> str:
    return page_of(report, "Kalimat yang masih keliru")


_MISREAD = "soal yang tidak mudah, dari semua yang menjumpainya, tanpa nama dan unit"

_COUNTED: Mapping[Part, _Counted] = {
    Part.TIMETABLE: _Counted(_timetable, lambda _: "Kegiatan", "jam yang berlaku sesudah dibuka"),
    Part.PARTICIPATION: _Counted(
        _participation, lambda _: "Laporan", "orang di daftar; nilai pengerjaan pertama"
    ),
    Part.CHANGE: _Counted(_change, page_of, "orang yang mengerjakan kedua tes"),
    Part.MISREAD: _Counted(_misread, _sentences_page, _MISREAD),
    Part.ADVICE: _Counted(_advice, _sentences_page, _MISREAD),
    Part.UNITS: _Counted(_units, page_of, "orang tiap unit; mulai lima orang"),
}
