"""Tables and the rules of one thing each. Nothing here commits, or knows of HTTP or the clock."""

from quiz.models.attempts import Attempt, ResponseRow, Score
from quiz.models.audit import AuditDetail, AuditEntry
from quiz.models.bank import BankItem, ItemVersion, RulingRow
from quiz.models.base import Base
from quiz.models.citations import ItemCitation
from quiz.models.contests import Contest
from quiz.models.drafts import ItemDraft
from quiz.models.events import Enrolment, Event, FormChoice, FormSlotRow, Sitting
from quiz.models.importing import ItemImport
from quiz.models.material import Claim, Material, Passage, Reference, Topic
from quiz.models.panel import PanelRating
from quiz.models.people import Failure, OneTimeLink, User
from quiz.models.quizzes import Quiz, QuizSlot
from quiz.models.reviewing import ReviewNote
from quiz.models.roster_draft import RosterDraft
from quiz.models.settings import Setting
from quiz.models.units import Unit, UnitKind

__all__ = [
    "Attempt",
    "AuditDetail",
    "AuditEntry",
    "BankItem",
    "Base",
    "Claim",
    "Contest",
    "Enrolment",
    "Event",
    "Failure",
    "FormChoice",
    "FormSlotRow",
    "ItemCitation",
    "ItemDraft",
    "ItemImport",
    "ItemVersion",
    "Material",
    "OneTimeLink",
    "PanelRating",
    "Passage",
    "Quiz",
    "QuizSlot",
    "Reference",
    "ResponseRow",
    "ReviewNote",
    "RosterDraft",
    "RulingRow",
    "Score",
    "Setting",
    "Sitting",
    "Topic",
    "Unit",
    "UnitKind",
    "User",
]
