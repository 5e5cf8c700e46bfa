"""Installations that hand one event to each other: each with its own database and card key."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quiz.actions.events.transfer.merged import Merged
from quiz.actions.events.transfer.merging import foreign_keys, merge, preview
from quiz.actions.people.auditing import record
from quiz.codes import CardKeys
from quiz.exchange.events.manifest import ROWS
from quiz.exchange.events.reading import EventFile
from quiz.exports.event_file import write_event_file
from quiz.models import Base, Event
from quiz.models.people.audit import Action
from tests.factories import Make


@dataclass
class Side:
    """One installation. ``make`` writes rows into it."""

    engine: Engine
    name: str
    now: datetime
    others: dict[str, bytes] = field(default_factory=dict)

    @property
    def key(self) -> bytes:
        return hashlib.sha256(self.name.encode()).digest()

    @property
    def keys(self) -> CardKeys:
        return CardKeys(self.key, self.others)

    @contextmanager
    def session(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session:
            yield session
            session.commit()

    @contextmanager
    def make(self) -> Iterator[Make]:
        with Session(self.engine, expire_on_commit=False) as session:
            yield Make(session, self.key)

    def export(self, uid: str, made_at: datetime | None = None) -> bytes:
        blob = io.BytesIO()
        with Session(self.engine) as session:
            event = session.scalars(select(Event).where(Event.uid == uid)).one()
            record(session, self.now, None, Action.EVENT_EXPORTED, ("event", uid))
            session.commit()
            write_event_file(session, event, self.keys, blob, made_at or self.now)
        return blob.getvalue()

    def take(self, blob: bytes, by_id: int | None = None) -> Merged:
        """Read a file in, having looked first: what was told is what happens."""
        with EventFile.of(io.BytesIO(blob)) as file, Session(self.engine) as session:
            told = preview(session, file, self.keys, self.now)
            session.rollback()
            brought = foreign_keys(file, self.keys)
            done = merge(session, file, self.keys, by_id, self.now)
            if done.changes:
                subject = ("event", file.manifest.event["uid"])
                same = {"same": file.manifest.whole}
                record(session, self.now, by_id, Action.EVENT_IMPORTED, subject, **same)  # type: ignore[arg-type]
            session.commit()
        self.others |= brought
        assert told.counts == done.counts
        assert [c.columns for c in told.conflicts] == [c.columns for c in done.conflicts]
        return done

    def rows(self) -> dict[str, list[Any]]:
        """Everything in every table but the log."""
        with Session(self.engine) as session:
            return {
                table.name: sorted(map(repr, session.execute(select(table)).all()))
                for table in Base.metadata.sorted_tables
                if not table.name.startswith("audit_")
            }


def parts(blob: bytes, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """The checksums of a file's tables; who has an account where is no part of it."""
    with EventFile.of(io.BytesIO(blob)) as file:
        found: dict[str, Any] = {
            name: told
            for name, told in file.manifest.parts.items()
            if name.startswith("tabel/") and name not in {ROWS.format(each) for each in without}
        }
        found[ROWS.format("user")] = [row | {"username": None} for row in file.rows("user")]
        return found


def told(blob: bytes, table: str) -> list[dict[str, Any]]:
    with EventFile.of(io.BytesIO(blob)) as file:
        return list(file.rows(table))
