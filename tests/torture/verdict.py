"""What the database says when the killing is over."""

from collections.abc import Iterable

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from quiz.models import Attempt, Score, StoredResponse
from tests.torture.saver import Kept, Saver, broken


def broken_promises(engine: Engine, savers: Iterable[Saver]) -> list[str]:
    """Every acknowledged response that is missing or older, every lost receipt, one line each."""
    with Session(engine) as session:
        rows = session.execute(
            select(
                Attempt.uid,
                StoredResponse.position,
                StoredResponse.revision,
                StoredResponse.chosen,
                StoredResponse.confidence,
            ).join(Attempt.responses)
        )
        there = {(uid, at): Kept(r, tuple(chosen), sure) for uid, at, r, chosen, sure in rows}
        receipts = {
            uid: receipt
            for uid, receipt in session.execute(
                select(Attempt.uid, Attempt.receipt).where(Attempt.submitted_at.is_not(None))
            )
        }
    found = []
    for saver in savers:
        for place, promise in saver.acknowledged.items():
            found += broken(promise, there.get(place), saver.sent[place])
        for uid, receipt in saver.receipts.items():
            if receipts.get(uid) != receipt:
                found.append(f"receipt {receipt} of {uid} was given, {receipts.get(uid)} is stored")
    return found


def doubles(engine: Engine) -> list[tuple[int, ...]]:
    """Keys that stand in more than one row: responses, counted attempts, scores."""
    keys = [
        (StoredResponse.attempt_id, StoredResponse.position),
        (Attempt.enrolment_id, Attempt.sitting_id),
        (Score.attempt_id,),
    ]
    with Session(engine) as session:
        queries = [select(*key).group_by(*key).having(func.count() > 1) for key in keys]
        return [tuple(row) for query in queries for row in session.execute(query)]


def unscored(engine: Engine) -> int:
    """Submitted attempts without a current score."""
    with Session(engine) as session:
        return session.scalars(
            select(func.count())
            .select_from(Attempt)
            .where(
                Attempt.submitted_at.is_not(None),
                ~select(Score.id).where(Score.attempt_id == Attempt.id, Score.current).exists(),
            )
        ).one()


def soundness(engine: Engine) -> list[str]:
    """The database's own complaints about itself; empty when it is sound.

    SQLite checks every page, index and foreign key; PostgreSQL every table and index (amcheck).
    """
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            said = connection.execute(text("PRAGMA integrity_check")).scalars().all()
            keys = connection.execute(text("PRAGMA foreign_key_check")).all()
            return [line for line in said if line != "ok"] + [str(key) for key in keys]
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS amcheck"))
        connection.execute(
            text(
                "SELECT bt_index_check(i.indexrelid, true) FROM pg_index i JOIN pg_class c "
                "ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam "
                "WHERE a.amname = 'btree' AND c.relpersistence = 'p'"
            )
        )
        heap = connection.execute(
            text(
                "SELECT c.relname, v.msg FROM pg_class c, verify_heapam(c.oid) v "
                "WHERE c.relkind = 'r' AND c.relpersistence = 'p'"
            )
        )
        return [f"{table}: {message}" for table, message in heap]
