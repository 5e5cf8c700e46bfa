"""Sentences of the material that people of a sitting still misread, from how its items did."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.assessment.analysis.display import Difficulty
from quiz.assessment.analysis.item_analysis import Facility
from quiz.assessment.analysis.item_flags import FlagKind
from quiz.assessment.analysis.sitting_report import MisreadSentence
from quiz.assessment.rounding import whole_percent
from quiz.models import Passage, Reference, Sitting
from quiz.queries.scores.caveats import Caveats, after_release, caveats
from quiz.queries.scores.items.complete import Scope
from quiz.queries.scores.items.item_analysis import AnalysedItem, analysed_items

MOST = 10
"""So many sentences are worth talking about."""


@dataclass(frozen=True)
class Misread:
    """An item that was not easy, with the sentence it tests and the articles it rests on.

    ``sentences`` are the passages' texts, none where the item rests on the law alone. ``sure``:
    at least a fifth of the answers were very sure and wrong.
    """

    row: AnalysedItem
    facility: Facility
    sentences: tuple[str, ...]
    articles: tuple[str, ...]

    @property
    def sure(self) -> bool:
        return self.row.flagged(FlagKind.SURE_BUT_WRONG)

    @property
    def plain(self) -> MisreadSentence:
        """The same as a plain value."""
        return MisreadSentence(
            code=self.row.code,
            version=self.row.version.number,
            topic=self.row.item.topic,
            stem=self.row.item.stem,
            sentences=self.sentences,
            articles=self.articles,
            facility=self.facility,
            sure=self.sure,
        )


def misread(session: Session, sitting: Sitting, now: datetime) -> list[Misread]:
    """Confident errors first, then the hardest; equals by code. Nothing before all is settled.

    Only knowledge items that may be told of, and MOST of them. Six queries; where attempts ended by
    time have no stored score, some more.
    """
    return misread_among(session, analysed_items(session, Scope(sitting=sitting.uid), now))


def misread_among(session: Session, rows: Iterable[AnalysedItem]) -> list[Misread]:
    """The same of items that are analysed already. Two queries."""
    chosen = sorted(filter(_hard, rows), key=_urgency)[:MOST]
    texts = texts_of(session, {code for row in chosen for code in row.item.passages})
    articles = articles_of(session, {code for row in chosen for code in row.item.references})
    return [
        Misread(
            row,
            row.figures.facility,
            tuple(texts[code] for code in row.item.passages if code in texts),
            tuple(articles[code] for code in row.item.references if code in articles),
        )
        for row in chosen
        if row.figures.facility is not None
    ]


def caveats_of(session: Session, sitting: Sitting) -> Caveats:
    """What has to be said beside the sentences of a sitting. Six queries."""
    return caveats(session, [sitting], after_release(session, [sitting]))[sitting.id]


def _hard(row: AnalysedItem) -> bool:
    return row.figures.difficulty not in {None, Difficulty.EASY}


def _urgency(row: AnalysedItem) -> tuple[bool, int, str]:
    facility = row.figures.facility
    share = whole_percent(100 * facility.value) if facility else 0
    return not row.flagged(FlagKind.SURE_BUT_WRONG), share, row.code


def texts_of(session: Session, codes: Collection[str]) -> dict[str, str]:
    """Code → what the passage says. One query."""
    found = session.execute(select(Passage.code, Passage.text).where(Passage.code.in_(codes)))
    return {code: text for code, text in found}


def articles_of(session: Session, codes: Collection[str]) -> dict[str, str]:
    """Code → law and article: "UU 20/2023 Pasal 9 ayat (2)". One query."""
    found = session.execute(
        select(Reference.code, Reference.law, Reference.article).where(Reference.code.in_(codes))
    )
    return {code: f"{law} {article}".strip() for code, law, article in found}
