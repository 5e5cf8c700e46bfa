"""The list of participants with state and score of one sitting, for Kesbangpol. No NIP."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.assessment.attendance import unrecorded_words
from quiz.exchange.rosters.namesakes import with_words
from quiz.exports.files.table_out import Head, OutCell, TableOut
from quiz.formats import datetime_id, whole_percent
from quiz.models import Sitting
from quiz.queries.events.doubles.namesakes import namesakes
from quiz.queries.scores.caveats import after_release, caveats
from quiz.queries.scores.standings import Standing, standings

HEADS = (
    Head("name", "Nama"),
    Head("unit", "Unit"),
    Head("status", "Status"),
    Head("attended", "Hadir"),
    Head("state", "Keadaan"),
    Head("started_at", "Mulai", "datetime"),
    Head("submitted_at", "Terkirim", "datetime"),
    Head("points", "Skor", "decimal"),
    Head("max_points", "Skor tertinggi", "decimal"),
    Head("percent", "Nilai", "integer"),
    Head("passed", "Lulus"),
)


def participants(session: Session, sitting: Sitting, now: datetime) -> TableOut:
    """Everybody on the roster, by unit and name, as they stand at ``now``."""
    everybody = standings(session, [sitting], now)
    namesakes_here = namesakes(session, sitting.event_id)
    said = caveats(session, [sitting], after_release(session, [sitting]))[sitting.id]
    return TableOut(
        title=f"Daftar peserta {sitting.event.code}, {sitting.label}",
        heads=HEADS,
        rows=[_row(one, namesakes_here.get(one.enrolment.id)) for one in everybody],
        notes=(*_notes(everybody, sitting, now), *said.sentences),
    )


def _notes(everybody: Sequence[Standing], sitting: Sitting, now: datetime) -> Iterator[str]:
    yield f"Keadaan pada {datetime_id(now)}. Batas lulus {sitting.pass_mark}."
    unrecorded = sum(bool(one.attempt) and not one.enrolment.checked_in_at for one in everybody)
    if unrecorded:
        yield f"{unrecorded_words(unrecorded)}."
    yield "Jangan disebarkan: daftar ini memuat nama dan nilai."


def _row(one: Standing, words: str | None) -> list[OutCell]:
    score = one.score if one.submitted else None
    return [
        with_words(one.enrolment.user.name, words),
        one.enrolment.unit_name,
        one.enrolment.status.label,
        "Ya" if one.enrolment.checked_in_at else "Tidak tercatat",
        one.words,
        one.attempt.started_at if one.attempt else None,
        one.attempt.submitted_at if one.attempt else None,
        score.knowledge_points if score else None,
        score.knowledge_max if score else None,
        None if one.percent is None else whole_percent(one.percent, one.sitting.pass_mark),
        one.passed,
    ]
