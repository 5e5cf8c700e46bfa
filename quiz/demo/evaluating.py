"""What the invented people say of their event, in a sheet without a name."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from quiz.actions.events.attending import hand_in_sheet
from quiz.assessment.evaluation import Pile
from quiz.demo.seeds import rng
from quiz.models import Enrolment

SHARE = 0.8
"""Of those who have done both tests."""

WEIGHTS = ((1, 1, 4, 10, 8), (1, 2, 6, 10, 5), (1, 3, 7, 9, 4))
"""How often each rating is given, scale by scale."""

REMARKS = (
    "Contoh kasus di media sosial ditambah.",
    "Waktu tanya jawab terlalu singkat.",
    "Materi dibagikan sebelum acara supaya sempat dibaca.",
    "Ruangan panas, mohon kipas ditambah.",
    "Tampilan di HP mudah dipakai.",
    "Kepala desa perlu sesi tersendiri tentang bantuan desa.",
)


def evaluate(session: Session, people: Iterable[Enrolment], seed: str) -> None:
    """Most of ``people`` hand in a sheet; some write something, each in words of their own."""
    said = iter(REMARKS)
    for enrolment in people:
        source = rng(seed, f"evaluasi/{enrolment.uid}")
        if source.random() < SHARE:
            ratings = [source.choices(range(1, 6), weights)[0] for weights in WEIGHTS]
            remark = next(said, "") if source.random() < 0.25 else ""
            hand_in_sheet(session, enrolment, Pile.of_sheet(ratings, remark))
