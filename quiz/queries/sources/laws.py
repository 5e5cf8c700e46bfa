"""The laws that an event's items rest on, as a naskah dinas lists them."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.models import Event, FormChoice, ItemCitation, Reference, Sitting, StoredSlot
from quiz.models.bank.citations import REFERENCE
from quiz.models.events.phases import Phase

RANKS = (
    ("Undang-Undang Dasar", "UUD"),
    ("Ketetapan Majelis", "TAP MPR"),
    ("Undang-Undang", "Peraturan Pemerintah Pengganti", "UU", "Perppu"),
    ("Peraturan Pemerintah", "PP"),
    ("Peraturan Presiden", "Perpres"),
    ("Peraturan", "Permen", "PKPU", "Perbawaslu", "PerBKN"),
    ("Peraturan Daerah", "Perda"),
    ("Peraturan Gubernur", "Peraturan Bupati", "Peraturan Wali", "Pergub", "Perbup", "Perwali"),
    ("Keputusan", "Kepres", "SKB"),
    ("Surat Edaran", "SE"),
)
"""How the names of texts of each rank begin, the highest rank first; whatever else comes last."""

_BEGINNINGS = sorted(
    ((start.casefold(), rank) for rank, starts in enumerate(RANKS) for start in starts),
    key=lambda each: -len(each[0]),
)
_NUMBER = re.compile(r"nomor (\d+)\D.*?tahun (\d{4})", re.IGNORECASE)
_SHORT = re.compile(r"(\d+)/(\d{4})")
_LAST = 9999


def laws_of(session: Session, event: Event) -> list[str]:
    """The titles of laws in force on the event's first day that items of its counted sittings cite.

    By rank, then year and number; each once. One query.
    """
    articles = session.scalars(
        select(Reference)
        .where(
            Reference.code.in_(
                select(ItemCitation.code)
                .join(FormChoice, FormChoice.item_version_id == ItemCitation.item_version_id)
                .join(FormChoice.slot)
                .join(StoredSlot.sitting)
                .where(
                    ItemCitation.kind == REFERENCE,
                    Sitting.event_id == event.id,
                    Sitting.phase != Phase.PRACTICE,
                )
            )
        )
        .order_by(Reference.id)
    )
    day = event.days[0]
    titles = {each.law: each.title or each.law for each in articles if each.in_force(day)}
    return sorted(dict.fromkeys(titles.values()), key=_place)


def _place(title: str) -> tuple[int, int, int, str]:
    """Where a text stands among others; without a number after those of its rank."""
    plain = title.casefold()
    rank = next((rank for start, rank in _BEGINNINGS if plain.startswith(start)), len(RANKS))
    found = _NUMBER.search(title) or _SHORT.search(title)
    number, year = (int(part) for part in found.groups()) if found else (_LAST, _LAST)
    return rank, year, number, plain
