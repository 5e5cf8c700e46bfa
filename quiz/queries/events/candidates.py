"""What the bank offers for a form: published versions, and whether their law holds on a day."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, load_only

from quiz.assessment.forms.selection import Candidate
from quiz.assessment.items.item import Item
from quiz.assessment.items.stages import Stage, stage_on
from quiz.assessment.items.types import ITEM_TYPES
from quiz.models.bank.items import BankItem, ItemVersion
from quiz.models.events.events import Sitting
from quiz.models.sources.material import Reference
from quiz.queries.bank.citations import flagged_versions
from quiz.queries.events.forms.anchors import kept_apart
from quiz.queries.events.prepared import event_day


def candidates_on(
    session: Session, day: date, also: Collection[str] = frozenset(), *, scored: bool = True
) -> list[Candidate]:
    """Every published item that is not retired, as a form of ``day`` may take it. Six queries.

    ``also`` are uids of further versions, such as those a form holds already. An item that cites
    an article the register does not know, or one not in force on that day, is not in force, nor is
    one meant for other stages of the election than that day's. One whose source has changed since
    it was compared is not offered, nor, for a ``scored`` sitting, one whose key is provisional.
    """
    in_force, stage = _codes_in_force(session, day), stage_on(day)
    flagged = flagged_versions(session)
    offered = BankItem.retired_at.is_(None) & (BankItem.published_id == ItemVersion.id)
    versions = session.scalars(
        select(ItemVersion)
        .join(BankItem, BankItem.id == ItemVersion.bank_item_id)
        .where(or_(offered, ItemVersion.uid.in_(also)))
        .order_by(ItemVersion.id)
    )
    usable = (v for v in versions if v.uid in also or v.id not in flagged)
    return [
        candidate
        for item, candidate in _candidates(usable, in_force, stage)
        if candidate.version_uid in also or not (scored and _provisional(item))
    ]


def offered_to(
    session: Session, sitting: Sitting, also: Collection[str] = frozenset()
) -> list[Candidate]:
    """What the bank offers a sitting on its event's day; see ``candidates_on``. Seven queries.

    What practice shows with its keys is not offered to a crossed sitting, nor what a crossed one
    asks to practice.
    """
    apart = kept_apart(session, sitting)
    found = candidates_on(session, event_day(sitting), also, scored=sitting.phase.counted)
    return [each for each in found if each.version_uid in also or each.item_code not in apart]


def _provisional(item: Item) -> bool:
    return ITEM_TYPES[item.type].provisional(item) is not None


def _meant_for(item: Item, stage: Stage | None) -> bool:
    return stage is None or not item.stages or stage in item.stages


def _codes_in_force(session: Session, day: date) -> set[str]:
    register = session.scalars(
        select(Reference).options(
            load_only(Reference.code, Reference.valid_from, Reference.valid_to)
        )
    )
    return {reference.code for reference in register if reference.in_force(day)}


def _candidates(
    versions: Iterable[ItemVersion], in_force: set[str], stage: Stage | None
) -> Iterator[tuple[Item, Candidate]]:
    for version in versions:
        item = Item.from_json(version.content)
        yield (
            item,
            Candidate(
                version_uid=version.uid,
                item_code=item.code,
                topic=item.topic,
                level=item.level,
                type=item.type,
                audience=item.audience,
                in_force=in_force.issuperset(item.references) and _meant_for(item, stage),
                not_with=frozenset(item.not_with),
                pair=item.pair,
                scenario=item.scenario,
            ),
        )
