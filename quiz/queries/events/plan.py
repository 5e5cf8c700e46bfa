"""What taking over a roster would do, as plain values: every row, every question, nothing done yet.

Made by queries/events/roster_plan, shown as the preview, carried out by actions/events/rostering.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from quiz.assessment.items.item import Status

SKIP = "skip"
NEW = "new"
CHANGE = "change"
KEEP = "keep"
SAME = "same:"
UNIT = "unit:"
KIND = "kind:"
AS = "as:"
EACH = "each"
ABOVE = "above"
SHEET = "sheet"
TYPED = "typed"
REST = "units:rest"
"""The question about all units that are not registered and not answered one by one."""

_SHOWN = 6


class RowAction(StrEnum):
    """What a row would do to the event's roster."""

    ADD = "add"
    UPDATE = "update"
    NOTHING = "nothing"
    ASK = "ask"
    SKIP = "skip"


@dataclass(frozen=True)
class Choice:
    """One answer to a question: what the form sends, and its Indonesian words."""

    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """Something only a person can decide. ``key`` names it in ``Decisions.answers``.

    ``usual`` is the answer for those who answer all such questions at once. With ``typed`` a text
    may be written instead of choosing; it is the key of that text.
    """

    key: str
    text: str
    choices: tuple[Choice, ...]
    suggested: str | None = None
    usual: str | None = None
    typed: str | None = None

    def answer(self, decisions: "Decisions") -> str | None:
        """The answer given, when it is one of those offered; TYPED for a text written instead."""
        if self.typed and decisions.text(self.typed):
            return TYPED
        given = decisions.answers.get(self.key)
        return given if given in {choice.value for choice in self.choices} else None


@dataclass(frozen=True)
class Decisions:
    """Answers to questions by their keys; an empty one answers nothing."""

    answers: Mapping[str, str] = field(default_factory=dict)

    def text(self, key: str | None) -> str:
        """What was typed under a key, on one line; "" for nothing."""
        return " ".join(self.answers.get(key or "", "").split())


@dataclass(frozen=True)
class Asked:
    """A question about several people at once: what the file leaves open for all of them."""

    question: Question
    people: tuple[str, ...]
    open: bool


@dataclass(frozen=True)
class UnitPlan:
    """A unit as the file names it: one there is, one to be made, or not decided yet.

    ``places`` say which rows name it. A unit the register does not know keeps its question when
    decided.
    """

    text: str
    places: tuple[str, ...]
    unit_id: int | None = None
    new_name: str | None = None
    new_kind_id: int | None = None
    question: Question | None = None

    @property
    def decided(self) -> bool:
        """Whether it is known which unit is meant."""
        return self.unit_id is not None or self.new_name is not None


@dataclass(frozen=True)
class Difference:
    """One field that would change, in words for the page; ``harmless`` asks nobody."""

    field: str
    before: str
    after: str
    harmless: bool = False


@dataclass(frozen=True)
class RowPlan:
    """What one row would do. ``user_id`` None means a person not known yet.

    ``key`` names the row, ``place`` says where it stands. ``status`` is None while it is asked
    about; else it is what the enrolment would say: after an attempt it stays what it was, and
    ``note`` says so. ``questions`` are those asked so far; with action ASK the last is open.
    """

    key: str
    place: str
    name: str
    normalised_name: str
    nip: str | None
    status: Status | None
    position: str | None
    unit: UnitPlan
    action: RowAction
    user_id: int | None = None
    differences: tuple[Difference, ...] = ()
    questions: tuple[Question, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Absent:
    """Somebody on the roster whom the file does not name; taken off only when that is wished.

    ``stays`` says why not even then: they have worked, or are there; None for who may go.
    """

    uid: str
    name: str
    unit: str
    stays: str | None = None


def _line(question: Question, places: Sequence[str]) -> str:
    more = f", dan {len(places) - _SHOWN} lagi" if len(places) > _SHOWN else ""
    return f"{question.text} ({', '.join(places[:_SHOWN])}{more})"


@dataclass(frozen=True)
class RosterPlan:
    """The whole preview. ``basis`` changes when what it was computed from does.

    ``listed`` are on the roster already; who of them is ``absent`` is known once nothing is asked.
    Who of these may go is taken off by a plan that is ``replacing``.
    """

    rows: tuple[RowPlan, ...]
    asked: tuple[Asked, ...]
    units: tuple[UnitPlan, ...]
    absent: tuple[Absent, ...]
    basis: str
    listed: int = 0
    replacing: bool = False

    @property
    def open_questions(self) -> list[Question]:
        """What has to be answered before the plan can be carried out: for many, units, people."""
        many = [asked.question for asked in self.asked if asked.open]
        units = [unit.question for unit in self.units if not unit.decided and unit.question]
        rows = [row.questions[-1:] for row in self.rows if row.action is RowAction.ASK]
        return many + units + [question for last in rows for question in last]

    @property
    def open_lines(self) -> list[str]:
        """The open questions with whom or where they are about, for those without the page."""
        many = [_line(each.question, each.people) for each in self.asked if each.open]
        units = [
            _line(unit.question, unit.places)
            for unit in self.units
            if not unit.decided and unit.question
        ]
        rows = [
            _line(row.questions[-1], [row.place])
            for row in self.rows
            if row.action is RowAction.ASK and row.questions
        ]
        return many + units + rows

    @property
    def removable(self) -> tuple[Absent, ...]:
        """Those not in the file who may be taken off the roster."""
        return tuple(each for each in self.absent if each.stays is None)

    @property
    def staying(self) -> tuple[Absent, ...]:
        """Those not in the file who stay whatever is wished."""
        return tuple(each for each in self.absent if each.stays is not None)

    @property
    def ready(self) -> bool:
        """True when nothing is left to ask."""
        return not self.open_questions

    def count(self, action: RowAction) -> int:
        """How many rows would do this."""
        return sum(row.action is action for row in self.rows)
