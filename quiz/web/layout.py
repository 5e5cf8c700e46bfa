"""What every page is given: navigation, who is there, warnings, the demo strip."""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from flask import Flask, current_app, request, url_for
from sqlalchemy import func, select

from quiz.assessment.items.item import Level, Status
from quiz.database import db
from quiz.models import Failure, Setting
from quiz.models.events.events import FeedbackMode, Phase
from quiz.permissions import Permission, Role
from quiz.queries.scores.contests import waiting_count
from quiz.web.access import can, who

ORGANISATION = "Kesbangpol Kutai Kartanegara"

CONTESTS = "Sanggahan"

MENU: tuple[tuple[Permission, str, str], ...] = (
    (Permission.MANAGE_EVENTS, "Kegiatan", "events.index"),
    (Permission.EDIT_ITEMS, "Soal", "items.index"),
    (Permission.KEEP_LAW, "Dasar hukum", "references.index"),
    (Permission.RULE_ON_KEYS, CONTESTS, "contests.index"),
    (Permission.MANAGE_QUIZZES, "Kuis", "quizzes.index"),
    (Permission.SEE_REPORTS, "Laporan", "reports.index"),
    (Permission.MANAGE_UNITS, "Unit", "units.index"),
    (Permission.MANAGE_ACCOUNTS, "Akun", "people.index"),
    (Permission.SEE_AUDIT, "Jejak", "audit.index"),
)
"""Permission, label and endpoint of each entry of the staff menu."""

WRONG_CODES_WORTH_SAYING = 100


class MenuLine(NamedTuple):
    """One entry of the menu."""

    label: str
    url: str
    current: bool


class Visitor(NamedTuple):
    """Whose browser this is, in words."""

    name: str
    role_label: str


class Notice(NamedTuple):
    """A warning on every staff page."""

    text: str
    url: str | None = None


def init_app(app: Flask) -> None:
    """Give every template of ``app`` the variables base.html asks for."""
    app.context_processor(page_context)
    app.add_template_global(can)
    app.add_template_global(Permission, "Permission")
    app.jinja_env.filters.update(
        status_label=lambda value: Status(value).label,
        phase_label=lambda value: Phase(value).label,
        mode_label=lambda value: FeedbackMode(value).label,
        role_label=lambda value: Role(value).label,
        level_label=lambda value: Level(value).label,
    )


def page_context() -> dict[str, Any]:
    """Variables of base.html. Costs one query on staff pages, two for who rules on keys."""
    identity = who()
    menu = [] if identity is None or identity.by_card else _menu()
    staff = bool(menu)
    return {
        "navigation": menu,
        "who": Visitor(identity.name, identity.role.label) if identity else None,
        "staff": staff,
        "notices": _notices() if staff else [],
        "organisation": ORGANISATION,
        "demo": is_demo(),
    }


def _menu() -> list[MenuLine]:
    """The entries this person may use; the one with the longest address that fits is current."""
    here = f"{request.script_root}{request.path}/"
    entries = [
        (label, url_for(endpoint)) for permission, label, endpoint in MENU if can(permission)
    ]
    fitting = [url for _, url in entries if here.startswith(f"{url}/")]
    current = max(fitting, key=len, default=None)
    return [MenuLine(_with_count(label), url, url == current) for label, url in entries]


def _with_count(label: str) -> str:
    """The label, with how many contests wait behind it for those who decide them."""
    if label != CONTESTS:
        return label
    waiting = waiting_count(db.session)
    return f"{label} {waiting}" if waiting else label


def _notices() -> list[Notice]:
    notices = []
    if current_app.extensions["quiz.settings"].staff_over_http and not request.is_secure:
        notices.append(
            Notice(
                "QUIZ_STAFF_OVER_HTTP=1: kata sandi petugas lewat jaringan ini tidak terenkripsi."
            )
        )
    since = datetime.now(UTC) - timedelta(minutes=10)
    wrong = db.session.scalar(
        select(func.count()).where(Failure.kind == "code", Failure.at >= since)
    )
    if wrong and wrong >= WRONG_CODES_WORTH_SAYING:
        notices.append(
            Notice(
                f"{wrong} kode peserta keliru dalam 10 menit terakhir. Mungkin ada yang menebak; "
                "kode yang benar tetap diterima."
            )
        )
    notices.extend(Notice(text) for text in current_app.extensions.get("quiz.notices", []))
    return notices


def is_demo() -> bool:
    """True when the database holds an invented event; asked of it once per process."""
    known = current_app.extensions.get("quiz.demo")
    if known is None:
        with db.reading() as session:
            known = session.scalar(select(Setting.id).where(Setting.key == "demo")) is not None
        current_app.extensions["quiz.demo"] = known
    return bool(known)
