"""The material: topics, lessons and the sosialisasi, passage by passage."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from quiz.models import Material, Topic


def materials(session: Session) -> list[Material]:
    """Every material with its passages, the sosialisasi first. Two queries."""
    rows = session.scalars(
        select(Material)
        .options(selectinload(Material.passages))
        .order_by(Material.kind.desc(), Material.position, Material.title)
    )
    return list(rows)


def topic_names(session: Session) -> dict[str, str]:
    """Topic code → name, in the bank's order."""
    rows = session.execute(select(Topic.code, Topic.name).order_by(Topic.position, Topic.name))
    return {code: name for code, name in rows}
