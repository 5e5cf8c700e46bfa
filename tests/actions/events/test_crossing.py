"""Two forms, crossed: who meets which, where the items stand, and what nobody can undo."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.actions.events.crossing import cross, refusal_to_cross, uncross
from quiz.actions.events.preparing import complete, prepare, prepare_all
from quiz.actions.events.ready import Package, make_ready
from quiz.actions.events.removing import delete_sitting
from quiz.actions.taking.taking import start_attempt
from quiz.assessment.forms.crossing import FormName
from quiz.assessment.items.item import Status
from quiz.models import Event, Sitting, StoredSlot
from quiz.models.events.events import Phase
from quiz.models.refusals import Refused
from quiz.queries.events.events import roster_facts, sitting_facts
from quiz.queries.events.prepared import stored_form, stored_forms
from quiz.queries.taking.asked import asked_in
from quiz.queries.taking.crossing import form_of, forms_of
from tests.actions.events.test_preparing import KADES, PNS, asked, fill_bank, roster
from tests.factories import Make

A, B = FormName.A, FormName.B
DAY = timedelta(days=1)


def two_tests(make: Make, event: Event, count: int = 3) -> tuple[Sitting, Sitting]:
    quiz = make.quiz(("makna", None, None, count), time_limit_minutes=15)
    pre = make.sitting(event, Phase.PRE, prepared=False, quiz=quiz)
    post = make.sitting(event, Phase.POST, prepared=False, quiz=quiz)
    return pre, post


def crossed(make: Make, event: Event, count: int = 3) -> tuple[Sitting, Sitting]:
    pre, post = two_tests(make, event, count)
    assert cross(make.session, event, make.now, "benih") == []
    make.session.commit()
    return pre, post


def merge(make: Make, double: object, into: object) -> None:
    double.user.merged_into = into.user  # type: ignore[attr-defined]
    make.session.commit()


def test_both_sittings_hold_the_same_two_forms_of_one_blueprint(
    session: Session, make: Make
) -> None:
    fill_bank(make, 8)

    pre, post = crossed(make, roster(make, PNS, KADES))

    forms = stored_forms(session, pre)
    assert forms == stored_forms(session, post)
    assert [len(form) for form in forms.values()] == [3, 3]
    assert [slot.group for slot in forms[A]] == [slot.group for slot in forms[B]]
    assert asked(forms[A]) & asked(forms[B]) == set()
    assert not any(slot.anchor for form in forms.values() for slot in form)
    assert (pre.crossed, post.crossed, pre.prepared_at) == (True, True, post.prepared_at)


def test_a_bank_too_small_for_two_forms_gives_anchors(session: Session, make: Make) -> None:
    fill_bank(make, 4)

    pre, post = crossed(make, roster(make, PNS))

    for sitting in (pre, post):
        forms = stored_forms(session, sitting)
        both = asked(forms[A]) & asked(forms[B])
        assert len(both) == 2
        for form in forms.values():
            assert {uid for slot in form if slot.anchor for uid in slot.versions.values()} == both


def test_a_bank_too_small_for_one_form_changes_nothing(session: Session, make: Make) -> None:
    fill_bank(make, 2)
    event = roster(make, PNS)
    pre, _ = two_tests(make, event)

    gaps = cross(session, event, make.now, "benih")
    session.rollback()

    assert [gap.statuses for gap in gaps] == [(PNS,)]
    assert (make.fresh(pre).crossed, stored_forms(session, pre)) == (False, {})


def test_everybody_meets_one_form_and_then_the_other(session: Session, make: Make) -> None:
    fill_bank(make, 6)
    event = roster(make, *[PNS] * 12)
    pre, post = crossed(make, event)

    first, then = forms_of(session, pre), forms_of(session, post)

    assert set(first.values()) == {A, B}
    assert {place: form.other for place, form in first.items()} == then
    for place in event.enrolments:
        before = start_attempt(session, pre, place, make.now)
        after = start_attempt(session, post, place, make.now)
        assert (before.form, after.form) == (first[place.id], then[place.id])
        versions = [
            {each.version_uid for each in asked_in(session, attempt).values()}
            for attempt in (before, after)
        ]
        assert versions == [
            asked(stored_form(session, pre, form)) for form in (before.form, after.form)
        ]
        assert versions[0] & versions[1] == set()


def test_who_comes_later_has_a_place_and_moves_nobody(session: Session, make: Make) -> None:
    fill_bank(make, 6)
    event = roster(make, *[PNS] * 5)
    pre, post = crossed(make, event)
    before = forms_of(session, pre)

    walk_in = make.enrolment(event, walked_in=True)

    after = forms_of(session, pre)
    assert {place: after[place] for place in before} == before
    assert after[walk_in.id] is form_of(session, pre, walk_in)
    assert form_of(session, post, walk_in) is form_of(session, pre, walk_in).other


def test_a_reset_keeps_the_form(session: Session, make: Make) -> None:
    fill_bank(make, 6)
    event = roster(make, PNS)
    pre, _ = crossed(make, event)
    attempt = make.attempt(pre, event.enrolments[0])
    attempt.void(make.user(), "Salah orang.", make.now)
    session.commit()

    again = start_attempt(session, pre, event.enrolments[0], make.now)

    assert (again is attempt, again.form) == (False, attempt.form)


def test_one_person_with_two_places_meets_the_other_form_from_either(
    session: Session, make: Make
) -> None:
    fill_bank(make, 6)
    event = make.event()
    pre, post = two_tests(make, event)
    alike = [make.enrolment(event) for _ in range(20)]
    cross(session, event, make.now, "benih")
    planned = forms_of(session, pre)
    one, other = next(
        (one, other) for one in alike for other in alike if planned[one.id] is not planned[other.id]
    )
    attempt = make.attempt(pre, one)

    merge(make, one, other)

    assert form_of(session, post, other) is attempt.form.other
    assert forms_of(session, post)[other.id] is attempt.form.other
    assert form_of(session, pre, other) is attempt.form


def test_a_status_that_comes_later_is_served_in_both_forms_of_both(
    session: Session, make: Make
) -> None:
    fill_bank(make, 4, audience=frozenset({PNS}))
    fill_bank(make, 4, audience=frozenset({KADES}))
    event = roster(make, PNS)
    pre, post = crossed(make, event, count=2)
    before = stored_forms(session, pre)
    make.enrolment(event, make.user(status=KADES))
    lacking = [
        facts.not_served
        for facts in sitting_facts(session, event, roster_facts(session, event), make.now)
    ]

    assert complete(session, pre) == []

    forms = stored_forms(session, pre)
    assert lacking == [{KADES: 1}, {KADES: 1}]
    assert forms == stored_forms(session, post)
    for name, form in forms.items():
        assert [slot.versions[PNS] for slot in form] == [s.versions[PNS] for s in before[name]]
        assert all(set(slot.versions) == {PNS, KADES} for slot in form)
    assert asked(forms[A]) & asked(forms[B]) == set()
    assert complete(session, post) == []


def test_items_are_counted_once_for_each_form(session: Session, make: Make) -> None:
    fill_bank(make, 6)
    event = roster(make, PNS, KADES)
    crossed(make, event)

    facts = sitting_facts(session, event, roster_facts(session, event), make.now)

    assert [(each.items, each.not_served) for each in facts] == [(3, {}), (3, {})]


def test_preparing_all_prepares_the_pair_once(session: Session, make: Make) -> None:
    fill_bank(make, 6)
    event = roster(make, PNS)
    pre, post = two_tests(make, event)
    pre.crossed = post.crossed = True
    session.commit()

    gaps = prepare_all(session, [pre, post], make.now, "benih")

    assert gaps == {pre: [], post: []}
    assert stored_forms(session, pre) == stored_forms(session, post)


def test_a_pair_is_not_chosen_anew_once_either_has_begun(session: Session, make: Make) -> None:
    fill_bank(make, 8)
    event = roster(make, PNS)
    pre, post = crossed(make, event)
    make.attempt(pre, event.enrolments[0])

    for sitting, name in ((pre, "Sesi ini"), (post, "Pre-test memakai soal yang sama")):
        with pytest.raises(Refused, match=name):
            prepare(session, sitting, make.now, "lain")
    with pytest.raises(Refused, match="sudah dikerjakan"):
        delete_sitting(session, pre)


def test_practice_and_crossed_forms_never_share_an_item(session: Session, make: Make) -> None:
    fill_bank(make, 8)
    event = roster(make, PNS)
    practice = make.sitting(
        event, Phase.PRACTICE, prepared=False, quiz=make.quiz(("makna", None, None, 2))
    )
    prepare(session, practice, make.now, "latihan")
    session.commit()
    _pre, post = crossed(make, event)
    shown = asked(stored_form(session, practice))

    assert {
        uid for form in stored_forms(session, post).values() for uid in asked(form)
    } & shown == set()
    more = make.sitting(
        event, Phase.PRACTICE, prepared=False, quiz=make.quiz(("makna", None, None, 3))
    )
    gaps = prepare(session, more, make.now, "lebih")
    assert [gap.topic for gap in gaps] == ["makna"]


def test_a_follow_up_avoids_both_forms_and_marks_what_it_repeats(
    session: Session, make: Make
) -> None:
    fill_bank(make, 7)
    event = roster(make, PNS)
    pre, post = crossed(make, event)
    later = make.sitting(
        event, Phase.FOLLOW_UP, prepared=False, quiz=make.quiz(("makna", None, None, 2))
    )

    prepare(session, later, make.now, "tindak lanjut")

    repeated = asked(stored_form(session, later)) & {
        uid for form in stored_forms(session, pre).values() for uid in asked(form)
    }
    assert len(repeated) == 1
    for sitting in (pre, post, later):
        for form in stored_forms(session, sitting).values():
            marked = {uid for slot in form if slot.anchor for uid in slot.versions.values()}
            assert marked == repeated & asked(form)


def test_crossing_wants_one_of_each_of_one_quiz_that_nobody_has_begun(
    session: Session, make: Make
) -> None:
    fill_bank(make, 8)
    alone, apart, begun = (roster(make, PNS) for _ in range(3))
    make.sitting(alone, Phase.PRE, prepared=False)
    for phase in (Phase.PRE, Phase.POST):
        make.sitting(apart, phase, prepared=False)
    pre, _ = two_tests(make, begun)
    prepare(session, pre, make.now, "benih")
    make.attempt(pre, begun.enrolments[0])

    said = [refusal_to_cross(session, event.sittings) or "" for event in (alone, apart, begun)]

    assert ["0 post-test" in said[0], "kuis yang sama" in said[1], "Pre-test sudah" in said[2]] == [
        True
    ] * 3
    with pytest.raises(Refused):
        cross(session, begun, make.now, "benih")


def test_uncrossing_leaves_one_form_to_be_prepared_for_each(session: Session, make: Make) -> None:
    fill_bank(make, 8)
    event = roster(make, PNS)
    pre, post = crossed(make, event)

    uncross(session, post)
    prepare_all(session, [pre, post], make.now, "lagi")

    forms = [stored_forms(session, sitting) for sitting in (pre, post)]
    assert [list(each) for each in forms] == [[A], [A]]
    assert asked(forms[0][A]) & asked(forms[1][A]) == set()


def test_deleting_one_uncrosses_the_other(session: Session, make: Make) -> None:
    fill_bank(make, 8)
    pre, post = crossed(make, roster(make, PNS))

    delete_sitting(session, pre)
    session.commit()

    assert (make.fresh(post).crossed, post.prepared_at) == (False, None)
    assert session.scalar(select(func.count()).select_from(StoredSlot)) == 0


def test_one_event_has_one_crossed_sitting_of_a_phase(session: Session, make: Make) -> None:
    from sqlalchemy.exc import IntegrityError

    event = make.event()
    make.sitting(event, Phase.PRE, crossed=True)

    with pytest.raises(IntegrityError):
        make.sitting(event, Phase.PRE, crossed=True)
    session.rollback()


def test_the_ready_package_crosses_when_asked(session: Session, make: Make) -> None:
    fill_bank(make, 40)
    plain, both = roster(make, PNS), roster(make, PNS)

    made = [
        make_ready(session, plain, make.now, "benih"),
        make_ready(session, both, make.now, "benih", crossed=True),
    ]

    assert all(isinstance(each, Package) and each.prepared for each in made)
    assert [[s.crossed for s in event.sittings] for event in (plain, both)] == [
        [False, False],
        [True, True],
    ]
    pre, post = both.sittings
    assert stored_forms(session, pre) == stored_forms(session, post)
    assert Status.PNS in stored_form(session, pre, B)[0].versions
