"""What every page is given: navigation, who is there, warnings, the demo strip, people's names."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from flask import Flask, current_app, g, request, url_for

from quiz.assessment.items.item import Level, Status, option_letter
from quiz.database import db
from quiz.exchange.rosters.namesakes import with_words
from quiz.models import Enrolment, Event
from quiz.models.events.events import FeedbackMode
from quiz.permissions import Permission, Role
from quiz.queries.events.doubles.namesakes import namesakes
from quiz.queries.people.entering import wrong_codes
from quiz.queries.people.privacy import sights
from quiz.queries.scores.caveats import INVENTED
from quiz.queries.scores.contested.contests import waiting_count
from quiz.queries.scores.standings import Place
from quiz.web.access import can, who
from quiz.web.keys import in_demo, office, retention, settings
from quiz.web.layout import abbreviations

PRODUCT = "Kuis Netralitas ASN"

CONTESTS = "Sanggahan"

MENU: tuple[tuple[Permission, str, str], ...] = (
    (Permission.MANAGE_EVENTS, "Kegiatan", "events.index"),
    (Permission.EDIT_ITEMS, "Soal", "items.index"),
    (Permission.KEEP_LAW, "Dasar hukum", "references.index"),
    (Permission.RULE_ON_KEYS, CONTESTS, "contests.index"),
    (Permission.MANAGE_QUIZZES, "Kuis", "quizzes.index"),
    (Permission.SEE_GROUP_FIGURES, "Hasil kelompok", "groups.index"),
    (Permission.SEE_EDITIONS, "Laporan", "reports.index"),
    (Permission.SEE_OWN_UNIT, "Unit saya", "own_unit.page"),
    (Permission.MANAGE_UNITS, "Unit", "units.index"),
    (Permission.MANAGE_ACCOUNTS, "Akun", "people.index"),
    (Permission.SEE_AUDIT, "Jejak", "audit.index"),
    (Permission.SEE_SETTINGS, "Setelan", "settings.index"),
)
"""Permission, label and endpoint of each entry of the staff menu."""

IN_PLACE_OF = {"groups.index": Permission.SEE_REPORTS}
"""Entries that are none for whoever has this permission, and so reaches the same elsewhere."""

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
    by_card: bool


class Notice(NamedTuple):
    """A warning on every staff page."""

    text: str
    url: str | None = None


def init_app(app: Flask) -> None:
    """Give every template of ``app`` the variables base.html asks for."""
    app.context_processor(page_context)
    for needed in (can, instead_of_names, kept_words, name_of, navigation, notices, office):
        app.add_template_global(needed)
    app.add_template_global(Permission, "Permission")
    abbreviations.init_app(app)
    app.jinja_env.filters.update(
        status_label=lambda value: Status(value).label,
        mode_label=lambda value: FeedbackMode(value).label,
        role_label=lambda value: Role(value).label,
        level_label=lambda value: Level(value).label,
        option_letter=option_letter,
    )


def page_context() -> dict[str, Any]:
    """Variables of base.html. Asks the database when the office's settings have changed."""
    identity = who()
    return {
        "who": Visitor(identity.name, identity.role.label, identity.by_card) if identity else None,
        "staff": any(can(permission) for permission, _, _ in MENU),
        "organisation": office().organisation,
        "demo": INVENTED if in_demo() else None,
    }


def navigation() -> list[MenuLine]:
    """The entries this person may use; the one with the longest address that fits is current.

    Costs one query for who decides contests. Call it where the menu is drawn.
    """
    here = f"{request.script_root}{request.path}/"
    entries = [
        (label, url_for(endpoint))
        for permission, label, endpoint in MENU
        if can(permission) and not (endpoint in IN_PLACE_OF and can(IN_PLACE_OF[endpoint]))
    ]
    fitting = [url for _, url in entries if here.startswith(f"{url}/")]
    current = max(fitting, key=len, default=None)
    return [MenuLine(_with_count(label), url, url == current) for label, url in entries]


def _with_count(label: str) -> str:
    """The label, with how many contested items wait behind it for those who decide."""
    if label != CONTESTS:
        return label
    waiting = waiting_count(db.session)
    return f"{label} {waiting}" if waiting else label


def notices() -> list[Notice]:
    """What staff are warned of. One query. Call it where the warnings are drawn."""
    found = []
    if settings().staff_over_http and not request.is_secure:
        found.append(
            Notice(
                "QUIZ_STAFF_OVER_HTTP=1: kata sandi petugas lewat jaringan ini tidak terenkripsi."
            )
        )
    wrong = wrong_codes(db.session, datetime.now(UTC))
    if wrong >= WRONG_CODES_WORTH_SAYING:
        found.append(
            Notice(
                f"{wrong} kode peserta keliru dalam 10 menit terakhir. Mungkin ada yang menebak; "
                "kode yang benar tetap diterima."
            )
        )
    found.extend(Notice(text) for text in current_app.extensions.get("quiz.notices", []))
    return found


INSTEAD_OF_NAMES: tuple[tuple[Permission, str, str], ...] = (
    (Permission.SEE_REPORTS, "Laporan gabungan dan lembar apel", "reports.overview"),
    (Permission.SEE_GROUP_FIGURES, "Hasil kelompok", "groups.page"),
    (Permission.SEE_OWN_UNIT, "Unit saya", "own_unit.page"),
)
"""Permission, label and endpoint of what may be looked at where scores by name may not."""


def instead_of_names() -> MenuLine | None:
    """Where to go from a page of scores by name that this person may not see; None elsewhere."""
    view = current_app.view_functions.get(request.endpoint or "")
    asked = getattr(view, "permission", None)
    if asked is not Permission.SEE_NAMED_SCORES or can(asked):
        return None
    given = {"code": (request.view_args or {}).get("code")}
    for permission, label, endpoint in INSTEAD_OF_NAMES:
        if can(permission):
            place = {} if endpoint == "own_unit.page" else given
            return MenuLine(label, url_for(endpoint, **place), current=False)
    return None


def kept_words(event: Event | None = None) -> str:
    """How long names are kept, here or of one event."""
    return sights.kept_words(retention(), event.keep_until if event else None)


def name_of(enrolment: Enrolment | Place) -> str:
    """The person's name; where another in the unit has it too, with what tells them apart.

    "Siti Aminah (Guru kelas)". One query for each event a request names people of.
    """
    return with_words(enrolment.user.name, know_namesakes(enrolment.event_id).get(enrolment.id))


def know_namesakes(event_id: int) -> Mapping[int, str]:
    """Enrolment id → what tells the person apart, at this event; read once in a request.

    A page that names people only sometimes reads them first, so that it always asks as much.
    """
    known: dict[int, Mapping[int, str]] = g.setdefault("namesakes", {})
    if event_id not in known:
        known[event_id] = namesakes(db.session, event_id)
    return known[event_id]
