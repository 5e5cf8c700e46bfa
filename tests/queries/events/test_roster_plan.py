"""The preview of a roster: whom a row means, what it would change, what it has to ask."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import Session

from quiz.actions.events.rostering import Applied, NotDecided, apply_roster
from quiz.assessment.items.item import Status
from quiz.exchange.rosters.reading import RosterRow
from quiz.models import Enrolment, Event, Unit, User
from quiz.queries.events.plan import CHANGE, KEEP, NEW, SAME, SKIP, Decisions, RosterPlan, RowAction
from quiz.queries.events.roster_plan import plan_roster
from tests.factories import Make

NIP, OTHER_NIP = "198001012005011001", "198202022006022002"
PUSKESMAS = "Puskesmas Rekaan"

Plan = Callable[..., RosterPlan]


def row(number: int = 2, name: str = "Siti Aminah", **changes: Any) -> RosterRow:
    fields = {"nip": None, "status": Status.PNS, "unit": PUSKESMAS, "position": None}
    return RosterRow(row_number=number, name=name, **(fields | changes))


@pytest.fixture
def puskesmas(make: Make) -> Unit:
    return make.unit(PUSKESMAS, "upt-kesehatan")


@pytest.fixture
def event(make: Make, puskesmas: Unit) -> Event:
    return make.event()


@pytest.fixture
def plan(session: Session, event: Event) -> Plan:
    def planned(*rows: RosterRow, **answers: str) -> RosterPlan:
        decisions = {key.replace("__", ":"): value for key, value in answers.items()}
        return plan_roster(session, event, rows, Decisions(decisions))

    return planned


@pytest.fixture
def known(make: Make) -> Callable[..., User]:
    """A person other events know; the name is normalised as the reader does it."""

    def user(name: str = "Siti Aminah", **changes: Any) -> User:
        return make.user(name, normalised_name="siti aminah", **changes)

    return user


def actions(plan: RosterPlan) -> list[RowAction]:
    return [each.action for each in plan.rows]


def people(plan: RosterPlan) -> list[int | None]:
    return [each.user_id for each in plan.rows]


def asked(plan: RosterPlan) -> list[str]:
    return [question.text for question in plan.open_questions]


# Whom a row means


def test_somebody_nobody_knows_is_added(plan: Plan) -> None:
    planned = plan(row())

    assert (actions(planned), people(planned), planned.ready) == ([RowAction.ADD], [None], True)


def test_the_same_nip_and_name_is_the_same_person_titles_aside(
    plan: Plan, known: Callable[..., User]
) -> None:
    user = known("Siti Aminah", nip=NIP)

    planned = plan(row(name="Hj. SITI AMINAH, S.Pd.", nip=NIP))

    assert (actions(planned), people(planned)) == ([RowAction.ADD], [user.id])


def test_the_same_nip_under_another_name_has_to_be_confirmed(
    plan: Plan, known: Callable[..., User]
) -> None:
    user = known(nip=NIP)
    same = {"person__2": f"{SAME}{user.uid}"}

    open_, sure, skipped = (
        plan(row(name="Rahmat", nip=NIP)),
        plan(row(name="Rahmat", nip=NIP), **same),
        plan(row(name="Rahmat", nip=NIP), person__2=SKIP),
    )

    assert asked(open_) == [
        "NIP …1001 tercatat atas nama “Siti Aminah”, di berkas “Rahmat”. Orang yang sama?"
    ]
    assert (actions(sure), people(sure)) == ([RowAction.ADD], [user.id])
    assert actions(skipped) == [RowAction.SKIP]


def test_without_a_nip_name_and_unit_in_this_event_are_the_same_person(
    make: Make, event: Event, puskesmas: Unit, plan: Plan, known: Callable[..., User]
) -> None:
    user = known(nip=NIP)
    make.enrolment(event, user, puskesmas)

    planned = plan(row())

    assert (actions(planned), people(planned)) == ([RowAction.NOTHING], [user.id])


def test_a_row_gives_its_nip_to_the_person_it_means(
    make: Make, event: Event, puskesmas: Unit, plan: Plan, known: Callable[..., User]
) -> None:
    make.enrolment(event, known(), puskesmas)

    planned = plan(row(nip=NIP))

    [difference] = planned.rows[0].differences
    assert (difference.field, difference.before, difference.after) == ("NIP", "tanpa NIP", "…1001")


def test_a_namesake_in_another_unit_of_the_event_is_asked_about(
    make: Make, event: Event, plan: Plan, known: Callable[..., User]
) -> None:
    user = known()
    make.enrolment(event, user, make.unit("Desa Rekaan", "desa"))

    planned = plan(row())

    [question] = planned.open_questions
    assert [choice.label for choice in question.choices] == [
        "Sama dengan Siti Aminah, di kegiatan ini pada Desa Rekaan, tanpa NIP",
        "Bukan, ini orang lain",
        "Lewati baris ini",
    ]
    assert question.suggested is None
    assert people(plan(row(), person__2=f"{SAME}{user.uid}")) == [user.id]
    assert people(plan(row(), person__2=NEW)) == [None]


def test_a_namesake_from_an_earlier_event_in_the_same_unit_is_suggested(
    plan: Plan, puskesmas: Unit, known: Callable[..., User]
) -> None:
    user = known(unit=puskesmas)

    [question] = plan(row()).open_questions

    assert question.suggested == f"{SAME}{user.uid}"


def test_two_nips_in_one_unit_are_asked_about_and_elsewhere_are_two_persons(
    make: Make, event: Event, puskesmas: Unit, plan: Plan, known: Callable[..., User]
) -> None:
    elsewhere = known(nip=OTHER_NIP, unit=make.unit("Desa Rekaan", "desa"))
    apart = plan(row(nip=NIP))
    elsewhere.unit = puskesmas
    make.session.commit()
    together = plan(row(nip=NIP))

    assert (actions(apart), people(apart)) == ([RowAction.ADD], [None])
    [question] = together.open_questions
    assert question.choices[0].label == (
        "Sama dengan Siti Aminah, Puskesmas Rekaan, NIP …2002; NIP-nya menjadi …1001"
    )


def test_two_candidates_in_the_unit_are_asked_about(
    make: Make, event: Event, puskesmas: Unit, plan: Plan, known: Callable[..., User]
) -> None:
    first, second = known(), known()
    for user in (first, second):
        make.enrolment(event, user, puskesmas)

    both = plan(row(2), row(3))
    settled = plan(row(2), row(3), person__2=f"{SAME}{first.uid}")

    assert actions(both) == [RowAction.ASK, RowAction.ASK]
    assert (actions(settled), people(settled)) == (
        [RowAction.NOTHING, RowAction.NOTHING],
        [first.id, second.id],
    )


def test_two_rows_that_come_out_at_one_person_are_asked_about(
    plan: Plan, known: Callable[..., User]
) -> None:
    kept = known(nip=NIP)
    known(nip=OTHER_NIP, merged_into=kept)
    rows = row(2, nip=NIP), row(3, nip=OTHER_NIP)

    open_, skipped = plan(*rows), plan(*rows, twice__3=SKIP)

    assert asked(open_) == ["“Siti Aminah” sudah ada di baris 2. Bagaimana baris ini?"]
    assert (actions(skipped), people(skipped)) == ([RowAction.ADD, RowAction.SKIP], [kept.id, None])


def test_a_namesake_with_a_row_of_his_own_is_nobodys_candidate(
    make: Make, event: Event, puskesmas: Unit, plan: Plan, known: Callable[..., User]
) -> None:
    user = known(nip=NIP)
    make.enrolment(event, user, puskesmas)

    planned = plan(row(2), row(3, nip=NIP))

    assert (actions(planned), people(planned)) == (
        [RowAction.ADD, RowAction.NOTHING],
        [None, user.id],
    )


def test_a_merged_person_counts_as_the_one_they_were_merged_into(
    session: Session,
    make: Make,
    event: Event,
    puskesmas: Unit,
    plan: Plan,
    known: Callable[..., User],
) -> None:
    kept = known()
    merged = known(nip=NIP, merged_into=kept)
    make.enrolment(event, merged, puskesmas)
    changed = row(nip=NIP, position="Bidan")

    planned = plan(changed)
    take_over(session, event, make, [changed])

    assert (people(planned), [each.field for each in planned.rows[0].differences]) == (
        [kept.id],
        ["Jabatan"],
    )
    assert (kept.nip, kept.position, merged.nip) == (None, "Bidan", NIP)


# Which unit


def test_a_unit_is_known_by_name_or_code_in_any_case(make: Make, plan: Plan) -> None:
    unit = make.unit("Desa Rekaan", "desa", code="DSA-01")

    planned = plan(row(2, unit="desa  rekaan"), row(3, name="Budi", unit="dsa 01"))

    assert [each.unit.unit_id for each in planned.rows] == [unit.id, unit.id]


def test_an_unknown_unit_near_a_known_one_is_asked_about(plan: Plan, puskesmas: Unit) -> None:
    planned = plan(row(unit="Puskemas Rekaan"))

    [question] = planned.open_questions
    assert question.text == (
        "Unit “Puskemas Rekaan” belum terdaftar. Maksud Anda “Puskesmas Rekaan”?"
    )
    assert question.choices[0].value == f"unit:{puskesmas.uid}"
    assert question.suggested is None


def test_an_answer_about_a_unit_decides_every_row_that_names_it(
    make: Make, event: Event, puskesmas: Unit, plan: Plan, known: Callable[..., User]
) -> None:
    user = known()
    make.enrolment(event, user, puskesmas)
    rows = row(2, unit="Puskemas Rekaan"), row(3, name="Budi", unit="PUSKEMAS REKAAN")

    planned = plan(*rows, unit__puskemasrekaan=f"unit:{puskesmas.uid}")

    assert planned.ready
    assert (actions(planned), people(planned)) == (
        [RowAction.NOTHING, RowAction.ADD],
        [user.id, None],
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Desa Batuah Rekaan", "kind:desa"),
        ("SDN 003", "kind:upt-pendidikan"),
        ("Kantor Camat", "kind:kecamatan"),
        ("UPT Pertanian", "kind:upt-teknis"),
    ],
)
def test_a_new_unit_is_suggested_with_its_likely_kind(plan: Plan, name: str, kind: str) -> None:
    [question] = plan(row(unit=name)).open_questions

    assert question.suggested == kind


def test_two_spellings_in_one_file_can_be_one_new_unit(
    session: Session, make: Make, event: Event, plan: Plan
) -> None:
    rows = row(2, unit="Desa Batuah Rekaan"), row(3, name="Budi", unit="Desa Batuh Rekaan")

    planned = plan(
        *rows, unit__desabatuahrekaan="kind:desa", unit__desabatuhrekaan="as:desabatuahrekaan"
    )
    applied = apply_roster(session, event, planned, make.now, make.key)

    assert [unit.name for unit in applied.units] == ["Desa Batuah Rekaan"]
    assert {enrolment.unit_name for enrolment in applied.added} == {"Desa Batuah Rekaan"}


def test_a_retired_unit_cannot_be_made_again(make: Make, plan: Plan) -> None:
    make.unit("Desa Lama", "desa", retired_at=make.now)

    [question] = plan(row(unit="Desa Lama")).open_questions

    assert question.text.startswith("Unit “Desa Lama” sudah tidak dipakai.")
    assert not any(choice.value.startswith("kind:") for choice in question.choices)


def test_a_merged_unit_means_the_one_it_was_merged_into(make: Make, plan: Plan) -> None:
    into = make.unit("Desa Baru", "desa")
    make.unit("Desa Lama", "desa", merged_into=into)

    assert plan(row(unit="Desa Lama")).rows[0].unit.unit_id == into.id


# Taking it over, and again


def take_over(
    session: Session, event: Event, make: Make, rows: Sequence[RosterRow], **answers: str
) -> Applied:
    decisions = Decisions({key.replace("__", ":"): value for key, value in answers.items()})
    planned = plan_roster(session, event, rows, decisions)
    applied = apply_roster(session, event, planned, make.now, make.key)
    session.commit()
    return applied


def test_taking_over_makes_people_units_and_enrolments(
    session: Session, make: Make, event: Event
) -> None:
    applied = take_over(
        session,
        event,
        make,
        [row(2, nip=NIP, position="Bidan"), row(3, name="Budi", unit="Desa Batuah")],
        unit__desabatuah="kind:desa",
    )

    siti, budi = applied.added
    assert (siti.user.nip, siti.user.position, siti.unit_name) == (NIP, "Bidan", PUSKESMAS)
    assert (budi.unit_name, budi.kind_name) == ("Desa Batuah", "Pemerintah desa")
    assert [(unit.code, unit.name) for unit in applied.units] == [("DESA-BATUAH", "Desa Batuah")]
    assert siti.user.unit is siti.unit


def test_the_same_file_again_changes_nothing(session: Session, make: Make, event: Event) -> None:
    rows = [row(2, nip=NIP), row(3, name="Budi")]
    take_over(session, event, make, rows)

    again = plan_roster(session, event, rows)

    assert actions(again) == [RowAction.NOTHING, RowAction.NOTHING]
    assert again.absent == ()


def test_a_corrected_file_updates_until_an_attempt_exists(
    session: Session, make: Make, event: Event
) -> None:
    make.unit("Desa Rekaan", "desa")
    [enrolment] = take_over(session, event, make, [row(nip=NIP)]).added
    corrected = row(nip=NIP, name="Siti Aminah, S.Keb.", status=Status.PPPK, unit="Desa Rekaan")

    planned = plan_roster(session, event, [corrected])
    take_over(session, event, make, [corrected])

    assert [(each.field, each.before, each.after) for each in planned.rows[0].differences] == [
        ("Unit", PUSKESMAS, "Desa Rekaan"),
        ("Status", "PNS", "PPPK"),
        ("Nama", "Siti Aminah", "Siti Aminah, S.Keb."),
    ]
    assert (enrolment.unit_name, enrolment.status) == ("Desa Rekaan", Status.PPPK)
    assert enrolment.user.name == "Siti Aminah, S.Keb."


def test_after_an_attempt_a_change_needs_a_yes_and_the_status_stays(
    session: Session, make: Make, event: Event
) -> None:
    make.unit("Desa Rekaan", "desa")
    [enrolment] = take_over(session, event, make, [row(nip=NIP)]).added
    make.attempt(make.sitting(event), enrolment)
    corrected = row(nip=NIP, status=Status.PPPK, unit="Desa Rekaan")

    open_, kept, changed = (
        plan_roster(session, event, [corrected], Decisions(answers))
        for answers in ({}, {"change:2": KEEP}, {"change:2": CHANGE})
    )
    take_over(session, event, make, [corrected], change__2=CHANGE)

    assert asked(open_) == ["“Siti Aminah” sudah mengerjakan. Tetap ubah datanya?"]
    assert open_.rows[0].note == "Status tetap PNS: soalnya sudah dikerjakan menurut status itu."
    assert (actions(kept), actions(changed)) == ([RowAction.NOTHING], [RowAction.UPDATE])
    assert (enrolment.unit_name, enrolment.status) == ("Desa Rekaan", Status.PNS)


def test_after_an_attempt_another_way_to_write_the_name_is_not_worth_a_question(
    session: Session, make: Make, event: Event
) -> None:
    [enrolment] = take_over(session, event, make, [row(nip=NIP)]).added
    make.attempt(make.sitting(event), enrolment)

    assert actions(plan_roster(session, event, [row(nip=NIP, name="SITI AMINAH")])) == [
        RowAction.NOTHING
    ]


def test_people_missing_from_the_file_are_listed_and_stay(
    session: Session, make: Make, event: Event
) -> None:
    take_over(session, event, make, [row(2), row(3, name="Budi")])

    planned = plan_roster(session, event, [row(2)])
    take_over(session, event, make, [row(2)])

    assert [(each.name, each.unit) for each in planned.absent] == [("Budi", PUSKESMAS)]
    assert session.scalar(select(func.count()).where(Enrolment.removed_at.is_(None))) == 2


def test_somebody_removed_comes_back_with_the_file(
    session: Session, make: Make, event: Event
) -> None:
    [enrolment] = take_over(session, event, make, [row()]).added
    enrolment.removed_at = make.now
    session.commit()

    planned = plan_roster(session, event, [row()])
    applied = take_over(session, event, make, [row()])

    assert planned.rows[0].differences[0].after == "dimasukkan lagi"
    assert (applied.added, enrolment.removed_at) == ((enrolment,), None)


def test_a_past_events_roster_leaves_todays_unit_alone(
    session: Session, make: Make, event: Event
) -> None:
    today = make.unit("Desa Rekaan", "desa")
    user = make.user("Siti Aminah", normalised_name="siti aminah", nip=NIP, unit=today)
    event.starts_at, event.ends_at = (make.now - timedelta(days=days) for days in (9, 8))

    [enrolment] = take_over(session, event, make, [row(nip=NIP)]).added

    assert (enrolment.unit_name, user.unit) == (PUSKESMAS, today)


def test_an_undecided_plan_does_nothing(session: Session, make: Make, event: Event) -> None:
    planned = plan_roster(session, event, [row(2, unit="Desa Entah"), row(3, name="Budi")])

    with pytest.raises(NotDecided):
        apply_roster(session, event, planned, make.now, make.key)
    session.commit()

    assert session.scalar(select(func.count()).select_from(Enrolment)) == 0
    assert session.scalars(select(Unit.name)).all() == [PUSKESMAS]


def test_the_basis_changes_with_what_the_plan_was_computed_from(
    session: Session, make: Make, event: Event
) -> None:
    rows = [row(2, nip=NIP)]
    before = plan_roster(session, event, rows).basis

    same = plan_roster(session, event, rows).basis
    make.enrolment(event)
    after = plan_roster(session, event, rows).basis

    assert (before == same, before == after) == (True, False)


def test_a_long_file_runs_as_many_queries_as_a_short_one(
    session: Session, engine: Engine, make: Make, event: Event
) -> None:
    take_over(session, event, make, [row(n, name=f"Orang {n}") for n in range(2, 12)])
    statements: list[str] = []

    @sqlalchemy_event.listens_for(session.get_bind(), "before_cursor_execute")
    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    counts = []
    for length in (10, 1, 10):
        statements.clear()
        plan_roster(session, event, [row(n, name=f"Orang {n}") for n in range(2, 2 + length)])
        counts.append(len(statements))

    assert counts[1] == counts[2]
