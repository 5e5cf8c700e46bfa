"""Feedback that leaves on paper: it has been read, whoever printed it."""

from datetime import datetime

from sqlalchemy.orm import Session

from quiz.models import Enrolment
from quiz.queries.taking.own_data import opened_attempts


def hand_over(session: Session, enrolment: Enrolment, now: datetime) -> None:
    """Note of every attempt whose feedback stands on the person's sheet that it was read.

    So none of them runs on, and no sitting whose keys are on somebody's table is opened again.
    """
    for attempt in opened_attempts(session, enrolment, now):
        attempt.open_feedback(now)
