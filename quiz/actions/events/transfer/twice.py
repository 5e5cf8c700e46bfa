"""Somebody did one sitting on two machines: the newer attempt counts, the other is voided."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.actions.events.transfer.merged import Conflict, Merged
from quiz.actions.events.transfer.pens import Pen
from quiz.exchange.events.tables import BY_NAME
from quiz.models import User
from quiz.models.refusals import Refused
from quiz.queries.events.transfer.rows import Name, Rows
from quiz.queries.events.transfer.scope import TABLE
from quiz.queries.people.retention import pieces

REASON = "Dikerjakan di dua komputer; yang dihitung pengerjaan lain pada sesi yang sama."

MOMENTS = ("started_at", "submitted_at", "clocked_at", "feedback_at", "heard_at")
TOLD = ("started_at", "submitted_at")

ATTEMPT = BY_NAME["attempt"]

Row = dict[str, Any]


class Twice:
    """While one file is read in."""

    def __init__(
        self,
        session: Session,
        rows: Rows,
        pen: Pen,
        merged: Merged,
    ) -> None:
        self._session, self._rows, self._pen = session, rows, pen
        self._merged = merged

    def settle(
        self,
        new: Sequence[Row],
        changes: dict[int, Row],
        ids: Mapping[str, Mapping[Name, int]],
        by_id: int | None,
        now: datetime,
    ) -> None:
        """Void what is not to count, in the file's rows or here.

        Raises Refused where somebody has to answer for it and nobody is named.
        """
        places = {ids["enrolment"][row["enrolment_id"]] for row in new if _counts(row)}
        here = self._counting(id_ for id_ in places if id_ > 0)
        for row in new:
            pair = (row["enrolment_id"], row["sitting_id"])
            other = here.get(pair) if _counts(row) else None
            if other is None:
                continue
            void = self._void(by_id, now)
            theirs_counts = _last(row) > _last(other)
            if theirs_counts:
                changes[other["id"]] = changes.get(other["id"], {}) | void
                here.pop(pair)
            else:
                row |= {
                    "voided_at": now.isoformat(),
                    "voided_by_id": self._session.scalar(select(User.uid).where(User.id == by_id)),
                    "void_reason": REASON,
                }
            columns = tuple(
                (name, other[name], row[name]) for name in ("started_at", "submitted_at")
            )
            self._merged.conflict(
                Conflict("dua pengerjaan satu sesi", "", columns, not theirs_counts)
            )

    def _void(self, by_id: int | None, now: datetime) -> Row:
        if by_id is None and self._pen.writes:
            raise Refused(
                "Ada orang yang mengerjakan satu sesi di dua komputer; salah satunya dibatalkan "
                "atas nama petugas. Tambahkan --by NAMA_PENGGUNA."
            )
        return {"voided_at": now, "voided_by_id": by_id, "void_reason": REASON}

    def _counting(self, places: Any) -> dict[tuple[str, str], Row]:
        """(Place, sitting) → the attempt here that counts."""
        rows, found = TABLE["attempt"], {}
        for some in pieces(list(places)):
            records = (
                self._session.execute(
                    select(rows).where(
                        rows.c.enrolment_id.in_(some), rows.c.voided_at.is_(None), rows.c.counted
                    )
                )
                .mappings()
                .all()
            )
            for record, told in zip(records, self._rows.told(ATTEMPT, records), strict=True):
                pair = (told["enrolment_id"], told["sitting_id"])
                found[pair] = told | {"id": record["id"]}
        return found


def _counts(row: Row) -> bool:
    return bool(row["counted"]) and row["voided_at"] is None


def _last(row: Row) -> tuple[str, str]:
    """When something last happened in an attempt; of two at one moment, always the same one."""
    return max(row[name] or "" for name in MOMENTS), str(row["uid"])
