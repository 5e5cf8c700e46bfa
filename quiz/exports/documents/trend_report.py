"""The trend over events as a document, with the figures of the page and no others."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.assessment.analysis.groups.kinds import KindMean
from quiz.exports.documents.office_paper import letterhead, quiet, warnings, with_range
from quiz.exports.documents.paper import Block, Chart, Heading, Paper, Points, Span, Text
from quiz.exports.trend_figures import (
    ALONE,
    HOW,
    OTHER_ITEMS,
    TITLE,
    WITHHELD,
    left_out,
    point_name,
)
from quiz.formats import date_id, datetime_id
from quiz.queries.people.settings import installation
from quiz.queries.scores.caveats import PURPOSE
from quiz.queries.scores.groups.trend import Line, Point, trend


def trend_paper(session: Session, _: None, now: datetime) -> Paper:
    """Each kind of unit through its events, and which events stand in none."""
    found, here = trend(session, now), installation(session)
    blocks: list[Block] = [
        *warnings(here, [OTHER_ITEMS] if len(found.events) > 1 else []),
        *([Text(ALONE)] if len(found.events) == 1 else []),
        *quiet([f"{HOW} {WITHHELD} {PURPOSE}"]),
        *(block for line in found.lines for block in _line(line)),
    ]
    reasons = list(left_out(found))
    if reasons:
        blocks += [Heading("Kegiatan yang tidak dibandingkan"), Points(reasons)]
    return Paper(
        title=TITLE,
        subtitles=[f"{len(found.events)} kegiatan dibandingkan"],
        blocks=blocks,
        foot=f"{TITLE}, keadaan pada {datetime_id(now)}",
        made_at=now,
        letterhead=letterhead(here.office),
    )


def _line(line: Line) -> Iterator[Block]:
    yield Heading(line.kind)
    told = [span for span in map(_span, line.points) if span is not None]
    if told:
        yield Chart(
            caption=f"Post-test, {line.kind}",
            description="Urut waktu. Titik: rata-rata; garis: rentang 95%.",
            heads=("Kegiatan", "Nilai dan rentang 95%", "Mengirim"),
            rows=told,
        )
    yield from quiet(
        f"{point_name(point)}: {mean_words(point.after)}, {_counted(point)} mengirim."
        for point in line.points
        if point.after.found is None
    )
    before = "; ".join(f"{point.event.code} {before_words(point)}" for point in line.points)
    yield Text(f"{before}.", lead="Sebelumnya:", quiet=True)
    if line.against:
        yield Text(f"{line.against}.", lead="Kegiatan terakhir dibanding kegiatan sebelumnya:")


def _span(point: Point) -> Span | None:
    if point.after.found is None:
        return None
    mean, low, high = point.after.found
    return Span(
        name=point.event.code,
        note=date_id(point.event.starts_at),
        words=with_range(mean, low, high),
        beside=_counted(point),
        at=float(mean),
        low=low,
        high=high,
    )


def _counted(point: Point) -> str:
    return f"{point.after.n} dari {point.invited}"


def before_words(point: Point) -> str:
    """What the same kind knew before."""
    if point.before is None:
        return "tanpa pre-test setara"
    words = f"pre-test {mean_words(point.before)}"
    return words if point.before.found is None else f"{words}, {point.before.n} orang"


def mean_words(mean: KindMean) -> str:
    """A mean with its interval, or why there is none."""
    if mean.found is None:
        return "tidak ditampilkan" if mean.n else "tanpa hasil"
    return with_range(*mean.found)
