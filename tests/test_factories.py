"""The factories themselves, on both databases: what everything else is tested with."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from quiz.models import Attempt, User
from tests.client import HouseClient
from tests.conftest import BOTH_DATABASES
from tests.factories import Make

pytestmark = pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)


def test_finished_attempt_is_submitted_and_scored(make: Make, session: Session) -> None:
    attempt = make.finished(right=2)

    stored = session.get(Attempt, attempt.id)
    assert stored is not None
    assert (stored.scores[0].knowledge_points, stored.scores[0].knowledge_max) == (2, Fraction(3))


def test_what_is_made_is_committed(make: Make, database_url: str, ani: User) -> None:
    other = Make(Session(make.session.get_bind()), make.key)

    stored = other.session.get(User, ani.id)

    assert stored is not None
    assert stored.name == ani.name
    other.session.close()


def test_each_test_starts_with_an_empty_database(session: Session) -> None:
    assert session.query(User).count() == 0


def test_a_participant_and_an_account_get_their_own_session(
    client_for: Callable[..., HouseClient], make: Make, citra: User
) -> None:
    enrolment = make.enrolment()

    browsers = [client_for(citra), client_for(enrolment)]

    identities = []
    for browser in browsers:
        with browser.session_transaction() as stored:
            identities.append(stored["_user_id"])
    assert identities == [f"u:{citra.uid}", f"p:{enrolment.uid}"]
