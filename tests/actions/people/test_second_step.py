"""The second step on both databases: what is taken, once, and what is stored of it."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import select

from quiz.actions.people import second_step as steps
from quiz.codes import second_step_secret
from quiz.models import RecoveryCode, SecondStep
from quiz.models.refusals import Refused
from quiz.queries.people.second_step import second_step

KEY = b"kunci uji"
NOON = datetime(2026, 11, 30, 4, 0, 10, tzinfo=UTC)
STEP = timedelta(seconds=30)


@pytest.fixture
def secured(make, citra):
    """Citra with a second step set up a minute before noon, and her recovery codes."""
    codes = steps.new_codes()
    before = pyotp.TOTP(pyotp.random_base32()).timecode(NOON - 2 * STEP)
    steps.set_up(make.session, citra, "benih", before, list(codes.values()), NOON - 2 * STEP)
    make.session.commit()
    return list(codes)


def shown(user, moment):
    """What the app of ``user`` shows."""
    return pyotp.TOTP(second_step_secret(KEY, user.uid, "benih")).at(moment)


def prove(session, user, digits="", recovery="", now=NOON):
    """Whether this is taken."""
    session.expire_all()
    found = second_step(session, user.id)
    proof = steps.right_proof(found, user.uid, KEY, digits, recovery, now)
    taken = proof is not None and steps.spend(session, proof, now)
    session.commit()
    return taken


def test_digits_are_taken_once_and_none_before_them(session, citra, secured):
    earlier, now = shown(citra, NOON - STEP), shown(citra, NOON)

    assert prove(session, citra, f" {now[:3]} {now[3:]} ")
    assert not prove(session, citra, now)
    assert not prove(session, citra, earlier)
    assert prove(session, citra, shown(citra, NOON + STEP), now=NOON + STEP)


@pytest.mark.parametrize(("steps_away", "taken"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_clock_of_the_phone_may_be_one_step_away(session, citra, secured, steps_away, taken):
    assert prove(session, citra, shown(citra, NOON + steps_away * STEP)) is taken


def test_two_requests_with_the_same_proof_are_not_both_let_in(session, citra, secured):
    found = second_step(session, citra.id)
    for digits, recovery in ((shown(citra, NOON), ""), ("", secured[0])):
        proof = steps.right_proof(found, citra.uid, KEY, digits, recovery, NOON)

        assert [steps.spend(session, proof, NOON) for _ in range(2)] == [True, False]


def test_recovery_codes_let_in_once_each_however_typed(session, citra, secured):
    first, second = secured[0], secured[1]

    assert prove(session, citra, recovery=f" {first[:5]}-{first[5:]} ".lower())
    assert not prove(session, citra, recovery=first)
    assert prove(session, citra, recovery=second)
    session.expire_all()
    assert second_step(session, citra.id).codes_left == 8


@pytest.mark.parametrize(
    "digits", ["", "12345", "1234567", "abcdef", "-12345", "1" * 5000, "½½½½½½", "\x00" * 6]
)
def test_what_is_no_code_is_not_taken(session, citra, secured, digits):
    assert not prove(session, citra, digits=digits)
    assert not prove(session, citra, recovery=digits)


def test_digits_of_other_scripts_that_phones_type_are_read(session, citra, secured):
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in shown(citra, NOON))

    assert prove(session, citra, digits=wide)


def test_code_of_one_account_opens_no_other(session, make, citra, budi, secured):
    steps.set_up(session, budi, "benih", 0, [], NOON)
    session.commit()

    assert shown(budi, NOON) != shown(citra, NOON)
    assert not prove(session, budi, shown(citra, NOON))


def test_tables_hold_neither_secret_nor_codes(session, citra, secured):
    stored = session.scalars(select(SecondStep)).one()
    rows = session.scalars(select(RecoveryCode)).all()
    text = f"{stored.__dict__} {[row.__dict__ for row in rows]}"

    assert len(rows) == 10
    assert second_step_secret(KEY, citra.uid, "benih") not in text
    assert [code for code in secured if code in text] == []
    assert {row.digest[:10] for row in rows} == {"$argon2id$"}


def test_setting_up_ends_sessions_and_is_refused_where_it_was_done(session, citra, secured):
    assert citra.session_epoch == 1
    with pytest.raises(Refused, match="sudah terpasang"):
        steps.set_up(session, citra, "lain", 0, [], NOON)


def test_new_codes_replace_old_ones(session, citra, secured):
    codes = steps.new_codes()
    found = second_step(session, citra.id)
    steps.renew_codes(session, found.id, list(codes.values()), NOON)
    session.commit()

    assert not prove(session, citra, recovery=secured[0])
    assert prove(session, citra, recovery=next(iter(codes)))


def test_taking_off_leaves_nothing_and_ends_sessions(session, citra, secured):
    assert steps.take_off(session, citra)
    session.commit()

    assert session.scalars(select(SecondStep)).all() == []
    assert session.scalars(select(RecoveryCode)).all() == []
    assert citra.session_epoch == 2
    assert not steps.take_off(session, citra)
