"""One item of a prepared form swapped by hand, and put back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.actions.events.preparing import lock_pair, mark_anchors
from quiz.assessment.forms.crossing import FormName
from quiz.models.bank.items import ItemVersion
from quiz.models.events.events import Sitting
from quiz.models.events.forms import FormChoice, StoredSlot
from quiz.models.refusals import Refused
from quiz.queries.events.forms.alternatives import Place, alternatives, places_at
from quiz.queries.events.prepared import has_attempts

Swapped = tuple[ItemVersion, ItemVersion]
"""What stood there, and what stands there now."""


def refusal_to_swap(session: Session, sitting: Sitting) -> str | None:
    """Why the items of a sitting stay as they are; None where nobody has begun it nor its twin."""
    begun = next((each for each in sitting.pair if has_attempts(session, each)), None)
    if begun is None:
        return None
    return (
        f"{begun.label} sudah dikerjakan, jadi soalnya tidak diganti lagi: semua orang harus "
        "mendapat soal yang sama. Soal yang keliru diperbaiki lewat putusan atas kunci."
    )


def swap(
    session: Session,
    sitting: Sitting,
    at: tuple[FormName, int],
    old: str,
    new: str,
    now: datetime,
) -> Swapped:
    """Ask version ``new`` (a uid) instead of ``old`` at that position of that form; the twin too.

    Raises Refused once somebody has begun, where ``old`` does not stand there any more, and for
    what is not among ``alternatives``.
    """
    pair, place = _locked(session, sitting, at, old)
    chosen = next((each for each in alternatives(session, place) if each.uid == new), None)
    if chosen is None:
        raise Refused(
            "Soal pengganti itu tidak dapat dipakai di sini: mungkin baru saja ditarik, diubah, "
            "atau dipakai di nomor lain. Pilih lagi dari daftar."
        )
    return _put(session, pair, place, chosen, now)


def put_back(
    session: Session, sitting: Sitting, at: tuple[FormName, int], old: str, now: datetime
) -> Swapped:
    """Ask again what *Siapkan* had chosen, instead of ``old``.

    Raises Refused as ``swap`` does, and where nothing was swapped.
    """
    pair, place = _locked(session, sitting, at, old)
    if place.first is None:
        raise Refused("Soal ini bukan hasil penggantian, jadi tidak ada yang dikembalikan.")
    if place.first not in alternatives(session, place):
        raise Refused(
            f"Soal semula ({place.first.bank_item.code}) tidak dapat dipakai lagi di sini: mungkin "
            "sudah ditarik, perlu ditinjau, atau dipakai di nomor lain."
        )
    return _put(session, pair, place, place.first, now)


def _locked(
    session: Session, sitting: Sitting, at: tuple[FormName, int], old: str
) -> tuple[Sequence[Sitting], Place]:
    pair = lock_pair(session, sitting)
    refusal = refusal_to_swap(session, sitting)
    if refusal:
        raise Refused(refusal)
    place = next((p for p in places_at(session, sitting, *at) if p.version.uid == old), None)
    if place is None:
        raise Refused(
            "Soal di nomor ini sudah diganti sejak halaman ini dibuka. Buka lagi halaman soalnya."
        )
    return pair, place


def _put(
    session: Session, pair: Sequence[Sitting], place: Place, new: ItemVersion, now: datetime
) -> Swapped:
    """A swap prepares the form anew, for forms are kept in memory under their preparation time."""
    choices = session.scalars(
        select(FormChoice)
        .join(FormChoice.slot)
        .where(
            StoredSlot.sitting_id.in_([each.id for each in pair]),
            StoredSlot.form == place.form,
            StoredSlot.position == place.slot.position,
            FormChoice.item_version_id == place.version.id,
        )
    )
    for choice in choices:
        first = choice.chosen_first or place.version
        choice.version, choice.chosen_first = new, None if first is new else first
    for each in pair:
        each.prepared_at = now
    session.flush()
    mark_anchors(session, place.sitting.event_id)
    return place.version, new
