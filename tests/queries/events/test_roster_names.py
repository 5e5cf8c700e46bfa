"""Nobody on a roster is overwritten by a like name, and corrections find their person."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from quiz.actions.events.rostering import apply_roster
from quiz.assessment.items.item import Status
from quiz.exchange.rosters.names import normalise_name
from quiz.exchange.rosters.reading import RosterRow
from quiz.models import Enrolment, Event, Unit, User
from quiz.queries.events.plan import NEW, SAME, Decisions, RosterPlan, RowAction
from quiz.queries.events.roster_plan import plan_roster
from tests.conftest import BOTH_DATABASES
from tests.factories import Make

VILLAGE = "Desa Rekaan"

pytestmark = pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)

On = Callable[..., User]


def row(name: str, number: int = 2, **changes: Any) -> RosterRow:
    fields = {"nip": None, "status": Status.PERANGKAT_DESA, "unit": VILLAGE, "position": None}
    return RosterRow(row_number=number, name=name, **(fields | changes))


@pytest.fixture
def village(make: Make) -> Unit:
    return make.unit(VILLAGE, "desa")


@pytest.fixture
def event(make: Make, village: Unit) -> Event:
    return make.event()


@pytest.fixture
def on(make: Make, event: Event, village: Unit) -> On:
    """Somebody on the roster in the village."""

    def added(name: str, **changes: Any) -> User:
        fields = {"normalised_name": normalise_name(name), "status": Status.PERANGKAT_DESA}
        user = make.user(name, **(fields | changes))
        make.enrolment(event, user, village)
        return user

    return added


def plan(session: Session, event: Event, *rows: RosterRow, **answers: str) -> RosterPlan:
    decisions = Decisions({key.replace("__", ":"): value for key, value in answers.items()})
    return plan_roster(session, event, rows, decisions)


def meant(planned: RosterPlan) -> list[tuple[RowAction, int | None]]:
    return [(each.action, each.user_id) for each in planned.rows]


@pytest.mark.parametrize(
    ("known", "written"),
    [
        ("Suhermn bin Ali", "Suherman bin Ali"),
        ("Abdullah", "Sy. Abdullah"),
        ("Aminah", "St. Aminah"),
        ("Said", "Mh. Said"),
        ("Maulana", "Sh. Maulana"),
        ("Rusli", "Rusly"),
        ("Muhammad Yusuf", "M. Yusuf"),
        ("Arifin Santoso", "Santoso Arifin"),
        ("Nur Aini", "Nuraini"),
    ],
)
def test_a_name_nearly_one_the_file_no_longer_holds_is_asked_about(
    session: Session, event: Event, on: On, known: str, written: str
) -> None:
    user = on(known)
    same = {"person__2": f"{SAME}{user.uid}"}

    asked = plan(session, event, row(written))
    corrected = plan(session, event, row(written), **same)
    another = plan(session, event, row(written), person__2=NEW)

    [question] = asked.open_questions
    assert question.text.startswith(f"“{written}” belum dikenal, tetapi di unit ini ada nama yang")
    assert question.suggested is None
    assert meant(corrected) == [(RowAction.UPDATE, user.id)]
    assert corrected.rows[0].differences[0].after == written
    assert meant(another) == [(RowAction.ADD, None)]


def test_a_near_name_that_the_file_still_holds_is_two_people(
    session: Session, event: Event, on: On
) -> None:
    user = on("Abdullah")

    planned = plan(session, event, row("Abdullah", 2), row("Sy. Abdullah", 3))

    assert meant(planned) == [(RowAction.NOTHING, user.id), (RowAction.ADD, None)]


@pytest.mark.parametrize(
    ("known", "written"), [("Siti Aminah", "Siti Rahmah"), ("Ani", "Ali"), ("Orang 1", "Orang 2")]
)
def test_other_names_are_other_people(
    session: Session, event: Event, on: On, known: str, written: str
) -> None:
    on(known)

    assert meant(plan(session, event, row(written))) == [(RowAction.ADD, None)]


def test_somebody_of_the_unit_known_from_another_event_is_asked_about_too(
    session: Session, make: Make, event: Event, village: Unit
) -> None:
    user = make.user("Suhermn", normalised_name="suhermn", unit=village)

    [question] = plan(session, event, row("Suherman")).open_questions

    assert question.choices[0].value == f"{SAME}{user.uid}"


def test_two_nips_are_two_people_however_like_their_names_are(
    session: Session, event: Event, on: On
) -> None:
    on("Rusli", nip="198001012005011001")

    planned = plan(session, event, row("Rusly", nip="198202022006022002"))

    assert meant(planned) == [(RowAction.ADD, None)]


def test_the_same_name_in_another_position_is_asked_about(
    session: Session, event: Event, on: On
) -> None:
    on("H. Abdullah", position="Kaur Umum")

    title = plan(session, event, row("Abdullah", position="Kasi Kesra"))
    alike = plan(session, event, row("H. Abdullah", position="Kasi Kesra"))
    promoted = plan(session, event, row("H. Abdullah", position="Kaur Keuangan"))

    for asked in (title, alike):
        [question] = asked.open_questions
        assert "Kaur Umum" in question.choices[0].label
        assert question.suggested is None
    assert meant(promoted)[0][0] is RowAction.UPDATE


def test_names_and_positions_written_alike_go_before_likeness(
    session: Session, event: Event, on: On
) -> None:
    kaur, kasi = on("Abdullah", position="Kaur"), on("H. Abdullah", position="Kasi")

    rows = row("H. Abdullah", 2, position="Kasi"), row("Abdullah", 3, position="Kaur")
    planned = plan(session, event, *rows)
    turned = plan(session, event, *rows[::-1])

    assert meant(planned) == [(RowAction.NOTHING, kasi.id), (RowAction.NOTHING, kaur.id)]
    assert meant(turned) == [(RowAction.NOTHING, kaur.id), (RowAction.NOTHING, kasi.id)]


def test_two_rows_cannot_both_become_the_person_of_a_like_name(
    session: Session, event: Event, on: On
) -> None:
    user = on("Suhermn")
    same = f"{SAME}{user.uid}"

    planned = plan(
        session, event, row("Suherman", 2), row("Suhermin", 3), person__2=same, person__3=same
    )

    assert meant(planned)[0] == (RowAction.UPDATE, user.id)
    assert meant(planned)[1][0] in (RowAction.ASK, RowAction.ADD)


def test_degrees_are_corrected_by_the_file_after_an_attempt_without_a_question(
    session: Session, make: Make, event: Event, on: On
) -> None:
    user = on("Katimin")
    make.attempt(make.sitting(event), make.session.query(Enrolment).one())

    planned = plan(session, event, row("Katimin, S.Pd."))
    capitals = plan(session, event, row("KATIMIN"))
    apply_roster(session, event, planned, make.now, make.key)
    session.commit()

    assert (planned.ready, meant(planned)) == (True, [(RowAction.UPDATE, user.id)])
    assert meant(capitals) == [(RowAction.NOTHING, user.id)]
    assert user.name == "Katimin, S.Pd."


def test_nips_that_end_alike_are_shown_as_far_as_they_differ(
    session: Session, make: Make, event: Event, village: Unit
) -> None:
    make.user("Rusli", normalised_name="rusli", unit=village, nip="198001012005012001")

    [question] = plan(session, event, row("Rusli", nip="198001012006012001")).open_questions

    assert "NIP …5012001; NIP-nya menjadi …6012001" in question.choices[0].label


# Units


def test_a_village_is_not_taken_for_another_because_both_are_villages(
    session: Session, make: Make, event: Event
) -> None:
    for name in ("Desa Tanjung Lamin", "Desa Muara Rotan", "Puskesmas Bakungan", "SDN 003 Rekaan"):
        make.unit(name)
    names = ("Desa Bakungan", "Desa Jembayan", "SDN 004 Rekaan")
    rows = [row("Ani", number, unit=name) for number, name in enumerate(names)]

    planned = plan(session, event, *rows)

    assert [unit.question.text for unit in planned.units if unit.question] == [
        f"Unit “{name}” belum terdaftar. Buat unit ini?" for name in names
    ]
    assert [unit.question.suggested for unit in planned.units if unit.question] == [
        "kind:desa",
        "kind:desa",
        "kind:upt-pendidikan",
    ]


def test_all_units_that_are_not_answered_are_made_by_one_answer(
    session: Session, make: Make, event: Event
) -> None:
    known = make.unit("Desa Bakungan", "desa")
    names = ("Desa Bakungn", "Desa Jembayan", "Puskesmas Batuah", "Desa Rekaann")
    rows = [row(f"Orang {name}", number, unit=name) for number, name in enumerate(names)]

    planned = plan(
        session, event, *rows, **{"units:rest": "new", "unit:desabakungn": f"unit:{known.uid}"}
    )

    assert planned.ready
    assert [(unit.new_name, unit.unit_id == known.id) for unit in planned.units] == [
        (None, True),
        ("Desa Jembayan", False),
        ("Puskesmas Batuah", False),
        ("Desa Rekaann", False),
    ]


# What the file leaves open


def test_blank_statuses_are_asked_once_for_those_whose_position_points_to_the_same(
    session: Session, event: Event
) -> None:
    held = [("Kepala Desa", "Ani"), ("Kaur Umum", "Budi"), ("Sekdes", "Citra"), ("Staf", "Dewi")]
    rows = [
        row(name, number, status=None, position=position)
        for number, (position, name) in enumerate(held)
    ]

    planned = plan(session, event, *rows)

    assert [(each.question.suggested, len(each.people)) for each in planned.asked] == [
        ("kepala_desa", 1),
        ("perangkat_desa", 2),
        (None, 1),
    ]
    assert planned.asked[1].question.text == (
        "Status 2 orang tidak tertulis, jabatannya “Kaur Umum”, “Sekdes”: apa statusnya?"
    )
    assert {each.action for each in planned.rows} == {RowAction.ASK}


@pytest.mark.parametrize(
    ("word", "text", "first"),
    [
        ("Guru", "Status “Guru”, 1 orang: PNS, PPPK, atau yang lain?", "pns"),
        ("PNSS", "Status “PNSS”, 1 orang: Maksud Anda “PNS”?", "pns"),
        ("Honorrer", "Status “Honorrer”, 1 orang: Maksud Anda “Pegawai non-ASN”?", "non_asn"),
        ("Kepala Seksi", "Status “Kepala Seksi”, 1 orang: PNS, PPPK, atau yang lain?", "pns"),
        (
            "Kaur Keuangan",
            "Status “Kaur Keuangan”, 1 orang: PNS, PPPK, atau yang lain?",
            "perangkat_desa",
        ),
    ],
)
def test_a_word_that_is_no_status_is_asked_about_and_never_decided_by_likeness(
    session: Session, event: Event, word: str, text: str, first: str
) -> None:
    [asked] = plan(session, event, row("Ani", status=None, status_word=word)).asked

    assert (asked.question.text, asked.question.choices[0].value) == (text, first)


def test_a_unit_written_once_holds_for_the_rows_below_when_that_is_chosen(
    session: Session, make: Make, event: Event
) -> None:
    make.unit("Desa Lain", "desa")
    rows = [
        row("Ani", 2),
        row("Budi", 3, unit=""),
        row("Citra", 4, unit="Desa Lain"),
        row("Dewi", 5, unit=""),
    ]

    planned = plan(session, event, *rows, blank__0="above")

    assert [each.unit.text for each in planned.rows] == [VILLAGE, VILLAGE, "Desa Lain", "Desa Lain"]
    assert planned.ready


def test_a_sheet_named_as_a_unit_suggests_it_for_those_without_one(
    session: Session, event: Event
) -> None:
    rows = [
        row("Ani", 2, unit="", sheet=VILLAGE, sheet_number=1),
        row("Budi", 2, unit="", sheet="Desa Baru", sheet_number=2),
    ]

    planned = plan(session, event, *rows)
    chosen = plan(session, event, *rows, blank__1="sheet", blank__2="sheet")

    assert [each.question.suggested for each in planned.asked] == ["sheet", None]
    assert [each.unit.text for each in chosen.rows] == [VILLAGE, "Desa Baru"]
    assert chosen.open_questions[0].text == "Unit “Desa Baru” belum terdaftar. Buat unit ini?"
