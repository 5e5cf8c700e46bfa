"""Writing the audit log."""

import secrets
from datetime import datetime
from typing import Unpack

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from quiz.models.people.audit import (
    GENESIS,
    LOG_END,
    Action,
    AuditDetail,
    AuditEntry,
    Detail,
    SubjectType,
    digest_of,
)

_CHAIN_LOCK = 7_101_979


def record(
    session: Session,
    now: datetime,
    actor_id: int | None,
    action: Action,
    subject: tuple[SubjectType, str],
    **detail: Unpack[Detail],
) -> AuditEntry:
    """Add a line: ``actor_id`` (None: the system) did ``action`` to ``subject`` (type, uid).

    ``detail`` says what changed; it lies apart and can be erased. On PostgreSQL the
    chain is serialised by an advisory lock until the transaction ends.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
    session.flush()
    previous = session.scalar(select(AuditEntry.digest).order_by(AuditEntry.id.desc()).limit(1))
    salt = secrets.token_hex(16)
    entry = AuditEntry(
        at=now,
        actor_id=actor_id,
        action=action.value,
        subject_type=subject[0],
        subject_uid=subject[1],
        detail=AuditDetail(content=detail, salt=salt) if detail else None,
        detail_digest=digest_of(detail, salt) if detail else None,
    )
    entry.digest = entry.expected_digest(previous or GENESIS)
    session.add(entry)
    session.flush()
    session.info[LOG_END] = (entry.id, entry.digest)
    return entry
