"""Rules about what somebody scores who knows how tests are written and no law."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from quiz.assessment.items.fields import lower_first
from quiz.assessment.items.item import Item, Status
from quiz.assessment.quality.guessing.measuring import (
    FEWEST_PERMITTED,
    Measure,
    Permitted,
    measures,
    permitted,
)
from quiz.assessment.quality.linter.rule import GUIDE, Note, bank_rule

WHOLE_BANK = "seluruh bank"

FEWEST_IN_BANK = 60
"""Below, a kind of item is too small a part for its share to say anything."""


@bank_rule(
    "penebak",
    "error",
    reason="Kuis yang dapat dijawab tanpa mengetahui hukum tidak mengukur apa pun.",
    source="Millman, Bishop, dan Ebel (1965), Educational and Psychological Measurement 25(3)",
)
def guessing_does_not_pay(items: Sequence[Item]) -> Iterator[Note]:
    """No guesser is right more often than allowed, in the bank or in what a status may meet.

    On 60 in 100 of what comes down to yes or no, and 5 points over chance elsewhere.
    """
    if len(items) < FEWEST_IN_BANK:
        return
    whole = {(m.guesser, m.kind): m for m in measures(items)}
    yield from (Note(WHOLE_BANK, _said(measure)) for measure in whole.values() if measure.over)
    of_status: defaultdict[tuple[str, str], dict[Status, Measure]] = defaultdict(dict)
    for status, met in _met_by(items).items():
        for measure in measures(met):
            name = measure.guesser, measure.kind
            if measure.over and not (name in whole and whole[name].over):
                of_status[name][status] = measure
    for found in of_status.values():
        worst = max(found.values(), key=lambda measure: measure.right - measure.most)
        yield Note(_for(found), _said(worst))


@bank_rule(
    "boleh-menjadi-kunci",
    "error",
    reason="Bila jawabannya selalu menolak, peserta belajar menolak juga yang wajib ia kerjakan.",
    source=GUIDE,
)
def what_is_permitted_is_asked_too(items: Sequence[Item]) -> Iterator[Note]:
    """In 40 of 100 situations whose key refuses or permits, the key permits or requires."""
    if len(items) < FEWEST_IN_BANK:
        return
    whole = permitted(items)
    if whole.short:
        yield Note(WHOLE_BANK, _wanted(whole))
        return
    of_status = {status: permitted(met) for status, met in _met_by(items).items()}
    short = {status: found for status, found in of_status.items() if found.short}
    if short:
        worst = min(short.values(), key=lambda found: found.share)
        yield Note(_for(short), _wanted(worst))


def _met_by(items: Sequence[Item]) -> dict[Status, list[Item]]:
    return {status: [item for item in items if status in item.audience] for status in Status}


def _for(statuses: Iterable[Status]) -> str:
    return f"soal bagi {', '.join(lower_first(status.label) for status in statuses)}"


def _said(measure: Measure) -> str:
    return (
        f"“{measure.guesser}” benar {_percent(measure.right)} pada {measure.items} soal "
        f"({measure.kind}); paling banyak {_percent(measure.most)}. Ubah sebagian kunci atau kata "
        "pengecohnya."
    )


def _wanted(found: Permitted) -> str:
    return (
        f"Yang boleh atau wajib menjadi kunci pada {_percent(found.share)} dari {found.items} soal "
        f"situasi; paling sedikit {_percent(FEWEST_PERMITTED)}. Tambah situasi yang boleh, padahal "
        "terlihat terlarang."
    )


def _percent(share: Fraction) -> str:
    return f"{round(100 * share)} persen"
