"""New names reach events that are not over; ended ones keep the name of that day."""

from datetime import timedelta

from sqlalchemy.orm import Session

from quiz.actions.events.renaming import rename_kind, rename_unit
from quiz.models import Enrolment, Event
from tests.factories import Make


def _ended(make: Make) -> Event:
    return make.event(starts_at=make.now - timedelta(days=2), ends_at=make.now - timedelta(days=1))


def _names(make: Make, *enrolments: Enrolment) -> list[tuple[str, str]]:
    fresh = [make.fresh(enrolment) for enrolment in enrolments]
    return [(enrolment.unit_name, enrolment.kind_name) for enrolment in fresh]


def test_a_unit_is_renamed_in_events_that_are_not_over(session: Session, make: Make) -> None:
    unit, other = make.unit("UPT Lama", "upt-teknis"), make.unit("UPT Lain", "upt-teknis")
    past = make.enrolment(_ended(make), unit=unit)
    here, elsewhere = make.enrolment(unit=unit), make.enrolment(unit=other)

    rename_unit(session, unit, "UPT Baru", make.kind("upt-kesehatan"), make.now)

    assert _names(make, past, here, elsewhere) == [
        ("UPT Lama", "UPT teknis"),
        ("UPT Baru", "UPT kesehatan"),
        ("UPT Lain", "UPT teknis"),
    ]
    assert make.fresh(unit).name == "UPT Baru"


def test_a_kind_is_renamed_in_events_that_are_not_over(session: Session, make: Make) -> None:
    unit, other = make.unit("UPT A", "upt-teknis"), make.unit("Desa B", "desa")
    past = make.enrolment(_ended(make), unit=unit)
    here, elsewhere = make.enrolment(unit=unit), make.enrolment(unit=other)

    rename_kind(session, make.kind("upt-teknis"), "UPT lapangan", make.now)

    assert _names(make, past, here, elsewhere) == [
        ("UPT A", "UPT teknis"),
        ("UPT A", "UPT lapangan"),
        ("Desa B", "Pemerintah desa"),
    ]
