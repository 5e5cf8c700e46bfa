"""What the head of a unit sees: that unit's part of the newest edition, by account or by link.

Nothing here is live, and nothing is written: whoever has a link may open it.
"""

from datetime import UTC, datetime
from typing import NamedTuple

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from quiz.assessment.analysis.editions.figures import (
    SittingFigures,
    UnitPart,
    sentences_for,
    unit_part,
)
from quiz.assessment.analysis.sitting_report import MisreadSentence, SittingReport
from quiz.database import db
from quiz.models import Edition, Event, Unit
from quiz.permissions import Permission
from quiz.queries.scores.caveats import PURPOSE
from quiz.queries.scores.editions import published
from quiz.web.access import requires
from quiz.web.loaders.scores import link_of_token_or_404, own_unit_or_404

bp = Blueprint("own_unit", __name__)

FOR_THE_NEXT_APEL = 3
"""So many sentences can be talked about at once."""


class Part(NamedTuple):
    """A sitting as the head of one unit sees it."""

    report: SittingReport
    part: UnitPart
    sentences: list[MisreadSentence]
    waiting: bool


@bp.get("/unit-saya")
@requires(Permission.SEE_OWN_UNIT)
def page() -> ResponseReturnValue:
    unit = own_unit_or_404()
    events = [event for event, _ in published.events_with_editions(db.session, unit)[0]]
    asked = request.args.get("kegiatan")
    chosen = next((each for each in events if each.code == asked), None)
    event = chosen or (events[0] if events else None)
    return _shown(unit, event, events)


@bp.get("/u/<token>")
@requires(Permission.PUBLIC)
def by_link(token: str) -> ResponseReturnValue:
    link = link_of_token_or_404(token)
    if not link.valid(datetime.now(UTC)):
        return render_template("scores/own_unit/gone.html"), 410
    return _shown(link.unit, link.event, [])


def _shown(unit: Unit, event: Event | None, events: list[Event]) -> str:
    editions = published.editions(db.session, event) if event else []
    newest = published.newest_valid(db.session, event) if event else None
    return render_template(
        "scores/own_unit/unit.html",
        unit=unit,
        event=event,
        events=events,
        edition=newest,
        withdrawn=_withdrawn(editions, newest),
        parts=_parts(newest, unit),
        purpose=PURPOSE,
    )


def _withdrawn(editions: list[Edition], newest: Edition | None) -> Edition | None:
    """The latest edition, if it was withdrawn."""
    return editions[0] if editions and editions[0] is not newest else None


def _parts(edition: Edition | None, unit: Unit) -> list[Part]:
    """The sittings of the edition in which the unit stands, latest first."""
    sittings = published.figures_of(edition).sittings if edition else ()
    found = [(each, unit_part(each.units, unit.code)) for each in reversed(sittings)]
    return [_part(figures, part) for figures, part in found if part is not None]


def _part(figures: SittingFigures, part: UnitPart) -> Part:
    sentences = sentences_for(figures, part.topic, FOR_THE_NEXT_APEL)
    return Part(figures.report(), part, sentences, figures.waiting)
