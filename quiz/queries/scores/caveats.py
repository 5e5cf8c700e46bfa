"""What has to be said wherever a sitting's figures stand: on pages, on paper and in every file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import case, distinct, func, select
from sqlalchemy.orm import Session

from quiz.models import (
    Attempt,
    BankItem,
    Contest,
    Enrolment,
    FormChoice,
    ItemVersion,
    Sitting,
    StoredSlot,
)
from quiz.queries.scores.contested.rulings import correction_line, corrections
from quiz.queries.scores.designs import designs

PURPOSE = (
    "Laporan ini mengukur pengetahuan saat kegiatan, bukan perilaku sesudahnya. Untuk kantor "
    "penyelenggara; jangan disebarkan kepada umum."
)
INVENTED = "Peragaan: semua orang, jawaban, dan angka di sini rekaan."


@dataclass(frozen=True)
class Caveats:
    """What qualifies the figures of a sitting.

    ``correction`` is the sentence on items whose key was corrected after people had answered; no
    checker signed ``unsigned`` of its items; ``after_release`` people answered when the keys were
    out, and count as not having answered. ``design`` is how pre-test and post-test are alike, and
    ``comparable`` False where they are so unlike that no change can be told. Of the ``contested``
    items ``waiting`` have a contest that nobody has decided yet.
    """

    design: str | None = None
    correction: str | None = None
    unsigned: int = 0
    after_release: int = 0
    contested: int = 0
    waiting: int = 0
    comparable: bool = True

    @property
    def sentences(self) -> list[str]:
        """Each in words, as it stands beside the figures."""
        found = [self.design] if self.design else []
        if self.after_release:
            found.append(
                f"{self.after_release} orang mengerjakan sesudah pembahasan dibuka; "
                "jawaban mereka tidak masuk angka mana pun di sini."
            )
        if self.unsigned:
            found.append(
                f"{self.unsigned} soal sesi ini paket awal, belum disahkan pemeriksa hukum. "
                "Sebut hal ini bila angkanya dikutip."
            )
        if self.contested:
            found.append(
                f"{self.contested} soal disanggah peserta: {self.waiting} menunggu putusan, "
                f"{self.contested - self.waiting} sudah diputus."
            )
        if self.correction:
            found.append(self.correction)
        return found


def caveats(
    session: Session,
    sittings: Sequence[Sitting],
    released: Mapping[int, int] = MappingProxyType({}),
) -> dict[int, Caveats]:
    """Sitting id → what qualifies its figures; ``released`` as ``after_release`` gives it, where
    they are of everybody. Five queries, and one where the event's sittings were not read yet."""
    alike = designs(session, {sitting.event_id for sitting in sittings})
    unsigned = _unsigned(session, sittings)
    corrected = corrections(session, sittings)
    contested = _contested(session, sittings)
    return {
        sitting.id: Caveats(
            alike[sitting.id].words if sitting.id in alike else None,
            correction_line(corrected.get(sitting.id, [])),
            unsigned.get(sitting.id, 0),
            released.get(sitting.id, 0),
            *contested.get(sitting.id, (0, 0)),
            comparable=sitting.id not in alike or alike[sitting.id].comparable,
        )
        for sitting in sittings
    }


def after_release(session: Session, sittings: Sequence[Sitting]) -> dict[int, int]:
    """Sitting id → people who answered when its keys were out, where there are any. One query."""
    rows = session.execute(
        select(Attempt.sitting_id, func.count())
        .join(Attempt.enrolment)
        .where(
            Attempt.sitting_id.in_([sitting.id for sitting in sittings]),
            Attempt.after_release,
            Attempt.counted,
            Attempt.voided_at.is_(None),
            Enrolment.removed_at.is_(None),
        )
        .group_by(Attempt.sitting_id)
    )
    return {sitting_id: people for sitting_id, people in rows}


def _contested(session: Session, sittings: Sequence[Sitting]) -> dict[int, tuple[int, int]]:
    """Sitting id → item versions contested in it, and those with a contest still open."""
    waits = case((Contest.decided_at.is_(None), Contest.item_version_id))
    rows = session.execute(
        select(
            Attempt.sitting_id,
            func.count(distinct(Contest.item_version_id)),
            func.count(distinct(waits)),
        )
        .join(Contest.attempt)
        .where(Attempt.sitting_id.in_([sitting.id for sitting in sittings]))
        .group_by(Attempt.sitting_id)
    )
    return {sitting_id: (contested, waiting) for sitting_id, contested, waiting in rows}


def _unsigned(session: Session, sittings: Sequence[Sitting]) -> dict[int, int]:
    """Sitting id → items of its form whose version no legal checker has signed."""
    rows = session.execute(
        select(StoredSlot.sitting_id, func.count(distinct(ItemVersion.id)))
        .join(FormChoice, FormChoice.slot_id == StoredSlot.id)
        .join(ItemVersion, ItemVersion.id == FormChoice.item_version_id)
        .join(BankItem, BankItem.id == ItemVersion.bank_item_id)
        .where(
            StoredSlot.sitting_id.in_([sitting.id for sitting in sittings]),
            BankItem.signed_at.is_(None) | (BankItem.published_id != ItemVersion.id),
        )
        .group_by(StoredSlot.sitting_id)
    )
    return {sitting_id: number for sitting_id, number in rows}
