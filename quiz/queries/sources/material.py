"""The material: the sosialisasi, lessons and law, passage by passage and article by article."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from quiz.models import Material, Reference, Topic


def topics(session: Session) -> list[Topic]:
    """Every topic in teaching order."""
    return list(session.scalars(select(Topic).order_by(Topic.position, Topic.name)))


def topic_names(session: Session) -> dict[str, str]:
    """Topic code → name, in teaching order."""
    return {topic.code: topic.name for topic in topics(session)}


def materials(session: Session) -> list[Material]:
    """Every material with its passages, the sosialisasi first, lessons in teaching order.

    Two queries.
    """
    rows = session.scalars(
        select(Material)
        .outerjoin(Topic, Topic.code == Material.topic)
        .options(selectinload(Material.passages))
        .order_by(Material.kind.desc(), Topic.position, Material.position, Material.title)
    )
    return list(rows)


def articles(session: Session) -> list[Reference]:
    """The register of law, the articles of one law together, laws as they came. A query."""
    rows = list(session.scalars(select(Reference).order_by(Reference.id)))
    first = {row.law: row.id for row in reversed(rows)}
    return sorted(rows, key=lambda row: (first[row.law], row.id))


def articles_by_code(session: Session, codes: Collection[str]) -> dict[str, Reference]:
    """Code → article, of those there are. A query."""
    rows = session.scalars(select(Reference).where(Reference.code.in_(codes)))
    return {row.code: row for row in rows}
