"""Data in wrong hands: who was affected, the list for the office, and the letters."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.exports.affected_people import affected_people
from quiz.exports.documents.kinds import PAPER_KINDS
from quiz.exports.documents.privacy.letters import breach_letters
from quiz.exports.files import FILE_KINDS
from quiz.models import User
from quiz.models.people.audit import Action, SubjectType
from quiz.permissions import Permission
from quiz.queries.events.events import event_choices, event_with_code
from quiz.queries.people.people import accounts, person_called
from quiz.queries.people.privacy.breaches import Breach, DataKind, Way, affected
from quiz.web import moments
from quiz.web.access import me, requires
from quiz.web.downloads import saved_as
from quiz.web.forms import Form
from quiz.web.keys import office

bp = Blueprint("breaches", __name__)

LISTS = ("xlsx", "csv")


class BreachForm(Form):
    """What is known of it; it is sent by address, because it only asks."""

    class Meta(Form.Meta):
        csrf = False

    lewat = SelectField("Bagaimana", choices={way.value: way.label for way in Way})
    akun = SelectField("Akun yang dipakai orang lain")
    kegiatan = SelectField("Kegiatan")
    dari = moments.DayField("Dari tanggal")
    dari_jam = moments.ClockField("Dari pukul (WITA)")
    sampai = moments.DayField("Sampai tanggal")
    sampai_jam = moments.ClockField("Sampai pukul (WITA)")
    diketahui = moments.DayField("Diketahui tanggal")
    diketahui_jam = moments.ClockField("Diketahui pukul (WITA)")

    def read(self) -> Breach | None:
        """What was asked about; None after putting the faults at their fields."""
        since = moments.read(self.dari, self.dari_jam)
        until = moments.read(self.sampai, self.sampai_jam)
        known = moments.read(self.diketahui, self.diketahui_jam)
        if not self._chosen() or since is None or until is None or known is None:
            return None
        if until < since:
            self.sampai.errors = ["Akhirnya harus sesudah awalnya."]
            return None
        way = Way(self.lewat.data)
        account = person_called(db.session, self.akun.data) if way is Way.ACCOUNT else None
        event = event_with_code(db.session, self.kegiatan.data) if self.kegiatan.data else None
        return Breach(since, until, known, way, event, account)

    def _chosen(self) -> bool:
        """Whether the three choices are ones that are offered."""
        for field in (self.lewat, self.akun, self.kegiatan):
            if field.data not in field.choices:
                field.errors = ["Pilih salah satu dari daftar."]
        if self.lewat.data == Way.ACCOUNT and not self.akun.data:
            self.akun.errors = ["Pilih akun yang dipakai orang lain."]
        return not (self.lewat.errors or self.akun.errors or self.kegiatan.errors)


def _form(now: datetime) -> BreachForm:
    """The form as the address fills it, else the last day."""
    start, end = moments.show(now - timedelta(days=1)), moments.show(now)
    form = BreachForm(
        request.args if "lewat" in request.args else None,
        lewat=Way.UNKNOWN.value,
        dari=start[0],
        dari_jam=start[1],
        sampai=end[0],
        sampai_jam=end[1],
        diketahui=end[0],
        diketahui_jam=end[1],
    )
    people = accounts(db.session)
    form.akun.choices = {"": "–"} | {user.username: _called(user) for user in people}
    events = event_choices(db.session)
    form.kegiatan.choices = {"": "Semua kegiatan"} | events
    return form


def _called(user: User) -> str:
    return f"{user.name}, {user.role.label.lower()}"


@bp.get("/data-pribadi/kebocoran")
@requires(Permission.NAME_AFFECTED)
def page() -> ResponseReturnValue:
    form = _form(datetime.now(UTC))
    breach = form.read() if "lewat" in request.args else None
    people = affected(db.session, breach) if breach else []
    counted = Counter(kind for each in people for kind in each.kinds)
    return render_template(
        "people/breaches/page.html",
        form=form,
        breach=breach,
        number=len(people),
        opened=sum(each.opened for each in people),
        counted=[(kind, counted[kind]) for kind in DataKind if counted[kind]],
        lists=[(ending, FILE_KINDS[ending].label) for ending in LISTS],
        papers=[(ending, kind.label) for ending, kind in PAPER_KINDS.items()],
        asked=request.args.to_dict(),
    ), 400 if form.errors else 200


@bp.get(f"/data-pribadi/kebocoran/daftar.<any({', '.join(LISTS)}):ending>")
@requires(Permission.NAME_AFFECTED, writes=True)
def people_file(ending: str) -> ResponseReturnValue:
    breach = _logged(ending)
    kind = FILE_KINDS[ending]
    blob = kind.write(affected_people(breach, affected(db.session, breach)))
    return saved_as(f"orang-terkena.{ending}", blob, kind.media_type)


@bp.get(f"/data-pribadi/kebocoran/surat.<any({', '.join(PAPER_KINDS)}):ending>")
@requires(Permission.NAME_AFFECTED, writes=True)
def letters(ending: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    breach = _logged(ending)
    kind = PAPER_KINDS[ending]
    blob = kind.write(breach_letters(office(), breach, affected(db.session, breach), now))
    return saved_as(f"surat-pemberitahuan.{ending}", blob, kind.media_type)


def _logged(ending: str) -> Breach:
    """What the address asks about, its line in the log written and committed."""
    now = datetime.now(UTC)
    with db.looking():
        breach = _form(now).read()
        if breach is None:
            abort(400, description="Isiannya belum lengkap. Buka lagi halaman Bila data bocor.")
        code = breach.event.code if breach.event else ""
        way = breach.way.value
    on: tuple[SubjectType, str] = ("installation", "")
    record(
        db.session, now, me().user_id, Action.AFFECTED_LISTED, on, code=code, by=way, format=ending
    )
    db.session.commit()
    return breach
