"""Small facts the installation remembers about itself, such as the loaded folder's digest."""

from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.models.base import Base


class Setting(Base):
    """A named value."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(60), unique=True)
    value: Mapped[str] = mapped_column(Text)


def put_setting(session: Session, key: str, value: str) -> None:
    """Remember ``value`` under ``key``, in place of what was there."""
    stored = session.scalar(select(Setting).where(Setting.key == key))
    if stored is None:
        session.add(Setting(key=key, value=value))
    else:
        stored.value = value
