"""Siapkan and Lengkapi: what is frozen, what prevents it, and what nobody touches."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.actions.events.preparing import complete, prepare
from quiz.assessment.forms.form import Form
from quiz.assessment.items.item import EVERYBODY, Level, Status
from quiz.models import BankItem, Event, FormChoice, Sitting, StoredSlot
from quiz.models.events.events import Phase
from quiz.models.refusals import Refused
from quiz.queries.events.forms.anchors import practised_positions
from quiz.queries.events.prepared import has_attempts, stored_form
from tests.factories import Make

PNS, KADES = Status.PNS, Status.KEPALA_DESA


def fill_bank(make: Make, count: int, **changes: object) -> list[BankItem]:
    return [make.bank_item(make.item(references=(), **changes)) for _ in range(count)]


def planned(make: Make, event: Event, count: int = 3, phase: Phase = Phase.PRE) -> Sitting:
    quiz = make.quiz(("makna", None, None, count), time_limit_minutes=15, pass_mark=60)
    return make.sitting(event, phase, prepared=False, quiz=quiz)


def roster(make: Make, *statuses: Status) -> Event:
    event = make.event()
    for status in statuses:
        make.enrolment(event, make.user(status=status))
    return event


def asked(form: Form) -> set[str]:
    return {uid for slot in form for uid in slot.versions.values()}


def test_preparing_freezes_items_and_what_the_quiz_prescribes(session: Session, make: Make) -> None:
    fill_bank(make, 5)
    sitting = planned(make, roster(make, PNS, KADES))
    sitting.quiz.shuffle_options = False

    gaps = prepare(session, sitting, make.now, "benih")
    session.commit()

    stored = make.fresh(sitting)
    assert gaps == []
    assert (stored.prepared_at, stored.seed) == (make.now, "benih")
    assert (stored.time_limit_minutes, stored.pass_mark) == (15, 60)
    assert (stored.shuffle_items, stored.shuffle_options) == (True, False)
    form = stored_form(session, stored)
    assert [slot.position for slot in form] == [1, 2, 3]
    assert all(set(slot.versions) == {PNS, KADES} for slot in form)
    assert len(asked(form)) == 3


def test_the_same_seed_chooses_the_same_items(session: Session, make: Make) -> None:
    fill_bank(make, 12)
    sitting = planned(make, roster(make, PNS), count=4)

    forms = []
    for seed in ("satu", "dua", "satu"):
        prepare(session, sitting, make.now, seed)
        forms.append(stored_form(session, sitting))

    assert forms[0] == forms[2]
    assert asked(forms[0]) != asked(forms[1])


def test_gaps_are_named_and_leave_the_old_form_as_it_was(session: Session, make: Make) -> None:
    fill_bank(make, 3)
    event = roster(make, PNS)
    sitting = planned(make, event)
    prepare(session, sitting, make.now, "lama")
    session.commit()
    before = stored_form(session, sitting)
    sitting.quiz.slots[0].count = 5

    gaps = prepare(session, sitting, make.now + timedelta(minutes=1), "baru")
    session.commit()

    assert [(gap.topic, gap.statuses) for gap in gaps] == [("makna", (PNS,))] * 2
    assert stored_form(session, sitting) == before
    assert (sitting.seed, sitting.prepared_at) == ("lama", make.now)


def test_an_item_whose_law_has_ended_or_is_unknown_is_left_out(
    session: Session, make: Make
) -> None:
    make.reference("BERLAKU", valid_from=date(2020, 1, 1))
    make.reference("DICABUT", valid_from=date(2010, 1, 1), valid_to=date(2023, 10, 30))
    good = make.bank_item(make.item(references=("BERLAKU",)))
    make.bank_item(make.item(references=("BERLAKU", "DICABUT")))
    make.bank_item(make.item(references=("TIDAK-DIKENAL",)))
    sitting = planned(make, roster(make, PNS), count=1)

    prepare(session, sitting, make.now, "benih")

    assert good.published is not None
    assert asked(stored_form(session, sitting)) == {good.published.uid}


def test_the_law_is_that_of_the_events_day(session: Session, make: Make) -> None:
    make.reference("DICABUT", valid_from=date(2010, 1, 1), valid_to=make.now.date())
    make.bank_item(make.item(references=("DICABUT",)))
    past, coming = roster(make, PNS), roster(make, PNS)
    past.starts_at = make.now - timedelta(days=2)
    coming.starts_at = make.now + timedelta(days=2)

    lacking = [
        len(prepare(session, planned(make, event, count=1), make.now, "benih"))
        for event in (past, coming)
    ]

    assert lacking == [0, 1]


def test_retired_items_and_drafts_are_not_offered(session: Session, make: Make) -> None:
    fill_bank(make, 1)
    make.bank_item(make.item(references=()), retired_at=make.now)
    make.bank_item(make.item(references=()), published=False)

    gaps = prepare(session, planned(make, roster(make, PNS), count=2), make.now, "benih")

    assert len(gaps) == 1


def test_another_sitting_gets_other_items_and_repeated_ones_are_anchors_in_both(
    session: Session, make: Make
) -> None:
    fill_bank(make, 5)
    event = roster(make, PNS)
    pre, post = planned(make, event), planned(make, event, phase=Phase.POST)

    prepare(session, pre, make.now, "a")
    prepare(session, post, make.now, "b")

    first, second = stored_form(session, pre), stored_form(session, post)
    repeated = asked(first) & asked(second)
    assert len(repeated) == 1
    for form in (first, second):
        assert {uid for slot in form if slot.anchor for uid in slot.versions.values()} == repeated


@pytest.mark.parametrize("first", [Phase.PRACTICE, Phase.PRE], ids=lambda phase: phase.label)
def test_what_practice_shows_with_its_keys_is_not_asked_where_it_counts(
    session: Session, make: Make, first: Phase
) -> None:
    fill_bank(make, 6)
    event = roster(make, PNS)
    practice, pre = planned(make, event, phase=Phase.PRACTICE), planned(make, event)
    order = [practice, pre] if first is Phase.PRACTICE else [pre, practice]

    for sitting in order:
        prepare(session, sitting, make.now, "a")

    forms = [stored_form(session, sitting) for sitting in (practice, pre)]
    assert asked(forms[0]) & asked(forms[1]) == set()
    assert not any(slot.anchor for form in forms for slot in form)


def test_item_of_practice_is_avoided_before_one_of_another_counted_sitting(
    session: Session, make: Make
) -> None:
    fill_bank(make, 6)
    event = roster(make, PNS)
    sittings = [planned(make, event, phase=p) for p in (Phase.PRACTICE, Phase.PRE, Phase.POST)]

    for sitting in sittings:
        prepare(session, sitting, make.now, "a")

    practice, pre, post = (stored_form(session, sitting) for sitting in sittings)
    assert asked(post) == asked(pre)
    assert asked(post) & asked(practice) == set()


def test_item_that_serves_one_status_alone_goes_before_one_practice_has_shown(
    session: Session, make: Make
) -> None:
    fill_bank(make, 1)
    event = roster(make, PNS, KADES)
    practice = planned(make, event, phase=Phase.PRACTICE, count=1)
    prepare(session, practice, make.now, "a")
    for status in (PNS, KADES):
        fill_bank(make, 1, audience=frozenset({status}))
    pre = planned(make, event, count=1)

    prepare(session, pre, make.now, "a")

    assert asked(stored_form(session, pre)) & asked(stored_form(session, practice)) == set()


def test_bank_too_small_to_avoid_practice_marks_the_items_in_both(
    session: Session, make: Make
) -> None:
    fill_bank(make, 4)
    event = roster(make, PNS)
    practice, pre = planned(make, event, phase=Phase.PRACTICE), planned(make, event)

    prepare(session, practice, make.now, "a")
    prepare(session, pre, make.now, "b")

    first, second = stored_form(session, practice), stored_form(session, pre)
    repeated = asked(first) & asked(second)
    assert len(repeated) == 2
    for form in (first, second):
        assert {uid for slot in form if slot.anchor for uid in slot.versions.values()} == repeated
    marked = [slot.position for slot in second if slot.anchor]
    assert sorted(practised_positions(session, pre)) == marked


def test_status_that_comes_late_is_not_asked_what_practice_has_shown(
    session: Session, make: Make
) -> None:
    fill_bank(make, 1, audience=frozenset({KADES}))
    event = roster(make, KADES)
    practice = planned(make, event, phase=Phase.PRACTICE, count=1)
    prepare(session, practice, make.now, "a")
    event.enrolments[0].removed_at = make.now
    fill_bank(make, 1, audience=frozenset({PNS}))
    make.enrolment(event, make.user(status=PNS))
    pre = planned(make, event, count=1)
    prepare(session, pre, make.now, "a")
    fill_bank(make, 1, audience=frozenset({KADES}))
    event.enrolments[0].removed_at = None
    session.commit()

    complete(session, pre)

    assert asked(stored_form(session, pre)) & asked(stored_form(session, practice)) == set()


def test_nothing_is_chosen_anew_after_the_first_attempt(session: Session, make: Make) -> None:
    fill_bank(make, 6)
    event = roster(make, PNS)
    sitting = planned(make, event)
    prepare(session, sitting, make.now, "satu")
    session.commit()
    before = stored_form(session, sitting)
    make.attempt(sitting, make.enrolment(event))

    with pytest.raises(Refused):
        prepare(session, sitting, make.now, "dua")
    session.rollback()

    assert has_attempts(session, sitting)
    assert (stored_form(session, sitting), sitting.seed) == (before, "satu")


def test_an_empty_roster_or_quiz_is_refused_with_the_reason(session: Session, make: Make) -> None:
    fill_bank(make, 3)
    nobody = planned(make, make.event())
    empty = planned(make, roster(make, PNS))
    empty.quiz.slots.clear()

    reasons = []
    for sitting in (nobody, empty):
        with pytest.raises(Refused) as refusal:
            prepare(session, sitting, make.now, "benih")
        reasons.append(str(refusal.value))

    assert reasons[0] == "Daftar peserta masih kosong. Unggah daftar peserta dulu."
    assert reasons[1].endswith("belum punya kisi-kisi. Isi kisi-kisinya dulu.")


def test_removed_people_do_not_count_as_the_roster(session: Session, make: Make) -> None:
    fill_bank(make, 3, audience=EVERYBODY - {KADES})
    event = roster(make, PNS)
    make.enrolment(event, make.user(status=KADES), removed_at=make.now)

    assert prepare(session, planned(make, event), make.now, "benih") == []


def test_completing_serves_the_late_status_and_touches_nobody_else(
    session: Session, make: Make
) -> None:
    fill_bank(make, 2)
    fill_bank(make, 1, audience=frozenset({PNS}))
    fill_bank(make, 1, audience=frozenset({KADES}))
    event = roster(make, PNS)
    sitting = planned(make, event)
    prepare(session, sitting, make.now, "benih")
    session.commit()
    make.attempt(sitting, make.enrolment(event))
    before = {slot.position: slot.versions[PNS] for slot in stored_form(session, sitting)}
    make.enrolment(event, make.user(status=KADES))

    gaps = complete(session, sitting)
    session.commit()

    form = stored_form(session, sitting)
    assert gaps == []
    assert {slot.position: slot.versions[PNS] for slot in form} == before
    assert all(KADES in slot.versions for slot in form)
    assert sum(slot.versions[PNS] != slot.versions[KADES] for slot in form) == 1
    assert sitting.prepared_at == make.now


def test_a_gap_for_the_late_status_changes_nothing(session: Session, make: Make) -> None:
    fill_bank(make, 2)
    fill_bank(make, 1, audience=frozenset({PNS}))
    event = roster(make, PNS)
    sitting = planned(make, event)
    prepare(session, sitting, make.now, "benih")
    make.enrolment(event, make.user(status=KADES))

    gaps = complete(session, sitting)

    assert [(gap.level, gap.statuses) for gap in gaps] == [(Level.MEMAHAMI, (KADES,))]
    assert session.scalars(select(FormChoice.status)).all() == [PNS] * 3


def test_completing_twice_and_without_a_new_status_changes_nothing(
    session: Session, make: Make
) -> None:
    fill_bank(make, 3)
    event = roster(make, PNS)
    sitting = planned(make, event)
    prepare(session, sitting, make.now, "benih")
    before = stored_form(session, sitting)

    assert complete(session, sitting) == []

    assert stored_form(session, sitting) == before


def test_a_sitting_that_is_not_prepared_cannot_be_completed(session: Session, make: Make) -> None:
    with pytest.raises(Refused):
        complete(session, planned(make, roster(make, PNS)))

    assert session.scalars(select(StoredSlot)).all() == []
