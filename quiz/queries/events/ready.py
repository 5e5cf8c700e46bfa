"""The ready package of an event: what it would make, and what is in its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from quiz.assessment.forms.form import Blueprint, Gap
from quiz.assessment.forms.ready import ready_blueprint
from quiz.assessment.forms.timetable import LIMIT_MINUTES, Window, before_and_after
from quiz.assessment.items.item import EVERYBODY, Status
from quiz.formats import wita
from quiz.models import Event, Quiz, Sitting
from quiz.models.events.events import Phase
from quiz.queries.events.candidates import candidates_on
from quiz.queries.events.prepared import blueprint_of, roster_statuses
from quiz.queries.sources.material import topics

ITEMS = 15
TITLE = f"Paket {ITEMS} soal siap pakai"
PASS_MARK = 70
TESTS = (Phase.PRE, Phase.POST)


@dataclass(frozen=True)
class ReadyPlan:
    """A blueprint (or the gaps that prevent one) and a window for each of the two sittings.

    ``statuses`` are those on the roster, empty while nobody is: then nothing can be prepared yet
    and the blueprint serves everybody. ``refusal`` says what is in the way besides gaps.
    """

    blueprint: Blueprint | list[Gap]
    windows: dict[Phase, Window]
    statuses: Sequence[Status]
    refusal: str | None

    @property
    def gaps(self) -> list[Gap]:
        """What the bank lacks; nothing when there is a blueprint."""
        return [] if isinstance(self.blueprint, Blueprint) else self.blueprint


def ready_plan(session: Session, event: Event, now: datetime) -> ReadyPlan:
    """What the package would make for this event at ``now``. Nine queries."""
    statuses = roster_statuses(session, event.id)
    windows = before_and_after(event.starts_at, event.ends_at, now)
    blueprint = ready_blueprint(
        candidates_on(session, wita(event.starts_at).date()),
        statuses or EVERYBODY,
        [topic.code for topic in topics(session)],
        items=ITEMS,
        forms=len(TESTS),
    )
    return ReadyPlan(
        blueprint=blueprint,
        windows=dict(zip(TESTS, windows, strict=True)) if windows else {},
        statuses=statuses,
        refusal=_refusal(session, event, now) or _obstacle(windows, blueprint),
    )


def _refusal(session: Session, event: Event, now: datetime) -> str | None:
    if event.ends_at <= now:
        return "Kegiatan ini sudah selesai. Paket dipakai sebelum atau selama kegiatan."
    there = select(Sitting.id).where(Sitting.event_id == event.id, Sitting.phase.in_(TESTS))
    if session.scalar(there.limit(1)) is not None:
        return (
            "Kegiatan ini sudah punya pre-test atau post-test. Paket membuat keduanya sekaligus; "
            "yang masih kurang Anda tambahkan dengan Tambah sesi."
        )
    return None


def _obstacle(
    windows: tuple[Window, Window] | None, blueprint: Blueprint | list[Gap]
) -> str | None:
    if windows is None:
        return (
            "Sisa waktu kegiatan terlalu pendek untuk pre-test dan post-test dengan jeda di "
            "antaranya. Ubah jam selesai kegiatan, atau atur jamnya sendiri dengan Tambah sesi."
        )
    if blueprint == []:
        return "Bank soal masih kosong. Muat paket awal, atau tulis soal dulu."
    return None


def waiting_events(session: Session, now: datetime, limit: int) -> list[Event]:
    """The next events, not over yet, without pre-test and post-test, soonest first. One query."""
    tested = select(Sitting.event_id).where(Sitting.phase.in_(TESTS))
    return list(
        session.scalars(
            select(Event)
            .where(Event.ends_at > now, Event.id.not_in(tested))
            .order_by(Event.starts_at, Event.id)
            .limit(limit)
        )
    )


def same_package(session: Session, blueprint: Blueprint) -> Quiz | None:
    """A quiz in use that an earlier package made and nobody has changed since. Two queries."""
    made = session.scalars(
        select(Quiz)
        .where(Quiz.title.startswith(TITLE, autoescape=True), Quiz.retired_at.is_(None))
        .options(selectinload(Quiz.slots))
        .order_by(Quiz.id)
    )
    return next((quiz for quiz in made if _as_made(quiz, blueprint)), None)


def _as_made(quiz: Quiz, blueprint: Blueprint) -> bool:
    usual = (LIMIT_MINUTES, PASS_MARK, True, True)
    now = (quiz.time_limit_minutes, quiz.pass_mark, quiz.shuffle_items, quiz.shuffle_options)
    return blueprint_of(quiz) == blueprint and now == usual


def free_title(session: Session) -> str:
    """The package's title, numbered where quizzes have it already. One query."""
    taken = set(
        session.scalars(select(Quiz.title).where(Quiz.title.startswith(TITLE, autoescape=True)))
    )
    numbered = (f"{TITLE} ({number})" for number in range(2, len(taken) + 3))
    return next(title for title in (TITLE, *numbered) if title not in taken)
