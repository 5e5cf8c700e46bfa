"""Items somebody is still writing, one draft a person, until they become a version of the bank."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.models.bank.items import BankItem, ItemVersion
from quiz.models.base import Base, PublicUid
from quiz.models.people.users import User


class ItemDraft(PublicUid, Base):
    """What one person has written so far of a new item or of a change to an item of the bank.

    ``content`` has the shape of ``Item.to_json``; any of its fields may be missing or empty.
    ``code`` is the one proposed for a new item; it is not taken until the item is in the bank.
    ``base_version`` is the version the change began with, ``import_uid`` the import it came by.
    ``revision`` counts the saves, so that an older window never overwrites a newer one.
    """

    __tablename__ = "item_draft"
    __table_args__ = (UniqueConstraint("bank_item_id", "author_id"),)

    bank_item_id: Mapped[int | None] = mapped_column(ForeignKey("bank_item.id"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    content: Mapped[dict[str, Any]]
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    base_version_id: Mapped[int | None] = mapped_column(ForeignKey("item_version.id"))
    origin: Mapped[str] = mapped_column(String(40), default="")
    import_uid: Mapped[str | None] = mapped_column(String(32), index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)

    bank_item: Mapped[BankItem | None] = relationship()
    author: Mapped[User] = relationship()
    base_version: Mapped[ItemVersion | None] = relationship()
