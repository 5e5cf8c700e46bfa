"""The prepared form of a sitting: which item version each position holds, for whom."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.assessment.forms.crossing import FormName
from quiz.assessment.items.item import Status
from quiz.models.bank.items import ItemVersion
from quiz.models.base import Base, StoredEnum
from quiz.models.events.events import Sitting


class StoredSlot(Base):
    """One position of a prepared form.

    ``anchor`` marks an item that its people meet in another counted sitting too.
    """

    __tablename__ = "form_slot"
    __table_args__ = (UniqueConstraint("sitting_id", "form", "position"),)

    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id", ondelete="CASCADE"))
    form: Mapped[FormName] = mapped_column(StoredEnum(FormName, 1), default=FormName.A)
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
    """Which item version a slot holds for people of one status.

    ``chosen_first`` is the version that *Siapkan* chose, where somebody has swapped it by hand.
    """

    __tablename__ = "form_choice"
    __table_args__ = (UniqueConstraint("slot_id", "status"),)

    slot_id: Mapped[int] = mapped_column(ForeignKey("form_slot.id", ondelete="CASCADE"))
    status: Mapped[Status] = mapped_column(StoredEnum(Status, 24))
    item_version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"), index=True)
    chosen_first_id: Mapped[int | None] = mapped_column(ForeignKey("item_version.id"))

    slot: Mapped[StoredSlot] = relationship(back_populates="choices")
    version: Mapped[ItemVersion] = relationship(foreign_keys=[item_version_id])
    chosen_first: Mapped[ItemVersion | None] = relationship(foreign_keys=[chosen_first_id])
