"""What the invented speaker talks about between the two tests."""

from datetime import datetime

from sqlalchemy.orm import Session

from quiz.actions.scores.covering import cover
from quiz.models import Event, User
from quiz.queries.scores.groups.gap_board import gap_board
from quiz.queries.sources.registers import passages_with

COVERED = 2
"""So many lines of the gap board, from its top, fit into the talk."""


def speak(session: Session, event: Event, speaker: User, at: datetime) -> None:
    """Tick at ``at``, between the tests, what stands at the top of the gap board then."""
    lines = gap_board(session, event, at).lines[:COVERED]
    codes = {code for line in lines for code in line.gap.passages}
    cover(session, event, passages_with(session, codes), speaker.id, at)
