"""Figures of crossed sittings: each item over both forms, rulings for whoever met it, and notes."""

from datetime import timedelta

from sqlalchemy.orm import Session

from quiz.actions.events.crossing import cross
from quiz.assessment.forms.crossing import FormName
from quiz.assessment.scores.ruling import Ruling
from quiz.models import Event, ItemVersion, Sitting
from quiz.models.events.events import Phase
from quiz.queries.events.prepared import stored_form, stored_forms, version_ids
from quiz.queries.scores.contested.effects import would_make
from quiz.queries.scores.items.complete import Scope
from quiz.queries.scores.items.meetings import meetings_by_version
from quiz.queries.scores.reports import sitting_report, sitting_reports
from tests.factories import Make

A, B = FormName.A, FormName.B
PEOPLE = 14


def day(make: Make, bank: int = 6) -> tuple[Event, Sitting, Sitting]:
    """Fourteen people who have done a crossed pre-test and post-test, both closed for good."""
    for _ in range(bank):
        make.bank_item(make.item(references=()))
    event, quiz = make.event(), make.quiz(("makna", None, None, 3))
    pre, post = (
        make.sitting(event, phase, prepared=False, quiz=quiz) for phase in (Phase.PRE, Phase.POST)
    )
    places = [make.enrolment(event) for _ in range(PEOPLE)]
    assert cross(make.session, event, make.now - timedelta(hours=2), "benih") == []
    make.session.commit()
    for sitting in (pre, post):
        for place in places:
            make.finished(sitting, place)
        sitting.closes_at = make.now
    make.session.commit()
    return event, pre, post


def version(session: Session, sitting: Sitting, form: FormName) -> ItemVersion:
    """The version at the first position of a form."""
    stored = stored_form(session, sitting, form)
    uid = next(iter(stored[0].versions.values()))
    return session.get_one(ItemVersion, version_ids(session, stored)[uid])


def test_each_item_is_met_by_everybody_once_over_both_sittings(
    session: Session, make: Make
) -> None:
    event, pre, post = day(make)

    met = meetings_by_version(session, Scope(event=event.code), make.now + timedelta(minutes=11))

    asked = {
        uid
        for form in stored_forms(session, pre).values()
        for slot in form
        for uid in slot.versions.values()
    }
    assert set(met) == asked
    for groups in met.values():
        assert {group.sitting for group in groups} == {pre.uid, post.uid}
        assert sum(len(group.meetings) for group in groups) == PEOPLE


def test_a_ruling_touches_who_met_the_item_in_their_form_and_nobody_else(
    session: Session, make: Make
) -> None:
    _, pre, _ = day(make)
    ruled = version(session, pre, B)

    rescored = would_make(
        session, ruled, Ruling(ruled.uid, "void"), make.now + timedelta(minutes=11)
    )

    assert len(rescored) == PEOPLE
    assert {one.attempt.form for one in rescored} == {B}
    assert all(one.after.knowledge_max == one.before.knowledge_max - 1 for one in rescored)


def test_both_tests_carry_the_sentence_and_count_what_was_met_twice(
    session: Session, make: Make
) -> None:
    _, pre, post = day(make, bank=5)

    reports = sitting_reports(session, [pre, post], make.now)

    assert reports[0].caveats.design == reports[1].caveats.design
    assert "disilang" in (reports[0].caveats.design or "")
    assert "1 dari 3 soal dijumpai dua kali" in reports[0].caveats.sentences[0]


def test_tests_that_are_not_crossed_say_what_they_are_and_a_lone_one_nothing(
    session: Session, make: Make
) -> None:
    items = [make.bank_item() for _ in range(4)]
    same, apart, alone = make.event(), make.event(), make.event()
    for event, first, then in ((same, items[:2], items[:2]), (apart, items[:2], items[2:])):
        make.sitting(event, Phase.PRE, items=first)
        make.sitting(event, Phase.POST, items=then)
    lone = make.sitting(alone, Phase.POST, items=items)

    said = [
        sitting_report(session, event.sittings[0], make.now).caveats.design or ""
        for event in (same, apart)
    ]

    assert "memakai soal yang sama" in said[0]
    assert "tanpa disilang" in said[1]
    assert sitting_report(session, lone, make.now).caveats.design is None
