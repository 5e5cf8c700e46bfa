"""Tables and the rules of one thing each. Nothing here commits, or knows of HTTP or the clock."""

from quiz.models.bank.citations import ItemCitation
from quiz.models.bank.drafts import ItemDraft
from quiz.models.bank.imports import ItemImport
from quiz.models.bank.items import BankItem, ItemVersion
from quiz.models.bank.notes import ReviewNote
from quiz.models.bank.ratings import PanelRating
from quiz.models.base import Base
from quiz.models.events.enrolments import Enrolment
from quiz.models.events.erasures import Erasure
from quiz.models.events.events import Event, Sitting
from quiz.models.events.forms import FormChoice, StoredSlot
from quiz.models.events.join_requests import JoinRequest
from quiz.models.events.papers import ActivityReport, EvaluationBox, EventMinutes
from quiz.models.events.presence import Presence
from quiz.models.events.quizzes import Quiz, QuizSlot
from quiz.models.events.roster_draft import RosterDraft
from quiz.models.events.set_aside import SetAside
from quiz.models.events.subject_requests import SubjectRequest
from quiz.models.people.audit import AuditDetail, AuditEntry
from quiz.models.people.foreign_lines import ForeignLine
from quiz.models.people.second_step import RecoveryCode, SecondStep
from quiz.models.people.settings import Setting
from quiz.models.people.units import Unit, UnitKind
from quiz.models.people.users import EndedSession, Failure, OneTimeLink, User
from quiz.models.scores.contests import Contest
from quiz.models.scores.covered import CoveredPassage
from quiz.models.scores.editions import Edition, UnitLink
from quiz.models.scores.rulings import StoredRuling
from quiz.models.sources.material import Claim, Material, Passage, Reference, Topic
from quiz.models.taking.attempts import Attempt, Score, StoredResponse
from quiz.models.taking.merges import AttemptMove, PeopleMerge
from quiz.models.taking.unnamed import UnnamedAttempt

__all__ = [
    "ActivityReport",
    "Attempt",
    "AttemptMove",
    "AuditDetail",
    "AuditEntry",
    "BankItem",
    "Base",
    "Claim",
    "Contest",
    "CoveredPassage",
    "Edition",
    "EndedSession",
    "Enrolment",
    "Erasure",
    "EvaluationBox",
    "Event",
    "EventMinutes",
    "Failure",
    "ForeignLine",
    "FormChoice",
    "ItemCitation",
    "ItemDraft",
    "ItemImport",
    "ItemVersion",
    "JoinRequest",
    "Material",
    "OneTimeLink",
    "PanelRating",
    "Passage",
    "PeopleMerge",
    "Presence",
    "Quiz",
    "QuizSlot",
    "RecoveryCode",
    "Reference",
    "ReviewNote",
    "RosterDraft",
    "Score",
    "SecondStep",
    "SetAside",
    "Setting",
    "Sitting",
    "StoredResponse",
    "StoredRuling",
    "StoredSlot",
    "SubjectRequest",
    "Topic",
    "Unit",
    "UnitKind",
    "UnitLink",
    "UnnamedAttempt",
    "User",
]
