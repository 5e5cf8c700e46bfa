"""What a phone sends, read into plain values; what is not as agreed is refused."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from flask import abort, request

from quiz.actions.taking.taking import Given, HandedInBy
from quiz.assessment.items.item import BadResponse, Chosen, Item
from quiz.assessment.items.types import ITEM_TYPES
from quiz.models import Enrolment, StoredResponse
from quiz.queries.taking.asked import Asked
from quiz.web.errors import ApiError
from quiz.web.moments import read_iso

MOST_WAITING = 1_000
"""Far more than any form has items."""


def note_notice(enrolment: Enrolment, now: datetime) -> None:
    """Note that its person has been told, where the page whose button was pressed told them."""
    if "diberitahu" in request.form:
        enrolment.notice(now)


def given_in(position: int, body: dict[str, Any]) -> Given:
    """The response in ``body``. Raises ApiError naming the field that is not as agreed."""
    chosen, revision = body.get("chosen"), body.get("revision")
    if not isinstance(chosen, list) or not all(isinstance(c, str) for c in chosen):
        raise ApiError(422, "not_offered", "chosen: isi dengan daftar id opsi.")
    if type(revision) is not int or not 0 < revision < 2**62:
        raise ApiError(422, "not_offered", "revision: isi dengan bilangan bulat positif.")
    confidence = body.get("confidence")
    if confidence is not None and (type(confidence) is not int or not 1 <= confidence <= 3):
        raise ApiError(422, "not_offered", "confidence: isi 1, 2, 3, atau null.")
    return Given(position, chosen, confidence, revision, _moment(body.get("at")))


def held_in(body: dict[str, Any]) -> tuple[list[Given], list[tuple[int, str]]]:
    """What a submission still holds, and (position, reason) of what cannot be read."""
    held = body.get("responses", [])
    if not isinstance(held, list) or not all(isinstance(entry, dict) for entry in held):
        raise ApiError(422, "not_offered", "responses: isi dengan daftar jawaban.")
    if len(held) > MOST_WAITING:
        sentence = f"responses: paling banyak {MOST_WAITING} jawaban."
        raise ApiError(422, "not_offered", sentence)
    given, rejected = [], []
    for entry in held:
        position = entry.get("position")
        if type(position) is not int:
            raise ApiError(422, "not_offered", "position: isi dengan nomor soal.")
        try:
            given.append(given_in(position, entry))
        except ApiError as error:
            rejected.append((position, error.message))
    return given, rejected


def handed_in_by(body: dict[str, Any]) -> HandedInBy:
    """Who hands in; a phone that does not say so is taken to speak for its person."""
    try:
        return HandedInBy(body.get("by", HandedInBy.PERSON))
    except ValueError as error:
        raise ApiError(422, "not_offered", "by: isi person atau clock.") from error


def waiting_in(body: dict[str, Any]) -> int | None:
    """How many responses the phone says it still holds; None when it does not say."""
    waiting = body.get("waiting")
    if waiting is not None and (type(waiting) is not int or not 0 <= waiting <= MOST_WAITING):
        raise ApiError(422, "not_offered", "waiting: isi dengan banyaknya jawaban di HP.")
    return waiting


def changed_on_page(positions: dict[int, int], now: datetime) -> Iterator[Given]:
    """What the form of the attempt page says differently from its own rendering."""
    base = request.form.get("base", "")
    if not base.isdecimal() or len(base) > 18:
        abort(400, description="Halaman kuis tidak lengkap. Muat ulang halamannya.")
    for position in positions:
        rendered = request.form.get(f"asal-{position}")
        if rendered is None:
            continue
        values = [v for v in request.form.getlist(f"jawaban-{position}") if v]
        sure = request.form.get(f"yakin-{position}", "")
        was_sure = request.form.get(f"asal-yakin-{position}", sure)
        if set(values) == set(filter(None, rendered.split(","))) and sure == was_sure:
            continue
        yield Given(position, values, _sureness(sure), int(base) + 1, now)


def _sureness(said: str) -> int | None:
    return int(said) if said in {"1", "2", "3"} else None


def tried_in(asked: Mapping[int, Asked]) -> dict[int, StoredResponse]:
    """What the address of a try-out's end says was chosen; rows of no session, never stored."""
    return {
        position: StoredResponse(
            position=position,
            chosen=list(_read(each.item, request.args.getlist(f"jawaban-{position}"))),
            confidence=_sureness(request.args.get(f"yakin-{position}", "")),
            revision=0,
        )
        for position, each in asked.items()
    }


def _read(item: Item, values: list[str]) -> Chosen:
    try:
        return ITEM_TYPES[item.type].read(item, [value for value in values if value])
    except BadResponse as error:
        abort(400, description=str(error))


def _moment(text: object) -> datetime | None:
    """The phone's time; None where its clock says anything: it has answered all the same."""
    try:
        moment = read_iso(text) if isinstance(text, str) else None
    except ValueError as error:
        raise ApiError(422, "not_offered", "at: isi dengan waktu ISO 8601.") from error
    if moment is not None and moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    return moment
