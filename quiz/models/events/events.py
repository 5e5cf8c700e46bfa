"""Events (kegiatan), and their sittings: when which quiz is taken."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.assessment.attempt_state import AttemptState, SittingState, sitting_state
from quiz.assessment.forms.crossing import FormName, first_form
from quiz.formats import date_id, wita
from quiz.models.base import Base, PublicUid, StoredEnum
from quiz.models.events.phases import DEFAULT_MODES, EventState, FeedbackMode, Phase
from quiz.models.events.purposes import Purpose
from quiz.models.events.quizzes import Quiz

if TYPE_CHECKING:
    from quiz.models.events.enrolments import Enrolment
    from quiz.models.events.forms import StoredSlot

__all__ = [
    "ARRIVAL",
    "DEFAULT_MODES",
    "Event",
    "EventState",
    "FeedbackMode",
    "Phase",
    "Sitting",
]

ARRIVAL = timedelta(hours=2)
"""How long before an event people may be arriving already."""


class Event(PublicUid, Base):
    """A kegiatan. ``code`` is what people type (LJN-482); its times are its own opening hours.

    ``cards_base`` is the address the cards in people's hands lead to, without a path. The token of
    its projector page is derived from ``uid`` and ``screen_issue`` (quiz.codes); only the index it
    is found by is stored, and none while there is no such page. One with ``archived_at`` is out of
    the lists and takes no changes; cards and reports go on. Name and password of the hall's Wi-Fi
    are empty where they are not to be told. With ``evaluates`` its people are asked, at the end and
    without their names, what they think of it. ``purpose_basis`` is what a purpose other than
    building up rests on. From ``erased_at`` on its people are gone (``Erasure``); ``keep_until`` is
    until when they are kept where the office has a reason to keep them longer.
    """

    __tablename__ = "event"

    code: Mapped[str] = mapped_column(String(12), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200), default="")
    organiser: Mapped[str] = mapped_column(String(200), default="")
    speakers: Mapped[str] = mapped_column(String(500), default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    roster_source: Mapped[str] = mapped_column(String(200), default="")
    cards_base: Mapped[str | None] = mapped_column(String(200))
    screen_issue: Mapped[int] = mapped_column(default=0)
    screen_index: Mapped[str | None] = mapped_column(String(64), unique=True)
    archived_at: Mapped[datetime | None]
    wifi_name: Mapped[str] = mapped_column(String(32), default="")
    wifi_password: Mapped[str] = mapped_column(String(63), default="")
    evaluates: Mapped[bool] = mapped_column(default=True)
    purpose: Mapped[Purpose] = mapped_column(StoredEnum(Purpose, 12), default=Purpose.BUILDING)
    purpose_basis: Mapped[str] = mapped_column(String(300), default="")
    keep_until: Mapped[datetime | None]
    keep_reason: Mapped[str | None] = mapped_column(String(400))
    erased_at: Mapped[datetime | None]

    enrolments: Mapped[list["Enrolment"]] = relationship(back_populates="event")
    sittings: Mapped[list["Sitting"]] = relationship(
        back_populates="event", order_by="Sitting.opens_at, Sitting.id"
    )

    def refusal_to_change(self) -> str | None:
        """Why nobody may change it, and the way out; None where anybody may who manages events."""
        if self.erased_at is not None:
            return f"{self.erased_words} Karena itu kegiatannya tidak dapat diubah lagi."
        if self.archived_at is None:
            return None
        return (
            f"Kegiatan {self.code} diarsipkan, jadi tidak dapat diubah. Kembalikan dulu ke daftar "
            "pada halaman kegiatannya."
        )

    @property
    def purpose_line(self) -> str:
        """What its scores by name are for: stands wherever a name stands beside a score."""
        basis = f" ({self.purpose_basis})" if self.purpose_basis else ""
        meaning = self.purpose.meaning
        return f"Tujuan kegiatan: {self.purpose.label.lower()}{basis}; {meaning}."

    @property
    def erased_words(self) -> str:
        """That its people are gone, and since when; "" while they are there."""
        if self.erased_at is None:
            return ""
        return f"Data peserta kegiatan {self.code} sudah dihapus pada {date_id(self.erased_at)}."

    @property
    def days(self) -> list[date]:
        """Its days, in WITA."""
        first = wita(self.starts_at).date()
        last = wita(self.ends_at - timedelta.resolution).date()
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]

    def day_of(self, moment: datetime) -> date:
        """The day of the event that ``moment`` belongs to: the nearest where it is on none."""
        return min(self.days, key=lambda day: abs(day - wita(moment).date()))

    def under_way(self, now: datetime) -> bool:
        """True from ``ARRIVAL`` before the event to its end, unless it was put away before."""
        return self.archived_at is None and self.starts_at - ARRIVAL <= now < self.ends_at

    def state(self, sittings: Sequence[SittingState], now: datetime) -> EventState:
        """Where it stands, its sittings standing so: planned until all of them are prepared."""
        if SittingState.OPEN in sittings:
            return EventState.RUNNING
        if now >= self.ends_at:
            return EventState.OVER
        if sittings and all(each is SittingState.CLOSED for each in sittings):
            return EventState.CLOSED
        if now >= self.starts_at:
            return EventState.RUNNING
        lacking = {SittingState.NOT_PREPARED, SittingState.MISSED}
        return EventState.READY if sittings and not lacking & {*sittings} else EventState.PLANNED

    def admits_on(self, now: datetime) -> bool:
        """True from a day before the event until 90 days after: codes and cards of it work."""
        return self.admits_from <= now < self.admits_until

    @property
    def admits_from(self) -> datetime:
        """When codes and cards begin to work."""
        return self.starts_at - timedelta(days=1)

    @property
    def admits_until(self) -> datetime:
        """When codes and cards stop working."""
        return self.ends_at + timedelta(days=90)


class Sitting(PublicUid, Base):
    """One scheduled use of a quiz. State is computed from times; nothing runs in the background.

    What the quiz prescribes (time limit, pass mark, shuffling) is copied by *Siapkan*, so a later
    edit of the quiz changes nothing here.

    ``crossed`` are a pre-test and a post-test that ask the same two forms, A and B, each half of
    the people the other one first. Who knows the keys of one knows the other's, so their feedback
    waits for both and is released for both.
    """

    __tablename__ = "sitting"
    __table_args__ = (
        Index(
            "uq_sitting_one_crossed",
            "event_id",
            "phase",
            unique=True,
            sqlite_where=text("crossed"),
            postgresql_where=text("crossed"),
        ),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id"))
    phase: Mapped[Phase] = mapped_column(StoredEnum(Phase, 12))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    feedback_mode: Mapped[FeedbackMode] = mapped_column(StoredEnum(FeedbackMode, 20))
    grace_minutes: Mapped[int] = mapped_column(default=10)
    asks_confidence: Mapped[bool] = mapped_column(default=False)
    crossed: Mapped[bool] = mapped_column(default=False)
    released_at: Mapped[datetime | None]

    prepared_at: Mapped[datetime | None]
    seed: Mapped[str | None] = mapped_column(String(32))
    time_limit_minutes: Mapped[int | None]
    pass_mark: Mapped[int] = mapped_column(default=70)
    shuffle_items: Mapped[bool] = mapped_column(default=True)
    shuffle_options: Mapped[bool] = mapped_column(default=True)

    event: Mapped[Event] = relationship(back_populates="sittings")
    quiz: Mapped[Quiz] = relationship()
    slots: Mapped[list["StoredSlot"]] = relationship(
        back_populates="sitting",
        order_by="StoredSlot.form, StoredSlot.position",
        cascade="all, delete-orphan",
    )

    @property
    def label(self) -> str:
        """What the sitting is called: its phase, numbered by time where the event has several.

        Note: this reads ``event.sittings``, one query for each event not loaded yet.
        """
        alike = [each for each in self.event.sittings if each.phase is self.phase]
        if len(alike) == 1:
            return self.phase.label
        alike.sort(key=lambda each: each.opens_at)
        return f"{self.phase.label} {alike.index(self) + 1}"

    def state(self, now: datetime) -> SittingState:
        """Not prepared, missed, scheduled, open or closed, at ``now``."""
        return sitting_state(self.prepared_at, self.opens_at, self.closes_at, now)

    @property
    def last_arrival(self) -> datetime:
        """From here on nobody in it is awaited any more."""
        return self.closes_at + timedelta(minutes=self.grace_minutes)

    @property
    def forms(self) -> tuple[FormName, ...]:
        """The forms it holds once it is prepared."""
        return tuple(FormName) if self.crossed else (FormName.A,)

    def planned_form(self, enrolment: "Enrolment") -> FormName:
        """The form meant for whoever has this place, before they have begun either of the two."""
        if not self.crossed:
            return FormName.A
        first = first_form(enrolment.uid)
        return first if self.phase is Phase.PRE else first.other

    @property
    def twin(self) -> "Sitting | None":
        """The sitting it is crossed with; None where there is none, or it was deleted.

        Note: of a crossed one this reads ``event.sittings``, as ``label`` does.
        """
        if not self.crossed:
            return None
        others = (each for each in self.event.sittings if each.crossed and each is not self)
        return next(others, None)

    @property
    def pair(self) -> "tuple[Sitting, ...]":
        """Itself, and its twin where it has one."""
        return (self,) if self.twin is None else (self, self.twin)

    @property
    def per_item(self) -> bool:
        """True when each answer is locked as it is given, and explained at once."""
        return self.feedback_mode is FeedbackMode.PER_ITEM

    @property
    def awaits_release(self) -> bool:
        """True when nobody sees a key before an officer releases the feedback."""
        return self.feedback_mode is FeedbackMode.DELAYED and self.released_at is None

    def feedback_allowed(self, attempt: AttemptState, now: datetime) -> bool:
        """Whether keys and explanations of a whole attempt in this state may leave the server.

        Never before the attempt is finished; then as the mode says, or once the officer has
        released them. The only other way out is ``per_item``, one locked answer at a time.
        """
        if attempt is not AttemptState.FINISHED:
            return False
        if self.released_at is not None and self.released_at <= now:
            return True
        match self.feedback_mode:
            case FeedbackMode.DELAYED:
                return False
            case FeedbackMode.AFTER_CLOSE:
                return self.state(now) is SittingState.CLOSED
            case FeedbackMode.AFTER_SUBMIT | FeedbackMode.PER_ITEM:
                return True

    def planned_again(self, event: Event, quiz: Quiz) -> "Sitting":
        """The same plan in another event, its times still to be set; nothing of it is prepared."""
        return Sitting(
            event=event,
            quiz=quiz,
            phase=self.phase,
            feedback_mode=self.feedback_mode,
            grace_minutes=self.grace_minutes,
            asks_confidence=self.asks_confidence,
            crossed=self.twin is not None,
        )

    def move(self, shift: timedelta) -> None:
        """Open and close as much later (or earlier)."""
        self.opens_at, self.closes_at = self.opens_at + shift, self.closes_at + shift

    def open_now(self, now: datetime) -> None:
        """Start at once; a closing time already past moves to the quiz's length from now."""
        self.opens_at = now
        if self.closes_at <= now:
            self.closes_at = now + timedelta(minutes=self.time_limit_minutes or 60)

    def close_now(self, now: datetime) -> None:
        """End at once; what was answered before still arrives within the grace."""
        self.closes_at = now

    def release(self, now: datetime) -> None:
        """Let the feedback be read by whoever is done, its twin's too; the first time counts."""
        for each in self.pair:
            if each.released_at is None:
                each.released_at = now

    def refusal_to_release(self, now: datetime) -> str | None:
        """Why no key may leave yet; None where nothing is in the way but its own state."""
        if self.twin is None or self.twin.state(now) is SittingState.CLOSED:
            return None
        return (
            f"{self.label} dan {self.twin.label} memakai soal yang sama, bersilang: yang dibahas "
            f"sekarang masih akan dikerjakan orang lain. Rilis sesudah {self.twin.label} ditutup."
        )

    def keys_out(self, now: datetime) -> bool:
        """True once the keys of the whole form are known, so that it is no measure any more."""
        return self.phase.counted and self.released_at is not None and self.released_at <= now

    def refusal_to_reopen(self, now: datetime) -> str | None:
        """Why it cannot be open again with the same form, and the way out; None where it can."""
        known = next((each for each in self.pair if each._known(self, now)), None)
        if known is None or self.state(now) is SittingState.OPEN:
            return None
        return (
            f"Pembahasan {known.label} sudah dibuka: kuncinya diketahui, jadi sesi ini tidak "
            "dibuka lagi dengan soal yang sama. Jalan keluarnya: tambah sesi baru pada kegiatan "
            "ini, lalu siapkan. Soalnya dipilih yang lain selama bank soal cukup."
        )

    def _known(self, to: "Sitting", now: datetime) -> bool:
        """Whether its keys are a reason not to open ``to``, which is itself or its twin, again."""
        if self is to or self.feedback_mode is not FeedbackMode.AFTER_SUBMIT:
            return self.keys_out(now)
        read_from = max(self.opens_at, to.last_arrival)
        return self.prepared_at is not None and now >= read_from

    def time_limit_for(self, extra_percent: int = 0) -> timedelta | None:
        """The limit of somebody given ``extra_percent`` more; None without a limit."""
        if self.time_limit_minutes is None:
            return None
        return timedelta(seconds=self.time_limit_minutes * 60 * (100 + extra_percent) // 100)

    def time_for(self, start: datetime, extra_percent: int = 0) -> timedelta | None:
        """What the closing leaves of that limit to somebody who starts at ``start``."""
        limit = self.time_limit_for(extra_percent)
        return None if limit is None else min(limit, self.closes_at - start)

    def extend(self, minutes: int, now: datetime) -> None:
        """Move the closing time by ``minutes`` (positive) from where it is, or from now if past."""
        self.closes_at = max(self.closes_at, now) + timedelta(minutes=minutes)
