"""Codes nobody has yet, for new items."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.models.bank.drafts import ItemDraft
from quiz.models.bank.items import BankItem, ItemVersion

_NUMBERED = re.compile(r"(?P<start>[A-Z0-9-]+)-(?P<number>[0-9]{1,6})")


def free_code(session: Session, topic: str) -> str:
    """A code for a new item on ``topic``: the next number of the prefix most of them have."""
    return next(free_codes(session, topic))


def free_codes(session: Session, topic: str) -> Iterator[str]:
    """Codes for new items on ``topic``, one number after another. Three queries for all of them."""
    in_topic = session.scalars(
        select(BankItem.code)
        .join(ItemVersion, ItemVersion.bank_item_id == BankItem.id)
        .where(ItemVersion.topic == topic)
    )
    starts = Counter(m["start"] for code in in_topic if (m := _NUMBERED.fullmatch(code)))
    letters = re.sub(r"[^A-Z0-9]", "", topic.upper())[:3] or "SOAL"
    start = starts.most_common(1)[0][0] if starts else letters
    taken = [
        int(m["number"])
        for model in (BankItem, ItemDraft)
        for code in session.scalars(select(model.code).where(model.code.startswith(f"{start}-")))
        if (m := _NUMBERED.fullmatch(code)) and m["start"] == start
    ]
    for number in count(max(taken, default=0) + 1):
        yield f"{start}-{number:03}"
