"""An event as its speaker meets it: a pre-test on some sentences, and who did how well at them."""

from collections.abc import Sequence
from datetime import timedelta

from quiz.models import Attempt, BankItem, Sitting
from quiz.models.events.events import Phase
from quiz.queries.taking.asked import asked_in
from tests.factories import Make


def items_on(make: Make, *passages: str) -> list[BankItem]:
    """An item for each of these passages, which are made too, on one article."""
    make.reference("UU-1")
    for place, code in enumerate(passages, start=1):
        make.passage(code, text=f"Kalimat {code}.", position=place)
    return [make.bank_item(make.item(passages=(code,), references=("UU-1",))) for code in passages]


def closed(make: Make, items: Sequence[BankItem], **changes: object) -> Sitting:
    """A pre-test with these items that has just closed, nobody awaited."""
    return make.sitting(
        **{
            "items": items,
            "asks_confidence": True,
            "closes_at": make.now,
            "grace_minutes": 0,
            **changes,
        }  # type: ignore[arg-type]
    )


def answer(make: Make, sitting: Sitting, right: Sequence[int], people: int, **sure: int) -> None:
    """So many new people, of whom ``right`` have each item right; ``wrong`` is how sure the others
    say they are."""
    for person in range(people):
        attempt = make.attempt(sitting, make.enrolment(sitting.event))
        given(make, attempt, [person < number for number in right], **sure)


def given(make: Make, attempt: Attempt, right: Sequence[bool], wrong: int = 2) -> None:
    """A scored attempt with these items right and the others wrong."""
    for position, is_right in enumerate(right, start=1):
        chosen = None if is_right else _wrong(make, attempt, position)
        make.response(attempt, position, chosen, confidence=2 if is_right else wrong)
    make.score(attempt, make.now)


def post_test(make: Make, pre: Sitting, items: Sequence[BankItem], **changes: object) -> Sitting:
    """A post-test of the same event that opened after the pre-test."""
    return closed(
        make,
        items,
        event=pre.event,
        phase=Phase.POST,
        opens_at=pre.opens_at + timedelta(minutes=1),
        **changes,
    )


def _wrong(make: Make, attempt: Attempt, position: int) -> list[str]:
    item = asked_in(make.session, attempt)[position].item
    return [next(option.id for option in item.options if option.id not in item.keys)]
