"""Which unit a roster means by what it writes: one there is, or a question about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.exchange.rosters.reading import RosterRow
from quiz.exchange.rosters.unit_names import UnitNames
from quiz.exchange.tables.table import plain_head
from quiz.models import Unit, UnitKind
from quiz.queries.events.plan import (
    AS,
    KIND,
    NEW,
    REST,
    UNIT,
    Choice,
    Decisions,
    Question,
    UnitPlan,
)

_KIND_WORDS = (
    ("desa", ("desa", "pemdes", "bpd")),
    ("upt-kesehatan", ("puskesmas", "pustu", "kesehatan", "klinik", "pkm")),
    ("upt-pendidikan", ("sd", "sdn", "smp", "smpn", "tk", "paud", "sekolah", "pendidikan")),
    ("kecamatan", ("kecamatan", "camat")),
)
_ELSE_KIND = "upt-teknis"
MOST_WITH_LIST = 40
"""With more unknown units than this each is offered its likely answers only, not every unit."""


@dataclass(frozen=True)
class UnitRegister:
    """Every unit and kind there is. Two queries."""

    units: Sequence[Unit]
    kinds: Sequence[UnitKind]

    @property
    def active(self) -> list[Unit]:
        """Those people can be put in, by name."""
        return [unit for unit in self.units if unit.active]

    def named(self, text: str) -> Unit | None:
        """The unit with this name or code, and what it was merged into; retired ones too."""
        unit = self._by_head.get(plain_head(text))
        return None if unit is None else self._current(unit)

    @cached_property
    def _by_head(self) -> dict[str, Unit]:
        """Units by plain name and code; names go first, and of two the first by name."""
        found: dict[str, Unit] = {}
        for words in ([unit.name for unit in self.units], [unit.code for unit in self.units]):
            for word, unit in zip(words, self.units, strict=True):
                found.setdefault(plain_head(word), unit)
        return found

    def _current(self, unit: Unit) -> Unit:
        by_id = {each.id: each for each in self.units}
        while unit.merged_into_id is not None:
            unit = by_id[unit.merged_into_id]
        return unit


def read_units(session: Session) -> UnitRegister:
    """The register as it stands."""
    return UnitRegister(
        session.scalars(select(Unit).order_by(Unit.name)).all(),
        session.scalars(select(UnitKind).order_by(UnitKind.position, UnitKind.name)).all(),
    )


def plan_units(
    rows: Iterable[RosterRow], register: UnitRegister, decisions: Decisions
) -> dict[str, UnitPlan]:
    """For each text in the unit column what it means; texts that differ in case share a plan."""
    written: dict[str, list[RosterRow]] = {}
    for row in rows:
        written.setdefault(plain_head(row.unit), []).append(row)
    plans: dict[str, UnitPlan] = {}
    unknown: dict[str, UnitPlan] = {}
    for meant, found in written.items():
        plan = UnitPlan(found[0].unit, tuple(row.place for row in found))
        unit = register.named(plan.text)
        if unit is not None and unit.active:
            plans[meant] = replace(plan, unit_id=unit.id)
        else:
            unknown[meant] = plan
    plans |= _decided(_asked(unknown, register), register, decisions)
    return {row.unit: plans[plain_head(row.unit)] for found in written.values() for row in found}


def _asked(unknown: dict[str, UnitPlan], register: UnitRegister) -> dict[str, UnitPlan]:
    by_name = {unit.name: unit for unit in register.active}
    registered = UnitNames(by_name)
    written = UnitNames(plan.text for plan in unknown.values())
    listed = by_name.values() if len(unknown) <= MOST_WITH_LIST else ()
    return {
        meant: replace(
            plan,
            question=_question(
                meant,
                plan.text,
                [by_name[name] for name in registered.near(plan.text)],
                written.near(plan.text),
                listed,
                register,
            ),
        )
        for meant, plan in unknown.items()
    }


def _question(
    meant: str,
    text: str,
    near: Sequence[Unit],
    others: Sequence[str],
    listed: Iterable[Unit],
    register: UnitRegister,
) -> Question:
    retired = register.named(text) is not None
    nearest = [Choice(f"{UNIT}{unit.uid}", f"Maksudnya {unit.name}") for unit in near]
    kinds = [Choice(f"{KIND}{kind.code}", f"Buat unit ini: {kind.name}") for kind in register.kinds]
    alike = [
        Choice(f"{AS}{plain_head(other)}", f"Sama dengan “{other}” di berkas ini")
        for other in others
    ]
    rest = [Choice(f"{UNIT}{unit.uid}", unit.name) for unit in listed if unit not in near]
    usual = None if retired else f"{KIND}{_guess(text, register)}"
    return Question(
        key=f"unit:{meant}",
        text=_words(text, near, retired),
        choices=(*nearest, *([] if retired else kinds), *alike, *rest),
        suggested=None if near else usual,
        usual=usual,
    )


def _words(text: str, near: Sequence[Unit], retired: bool) -> str:
    if retired:
        return f"Unit “{text}” sudah tidak dipakai. Pilih unit lain, atau aktifkan di menu Unit."
    if near:
        return f"Unit “{text}” belum terdaftar. Maksud Anda “{near[0].name}”?"
    return f"Unit “{text}” belum terdaftar. Buat unit ini?"


def _guess(text: str, register: UnitRegister) -> str:
    """The kind a unit of this name most likely is; the last kind when no word tells."""
    words = text.casefold().split()
    codes = [kind.code for kind in register.kinds]
    for code, marks in _KIND_WORDS:
        if code in codes and any(word in marks for word in words):
            return code
    return _ELSE_KIND if _ELSE_KIND in codes else (codes or [""])[-1]


def _decided(
    asked: dict[str, UnitPlan], register: UnitRegister, decisions: Decisions
) -> dict[str, UnitPlan]:
    decided = {meant: _by_answer(plan, register, decisions) for meant, plan in asked.items()}
    for meant, plan in asked.items():
        answer = _answer(plan, decisions)
        if answer and answer.startswith(AS):
            like = decided[answer.removeprefix(AS)]
            decided[meant] = replace(
                plan, unit_id=like.unit_id, new_name=like.new_name, new_kind_id=like.new_kind_id
            )
    return decided


def _answer(plan: UnitPlan, decisions: Decisions) -> str | None:
    """The answer given, or the usual one where all the rest were answered at once."""
    if plan.question is None:
        return None
    at_once = decisions.answers.get(REST) == NEW
    return plan.question.answer(decisions) or (plan.question.usual if at_once else None)


def _by_answer(plan: UnitPlan, register: UnitRegister, decisions: Decisions) -> UnitPlan:
    answer = _answer(plan, decisions)
    if answer is None:
        return plan
    if answer.startswith(UNIT):
        uid = answer.removeprefix(UNIT)
        return replace(plan, unit_id=next(u.id for u in register.units if u.uid == uid))
    if answer.startswith(KIND):
        code = answer.removeprefix(KIND)
        kind = next(kind for kind in register.kinds if kind.code == code)
        return replace(plan, new_name=plan.text, new_kind_id=kind.id)
    return plan
