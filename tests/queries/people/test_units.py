"""Units by kind, and whom they have."""

from sqlalchemy.orm import Session

from quiz.queries.people.units import unit_use, units_by_kind
from tests.factories import Make


def test_people_of_a_merged_unit_count_where_it_goes_on(session: Session, make: Make) -> None:
    first, second, third = (make.unit(f"UPT {n}", "upt-teknis") for n in "ABC")
    for unit in (first, first, second, third):
        make.user(unit=unit)
    first.merge_into(second)
    second.merge_into(third)
    session.commit()

    kinds = {rows.kind.code: rows for rows in units_by_kind(session)}

    active = [(row.unit.name, row.people) for row in kinds["upt-teknis"].active]
    resting = [(row.unit.name, row.people) for row in kinds["upt-teknis"].resting]
    assert (active, resting) == ([("UPT C", 4)], [("UPT A", 0), ("UPT B", 0)])


def test_every_kind_is_listed_even_without_units(session: Session, make: Make) -> None:
    make.unit("Desa Rekaan", "desa")

    kinds = units_by_kind(session)

    assert [(rows.kind.code, len(rows.active)) for rows in kinds] == [
        ("kecamatan", 0),
        ("upt-pendidikan", 0),
        ("upt-kesehatan", 0),
        ("upt-teknis", 0),
        ("desa", 1),
    ]


def test_a_merged_person_is_not_counted_twice(session: Session, make: Make) -> None:
    unit = make.unit("UPT A", "upt-teknis")
    kept = make.user(unit=unit)
    make.user(unit=unit, merged_into=kept)

    use = unit_use(session, unit)

    assert use.people == 1


def test_use_counts_places_on_rosters_by_event(session: Session, make: Make) -> None:
    unit, event = make.unit("UPT A"), make.event()
    make.enrolment(event, unit=unit)
    make.enrolment(event, unit=unit)
    make.enrolment(unit=unit)
    make.enrolment(event, unit=unit, removed_at=make.now)

    use = unit_use(session, unit)

    assert (use.enrolments, use.events) == (3, 2)
