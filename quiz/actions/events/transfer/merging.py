"""An event file read in: every row is known here by its name, or new, and follows one rule.

The rule stands in ``quiz.exchange.events.tables``; what a table needs beyond it, beside this.
"""

from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from quiz.actions.events.transfer.after import follow_merges, leave_as_drafts, retire_scores
from quiz.actions.events.transfer.fitting import Fitting, moment
from quiz.actions.events.transfer.forms import Forms
from quiz.actions.events.transfer.known import LATER, Known, called, name_of
from quiz.actions.events.transfer.lines import Logs
from quiz.actions.events.transfer.losers import Losers
from quiz.actions.events.transfer.matching import aliases, existing
from quiz.actions.events.transfer.merged import Count, Merged
from quiz.actions.events.transfer.pens import DryPen, Pen
from quiz.actions.events.transfer.twice import Twice
from quiz.codes import CardKeys, fingerprint
from quiz.exchange.events.manifest import DAMAGED, BadFile
from quiz.exchange.events.meeting import met
from quiz.exchange.events.reading import EventFile
from quiz.exchange.events.table import Table
from quiz.exchange.events.tables import TABLES
from quiz.models import Event, User
from quiz.models.refusals import Refused
from quiz.queries.events.transfer.logs import last_changes, seen
from quiz.queries.events.transfer.rows import Name, Rows
from quiz.queries.events.transfer.scope import TABLE, own

LOT = 500
"""Rows looked up, compared and written together."""

NOT_A_VALUE = (KeyError, ValueError, TypeError, OverflowError)

Row = dict[str, Any]


def preview(session: Session, file: EventFile, keys: CardKeys, now: datetime) -> Merged:
    """What ``merge`` would do; nothing is written. Raises as ``merge`` does."""
    return _Merge(session, file, keys, DryPen(session)).run(None, now)


def merge(
    session: Session, file: EventFile, keys: CardKeys, by_id: int | None, now: datetime
) -> Merged:
    """Read an event file in, for ``by_id`` (None: whoever runs the machine).

    The keys of its cards (``foreign_keys``) are for the caller to keep, before the commit. Raises
    BadFile and Refused with a sentence; the transaction is to be undone then.
    """
    try:
        merged = _Merge(session, file, keys, Pen(session)).run(by_id, now)
        session.flush()
    except (IntegrityError, DataError) as error:
        raise BadFile(
            "Isi berkas ini tidak cocok satu sama lain atau dengan yang ada di sini, jadi tidak "
            "ada yang dimuat. Unduh lagi berkasnya di komputer asal, lalu ulangi."
        ) from error
    return merged


def foreign_keys(file: EventFile, keys: CardKeys) -> dict[str, bytes]:
    """The card keys in the file that are not this installation's own, by fingerprint."""
    own = fingerprint(keys.own)
    return {print: key for print, key in _proved_keys(file).items() if print != own}


class _Merge:
    """One file on its way in."""

    def __init__(self, session: Session, file: EventFile, keys: CardKeys, pen: Pen) -> None:
        self.session, self.file, self.pen = session, file, pen
        self.known, self.merged = Known(), Merged(code=file.manifest.event["code"])
        self.rows = Rows(session, keys)
        self.fitting = Fitting(session, keys, _proved_keys(file))
        self.losers = Losers(session, pen, self.known, self.merged, file.manifest)
        self.logs = Logs(file)
        self.touched: set[int] = set()
        self.joined: set[str] = set()

    def run(self, by_id: int | None, now: datetime) -> Merged:
        uid = self.file.manifest.event["uid"]
        event = self.session.scalar(select(Event).where(Event.uid == uid))
        self._begin(event)
        told = self.file.manifest
        if event is not None and seen(self.session, uid, told.maker, told.whole):
            self.merged.known = True
            return self.merged
        changes = last_changes(self.session, event.id) if event else {}
        self.said = (changes, self.logs.changes)
        self.forms = Forms(self.session, self.file, self.rows)
        self.twice = Twice(self.session, self.rows, self.pen, self.merged)
        self.by_id, self.now = by_id, now
        for table in TABLES:
            self._table(table)
        self.losers.keep()
        self.merged.gone = sum(1 for table, _ in self.known.gone if table == "user")
        self.merged.lines = self.logs.take_in(self.session, self.pen)
        if self.pen.writes:
            self._settle()
        return self.merged

    def _begin(self, event: Event | None) -> None:
        """Refuse what cannot be, and count what is here."""
        mine = own(event.id) if event is not None else {}
        for table in TABLES:
            count = Count(file=self.file.manifest.counts[table.name])
            if table.name in mine:
                held = select(func.count()).select_from(TABLE[table.name])
                count.here = self.session.scalar(held.where(mine[table.name])) or 0
            self.merged.counts[table.name] = count
        self.merged.new = event is None
        if event is None:
            return
        self.merged.event_id, self.merged.code = event.id, event.code
        refusal = event.refusal_to_change()
        if refusal:
            raise Refused(refusal)
        if next(self.file.rows("event"), {}).get("erased_at"):
            raise Refused(
                "Di komputer asalnya data peserta kegiatan ini sudah dihapus. Yang di sini tidak "
                "diubah; hapus juga di sini lewat Setelan, Masa simpan data."
            )

    def _settle(self) -> None:
        """What follows from what was written."""
        rulings = self.merged.counts["ruling"]
        ruled = self.known.ids["item_version"].values() if rulings.added or rulings.changed else ()
        follow_merges(self.session, self.joined)
        retire_scores(self.session, self.touched, list(ruled))
        codes = [str(row["code"]) for row in self.file.rows("bank_item")]
        leave_as_drafts(self.session, codes)

    def _table(self, table: Table) -> None:
        later: dict[Name, Name | None] = {}
        number, told = 0, self.file.rows(table.name)
        while lot := list(islice(told, LOT)):
            try:
                self._lot(table, lot, later)
            except NOT_A_VALUE as error:
                where = f"{table.label} baris {number + 1} sampai {number + len(lot)}"
                raise BadFile(DAMAGED.format(where)) from error
            number += len(lot)
        self._point_later(table, later)

    def _lot(self, table: Table, lot: list[Row], later: dict[Name, Name | None]) -> None:
        come = [row for told in lot if (row := self.known.localised(table, told)) is not None]
        here = self._here(table, come)
        if table.name == "user":
            come = [row for row in come if ("user", name_of(table, row)) not in self.known.gone]
        count = self.merged.counts[table.name]
        if table.name not in own(0):
            count.here += len(here)
        new, changes = [], {}
        for row in come:
            found = here.get(name_of(table, row))
            if table.goes_with:
                found = found if not self.known.brought(table, row) else None
                new += [row] if self.known.brought(table, row) else []
            elif found is None:
                new.append(row)
            if found is not None:
                self.known.ids[table.name][name_of(table, row)] = found["id"]
                if not table.kept and not table.goes_with:
                    changes[found["id"]] = self._meet(table, row, found, later)
        if table.name == "attempt":
            self.twice.settle(new, changes, self.known.ids, self.by_id, self.now)
        written = {id_: values for id_, values in changes.items() if values}
        self.pen.change(table.name, written)
        count.changed += len(written)
        if table.name == "people_merge":
            self.joined |= {str(row["uid"]) for row in come}
        self._add(table, new, later)

    def _here(self, table: Table, rows: list[Row]) -> dict[Name, Row]:
        """Name in the file → the row here, as a file would tell it, with its id and record."""
        if not table.key or not rows:
            return {}
        names: dict[tuple[Any, ...], Name] = {}
        for row in rows:
            key = tuple(self._key_value(table, column, row[column]) for column in table.key)
            if None not in key:
                names[key] = name_of(table, row)
        records = existing(self.session, TABLE[table.name], table.key, names)
        found = {name_of(table, told): told for told in self._told(table, records)}
        unknown = [row for row in rows if name_of(table, row) not in found]
        known = aliases(self.session, table.name, unknown, self.known.ids)
        if known:
            ids = [(id_,) for id_, _ in known.values()]
            other = existing(self.session, TABLE[table.name], ["id"], ids)
            by_id = {told["id"]: told for told in self._told(table, other)}
            for name, (id_, local) in known.items():
                self.known.here_as[table.name][name] = local
                self.known.ids[table.name][local] = id_
                found[name] = by_id[id_] | {"alias": True}
        if table.name == "user":
            erased = {name for name, told in found.items() if told["record"]["erased_at"]}
            self.known.gone |= {("user", name) for name in erased}
        return found

    def _key_value(self, table: Table, column: str, told: Any) -> Any:
        """A key column's value to look for; None where it is of a row that is only being added."""
        target = table.points.get(column)
        if target is None:
            return self.known.value(table, column, told)
        id_ = self.known.ids[target].get(self.known.local(target, told), -1)
        return id_ if id_ > 0 else None

    def _told(self, table: Table, records: list[Mapping[Any, Any]]) -> list[Row]:
        return [
            told | {"id": record["id"], "record": record}
            for record, told in zip(records, self.rows.told(table, records), strict=True)
        ]

    def _meet(self, table: Table, row: Row, here: Row, later: dict[Name, Name | None]) -> Row:
        """What of a row here changes because of the file's."""
        if table.name == "user" and (here["record"]["username"] or here["record"]["erased_at"]):
            return {}
        told = {column: here[column] for column in table.columns}
        comes = table.joined if here.get("alias") else table.columns
        theirs = told | {column: row[column] for column in comes}
        if theirs.get(LATER) is not None:
            theirs[LATER] = self.known.local(table.name, theirs[LATER])
        how = met(table, told, theirs, self._said(table, told))
        if table.name == "sitting":
            how = self.forms.settle(table, told, theirs, how)
            if self.forms.replaces(told["uid"]):
                self._replace_form(here["id"], told["uid"])
        if how.loser is not None:
            self.losers.add(table, told, theirs, how)
        new = {name: how.row[name] for name in table.columns if how.row[name] != told[name]}
        if LATER in new:
            later[name_of(table, told)] = new.pop(LATER)
        return self._changes(table, here, how.row, new) if new else {}

    def _said(self, table: Table, row: Row) -> tuple[str, str]:
        name = (table.subject or "", str(row[table.key[0]]))
        return moment(self.said[0].get(name)), moment(self.said[1].get(name))

    def _changes(self, table: Table, here: Row, row: Mapping[str, Any], new: Row) -> Row:
        """New values of a row here, with what follows from them."""
        values = self.known.values(table, new)
        if table.name == "enrolment" and {"issue", "card_key"} & new.keys():
            values |= self.fitting.cards({name: row[name] for name in ("uid", "issue", "card_key")})
        elif table.name == "user":
            values = self._person(here["id"], values)
        elif table.name == "attempt":
            self.touched.add(here["id"])
        elif table.name == "response":
            self.touched.add(here["record"]["attempt_id"])
        return values

    def _person(self, id_: int, values: Row) -> Row:
        """New values of somebody known, under a NIP nobody else has."""
        nip = values.get("nip")
        if nip and self.session.scalar(select(User.id).where(User.nip == nip)) not in {None, id_}:
            values = {name: value for name, value in values.items() if name != "nip"}
        return self.fitting.renamed(values)

    def _replace_form(self, sitting_id: int, uid: str) -> None:
        slots = TABLE["form_slot"].c
        ids = self.session.scalars(select(slots.id).where(slots.sitting_id == sitting_id)).all()
        self.pen.drop("form_choice", "slot_id", ids)
        self.pen.drop("form_slot", "id", ids)
        self.known.taken["sitting"].add(uid)

    def _add(self, table: Table, new: list[Row], later: dict[Name, Name | None]) -> None:
        names = [name_of(table, row) for row in new]
        values = []
        for name, row in zip(names, new, strict=True):
            told = {column: row[column] for column in table.columns}
            if LATER in told and told[LATER] is not None:
                later[name], told[LATER] = called(told[LATER]), None
            values.append(self.fitting.new(table.name, self.known.values(table, told)))
        ids = self.pen.add(table.name, values)
        self.known.ids[table.name] |= dict(zip(names, ids, strict=False))
        self.known.taken[table.name].update(names)
        self.merged.counts[table.name].added += len(new)
        if table.name == "response":
            self.touched |= {row["attempt_id"] for row in values}
        if table.name == "event" and values:
            self._note_event(ids, values[0]["code"])

    def _note_event(self, ids: list[int], code: str) -> None:
        if self.pen.writes:
            (self.merged.event_id,) = ids
        told, self.merged.code = self.merged.code, code
        if code != told:
            self.merged.notes.append(
                f"Kode {told} sudah dipakai kegiatan lain di sini, jadi kegiatan ini menjadi "
                f"{code}."
            )

    def _point_later(self, table: Table, later: dict[Name, Name | None]) -> None:
        known, changes = self.known.ids[table.name], {}
        for name, target in later.items():
            id_ = None if target is None else known.get(self.known.local(table.name, target))
            if (id_ is None) is (target is None) and id_ != known[name]:
                changes[known[name]] = {LATER: id_}
        self.pen.change(table.name, changes)


def _proved_keys(file: EventFile) -> dict[str, bytes]:
    """The card keys of the file. Raises BadFile where one is not what it is called."""
    keys = file.keys
    for print, key in keys.items():
        if len(key) < 16 or fingerprint(key) != print:
            raise BadFile(DAMAGED.format("kunci kartunya"))
    return keys
