"""Saving a change to a register in two steps: the items it flags are shown, then it is saved."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import flash, request

from quiz.actions.people.auditing import record
from quiz.actions.sources.keeping import change_record
from quiz.database import db
from quiz.models.refusals import Refused
from quiz.models.sources.material import Record
from quiz.queries.bank.citations import flagged_by, source_of
from quiz.web.access import me
from quiz.web.forms import Form


def agreed(flagged: list[str]) -> bool:
    """Whether the items shown before (sent back as ``akan``) are those that get flagged now."""
    return request.form.get("akan", "") == ",".join(flagged)


def saved(
    form: Form, row: Record, values: Callable[[], Mapping[str, Any]], what: str, now: datetime
) -> tuple[bool, list[str]]:
    """Take what was sent, note it in the audit log and say so; the view commits.

    Returns whether it was taken, and the codes of the items it flags or would flag. Why it was
    refused stands in the form's own errors. ``what`` begins the sentence: "Dasar hukum".
    """
    if not form.validate_on_submit():
        return False, []
    flagged = flagged_by(db.session, row, values())
    if not agreed(flagged):
        return False, flagged
    try:
        changed = change_record(db.session, row, values(), now)
    except Refused as refusal:
        form.form_errors.append(str(refusal))
        return False, flagged
    source = source_of(row)
    if changed:
        subject = (source.kind, source.code)
        action = f"{source.kind}_changed"
        record(db.session, now, me().user_id, action, subject, columns=changed, codes=flagged)
    flash(f"{what} {row.code} tersimpan. {len(flagged)} soal perlu ditinjau.", "success")
    return True, flagged
