"""New names for units and kinds, and corrections of people.

Of units and kinds, events not yet over follow and ended ones keep that day's name. A person's name
is everywhere the corrected one.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from quiz.exchange.rosters.names import normalise_name
from quiz.models.events.enrolments import Enrolment
from quiz.models.events.events import Event
from quiz.models.people.units import Unit, UnitKind
from quiz.models.people.users import User
from quiz.models.refusals import Refused


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


def correct_person(session: Session, user: User, name: str, nip: str | None) -> None:
    """Give ``user`` another name and NIP (18 digits or None).

    Raises Refused for a NIP that is somebody else's: two records of one person are merged instead.
    """
    holder = session.scalar(select(User).where(User.nip == nip, User.id != user.id))
    if nip is not None and holder is not None:
        raise Refused(
            f"NIP ini sudah tercatat atas nama {holder.name}. Periksa angkanya; bila orangnya "
            "sama, tambahkan orang itu ke daftar peserta dan keluarkan yang ini."
        )
    user.name, user.normalised_name, user.nip = name, normalise_name(name), nip


def _rename_in_rosters(
    session: Session, now: datetime, which: ColumnElement[bool], **names: str
) -> None:
    going_on = select(Event.id).where(Event.ends_at > now)
    session.execute(
        update(Enrolment).where(which, Enrolment.event_id.in_(going_on)).values(**names)
    )
