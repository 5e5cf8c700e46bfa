"""One person's results on one sheet, for that person: what they may read on their own pages."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from textwrap import shorten

from sqlalchemy.orm import Session

from quiz.assessment.rounding import whole_percent
from quiz.assessment.scores.scoring import passed, percent
from quiz.exports.documents.office_paper import letterhead, quiet, warnings
from quiz.exports.documents.paper import (
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    Heading,
    Paper,
    Points,
    Table,
    Text,
)
from quiz.formats import date_id, datetime_id, points
from quiz.models import Attempt, Enrolment, Score, Sitting
from quiz.models.refusals import Refused
from quiz.queries.people.settings import installation
from quiz.queries.scores.computed import computed_scores
from quiz.queries.scores.contested.rulings import told_rulings
from quiz.queries.scores.reports import topic_scores
from quiz.queries.scores.standings import Standing, attempts_of, counted_sittings
from quiz.queries.sources.material import topic_names
from quiz.queries.taking.asked import asked_in
from quiz.queries.taking.attempt_page import PageItem, items_with_feedback
from quiz.queries.taking.own_data import opened_attempts

MOST = 5
"""Sentences to read again that fit on the sheet."""

MOST_TOPICS = 8
"""Topics that fit on it: those with the least points in the last attempt."""

LONGEST = 220
"""Letters of one of them."""


def result_paper(session: Session, enrolment: Enrolment, now: datetime) -> Paper:
    """One page. Points, topics and what to read stand there from when the feedback may be read.

    Raises Refused for somebody who is off the roster. A constant number of queries for each
    sitting.
    """
    event, person = enrolment.event, enrolment.user
    if enrolment.removed_at is not None:
        raise Refused(
            f"{person.name} tidak ada lagi pada daftar peserta {event.code}, jadi tidak ada lembar "
            "hasilnya."
        )
    here = installation(session)
    opened = opened_attempts(session, enrolment, now)
    scores = computed_scores(session, opened, now)
    told = [attempt for attempt in opened if scores[attempt.id].answered or attempt.submitted_at]
    return Paper(
        title="Hasil kuis",
        subtitles=[event.title, date_id(event.starts_at)],
        blocks=[
            *warnings(here, ()),
            Facts(
                [
                    Fact("Nama", person.name),
                    Fact("Unit kerja", enrolment.unit_name),
                    Fact("Status", enrolment.status.label),
                ]
            ),
            _sittings(session, enrolment, scores, now),
            *_topics(session, told, scores),
            *_to_read(session, told),
            *_rulings(session, opened),
            *quiet(["Untuk Anda sendiri: hasil kuis mengukur pengetahuan saat kegiatan."]),
        ],
        foot=f"Hasil kuis {event.code}, keadaan pada {datetime_id(now)}",
        made_at=now,
        letterhead=letterhead(here.office),
        dense=True,
    )


def _sittings(
    session: Session, enrolment: Enrolment, scores: Mapping[int, Score], now: datetime
) -> Table:
    attempts = {
        each.sitting_id: each for each in attempts_of(session, enrolment) if each.voided_at is None
    }
    return Table(
        "Kuis pada kegiatan ini",
        [
            Column("Kuis", share=2),
            Column("Keadaan", share=1.6),
            Column("Poin", right=True),
            Column("Nilai", share=2.8),
        ],
        [
            _sitting(enrolment, sitting, attempts.get(sitting.id), scores, now)
            for sitting in counted_sittings(session, enrolment.event)
        ],
    )


def _sitting(
    enrolment: Enrolment,
    sitting: Sitting,
    attempt: Attempt | None,
    scores: Mapping[int, Score],
    now: datetime,
) -> list[Cell]:
    score = scores.get(attempt.id) if attempt else None
    state = attempt.state(now) if attempt else None
    standing = Standing(enrolment, sitting, attempt, state, score)
    head = [Cell(sitting.label, date_id(sitting.opens_at), bold=True), Cell(standing.words)]
    if attempt is None or standing.without_response:
        return [*head, Cell("–"), Cell("–")]
    if score is None:
        return [*head, Cell("–"), Cell("tampil bersama pembahasannya")]
    earned = Cell(points(score.knowledge_points, score.knowledge_max))
    return [*head, earned, Cell(_verdict(score, sitting.pass_mark), _judgement(score))]


def _verdict(score: Score, mark: int) -> str:
    value = percent(score.knowledge_points, score.knowledge_max)
    if value is None:
        return "–"
    words = "mencapai" if passed(value, mark) else "belum mencapai"
    return f"{whole_percent(value, mark)}, {words} batas lulus {mark}"


def _judgement(score: Score) -> str:
    if not score.judgement_max:
        return ""
    return f"soal pertimbangan {points(score.judgement_points, score.judgement_max)}"


def _topics(
    session: Session, told: Sequence[Attempt], scores: Mapping[int, Score]
) -> Iterator[Block]:
    earned = [topic_scores(scores[attempt.id].items) for attempt in told]
    names = topic_names(session)
    asked = {code for topics in earned for code in topics}
    order = [code for code in names if code in asked] + sorted(asked - names.keys())
    weakest = sorted(order, key=lambda code: _share(earned[-1].get(code)))[:MOST_TOPICS]
    codes = [code for code in order if code in weakest]
    if codes:
        yield Table(
            "Poin menurut topik"
            if len(codes) == len(order)
            else f"Poin menurut topik: {len(codes)} yang terendah dari {len(order)}",
            [
                Column("Topik", share=3),
                *(Column(attempt.sitting.label, right=True) for attempt in told),
            ],
            [
                [
                    Cell(names.get(code, code), bold=True),
                    *(Cell(points(*of[code]) if code in of else "–") for of in earned),
                ]
                for code in codes
            ],
        )


def _share(earned: tuple[Fraction, Fraction] | None) -> Fraction:
    """Of the points there were; a topic the last attempt did not ask about comes last."""
    return earned[0] / earned[1] if earned else Fraction(2)


def _to_read(session: Session, told: Sequence[Attempt]) -> Iterator[Block]:
    """What the items missed last rest on, those one was sure of first."""
    if not told:
        return
    last = told[-1]
    wrong = [entry for entry in items_with_feedback(session, last) if entry.wrong]
    yield Heading("Yang perlu dibaca lagi")
    if not wrong:
        yield Text(f"Semua soal pengetahuan pada {last.sitting.label} terjawab tepat.")
        return
    lines = _lines(sorted(wrong, key=lambda entry: not entry.sure_but_wrong))
    yield Points(lines[:MOST], "numbers")
    if len(lines) > MOST:
        yield Text(f"Masih ada {len(lines) - MOST} lagi pada halaman pembahasan Anda.", quiet=True)


def _lines(wrong: Sequence[PageItem]) -> list[str]:
    """A sentence for each item, with its article; none twice."""
    found: dict[str, str] = {}
    for entry in wrong:
        review = entry.feedback
        if review is None:
            continue
        bases = [(f"{each.short} {each.article}".strip(), each.text) for each in review.references]
        texts = [each.text for each in review.passages] or [text for _, text in bases]
        new = next((each for each in texts if each not in found), None)
        if new is not None:
            found[new] = bases[0][0] if bases else ""
    return [
        f"{shorten(text, LONGEST, placeholder=' …')}{f' ({place})' if place else ''}"
        for text, place in found.items()
    ]


def _rulings(session: Session, opened: Sequence[Attempt]) -> Iterator[Block]:
    """What was corrected after people had answered; the points above have it in them."""
    stems = {
        asked.version_uid: asked.item.stem
        for attempt in opened
        for asked in asked_in(session, attempt).values()
    }
    lines = [
        f"{date_id(ruling.made_at)}, “{shorten(stems[uid], 90, placeholder=' …')}”: {ruling.words}"
        for uid, rulings in told_rulings(session, stems).items()
        for ruling in rulings
    ]
    if lines:
        yield Heading("Soal yang dikoreksi")
        yield Points(lines)
