"""A browser becomes somebody's, however it got there: by card, or by password and second step."""

from datetime import datetime

from flask import Response as Reply
from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.models import Enrolment, User
from quiz.models.people.audit import Action, SubjectType
from quiz.queries.people import entering
from quiz.queries.people.second_step import second_step
from quiz.views.people._proving import ProofForm, digits_page
from quiz.views.people._setting_up import SetUpForm, first_set_up_page
from quiz.web.access import safe_path
from quiz.web.devices import device_cookie
from quiz.web.held import HeldForm
from quiz.web.identity import (
    enter_as_account,
    enter_as_participant,
    enter_halfway,
    leave,
    owes_second_step,
)
from quiz.web.origin import client_address


def let_in(enrolment: Enrolment, way: Action, now: datetime) -> None:
    """End the session that was here, log the entry, commit, and begin the person's own."""
    leave(db.session, now)
    subject: tuple[SubjectType, str] = ("enrolment", enrolment.uid)
    record(db.session, now, enrolment.user_id, way, subject, address=client_address())
    db.session.commit()
    enter_as_participant(enrolment)


def admit(
    user: User,
    onward: str | None,
    now: datetime,
    held: HeldForm | None = None,
    *,
    by_password: bool = False,
) -> ResponseReturnValue:
    """Let in whoever gave, or just made, the password of ``user``: now, or after the second step.

    Every way to a staff session leads through here. Commits; ``by_password`` logs the login.
    """
    has_one = second_step(db.session, user.id) is not None
    if has_one or owes_second_step(user.role, has_one=False):
        return _ask_for_second_step(user, onward, now, held, has_one=has_one)
    if by_password:
        log_login(user, now)
    begin(user, now)
    return go_on(user, onward, held)


def log_login(user: User, now: datetime) -> None:
    """Say in the audit log that ``user`` is in. Writes."""
    record(db.session, now, user.id, Action.LOGIN, ("user", user.uid), address=client_address())


def begin(user: User, now: datetime) -> None:
    """End the session that was here, commit, and begin that of ``user``."""
    moment = _leave(now)
    enter_as_account(user, moment)


def go_on(user: User, onward: str | None, held: HeldForm | None) -> Reply:
    """To where they were going; a form kept on the way is offered to be sent."""
    if held is None:
        reply = make_response(redirect(safe_path(onward), 303))
    else:
        reply = make_response(resend_page(held))
    device_cookie(reply, user)
    return reply


def resend_page(held: HeldForm) -> str:
    """The form that was kept, to be sent by its writer."""
    return render_template("people/_entering/resend.html", held=held, to=safe_path(held.to))


def _ask_for_second_step(
    user: User, onward: str | None, now: datetime, held: HeldForm | None, *, has_one: bool
) -> ResponseReturnValue:
    """The page that asks for the digits, or leads to setting them up where they are demanded."""
    subject: tuple[SubjectType, str] = ("user", user.uid)
    record(db.session, now, user.id, Action.LOGIN_BEGUN, subject, address=client_address())
    moment = _leave(now)
    enter_halfway(user, moment)
    if held is None:
        endpoint = "halfway.digits" if has_one else "halfway.set_up"
        return redirect(url_for(endpoint, lanjut=safe_path(onward)), 303)
    carried = {"onward": safe_path(onward), "held": held.packed()}
    if has_one:
        form = ProofForm(formdata=None, **carried)
        return digits_page(form)
    return first_set_up_page(SetUpForm(formdata=None, **carried), user)


def _leave(now: datetime) -> datetime:
    """End the session that was here and commit; when the next one begins."""
    leave(db.session, now)
    moment = entering.not_before(db.session, now)
    db.session.commit()
    return moment
