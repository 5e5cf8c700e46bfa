"""The sheet for an assembly: three points, the article, one question; no scores and no names."""

from collections.abc import Iterator
from datetime import datetime
from textwrap import shorten

from sqlalchemy.orm import Session

from quiz.exports.documents.apel import Apel, Point, apel
from quiz.exports.documents.office_paper import letterhead, quiet, warnings
from quiz.exports.documents.paper import Block, Heading, Paper, Text, Together
from quiz.exports.documents.question_sheet import article_words, asked
from quiz.formats import date_id, datetime_id
from quiz.models import Event
from quiz.models.refusals import Refused
from quiz.queries.events.attendance import attendance_of
from quiz.queries.people.settings import installation

LONGEST = 330
"""Letters of one paragraph: more than any item's explanation needs."""

CUT = " …"

ROOM = 720
"""Letters of one point, so that the sheet stays one page: the article's wording gives way first."""


def apel_paper(session: Session, event: Event, now: datetime) -> Paper:
    """One page for whoever leads the assembly. Raises Refused where there is nothing to say."""
    found = apel(session, event, now)
    if not found.points:
        raise Refused(
            "Lembar apel belum dapat dibuat: belum ada hasil yang boleh disebut, dan bahan "
            "sosialisasi masih kosong. Isi bahannya dulu, atau tunggu pembahasan kuis terbuka."
        )
    here = installation(session)
    there = attendance_of(session, event).whole
    return Paper(
        title="Lembar apel",
        subtitles=[event.title, date_id(event.starts_at)],
        blocks=[
            *warnings(here, ()),
            Text(f"{there.words}.", lead="Hadir dari yang terdaftar:"),
            Heading("Yang masih sering keliru" if found.misread else "Yang perlu diingat"),
            Text(found.source, quiet=True),
            *(_point(number, each) for number, each in enumerate(found.points, start=1)),
            Heading("Untuk dibahas bersama"),
            *_question(found),
            *quiet(_remarks(found)),
        ],
        foot=f"Lembar apel {event.code}, keadaan pada {datetime_id(now)}",
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
        words = shorten(article_words(point.article), left, placeholder=CUT)
        blocks.append(Text(words, lead="Dasar:"))
    return Together(blocks)


def _question(found: Apel) -> Iterator[Block]:
    if found.item is None:
        yield Text(
            "Di mana hal ini dapat terjadi di kantor kita, dan apa yang sebaiknya kita lakukan?"
        )
        return
    yield asked(found.item, "")
    yield Text("Mana yang tepat, dan mengapa?")


def _remarks(found: Apel) -> Iterator[str]:
    unsigned = "Sebagian isinya dari paket awal, belum disahkan pemeriksa hukum. "
    yield f"{'' if found.signed else unsigned}Tanpa nilai dan tanpa nama, untuk pembinaan."
