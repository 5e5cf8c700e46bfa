"""The ready package of an event: what it would make, and what is in its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

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


@dataclass(frozen=True)
class Kind:
    """A quiz the package makes: what it is called, how many items it has, and minutes for them."""

    title: str
    items: int
    limit_minutes: int


ITEMS = 15
TITLE = f"Paket {ITEMS} soal siap pakai"
TEST = Kind(TITLE, ITEMS, LIMIT_MINUTES)
FOLLOW_UP = Kind("Paket 5 soal tindak lanjut", 5, 10)
PASS_MARK = 70
TESTS = (Phase.PRE, Phase.POST)


class Planned(NamedTuple):
    """A sitting the package would make."""

    phase: Phase
    kind: Kind
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class ReadyPlan:
    """What the package would make: sittings, and a blueprint for each kind of quiz among them.

    ``blueprint`` is that of the tests, or the gaps that prevent it. ``statuses`` are those on the
    roster, empty while nobody is: then nothing can be prepared yet and the blueprints serve
    everybody. ``refusal`` says what is in the way besides gaps.
    """

    blueprint: Blueprint | list[Gap]
    follow_up: Blueprint | None
    sittings: tuple[Planned, ...]
    statuses: Sequence[Status]
    refusal: str | None

    @property
    def gaps(self) -> list[Gap]:
        """What the bank lacks; nothing when there is a blueprint."""
        return [] if isinstance(self.blueprint, Blueprint) else self.blueprint

    @property
    def blueprints(self) -> dict[Kind, Blueprint]:
        """Kind of quiz → what it asks for; nothing where there are gaps."""
        found = {TEST: self.blueprint, FOLLOW_UP: self.follow_up}
        return {kind: each for kind, each in found.items() if isinstance(each, Blueprint)}


def ready_plan(
    session: Session, event: Event, now: datetime, follow_ups: Sequence[Window] = ()
) -> ReadyPlan:
    """What the package would make for this event at ``now``, with these follow-ups. Nine queries.

    A follow-up asks what the tests did not where the bank is wide enough, else some of it again.
    """
    statuses = roster_statuses(session, event.id)
    windows = before_and_after(event.starts_at, event.ends_at, now)
    candidates = candidates_on(session, wita(event.starts_at).date())
    codes = [topic.code for topic in topics(session)]

    def blueprint_for(kind: Kind, forms: int) -> Blueprint | list[Gap]:
        served = statuses or EVERYBODY
        return ready_blueprint(candidates, served, codes, items=kind.items, forms=forms)

    tests = blueprint_for(TEST, len(TESTS))
    wide_enough = (len(TESTS) + len(follow_ups), len(follow_ups)) if follow_ups else ()
    found = (blueprint_for(FOLLOW_UP, forms) for forms in wide_enough)
    on_the_day = zip(TESTS, windows, strict=True) if windows else ()
    return ReadyPlan(
        blueprint=tests,
        follow_up=next((each for each in found if isinstance(each, Blueprint)), None),
        sittings=(
            *(Planned(phase, TEST, *window) for phase, window in on_the_day),
            *(Planned(Phase.FOLLOW_UP, FOLLOW_UP, *window) for window in follow_ups),
        ),
        statuses=statuses,
        refusal=_refusal(session, event, now) or _obstacle(windows, tests),
    )


def _refusal(session: Session, event: Event, now: datetime) -> str | None:
    if event.archived_at is not None:
        return event.refusal_to_change()
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
    """The next events without pre-test and post-test, soonest first. One query.

    Those over or archived need none.
    """
    tested = select(Sitting.event_id).where(Sitting.phase.in_(TESTS))
    return list(
        session.scalars(
            select(Event)
            .where(Event.ends_at > now, Event.archived_at.is_(None), Event.id.not_in(tested))
            .order_by(Event.starts_at, Event.id)
            .limit(limit)
        )
    )


def same_package(session: Session, kind: Kind, blueprint: Blueprint) -> Quiz | None:
    """A quiz in use that an earlier package made and nobody has changed since. Two queries."""
    made = session.scalars(
        select(Quiz)
        .where(Quiz.title.startswith(kind.title, autoescape=True), Quiz.retired_at.is_(None))
        .options(selectinload(Quiz.slots))
        .order_by(Quiz.id)
    )
    return next((quiz for quiz in made if _as_made(quiz, kind, blueprint)), None)


def _as_made(quiz: Quiz, kind: Kind, blueprint: Blueprint) -> bool:
    usual = (kind.limit_minutes, PASS_MARK, True, True)
    now = (quiz.time_limit_minutes, quiz.pass_mark, quiz.shuffle_items, quiz.shuffle_options)
    return blueprint_of(quiz) == blueprint and now == usual


def free_title(session: Session, kind: Kind) -> str:
    """The title of its kind, numbered where quizzes have it already. One query."""
    title = kind.title
    taken = set(
        session.scalars(select(Quiz.title).where(Quiz.title.startswith(title, autoescape=True)))
    )
    numbered = (f"{title} ({number})" for number in range(2, len(taken) + 3))
    return next(each for each in (title, *numbered) if each not in taken)
