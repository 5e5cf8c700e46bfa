"""What contests and their answers say here, and one by somebody else."""

from quiz.models import BankItem, Contest
from quiz.models.events.events import Phase
from tests.factories import Make

WORDS = "Menurut Pasal 9, jawaban kedua juga tepat."
ANSWER = "Pasal 9 hanya menyebut yang pertama."


def contested(make: Make, item: BankItem, words: str = WORDS, name: str | None = None) -> Contest:
    """A contest of the item by somebody else."""
    sitting = make.sitting(phase=Phase.POST, items=[item])
    person = make.enrolment(sitting.event, make.user(name))
    return make.contest(make.finished(sitting, person), 1, words)
