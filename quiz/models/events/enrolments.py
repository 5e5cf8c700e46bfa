"""Who is invited to an event, as they were on that day."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Optional

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.assessment.items.item import Status
from quiz.models.base import Base, PublicUid, StoredEnum
from quiz.models.events.events import Event
from quiz.models.events.presence import Presence
from quiz.models.people.units import Unit
from quiz.models.people.users import User


class Enrolment(PublicUid, Base):
    """A person invited to an event, with unit and status as they were on that day.

    ``extra_percent`` is added to the time limit of attempts started later (30: BKN's CAT gives 130
    minutes for 100). The personal code and the card's token are derived from ``uid`` and ``issue``
    (quiz.codes); only their indexes are stored. ``checked_in_at`` is the first time somebody was
    recorded as there; on which days stands in ``presences``. ``evaluated`` says that a sheet about
    the event was handed in, not which. ``merged_into`` is the place that turned out to be the same
    person's: it counts instead, is never merged itself, and both cards open it. ``noticed_at`` is
    when the person first went on from a page that told what is done with personal data.
    ``card_key`` is the fingerprint of the key its card was made with on another machine; empty for
    this installation's own.
    """

    __tablename__ = "enrolment"
    __table_args__ = (UniqueConstraint("event_id", "user_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    unit_name: Mapped[str] = mapped_column(String(160))
    kind_name: Mapped[str] = mapped_column(String(120))
    status: Mapped[Status] = mapped_column(StoredEnum(Status, 24))
    walked_in: Mapped[bool] = mapped_column(default=False)
    checked_in_at: Mapped[datetime | None]
    evaluated: Mapped[bool] = mapped_column(default=False)
    extra_percent: Mapped[int] = mapped_column(default=0)
    removed_at: Mapped[datetime | None]
    noticed_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    issue: Mapped[int] = mapped_column(default=1)
    session_epoch: Mapped[int] = mapped_column(default=0)
    card_key: Mapped[str | None] = mapped_column(String(16))
    code_index: Mapped[str] = mapped_column(String(64), unique=True)
    token_index: Mapped[str] = mapped_column(String(64), unique=True)

    event: Mapped[Event] = relationship(back_populates="enrolments")
    user: Mapped[User] = relationship()
    unit: Mapped[Unit] = relationship()
    merged_into: Mapped[Optional["Enrolment"]] = relationship(remote_side="Enrolment.id")
    presences: Mapped[list[Presence]] = relationship(
        back_populates="enrolment", order_by="Presence.day", cascade="all, delete-orphan"
    )

    def log_out_everywhere(self) -> None:
        """End every session that was opened with this card or its code; both work on."""
        self.session_epoch += 1

    def is_of(self, user_id: int) -> bool:
        """Whether it is this person's place. Note: reads the user."""
        return user_id in {self.user_id, self.user.merged_into_id}

    @property
    def counts_as(self) -> "Enrolment":
        """The place whose attempts and name hold: itself, or the one it was merged into."""
        return self.merged_into or self

    def notice(self, now: datetime) -> None:
        """Note that the person has been told; the first time counts."""
        self.noticed_at = self.noticed_at or now

    def place_in(self, unit: Unit) -> None:
        """Set the unit of that day, with the names reports will keep."""
        self.unit, self.unit_name, self.kind_name = unit, unit.name, unit.kind.name

    def present_on(self, day: date) -> datetime | None:
        """When the person was recorded as there on that day of the event; None when not."""
        return next((one.at for one in self.presences if one.day == day), None)

    def check_in(self, now: datetime, day: date | None = None) -> bool:
        """Record the person as there on ``day`` of the event, by default the day of ``now``.

        The first time counts; True where it is this one. Note: reads event and presences, a query
        each where they are not loaded.
        """
        day = day or self.event.day_of(now)
        if self.present_on(day) is not None:
            return False
        self.presences.append(Presence(day=day, at=now))
        self.checked_in_at = self.checked_in_at or now
        return True

    def take_back_check_in(self, day: date | None = None) -> None:
        """Forget that the person was there on ``day``, by default on any."""
        self.presences = [one for one in self.presences if day and one.day != day]
        self._first_there()

    def be_there_as(self, other: "Enrolment") -> None:
        """Be there on the days of this person's other place too, each from the earlier moment."""
        for one in other.presences:
            own = next((each for each in self.presences if each.day == one.day), None)
            if own is None:
                self.presences.append(Presence(day=one.day, at=one.at))
            else:
                own.at = min(own.at, one.at)
        self._first_there()

    def be_there_apart_from(self, other: "Enrolment", before: Mapping[date, datetime]) -> None:
        """Take ``be_there_as`` back: ``before`` are the days and moments of then. What was recorded
        or taken back since stays so."""
        came = {one.day: one.at for one in other.presences}
        for one in list(self.presences):
            if one.at != came.get(one.day):
                continue
            if one.day in before:
                one.at = before[one.day]
            else:
                self.presences.remove(one)
        self._first_there()

    def _first_there(self) -> None:
        self.checked_in_at = min((one.at for one in self.presences), default=None)
