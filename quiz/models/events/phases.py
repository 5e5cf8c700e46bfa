"""Where a sitting stands in its event, and when its feedback is seen."""

from enum import StrEnum


class Phase(StrEnum):
    """Where a sitting stands in the event."""

    PRE = "pre"
    POST = "post"
    FOLLOW_UP = "follow_up"
    PRACTICE = "practice"

    @property
    def label(self) -> str:
        return _PHASE_LABELS[self]

    @property
    def counted(self) -> bool:
        """True when its attempts stand in figures; at most one unvoided attempt per person."""
        return self is not Phase.PRACTICE


_PHASE_LABELS = {
    Phase.PRE: "Pre-test",
    Phase.POST: "Post-test",
    Phase.FOLLOW_UP: "Tindak lanjut",
    Phase.PRACTICE: "Latihan",
}


class FeedbackMode(StrEnum):
    """When a participant sees keys and explanations."""

    DELAYED = "tertunda"
    AFTER_SUBMIT = "setelah_kirim"
    AFTER_CLOSE = "setelah_ditutup"
    PER_ITEM = "per_soal"

    @property
    def label(self) -> str:
        return _MODE_LABELS[self]


_MODE_LABELS = {
    FeedbackMode.DELAYED: "Tertunda, sampai petugas merilis",
    FeedbackMode.AFTER_SUBMIT: "Langsung setelah kirim",
    FeedbackMode.AFTER_CLOSE: "Setelah sesi ditutup",
    FeedbackMode.PER_ITEM: "Per soal, jawaban terkunci",
}

DEFAULT_MODES = {
    Phase.PRE: FeedbackMode.DELAYED,
    Phase.POST: FeedbackMode.AFTER_SUBMIT,
    Phase.FOLLOW_UP: FeedbackMode.AFTER_SUBMIT,
    Phase.PRACTICE: FeedbackMode.PER_ITEM,
}


class EventState(StrEnum):
    """Where an event stands, by its own hours and by its sittings."""

    PLANNED = "planned"
    READY = "ready"
    RUNNING = "running"
    CLOSED = "closed"
    OVER = "over"

    @property
    def label(self) -> str:
        return _EVENT_LABELS[self]


_EVENT_LABELS = {
    EventState.PLANNED: "Direncanakan",
    EventState.READY: "Siap",
    EventState.RUNNING: "Berlangsung",
    EventState.CLOSED: "Semua sesi ditutup",
    EventState.OVER: "Selesai",
}
