"""What every decision on a key shares: its reason, its line in the log, the sentence afterwards."""

from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from quiz.actions.scores.ruling import refuse_to_rule
from quiz.assessment.items.item import normal_text
from quiz.assessment.scores.effect import ShownEffect
from quiz.assessment.scores.ruling import KIND_WORDS
from quiz.database import db
from quiz.formats import step_id
from quiz.models import ItemVersion, StoredRuling, User
from quiz.models.people.audit import Detail
from quiz.models.refusals import Refused
from quiz.models.scores.contests import LONGEST, SHORTEST
from quiz.queries.scores.computed import ruling_from
from quiz.web.access import me
from quiz.web.forms import Form


def reason_field(label: str, description: str) -> TextAreaField:
    """A required text of SHORTEST to LONGEST characters, in normal form."""
    return TextAreaField(
        label,
        description=description,
        validators=[
            InputRequired("Tulis dulu isinya."),
            Length(SHORTEST, LONGEST, f"Tulis {SHORTEST} sampai {LONGEST} karakter."),
        ],
        filters=[lambda words: normal_text(words) if words else words],
    )


class ReasonForm(Form):
    """Why a ruling is made or withdrawn; participants read it."""

    reason = reason_field("Alasan", "Dibaca peserta di pembahasan. Sebut pasalnya.")


def refusal_of(version: ItemVersion) -> str | None:
    """Why whoever asks cannot rule on this version; None when they can."""
    try:
        refuse_to_rule(db.session, version, db.session.get_one(User, me().user_id))
    except Refused as refusal:
        return str(refusal)
    return None


def logged(row: StoredRuling, found: ShownEffect | None, reason: str) -> Detail:
    """What the audit log says of a ruling, or of its withdrawal, and of the scores it moved."""
    detail = Detail(
        version=row.version.number,
        kind=KIND_WORDS[ruling_from(row, row.version.uid).kind],
        reason=reason,
    )
    if found is not None:
        detail |= Detail(up=step_id(found.up), down=step_id(found.down), same=step_id(found.same))
    return detail


def effect_sentence(found: ShownEffect | None) -> str:
    """8–12 naik, 0–2 turun, 33–37 tetap; without numbers where there are too few people."""
    if found is None:
        return "Nilai yang terkena dihitung ulang."
    return f"{step_id(found.up)} naik, {step_id(found.down)} turun, {step_id(found.same)} tetap."
