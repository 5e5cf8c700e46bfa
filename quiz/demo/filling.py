"""Filling an empty database with an invented event, by the same verbs the views use."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.actions.events.enrolling import Invitation, code_of, enrol, token_of
from quiz.actions.events.preparing import prepare
from quiz.actions.people.accounts import set_password
from quiz.actions.people.auditing import record
from quiz.actions.people.settings import put_setting
from quiz.actions.scores.publishing import publish
from quiz.assessment.items.item import Status
from quiz.codes import join_code
from quiz.demo.answering import Participant
from quiz.demo.asking import ask
from quiz.demo.evaluating import evaluate
from quiz.demo.roster import UNITS, Person, UnitPlan, invent
from quiz.demo.seeds import password, rng, uid
from quiz.demo.speaking import speak
from quiz.demo.staging import Day, Deed, Stage, deeds
from quiz.demo.taking import Seat, take
from quiz.exchange.rosters.names import normalise_name
from quiz.models import Enrolment, Event, Quiz, QuizSlot, Sitting, Unit, UnitKind, User
from quiz.models.events.events import DEFAULT_MODES, Phase
from quiz.models.people.audit import Action
from quiz.models.people.settings import DEMO_KEY
from quiz.models.refusals import Refused
from quiz.permissions import Role
from quiz.queries.scores.editions.drafting import draft

TOPICS = ("makna", "mengapa", "kepercayaan")
ITEMS_PER_TOPIC = 5
TIME_LIMIT = 20
"""Minutes for fifteen items, about eighty seconds each."""

STAFF = (
    ("citra", "Citra Ningsih, S.Sos.", Role.OFFICER),
    ("dewi", "Dewi Kartika, S.H., M.H.", Role.TRAINER),
    ("hadi", "Hadi Prasetyo, S.H.", Role.LEGAL_CHECKER),
    ("eka", "Eka Wulandari, S.Kom.", Role.ADMIN),
)
SHOWN_GUESTS = 3
"""How many of the roster, from its beginning, are shown to visitors to enter as."""

UNIT_HEAD = ("pimpinan", "PKM-ULIN")
"""The user name of a unit head, who takes part too, and the unit's code."""


@dataclass(frozen=True)
class Account:
    """Somebody who logs in with a password."""

    role: Role
    name: str
    username: str
    password: str


@dataclass(frozen=True)
class Guest:
    """Somebody who enters by card or code."""

    name: str
    unit: str
    card: str
    code: str


@dataclass(frozen=True)
class Cast:
    """Who can log in to a demonstration, and where."""

    event: str
    accounts: list[Account]
    guests: list[Guest]


def fill(
    session: Session, card_key: bytes, stage: Stage, seed: str, people: int, now: datetime
) -> Cast:
    """Fill a database that holds nothing but questions; the same arguments give the same data.

    Raises Refused when the bank cannot fill the two tests.
    """
    day = Day.of(stage, now)
    accounts = [_staff(session, seed, day, *one) for one in STAFF]
    officer = session.scalars(select(User).where(User.role == Role.OFFICER)).one()
    event = _event(session, seed, day, officer)
    enrolments = _enrolments(session, event, seed, card_key, people)
    accounts += _unit_head(session, seed)
    for sitting in _sittings(session, event, seed, day):
        if stage is not Stage.BEFORE:
            _prepare(session, sitting, seed, day.starts_at)
        dealt = deeds(stage, sitting.phase, people, rng(seed, f"perbuatan/{sitting.phase}"))
        for enrolment, deed in zip(enrolments, dealt, strict=True):
            take(session, seat_of(sitting, enrolment, card_key, seed), deed, now)
        if stage is Stage.OVER:
            sitting.released_at = day.ends_at
            if sitting.phase is Phase.POST:
                both = zip(enrolments, dealt, strict=True)
                evaluate(session, [one for one, deed in both if deed is Deed.SUBMITTED], seed)
    if stage is Stage.OVER:
        speaker = session.scalars(select(User).where(User.role == Role.TRAINER)).one()
        ask(session, enrolments, officer, seed, day.ends_at)
        speak(session, event, speaker, day.windows[Phase.POST][0])
        session.flush()
        edition = publish(session, event, draft(session, event, now), officer, now)
        edition.uid = uid(seed, "edisi/1")
    put_setting(session, DEMO_KEY, f"{stage}/{seed}")
    record(session, now, officer.id, Action.EVENT_ADDED, ("event", event.uid), code=event.code)
    session.flush()
    return Cast(event.code, accounts, [_guest(enrolment, card_key) for enrolment in enrolments])


def _staff(session: Session, seed: str, day: Day, username: str, name: str, role: Role) -> Account:
    user = User(
        uid=uid(seed, f"akun/{username}"),
        name=name,
        normalised_name=normalise_name(name),
        status=Status.PNS,
        role=role,
        username=username,
        created_at=day.starts_at - timedelta(days=30),
    )
    session.add(user)
    return _with_password(session, user, seed)


def _with_password(session: Session, user: User, seed: str) -> Account:
    session.flush()
    secret = password(seed, user.username or "")
    set_password(user, secret)
    return Account(user.role, user.name, user.username or "", secret)


def _unit_head(session: Session, seed: str) -> list[Account]:
    username, code = UNIT_HEAD
    user = session.scalars(
        select(User).join(User.unit).where(Unit.code == code).order_by(User.id).limit(1)
    ).first()
    if user is None:
        return []
    user.username, user.role = username, Role.UNIT_HEAD
    return [_with_password(session, user, seed)]


def _event(session: Session, seed: str, day: Day, officer: User) -> Event:
    event = Event(
        uid=uid(seed, "kegiatan"),
        code=join_code(rng(seed, "kode"), "LJN"),
        title="Sosialisasi Netralitas ASN dan Kepala Desa Kecamatan Loa Janan",
        place="Pendopo Kantor Camat Loa Janan",
        organiser="Kesbangpol Kutai Kartanegara",
        speakers=STAFF[1][1],
        starts_at=day.starts_at,
        ends_at=day.ends_at,
        created_at=day.starts_at - timedelta(days=7),
        created_by_id=officer.id,
        roster_source="daftar-peserta-rekaan.xlsx",
    )
    session.add(event)
    session.flush()
    return event


def _enrolments(
    session: Session, event: Event, seed: str, card_key: bytes, people: int
) -> list[Enrolment]:
    units = {plan.code: _unit(session, seed, plan) for plan in UNITS}
    return [
        _enrolment(session, event, person, units[person.unit.code], card_key, f"{seed}/{number}")
        for number, person in enumerate(invent(rng(seed, "peserta"), people), start=1)
    ]


def _unit(session: Session, seed: str, plan: UnitPlan) -> Unit:
    kind = session.scalars(select(UnitKind).where(UnitKind.code == plan.kind)).one()
    unit = Unit(uid=uid(seed, f"unit/{plan.code}"), code=plan.code, name=plan.name, kind=kind)
    session.add(unit)
    return unit


def _enrolment(
    session: Session, event: Event, person: Person, unit: Unit, card_key: bytes, label: str
) -> Enrolment:
    user = User(
        uid=uid(label, "orang"),
        name=person.name,
        normalised_name=normalise_name(person.name),
        nip=person.nip,
        position=person.position,
        status=person.status,
        unit=unit,
        created_at=event.created_at,
    )
    session.add(user)
    invited = Invitation(user, unit, person.status, uid=uid(label, "undangan"))
    return enrol(session, event, invited, card_key)


def _sittings(session: Session, event: Event, seed: str, day: Day) -> list[Sitting]:
    quiz = Quiz(
        uid=uid(seed, "kuis"),
        title="Netralitas ASN: makna, alasan, dan kepercayaan publik",
        description="Lima belas soal tentang tiga pokok bahasan sosialisasi di Loa Janan.",
        time_limit_minutes=TIME_LIMIT,
        created_at=event.created_at,
        slots=[
            QuizSlot(position=place, topic=topic, count=ITEMS_PER_TOPIC)
            for place, topic in enumerate(TOPICS, start=1)
        ],
    )
    sittings = [
        Sitting(
            uid=uid(seed, f"sesi/{phase}"),
            event=event,
            quiz=quiz,
            phase=phase,
            opens_at=opens_at,
            closes_at=closes_at,
            feedback_mode=DEFAULT_MODES[phase],
            time_limit_minutes=TIME_LIMIT,
        )
        for phase, (opens_at, closes_at) in day.windows.items()
    ]
    session.add_all(sittings)
    session.flush()
    return sittings


def _prepare(session: Session, sitting: Sitting, seed: str, at: datetime) -> None:
    gaps = prepare(session, sitting, at, uid(seed, f"form/{sitting.phase}")[:16])
    if gaps:
        topics = ", ".join(sorted({gap.topic for gap in gaps}))
        raise Refused(f"Bank soal belum cukup untuk peragaan, pada topik {topics}.")


def seat_of(sitting: Sitting, enrolment: Enrolment, card_key: bytes, seed: str) -> Seat:
    """The invented person's place in a sitting, with the mind that follows from the seed."""
    mind = Participant.invent(seed, enrolment.uid, enrolment.unit.code)
    pace = rng(seed, f"waktu/{sitting.phase}/{enrolment.uid}")
    return Seat(sitting, enrolment, mind, pace, card_key, seed)


def _guest(enrolment: Enrolment, card_key: bytes) -> Guest:
    return Guest(
        enrolment.user.name,
        enrolment.unit_name,
        token_of(enrolment, card_key),
        code_of(enrolment, card_key),
    )
