"""Questions read from a file, waiting for whoever uploaded it to confirm them."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.models.base import Base
from quiz.models.people.uploads import Upload
from quiz.models.people.users import User


class ItemImport(Upload, Base):
    """One file as it was read, seen only by whoever uploaded it; confirmed within a day.

    Until then ``content`` holds what was read; afterwards ``landed``, the codes it became.
    """

    __tablename__ = "item_import"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    format: Mapped[str] = mapped_column(String(20))

    user: Mapped[User] = relationship()

    @property
    def landed(self) -> list[str]:
        """The codes of the items it became, in the file's order; [] before it is confirmed."""
        return list(self.content.get("landed", ()))
