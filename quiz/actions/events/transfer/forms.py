"""A prepared form counts whole or not at all: its items were chosen together, attempts ask it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from quiz.exchange.events.meeting import Met
from quiz.exchange.events.reading import EventFile
from quiz.exchange.events.table import Table
from quiz.exchange.events.tables import BY_NAME
from quiz.models import Attempt, FormChoice, Sitting, StoredSlot
from quiz.models.refusals import Refused
from quiz.queries.events.transfer.rows import Rows
from quiz.queries.events.transfer.scope import TABLE

Row = Mapping[str, Any]

Form = dict[tuple[str, int], dict[str, str]]
"""Form and position → status → uid of the version asked there."""


class Forms:
    """The forms of the file's sittings, and which of these somebody has worked on."""

    def __init__(self, session: Session, file: EventFile, rows: Rows) -> None:
        self._session, self._rows = session, rows
        self._file = _by_sitting(file.rows("form_choice"))
        self._worked = {row["sitting_id"] for row in file.rows("attempt")}
        self._replaced: set[str] = set()

    def replaces(self, sitting_uid: str) -> bool:
        """Whether the file's form takes the place of the one here."""
        return sitting_uid in self._replaced

    def settle(self, table: Table, here: Row, theirs: Row, how: Met) -> Met:
        """What counts of two sittings, given their forms: the one that attempts ask.

        Raises Refused where people have worked on either.
        """
        uid = here["uid"]
        if self._file.get(uid, {}) == self._form_here(uid):
            return how
        worked_here = self._session.scalar(
            select(exists().where(Attempt.sitting_id == Sitting.id, Sitting.uid == uid))
        )
        if worked_here and uid in self._worked:
            raise Refused(
                "Satu sesi kegiatan ini disiapkan dengan soal yang berbeda di kedua komputer dan "
                "sudah dikerjakan di keduanya, jadi jawabannya tidak dapat digabung. Pakai berkas "
                "ini di komputer lain yang masih kosong, lalu laporkan keduanya terpisah."
            )
        here_counts = bool(worked_here) or (uid not in self._worked and how.here_counts)
        if not here_counts:
            self._replaced.add(uid)
        if here_counts is how.here_counts:
            return how
        source = here if here_counts else theirs
        row = {**how.row, **{name: source[name] for name in table.compared}}
        loser = theirs if here_counts else here
        return replace(how, row=row, loser=loser, here_counts=here_counts)

    def _form_here(self, uid: str) -> Form:
        rows = TABLE["form_choice"]
        found = self._session.execute(
            select(rows)
            .join(StoredSlot, StoredSlot.id == FormChoice.slot_id)
            .join(Sitting, Sitting.id == StoredSlot.sitting_id)
            .where(Sitting.uid == uid)
        )
        told = self._rows.told(BY_NAME["form_choice"], found.mappings().all())
        return _by_sitting(told).get(uid, {})


def _by_sitting(choices: Any) -> dict[str, Form]:
    found: defaultdict[str, Form] = defaultdict(dict)
    for choice in choices:
        sitting, form, position = choice["slot_id"]
        place = found[sitting].setdefault((form, position), {})
        place[choice["status"]] = choice["item_version_id"]
    return dict(found)
