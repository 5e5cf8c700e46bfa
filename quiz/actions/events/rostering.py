"""Carrying out a roster's preview: people, units and enrolments, all of it or nothing."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quiz.actions.events.enrolling import Invitation, enrol_all, move, take_off
from quiz.assessment.items.item import Status
from quiz.models.events.enrolments import Enrolment
from quiz.models.events.events import Event
from quiz.models.events.roster_draft import RosterDraft
from quiz.models.people.units import Unit, UnitKind
from quiz.models.people.users import User
from quiz.queries.events.plan import RosterPlan, RowAction, RowPlan, UnitPlan
from quiz.queries.people.merges import places_by_person, read_merges


def forget_old_drafts(session: Session, now: datetime) -> None:
    """Delete uploads that nobody can confirm any more."""
    session.execute(delete(RosterDraft).where(RosterDraft.created_at <= now - RosterDraft.LIFETIME))


_CODE_LENGTH = 36


class NotDecided(Exception):
    """The plan still asks something; nothing was done."""


@dataclass(frozen=True)
class Applied:
    """What was done: enrolments of persons added, updated and taken off, and units made."""

    added: tuple[Enrolment, ...]
    updated: tuple[Enrolment, ...]
    units: tuple[Unit, ...]
    removed: tuple[Enrolment, ...] = ()


def apply_roster(
    session: Session,
    event: Event,
    plan: RosterPlan,
    now: datetime,
    card_key: bytes,
    *,
    walked_in: bool = False,
) -> Applied:
    """Do what ``plan`` says. Raises NotDecided while it asks something.

    People not in it stay; a plan that replaces takes off those who have not worked and are not
    there.

    Until the event is over, a person's own record follows the file: unit, status and position.
    """
    if not plan.ready:
        raise NotDecided
    made = _make_units(session, plan)
    units = _units_of(session, plan, made)
    users = _users_of(session, plan)
    enrolments = _enrolments_of(session, event)
    invited: list[Invitation] = []
    updated = []
    for row in plan.rows:
        if row.action not in (RowAction.ADD, RowAction.UPDATE) or row.status is None:
            continue
        if row.user_id is not None:
            user = users[row.user_id]
        else:
            user = _new_user(session, row, row.status, now)
        unit = units[row.unit.text]
        enrolment = enrolments.get(user.id) if row.user_id is not None else None
        _update_person(user, row)
        if now < event.ends_at:
            user.unit, user.status = unit, row.status
        if enrolment is None or enrolment.removed_at is not None:
            invited.append(Invitation(user, unit, row.status, walked_in=walked_in))
        else:
            move(session, enrolment, unit, row.status)
            updated.append(enrolment)
    added = enrol_all(session, event, invited, card_key)
    removed = take_off(session, _removable(enrolments, plan), now) if plan.replacing else []
    session.flush()
    return Applied(tuple(added), tuple(updated), tuple(made.values()), tuple(removed))


def _removable(enrolments: dict[int, Enrolment], plan: RosterPlan) -> list[Enrolment]:
    uids = {each.uid for each in plan.removable}
    return [place for place in enrolments.values() if place.uid in uids]


def _make_units(session: Session, plan: RosterPlan) -> dict[str, Unit]:
    """The units to be made, by name."""
    taken = set(session.scalars(select(Unit.code)))
    made: dict[str, Unit] = {}
    for unit in plan.units:
        if unit.new_name is None or unit.new_name in made:
            continue
        kind = session.get_one(UnitKind, unit.new_kind_id)
        code = free_unit_code(unit.new_name, taken)
        taken.add(code)
        made[unit.new_name] = Unit(code=code, name=unit.new_name, kind=kind)
        session.add(made[unit.new_name])
    session.flush()
    return made


def free_unit_code(name: str, taken: set[str]) -> str:
    """A code such as DESA-REKAAN made of the name's letters and digits, not among ``taken``."""
    words = re.findall(r"[A-Z0-9]+", name.upper())
    stem = "-".join(words)[:_CODE_LENGTH].strip("-") or "UNIT"
    code, number = stem, 1
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code


def _units_of(session: Session, plan: RosterPlan, made: dict[str, Unit]) -> dict[str, Unit]:
    wanted = {unit.unit_id for unit in plan.units if unit.unit_id is not None}
    stored = {unit.id: unit for unit in session.scalars(select(Unit).where(Unit.id.in_(wanted)))}

    def unit_of(unit: UnitPlan) -> Unit:
        return made[unit.new_name] if unit.new_name is not None else stored[unit.unit_id or 0]

    return {unit.text: unit_of(unit) for unit in plan.units}


def _users_of(session: Session, plan: RosterPlan) -> dict[int, User]:
    wanted = {row.user_id for row in plan.rows if row.user_id is not None}
    return {user.id: user for user in session.scalars(select(User).where(User.id.in_(wanted)))}


def _enrolments_of(session: Session, event: Event) -> dict[int, Enrolment]:
    """User id → place on the roster, under the person each was merged into."""
    enrolments = session.scalars(select(Enrolment).where(Enrolment.event_id == event.id))
    return places_by_person(enrolments, read_merges(session))


def _new_user(session: Session, row: RowPlan, status: Status, now: datetime) -> User:
    user = User(
        name=row.name,
        normalised_name=row.normalised_name,
        status=status,
        created_at=now,
    )
    session.add(user)
    return user


def _update_person(user: User, row: RowPlan) -> None:
    user.name, user.normalised_name = row.name, row.normalised_name
    user.nip = row.nip or user.nip
    user.position = row.position or user.position
