"""Recording what versions cite, and confirming it after it has changed."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from quiz.models.bank.citations import UNKNOWN, ItemCitation, Source, sources_of
from quiz.models.bank.items import ItemVersion
from quiz.queries.bank.citations import changed_sources, current_checksums


def cite_new_versions(session: Session) -> None:
    """Record what every version without a record cites, as it reads now.

    Call it after versions or their sources were made, before committing. Five queries at most.
    """
    session.flush()
    uncited = session.scalars(
        select(ItemVersion).where(~exists().where(ItemCitation.item_version_id == ItemVersion.id))
    ).all()
    if not uncited:
        return
    now = current_checksums(session)
    for version in uncited:
        session.add_all(
            ItemCitation(
                item_version_id=version.id,
                kind=source.kind,
                code=source.code,
                checksum=now.get(source, UNKNOWN),
            )
            for source in sources_of(version.item)
        )
    session.flush()


def confirm_sources(session: Session, version: ItemVersion) -> list[Source]:
    """Take the sources of a version as they read now; returns those that had changed."""
    changed = changed_sources(session, [version.id]).get(version.id, [])
    now = current_checksums(session)
    rows = session.scalars(select(ItemCitation).where(ItemCitation.item_version_id == version.id))
    for row in rows:
        row.checksum = now.get(Source(row.kind, row.code), UNKNOWN)
    return changed
