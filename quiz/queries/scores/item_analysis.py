"""How items did: what is known of each version from everybody who met it in closed sittings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from quiz.assessment.analysis.item_analysis import ItemAnalysis, analyse
from quiz.assessment.analysis.item_flags import Flag, FlagKind, flags
from quiz.assessment.items.item import Item, option_letter
from quiz.assessment.scores.ruling import Ruling, as_ruled
from quiz.models import BankItem, Event, ItemVersion, Sitting
from quiz.models.events.events import Phase
from quiz.queries.scores.computed import rulings_for
from quiz.queries.scores.meetings import Scope, closed_in, meetings_by_version


@dataclass(frozen=True)
class AnalysedItem:
    """One version with its analysis; ``item`` carries the weights that count after rulings.

    ``sittings`` is how many closed sittings its people come from.
    """

    version: ItemVersion
    item: Item
    rulings: tuple[Ruling, ...]
    analysis: ItemAnalysis
    flags: tuple[Flag, ...]
    sittings: int

    @property
    def code(self) -> str:
        """The item's code."""
        return self.version.bank_item.code

    @property
    def void(self) -> bool:
        """True when a ruling has taken the item out of every score."""
        return any(ruling.kind == "void" for ruling in self.rulings)

    @property
    def letters(self) -> dict[str, str]:
        """Option id → its letter on the item's own page: A, B, C in the author's order."""
        return {option.id: option_letter(place) for place, option in enumerate(self.item.options)}

    def flagged(self, kind: FlagKind) -> bool:
        """Whether it has a flag of this kind."""
        return any(flag.kind is kind for flag in self.flags)


def analysed_items(session: Session, scope: Scope, now: datetime) -> list[AnalysedItem]:
    """Every version somebody met in ``scope``, by item code and number.

    Four queries; where attempts ended by time have no stored score, two more and one for each
    form not yet in memory.
    """
    met = meetings_by_version(session, scope, now)
    rulings = rulings_for(session, list(met))
    found = []
    for version in _versions(session, met):
        applying = tuple(ruling for ruling in rulings if ruling.item_version == version.uid)
        item = as_ruled(version.item, applying)
        analysis = analyse(item, met[version.uid])
        sittings = len({meeting.sitting for meeting in met[version.uid]})
        found.append(
            AnalysedItem(version, item, applying, analysis, tuple(flags(analysis)), sittings)
        )
    return found


def _versions(session: Session, uids: Iterable[str]) -> list[ItemVersion]:
    return list(
        session.scalars(
            select(ItemVersion)
            .join(ItemVersion.bank_item)
            .options(contains_eager(ItemVersion.bank_item))
            .where(ItemVersion.uid.in_(list(uids)))
            .order_by(BankItem.code, ItemVersion.number)
        )
    )


def analysed_version(
    session: Session, scope: Scope, version: ItemVersion, now: datetime
) -> AnalysedItem:
    """One version as ``scope`` knows it, also when nobody has met it yet."""
    found = analysed_items(session, Scope(scope.event, scope.sitting, version), now)
    if found:
        return found[0]
    rulings = tuple(rulings_for(session, [version.uid]))
    item = as_ruled(version.item, rulings)
    return AnalysedItem(version, item, rulings, analyse(item, []), (), 0)


def closed_sittings(session: Session, scope: Scope, now: datetime) -> list[Sitting]:
    """Counted sittings of ``scope`` that have closed, with their event, the latest event first."""
    return list(
        session.scalars(
            select(Sitting)
            .join(Sitting.event)
            .options(contains_eager(Sitting.event))
            .where(*closed_in(scope, now), Sitting.phase != Phase.PRACTICE)
            .order_by(Event.starts_at.desc(), Event.id.desc(), Sitting.opens_at, Sitting.id)
        )
    )
