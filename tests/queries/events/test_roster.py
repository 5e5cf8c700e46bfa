"""An event's roster as a list: who is found, in which order, and how far each person is."""

from sqlalchemy.orm import Session

from quiz.assessment.attempt_state import AttemptState
from quiz.models import Enrolment, Event, RosterDraft, User
from quiz.models.events.events import Phase
from quiz.queries.events.roster import (
    RosterLine,
    Wanted,
    Which,
    enrolment_of,
    enrolments_for_cards,
    own_draft,
    roster_lines,
    units_on,
)
from tests.factories import Make


def listed(session: Session, make: Make, event: Event, wanted: Wanted) -> list[RosterLine]:
    return roster_lines(session, event, wanted, make.now, offset=0, limit=50)[0]


def names(lines: list[RosterLine]) -> list[str]:
    return [line.enrolment.user.name for line in lines]


def seated(make: Make, event: Event, name: str, unit: str, **changes: object) -> Enrolment:
    nip = changes.pop("nip", None)
    user = make.user(name, nip=nip)
    place = next((row.unit for row in event.enrolments if row.unit_name == unit), None)
    return make.enrolment(event, user, place or make.unit(unit), **changes)


def test_the_roster_stands_by_unit_and_name_without_those_removed(
    session: Session, make: Make
) -> None:
    event = make.event()
    seated(make, event, "Wati", "A")
    seated(make, event, "Budi", "B")
    seated(make, event, "ani", "A")
    seated(make, event, "Citra", "A", removed_at=make.now)
    seated(make, make.event(), "Dewi", "C")

    assert names(listed(session, make, event, Wanted())) == ["ani", "Wati", "Budi"]


def test_people_are_found_by_any_words_of_theirs_in_any_order(session: Session, make: Make) -> None:
    event = make.event()
    ani = seated(make, event, "Ani Lestari", "Puskesmas Rekaan", nip="198001012005014471")
    ani.user.position = "Bidan Desa"
    seated(make, event, "Budi Hartono", "Desa Rekaan", nip="198001012005011234")

    found = {
        search: names(listed(session, make, event, Wanted(search)))
        for search in (
            "LESTARI, S.Pd.",
            "lestari ani",
            "puskesmas",
            "bidan",
            "budi desa",
            "ani budi",
            "1234",
            "4471 ani",
            "011234",
            "123",
            "200501",
            "34",
            "%",
            "Rekaan",
        )
    }

    assert found == {
        "LESTARI, S.Pd.": ["Ani Lestari"],
        "lestari ani": ["Ani Lestari"],
        "puskesmas": ["Ani Lestari"],
        "bidan": ["Ani Lestari"],
        "budi desa": ["Budi Hartono"],
        "ani budi": [],
        "1234": ["Budi Hartono"],
        "4471 ani": ["Ani Lestari"],
        "011234": ["Budi Hartono"],
        "123": [],
        "200501": [],
        "34": [],
        "%": [],
        "Rekaan": ["Budi Hartono", "Ani Lestari"],
    }


def test_those_present_and_those_awaited_are_listed_apart(session: Session, make: Make) -> None:
    event = make.event()
    seated(make, event, "Ani", "A", checked_in_at=make.now)
    seated(make, event, "Budi", "A")

    present = names(listed(session, make, event, Wanted(which=Which.PRESENT)))
    awaited = names(listed(session, make, event, Wanted(which=Which.AWAITED)))

    assert (present, awaited) == (["Ani"], ["Budi"])


def test_a_page_of_the_roster_says_how_many_there_are(session: Session, make: Make) -> None:
    event, unit = make.event(), make.unit()
    for number in range(5):
        make.enrolment(event, make.user(f"Orang {number}"), unit)

    lines, total = roster_lines(session, event, Wanted(), make.now, offset=2, limit=2)

    assert (names(lines), total) == (["Orang 2", "Orang 3"], 5)


def test_progress_is_that_of_counted_unvoided_attempts(
    session: Session, make: Make, citra: User
) -> None:
    event = make.event()
    pre, practice = make.sitting(event), make.sitting(event, Phase.PRACTICE)
    post = make.sitting(event, Phase.POST)
    enrolment = make.enrolment(event)
    make.attempt(practice, enrolment)
    make.attempt(post, enrolment).void(citra, "HP tertukar", make.now)
    make.finished(pre, enrolment)
    make.attempt(post, enrolment)

    [line] = listed(session, make, event, Wanted())

    assert [(each.sitting, each.state) for each in line.progress] == [
        ("Pre-test", AttemptState.FINISHED),
        ("Post-test", AttemptState.RUNNING),
    ]
    assert line.progress[0].submitted_at is not None


def test_a_place_on_another_roster_or_a_removed_one_is_not_found(
    session: Session, make: Make
) -> None:
    enrolment = make.enrolment()
    removed = make.enrolment(enrolment.event, removed_at=make.now)

    assert enrolment_of(session, enrolment.event, enrolment.uid) is enrolment
    assert enrolment_of(session, make.event(), enrolment.uid) is None
    assert enrolment_of(session, enrolment.event, removed.uid) is None


def test_cards_are_those_of_one_unit_or_one_person(session: Session, make: Make) -> None:
    event = make.event()
    ani, budi = seated(make, event, "Ani", "A"), seated(make, event, "Budi", "B")

    everybody, total = enrolments_for_cards(session, event)
    unit, _ = enrolments_for_cards(session, event, unit_uid=ani.unit.uid)
    person, _ = enrolments_for_cards(session, event, uid=budi.uid)

    assert (everybody, total, unit, person) == ([ani, budi], 2, [ani], [budi])


def test_the_units_on_a_roster_are_named_as_on_that_day(session: Session, make: Make) -> None:
    event = make.event()
    ani = seated(make, event, "Ani", "Desa Lama")
    ani.unit.name = "Desa Baru"
    session.commit()

    assert units_on(session, event) == [(ani.unit.uid, "Desa Lama", 1)]


def test_an_upload_is_seen_only_by_whoever_made_it_for_its_event(
    session: Session, make: Make, citra: User, eka: User
) -> None:
    event = make.event()
    draft = RosterDraft(
        event=event, user=citra, file_name="a.xlsx", content={}, created_at=make.now
    )
    session.add(draft)
    session.commit()

    assert own_draft(session, event, draft.uid, citra.id) is draft
    assert own_draft(session, event, draft.uid, eka.id) is None
    assert own_draft(session, make.event(), draft.uid, citra.id) is None
