"""Editions of a report: published, withdrawn; and links for the heads of units."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from quiz.actions.people.auditing import record
from quiz.assessment.analysis.editions.frozen import freeze
from quiz.codes import unit_link_index, unit_link_token
from quiz.models.base import new_uid
from quiz.models.events.events import Event
from quiz.models.people.audit import Action, SubjectType
from quiz.models.people.units import Unit
from quiz.models.people.users import User
from quiz.models.refusals import Refused
from quiz.models.scores.editions import Edition, UnitLink
from quiz.queries.scores.editions.drafting import Draft
from quiz.queries.scores.editions.published import next_number


def publish(session: Session, event: Event, found: Draft, by: User, now: datetime) -> Edition:
    """Freeze what was drafted as the next edition of an event; a line in the audit log.

    Raises Refused while there is no result to publish, while nothing has changed, and where another
    edition was published since it was drafted.
    """
    _one_at_a_time(session)
    if found.refusal:
        raise Refused(found.refusal)
    if next_number(session, event) != found.number:
        raise Refused(f"Edisi {found.number} baru saja diterbitkan. Buka edisi itu dulu.")
    edition = Edition(
        event=event,
        number=found.number,
        as_of=found.as_of,
        published_by=by,
        figures=freeze(found.figures),
        told=freeze(found.told),
        pools=found.pools,
    )
    session.add(edition)
    subject: tuple[SubjectType, str] = ("event", event.uid)
    line = record(session, now, by.id, Action.EDITION_PUBLISHED, subject, edition=edition.number)
    edition.log_line, edition.log_digest = line.id, line.digest
    return edition


def withdraw_edition(edition: Edition, reason: str, by: User, now: datetime) -> None:
    """Take an edition back. Raises Refused for one that was."""
    if not edition.valid:
        raise Refused(f"Edisi {edition.number} sudah ditarik.")
    edition.withdraw(reason, by, now)


def new_unit_link(
    event: Event, unit: Unit, *, days: int, key: bytes, by: User, now: datetime
) -> UnitLink:
    """An address for the head of this unit that opens for so many days, still to be stored."""
    uid = new_uid()
    link = UnitLink(
        uid=uid,
        event=event,
        unit=unit,
        token_index=unit_link_index(key, unit_link_token(key, uid)),
        made_at=now,
        made_by=by,
    )
    link.lasts(days)
    return link


def _one_at_a_time(session: Session) -> None:
    """On PostgreSQL let nobody else publish meanwhile: each edition is compared with all before.
    SQLite has one writer at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE edition IN SHARE ROW EXCLUSIVE MODE"))
