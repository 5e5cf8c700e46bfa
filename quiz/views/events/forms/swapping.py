"""One position of a prepared form: what could stand there instead, and the buttons that put it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response as WerkzeugResponse

from quiz.actions.events.swapping import Swapped, put_back, refusal_to_swap, swap
from quiz.actions.people.auditing import record
from quiz.assessment.analysis.disclosure import Figures
from quiz.assessment.forms.crossing import FormName
from quiz.assessment.items.types import ITEM_TYPES
from quiz.database import db
from quiz.models import ItemVersion, Sitting
from quiz.models.people.audit import Action, Detail
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.events.forms.alternatives import Place, alternatives, places_at, uses_of
from quiz.queries.scores.items.complete import Scope
from quiz.queries.scores.items.item_analysis import analysed_items
from quiz.queries.sources.material import topic_names
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.loaders import missing
from quiz.web.loaders.events import sitting_or_404

bp = Blueprint("swapping", __name__)

ADDRESS = "/kegiatan/<code>/sesi/<uid>/soal/<any(A,B):form>/<int:position>"


@dataclass(frozen=True)
class Offer:
    """An item at the position, and what may stand there instead of it."""

    place: Place
    others: list[ItemVersion]


@bp.get(ADDRESS)
@requires(Permission.MANAGE_EVENTS)
def page(code: str, uid: str, form: str, position: int) -> ResponseReturnValue:
    sitting = sitting_or_404(code, uid)
    places = places_at(db.session, sitting, FormName(form), position)
    if not places:
        missing(f"{sitting.label} tidak punya soal nomor {position}. Buka lagi halaman sesinya.")
    refusal = refusal_to_swap(db.session, sitting)
    offers = [Offer(each, [] if refusal else alternatives(db.session, each)) for each in places]
    shown = [version for offer in offers for version in (offer.place.version, *offer.others)]
    return render_template(
        "events/swapping/page.html",
        event=sitting.event,
        sitting=sitting,
        name=FormName(form),
        slot=places[0].slot,
        offers=offers,
        refusal=refusal,
        uses=uses_of(db.session, shown),
        figures=_figures(shown),
        topics=topic_names(db.session),
        types=ITEM_TYPES,
    )


def _figures(versions: list[ItemVersion]) -> dict[str, Figures]:
    """Version uid → how it has done so far, for those that somebody has met."""
    wanted = {version.uid for version in versions}
    found = analysed_items(db.session, Scope(), datetime.now(UTC))
    return {row.version.uid: row.figures for row in found if row.version.uid in wanted}


@bp.post(ADDRESS)
@requires(Permission.MANAGE_EVENTS)
def replace(code: str, uid: str, form: str, position: int) -> ResponseReturnValue:
    now = datetime.now(UTC)
    sitting = sitting_or_404(code, uid)
    old, new = request.form.get("lama", ""), request.form.get("baru", "")
    at = (FormName(form), position)
    return _done(
        sitting,
        lambda: swap(db.session, sitting, at, old, new, now),
        Action.ITEM_SWAPPED,
        at,
        now,
    )


@bp.post(f"{ADDRESS}/semula")
@requires(Permission.MANAGE_EVENTS)
def undo(code: str, uid: str, form: str, position: int) -> ResponseReturnValue:
    now = datetime.now(UTC)
    sitting = sitting_or_404(code, uid)
    at = (FormName(form), position)
    old = request.form.get("lama", "")
    return _done(
        sitting,
        lambda: put_back(db.session, sitting, at, old, now),
        Action.ITEM_SWAP_UNDONE,
        at,
        now,
    )


def _done(
    sitting: Sitting,
    deed: Callable[[], Swapped],
    action: Action,
    at: tuple[FormName, int],
    now: datetime,
) -> WerkzeugResponse:
    """Do it, log it, and show the position as it stands now; a refusal changes nothing."""
    if not Form().validate_on_submit():
        abort(400)
    try:
        before, after = deed()
    except Refused as refusal:
        db.session.rollback()
        abort(409, description=str(refusal))
    detail = Detail(sitting=sitting.label, before=before.bank_item.code, after=after.bank_item.code)
    record(db.session, now, me().user_id, action, ("sitting", sitting.uid), **detail)
    db.session.commit()
    words = f"Soal {at[1]} kini {after.bank_item.code}, menggantikan {before.bank_item.code}."
    flash(words, "success")
    code, uid = sitting.event.code, sitting.uid
    return redirect(url_for("swapping.page", code=code, uid=uid, form=at[0], position=at[1]), 303)
