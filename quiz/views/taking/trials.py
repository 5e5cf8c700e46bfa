"""Trying a prepared form as a participant meets it. Only GETs, which can store nothing."""

from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from quiz.assessment.forms.crossing import FormName
from quiz.assessment.items.types import ITEM_TYPES
from quiz.database import db
from quiz.permissions import Permission
from quiz.queries.taking.asked import form_for
from quiz.queries.taking.attempt_page import PageItem, items_on
from quiz.queries.taking.keys import keys_are_out
from quiz.views.taking._given import tried_in
from quiz.web.access import can, requires
from quiz.web.loaders.events import sheet_or_404

bp = Blueprint("trials", __name__)


FORM = "<any(A,B):form>"


@bp.get("/kegiatan/<code>/sesi/<uid>/coba/<status>", defaults={"form": "A"})
@bp.get(f"/kegiatan/<code>/sesi/<uid>/coba/<status>/{FORM}")
@requires(Permission.MANAGE_EVENTS)
def take(code: str, uid: str, status: str, form: str) -> ResponseReturnValue:
    """The attempt page as it looks to somebody who begins when the sitting opens."""
    now = datetime.now(UTC)
    sheet = sheet_or_404(code, uid, status, FormName(form))
    sitting = sheet.sitting
    length = sitting.time_for(sitting.opens_at) or sitting.closes_at - sitting.opens_at
    here: dict[str, Any] = {
        "code": sitting.event.code,
        "uid": sitting.uid,
        "status": status,
        "form": form,
    }
    return render_template(
        "taking/trials/take.html",
        address=url_for("trials.take", **here),
        finish=url_for("trials.finish", **here),
        journal="percobaan",
        revision_base=0,
        status=sheet.status,
        name=sheet.form,
        sitting=sitting,
        entries=items_on(db.session, sheet, {}, reviewed=set()),
        server_now=now,
        end_at=now + length,
        form=None,
    )


@bp.get("/kegiatan/<code>/sesi/<uid>/coba/<status>/selesai", defaults={"form": "A"})
@bp.get(f"/kegiatan/<code>/sesi/<uid>/coba/<status>/{FORM}/selesai")
@requires(Permission.MANAGE_EVENTS)
def finish(code: str, uid: str, status: str, form: str) -> ResponseReturnValue:
    """The end of a try-out, what was chosen standing in its address; keys only for who may know."""
    now = datetime.now(UTC)
    sheet = sheet_or_404(code, uid, status, FormName(form))
    asked = form_for(db.session, sheet.sitting, sheet.status, sheet.form)
    shows_keys = can(Permission.EDIT_ITEMS) or keys_are_out(sheet.sitting, now)
    entries = items_on(
        db.session, sheet, tried_in(asked), reviewed=set(asked) if shows_keys else set()
    )
    return render_template(
        "taking/trials/finish.html",
        sitting=sheet.sitting,
        status=sheet.status,
        name=sheet.form,
        entries=entries,
        points=_knowledge(entries) if shows_keys else None,
    )


def _knowledge(entries: list[PageItem]) -> tuple[Fraction, Fraction]:
    """Points earned on knowledge items, and the most there were."""
    reviews = [
        entry.feedback
        for entry in entries
        if entry.feedback and ITEM_TYPES[entry.item.type].scale == "knowledge"
    ]
    earned = sum((review.points for review in reviews), Fraction(0))
    return earned, sum((review.maximum for review in reviews), Fraction(0))
