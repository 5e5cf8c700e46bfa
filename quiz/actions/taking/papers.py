"""Answers on paper become an ordinary attempt, typed by somebody, and compared if typed again."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.actions.taking.taking import has_read_feedback, hold_place
from quiz.assessment.attempt_state import SittingState
from quiz.assessment.forms.crossing import FormName
from quiz.assessment.items.item import Chosen
from quiz.codes import receipt
from quiz.formats import datetime_id
from quiz.models.events.enrolments import Enrolment
from quiz.models.events.events import Sitting
from quiz.models.refusals import Refused
from quiz.models.taking.attempts import Attempt, StoredResponse
from quiz.queries.taking.asked import asked_in, form_for, responses_of
from quiz.queries.taking.attempts import current_attempt
from quiz.queries.taking.crossing import open_to
from quiz.queries.taking.papers import letters_stored, paper_refusal


def refusal_to_type(
    session: Session, sitting: Sitting, enrolment: Enrolment, form: FormName, now: datetime
) -> str | None:
    """Why this person's paper of this form cannot be typed, and the way out; None where it can."""
    name, label = enrolment.user.name, sitting.label
    if not sitting.phase.counted or sitting.prepared_at is None:
        return f"{label} tidak dikerjakan di kertas: latihan dan sesi yang belum disiapkan."
    if sitting.state(now) is SittingState.SCHEDULED:
        return (
            f"{label} baru dibuka {datetime_id(sitting.opens_at)}. Ketik kertasnya sesudah itu, "
            "atau buka sesinya sekarang."
        )
    if not form_for(session, sitting, enrolment.status, form):
        return (
            f"Soal {label} untuk status {enrolment.status.label} belum disiapkan. Tekan Lengkapi "
            "pada halaman sesinya."
        )
    attempt = current_attempt(session, sitting, enrolment)
    if attempt is None:
        return _met_before(session, sitting, enrolment, form) or paper_refusal(session, sitting)
    if attempt.on_paper:
        return f"Kertas {label} {name} sudah diketik. Bila keliru, ketik ulang untuk memeriksanya."
    return (
        f"{name} sudah mengerjakan {label} di HP, mulai {datetime_id(attempt.started_at)}, jadi "
        "kertasnya tidak diketik. Bila yang di kertas yang berlaku, batalkan dulu pengerjaan itu "
        "dengan Ulangi dari awal pada halaman orangnya."
    )


def _met_before(
    session: Session, sitting: Sitting, enrolment: Enrolment, form: FormName
) -> str | None:
    if open_to(session, sitting, form, [enrolment]):
        return None
    return (
        f"{enrolment.user.name} sudah menemui soal formulir {form} pada sesi pasangannya, jadi "
        f"{sitting.label} dikerjakannya dengan formulir {form.other}. Beri lembar formulir "
        f"{form.other}; yang ini tidak diketik."
    )


@dataclass(frozen=True)
class Paper:
    """Whose paper of which form, and what is chosen on it: position → options, blanks may be left
    out.

    ``after_release``: it was filled in when the keys were out.
    """

    sitting: Sitting
    enrolment: Enrolment
    form: FormName
    chosen: Mapping[int, Chosen]
    after_release: bool = False


def type_paper(
    session: Session, paper: Paper, by_id: int, now: datetime, card_key: bytes
) -> Attempt:
    """The attempt, handed in, that the paper makes; begun when the sitting opened.

    Filled in after the release it stands in no figure. Raises Refused as ``refusal_to_type`` says.
    """
    sitting, enrolment = paper.sitting, paper.enrolment
    if not hold_place(session, enrolment):
        raise Refused(
            f"{enrolment.user.name} tidak ada lagi di daftar peserta: mungkin baru saja digabung "
            "atau dikeluarkan. Cari lagi namanya di halaman Kertas."
        )
    refusal = refusal_to_type(session, sitting, enrolment, paper.form, now)
    if refusal:
        raise Refused(refusal)
    attempt = Attempt(
        enrolment=enrolment,
        sitting=sitting,
        form=paper.form,
        counted=True,
        started_at=sitting.opens_at,
        seed=secrets.token_hex(8),
        typed_by_id=by_id,
        after_release=paper.after_release or has_read_feedback(session, sitting, enrolment),
    )
    session.add(attempt)
    session.flush()
    _store(session, attempt, paper.chosen, now)
    attempt.receipt = receipt(attempt.uid, card_key)
    attempt.submitted_at = now
    session.flush()
    return attempt


def positions_apart(
    session: Session, attempt: Attempt, chosen: Mapping[int, Chosen]
) -> dict[int, Chosen]:
    """Position → what is stored where the second typing says otherwise.

    Holds the attempt's row until the transaction ends, so that what was compared is replaced.
    """
    session.refresh(attempt, with_for_update=True)
    stored = letters_stored(session, attempt)
    return {
        position: stored.get(position, ())
        for position in sorted(asked_in(session, attempt))
        if set(stored.get(position, ())) != set(chosen.get(position, ()))
    }


def retype_paper(
    session: Session, attempt: Attempt, chosen: Mapping[int, Chosen], by_id: int, now: datetime
) -> None:
    """What was typed the second time holds from now on, and the paper counts as compared."""
    _store(session, attempt, chosen, now)
    attempt.retyped_by_id = by_id
    session.flush()


def _store(session: Session, attempt: Attempt, chosen: Mapping[int, Chosen], now: datetime) -> None:
    """Keep a response where something is chosen, and clear what stood elsewhere."""
    rows = responses_of(session, attempt)
    for position, asked in asked_in(session, attempt).items():
        options, row = list(chosen.get(position, ())), rows.get(position)
        if row is None and options:
            session.add(
                StoredResponse(
                    attempt_id=attempt.id,
                    position=position,
                    item_version_id=asked.version_id,
                    chosen=options,
                    revision=1,
                    given_at=now,
                    saved_at=now,
                )
            )
        elif row is not None and row.chosen != options:
            row.chosen, row.revision, row.given_at, row.saved_at = (
                options,
                row.revision + 1,
                now,
                now,
            )
