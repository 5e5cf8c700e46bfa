"""Named results for Kesbangpol: who stands where, one person's attempts, and a reset.

Every opening of a name with a score goes into the audit log.
"""

from datetime import UTC, datetime
from fractions import Fraction
from typing import NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from quiz.actions.people.auditing import record
from quiz.assessment.attempt_state import AttemptState, SittingState
from quiz.database import db
from quiz.formats import date_id
from quiz.models import Attempt, Enrolment, Event, Score, Sitting, User
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.events import roster
from quiz.queries.people import people
from quiz.queries.scores import reports, standings
from quiz.queries.scores.caveats import Caveats, after_release, caveats
from quiz.queries.scores.computed import computed_scores
from quiz.queries.scores.listed import Asked, Order, Part, listed
from quiz.queries.sources.material import topics
from quiz.queries.taking.attempt_page import items_with_feedback
from quiz.queries.taking.keys import held_by_crossing
from quiz.web.access import can, me, requires
from quiz.web.forms import Form, trimmed
from quiz.web.layout import name_of
from quiz.web.loaders.events import event_or_404, refuse_own
from quiz.web.loaders.scores import attempt_or_404, counted_sitting_or_404, participant_or_404
from quiz.web.paging import Page, page_number, this_page

bp = Blueprint("participants", __name__)

ON_A_PAGE = 100


@bp.get("/laporan/<code>/peserta")
@requires(Permission.SEE_NAMED_SCORES, writes=True)
def index(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    sittings, sitting = counted_sitting_or_404(event, now)
    record(db.session, now, me().user_id, Action.PARTICIPANTS_OPENED, ("sitting", sitting.uid))
    db.session.commit()
    everybody = standings.standings(db.session, [sitting], now)
    units = roster.units_on(db.session, event)
    asked = _asked({uid for uid, *_ in units})
    rows = listed(db.session, event, everybody, asked)
    number = page_number()
    said = caveats(db.session, [sitting], after_release(db.session, [sitting]))[sitting.id]
    return render_template(
        "scores/participants/index.html",
        event=event,
        sitting=sitting,
        caveats=said,
        rows=rows[(number - 1) * ON_A_PAGE : number * ON_A_PAGE],
        page=Page(number, len(rows), ON_A_PAGE),
        everybody=len(everybody),
        units=units,
        asked=asked,
        narrowed=_narrowed(asked, {uid: name for uid, name, _ in units}),
        parts=list(Part),
        orders=list(Order),
        sitting_choices=[
            {
                "text": f"{each.label}, {date_id(each.opens_at)}",
                "url": this_page(sesi=each.uid, halaman=None),
                "current": each.uid == sitting.uid,
            }
            for each in sittings
        ],
        readers=people.accounts_with(db.session, Permission.SEE_NAMED_SCORES),
        now=now,
    )


def _asked(units: set[str]) -> Asked:
    """What this request asks to see; what is no such choice asks for nothing."""
    unit, part, order = (request.args.get(name, "") for name in ("unit", "tampil", "urut"))
    return Asked(
        request.args.get("cari", "").strip()[:80],
        unit if unit in units else "",
        Part(part) if part in set(Part) else Part.ALL,
        Order(order) if order in set(Order) else Order.UNIT,
    )


def _narrowed(asked: Asked, units: dict[str, str]) -> list[str]:
    """What leaves somebody out, in words: they stand above the list, on paper too."""
    words = [f"memuat “{asked.search}”"] if asked.search else []
    if asked.unit:
        words.append(units[asked.unit])
    if asked.part is not Part.ALL:
        words.append(asked.part.label.lower())
    return words


class TopicPoints(NamedTuple):
    """Knowledge points on one topic."""

    name: str
    points: Fraction
    maximum: Fraction


class AttemptRow(NamedTuple):
    """One attempt as the person's page shows it; the score is None while it may change."""

    attempt: Attempt
    state: AttemptState
    score: Score | None
    topics: list[TopicPoints]
    caveats: Caveats


@bp.get("/laporan/<code>/peserta/<uid>")
@requires(Permission.SEE_NAMED_SCORES, writes=True)
def person(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    enrolment = participant_or_404(event, uid)
    record(db.session, now, me().user_id, Action.PARTICIPANT_OPENED, ("enrolment", enrolment.uid))
    db.session.commit()
    rows = _attempt_rows(enrolment, now)
    wanted = request.args.get("pengerjaan")
    over = [row for row in rows if row.score is not None]
    shown = next((row for row in over if row.attempt.uid == wanted), next(iter(over), None))
    held = held_by_crossing(shown.attempt.sitting, now) if shown else None
    if can(Permission.EDIT_ITEMS):
        held = None
    entries = items_with_feedback(db.session, shown.attempt) if shown and not held else []
    return render_template(
        "scores/participants/person.html",
        event=event,
        enrolment=enrolment,
        rows=rows,
        shown=shown,
        entries=entries,
        held=held,
        may_reset=can(Permission.MANAGE_EVENTS),
        now=now,
    )


def _attempt_rows(enrolment: Enrolment, now: datetime) -> list[AttemptRow]:
    attempts = standings.attempts_of(db.session, enrolment)
    over = [attempt for attempt in attempts if attempt.state(now) is AttemptState.FINISHED]
    scores = computed_scores(db.session, over, now)
    names = {topic.code: topic.name for topic in topics(db.session)}
    said = caveats(db.session, [attempt.sitting for attempt in attempts])
    return [
        AttemptRow(
            attempt,
            attempt.state(now),
            scores.get(attempt.id),
            _topic_points(scores.get(attempt.id), names),
            said[attempt.sitting_id],
        )
        for attempt in attempts
    ]


def _topic_points(score: Score | None, names: dict[str, str]) -> list[TopicPoints]:
    """Knowledge points by topic, in the order of the names."""
    totals = reports.topic_scores(score.items if score else ())
    order = {code: place for place, code in enumerate(names)}
    found = sorted(totals.items(), key=lambda entry: order.get(entry[0], len(order)))
    return [TopicPoints(names.get(code, code), *both) for code, both in found]


class ResetForm(Form):
    """Why an attempt is taken out of every figure."""

    reason = TextAreaField(
        "Alasan",
        description="Tersimpan dalam jejak. Contoh: HP peserta mati sebelum jawaban terkirim.",
        validators=[
            DataRequired("Tulis alasannya."),
            Length(max=400, message="Alasan paling banyak 400 huruf."),
        ],
        filters=[trimmed],
    )


@bp.route("/laporan/<code>/peserta/<uid>/ulang/<attempt_uid>", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def reset(code: str, uid: str, attempt_uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    enrolment = participant_or_404(event, uid)
    refuse_own(enrolment)
    attempt = attempt_or_404(enrolment, attempt_uid)
    if attempt.voided_at is not None:
        abort(409, description="Pengerjaan ini sudah dibatalkan. Peserta dapat mulai lagi.")
    begins = _begins(attempt.sitting, now)
    form = ResetForm()
    if not form.validate_on_submit():
        status = 400 if form.is_submitted() else 200
        return render_template(
            "scores/participants/reset.html",
            form=form,
            event=event,
            enrolment=enrolment,
            attempt=attempt,
            begins=begins,
            from_roster=_from_roster(),
            back=_before_reset(event, enrolment),
        ), status
    reason = form.reason.data or ""
    attempt.void(db.session.get_one(User, me().user_id), reason, now)
    record(
        db.session,
        now,
        me().user_id,
        Action.ATTEMPT_VOIDED,
        ("attempt", attempt.uid),
        reason=reason,
    )
    db.session.commit()
    flash(f"Pengerjaan {name_of(enrolment)} dibatalkan. Orang ini {begins}.", "success")
    return redirect(_before_reset(event, enrolment), 303)


def _begins(sitting: Sitting, now: datetime) -> str:
    """Whether a person without an attempt can begin one here, and what that takes."""
    if sitting.state(now) is SittingState.OPEN:
        return "dapat mulai dari awal"
    if sitting.refusal_to_reopen(now):
        return (
            "tidak dapat mulai lagi pada sesi ini: pembahasannya sudah dibuka, jadi sesinya tidak "
            "dibuka lagi. Tambah sesi baru pada kegiatan ini"
        )
    return (
        "dapat mulai dari awal, tetapi sesi ini sekarang tidak terbuka: buka atau perpanjang "
        "sesinya dulu"
    )


def _from_roster() -> bool:
    """Whether one came from the person's page on the roster."""
    return request.args.get("kembali") == "orang"


def _before_reset(event: Event, enrolment: Enrolment) -> str:
    """Where one came from: the roster, the person's results, or for who may not the report."""
    if _from_roster() and can(Permission.MANAGE_ROSTERS):
        return url_for("enrolments.page", code=event.code, uid=enrolment.uid)
    if can(Permission.SEE_NAMED_SCORES):
        return url_for("participants.person", code=event.code, uid=enrolment.uid)
    return url_for("reports.overview", code=event.code)
