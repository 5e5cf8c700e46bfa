"""Confirmed questions of a file land as drafts to go on with; old files are forgotten."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quiz.models.bank.drafts import ItemDraft
from quiz.models.bank.imports import ItemImport
from quiz.models.bank.items import BankItem
from quiz.queries.bank.codes import free_codes

_NUMBERED = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*-[0-9]{1,6}")
"""A code as this house gives them; names of other programs' questions seldom look like one."""


def forget_old_imports(session: Session, now: datetime) -> None:
    """Delete files that nobody has confirmed and nobody can any more."""
    session.execute(
        delete(ItemImport).where(
            ItemImport.applied_at.is_(None), ItemImport.created_at <= now - ItemImport.LIFETIME
        )
    )


def land(
    session: Session,
    waiting: ItemImport,
    contents: Sequence[Mapping[str, Any]],
    origin: str,
    now: datetime,
) -> list[str]:
    """Make each content a draft of the import's user; returns their codes in the same order.

    A content's own code is kept where it is free and looks like ours. What waited is forgotten.
    At most five queries and three for each topic, and the inserts.
    """
    codes = _Codes(session, contents)
    made = []
    for content in contents:
        code = codes.code_for(content)
        draft = ItemDraft(
            code=code,
            content={**content, "code": code},
            author=waiting.user,
            origin=origin,
            import_uid=waiting.uid,
            created_at=now,
            updated_at=now,
        )
        session.add(draft)
        made.append(code)
    waiting.applied_at, waiting.content = now, {"landed": made}
    session.flush()
    return made


class _Codes:
    """Gives each content a code nobody has; codes of the file's own are set aside first."""

    def __init__(self, session: Session, contents: Sequence[Mapping[str, Any]]) -> None:
        self._session = session
        proposed = {str(content.get("code", "")) for content in contents}
        taken = {
            code
            for model in (BankItem, ItemDraft)
            for code in session.scalars(select(model.code).where(model.code.in_(proposed)))
        }
        self._own = {c for c in proposed - taken if len(c) <= 60 and _NUMBERED.fullmatch(c)}
        self._not_free = taken | self._own
        self._by_topic: dict[str, Iterator[str]] = {}

    def code_for(self, content: Mapping[str, Any]) -> str:
        """The content's own code if it may have it, else the next one of its topic."""
        own = str(content.get("code", ""))
        if own in self._own:
            self._own.remove(own)
            return own
        topic = str(content.get("topic", ""))
        if topic not in self._by_topic:
            self._by_topic[topic] = free_codes(self._session, topic)
        code = next(each for each in self._by_topic[topic] if each not in self._not_free)
        self._not_free.add(code)
        return code
