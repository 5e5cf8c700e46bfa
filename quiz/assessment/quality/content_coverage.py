"""What of the material, the claims and the law the items test: how often, and what not at all."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quiz.assessment.question_file.content import Folder

OFTEN_TIMES, OFTEN_LEAST = 3, 5


@dataclass(frozen=True)
class Cover:
    """How often one kind of thing (passages, claims, articles) is cited by items.

    `untested` are the codes no item cites, in the order of the files. `often` are those cited by
    at least 5 items and more than 3 times as many as a cited one on average, with their counts.
    """

    total: int
    untested: tuple[str, ...]
    often: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class ContentCoverage:
    """The cover of passages, claims and articles, and the items that teach no passage."""

    passages: Cover
    claims: Cover
    references: Cover
    items_without_passage: tuple[str, ...]


def content_coverage(folder: Folder) -> ContentCoverage:
    """How the items of a folder cover what the folder holds."""
    items = folder.items
    passages = [passage.code for material in folder.materials for passage in material.passages]
    return ContentCoverage(
        passages=_cover(passages, (code for item in items for code in item.passages)),
        claims=_cover(
            [claim.code for claim in folder.claims],
            (code for item in items for code in item.claims),
        ),
        references=_cover(
            [reference.code for reference in folder.references],
            (code for item in items for code in item.references),
        ),
        items_without_passage=tuple(item.code for item in items if not item.passages),
    )


def _cover(known: Sequence[str], cited: Iterable[str]) -> Cover:
    counted = Counter(cited)
    usual = Fraction(sum(counted.values()), len(counted)) if counted else Fraction(0)
    often = [
        (code, times)
        for code, times in counted.most_common()
        if times >= OFTEN_LEAST and times > OFTEN_TIMES * usual
    ]
    return Cover(
        total=len(known),
        untested=tuple(code for code in known if code not in counted),
        often=tuple(often),
    )
