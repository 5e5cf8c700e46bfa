"""Two places made one and taken apart: attempts, cards, presence, people; both databases."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from quiz.actions.events.enrolling import reissue
from quiz.actions.events.merging import Changed, merge_people, undo_merge
from quiz.actions.events.removing import delete_event
from quiz.actions.taking.taking import Closed, start_attempt
from quiz.assessment.items.item import Status
from quiz.codes import code_index
from quiz.models import (
    Attempt,
    Enrolment,
    Event,
    FormChoice,
    PeopleMerge,
    Sitting,
    StoredSlot,
    User,
)
from quiz.models.events.events import Phase
from quiz.models.refusals import Refused
from quiz.queries.events.doubles.likely import likely_pairs
from quiz.queries.events.doubles.merge_plan import plan_merge, refusal_to_undo
from quiz.queries.events.roster import Wanted, roster_lines
from quiz.queries.people.entering import enrolment_by_code, participant_facts
from quiz.queries.scores.standings import standings
from quiz.queries.taking.board import board_of
from tests.conftest import BOTH_DATABASES
from tests.factories import Make

both = pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)

Merge = Callable[[Enrolment, Enrolment], PeopleMerge]


@pytest.fixture
def merge(session: Session, make: Make, citra: User) -> Merge:
    """What the page does: the plan as it stands, carried out."""

    def merged(kept: Enrolment, absorbed: Enrolment) -> PeopleMerge:
        seen = plan_merge(session, kept, absorbed).basis
        made = merge_people(session, kept, absorbed, seen, citra.id, make.now)
        session.commit()
        return made

    return merged


@pytest.fixture
def event(make: Make) -> Event:
    return make.event()


@pytest.fixture
def siti(make: Make, event: Event) -> Enrolment:
    """Invited, with a NIP."""
    unit = make.unit("Puskesmas Rekaan")
    return make.enrolment(event, make.user("Siti Aminah", nip="198001012005014471"), unit)


@pytest.fixture
def walk_in(make: Make, event: Event, siti: Enrolment) -> Enrolment:
    """The same woman, written once more at the desk, and there."""
    there = {"walked_in": True, "checked_in_at": make.now - timedelta(minutes=40)}
    return make.enrolment(event, make.user("Siti Amina"), siti.unit, **there)


def of(session: Session, place: Enrolment) -> list[tuple[str, bool]]:
    """The place's attempts by uid, and whether they count."""
    session.expire_all()
    rows = session.scalars(
        select(Attempt).where(Attempt.enrolment_id == place.id).order_by(Attempt.id)
    )
    return [(attempt.uid, attempt.voided_at is None) for attempt in rows]


def listed(session: Session, event: Event, make: Make) -> list[str]:
    lines, _ = roster_lines(session, event, Wanted(), make.now, offset=0, limit=50)
    return [line.enrolment.user.name for line in lines]


@both
def test_a_merge_gathers_attempts_presence_and_extra_time_and_is_undone_whole(
    session: Session, make: Make, event: Event, siti: Enrolment, walk_in: Enrolment, merge: Merge
) -> None:
    pre = make.finished(make.sitting(event), walk_in)
    walk_in.extra_percent = 30
    session.commit()

    made = merge(siti, walk_in)

    assert of(session, siti) == [(pre.uid, True)]
    assert (siti.checked_in_at, siti.extra_percent) == (walk_in.checked_in_at, 30)
    assert listed(session, event, make) == ["Siti Aminah"]
    assert walk_in.user.merged_into is siti.user

    undo_merge(session, made, made.made_by_id, make.now)
    session.commit()

    assert (of(session, siti), of(session, walk_in)) == ([], [(pre.uid, True)])
    assert (siti.checked_in_at, siti.extra_percent) == (None, 0)
    assert listed(session, event, make) == ["Siti Amina", "Siti Aminah"]
    assert walk_in.user.merged_into is None
    assert refusal_to_undo(session, made) == "Penggabungan ini sudah dibatalkan."


@both
@pytest.mark.parametrize("kept_handed_in", [True, False])
def test_of_two_attempts_at_one_sitting_one_counts_and_the_other_is_kept_aside(
    session: Session,
    make: Make,
    event: Event,
    siti: Enrolment,
    walk_in: Enrolment,
    merge: Merge,
    kept_handed_in: bool,
) -> None:
    sitting = make.sitting(event)
    ends = {True: make.finished, False: make.attempt}
    own, other = ends[kept_handed_in](sitting, siti), ends[not kept_handed_in](sitting, walk_in)

    made = merge(siti, walk_in)

    assert of(session, siti) == sorted(
        [(own.uid, kept_handed_in), (other.uid, not kept_handed_in)],
        key=lambda each: each[0] != own.uid,
    )
    [standing] = standings(session, [sitting], make.now)
    assert standing.attempt is not None
    assert standing.attempt.id == (own if kept_handed_in else other).id
    assert board_of(session, sitting, make.now).turnout.started == 1

    undo_merge(session, made, made.made_by_id, make.now)
    session.commit()

    assert (of(session, siti), of(session, walk_in)) == ([(own.uid, True)], [(other.uid, True)])
    assert (own.void_reason, other.void_reason) == ("", "")


@both
def test_both_cards_open_the_one_person_and_both_die_with_a_new_card(
    session: Session, make: Make, siti: Enrolment, walk_in: Enrolment, merge: Merge
) -> None:
    code, issue = code_index(make.key, make.code(walk_in)), walk_in.issue
    made = merge(siti, walk_in)

    by_code = enrolment_by_code(session, [code])
    facts = participant_facts(session, walk_in.uid, "")

    assert by_code is walk_in
    assert by_code.counts_as is siti
    assert facts is not None
    assert tuple(facts) == (siti.id, siti.user_id, issue, "Siti Aminah", 0)

    reissue(session, siti, make.key)
    session.commit()

    assert enrolment_by_code(session, [code]) is None
    assert participant_facts(session, walk_in.uid, "")[2] == issue + 1  # type: ignore[index]
    undo_merge(session, made, made.made_by_id, make.now)
    assert participant_facts(session, walk_in.uid, "")[0] == walk_in.id  # type: ignore[index]


def test_three_records_of_one_person_are_merged_one_by_one_and_undone_the_same_way(
    session: Session, make: Make, event: Event, siti: Enrolment, walk_in: Enrolment, merge: Merge
) -> None:
    third = make.enrolment(event, make.user("S. Aminah"), siti.unit)
    attempt = make.finished(make.sitting(event), third)
    first = merge(walk_in, third)
    second = merge(siti, walk_in)

    assert (third.counts_as, third.user.merged_into) == (siti, siti.user)
    assert of(session, siti) == [(attempt.uid, True)]
    assert "digabung ke Siti Aminah" in (refusal_to_undo(session, first) or "")

    undo_merge(session, second, second.made_by_id, make.now)
    session.commit()

    assert (third.counts_as, third.user.merged_into) == (walk_in, walk_in.user)
    undo_merge(session, first, first.made_by_id, make.now)
    assert third.counts_as is third
    assert of(session, third) == [(attempt.uid, True)]


def test_what_began_after_the_merge_stays_when_it_is_undone(
    session: Session, make: Make, event: Event, siti: Enrolment, walk_in: Enrolment, merge: Merge
) -> None:
    pre = make.finished(make.sitting(event), walk_in)
    made = merge(siti, walk_in)
    post = make.attempt(make.sitting(event, Phase.POST), siti)

    undo_merge(session, made, made.made_by_id, make.now)
    session.commit()

    assert (of(session, siti), of(session, walk_in)) == ([(post.uid, True)], [(pre.uid, True)])


def test_a_merge_whose_set_aside_attempt_was_made_anew_cannot_be_undone(
    session: Session,
    make: Make,
    event: Event,
    siti: Enrolment,
    walk_in: Enrolment,
    citra: User,
    merge: Merge,
) -> None:
    sitting = make.sitting(event)
    make.attempt(sitting, siti)
    counting = make.finished(sitting, walk_in)
    made = merge(siti, walk_in)
    counting.void(citra, "HP rusak.", make.now + timedelta(minutes=1))
    session.commit()
    make.attempt(sitting, siti)

    with pytest.raises(Refused, match="Siti Aminah sudah mulai lagi Pre-test"):
        undo_merge(session, made, citra.id, make.now)


@pytest.mark.parametrize(
    ("kept", "absorbed", "words"),
    [
        ({"nip": "198001012005014471"}, {"nip": "199002022010012233"}, "NIP keduanya berbeda"),
        ({}, {"username": "narasumber"}, "akun itu akan tertutup"),
        ({"username": "satu"}, {"username": "dua"}, "masing-masing punya akun"),
    ],
)
def test_two_people_and_people_with_accounts_are_not_merged(
    session: Session,
    make: Make,
    event: Event,
    kept: dict[str, str],
    absorbed: dict[str, str],
    words: str,
    merge: Merge,
) -> None:
    one = make.enrolment(event, make.user("Siti Aminah", **kept))
    other = make.enrolment(event, make.user("Siti Amina", **absorbed))

    with pytest.raises(Refused, match=words):
        merge(one, other)

    session.rollback()
    assert (other.removed_at, other.user.merged_into) == (None, None)


def other_items_for(session: Session, make: Make, sitting: Sitting, status: Status) -> None:
    """Let the sitting ask this status something else at its first position."""
    slot = session.scalars(
        select(StoredSlot).where(StoredSlot.sitting_id == sitting.id, StoredSlot.position == 1)
    ).one()
    version = make.bank_item(make.item(slot.type)).published
    for choice in session.scalars(select(FormChoice).where(FormChoice.slot_id == slot.id)):
        if choice.status is status:
            choice.version = version
    session.commit()


def test_an_attempt_with_the_items_of_another_status_is_not_given_to_somebody(
    session: Session, make: Make, event: Event, siti: Enrolment, merge: Merge
) -> None:
    head = make.enrolment(event, make.user("Siti Amina", status=Status.KEPALA_DESA), siti.unit)
    sitting = make.sitting(event)
    other_items_for(session, make, sitting, Status.KEPALA_DESA)
    attempt = make.finished(sitting, head)

    with pytest.raises(Refused, match="Status keduanya berbeda"):
        merge(siti, head)
    session.rollback()
    merge(head, siti)

    assert of(session, head) == [(attempt.uid, True)]


def test_a_form_that_asks_both_statuses_the_same_lets_them_be_merged(
    session: Session, make: Make, event: Event, siti: Enrolment, merge: Merge
) -> None:
    head = make.enrolment(event, make.user("Siti Amina", status=Status.KEPALA_DESA), siti.unit)
    attempt = make.finished(make.sitting(event), head)

    merge(siti, head)

    assert of(session, siti) == [(attempt.uid, True)]


def test_what_changed_since_it_was_shown_is_not_carried_out(
    session: Session, make: Make, event: Event, siti: Enrolment, walk_in: Enrolment, citra: User
) -> None:
    seen = plan_merge(session, siti, walk_in).basis
    make.attempt(make.sitting(event), walk_in)

    with pytest.raises(Changed):
        merge_people(session, siti, walk_in, seen, citra.id, make.now)

    assert walk_in.removed_at is None


def test_saving_one_more_response_does_not_change_what_was_shown(
    session: Session, make: Make, event: Event, siti: Enrolment, walk_in: Enrolment
) -> None:
    attempt = make.attempt(make.sitting(event), walk_in)
    seen = plan_merge(session, siti, walk_in).basis

    make.response(attempt)

    assert plan_merge(session, siti, walk_in).basis == seen


def test_people_merged_at_one_event_are_known_as_one_at_another(
    session: Session, make: Make, event: Event, siti: Enrolment, walk_in: Enrolment, merge: Merge
) -> None:
    later = make.event()
    one = make.enrolment(later, siti.user, siti.unit)
    other = make.enrolment(later, walk_in.user, siti.unit)
    here = merge(siti, walk_in)
    [pair] = likely_pairs(session, later)

    assert {pair.one, pair.other} == {one, other}
    with pytest.raises(Refused, match="Pada kegiatan lain Siti Amina sudah digabung"):
        merge(other, one)
    session.rollback()
    there = merge(one, other)
    assert there.joined_person is None
    assert f"Pada kegiatan {later.code}" in (refusal_to_undo(session, here) or "")
    undo_merge(session, there, there.made_by_id, make.now)
    undo_merge(session, here, here.made_by_id, make.now)
    assert walk_in.user.merged_into is None


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_officers_merging_at_once_merge_once(
    session: Session, make: Make, siti: Enrolment, walk_in: Enrolment, citra: User, engine: Engine
) -> None:
    seen = plan_merge(session, siti, walk_in).basis
    session.commit()
    said: list[str] = []

    def officer() -> None:
        with Session(engine) as own:
            places = [own.get_one(Enrolment, each.id) for each in (siti, walk_in)]
            try:
                merge_people(own, *places, seen, citra.id, make.now)
                own.commit()
                said.append("digabung")
            except Refused as refusal:
                said.append(str(refusal))

    officers = [Thread(target=officer) for _ in range(2)]
    for each in officers:
        each.start()
    for each in officers:
        each.join()

    assert sorted("tidak ada lagi di daftar" in words for words in said) == [False, True]
    assert len(session.scalars(select(PeopleMerge)).all()) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_whoever_starts_while_being_merged_is_asked_to_look_again(
    session: Session,
    make: Make,
    event: Event,
    siti: Enrolment,
    walk_in: Enrolment,
    citra: User,
    engine: Engine,
) -> None:
    sitting = make.sitting(event)
    seen = plan_merge(session, siti, walk_in).basis
    session.commit()
    refusals: list[str] = []

    def start() -> None:
        with Session(engine) as phone:
            here = phone.get_one(Sitting, sitting.id), phone.get_one(Enrolment, walk_in.id)
            with pytest.raises(Closed) as closed:
                start_attempt(phone, *here, make.now)
            refusals.append(str(closed.value))

    merge_people(session, siti, walk_in, seen, citra.id, make.now)
    phone = Thread(target=start)
    phone.start()
    while phone.is_alive() and not somebody_waits(engine):
        pass
    session.commit()
    phone.join()

    assert refusals == ["Daftar peserta baru saja diubah petugas. Buka lagi halaman ini."]
    assert session.scalars(select(Attempt)).all() == []


def somebody_waits(engine: Engine) -> bool:
    """Whether a transaction on this database waits for another one's lock."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with engine.connect() as connection:
        return bool(connection.scalar(waiting))


def test_people_merged_at_an_event_that_is_deleted_are_two_again(
    session: Session, event: Event, siti: Enrolment, walk_in: Enrolment, merge: Merge
) -> None:
    person = walk_in.user
    merge(siti, walk_in)

    delete_event(session, event)
    session.commit()

    assert person.merged_into is None


def test_of_a_pair_the_fuller_record_is_the_one_to_keep(
    session: Session, event: Event, siti: Enrolment, walk_in: Enrolment
) -> None:
    [pair] = likely_pairs(session, event)

    assert (pair.one, pair.other) == (siti, walk_in)
