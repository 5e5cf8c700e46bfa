"""What people ask about what is stored of them, and what the office answers."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.formats import mask_nip
from quiz.models.base import Base, PublicUid, StoredEnum
from quiz.models.events.enrolments import Enrolment
from quiz.models.people.users import User

DEADLINE = timedelta(hours=72)
"""How long an answer may take: three times 24 hours."""

MOST_OPEN, MOST_IN_ALL = 5, 50
"""Requests of one person that wait, and that there ever are."""

LONGEST_WANTED, LONGEST_TEXT = 160, 1000


class RequestKind(StrEnum):
    """What is asked for; the value is stored, the label is shown."""

    NAME = "name"
    NIP = "nip"
    POSITION = "position"
    UNIT = "unit"
    OTHER = "other"
    ERASURE = "erasure"
    OBJECTION = "objection"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def corrects(self) -> bool:
        """True where the right value can be put in place of the wrong one."""
        return self in CORRECTIONS


CORRECTIONS = frozenset({RequestKind.NAME, RequestKind.NIP, RequestKind.POSITION, RequestKind.UNIT})

_LABELS = {
    RequestKind.NAME: "Betulkan nama",
    RequestKind.NIP: "Betulkan NIP",
    RequestKind.POSITION: "Betulkan jabatan",
    RequestKind.UNIT: "Betulkan unit kerja",
    RequestKind.OTHER: "Betulkan hal lain",
    RequestKind.ERASURE: "Hapus data saya",
    RequestKind.OBJECTION: "Keberatan atas pemakaian data saya",
}


class SubjectRequest(PublicUid, Base):
    """A person's request: what is wanted, in own words why, and the answer once there is one.

    ``wanted`` is the right value where a field is to be corrected; a NIP is stored there only
    until the answer. ``enrolment`` is the place whose card was used, None for a password account.
    """

    __tablename__ = "subject_request"
    __table_args__ = (
        CheckConstraint("(answered_at IS NULL) = (reply = '')", name="answered_in_words"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    kind: Mapped[RequestKind] = mapped_column(StoredEnum(RequestKind, 12))
    wanted: Mapped[str] = mapped_column(String(LONGEST_WANTED), default="")
    text: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    made_at: Mapped[datetime]
    answered_at: Mapped[datetime | None] = mapped_column(index=True)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    granted: Mapped[bool] = mapped_column(default=False)
    reply: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    enrolment: Mapped[Enrolment | None] = relationship()

    @property
    def due_at(self) -> datetime:
        """When the answer has to be there."""
        return self.made_at + DEADLINE

    @property
    def wanted_words(self) -> str:
        """What is wanted, as pages may show it: of a NIP the last digits."""
        return mask_nip(self.wanted) if self.kind is RequestKind.NIP else self.wanted

    def answer(self, by_id: int, reply: str, now: datetime, *, granted: bool) -> None:
        """Settle it, and keep no more of a NIP than the page shows."""
        self.wanted = self.wanted_words
        self.answered_at, self.answered_by_id = now, by_id
        self.reply, self.granted = reply, granted
