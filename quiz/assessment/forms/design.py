"""How two tests of one event are alike, which says what a difference between them may mean."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quiz.assessment.forms.form import Group
from quiz.assessment.items.item import Status

Asked = Mapping[Status, frozenset[int]]
"""For each status the items (not their versions) that it is asked."""


class Kind(StrEnum):
    """What the second test asks beside the first."""

    CROSSED = "crossed"
    PARALLEL = "parallel"
    SAME = "same"
    UNLIKE = "unlike"


@dataclass(frozen=True)
class Side:
    """One form of a test: what its positions ask for, and which items."""

    groups: tuple[Group, ...]
    asked: Asked


@dataclass(frozen=True)
class Design:
    """``repeated``: of ``items`` in the second test so many were asked of the same people in the
    first, counted for the status with most."""

    kind: Kind
    repeated: int
    items: int


def design(paths: Sequence[tuple[Side, Side]], *, crossed: bool) -> Design:
    """The design of two tests. ``paths`` are the forms that somebody meets first and second: one
    where all meet the same, two where they are crossed."""
    repeated = max(_repeated(first, second) for first, second in paths)
    items = max(len(second.groups) for _, second in paths)
    alike = all(Counter(first.groups) == Counter(second.groups) for first, second in paths)
    if alike and repeated == items:
        return Design(Kind.SAME, repeated, items)
    if not alike:
        return Design(Kind.UNLIKE, repeated, items)
    return Design(Kind.CROSSED if crossed else Kind.PARALLEL, repeated, items)


def _repeated(first: Side, second: Side) -> int:
    both = (items & first.asked.get(status, frozenset()) for status, items in second.asked.items())
    return max(map(len, both), default=0)


def design_words(found: Design, first: str, second: str) -> str:
    """What has to be said of the tests called ``first`` and ``second`` beside their figures."""
    both = f"{first} dan {second}"
    match found.kind:
        case Kind.SAME:
            return (
                f"{both} memakai soal yang sama: sebagian kenaikan dapat berasal dari mengingat "
                "soal."
            )
        case Kind.UNLIKE:
            words = f"Kisi-kisi {both} berbeda, jadi nilainya tidak dapat dibandingkan langsung."
        case Kind.PARALLEL:
            words = (
                f"{both} memakai soal berbeda yang setara, tanpa disilang: semua peserta mendapat "
                "formulir yang sama lebih dulu, jadi beda kesukaran kedua formulir terbaca sebagai "
                "kenaikan atau penurunan."
            )
        case Kind.CROSSED:
            words = (
                f"{both} memakai dua formulir soal yang setara, disilang: separuh peserta "
                "mengerjakan formulir A dulu, separuh formulir B."
            )
    if not found.repeated:
        return words
    return (
        f"{words} {found.repeated} dari {found.items} soal dijumpai dua kali (soal jangkar): pada "
        "soal itu sebagian kenaikan dapat berasal dari mengingat soal."
    )
