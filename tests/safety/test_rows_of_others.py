"""A card opens its own rows: with another's uid every address answers as if it did not exist."""

import pytest
from sqlalchemy import select

from quiz.models import Attempt, Enrolment
from quiz.permissions import Permission
from tests.safety.everybody import CARD, browser_of
from tests.safety.places import everything, written

OWN = {Permission.TAKE_QUIZ, Permission.OWN_DATA}
PLACES = [
    (method, rule)
    for (method, rule), needs in written().items()
    if needs in OWN and rule.startswith("/kuis/")
]


@pytest.fixture
def of_others(world):
    """Every attempt that is not of the person whose browser is used."""
    mine = world.owner_of_attempt()
    return world.session.scalars(
        select(Attempt).join(Enrolment).where(Enrolment.user_id != mine.user_id)
    ).all()


@pytest.mark.parametrize(("method", "rule"), PLACES)
def test_attempts_of_others_do_not_exist(world, of_others, method, rule):
    client, before = browser_of(world, CARD), everything(world)
    headers = {"X-CSRFToken": client.csrf_token()}

    statuses = {
        client.open(
            rule.replace("<uid>", attempt.uid).replace("<position>", "1"),
            method=method,
            headers=headers,
            json={"chosen": ["a"], "confidence": None, "revision": 10**7, "at": None},
        ).status_code
        for attempt in of_others
    }

    assert len(of_others) > 40
    assert statuses == {404}
    assert everything(world) == before
