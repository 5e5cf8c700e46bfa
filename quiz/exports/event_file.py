"""An event as one file for another installation, or to come back to this one later."""

from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.codes import CardKeys, fingerprint
from quiz.exchange.events.manifest import Manifest
from quiz.exchange.events.tables import TABLES
from quiz.exchange.events.writing import EventWriter
from quiz.formats import wita
from quiz.models import Enrolment, Event
from quiz.queries.events.transfer.logs import chains
from quiz.queries.events.transfer.rows import Rows

MEDIA_TYPE = "application/zip"


def file_name(event: Event, now: datetime) -> str:
    """What the file is called."""
    return f"kegiatan-{event.code}-{wita(now):%Y%m%d-%H%M}.zip"


def write_event_file(
    session: Session, event: Event, keys: CardKeys, target: IO[bytes], now: datetime
) -> Manifest:
    """Write everything of ``event`` to ``target``: as one transaction sees it, never more of it in
    memory than a table without its responses."""
    used = select(Enrolment.card_key).distinct().where(Enrolment.event_id == event.id)
    mine = [keys.of(print) for print in session.scalars(used)]
    told = {"uid": event.uid, "code": event.code, "title": event.title}
    with EventWriter(target) as writer:
        for table, rows in Rows(session, keys).of_event(event.id, TABLES):
            writer.rows(table, rows)
        for chain in chains(session, event.id):
            writer.log(chain.lines, chain.head, own=chain.own)
        writer.keys({fingerprint(key): key.hex() for key in mine})
        return writer.close(_program(), now, told)


def _program() -> str:
    try:
        return version("kuis-netralitas-asn")
    except PackageNotFoundError:  # run from its sources
        return ""
