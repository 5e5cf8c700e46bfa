"""An activity report put together: outline, event and figures in, a paper out. No query."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime

from quiz.exports.documents.activity_report.named import Named, named_figures
from quiz.exports.documents.activity_report.occasion import Figures, Occasion
from quiz.exports.documents.activity_report.parts import origin_of, paragraphs, part_blocks
from quiz.exports.documents.office_paper import DOTS, letterhead, signed, warnings
from quiz.exports.documents.paper import (
    Block,
    Cell,
    Column,
    Heading,
    NewPage,
    Paper,
    Points,
    Table,
    Text,
)
from quiz.formats import datetime_id
from quiz.models.people.outline import Level, Outline, filled
from quiz.queries.scores.caveats import PURPOSE


def activity_report(
    outline: Outline, occasion: Occasion, figures: Figures, made_at: datetime
) -> Paper:
    """The document as the office orders it, with where each figure comes from as its last annex.

    What qualifies the figures stands above the signatures, wherever the outline prints them.
    """
    known = named_figures(occasion, figures)
    texts = {name: each.words for name, each in known.items()}
    state = f"{figures.state} pada {datetime_id(figures.as_of)}"
    number = occasion.written.number if occasion.written else ""
    blocks: list[Block] = [*warnings(occasion.here, _unfinished(occasion, made_at))]
    for section in outline.body:
        level = 2 if section.level is Level.SUBSECTION else 1
        blocks.append(Heading(filled(section.title, texts), level))
        blocks += paragraphs(filled(section.text, texts))
        blocks += part_blocks(section.part, outline, occasion, figures)
    blocks += _caveats(figures)
    blocks.append(signed(occasion.minutes))
    for section in outline.annexes:
        blocks += [NewPage(), Heading(filled(section.title, texts))]
        blocks += paragraphs(filled(section.text, texts))
        blocks += part_blocks(section.part, outline, occasion, figures)
    blocks += _origins(outline, occasion, figures, known)
    return Paper(
        title=filled(outline.title, texts),
        subtitles=[f"Nomor: {number or DOTS}"],
        blocks=blocks,
        foot=f"{occasion.event.code}, laporan pelaksanaan, {state}",
        made_at=made_at,
        letterhead=letterhead(occasion.here.office),
    )


def _unfinished(occasion: Occasion, now: datetime) -> Iterator[str]:
    if now < occasion.event.ends_at:
        yield "Kegiatan ini belum selesai: kalimat dan angka di bawah ini masih sementara."


def _found_again(figures: Figures) -> str:
    if figures.edition:
        return f"Halaman yang disebut ialah halaman edisi {figures.edition}; angkanya tetap."
    return (
        "Belum ada edisi: halaman yang disebut memperlihatkan angka yang sama sampai ada yang "
        "berubah."
    )


def _caveats(figures: Figures) -> Iterator[Block]:
    """Each sentence once, with the sittings it is said of, and what the figures are for."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for report in figures.reports:
        for sentence in report.caveats.sentences:
            said[sentence].append(report.sitting.label)
    if said:
        yield Text("Catatan atas angka:")
        yield Points([f"{', '.join(labels)}: {sentence}" for sentence, labels in said.items()])
    yield Text(PURPOSE, quiet=True)


def _origins(
    outline: Outline, occasion: Occasion, figures: Figures, known: Mapping[str, Named]
) -> Iterator[Block]:
    """Every figure that is printed, the page it stands on and what is counted there."""
    rows = [
        [Cell(name, bold=True), Cell(words), Cell(page), Cell(counted)]
        for name, (words, page, counted) in ((each, known[each]) for each in outline.used_figures)
    ]
    parts = dict.fromkeys(section.part for section in outline.sections)
    for origin in filter(None, (origin_of(part, figures) for part in parts)):
        called, page, counted = origin
        rows.append([Cell(called, bold=True), Cell("tabel"), Cell(page), Cell(counted)])
    yield NewPage()
    yield Heading("Lampiran: Asal Angka")
    yield Text(
        f"Semua angka diambil dari kegiatan {occasion.event.code}, {figures.state} pada "
        f"{datetime_id(figures.as_of)}. {_found_again(figures)}"
    )
    yield Table(
        "Asal angka",
        [
            Column("Angka", share=1.1),
            Column("Isi", share=2),
            Column("Halaman", share=1.4),
            Column("Yang dihitung", share=1.5),
        ],
        rows,
    )
