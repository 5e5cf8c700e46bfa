"""An event used again: copied to another day, with or without its people."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from secrets import token_hex

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from quiz.actions.events.copying import copy_people, copy_sittings, swapped_quizzes
from quiz.actions.events.preparing import prepare_all
from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.models import Event, Sitting
from quiz.models.events.events import Phase
from quiz.models.people.audit import Action, Detail
from quiz.permissions import Permission
from quiz.queries.events import events
from quiz.views.events._event_form import NewEventForm
from quiz.web import moments
from quiz.web.access import me, requires
from quiz.web.keys import card_key
from quiz.web.loaders.events import event_or_404

bp = Blueprint("copies", __name__)

WITHOUT, WITH = "tanpa", "dengan"
SAME, SWAPPED = "sama", "silang"
WEEK = timedelta(days=7)

MOST_NAMED = 10
"""Names in a message: it travels in a cookie."""


class CopyForm(NewEventForm):
    """The new event, and what of the old one comes along."""

    people = RadioField("Peserta", default=WITHOUT)
    quizzes = RadioField("Kuis", default=SAME)

    def offer(self, sittings: Iterable[Sitting], people: int) -> None:
        """Fill the choices with what the old event has; where there is none, nothing is asked."""
        self.people.choices = {
            WITHOUT: "Tanpa peserta: daftar baru diunggah sesudah ini",
            WITH: f"Dengan {people} peserta yang sama: kartu baru, belum ada yang hadir",
        }
        swapped = swapped_quizzes(sittings)
        if swapped:
            pre, post = swapped[Phase.PRE].title, swapped[Phase.POST].title
            self.quizzes.choices = {
                SAME: "Kuis yang sama untuk tiap sesi",
                SWAPPED: f"Ditukar: pre-test memakai {pre}, post-test memakai {post}",
            }
        else:
            del self.quizzes
        if not people:
            del self.people

    @property
    def with_people(self) -> bool:
        """Whether the old event's people are invited."""
        return "people" in self and self.people.data == WITH

    @property
    def swapped(self) -> bool:
        """Whether pre-test and post-test change quizzes."""
        return "quizzes" in self and self.quizzes.data == SWAPPED


@bp.route("/kegiatan/<code>/salin", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def make(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    source = event_or_404(code, archived_too=True, erased_too=True)
    roster = events.roster_facts(db.session, source)
    form = _form(source, now)
    before = events.sittings_with_quiz(db.session, source)
    form.offer(before, roster.invited)
    if not form.validate_on_submit():
        status = 400 if form.is_submitted() else 200
        return render_template(
            "events/copies/make.html", form=form, source=source, sittings=before
        ), status
    event = Event(
        code=form.event_code,
        created_at=now,
        created_by_id=me().user_id,
        evaluates=source.evaluates,
    )
    form.write_to(event)
    if event.place == source.place:
        event.wifi_name, event.wifi_password = source.wifi_name, source.wifi_password
    db.session.add(event)
    sittings = copy_sittings(db.session, source, event, swapped=form.swapped)
    _record(event, sittings, Action.SITTING_ADDED, now)
    flash(f"Kegiatan {event.code} dibuat dari {source.code}.", "success")
    if len(sittings) < len(before):
        flash("Sesi yang kuisnya sudah ditarik tidak ikut disalin.", "attention")
    people = _bring_people(source, event, sittings, now) if form.with_people else 0
    record(
        db.session,
        now,
        me().user_id,
        Action.EVENT_COPIED,
        ("event", event.uid),
        title=event.title,
        code=source.code,
        added=people,
    )
    db.session.commit()
    return redirect(url_for("events.page", code=event.code), 303)


def _form(source: Event, now: datetime) -> CopyForm:
    """What the old event says, a whole number of weeks later and not before tomorrow."""
    weeks = max(1, (now - source.starts_at) // WEEK + 1)
    starts_at, ends_at = source.starts_at + weeks * WEEK, source.ends_at + weeks * WEEK
    day, start = moments.show(starts_at)
    last_day, end = moments.show(ends_at)
    return CopyForm(
        title=source.title,
        place=source.place,
        organiser=source.organiser,
        speakers=source.speakers,
        day=day,
        start=start,
        end=end,
        last_day=last_day if last_day != day else "",
    )


def _bring_people(source: Event, event: Event, sittings: list[Sitting], now: datetime) -> int:
    """Invite the people of the old event, prepare the forms for them, and say how far that went.

    Returns how many came. What the bank lacks for a form is told by the event's page.
    """
    people, left_out = copy_people(db.session, source, event, card_key())
    event.roster_source = f"disalin dari {source.code}"
    planned = [sitting for sitting in sittings if people and sitting.quiz.slots]
    gaps = prepare_all(db.session, planned, now, token_hex(8))
    prepared = [sitting for sitting in planned if not gaps[sitting]]
    _record(event, prepared, Action.SITTING_PREPARED, now)
    flash(
        f"{len(people)} peserta ikut disalin. Cetak kartu baru: kartu lama tidak berlaku di sini.",
        "success",
    )
    if left_out:
        more = len(left_out) - MOST_NAMED
        names = ", ".join(left_out[:MOST_NAMED]) + (f", dan {more} lagi" if more > 0 else "")
        flash(
            f"Tidak ikut disalin, karena unitnya sudah tidak dipakai: {names}. "
            "Tambahkan dengan unitnya yang baru.",
            "attention",
        )
    return len(people)


def _record(event: Event, sittings: list[Sitting], deed: Action, now: datetime) -> None:
    for sitting in sittings:
        detail = Detail(sitting=sitting.label, code=event.code)
        record(db.session, now, me().user_id, deed, ("sitting", sitting.uid), **detail)
