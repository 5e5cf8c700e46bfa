"""Aiken: a question, its options A. to H., and ANSWER: with the letter of the key."""

import re

from quiz.exchange.questions.imported import ImportedItem
from quiz.exchange.questions.typed.gathered import Gathered, GatheredOption, imported

_OPTION = re.compile(r"([A-H])\s?[.)]\s+(\S.*)")
_KEY = re.compile(r"(?:ANSWER|JAWABAN|KUNCI)\s*:\s*(.*)", re.IGNORECASE)

NO_ANSWER = "Baris “ANSWER:” dengan huruf kuncinya tidak ada. Tambahkan di bawah opsi terakhir."


def read_aiken(text: str) -> list[ImportedItem]:
    """The items of an Aiken text; one without an ANSWER line ends where options begin again."""
    found: list[Gathered] = []
    now: Gathered | None = None
    gap = False
    for place, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if not stripped:
            gap = True
            continue
        option, key = _OPTION.match(stripped), _KEY.match(stripped)
        if now is None or (now.options and gap and not option and not key):
            now = Gathered(place, None, signs=False)
            found.append(now)
        gap = False
        if key:
            now.key, now = key[1] or "?", None
        elif option:
            ordinal = ord(option[1]) - ord("A") + 1
            now.options.append(GatheredOption(ordinal, [option[2]]))
        elif now.options:
            now.options[-1].text.append(stripped)
        else:
            now.stem.append(stripped)
    for each in found:
        if not each.key:
            each.faults.append(NO_ANSWER)
    return [
        imported(each, number, f"baris {each.place}") for number, each in enumerate(found, start=1)
    ]
