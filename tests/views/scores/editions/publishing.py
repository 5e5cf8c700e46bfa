"""A closed event with people in several units, and its editions."""

from datetime import timedelta

from quiz.actions.scores.publishing import publish
from quiz.models import Edition, Event, Sitting, Topic, Unit, User
from quiz.models.events.events import Phase
from quiz.queries.scores.editions.drafting import draft
from tests.factories import Make

HOUR = timedelta(hours=1)

SIZES = {"Kantor A": ("kecamatan", 6), "Desa B": ("desa", 2), "Desa C": ("desa", 4)}


def hall(make: Make, event: Event | None = None, phase: Phase = Phase.PRE) -> Sitting:
    """A sitting that is over, its keys out: of 12 people in three units, two of them pooled."""
    if not make.session.query(Topic).count():
        make.topic()
    opens = make.now - (3 if phase is Phase.PRE else 2) * HOUR
    sitting = make.sitting(
        event,
        phase,
        items=[make.bank_item(make.item(topic="makna")) for _ in range(3)],
        opens_at=opens,
        closes_at=opens + HOUR,
        released_at=opens + HOUR,
        grace_minutes=0,
    )
    for number, (name, (kind, size)) in enumerate(SIZES.items()):
        unit = make.session.query(Unit).filter(Unit.name == name).first() or make.unit(name, kind)
        for person in range(size):
            enrolment = make.enrolment(sitting.event, unit=unit, checked_in_at=opens)
            make.finished(sitting, enrolment, right=(number + person) % 4, started_at=opens)
    return sitting


def published(make: Make, event: Event, officer: User) -> Edition:
    """The event's next edition."""
    edition = publish(make.session, event, draft(make.session, event, make.now), officer, make.now)
    make.session.commit()
    return edition
