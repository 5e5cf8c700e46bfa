"""Small facts the installation remembers about itself, such as the loaded folder's digest."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quiz.models.base import Base


class Setting(Base):
    """A named value."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(60), unique=True)
    value: Mapped[str] = mapped_column(Text)


FOLDER_KEY = "questions_digest"

PRACTICE_KEY = "practice_item"

DEMO_KEY = "demo"
"""Present in a database that holds an invented event: its stage and seed."""
