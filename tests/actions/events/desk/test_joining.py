"""Asking at the door and being let in, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quiz.actions.events.desk.joining import AGAIN, Asking, ask_to_join, enter
from quiz.models.refusals import Refused
from quiz.queries.events.desk.waiting import request_of_phone, request_waiting, waiting_count
from tests.factories import Make

RINA = Asking("Rina Wati", "UPT Rekaan", "Guru")


def test_a_request_waits_is_admitted_and_enters_once(session: Session, make: Make) -> None:
    event = make.event()
    asked = ask_to_join(session, event, RINA, None, "a", make.now)
    session.commit()
    assert waiting_count(session, event) == 1
    assert request_waiting(session, event, asked.uid, lock=True) == asked
    with pytest.raises(Refused, match="belum diterima"):
        enter(asked, make.now)

    person = make.enrolment(event)
    asked.settle(make.user().id, person, make.now)
    session.commit()

    assert waiting_count(session, event) == 0
    assert request_of_phone(session, event, asked.uid, lock=True) == asked
    assert enter(asked, make.now) == person
    assert enter(asked, make.now + AGAIN - timedelta(seconds=1)) == person
    with pytest.raises(Refused, match="sudah dipakai"):
        enter(asked, make.now + AGAIN)


def test_who_was_taken_off_the_roster_meanwhile_does_not_enter(
    session: Session, make: Make
) -> None:
    event = make.event()
    asked = ask_to_join(session, event, RINA, None, "a", make.now)
    asked.settle(make.user().id, make.enrolment(event, removed_at=make.now), make.now)

    with pytest.raises(Refused, match="tidak ada di daftar peserta"):
        enter(asked, make.now)
