"""What the head of a unit sees: that unit's part of the newest edition, by account or by link.

Nothing here is live, and nothing is written: whoever has a link may open it.
"""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from quiz.database import db
from quiz.exports.documents.apel import NOTHING, unit_apel
from quiz.models import Event
from quiz.permissions import Permission
from quiz.queries.scores.caveats import PURPOSE
from quiz.queries.scores.editions import published
from quiz.queries.scores.editions.published import UnitAt
from quiz.web.access import requires
from quiz.web.loaders.scores import linked_unit_or_gone, own_unit_or_404

bp = Blueprint("own_unit", __name__)


@bp.get("/unit-saya")
@requires(Permission.SEE_OWN_UNIT)
def page() -> ResponseReturnValue:
    unit = own_unit_or_404()
    events = [event for event, _ in published.events_with_editions(db.session, unit)[0]]
    if not events:
        return render_template("scores/own_unit/none.html", unit=unit)
    asked = request.args.get("kegiatan")
    event = next((each for each in events if each.code == asked), events[0])
    return _shown(UnitAt(unit, event), events, {"about": "own_unit", "code": event.code})


@bp.get("/u/<token>")
@requires(Permission.PUBLIC)
def by_link(token: str) -> ResponseReturnValue:
    return _shown(linked_unit_or_gone(token), [], {"about": "linked_unit", "token": token})


def _shown(at: UnitAt, events: list[Event], sheet: dict[str, Any]) -> str:
    """The page; ``sheet`` is where the apel sheet is to be had as a file."""
    found = published.parts_of_unit(db.session, at)
    return render_template(
        "scores/own_unit/unit.html",
        unit=at.unit,
        event=at.event,
        events=events,
        edition=found.edition,
        withdrawn=found.withdrawn and published.withdrawal_words(found.withdrawn),
        parts=[(each.figures.report(), each.part) for each in found.parts],
        apel=unit_apel(db.session, found.parts[0], datetime.now(UTC)) if found.parts else None,
        nothing=NOTHING,
        sheet=sheet,
        purpose=PURPOSE,
    )
