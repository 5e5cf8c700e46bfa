"""The sheet for an assembly: three points, the article, one question; no scores and no names."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from textwrap import shorten
from typing import NamedTuple

from sqlalchemy.orm import Session

from quiz.assessment.attendance import Attendance
from quiz.exports.documents.apel import NOTHING, Apel, Point, apel, unit_apel
from quiz.exports.documents.office_paper import letterhead, quiet, warnings
from quiz.exports.documents.paper import Block, Heading, Paper, Text, Together
from quiz.exports.documents.question_sheet import asked
from quiz.formats import date_id, datetime_id
from quiz.models import Event
from quiz.models.refusals import Refused
from quiz.queries.events.attendance import attendance_of
from quiz.queries.people.settings import installation
from quiz.queries.scores.editions.published import UnitAt, parts_of_unit, withdrawal_words

LONGEST = 330
"""Letters of one paragraph: more than any item's explanation needs."""

CUT = " …"

ROOM = 720
"""Letters of one point, so that the sheet stays one page: the article's wording gives way first."""


def apel_paper(session: Session, event: Event, now: datetime) -> Paper:
    """One page for whoever leads the assembly. Raises Refused where there is nothing to say."""
    there = attendance_of(session, event).whole
    of = Subject([event.title, date_id(event.starts_at)], there, event.code, now)
    return _sheet(session, apel(session, event, now), of, now)


def unit_apel_paper(session: Session, at: UnitAt, now: datetime) -> Paper:
    """The same for one unit, of the newest edition that holds and of nothing that is not in it.

    Raises Refused where there is none, the unit is not in it, or there is nothing to say.
    """
    found = parts_of_unit(session, at)
    edition, withdrawn = found.edition, found.withdrawn
    if edition is None:
        raise Refused(
            f"{withdrawal_words(withdrawn)} Belum ada edisi pengganti."
            if withdrawn
            else f"Kesbangpol belum menerbitkan edisi laporan {at.event.code}. Lembar apel dapat "
            "dibuat sesudah edisinya terbit."
        )
    if not found.parts:
        raise Refused(f"{at.unit.name} tidak ada dalam edisi {edition.number}, yang berlaku.")
    newest = found.parts[0]
    of = Subject(
        [at.event.title, date_id(at.event.starts_at), at.unit.name],
        newest.part.own.attendance,
        f"{at.event.code}, edisi {edition.number}",
        edition.as_of,
        (withdrawal_words(withdrawn),) if withdrawn else (),
    )
    return _sheet(session, unit_apel(session, newest, now), of, now)


class Subject(NamedTuple):
    """Of what a sheet is: the lines below its title, who was there, how its foot calls it and as of
    when, and what may not be overlooked."""

    lines: Sequence[str]
    there: Attendance
    name: str
    as_of: datetime
    said: Sequence[str] = ()


def _sheet(session: Session, found: Apel, of: Subject, now: datetime) -> Paper:
    if not found.points:
        raise Refused(NOTHING)
    here = installation(session)
    return Paper(
        title="Lembar apel",
        subtitles=of.lines,
        blocks=[
            *warnings(here, of.said),
            Text(f"{of.there.words}.", lead="Hadir dari yang terdaftar:"),
            Heading(found.heading),
            Text(found.source, quiet=True),
            *(_point(number, each) for number, each in enumerate(found.points, start=1)),
            Heading("Untuk dibahas bersama"),
            *_question(found),
            *quiet([found.remark]),
        ],
        foot=f"Lembar apel {of.name}, keadaan pada {datetime_id(of.as_of)}",
        made_at=now,
        letterhead=letterhead(here.office),
        dense=True,
    )


def _point(number: int, point: Point) -> Together:
    sentence, explanation = (
        shorten(text, LONGEST, placeholder=CUT) for text in (point.sentence, point.explanation)
    )
    blocks: list[Block] = [Text(sentence, lead=f"{number}.")]
    if explanation:
        blocks.append(Text(explanation))
    if point.article:
        left = max(len(f"{point.place}:{CUT}"), ROOM - len(sentence) - len(explanation))
        words = shorten(point.basis, left, placeholder=CUT)
        blocks.append(Text(words, lead="Dasar:"))
    return Together(blocks)


def _question(found: Apel) -> Iterator[Block]:
    if found.item is not None:
        yield asked(found.item, "")
    yield Text(found.question)
