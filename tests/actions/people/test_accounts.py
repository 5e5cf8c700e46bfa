"""Passwords and one-time addresses."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quiz.actions.people.accounts import (
    find_link,
    hash_password,
    make_link,
    use_link,
    verify_password,
)
from quiz.models import OneTimeLink
from tests.factories import Make

HOURS_72 = timedelta(hours=72)


def test_only_the_password_itself_verifies() -> None:
    stored = hash_password("kopi pagi di teras")

    assert verify_password(stored, "kopi pagi di teras") is True
    assert verify_password(stored, "kopi pagi di teras ") is False
    assert verify_password(None, "kopi pagi di teras") is False
    assert verify_password("bukan hash", "kopi pagi di teras") is False


def test_an_address_works_once(session: Session, make: Make) -> None:
    user = make.user(username="citra")
    token = make_link(session, user, make.now)
    link = find_link(session, token, make.now)
    assert link is not None

    use_link(link, user, "sandi baru yang panjang", make.now)

    assert find_link(session, token, make.now) is None
    assert verify_password(user.password_hash, "sandi baru yang panjang") is True
    assert user.session_epoch == 1


@pytest.mark.parametrize(
    ("after", "works"), [(HOURS_72 - timedelta(seconds=1), True), (HOURS_72, False)]
)
def test_an_address_expires_after_72_hours(
    session: Session, make: Make, after: timedelta, works: bool
) -> None:
    token = make_link(session, make.user(username="citra"), make.now)

    found = find_link(session, token, make.now + after)

    assert (found is not None) is works


def test_a_new_address_ends_the_earlier_one_of_the_same_person(
    session: Session, make: Make
) -> None:
    citra, dewi = make.user(username="citra"), make.user(username="dewi")
    first, other = make_link(session, citra, make.now), make_link(session, dewi, make.now)

    second = make_link(session, citra, make.now)

    working = [find_link(session, token, make.now) is not None for token in (first, second, other)]
    assert working == [False, True, True]


def test_the_first_admins_address_belongs_to_nobody_yet(session: Session, make: Make) -> None:
    earlier = make_link(session, None, make.now)

    token = make_link(session, None, make.now)

    link = find_link(session, token, make.now)
    assert link is not None
    assert link.user is None
    assert find_link(session, earlier, make.now) is None


def test_a_disabled_account_cannot_use_its_address(session: Session, make: Make) -> None:
    user = make.user(username="citra")
    token = make_link(session, user, make.now)

    user.disable(make.now)

    assert find_link(session, token, make.now) is None


def test_the_token_itself_is_not_stored(session: Session, make: Make) -> None:
    token = make_link(session, make.user(username="citra"), make.now)

    session.flush()
    stored = session.query(OneTimeLink).one()
    assert stored.token_digest == hashlib.sha256(token.encode()).hexdigest()
    assert token not in {str(getattr(stored, column.key)) for column in OneTimeLink.__table__.c}
