"""An event as a file to take along, and what gave way when files were read in."""

from datetime import UTC, datetime
from io import BytesIO

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quiz.database import db
from quiz.exports.event_file import MEDIA_TYPE, file_name, write_event_file
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.events.transfer.set_aside import MOST_SHOWN, number_set_aside, rows_set_aside
from quiz.web.access import log_apart, requires
from quiz.web.downloads import saved_as
from quiz.web.keys import card_keys
from quiz.web.loaders.events import event_or_404

bp = Blueprint("event_files", __name__)


@bp.get("/kegiatan/<code>/berkas")
@requires(Permission.MOVE_EVENTS)
def page(code: str) -> ResponseReturnValue:
    event = event_or_404(code, archived_too=True, erased_too=True)
    aside = number_set_aside(db.session, event)
    return render_template("events/event_files/page.html", event=event, aside=aside)


@bp.post("/kegiatan/<code>/berkas")
@requires(Permission.MOVE_EVENTS)
def download(code: str) -> ResponseReturnValue:
    """The file, as one transaction that keeps nobody waiting sees the event."""
    now = datetime.now(UTC)
    event = event_or_404(code, archived_too=True, erased_too=True)
    log_apart(Action.EVENT_EXPORTED, ("event", event.uid))
    blob = BytesIO()
    with db.reading() as session:
        write_event_file(session, event, card_keys(), blob, now)
    return saved_as(file_name(event, now), blob.getvalue(), MEDIA_TYPE)


@bp.get("/kegiatan/<code>/berkas/dikesampingkan")
@requires(Permission.SEE_NAMED_SCORES)
def set_aside(code: str) -> ResponseReturnValue:
    event = event_or_404(code, archived_too=True)
    rows, total = rows_set_aside(db.session, event), number_set_aside(db.session, event)
    page = render_template(
        "events/event_files/set_aside.html", event=event, rows=rows, total=total, most=MOST_SHOWN
    )
    if rows:
        log_apart(Action.PARTICIPANTS_OPENED, ("event", event.uid), again=False)
    return page
