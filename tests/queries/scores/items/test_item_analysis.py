"""Who counts in item analysis, on both databases."""

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from quiz.assessment.analysis.disclosure import Group
from quiz.assessment.analysis.item_analysis import Meeting
from quiz.models import Attempt, BankItem, ItemVersion, Sitting, User
from quiz.models.events.events import Phase
from quiz.queries.bank.versions import versions_of
from quiz.queries.scores.items.complete import Scope
from quiz.queries.scores.items.item_analysis import (
    analysed_items,
    analysed_version,
    closed_sittings,
)
from quiz.queries.scores.items.meetings import meetings_by_version
from tests.factories import Make, changed

HOUR = timedelta(hours=1)


def closed(make: Make, items: list[BankItem], *place: object, **changes: object) -> Sitting:
    """A sitting that closed twenty minutes ago, its grace past."""
    times = {"closes_at": make.now - HOUR / 3}
    return make.sitting(*place, items=items, **(times | changes))


def version_of(item: BankItem) -> ItemVersion:
    assert item.published is not None
    return item.published


def right(item: BankItem) -> str:
    """The option that is the key."""
    return version_of(item).item.keys[0]


def wrong(item: BankItem) -> str:
    """An option that is not."""
    return next(o.id for o in version_of(item).item.options if not o.is_key)


def hall(make: Make, sitting: Sitting, people: int) -> None:
    for _ in range(people):
        make.finished(sitting)


@pytest.fixture
def items(make: Make) -> list[BankItem]:
    return [make.bank_item(), make.bank_item(), make.bank_item()]


def groups(session: Session, make: Make, item: BankItem, **scope: str) -> tuple[Group, ...]:
    return meetings_by_version(session, Scope(**scope), make.now).get(version_of(item).uid, ())


def met(session: Session, make: Make, item: BankItem, **scope: str) -> list[Meeting]:
    """Everybody who met the item, in sittings that count where sittings are pooled."""
    found = groups(session, make, item, **scope)
    return [meeting for group in found if group.first for meeting in group.meetings]


def test_a_meeting_holds_what_was_chosen_and_what_the_rest_earned(
    session: Session, make: Make, items: list[BankItem]
) -> None:
    sitting = closed(make, items)
    attempt = make.attempt(sitting)
    first, second = wrong(items[0]), right(items[1])
    make.response(attempt, 1, [first], confidence=3)
    make.response(attempt, 2, [second])
    make.score(attempt, make.now)

    assert met(session, make, items[0]) == [
        Meeting(sitting.uid, (first,), 3, Fraction(0), Fraction(1, 2))
    ]
    assert met(session, make, items[1]) == [
        Meeting(sitting.uid, (second,), None, Fraction(1), Fraction(0))
    ]
    assert met(session, make, items[2]) == [
        Meeting(sitting.uid, (), None, Fraction(0), Fraction(1, 2))
    ]


def test_knowledge_and_judgement_are_each_others_rest_never(session: Session, make: Make) -> None:
    knowledge, dilemma = make.bank_item(), make.bank_item(make.item("judgement"))
    make.finished(closed(make, [knowledge, dilemma]))

    assert [meeting.rest for meeting in met(session, make, knowledge)] == [None]
    assert [meeting.rest for meeting in met(session, make, dilemma)] == [None]


def test_an_open_sitting_waits_until_it_has_closed(
    session: Session, make: Make, items: list[BankItem]
) -> None:
    sitting = make.sitting(items=items)
    make.finished(sitting)
    before = met(session, make, items[0])
    sitting.close_now(make.now)
    session.commit()

    assert (before, len(met(session, make, items[0]))) == ([], 1)


def test_nobody_counts_while_somebody_is_awaited(
    session: Session, make: Make, items: list[BankItem]
) -> None:
    sitting = closed(make, items, closes_at=make.now - HOUR / 60)
    for _ in range(5):
        make.finished(sitting)
    make.response(make.attempt(sitting), 1)
    now = {"during the grace": make.now, "after it": make.now + HOUR}

    found = {
        when: [len(g.meetings) for g in meetings_by_version(session, Scope(), at)[uid]]
        for when, at in now.items()
        for uid in [version_of(items[0]).uid]
        if uid in meetings_by_version(session, Scope(), at)
    }

    assert found == {"after it": [6]}


def test_a_group_counts_from_five_people_on(
    session: Session, make: Make, items: list[BankItem]
) -> None:
    small, large = closed(make, items), closed(make, items)
    for sitting, people in ((small, 4), (large, 5)):
        for _ in range(people):
            make.finished(sitting)

    found = groups(session, make, items[0])

    assert [(group.sitting, group.countable) for group in found] == [
        (small.uid, False),
        (large.uid, True),
    ]


def test_practice_voided_attempts_and_removed_people_are_left_out(
    session: Session, make: Make, items: list[BankItem], hadi: User
) -> None:
    sitting = closed(make, items)
    make.finished(sitting)
    make.finished(closed(make, items, phase=Phase.PRACTICE))
    make.finished(sitting).void(hadi, "HP mati", make.now)
    make.finished(sitting).enrolment.removed_at = make.now
    session.commit()

    assert len(met(session, make, items[0])) == 1


def test_an_attempt_ended_by_time_counts_only_with_a_response(
    session: Session, make: Make, items: list[BankItem]
) -> None:
    sitting = closed(make, items)
    make.attempt(sitting)
    make.response(make.attempt(sitting), 1, [wrong(items[0])])

    assert [meeting.chosen for meeting in met(session, make, items[0])] == [(wrong(items[0]),)]
    assert [meeting.chosen for meeting in met(session, make, items[1])] == [()]


def twice(make: Make, items: list[BankItem]) -> tuple[Attempt, Attempt]:
    """The same person before and after: first wrong, then right."""
    before = closed(make, items, opens_at=make.now - 3 * HOUR, closes_at=make.now - 2 * HOUR)
    person = make.enrolment(before.event)
    first = make.attempt(before, person, started_at=before.opens_at)
    make.response(first, 1, [wrong(items[0])])
    first.submitted_at, first.receipt = make.now, "ABCDEF"
    second = make.finished(closed(make, items, before.event, Phase.POST), person)
    return first, second


def test_people_count_once_per_version_with_the_sitting_that_closed_first(
    session: Session, make: Make, items: list[BankItem]
) -> None:
    first, _ = twice(make, items)

    [meeting] = met(session, make, items[0])

    assert (meeting.sitting, meeting.chosen) == (first.sitting.uid, (wrong(items[0]),))


def test_a_single_sitting_shows_its_own_attempts(
    session: Session, make: Make, items: list[BankItem]
) -> None:
    _, second = twice(make, items)

    [meeting] = met(session, make, items[0], sitting=second.sitting.uid)

    assert meeting.chosen == (right(items[0]),)


def test_a_merged_person_counts_once(session: Session, make: Make, items: list[BankItem]) -> None:
    one, other = make.user(), make.user()
    other.merged_into = one
    sitting = closed(make, items)
    make.finished(sitting, make.enrolment(sitting.event, one))
    make.finished(closed(make, items), make.enrolment(make.event(), one))
    elsewhere = closed(make, items)
    make.finished(elsewhere, make.enrolment(elsewhere.event, other))

    assert len(met(session, make, items[0])) == 1


def test_the_scope_narrows_to_an_event(session: Session, make: Make, items: list[BankItem]) -> None:
    here, elsewhere = closed(make, items), closed(make, items)
    for sitting in (here, here, elsewhere):
        make.finished(sitting)

    assert len(met(session, make, items[0])) == 3
    assert len(met(session, make, items[0], event=here.event.code)) == 2
    assert closed_sittings(session, Scope(event=here.event.code), make.now) == [here]


def test_versions_are_never_pooled(session: Session, make: Make, items: list[BankItem]) -> None:
    item = items[0]
    hall(make, closed(make, [item]), 5)
    old = version_of(item)
    item.publish(item.version_of(changed(old.item, stem="Pertanyaan lain?"), make.now))
    session.commit()
    for _ in range(2):
        hall(make, closed(make, [item]), 6)

    found = analysed_items(session, Scope(), make.now)

    assert [(row.code, row.version.number, row.figures.n) for row in found] == [
        (item.code, 1, 5),
        (item.code, 2, 12),
    ]


def test_a_ruling_changes_what_counts_as_the_key(
    session: Session, make: Make, items: list[BankItem]
) -> None:
    sitting = closed(make, items)
    for _ in range(5):
        make.response(make.attempt(sitting), 1, [wrong(items[0])])
    version = version_of(items[0])
    make.ruling(version, "accept", options=[wrong(items[0])])

    row, _ = analysed_version(session, version, make.now)

    assert [option.is_key for option in row.item.options] == [True, True, False, False]
    assert row.figures.facility is not None
    assert (row.figures.facility.value, row.figures.guess) == (1, Fraction(1, 2))


def test_a_void_version_says_so(session: Session, make: Make, items: list[BankItem]) -> None:
    hall(make, closed(make, items), 5)
    version = version_of(items[0])
    make.ruling(version)

    row, _ = analysed_version(session, version, make.now)

    assert (row.void, row.figures.facility, row.figures.n) == (True, None, 5)


def test_a_version_nobody_met_is_analysed_as_empty(
    session: Session, make: Make, items: list[BankItem]
) -> None:
    row, shown = analysed_version(session, version_of(items[0]), make.now)

    assert (row.figures.n, row.figures.flags, row.figures.sittings) == (0, (), 0)
    assert shown is None


def test_thirty_people_in_three_events_take_as_many_queries_as_one(
    session: Session, make: Make, items: list[BankItem]
) -> None:
    def counted() -> int:
        statements: list[str] = []

        def note(_connection, _cursor, statement, *_rest) -> None:  # type: ignore[no-untyped-def]
            statements.append(statement)

        session.expunge_all()
        event.listen(session.get_bind(), "before_cursor_execute", note)
        analysed_items(session, Scope(), make.now)
        event.remove(session.get_bind(), "before_cursor_execute", note)
        return len([statement for statement in statements if statement != "BEGIN"])

    make.finished(closed(make, items[:1]))
    one = counted()
    for _ in range(3):
        sitting = closed(make, session.query(BankItem).all())
        for _ in range(10):
            make.finished(sitting)

    assert (one, counted()) == (5, 5)


def test_the_version_a_page_is_about_is_the_latest_used_one(
    session: Session, make: Make, items: list[BankItem]
) -> None:
    item = items[0]
    make.sitting(items=[item])
    used = version_of(item)
    item.publish(item.version_of(changed(used.item, stem="Pertanyaan lain?"), make.now))
    session.commit()

    versions = versions_of(session, item.code)

    assert versions is not None
    assert [v.number for v in versions.used] == [1]
    assert versions.chosen(None) is used
    assert versions.chosen(2) is item.published
    assert versions.chosen(3) is None
    assert versions_of(session, "TIDAK-ADA") is None


def test_an_unused_item_is_looked_at_as_published(
    session: Session, make: Make, items: list[BankItem]
) -> None:
    versions = versions_of(session, items[0].code)

    assert versions is not None
    assert versions.chosen(None) is items[0].published
