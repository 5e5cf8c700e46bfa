"""Whose card was scanned at the desk, and why one is not taken."""

import re
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from quiz.codes import (
    LONGEST_TYPED,
    TOKEN_LENGTH,
    CardKeys,
    card_token,
    code_index,
    normalise_code,
    personal_code,
    token_index,
)
from quiz.models import Enrolment, Event

LONGEST_SCANNED = 300
"""More than this is no address of a card, and is not looked at."""

_TOKEN = re.compile(rf"(?:^|/k/)([A-Za-z0-9]{{{TOKEN_LENGTH}}})/?$", re.IGNORECASE)


class Card(StrEnum):
    """What the desk can be shown."""

    VALID = "valid"
    REMOVED = "removed"
    REPLACED = "replaced"
    OTHER_EVENT = "other_event"
    UNKNOWN = "unknown"
    NONE = "none"
    """No card at all: a name, perhaps, or somebody else's QR code."""


@dataclass(frozen=True)
class Scan:
    """What was shown, and whose it is or was."""

    card: Card
    enrolment: Enrolment | None = None


def scanned(session: Session, event: Event, text: str, card_keys: CardKeys) -> Scan:
    """Whose card or code ``text`` is at the desk of ``event``; two queries at most.

    ``text`` is what a scanner typed, the address in a card's QR code, or a personal code typed by
    hand. Capitals turned round by a keyboard do not matter. The card of a place that was merged is
    that of the place that counts.
    """
    text = text.strip()[:LONGEST_SCANNED]
    token = _TOKEN.search(text)
    code = normalise_code(text) if len(text) <= LONGEST_TYPED else None
    index: ColumnElement[bool]
    if token:
        tokens = [token[1], token[1].swapcase()]
        index = Enrolment.token_index.in_(
            [token_index(key, each) for key in card_keys.every for each in tokens]
        )
    elif code:
        tokens = []
        index = Enrolment.code_index.in_([code_index(key, code) for key in card_keys.every])
    else:
        return Scan(Card.NONE)
    found = session.scalars(select(Enrolment).where(index).options(*_WITH)).first()
    if found is None:
        former = _former_holder(session, event, {*tokens, code or ""}, card_keys)
        return Scan(Card.REPLACED if former else Card.UNKNOWN, former)
    if found.event_id != event.id:
        return Scan(Card.OTHER_EVENT, found)
    place = found.counts_as
    gone = place.removed_at is not None or place.user.disabled_at is not None
    return Scan(Card.REMOVED if gone else Card.VALID, place)


_WITH = (
    joinedload(Enrolment.user, innerjoin=True),
    joinedload(Enrolment.event, innerjoin=True),
    joinedload(Enrolment.merged_into).joinedload(Enrolment.user),
)


def _former_holder(
    session: Session, event: Event, shown: set[str], card_keys: CardKeys
) -> Enrolment | None:
    """Who had this token or code before a new card was made; old ones are derived anew."""
    reissued = session.scalars(
        select(Enrolment).where(Enrolment.event_id == event.id, Enrolment.issue > 1).options(*_WITH)
    )
    for each in reissued:
        for issue in range(1, each.issue):
            made = {
                derive(key, each.uid, issue)
                for derive in (card_token, personal_code)
                for key in card_keys.every
            }
            if shown & made:
                return each.counts_as
    return None
