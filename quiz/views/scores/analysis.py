"""Item analysis in the browser: all items of an event or of all events, and one item whole.

Group figures only: nothing here names a person.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from quiz.assessment.analysis.display import (
    SMALLEST_DISCRIMINATION,
    SMALLEST_DISTRACTORS,
)
from quiz.assessment.analysis.item_flags import FlagKind, most_urgent_first
from quiz.assessment.analysis.suppression import OFFICE_MINIMUM
from quiz.database import db
from quiz.models import Event, Sitting
from quiz.permissions import Permission
from quiz.queries.scores.items.complete import Scope
from quiz.queries.scores.items.item_analysis import (
    AnalysedItem,
    analysed_items,
    analysed_version,
    closed_sittings,
)
from quiz.web.access import requires
from quiz.web.loaders.bank import version_or_404
from quiz.web.paging import PAGE_SIZE, Page, page_number, this_page

bp = Blueprint("analysis", __name__)

ANY_FLAG = "ada"

LIMITS = {
    "share": OFFICE_MINIMUM,
    "distractors": SMALLEST_DISTRACTORS,
    "discrimination": SMALLEST_DISCRIMINATION,
}
"""From how many people or answers on a figure is shown."""


def _by_facility(row: AnalysedItem) -> Any:
    facility = row.figures.facility
    return (facility is None, facility.value if facility else 0)


def _by_discrimination(row: AnalysedItem) -> Any:
    found = row.figures.discrimination
    return (found is None, found.r if found else 0)


ORDERS: dict[str, tuple[str, Callable[[AnalysedItem], Any]]] = {
    "tanda": ("Tanda terpenting dulu", lambda row: most_urgent_first(row.figures.flags)),
    "sulit": ("Tersulit dulu", _by_facility),
    "pembeda": ("Daya pembeda terendah dulu", _by_discrimination),
    "kode": ("Kode soal", lambda row: row.code),
}
"""What the list can be sorted by: its words and its key; equals stay by code."""


@bp.get("/soal/analisis")
@requires(Permission.EDIT_ITEMS)
def index() -> ResponseReturnValue:
    now = datetime.now(UTC)
    event_code, sitting_uid = request.args.get("kegiatan", ""), request.args.get("sesi", "")
    wanted = request.args.get("tanda", "")
    order = request.args.get("urut", "")
    order = order if order in ORDERS else "tanda"
    sittings = closed_sittings(db.session, Scope(), now)
    of_event = [sitting for sitting in sittings if sitting.event.code == event_code]
    scope = Scope(event=event_code or None, sitting=(sitting_uid or None) if of_event else None)
    found = analysed_items(db.session, scope, now)
    shown = sorted((row for row in found if _matches(row, wanted)), key=ORDERS[order][1])
    number = page_number()
    return render_template(
        "scores/analysis/index.html",
        rows=shown[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        page=Page(number, len(shown)),
        flag_filters=_flag_filters(found, wanted),
        sitting_filters=_sitting_filters(of_event, sitting_uid),
        events=_events(sittings),
        event_code=event_code,
        wanted=wanted,
        order=order,
        orders={name: words for name, (words, _) in ORDERS.items()},
        limits=LIMITS,
        scope=_scope_words(of_event, sitting_uid, wanted),
    )


def _scope_words(of_event: list[Sitting], sitting_uid: str, wanted: str) -> list[str]:
    """What the figures are limited to; paper has no filters to tell it."""
    words = [f"Kegiatan {of_event[0].event.code}"] if of_event else []
    words += [sitting.label for sitting in of_event if sitting.uid == sitting_uid]
    labels = {ANY_FLAG: "bertanda"} | {kind.value: kind.label for kind in FlagKind}
    return [*words, f"Hanya soal: {labels[wanted]}"] if wanted in labels else words


def _matches(row: AnalysedItem, wanted: str) -> bool:
    if wanted == ANY_FLAG:
        return bool(row.figures.flags)
    return not wanted or any(flag.kind.value == wanted for flag in row.figures.flags)


def _flag_filters(found: list[AnalysedItem], wanted: str) -> list[dict[str, object]]:
    """All, flagged, and each kind of flag that occurs, with how many items there are."""
    counted = [
        ("", "Semua", len(found)),
        (ANY_FLAG, "Bertanda", sum(bool(r.figures.flags) for r in found)),
    ]
    for kind in FlagKind:
        number = sum(row.flagged(kind) for row in found)
        if number or kind.value == wanted:
            counted.append((kind.value, kind.label, number))
    return [
        {
            "text": f"{words} {number}",
            "url": this_page(tanda=value, halaman=None),
            "current": wanted == value,
        }
        for value, words, number in counted
    ]


def _sitting_filters(sittings: list[Sitting], uid: str) -> list[dict[str, object]]:
    """The closed sittings of the chosen event; nothing where there is no choice."""
    if len(sittings) < 2:
        return []
    everything = {
        "text": "Semua sesi",
        "url": this_page(sesi=None, halaman=None),
        "current": not uid,
    }
    return [everything] + [
        {
            "text": sitting.label,
            "url": this_page(sesi=sitting.uid, halaman=None),
            "current": sitting.uid == uid,
        }
        for sitting in sittings
    ]


def _events(sittings: list[Sitting]) -> list[Event]:
    return list({sitting.event.id: sitting.event for sitting in sittings}.values())


@bp.get("/soal/<code>/analisis")
@requires(Permission.EDIT_ITEMS)
def page(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    versions, version = version_or_404(code, request.args.get("versi", type=int))
    sittings = closed_sittings(db.session, Scope(version=version), now)
    uid = request.args.get("sesi", "")
    chosen = next((sitting for sitting in sittings if sitting.uid == uid), None)
    row, choices = analysed_version(db.session, version, now, chosen.uid if chosen else None)
    return render_template(
        "scores/analysis/page.html",
        versions=versions,
        version=version,
        row=row,
        choices=choices,
        sittings=sittings,
        chosen=chosen,
        limits=LIMITS,
    )
