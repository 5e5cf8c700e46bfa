"""How pre-test and post-test of an event are alike, in the words beside their figures."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.assessment.forms.crossing import FormName
from quiz.assessment.forms.design import Design, Kind, Side, design, design_words
from quiz.assessment.forms.form import Group
from quiz.assessment.items.item import Level, Status
from quiz.models import FormChoice, ItemVersion, Sitting, StoredSlot
from quiz.models.events.events import Phase

Sides = Mapping[FormName, Side]


class Said(NamedTuple):
    """A sentence on two tests, and whether their scores can be compared at all."""

    words: str
    comparable: bool


def designs(session: Session, event_ids: Collection[int]) -> dict[int, Said]:
    """Sitting id → what is said of it and its other test, for prepared pre-tests and post-tests.

    A post-test stands beside the pre-test before it. Two queries, and one for each event whose
    sittings were not read yet.
    """
    tests = session.scalars(
        select(Sitting)
        .where(
            Sitting.event_id.in_(event_ids),
            Sitting.phase.in_([Phase.PRE, Phase.POST]),
            Sitting.prepared_at.is_not(None),
        )
        .order_by(Sitting.opens_at, Sitting.id)
    ).all()
    pairs = list(_pairs(tests))
    sides = _sides(session, {each.id for pair in pairs for each in pair})
    said: dict[int, Said] = {}
    for pre, post in pairs:
        if not all(name in sides[each.id] for each in (pre, post) for name in each.forms):
            continue
        found = _design(pre, post, sides)
        words = design_words(found, pre.label, post.label)
        said[post.id] = Said(words, found.kind is not Kind.UNLIKE)
        said.setdefault(pre.id, said[post.id])
    return said


def _pairs(tests: Sequence[Sitting]) -> list[tuple[Sitting, Sitting]]:
    """Each post-test with its twin, else with the latest pre-test before it."""
    found = []
    for post in (each for each in tests if each.phase is Phase.POST):
        same_event = [each for each in tests if each.event_id == post.event_id]
        before = [
            each
            for each in same_event
            if each.phase is Phase.PRE and each.opens_at <= post.opens_at
        ]
        twin = next((each for each in same_event if each is post.twin), None)
        if twin is not None or before:
            found.append((twin or before[-1], post))
    return found


def _design(pre: Sitting, post: Sitting, sides: Mapping[int, Sides]) -> Design:
    crossed = pre.twin is post
    first, second = sides[pre.id], sides[post.id]
    return design(
        [
            (first[name], second[name.other if crossed else FormName.A])
            for name in (pre.forms if crossed else (FormName.A,))
        ],
        crossed=crossed,
    )


def _sides(session: Session, sitting_ids: Collection[int]) -> Mapping[int, Sides]:
    rows = session.execute(
        select(StoredSlot, FormChoice.status, ItemVersion.bank_item_id)
        .join(FormChoice, FormChoice.slot_id == StoredSlot.id)
        .join(ItemVersion, ItemVersion.id == FormChoice.item_version_id)
        .where(StoredSlot.sitting_id.in_(sitting_ids))
        .order_by(StoredSlot.position)
    ).all()
    groups: defaultdict[tuple[int, FormName], dict[int, Group]] = defaultdict(dict)
    asked: defaultdict[tuple[int, FormName], defaultdict[Status, set[int]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for slot, status, item in rows:
        form = (slot.sitting_id, slot.form)
        groups[form][slot.position] = Group(slot.topic, Level(slot.level), slot.type)
        asked[form][status].add(item)
    found: defaultdict[int, dict[FormName, Side]] = defaultdict(dict)
    for (sitting_id, name), positions in groups.items():
        by_status = asked[sitting_id, name]
        found[sitting_id][name] = Side(
            tuple(positions.values()),
            {status: frozenset(items) for status, items in by_status.items()},
        )
    return found
