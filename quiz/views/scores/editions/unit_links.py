"""Links for the heads of units: made for one unit and one event, sent by the officer, withdrawn."""

from datetime import UTC, datetime
from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import IntegerField, SelectField
from wtforms.validators import DataRequired, InputRequired, NumberRange

from quiz.actions.people.auditing import record
from quiz.actions.scores.publishing import new_unit_link
from quiz.codes import unit_link_token
from quiz.config.addresses import only_here
from quiz.database import db
from quiz.formats import date_id
from quiz.models import Event, Unit, UnitLink, User
from quiz.models.people.audit import Action, SubjectType
from quiz.models.scores.editions import LINK_DAYS
from quiz.permissions import Permission
from quiz.queries.scores.editions import published
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.keys import card_key, hall_address, office
from quiz.web.loaders.events import event_or_404
from quiz.web.loaders.scores import unit_link_or_404, unit_on_roster_or_404

bp = Blueprint("unit_links", __name__)

LONGEST_DAYS = 365


class LinkForm(Form):
    """A link for the head of one unit."""

    unit = SelectField("Unit", validators=[DataRequired("Pilih unit.")])
    days = IntegerField(
        "Berlaku",
        default=LINK_DAYS,
        validators=[
            InputRequired("Isi berapa hari tautan berlaku."),
            NumberRange(1, LONGEST_DAYS, f"Isi 1 sampai {LONGEST_DAYS} hari."),
        ],
    )

    def offer(self, units: list[Unit]) -> None:
        """Fill the list of units."""
        self.unit.choices = [("", "Pilih unit"), *((unit.code, unit.name) for unit in units)]


class Sent(NamedTuple):
    """A link with the text to send while it works."""

    link: UnitLink
    words: str | None


@bp.get("/laporan/<code>/tautan")
@requires(Permission.SEE_REPORTS)
def page(code: str) -> ResponseReturnValue:
    event = event_or_404(code)
    form = LinkForm()
    form.offer(published.units_at(db.session, event))
    return _page(event, form, datetime.now(UTC))


@bp.post("/laporan/<code>/tautan")
@requires(Permission.SEE_REPORTS)
def make(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    form = LinkForm()
    form.offer(published.units_at(db.session, event))
    if not form.validate_on_submit():
        return _page(event, form, now), 400
    link = new_unit_link(
        event,
        unit_on_roster_or_404(event, form.unit.data),
        days=form.days.data or LINK_DAYS,
        key=card_key(),
        by=db.session.get_one(User, me().user_id),
        now=now,
    )
    db.session.add(link)
    name = link.unit.name
    _record(link, Action.UNIT_LINK_MADE, now)
    db.session.commit()
    flash(f"Tautan untuk {name} dibuat. Salin teksnya, lalu kirim.", "success")
    return redirect(url_for("unit_links.page", code=code), 303)


@bp.post("/laporan/<code>/tautan/<uid>/cabut")
@requires(Permission.SEE_REPORTS)
def withdraw(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    link = unit_link_or_404(event_or_404(code), uid)
    if link.withdrawn_at is None:
        link.withdraw(db.session.get_one(User, me().user_id), now)
        _record(link, Action.UNIT_LINK_WITHDRAWN, now)
        db.session.commit()
    flash("Tautan dicabut dan tidak terbuka lagi.", "success")
    return redirect(url_for("unit_links.page", code=code), 303)


def _record(link: UnitLink, action: Action, now: datetime) -> None:
    subject: tuple[SubjectType, str] = ("event", link.event.uid)
    record(db.session, now, me().user_id, action, subject, unit=link.unit.name)


def _page(event: Event, form: LinkForm, now: datetime) -> str:
    base = office().office_url or hall_address() or request.host_url.rstrip("/")
    links = published.unit_links(db.session, event)
    return render_template(
        "scores/unit_links/page.html",
        event=event,
        form=form,
        sent=[Sent(link, _words(link, base) if link.valid(now) else None) for link in links],
        newest=published.newest_valid(db.session, event),
        base=base,
        at_home=bool(office().office_url),
        reachable=not only_here(base),
        longest=LONGEST_DAYS,
        now=now,
    )


def _words(link: UnitLink, base: str) -> str:
    token = unit_link_token(card_key(), link.uid)
    return "\n\n".join(
        [
            f"Yth. Pimpinan {link.unit.name}",
            f"Hasil kuis {link.event.title}, {date_id(link.event.starts_at)}, untuk unit "
            "Bapak/Ibu, tanpa nama peserta, beserta kalimat untuk apel berikutnya:\n"
            f"{base}{url_for('own_unit.by_link', token=token)}",
            f"Tautan berlaku sampai {date_id(link.expires_at)}. Siapa pun yang memegangnya dapat "
            "membuka halaman ini, jadi jangan diteruskan.",
            office().organisation,
        ]
    )
