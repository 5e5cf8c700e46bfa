"""Figures of items beside the rows of a report: what is not told, and who stands where."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quiz.assessment.items.item import Status
from quiz.models import BankItem, Event, FormChoice, Sitting, StoredSlot
from quiz.models.events.events import Phase
from quiz.queries.scores.changes import works
from quiz.queries.scores.items.beside import report_standings
from quiz.queries.scores.items.complete import Scope
from quiz.queries.scores.items.item_analysis import analysed_items
from quiz.queries.scores.reports import read_facts, sitting_reports
from tests.factories import Make

Count = Callable[[Callable[[], object]], int]
ForStatus = tuple[BankItem, BankItem]
"""The item for everybody but heads of villages, and theirs."""


def slot(position: int, items: ForStatus) -> StoredSlot:
    of = {status: items[status is Status.KEPALA_DESA].published for status in Status}
    return StoredSlot(
        position=position,
        topic="makna",
        level=of[Status.PNS].level,
        type=of[Status.PNS].type,
        choices=[FormChoice(status=status, version=version) for status, version in of.items()],
    )


def closed(make: Make, event: Event, slots: Sequence[ForStatus], **changes: object) -> Sitting:
    sitting = make.sitting(
        event,
        prepared=False,
        prepared_at=make.now - timedelta(hours=2),
        closes_at=make.now,
        grace_minutes=0,
        seed="benih",
        **changes,
    )
    sitting.slots = [slot(place, items) for place, items in enumerate(slots, start=1)]
    make.session.commit()
    return sitting


def hall(make: Make, event: Event) -> list[object]:
    """Five heads of villages in a unit of their own, one more beside eight others elsewhere."""
    villages, office = (
        make.unit(f"Desa {event.code}", "desa"),
        make.unit(f"Kantor {event.code}", "kecamatan"),
    )
    where = [(villages, "kepala_desa")] * 5 + [(office, "kepala_desa")] + [(office, "pns")] * 8
    return [make.enrolment(event, unit=unit, status=status) for unit, status in where]


@pytest.fixture
def own(make: Make) -> ForStatus:
    return make.bank_item(), make.bank_item()


def told(session: Session, make: Make, sitting: Sitting) -> set[str]:
    rows = analysed_items(session, Scope(sitting=sitting.uid), make.now)
    return {row.code for row in rows if row.figures.n is not None}


def test_a_version_less_a_row_of_those_who_met_it_tells_of_nobody(
    session: Session, make: Make, own: ForStatus
) -> None:
    event = make.event()
    sitting = closed(make, event, [own])
    for place in hall(make, event):
        make.finished(sitting, place)

    [report] = sitting_reports(session, [sitting], make.now)

    assert [bool(row.topics) for row in report.units.rows] == [True, True]
    assert told(session, make, sitting) == set()


def test_an_item_for_everybody_keeps_the_topic_from_being_added_up(
    session: Session, make: Make, own: ForStatus
) -> None:
    event, common = make.event(), make.bank_item()
    sitting = closed(make, event, [own, (common, common)])
    for place in hall(make, event):
        make.finished(sitting, place)

    assert told(session, make, sitting) == {common.code, own[0].code, own[1].code}


def test_where_they_stand_is_where_the_reports_say(
    session: Session, make: Make, own: ForStatus
) -> None:
    event = make.event()
    pre = closed(make, event, [own])
    post = closed(
        make, event, [own], phase=Phase.POST, opens_at=pre.opens_at + timedelta(minutes=1)
    )
    people = hall(make, event)
    for kind, size in (("desa", 2), ("upt-teknis", 1), ("upt-kesehatan", 3)):
        unit = make.unit(f"Unit {kind}", kind)
        people += [make.enrolment(event, unit=unit) for _ in range(size)]
    for place in people:
        make.finished(pre, place)
    for place in people[3:]:
        make.finished(post, place)

    found = report_standings(session, [event.id], make.now)

    read = read_facts(session, event, make.now)
    first, second = sitting_reports(session, [pre, post], make.now)
    counted = second.change.found.people if second.change else ()
    for sitting, report in ((pre, first), (post, second)):
        expected = works(report.units, read.facts[sitting.id])
        assert {place: stands.row for place, stands in found[sitting.uid].items()} == {
            place: work.row for place, work in expected.items()
        }
        assert {place for place, stands in found[sitting.uid].items() if stands.counted} == {
            *counted
        }
    assert counted


def test_more_events_are_no_more_queries(
    session: Session, make: Make, own: ForStatus, count_queries: Count
) -> None:
    def event() -> None:
        new = make.event()
        sitting = closed(make, new, [own])
        for place in hall(make, new):
            make.finished(sitting, place)

    def look() -> None:
        session.expire_all()
        analysed_items(session, Scope(), make.now)

    event()
    look()
    one = count_queries(look)
    for _ in range(2):
        event()

    assert count_queries(look) == one
