"""Items of the bank whose questions are nearly the same."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.assessment.quality.similarity import NEAR, near_duplicates
from quiz.models import BankItem, ItemVersion


@dataclass(frozen=True)
class Duplicates:
    """Two items by code, both questions, and how alike they are, 0 to 1."""

    codes: tuple[str, str]
    stems: tuple[str, str]
    similarity: float


def duplicates(session: Session, least: float = NEAR) -> list[Duplicates]:
    """Pairs of items in use whose stems are at least this alike, nearest first. One query."""
    shown = func.coalesce(BankItem.published_id, BankItem.draft_id)
    rows = session.execute(
        select(BankItem.code, ItemVersion.content["stem"].as_string())
        .join(ItemVersion, ItemVersion.id == shown)
        .where(BankItem.retired_at.is_(None))
    )
    stems = {code: stem for code, stem in rows}
    return [
        Duplicates(
            (pair.first, pair.second), (stems[pair.first], stems[pair.second]), pair.similarity
        )
        for pair in near_duplicates(stems, least)
    ]
