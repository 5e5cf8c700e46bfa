"""What a person on a roster is called on staff pages: two of one name in a unit told apart."""

from collections.abc import Mapping

from flask import g

from quiz.database import db
from quiz.exchange.rosters.namesakes import with_words
from quiz.models import Enrolment
from quiz.queries.events.doubles.namesakes import namesakes


def name_of(enrolment: Enrolment) -> str:
    """The person's name; where another in the unit has it too, with what tells them apart.

    "Siti Aminah (Guru kelas)". One query for each event a request names people of.
    """
    return with_words(enrolment.user.name, apart(enrolment))


def apart(enrolment: Enrolment) -> str:
    """What tells the person apart; "" where nobody else in the unit has the name."""
    return _namesakes(enrolment.event_id).get(enrolment.id, "")


def _namesakes(event_id: int) -> Mapping[int, str]:
    known: dict[int, Mapping[int, str]] = g.setdefault("namesakes", {})
    if event_id not in known:
        known[event_id] = namesakes(db.session, event_id)
    return known[event_id]
