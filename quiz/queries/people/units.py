"""Units and kinds, with how many people belong to them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from quiz.models import Enrolment, Unit, UnitKind, User


@dataclass(frozen=True)
class UnitRow:
    """A unit, and how many people belong to it or to a unit merged into it."""

    unit: Unit
    people: int


@dataclass(frozen=True)
class KindRows:
    """A kind with its units by name: those in use, and those retired or merged."""

    kind: UnitKind
    active: list[UnitRow] = field(default_factory=list)
    resting: list[UnitRow] = field(default_factory=list)

    @property
    def people(self) -> int:
        """How many people its units in use have."""
        return sum(row.people for row in self.active)


def units_by_kind(session: Session) -> list[KindRows]:
    """Every kind in its order with all its units. Three queries, however many there are."""
    kinds = {kind.id: KindRows(kind) for kind in all_kinds(session)}
    units = session.scalars(
        select(Unit).options(joinedload(Unit.merged_into)).order_by(Unit.name)
    ).all()
    people = _people_by_current_unit(session, units)
    for unit in units:
        rows = kinds[unit.kind_id]
        where = rows.active if unit.active else rows.resting
        where.append(UnitRow(unit, people[unit.id]))
    return list(kinds.values())


def _people_by_current_unit(session: Session, units: Sequence[Unit]) -> Counter[int]:
    """Unit id → people whose unit it is, those of units merged into it counted along."""
    counted = session.execute(
        select(User.unit_id, func.count())
        .where(User.unit_id.is_not(None), User.merged_into_id.is_(None))
        .group_by(User.unit_id)
    )
    own = {unit_id: number for unit_id, number in counted}
    into = {unit.id: unit.merged_into_id for unit in units}
    people: Counter[int] = Counter()
    for unit_id in into:
        current: int = unit_id
        while (further := into[current]) is not None:
            current = further
        people[current] += own.get(unit_id, 0)
    return people


def all_kinds(session: Session) -> list[UnitKind]:
    """Every kind, in the order offices gave them."""
    return list(session.scalars(select(UnitKind).order_by(UnitKind.position, UnitKind.name)))


def active_units(session: Session) -> list[Unit]:
    """The units people can be put in, by name."""
    return list(
        session.scalars(
            select(Unit)
            .where(Unit.retired_at.is_(None), Unit.merged_into_id.is_(None))
            .order_by(Unit.name)
        )
    )


def unit_with_code(session: Session, code: str) -> Unit | None:
    """The unit with this code, capitals or not, and what it was merged into."""
    return session.scalar(
        select(Unit)
        .options(joinedload(Unit.merged_into))
        .where(func.lower(Unit.code) == code.lower())
    )


def unit_named(session: Session, name: str) -> Unit | None:
    """The unit with this name, capitals or not."""
    return session.scalar(select(Unit).where(func.lower(Unit.name) == name.lower()))


def active_unit_named(session: Session, name: str) -> Unit | None:
    """The unit with this name that people can be put in, capitals or not."""
    return session.scalar(
        select(Unit).where(
            func.lower(Unit.name) == name.lower(),
            Unit.retired_at.is_(None),
            Unit.merged_into_id.is_(None),
        )
    )


def kind_with_code(session: Session, code: str) -> UnitKind | None:
    """The kind with this code, capitals or not."""
    return session.scalar(select(UnitKind).where(func.lower(UnitKind.code) == code.lower()))


def kind_named(session: Session, name: str) -> UnitKind | None:
    """The kind with this name, capitals or not."""
    return session.scalar(select(UnitKind).where(func.lower(UnitKind.name) == name.lower()))


@dataclass(frozen=True)
class UnitUse:
    """What hangs on a unit: people who belong to it today, and places on rosters."""

    people: int
    enrolments: int
    events: int


def unit_use(session: Session, unit: Unit) -> UnitUse:
    """How much the unit is used, units merged into it not counted. Two queries."""
    people = session.scalar(
        select(func.count()).where(User.unit_id == unit.id, User.merged_into_id.is_(None))
    )
    enrolments, events = session.execute(
        select(func.count(), func.count(Enrolment.event_id.distinct())).where(
            Enrolment.unit_id == unit.id, Enrolment.removed_at.is_(None)
        )
    ).one()
    return UnitUse(people or 0, enrolments, events)
