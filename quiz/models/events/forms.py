"""The prepared form of a sitting: which item version each position holds, for whom."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.assessment.items.item import Status
from quiz.models.bank.items import ItemVersion
from quiz.models.base import Base, StoredEnum
from quiz.models.events.events import Sitting


class StoredSlot(Base):
    """One position of a prepared form; ``anchor`` marks an item used in another counted sitting."""

    __tablename__ = "form_slot"
    __table_args__ = (UniqueConstraint("sitting_id", "position"),)

    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id", ondelete="CASCADE"))
    position: Mapped[int]
    topic: Mapped[str] = mapped_column(String(40))
    level: Mapped[str] = mapped_column(String(24))
    type: Mapped[str] = mapped_column(String(24))
    anchor: Mapped[bool] = mapped_column(default=False)

    sitting: Mapped[Sitting] = relationship(back_populates="slots")
    choices: Mapped[list["FormChoice"]] = relationship(
        back_populates="slot", cascade="all, delete-orphan"
    )


class FormChoice(Base):
    """Which item version a slot holds for people of one status."""

    __tablename__ = "form_choice"
    __table_args__ = (UniqueConstraint("slot_id", "status"),)

    slot_id: Mapped[int] = mapped_column(ForeignKey("form_slot.id", ondelete="CASCADE"))
    status: Mapped[Status] = mapped_column(StoredEnum(Status, 24))
    item_version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"), index=True)

    slot: Mapped[StoredSlot] = relationship(back_populates="choices")
    version: Mapped[ItemVersion] = relationship()
