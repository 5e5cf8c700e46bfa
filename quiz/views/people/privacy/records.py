"""What is done here with personal data: the record of processing as a page."""

from datetime import UTC, datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quiz.database import db
from quiz.exports.documents.paper import Block
from quiz.exports.documents.privacy.record import record_blocks
from quiz.permissions import Permission
from quiz.queries.people.privacy.processing import processing
from quiz.web.access import requires
from quiz.web.machine.described import machine

bp = Blueprint("records", __name__)


@bp.get("/data-pribadi")
@requires(Permission.ANSWER_REQUESTS)
def page() -> ResponseReturnValue:
    found = processing(db.session, machine())
    return render_template(
        "people/records/page.html",
        blocks=[(_kind(block), block) for block in record_blocks(found)],
        waiting=found.waiting,
        now=datetime.now(UTC),
    )


def _kind(block: Block) -> str:
    """Which of the page's ways to draw it."""
    return type(block).__name__.lower()
