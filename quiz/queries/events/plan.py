"""What taking over a roster would do, as plain values: every row, every question, nothing done yet.

Made by quiz.queries.roster_plan, shown as the preview, carried out by quiz.models.rostering.
"""

from collections.abc import Mapping
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
    """Something only a person can decide. ``key`` names it in ``Decisions.answers``."""

    key: str
    text: str
    choices: tuple[Choice, ...]
    suggested: str | None = None

    def answer(self, decisions: "Decisions") -> str | None:
        """The answer given, when it is one of those offered."""
        given = decisions.answers.get(self.key)
        return given if given in {choice.value for choice in self.choices} else None


@dataclass(frozen=True)
class Decisions:
    """Answers to questions by their keys; an empty one answers nothing."""

    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class UnitPlan:
    """A unit as the file names it: one there is, one to be made, or not decided yet.

    ``rows`` are row numbers. A unit the register does not know keeps its question when decided.
    """

    text: str
    rows: tuple[int, ...]
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
    """One field that would change, in words for the page."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class RowPlan:
    """What one row would do. ``user_id`` None means a person not known yet.

    ``status`` is what the enrolment would say: after an attempt it stays what it was, and
    ``note`` says so. ``questions`` are those asked so far; with action ASK the last is open.
    """

    row_number: int
    name: str
    normalised_name: str
    nip: str | None
    status: Status
    position: str | None
    unit: UnitPlan
    action: RowAction
    user_id: int | None = None
    differences: tuple[Difference, ...] = ()
    questions: tuple[Question, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Absent:
    """Somebody on the roster whom the file does not name; never removed by it."""

    uid: str
    name: str
    unit: str


@dataclass(frozen=True)
class RosterPlan:
    """The whole preview. ``basis`` changes when what it was computed from does."""

    rows: tuple[RowPlan, ...]
    units: tuple[UnitPlan, ...]
    absent: tuple[Absent, ...]
    basis: str

    @property
    def open_questions(self) -> list[Question]:
        """What has to be answered before the plan can be carried out, units first."""
        units = [unit.question for unit in self.units if not unit.decided and unit.question]
        rows = [row.questions[-1:] for row in self.rows if row.action is RowAction.ASK]
        return units + [question for last in rows for question in last]

    @property
    def ready(self) -> bool:
        """True when nothing is left to ask."""
        return not self.open_questions

    def count(self, action: RowAction) -> int:
        """How many rows would do this."""
        return sum(row.action is action for row in self.rows)
