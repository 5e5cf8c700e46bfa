"""The second step: setting it up, taking its digits and recovery codes once each, taking it off.

Hashing takes long, so what is typed is compared outside the transaction that writes
(``right_proof``), and only what was found right is spent in it (``spend``).
"""

import unicodedata
from datetime import datetime
from typing import NamedTuple

import pyotp
from pyotp.utils import strings_equal
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quiz.actions.people.accounts import hash_password, verify_password
from quiz.codes import RECOVERY_LENGTH, normalise_code, recovery_code, second_step_secret
from quiz.models import RecoveryCode, SecondStep, User
from quiz.models.refusals import Refused

DRIFT = 1
"""Time steps (of 30 seconds) that the phone's clock may be before or behind ours."""

RECOVERY_CODES = 10

LONGEST_DIGITS = 20
"""More than this was not read from an app."""


class Proof(NamedTuple):
    """What was typed right: the digits of a time step, or an unused recovery code by its id.

    ``left`` is how many recovery codes remain once it is spent.
    """

    second_step_id: int
    step: int | None
    recovery_id: int | None
    left: int


def matching_step(secret: str, typed: str, now: datetime) -> int | None:
    """The time step near ``now`` whose digits were typed, spaces aside; None when they are wrong.

    The digits of every step looked at are computed, so the wait does not tell which came close.
    """
    if len(typed) > LONGEST_DIGITS:
        return None
    digits = "".join(unicodedata.normalize("NFKC", typed).split())
    totp = pyotp.TOTP(secret)
    here = totp.timecode(now)
    near = range(here - DRIFT, here + DRIFT + 1)
    fitting = [step for step in near if strings_equal(totp.generate_otp(step), digits)]
    return max(fitting, default=None)


def right_proof(
    second: SecondStep, user_uid: str, key: bytes, digits: str, recovery: str, now: datetime
) -> Proof | None:
    """What of ``digits`` and ``recovery`` (either may be empty) is right and not used up.

    ``key`` is the card key. Writes nothing; reads the codes, and hashes up to ten times.
    """
    if digits.strip():
        secret = second_step_secret(key, user_uid, second.seed)
        step = matching_step(secret, digits, now)
        fresh = step is not None and step > second.step
        return Proof(second.id, step, None, second.codes_left) if fresh else None
    code = normalise_code(recovery, RECOVERY_LENGTH)
    unused = [row for row in second.codes if row.used_at is None] if code else []
    for row in unused:
        if verify_password(row.digest, code or ""):
            return Proof(second.id, None, row.id, second.codes_left - 1)
    return None


def spend(session: Session, proof: Proof, now: datetime) -> bool:
    """Use up what was proved; False when another request was faster with the very same."""
    if proof.recovery_id is not None:
        used = (
            update(RecoveryCode)
            .where(RecoveryCode.id == proof.recovery_id, RecoveryCode.used_at.is_(None))
            .values(used_at=now)
            .returning(RecoveryCode.id)
        )
    else:
        used = (
            update(SecondStep)
            .where(SecondStep.id == proof.second_step_id, SecondStep.step < proof.step)
            .values(step=proof.step)
            .returning(SecondStep.id)
        )
    return session.execute(used).first() is not None


def new_codes() -> dict[str, str]:
    """Ten recovery codes, each with the hash to be stored. Hashes ten times."""
    codes = [recovery_code() for _ in range(RECOVERY_CODES)]
    return {code: hash_password(code) for code in codes}


def set_up(
    session: Session, user: User, seed: str, step: int, digests: list[str], now: datetime
) -> None:
    """Give ``user`` the second step that the digits of time step ``step`` proved, and end every
    session opened without it. Raises Refused when there is one already."""
    session.execute(select(User.id).where(User.id == user.id).with_for_update())
    if session.scalar(select(SecondStep.id).where(SecondStep.user_id == user.id)) is not None:
        raise Refused("Verifikasi dua langkah sudah terpasang pada akun ini.")
    made = SecondStep(user_id=user.id, seed=seed, step=step, set_up_at=now, codes_made_at=now)
    made.codes = [RecoveryCode(digest=digest) for digest in digests]
    session.add(made)
    user.log_out_everywhere()


def renew_codes(session: Session, second_step_id: int, digests: list[str], now: datetime) -> None:
    """Put new recovery codes in place of the old ones, used or not."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.second_step_id == second_step_id))
    session.add_all(
        RecoveryCode(second_step_id=second_step_id, digest=digest) for digest in digests
    )
    session.execute(
        update(SecondStep).where(SecondStep.id == second_step_id).values(codes_made_at=now)
    )


def take_off(session: Session, user: User) -> bool:
    """Let the password of ``user`` be enough again and end every session; False where it was."""
    found = session.scalar(select(SecondStep.id).where(SecondStep.user_id == user.id))
    if found is None:
        return False
    session.execute(delete(RecoveryCode).where(RecoveryCode.second_step_id == found))
    session.execute(delete(SecondStep).where(SecondStep.id == found))
    user.log_out_everywhere()
    return True
