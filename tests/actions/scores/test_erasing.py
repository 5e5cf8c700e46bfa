"""Erasing the people of an event, on both databases."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.event import listen, remove
from sqlalchemy.orm import Session

from quiz.actions.events.removing import delete_event
from quiz.actions.people.auditing import record
from quiz.actions.people.erasing import erase_forgotten
from quiz.actions.scores.erasing import erase_again, erase_event
from quiz.actions.scores.ruling import make_ruling
from quiz.assessment.items.item import Status
from quiz.assessment.scores.ruling import Ruling
from quiz.models import (
    Attempt,
    AuditEntry,
    Edition,
    Enrolment,
    Erasure,
    Event,
    Sitting,
    StoredResponse,
    UnnamedAttempt,
    User,
)
from quiz.models.events.events import Phase
from quiz.models.people.audit import Action
from quiz.models.people.users import ERASED_NAME
from quiz.queries.people.audit import chain_faults
from quiz.queries.people.retention import everything_erased
from quiz.queries.scores.items.complete import Scope
from quiz.queries.scores.items.item_analysis import analysed_items
from quiz.queries.scores.items.meetings import meetings_by_version
from tests.factories import Make
from tests.remains import marked_event, remaining

DAY = timedelta(days=1)


def over(make: Make, **changes: object) -> Event:
    then = make.now - 100 * DAY
    return make.event(**({"starts_at": then, "ends_at": then + DAY / 4} | changes))


def sitting_of(make: Make, event: Event, phase: Phase = Phase.PRE, **changes: object) -> Sitting:
    times = {"opens_at": event.starts_at, "closes_at": event.ends_at}
    return make.sitting(event, phase, **(times | changes))


def erase(make: Make, event: Event) -> Erasure:
    erasure = erase_event(make.session, event, None, make.now)
    assert erasure is not None
    make.session.commit()
    return erasure


def test_no_word_of_erased_people_stays_in_any_table(session: Session, make: Make) -> None:
    event = marked_event(make)
    before = remaining(session)

    erase(make, event)

    assert {"user.name", "user.nip", "contest.text", "audit_detail.content"} < before
    assert remaining(session) == set()
    assert session.scalar(select(func.count()).select_from(Enrolment)) == 0


def test_numbers_and_editions_stay(session: Session, make: Make) -> None:
    event = marked_event(make)
    figures = session.scalars(select(Edition.figures)).one()

    erasure = erase(make, event)

    edition = make.fresh(session.scalars(select(Edition)).one())
    assert (edition.figures, edition.told) == (figures, {})
    assert (erasure.invited, erasure.attended) == (6, 6)
    assert erasure.attempts == session.scalar(select(func.count()).select_from(UnnamedAttempt))


def test_people_of_another_event_and_with_an_account_stay(
    session: Session, make: Make, citra: User
) -> None:
    event = over(make)
    younger, alone = make.user("Ani Lestari", nip="1" * 18), make.user("Budi Hartono")
    for user in (younger, alone, citra):
        make.enrolment(event, user)
    make.enrolment(make.event(), younger)

    erase(make, event)

    names = [make.fresh(user).name for user in (younger, alone, citra)]
    assert names == ["Ani Lestari", ERASED_NAME, "Citra Ningsih"]
    assert (alone.normalised_name, alone.unit_id, alone.nip) == ("", None, None)
    assert alone.erased_at == make.now
    assert (younger.nip, younger.erased_at) == ("1" * 18, None)


def test_whoever_a_person_of_another_event_was_merged_into_stays(
    session: Session, make: Make
) -> None:
    event = over(make)
    kept, absorbed = make.user("Ani Lestari"), make.user("Ani Lestari, S.Pd.")
    absorbed.merged_into = kept
    make.enrolment(event, kept)
    make.enrolment(make.event(), absorbed)

    erase(make, event)

    assert (make.fresh(kept).name, make.fresh(absorbed).merged_into_id) == ("Ani Lestari", kept.id)


def test_second_time_changes_nothing(session: Session, make: Make) -> None:
    event = marked_event(make)
    erase(make, event)
    lines = session.scalar(select(func.count()).select_from(AuditEntry))

    again = erase_event(session, event, None, make.now + DAY)

    assert again is None
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == lines
    assert make.fresh(event).erased_at == make.now


def test_the_log_stays_whole_and_says_which_details_went(session: Session, make: Make) -> None:
    event = marked_event(make)
    record(session, make.now, None, Action.LOGIN, ("user", "lain"), address="tetap")

    erase(make, event)

    last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert chain_faults(session) == []
    assert (last.action, last.subject_uid) == (Action.EVENT_ERASED, event.uid)
    assert last.detail is not None
    assert last.detail.content["lines"]
    kept = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.LOGIN)).one()
    assert kept.detail is not None


def test_details_that_are_missing_otherwise_are_still_a_fault(session: Session, make: Make) -> None:
    event = marked_event(make)
    erase(make, event)
    line = record(session, make.now, None, Action.LOGIN, ("user", "x"), address="hilang")
    line.detail = None
    session.commit()

    assert chain_faults(session) == [f"perincian jejak audit baris {line.id} hilang"]


def test_equal_details_have_digests_that_nobody_can_guess(session: Session, make: Make) -> None:
    lines = [
        record(session, make.now, None, Action.LOGIN, ("user", "x"), name="Ani") for _ in range(2)
    ]

    assert lines[0].detail_digest != lines[1].detail_digest


# What is kept of attempts


def test_item_analysis_tells_the_same_as_before(session: Session, make: Make) -> None:
    event = over(make)
    items = [make.bank_item() for _ in range(3)]
    sittings = [sitting_of(make, event, phase, items=items) for phase in (Phase.PRE, Phase.POST)]
    for right in (3, 2, 1, 3, 0, 2, 3):
        place = make.enrolment(event)
        for sitting in sittings:
            make.finished(sitting, place, right=right, started_at=event.starts_at)
    scopes = (Scope(), Scope(event=event.code), Scope(sitting=sittings[1].uid))
    before = [[row.figures for row in analysed_items(session, s, make.now)] for s in scopes]

    erase(make, event)

    after = [[row.figures for row in analysed_items(session, s, make.now)] for s in scopes]
    assert after == before
    assert after[0][0].n == 7


def test_a_ruling_made_later_counts_for_what_is_kept(
    session: Session, make: Make, hadi: User
) -> None:
    event, item = over(make), make.bank_item()
    sitting = sitting_of(make, event, items=[item, make.bank_item()])
    for _ in range(5):
        make.finished(sitting, make.enrolment(event), started_at=event.starts_at)
    erase(make, event)
    assert item.published is not None

    ruling = Ruling(item.published.uid, "void")
    make_ruling(session, item.published, ruling, "Pasalnya dicabut.", hadi, make.now)

    found = meetings_by_version(session, Scope(), make.now)[item.published.uid]
    assert {meeting.share for group in found for meeting in group.meetings} == {None}


def test_more_erased_events_take_no_more_queries(session: Session, make: Make) -> None:
    def counted() -> int:
        statements: list[str] = []

        def note(_connection, _cursor, statement, *_rest) -> None:  # type: ignore[no-untyped-def]
            statements.append(statement)

        listen(session.get_bind(), "before_cursor_execute", note)
        analysed_items(session, Scope(), make.now)
        remove(session.get_bind(), "before_cursor_execute", note)
        return len(statements)

    def erased_one() -> None:
        event = over(make)
        make.finished(sitting_of(make, event), started_at=event.starts_at)
        erase(make, event)

    erased_one()
    one = counted()
    for _ in range(2):
        erased_one()

    assert counted() == one


def test_nothing_that_is_kept_leads_back_to_anybody(session: Session, make: Make) -> None:
    event = over(make)
    sitting = sitting_of(make, event, items=[make.bank_item(), make.bank_item()])
    known: set[str] = set()
    for number in range(40):
        attempt = make.attempt(sitting, make.enrolment(event), started_at=event.starts_at)
        make.response(attempt, 1, confidence=1 + number // 20)
        make.score(attempt, make.now)
        known |= {attempt.uid, attempt.seed, attempt.enrolment.uid, attempt.enrolment.user.uid}

    erase(make, event)

    rows = session.scalars(select(UnnamedAttempt).order_by(UnnamedAttempt.id)).all()
    columns = {column.key for column in UnnamedAttempt.__table__.columns}
    sure = [row.given[0][3] for row in rows]
    assert columns == {"id", "sitting_id", "kind_name", "status", "given"}
    assert sorted(sure) != sure
    assert sum(1 for each in sure if each == 1) == 20
    assert not [uid for uid in known if any(uid in json.dumps(row.given) for row in rows)]


def test_kind_and_status_that_few_share_are_not_kept(session: Session, make: Make) -> None:
    event = over(make)
    sitting = sitting_of(make, event)
    unit, other = make.unit(kind="desa"), make.unit(kind="kecamatan")
    statuses = [Status.PNS] * 7 + [Status.PPPK] * 3 + [Status.KEPALA_DESA] * 2
    for status in statuses:
        place = make.enrolment(event, make.user(status=status), unit)
        make.finished(sitting, place, started_at=event.starts_at)
    for _ in range(6):
        place = make.enrolment(event, make.user(), other)
        make.finished(sitting, place, started_at=event.starts_at)

    erase(make, event)

    rows = session.execute(
        select(UnnamedAttempt.kind_name, UnnamedAttempt.status, func.count()).group_by(
            UnnamedAttempt.kind_name, UnnamedAttempt.status
        )
    ).all()
    assert sorted((kind, status, n) for kind, status, n in rows if status) == [
        (other.kind.name, Status.PNS, 6),
        (unit.kind.name, Status.PNS, 7),
    ]
    assert [(kind, n) for kind, status, n in rows if status is None] == [(unit.kind.name, 5)]


def test_attempts_that_stand_in_no_figure_just_go(
    session: Session, make: Make, citra: User
) -> None:
    event = over(make)
    sitting = sitting_of(make, event)
    make.finished(sitting, make.enrolment(event), started_at=event.starts_at).void(
        citra, "Dikerjakan orang lain.", make.now
    )
    off = make.finished(sitting, make.enrolment(event), started_at=event.starts_at)
    off.enrolment.removed_at = make.now
    session.commit()

    erasure = erase(make, event)

    assert erasure.attempts == 0
    for table in (Attempt, StoredResponse, UnnamedAttempt):
        assert session.scalar(select(func.count()).select_from(table)) == 0


# People whom no event has


def test_people_left_by_a_deleted_event_are_erased_in_time(
    session: Session, make: Make, citra: User
) -> None:
    old, new = make.user("Ani Lestari", created_at=make.now - 91 * DAY), make.user("Budi Hartono")

    number = erase_forgotten(session, make.now - 90 * DAY, make.now)

    session.commit()
    names = [make.fresh(user).name for user in (old, new, citra)]
    assert number == 1
    assert names == [ERASED_NAME, "Budi Hartono", "Citra Ningsih"]


def test_what_the_log_tells_of_a_deleted_event_goes_with_its_people(
    session: Session, make: Make, citra: User
) -> None:
    then, event = make.now - 91 * DAY, make.event()
    place = make.enrolment(event)
    about = [("event", event.uid), ("enrolment", place.uid)]
    for moment, action in [(then, Action.JOIN_REFUSED), (make.now, Action.JOIN_REFUSED)]:
        for subject in about:
            record(session, moment, citra.id, action, subject, name="Ani Lestari")  # type: ignore[arg-type]
    delete_event(session, event)
    record(session, then, citra.id, Action.EVENT_DELETED, ("event", event.uid), code="LJN-482")

    number = erase_forgotten(session, make.now - 90 * DAY, make.now)

    session.commit()
    lines = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    told = [line.detail and line.detail.content for line in lines]
    assert number == 0
    assert told[:5] == [None, None, *[{"name": "Ani Lestari"}] * 2, {"code": "LJN-482"}]
    assert chain_faults(session) == []


# An older state


@pytest.mark.parametrize("knows_event", [True, False])
def test_what_was_erased_since_is_erased_in_an_older_state(
    session: Session, make: Make, knows_event: bool
) -> None:
    event = marked_event(make)
    erased = everything_erased(session)
    uids = session.scalars(select(User.uid).where(User.username.is_(None))).all()
    erased = type(erased)([event.uid] if knows_event else [], uids, {})

    codes = erase_again(session, erased, make.now)

    session.commit()
    assert codes == ([event.code] if knows_event else [])
    assert not {"user.name", "user.nip", "user.position"} & remaining(session)
    assert chain_faults(session) == []


def test_a_later_date_is_carried_into_an_older_state(session: Session, make: Make) -> None:
    event, other = over(make), over(make)
    event.keep_until, event.keep_reason = make.now + DAY, "Pemeriksaan masih berjalan."
    session.commit()
    erased = everything_erased(session)
    event.keep_until = event.keep_reason = None

    erase_again(session, erased, make.now)

    assert (event.keep_until, event.keep_reason) == (make.now + DAY, "Pemeriksaan masih berjalan.")
    assert other.keep_until is None
