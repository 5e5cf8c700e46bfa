"""What the invented people ask about their data: one waits for an answer, one has it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quiz.actions.events.privacy.requesting import Wish, answer, make_request
from quiz.demo.seeds import uid
from quiz.models import Enrolment, User
from quiz.models.events.subject_requests import RequestKind

REPLY = (
    "Nilai Anda dihapus bersama semua nama kegiatan ini sesudah masa simpannya. Sampai itu hanya "
    "Anda dan petugas yang melihatnya."
)


def ask(
    session: Session, people: Sequence[Enrolment], officer: User, seed: str, at: datetime
) -> None:
    """The first two of ``people`` ask something around ``at``."""
    wishes = (
        (RequestKind.POSITION, "Kepala Seksi Pelayanan", "Baru dilantik bulan lalu."),
        (RequestKind.ERASURE, "", "Saya pindah tugas. Mohon nilai saya dihapus."),
    )
    for enrolment, (kind, wanted, text) in zip(people, wishes, strict=False):
        wish = Wish(kind, wanted, text, enrolment.id)
        asked = make_request(session, enrolment.user_id, wish, at)
        asked.uid = uid(seed, f"permintaan/{kind}")
        if kind is RequestKind.ERASURE:
            answer(session, asked, officer.id, REPLY, at + timedelta(hours=1))
