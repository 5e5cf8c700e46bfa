"""New names for units and kinds: events not yet over follow, ended ones keep that day's name."""

from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from quiz.models.events.events import Enrolment, Event
from quiz.models.people.units import Unit, UnitKind


def rename_unit(session: Session, unit: Unit, name: str, kind: UnitKind, now: datetime) -> None:
    """Give ``unit`` another name and kind, in the rosters of events that are not over too."""
    unit.name, unit.kind = name, kind
    session.flush()
    _rename_in_rosters(
        session, now, Enrolment.unit_id == unit.id, unit_name=name, kind_name=kind.name
    )


def rename_kind(session: Session, kind: UnitKind, name: str, now: datetime) -> None:
    """Give ``kind`` another name, in the rosters of events that are not over too."""
    kind.name = name
    session.flush()
    of_kind = Enrolment.unit_id.in_(select(Unit.id).where(Unit.kind_id == kind.id))
    _rename_in_rosters(session, now, of_kind, kind_name=name)


def _rename_in_rosters(
    session: Session, now: datetime, which: ColumnElement[bool], **names: str
) -> None:
    going_on = select(Event.id).where(Event.ends_at > now)
    session.execute(
        update(Enrolment).where(which, Enrolment.event_id.in_(going_on)).values(**names)
    )
