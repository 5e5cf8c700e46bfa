"""Where people stand in the reports beside which figures of items are told."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.assessment.analysis.beside_rows import Standing
from quiz.assessment.analysis.change_report import counted_people
from quiz.assessment.analysis.suppression import OFFICE_MINIMUM, UnitSize, suppress
from quiz.models import Event, Sitting
from quiz.models.events.events import Phase
from quiz.queries.scores.changes import first_pair
from quiz.queries.scores.editions.published import Pools, latest_pools
from quiz.queries.scores.items.complete import Complete, Scope, complete_attempts
from quiz.queries.scores.reports import in_order_of_closing

Rows = Mapping[str, Hashable]
"""Place on the roster, by its uid → the row of the report its result stands in, None withheld."""


def report_standings(
    session: Session, events: Collection[int], now: datetime
) -> dict[str, dict[str, Standing]]:
    """Sitting uid → place's uid → where it stands, of all settled sittings of these events (ids).

    Three queries; where attempts ended by time have no stored score, some more.
    """
    sittings: defaultdict[int, list[Sitting]] = defaultdict(list)
    codes = set()
    for sitting, code in session.execute(
        select(Sitting, Event.code)
        .join(Sitting.event)
        .where(Sitting.event_id.in_(events), Sitting.phase != Phase.PRACTICE)
        .order_by(Sitting.opens_at, Sitting.id)
    ):
        sittings[sitting.event_id].append(sitting)
        codes.add(code)
    complete: defaultdict[str, list[Complete]] = defaultdict(list)
    for one in complete_attempts(session, Scope(events=codes), now):
        complete[one.sitting.uid].append(one)
    pools = latest_pools(session, sittings.keys())
    found: dict[str, dict[str, Standing]] = {}
    for event_id, each in sittings.items():
        found |= _of_event(each, complete, pools.get(event_id, {}))
    return found


def _of_event(
    sittings: Sequence[Sitting],
    complete: Mapping[str, Sequence[Complete]],
    pools: Mapping[str, Pools],
) -> dict[str, dict[str, Standing]]:
    rows = _rows([each for each in sittings if each.uid in complete], complete, pools)
    pair = first_pair(sittings)
    counted: frozenset[str] = frozenset()
    if pair is not None:
        before, after = (rows.get(each.uid, {}) for each in pair)
        counted = frozenset(counted_people(before, after))
    both = {each.uid for each in pair or ()}
    return {
        uid: {
            place: Standing(row, uid in both and place in counted) for place, row in stands.items()
        }
        for uid, stands in rows.items()
    }


def _rows(
    sittings: Iterable[Sitting],
    complete: Mapping[str, Sequence[Complete]],
    pools: Mapping[str, Pools],
) -> dict[str, Rows]:
    """Sitting uid → its report's rows, made in the order of closing as those are."""
    listed = in_order_of_closing(sittings)
    kinds = {one.unit: one.kind_name for each in listed for one in complete[each.uid]}
    found: dict[str, Rows] = {}
    bound: Pools = ()
    for sitting in listed:
        people = complete[sitting.uid]
        sizes = Counter(one.unit for one in people)
        groups = suppress(
            [UnitSize(unit, kind, sizes[unit]) for unit, kind in kinds.items()],
            OFFICE_MINIMUM,
            pools.get(sitting.uid, bound),
        )
        bound = [group.units for group in groups if group.pooled]
        row = {unit: group.units for group in groups if group.shown for unit in group.units}
        found[sitting.uid] = {one.place: row.get(one.unit) for one in people}
    return found
