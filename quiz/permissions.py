"""Who may do what: roles, permissions, and the one table that joins them.

Views name a permission, never a role (docs/architecture.md, "Who is asking").
"""

from enum import StrEnum


class Permission(StrEnum):
    """What a view can ask for. PUBLIC asks for nothing, not even a login."""

    PUBLIC = "public"
    TAKE_QUIZ = "take_quiz"
    OWN_DATA = "own_data"
    EDIT_ITEMS = "edit_items"
    SIGN_ITEMS = "sign_items"
    KEEP_LAW = "keep_law"
    RULE_ON_KEYS = "rule_on_keys"
    MANAGE_QUIZZES = "manage_quizzes"
    MANAGE_EVENTS = "manage_events"
    MANAGE_ROSTERS = "manage_rosters"
    MOVE_EVENTS = "move_events"
    HANDLE_CARDS = "handle_cards"
    ANSWER_REQUESTS = "answer_requests"
    MANAGE_UNITS = "manage_units"
    SEE_GROUP_FIGURES = "see_group_figures"
    SEE_REPORTS = "see_reports"
    SEE_EDITIONS = "see_editions"
    SEE_OWN_UNIT = "see_own_unit"
    SEE_NAMED_SCORES = "see_named_scores"
    MANAGE_ACCOUNTS = "manage_accounts"
    SEE_AUDIT = "see_audit"
    SEE_SETTINGS = "see_settings"
    CHANGE_SETTINGS = "change_settings"
    BACK_UP = "back_up"
    HOLD_BACKUPS = "hold_backups"
    NAME_AFFECTED = "name_affected"


class Role(StrEnum):
    """A person's role; the value is stored, the label is shown."""

    PARTICIPANT = "peserta"
    TRAINER = "narasumber"
    LEGAL_CHECKER = "pemeriksa"
    OFFICER = "petugas"
    UNIT_HEAD = "pimpinan_unit"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.PARTICIPANT: "Peserta",
    Role.TRAINER: "Narasumber",
    Role.LEGAL_CHECKER: "Pemeriksa hukum",
    Role.OFFICER: "Petugas",
    Role.UNIT_HEAD: "Pimpinan unit",
    Role.ADMIN: "Admin",
}

PARTICIPANT_PERMISSIONS = frozenset({Permission.TAKE_QUIZ, Permission.OWN_DATA})
"""What entering by card or code gives, whatever the person's role."""

_OFFICE_WORK = frozenset(
    {
        Permission.MANAGE_QUIZZES,
        Permission.MANAGE_EVENTS,
        Permission.MANAGE_ROSTERS,
        Permission.MOVE_EVENTS,
        Permission.ANSWER_REQUESTS,
        Permission.MANAGE_UNITS,
        Permission.SEE_GROUP_FIGURES,
        Permission.SEE_REPORTS,
        Permission.SEE_EDITIONS,
        Permission.SEE_SETTINGS,
        Permission.BACK_UP,
    }
)

_IN_SOMEBODYS_NAME = frozenset({Permission.HANDLE_CARDS, Permission.SEE_NAMED_SCORES})
"""A card opens its person's scores, so whoever may not see these may not see cards either."""

_SPEAKING = frozenset(
    {Permission.EDIT_ITEMS, Permission.SEE_GROUP_FIGURES, Permission.SEE_EDITIONS}
)
"""Writing what is asked, and seeing how whole groups did at it: no unit and nobody's name."""

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.PARTICIPANT: PARTICIPANT_PERMISSIONS,
    Role.TRAINER: PARTICIPANT_PERMISSIONS | _SPEAKING,
    Role.LEGAL_CHECKER: PARTICIPANT_PERMISSIONS
    | _SPEAKING
    | {Permission.SIGN_ITEMS, Permission.KEEP_LAW, Permission.RULE_ON_KEYS},
    Role.OFFICER: PARTICIPANT_PERMISSIONS | _OFFICE_WORK | _IN_SOMEBODYS_NAME,
    Role.UNIT_HEAD: PARTICIPANT_PERMISSIONS | {Permission.SEE_OWN_UNIT},
    Role.ADMIN: PARTICIPANT_PERMISSIONS
    | _OFFICE_WORK
    | {
        Permission.EDIT_ITEMS,
        Permission.MANAGE_ACCOUNTS,
        Permission.SEE_AUDIT,
        Permission.CHANGE_SETTINGS,
        Permission.HOLD_BACKUPS,
        Permission.NAME_AFFECTED,
    },
}
