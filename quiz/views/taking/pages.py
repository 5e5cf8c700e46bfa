"""Pages around the quiz: home, practice, one's own data, and what this is."""

from datetime import UTC, datetime

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.events import attending
from quiz.actions.people.auditing import record
from quiz.assessment.items.item import BadResponse, Chosen
from quiz.assessment.items.types import ITEM_TYPES
from quiz.database import db
from quiz.exports.own_data import own_json
from quiz.models import Enrolment
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.people.privacy.processing import collected
from quiz.queries.people.privacy.sights import sights
from quiz.queries.scores.contested.contests import told_at_home
from quiz.queries.taking.attempt_page import practised_item
from quiz.queries.taking.attempts import own_enrolments
from quiz.queries.taking.home import Home, home_of
from quiz.queries.taking.own_data import OwnData, own_data
from quiz.views.taking._given import note_notice
from quiz.web.access import can, me, requires, who
from quiz.web.downloads import saved_as
from quiz.web.errors import ApiError
from quiz.web.forms import Form
from quiz.web.identity import Identity
from quiz.web.layout import MENU
from quiz.web.loaders.taking import own_enrolment_or_404, practice_item_or_404
from quiz.web.machine.ailing import trouble_now

bp = Blueprint("pages", __name__)


@bp.get("/")
@requires(Permission.PUBLIC)
def home() -> ResponseReturnValue:
    now = datetime.now(UTC)
    identity = who()
    if identity is None:
        return redirect(url_for("auth.enter"))
    enrolments = _enrolments(identity, now)
    work = next((endpoint for needed, _, endpoint in MENU if can(needed)), None)
    if work and (not enrolments or "saya" not in request.args):
        return redirect(url_for(work))
    homes = _homes(enrolments, now)
    return render_template(
        "taking/pages/home.html",
        homes=homes,
        told=told_at_home(db.session, [home.enrolment.id for home in homes]),
        waiting=bool(homes) and all(home.waits for home in homes),
        word=_word(homes),
        now=now,
        form=Form(),
    )


@bp.get("/menunggu")
@requires(Permission.TAKE_QUIZ, api=True)
def waiting() -> ResponseReturnValue:
    """The word of the home page now, for a phone that waits there."""
    now = datetime.now(UTC)
    return jsonify(word=_word(_homes(_enrolments(me(), now), now)))


def _enrolments(identity: Identity, now: datetime) -> list[Enrolment]:
    return own_enrolments(
        db.session, user_id=identity.user_id, enrolment_id=identity.enrolment_id, now=now
    )


def _homes(enrolments: list[Enrolment], now: datetime) -> list[Home]:
    """What the home page shows: the newest events one is invited to."""
    return [home_of(db.session, enrolment, now) for enrolment in enrolments[:3]]


def _word(homes: list[Home]) -> str:
    return " ".join(home.word for home in homes)


@bp.post("/")
@requires(Permission.TAKE_QUIZ)
def check_in() -> ResponseReturnValue:
    """The participant says "saya hadir"."""
    now = datetime.now(UTC)
    identity = me()
    chosen = own_enrolment_or_404(request.form.get("enrolment", ""), now)
    if not chosen.event.under_way(now):
        abort(409, description="Tanda hadir hanya dapat diberikan pada hari kegiatan.")
    note_notice(chosen, now)
    if attending.check_in(db.session, chosen, now):
        record(db.session, now, identity.user_id, Action.CHECK_IN, ("enrolment", chosen.uid))
    db.session.commit()
    return redirect(url_for("pages.home"), 303)


@bp.get("/latihan")
@requires(Permission.TAKE_QUIZ)
def practice() -> ResponseReturnValue:
    entry = practised_item(practice_item_or_404(), (), reviewed=False)
    return render_template("taking/pages/practice.html", entry=entry, form=Form(), blank=False)


@bp.post("/latihan")
@requires(Permission.TAKE_QUIZ)
def practice_answer() -> ResponseReturnValue:
    """Feedback at once; nothing is stored."""
    item = practice_item_or_404()
    chosen: Chosen
    try:
        values = [v for v in request.form.getlist("jawaban-1") if v]
        chosen = ITEM_TYPES[item.type].read(item, values)
    except BadResponse as error:
        abort(400, description=str(error))
    entry = practised_item(item, chosen, reviewed=bool(chosen))
    return render_template("taking/pages/practice.html", entry=entry, form=Form(), blank=not chosen)


@bp.get("/data-saya")
@requires(Permission.OWN_DATA)
def my_data() -> ResponseReturnValue:
    now = datetime.now(UTC)
    return render_template("taking/pages/my_data.html", own=_own(now), now=now)


@bp.get("/data-saya.json")
@requires(Permission.OWN_DATA)
def my_data_file() -> ResponseReturnValue:
    now = datetime.now(UTC)
    return saved_as("data-saya.json", own_json(_own(now), now), "application/json")


def _own(now: datetime) -> OwnData:
    identity = me()
    return own_data(db.session, identity.user_id, identity.enrolment_id, now)


@bp.get("/privasi")
@requires(Permission.PUBLIC)
def privacy() -> ResponseReturnValue:
    return render_template(
        "taking/pages/privacy.html",
        sights=sights(),
        collected=collected(db.session),
    )


@bp.get("/tentang")
@requires(Permission.PUBLIC)
def about() -> ResponseReturnValue:
    return render_template("taking/pages/about.html")


@bp.get("/sehat")
@requires(Permission.PUBLIC, api=True)
def health() -> ResponseReturnValue:
    """Whether the database can be read and written; 503 and why where not. No secrets."""
    db.ping()
    found = trouble_now()
    if found:
        raise ApiError(503, "server", found.value)
    return jsonify(status="ok", time=datetime.now(UTC).isoformat())
