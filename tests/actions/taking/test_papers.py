"""Papers become attempts, on both databases."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from quiz.actions.scores.scoring import score
from quiz.actions.taking.papers import Paper, positions_apart, retype_paper, type_paper
from quiz.assessment.forms.crossing import FormName
from quiz.codes import CardKeys
from quiz.models import Enrolment
from quiz.models.refusals import Refused
from quiz.queries.taking.asked import asked_in
from quiz.queries.taking.papers import papers_typed, sheets_by_code, sheets_of
from tests.factories import Make


def test_a_paper_is_found_typed_compared_and_scored(session: Session, make: Make) -> None:
    sitting = make.sitting()
    person, officer = make.enrolment(sitting.event), make.user()
    (sheet,) = sheets_of(session, sitting, [person], make.key)
    found = sheets_by_code(session, sitting.event, sheet.code, CardKeys(make.key))
    assert [s.enrolment for s in found] == [person]

    attempt = type_paper(
        session, Paper(sitting, person, FormName.A, {}), officer.id, make.now, make.key
    )
    keys = {position: asked.item.keys for position, asked in asked_in(session, attempt).items()}
    assert positions_apart(session, attempt, {}) == {}
    assert positions_apart(session, attempt, keys) == dict.fromkeys(keys, ())
    retype_paper(session, attempt, keys, officer.id, make.now)
    session.commit()

    assert score(session, attempt, make.now).answered == 3
    assert papers_typed(session, sitting.event, 10) == [attempt]
    assert attempt.retyped_by == officer


def test_a_paper_beside_an_attempt_is_refused(session: Session, make: Make) -> None:
    begun = make.attempt()

    with pytest.raises(Refused, match="sudah mengerjakan"):
        type_paper(
            session,
            Paper(begun.sitting, begun.enrolment, FormName.A, {}),
            make.user().id,
            make.now,
            make.key,
        )


def test_the_paper_of_a_place_that_just_went_is_refused(session: Session, make: Make) -> None:
    sitting = make.sitting()
    person = make.enrolment(sitting.event)
    session.execute(update(Enrolment).values(removed_at=make.now))

    with pytest.raises(Refused, match="tidak ada lagi di daftar peserta"):
        type_paper(
            session, Paper(sitting, person, FormName.A, {}), make.user().id, make.now, make.key
        )
