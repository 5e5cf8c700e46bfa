"""Sessions: what a commit leaves behind, and the one transaction of a request that writes."""

import threading
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

from quiz.database.anchor import Anchor, keep_anchor
from quiz.models.people.audit import LOG_END

FOLDER = "folder"
LOCKED = "locked"


class AnchoredSession(Session):
    """A session that keeps where the audit log ends, once a commit has moved it."""


@event.listens_for(AnchoredSession, "after_commit")
def _keep_end_of_log(session: Session) -> None:
    moved = session.info.pop(LOG_END, None)
    if moved is not None:
        keep_anchor(session.info[FOLDER], Anchor(*moved))


class WritingSession(AnchoredSession):
    """A session whose transaction holds ``lock`` from its beginning to its end, and no longer.

    Once it has committed it only reads: whatever a page still looks up keeps nobody waiting.
    """

    def __init__(self, engine: Engine, lock: threading.Lock, info: dict[Any, Any]) -> None:
        super().__init__(engine, expire_on_commit=False, info=info)
        self.lock, self.writes, self.changed = lock, True, False
        self._reading = engine.execution_options(read_only=True)

    def only_read(self) -> None:
        """End the transaction that may write; what it has changed is undone.

        Rows that were only read keep what they say, so a page may go on showing them.
        """
        if self.writes and self.in_transaction():
            if self.changed or self.new or self.dirty or self.deleted:
                self.rollback()
            else:
                self.commit()
        self.wrote()

    def wrote(self) -> None:
        """What this session does from now on only reads."""
        self.writes, self.bind = False, self._reading


@event.listens_for(WritingSession, "after_transaction_create")
def _take_lock(session: WritingSession, transaction: SessionTransaction) -> None:
    if transaction.parent is None and session.writes:
        session.lock.acquire()
        session.info[LOCKED] = transaction


@event.listens_for(WritingSession, "after_transaction_end")
def _let_lock_go(session: WritingSession, transaction: SessionTransaction) -> None:
    if session.info.get(LOCKED) is transaction:
        del session.info[LOCKED]
        session.lock.release()


@event.listens_for(WritingSession, "after_commit")
def _written(session: WritingSession) -> None:
    session.wrote()


@event.listens_for(WritingSession, "after_flush")
def _flushed(session: WritingSession, *_context: object) -> None:
    session.changed = True


@event.listens_for(WritingSession, "do_orm_execute")
def _executed(state: ORMExecuteState) -> None:
    if not state.is_select and isinstance(state.session, WritingSession):
        state.session.changed = True
