"""What follows from rows that were read in: scores to be reckoned anew, items for the bank."""

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quiz.actions.events.transfer.fitting import ORIGIN
from quiz.models import (
    Attempt,
    BankItem,
    FormChoice,
    ItemVersion,
    PeopleMerge,
    Score,
    StoredSlot,
    User,
)
from quiz.queries.people.retention import pieces


def retire_scores(
    session: Session, attempts: Collection[int], ruled_versions: Collection[int]
) -> None:
    """No score of these attempts, nor of any at sittings that ask these versions, is current."""
    for some in pieces(attempts):
        session.execute(
            update(Score)
            .where(Score.attempt_id.in_(some), Score.current.is_(True))
            .values(current=False)
        )
    for some in pieces(ruled_versions):
        sittings = (
            select(StoredSlot.sitting_id)
            .join(FormChoice, FormChoice.slot_id == StoredSlot.id)
            .where(FormChoice.item_version_id.in_(some))
        )
        asked = select(Attempt.id).where(Attempt.sitting_id.in_(sittings))
        session.execute(
            update(Score)
            .where(Score.attempt_id.in_(asked), Score.current.is_(True))
            .values(current=False)
        )


def leave_as_drafts(session: Session, codes: Collection[str]) -> None:
    """Items that came with the file wait in the bank for its people, the newest text as draft.

    No file publishes anything: whoever writes an item is never the one who signs it.
    """
    for some in pieces(codes):
        came = (BankItem.code.in_(some), BankItem.origin == ORIGIN)
        items = session.scalars(select(BankItem).where(*came, BankItem.published_id.is_(None)))
        by_id = {item.id: item for item in items}
        versions = session.scalars(
            select(ItemVersion)
            .where(ItemVersion.bank_item_id.in_(by_id))
            .order_by(ItemVersion.created_at, ItemVersion.uid)
        )
        for version in versions:
            item = by_id[version.bank_item_id]
            item.draft, item.edited_at = version, version.created_at
    session.flush()


def follow_merges(session: Session, uids: Collection[str]) -> None:
    """Let people be one, or two again, as these merges of places say."""
    for some in pieces(uids):
        for merge in session.scalars(select(PeopleMerge).where(PeopleMerge.uid.in_(some))):
            joined, person = merge.joined_person, merge.kept.user
            if joined is None or joined is person:
                continue
            if merge.undone_at is None:
                joined.merged_into = person
                followers = update(User).where(User.merged_into_id == joined.id)
                session.execute(followers.values(merged_into_id=person.id))
            elif joined.merged_into is person:
                joined.merged_into = None
    session.flush()
