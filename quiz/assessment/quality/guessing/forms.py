"""What guessers score on forms as a ready package would draw them from a bank."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from quiz.assessment.forms.form import Blueprint, Candidate, Form
from quiz.assessment.forms.ready import ready_blueprint
from quiz.assessment.forms.selection import prepare_form
from quiz.assessment.items.item import EVERYBODY, Item, Status
from quiz.assessment.quality.guessing.guessers import GUESSERS
from quiz.assessment.quality.guessing.measuring import bound, earned

ITEMS, FORMS = 15, 40
PASS_MARK = Fraction(70, 100)


@dataclass(frozen=True)
class FormMeasure:
    """What a guesser scores on the forms of a status: on average, and on how many it passes.

    ``most`` is what the bounds of single items allow on average.
    """

    guesser: str
    status: Status
    forms: int
    right: Fraction
    most: Fraction
    passed: int

    @property
    def over(self) -> bool:
        """Whether guessing pays on such forms."""
        return self.right > self.most


def form_measures(items: Sequence[Item], topics: Sequence[str]) -> list[FormMeasure]:
    """Every guesser on forms drawn for everybody; [] where the bank cannot fill any.

    A guesser with nothing to go by guesses. A bank of 250 items takes some seconds.
    """
    by_code = {item.code: item for item in items}
    forms = list(_forms(items, topics))
    if not forms:
        return []
    worth = {
        (guesser.name, item.code): earned(guesser, item) for guesser in GUESSERS for item in items
    }
    bounds = {item.code: bound(item) for item in items}
    found = []
    for status in Status:
        met = [[by_code[slot.versions[status]] for slot in form] for form in forms]
        most = sum((bounds[item.code] for form in met for item in form), Fraction(0))
        for guesser in GUESSERS:
            scores = [
                sum((worth[guesser.name, item.code] for item in form), Fraction(0)) / len(form)
                for form in met
            ]
            found.append(
                FormMeasure(
                    guesser.name,
                    status,
                    len(forms),
                    sum(scores, Fraction(0)) / len(forms),
                    most / sum(map(len, met)),
                    sum(score >= PASS_MARK for score in scores),
                )
            )
    return found


def _forms(items: Sequence[Item], topics: Sequence[str]) -> Iterator[Form]:
    candidates = [_candidate(item) for item in items]
    blueprint = ready_blueprint(candidates, EVERYBODY, topics, items=ITEMS, forms=1)
    if not isinstance(blueprint, Blueprint):
        return
    for seed in range(FORMS):
        made = prepare_form(blueprint, candidates, EVERYBODY, Random(seed))  # noqa: S311  # no secret
        if isinstance(made, tuple):
            yield made


def _candidate(item: Item) -> Candidate:
    return Candidate(
        version_uid=item.code,
        item_code=item.code,
        topic=item.topic,
        level=item.level,
        type=item.type,
        audience=item.audience,
        in_force=True,
        not_with=frozenset(item.not_with),
        pair=item.pair,
        scenario=item.scenario,
    )
