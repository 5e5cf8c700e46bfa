"""Whether an account has a second step, and what of it is left."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from quiz.models import SecondStep


def second_step(session: Session, user_id: int) -> SecondStep | None:
    """The account's second step with its recovery codes; None where its password is enough.

    Two queries, one where there is none.
    """
    return session.scalar(
        select(SecondStep)
        .where(SecondStep.user_id == user_id)
        .options(selectinload(SecondStep.codes))
    )
