"""How items did: what is known of each version from everybody who met it in closed sittings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from quiz.assessment.analysis.disclosure import Choices, Figures, Group, choices, figures
from quiz.assessment.analysis.item_flags import FlagKind
from quiz.assessment.items.item import Item, option_letter
from quiz.assessment.scores.ruling import Ruling, as_ruled
from quiz.models import BankItem, Event, ItemVersion, Sitting
from quiz.models.events.events import Phase
from quiz.queries.scores.computed import rulings_for
from quiz.queries.scores.items.complete import Scope, closed_in
from quiz.queries.scores.items.meetings import meetings_by_version


@dataclass(frozen=True)
class AnalysedItem:
    """One version with what may be shown of it; ``item`` has the weights that count now."""

    version: ItemVersion
    item: Item
    rulings: tuple[Ruling, ...]
    figures: Figures

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
        return any(flag.kind is kind for flag in self.figures.flags)


def analysed_items(session: Session, scope: Scope, now: datetime) -> list[AnalysedItem]:
    """Every version somebody met in ``scope``, by item code and number.

    Five queries; where attempts ended by time have no stored score, two more and one for each
    form not yet in memory.
    """
    return analysed(session, meetings_by_version(session, scope, now))


def analysed(session: Session, met: Mapping[str, Sequence[Group]]) -> list[AnalysedItem]:
    """These versions with what may be shown of them, by item code and number. Two queries."""
    rulings = rulings_for(session, list(met))
    return [_analysed(version, met[version.uid], rulings) for version in _versions(session, met)]


def _analysed(
    version: ItemVersion, groups: Sequence[Group], rulings: Iterable[Ruling]
) -> AnalysedItem:
    applying = tuple(ruling for ruling in rulings if ruling.item_version == version.uid)
    item = as_ruled(version.item, applying)
    return AnalysedItem(version, item, applying, figures(item, groups))


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
    session: Session, version: ItemVersion, now: datetime, sitting: str | None = None
) -> tuple[AnalysedItem, Choices | None]:
    """One version as all sittings know it or the one with this uid; also when nobody has met it."""
    scope = Scope(sitting=sitting, version=version)
    groups = meetings_by_version(session, scope, now).get(version.uid, ())
    row = _analysed(version, groups, rulings_for(session, [version.uid]))
    return row, choices(row.item, groups)


def closed_sittings(session: Session, scope: Scope, now: datetime) -> list[Sitting]:
    """Counted sittings of ``scope`` that have closed, with their event, the latest event first."""
    return list(
        session.scalars(
            select(Sitting)
            .join(Sitting.event)
            .options(contains_eager(Sitting.event).selectinload(Event.sittings))
            .where(*closed_in(scope, now), Sitting.phase != Phase.PRACTICE)
            .order_by(Event.starts_at.desc(), Event.id.desc(), Sitting.opens_at, Sitting.id)
        )
    )
