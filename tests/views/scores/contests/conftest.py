"""An item that can be contested, and a finished attempt at it."""

import pytest

from quiz.models import Attempt, BankItem, User
from quiz.models.events.events import Phase
from tests.factories import Make


@pytest.fixture
def item(make: Make) -> BankItem:
    return make.bank_item(make.item(code="ADA-1", stem="Apa itu netral?"))


@pytest.fixture
def attempt(make: Make, item: BankItem, ani: User) -> Attempt:
    """Ani's submitted post-test of two items, feedback at once, in the author's order."""
    sitting = make.sitting(phase=Phase.POST, items=[item, make.bank_item()], shuffle_items=False)
    return make.finished(sitting, make.enrolment(sitting.event, ani))
