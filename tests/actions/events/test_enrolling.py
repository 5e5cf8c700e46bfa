"""Enrolling, moving, removing: what an attempt forbids, and codes that belong to one person."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quiz.actions.events.enrolling import (
    LOT,
    Invitation,
    code_of,
    enrol,
    enrol_all,
    move,
    reissue,
    remove,
    token_of,
    undo_check_in,
)
from quiz.assessment.items.item import Status
from quiz.codes import code_index, token_index
from quiz.models import Enrolment, User
from quiz.models.refusals import Refused
from tests.factories import Make


def _invited(make: Make) -> Invitation:
    return Invitation(make.user(), make.unit(), Status.PNS)


def test_enrolment_keeps_unit_kind_and_status_of_that_day(session: Session, make: Make) -> None:
    unit = make.unit("Puskesmas Rekaan", "upt-kesehatan")

    invited = Invitation(make.user(), unit, Status.PPPK, walked_in=True)

    enrolment = enrol(session, make.event(), invited, make.key)

    session.commit()
    stored = make.fresh(enrolment)
    assert (stored.unit_name, stored.kind_name) == ("Puskesmas Rekaan", "UPT kesehatan")
    assert (stored.status, stored.walked_in, stored.issue) == (Status.PPPK, True, 1)


def test_enrolment_is_found_by_its_code_and_its_token(session: Session, make: Make) -> None:
    enrolment = enrol(session, make.event(), _invited(make), make.key)

    assert enrolment.code_index == code_index(make.key, code_of(enrolment, make.key))
    assert enrolment.token_index == token_index(make.key, token_of(enrolment, make.key))


def test_a_code_taken_by_somebody_else_is_passed_over(session: Session, make: Make) -> None:
    event = make.event()
    enrolment = enrol(session, event, _invited(make), make.key)
    session.commit()
    second = make.code(_as_if_issued(enrolment, 2))
    make.enrolment(event, code_index=code_index(make.key, second))

    reissue(session, enrolment, make.key)

    assert enrolment.issue == 3
    assert code_of(enrolment, make.key) != second


def _as_if_issued(enrolment: Enrolment, issue: int) -> Enrolment:
    return Enrolment(uid=enrolment.uid, issue=issue)


def test_a_person_is_on_a_roster_once(session: Session, make: Make) -> None:
    event = make.event()
    ani = Invitation(make.user("Ani Lestari"), make.unit("Unit Satu"), Status.PNS)
    enrol(session, event, ani, make.key)

    with pytest.raises(Refused) as refusal:
        enrol(session, event, ani, make.key)

    assert str(refusal.value) == "Ani Lestari sudah ada di daftar peserta, pada Unit Satu."


def test_a_removed_person_comes_back_with_the_same_card(session: Session, make: Make) -> None:
    enrolment = make.enrolment()
    before = code_of(enrolment, make.key)
    remove(session, enrolment, make.now)
    elsewhere = Invitation(enrolment.user, make.unit("Unit Baru"), Status.PPPK)

    again = enrol(session, enrolment.event, elsewhere, make.key)

    assert again is enrolment
    assert (again.removed_at, again.unit_name, again.status) == (None, "Unit Baru", Status.PPPK)
    assert code_of(again, make.key) == before


def test_a_reissued_card_replaces_the_old_one(session: Session, make: Make) -> None:
    enrolment = make.enrolment()
    code, token = code_of(enrolment, make.key), token_of(enrolment, make.key)

    reissue(session, enrolment, make.key)
    session.commit()

    assert enrolment.issue == 2
    assert code_of(enrolment, make.key) != code
    assert token_of(enrolment, make.key) != token
    assert enrolment.code_index == code_index(make.key, code_of(enrolment, make.key))


def test_moving_takes_todays_unit_along_only_where_it_was_the_same(
    session: Session, make: Make
) -> None:
    old, new, elsewhere = make.unit(), make.unit("Unit Baru"), make.unit()
    same = make.enrolment(user=make.user(unit=old), unit=old)
    other = make.enrolment(user=make.user(unit=elsewhere), unit=old)

    for enrolment in (same, other):
        move(session, enrolment, new, Status.PNS)
    session.commit()

    assert (same.unit_name, other.unit_name) == ("Unit Baru", "Unit Baru")
    assert (same.user.unit_id, other.user.unit_id) == (new.id, elsewhere.id)


def test_status_stays_once_somebody_has_started(session: Session, make: Make, ani: User) -> None:
    enrolment = make.attempt(enrolment=None).enrolment
    unit = make.unit("Unit Baru")

    with pytest.raises(Refused):
        move(session, enrolment, unit, Status.KEPALA_DESA)
    move(session, enrolment, unit, enrolment.status)

    assert (enrolment.status, enrolment.unit_name) == (Status.PNS, "Unit Baru")


def test_nobody_with_an_attempt_is_removed_and_the_reason_is_said(
    session: Session, make: Make
) -> None:
    enrolment = make.enrolment(user=make.user("Ani Lestari"))
    make.attempt(make.sitting(enrolment.event), enrolment)

    with pytest.raises(Refused) as refusal:
        remove(session, enrolment, make.now)

    assert enrolment.removed_at is None
    assert str(refusal.value).startswith(
        "Ani Lestari tidak dapat dikeluarkan: sudah mulai mengerjakan Pre-test pada "
    )


def test_a_voided_attempt_does_not_keep_somebody_on_the_roster(
    session: Session, make: Make, citra: User
) -> None:
    attempt = make.attempt()
    attempt.void(citra, "HP tertukar", make.now)
    session.commit()

    remove(session, attempt.enrolment, make.now)

    assert attempt.enrolment.removed_at == make.now


def test_a_mistaken_check_in_is_taken_back_until_the_first_attempt(
    session: Session, make: Make
) -> None:
    mistaken = make.enrolment(checked_in_at=make.now - timedelta(minutes=5))
    working = make.attempt().enrolment
    working.check_in(make.now)

    undo_check_in(session, mistaken)
    with pytest.raises(Refused):
        undo_check_in(session, working)

    assert (mistaken.checked_in_at, working.checked_in_at) == (None, make.now)


def test_many_are_enrolled_at_once_with_codes_of_their_own(make: Make, session: Session) -> None:
    event = make.event()
    invited = [_invited(make) for _ in range(LOT + 2)]

    places = enrol_all(session, event, invited, make.key)
    session.flush()

    assert [place.user for place in places] == [each.user for each in invited]
    assert len({place.code_index for place in places}) == len(invited)
    assert all(
        place.code_index == code_index(make.key, code_of(place, make.key)) for place in places
    )
