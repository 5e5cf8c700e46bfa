"""What did not count is told and kept, each row once."""

from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.actions.events.transfer.known import Known
from quiz.actions.events.transfer.merged import Conflict, Merged
from quiz.actions.events.transfer.pens import Pen
from quiz.exchange.events.manifest import Manifest, packed
from quiz.exchange.events.meeting import Met
from quiz.exchange.events.table import Table
from quiz.models import Attempt, Enrolment, SetAside, User

LOT = 500

Row = dict[str, Any]


class Losers:
    """The rows that gave way while a file is read in."""

    def __init__(
        self, session: Session, pen: Pen, known: Known, merged: Merged, manifest: Manifest
    ) -> None:
        self._session, self._pen, self._known = session, pen, known
        self._merged, self._manifest = merged, manifest
        self._waiting: list[tuple[str, Row]] = []

    def add(self, table: Table, here: Row, theirs: Row, how: Met) -> None:
        """Tell a conflict, and keep the row whose values were not taken."""
        columns = tuple((name, here[name], theirs[name]) for name in how.differing)
        about = self._about(table, here)
        self._merged.conflict(Conflict(table.label, about, columns, how.here_counts))
        self._waiting.append((table.name, dict(how.loser or {})))
        if len(self._waiting) >= LOT:
            self.keep()

    def keep(self) -> None:
        """Set aside what waits."""
        event_id = self._known.ids["event"].get(self._manifest.event["uid"])
        if event_id is None or not self._waiting:
            return
        rows = {sha256(packed([kind, row])).hexdigest(): (kind, row) for kind, row in self._waiting}
        self._waiting = []
        held = self._session.scalars(
            select(SetAside.digest).where(SetAside.event_id == event_id, SetAside.digest.in_(rows))
        ).all()
        new = [
            {
                "event_id": event_id,
                "digest": digest,
                "kind": kind,
                "row": row,
                "at": self._manifest.made_at,
            }
            for digest, (kind, row) in rows.items()
            if digest not in held
        ]
        self._pen.add("set_aside", new)
        self._merged.counts["set_aside"].added += len(new)

    def _about(self, table: Table, row: Row) -> str:
        """What people know a row by: a person's name, where it is of one."""
        if table.name == "response":
            return f"{self._person_of(row['attempt_id'], None)}, nomor {row['position']}"
        if table.name == "attempt":
            return self._person_of(row["uid"], None)
        place = row["uid"] if table.name == "enrolment" else row.get("enrolment_id")
        if place:
            return self._person_of(None, place)
        return str(row.get("title") or row.get("name") or row.get("number") or "")

    def _person_of(self, attempt: str | None, place: str | None) -> str:
        name = select(User.name).join(Enrolment, Enrolment.user_id == User.id)
        if attempt is not None:
            name = name.join(Attempt, Attempt.enrolment_id == Enrolment.id)
            return self._session.scalar(name.where(Attempt.uid == attempt)) or ""
        return self._session.scalar(name.where(Enrolment.uid == place)) or ""
