"""What a roster leaves open for many people at once: a status, a unit, asked once for all of them.

A word that is no status is asked about once ("Guru", 3 orang: PNS atau PPPK?); blank statuses once
for everybody whose position points to the same; blank units once for each sheet.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quiz.assessment.items.item import Status
from quiz.exchange.rosters.cells import LONGEST
from quiz.exchange.rosters.roster_file import RosterRow
from quiz.exchange.rosters.statuses import nearest_status, supposed_status
from quiz.exchange.tables.table import plain_head
from quiz.queries.events.plan import (
    ABOVE,
    AS,
    EACH,
    SHEET,
    SKIP,
    TYPED,
    UNIT,
    Asked,
    Choice,
    Decisions,
    Question,
)
from quiz.queries.events.roster_units import UnitRegister

_SHOWN = 4
MOST_WORDS = 40
"""With more words that are no status, the column says something else, and is asked about once."""

_FIRST = (Status.PNS, Status.PPPK, Status.NON_ASN)
"""Offered first, because most words that are no status (Guru, Bidan, Staf) mean one of them."""


@dataclass(frozen=True)
class Filled:
    """A row with what was decided about it; ``questions`` were asked about it alone."""

    row: RosterRow
    open: bool = False
    skip: bool = False
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class _Group:
    """Rows that share a question; ``own`` is the same question about one of them."""

    question: Question
    rows: list[RosterRow]

    def own(self, row: RosterRow) -> Question:
        choices = tuple(choice for choice in self.question.choices if choice.value != EACH)
        return replace(
            self.question,
            key=f"{self.question.key}:{row.key}",
            text=f"{row.name}: {self.question.text.split(': ', 1)[-1]}",
            choices=choices,
            typed=self.question.typed and f"{self.question.typed}:{row.key}",
        )

    def asked(self, decisions: Decisions) -> Asked:
        people = tuple(f"{row.name} ({row.place})" for row in self.rows)
        return Asked(self.question, people, self.question.answer(decisions) is None)


def fill_blanks(
    rows: Sequence[RosterRow], register: UnitRegister, decisions: Decisions
) -> tuple[list[Filled], tuple[Asked, ...]]:
    """The rows with status and unit as the answers say, and everything that was asked."""
    statuses, units = list(_status_groups(rows)), list(_unit_groups(rows, register))
    status_of = {row.key: group for group in statuses for row in group.rows}
    unit_of = {row.key: group for group in units for row in group.rows}
    texts = {plain_head(row.unit): row.unit for row in rows}
    above: dict[int, str] = {}
    filled = []
    for row in rows:
        one = Filled(row)
        if row.key in status_of:
            one = _with_status(one, status_of[row.key], decisions)
        if row.key in unit_of:
            said = texts | {ABOVE: above.get(row.sheet_number, ""), SHEET: row.sheet}
            one = _with_unit(one, unit_of[row.key], decisions, said, register)
        above[row.sheet_number] = one.row.unit or above.get(row.sheet_number, "")
        filled.append(one)
    return filled, tuple(group.asked(decisions) for group in (*statuses, *units))


def _with_status(one: Filled, group: _Group, decisions: Decisions) -> Filled:
    one, _, answer = _answered(one, group, decisions)
    if answer is None or answer not in set(Status):
        return one
    return replace(one, row=replace(one.row, status=Status(answer)))


def _with_unit(
    one: Filled,
    group: _Group,
    decisions: Decisions,
    said: Mapping[str, str],
    register: UnitRegister,
) -> Filled:
    one, question, answer = _answered(one, group, decisions)
    if answer == TYPED:
        text = decisions.text(question.typed)[:LONGEST]
    elif answer and answer.startswith(UNIT):
        uid = answer.removeprefix(UNIT)
        text = next((unit.name for unit in register.active if unit.uid == uid), "")
    else:
        text = said.get((answer or "").removeprefix(AS), "")
    open_ = one.open or (not text and not one.skip)
    return replace(one, row=replace(one.row, unit=text), open=open_)


def _answered(
    one: Filled, group: _Group, decisions: Decisions
) -> tuple[Filled, Question, str | None]:
    """The row with the answer that holds for it: its own where everybody is asked apart."""
    question, answer = group.question, group.question.answer(decisions)
    if answer == EACH:
        question = group.own(one.row)
        answer = question.answer(decisions)
        order = (question, *one.questions) if one.open else (*one.questions, question)
        one = replace(one, questions=order)
    one = replace(one, open=one.open or answer is None, skip=one.skip or answer == SKIP)
    return one, question, answer


def _status_groups(rows: Sequence[RosterRow]) -> Iterator[_Group]:
    words: dict[str, list[RosterRow]] = {}
    blanks: dict[tuple[int, Status | None], list[RosterRow]] = {}
    for row in rows:
        if row.status is None and row.status_word:
            words.setdefault(plain_head(row.status_word), []).append(row)
        elif row.status is None:
            likely = supposed_status(row.position or "", [row.nip])
            blanks.setdefault((row.sheet_number, likely), []).append(row)
    if len(words) > MOST_WORDS:
        together = [row for found in words.values() for row in found]
        words = {"": together}
    for word, found in words.items():
        yield _Group(_about_word(word, found), found)
    for (sheet, likely), found in blanks.items():
        yield _Group(_about_blanks(sheet, likely, found), found)


def _about_word(word: str, rows: Sequence[RosterRow]) -> Question:
    if not word:
        return _about_no_statuses(rows)
    written = rows[0].status_word
    near = nearest_status(written)
    likely = supposed_status(written, [row.nip for row in rows])
    meant = f"Maksud Anda “{near.label}”?" if near else "PNS, PPPK, atau yang lain?"
    return Question(
        key=f"status:{word}",
        text=f"Status “{written[:60]}”, {len(rows)} orang: {meant}",
        choices=_statuses(near or likely, rows),
        suggested=likely,
    )


def _about_no_statuses(rows: Sequence[RosterRow]) -> Question:
    """One question about a column that says something else than statuses."""
    shown = ", ".join(f"“{row.status_word[:30]}”" for row in rows[:_SHOWN])
    return Question(
        key="status:",
        text=f"Kolom status {len(rows)} orang berisi lain ({shown}, …): apa status mereka?",
        choices=_statuses(None, rows),
    )


def _about_blanks(sheet: int, likely: Status | None, rows: Sequence[RosterRow]) -> Question:
    where = f" pada lembar “{rows[0].sheet}”" if rows[0].sheet else ""
    positions = list(dict.fromkeys(row.position for row in rows if row.position))
    shown = ", ".join(f"“{position}”" for position in positions[:_SHOWN])
    more = ", …" if len(positions) > _SHOWN else ""
    held = f", jabatannya {shown}{more}" if likely and positions else ""
    return Question(
        key=f"status:{sheet}.{likely or ''}",
        text=f"Status {len(rows)} orang{where} tidak tertulis{held}: apa statusnya?",
        choices=_statuses(likely, rows),
        suggested=likely,
    )


def _statuses(likely: Status | None, rows: Sequence[RosterRow]) -> tuple[Choice, ...]:
    order = [*([likely] if likely else []), *_FIRST, *Status]
    choices = [Choice(status.value, status.label) for status in dict.fromkeys(order)]
    return (*choices, *_apart(rows))


def _apart(rows: Sequence[RosterRow]) -> list[Choice]:
    """The ways out: everybody by himself, or nobody."""
    if len(rows) == 1:
        return [Choice(SKIP, "Lewati baris ini")]
    return [
        Choice(EACH, "Tidak sama; saya pilih untuk tiap orang"),
        Choice(SKIP, f"Lewati {len(rows)} baris ini"),
    ]


def _unit_groups(rows: Sequence[RosterRow], register: UnitRegister) -> Iterator[_Group]:
    blanks: dict[int, list[RosterRow]] = {}
    texts: dict[str, str] = {}
    above: dict[int, bool] = {}
    for row in rows:
        above.setdefault(row.sheet_number, bool(row.unit))
        if row.unit:
            texts.setdefault(plain_head(row.unit), row.unit)
        else:
            blanks.setdefault(row.sheet_number, []).append(row)
    for sheet, found in blanks.items():
        yield _Group(_about_units(sheet, found, texts, register, above=above[sheet]), found)


def _about_units(
    sheet: int,
    rows: Sequence[RosterRow],
    texts: Mapping[str, str],
    register: UnitRegister,
    *,
    above: bool,
) -> Question:
    name = rows[0].sheet
    where = f" pada lembar “{name}”" if name else ""
    known = register.named(name) if name else None
    first = [Choice(ABOVE, "Sama dengan baris di atasnya")] if above else []
    if name and (known is None or known.name not in texts.values()):
        first.append(Choice(SHEET, f"{name} (nama lembarnya)"))
    written = [Choice(f"{AS}{plain}", text) for plain, text in texts.items()]
    rest = [
        Choice(f"{UNIT}{unit.uid}", unit.name)
        for unit in register.active
        if plain_head(unit.name) not in texts
    ]
    return Question(
        key=f"blank:{sheet}",
        text=f"Unit {len(rows)} orang{where} tidak tertulis: dari unit mana?",
        choices=(*first, *written, *rest, *_apart(rows)),
        suggested=SHEET if known and known.active and not above else None,
        typed=f"blank:{sheet}:baru",
    )
