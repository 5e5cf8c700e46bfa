"""The bank: items, and what each of them said at one time."""

from datetime import date, datetime
from typing import Any, Optional

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.assessment.items.beside import with_beside
from quiz.assessment.items.item import Item, content_hash, lettered
from quiz.models.base import Base
from quiz.models.people.users import User
from quiz.models.refusals import Refused

FIRST_STOCK = "paket awal"

FILE_DIFFERS = "berkas berbeda"


class BankItem(Base):
    """An item in the bank: draft → in review → published → retired; author is never reviewer.

    ``published`` is what new forms take; ``draft`` is newer work not yet published. ``signed_at``
    belongs to the published version: without it the item is *paket awal, belum disahkan*.
    """

    __tablename__ = "bank_item"

    code: Mapped[str] = mapped_column(String(60), unique=True)
    origin: Mapped[str] = mapped_column(String(40))
    published_id: Mapped[int | None] = mapped_column(ForeignKey("item_version.id", use_alter=True))
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("item_version.id", use_alter=True))
    in_review_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    retired_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    signed_at: Mapped[datetime | None]
    file_digest: Mapped[str | None] = mapped_column(String(64))
    edited_at: Mapped[datetime | None]
    pending_digest: Mapped[str | None] = mapped_column(String(64))

    published: Mapped[Optional["ItemVersion"]] = relationship(
        foreign_keys=published_id, post_update=True
    )
    draft: Mapped[Optional["ItemVersion"]] = relationship(foreign_keys=draft_id, post_update=True)
    versions: Mapped[list["ItemVersion"]] = relationship(
        back_populates="bank_item",
        foreign_keys="ItemVersion.bank_item_id",
        order_by="ItemVersion.number",
    )
    signed_by: Mapped[User | None] = relationship(foreign_keys=signed_by_id)

    @property
    def state(self) -> str:
        """One of "retired", "in_review", "draft", "published": what an editor sees first."""
        if self.retired_at is not None:
            return "retired"
        if self.draft_id is not None or self.draft is not None:
            return "in_review" if self.in_review_at else "draft"
        return "published"

    def version_of(
        self, item: Item, now: datetime, author: User | None = None, note: str = ""
    ) -> "ItemVersion":
        """The version of this item that says exactly ``item``: the stored one, or a new one.

        What only selection and linter read is then as in ``item``.
        """
        uid = content_hash(item)
        for version in self.versions:
            if version.uid == uid:
                version.tell_beside(item)
                return version
        version = ItemVersion(
            uid=uid,
            number=len(self.versions) + 1,
            topic=item.topic,
            level=item.level,
            type=item.type,
            content=lettered(item).to_json(),
            law_as_of=item.law_as_of,
            created_at=now,
            author=author,
            note=note,
        )
        self.versions.append(version)
        return version

    def revise(self, item: Item, now: datetime, author: User) -> "ItemVersion":
        """Record the browser's new text as the draft; attempts keep the version they had."""
        self.draft = self.version_of(item, now, author)
        self.in_review_at = None
        self.edited_at = now
        return self.draft

    def publish(self, version: "ItemVersion") -> None:
        """Let new forms take ``version``; a signature on the earlier one does not carry over."""
        if self.published is not version:
            self.signed_at, self.signed_by = None, None
        self.published, self.draft, self.in_review_at = version, None, None

    def sign(self, by: User, now: datetime) -> None:
        """Confirm that the published version says what the law says. Reads ``self.published``.

        Raises Refused for an item that is not published or is retired, and for one's own text.
        """
        if self.published is None or self.retired_at is not None:
            raise Refused(f"Soal {self.code} tidak terbit, jadi belum dapat disahkan.")
        if self.published.author_id == by.id:
            raise Refused(f"Soal {self.code} Anda tulis sendiri. Minta pemeriksa lain.")
        self.signed_by, self.signed_at = by, now


class ItemVersion(Base):
    """What an item said at one time; never changed. ``uid`` is a hash of code and content.

    Only what no participant reads and no uid counts may change in it.
    """

    __tablename__ = "item_version"
    __table_args__ = (UniqueConstraint("bank_item_id", "number"),)

    uid: Mapped[str] = mapped_column(String(32), unique=True)
    bank_item_id: Mapped[int] = mapped_column(ForeignKey("bank_item.id"), index=True)
    number: Mapped[int]
    topic: Mapped[str] = mapped_column(String(40), index=True)
    level: Mapped[str] = mapped_column(String(24))
    type: Mapped[str] = mapped_column(String(24))
    content: Mapped[dict[str, Any]]
    law_as_of: Mapped[date]
    created_at: Mapped[datetime]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    note: Mapped[str] = mapped_column(String(200), default="")

    bank_item: Mapped[BankItem] = relationship(back_populates="versions", foreign_keys=bank_item_id)
    author: Mapped[User | None] = relationship()

    @property
    def item(self) -> Item:
        """The item as plain domain data, options lettered as they were offered."""
        return Item.from_json(self.content)

    def tell_beside(self, item: Item) -> None:
        """Let what only selection and linter read be as in ``item``, which says the same."""
        content = with_beside(self.content, item)
        if content != self.content:
            self.content = content
