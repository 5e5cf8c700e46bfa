"""The demonstration: the same for the same seed, believable, and never in the way of real data."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.actions.people.accounts import verify_password
from quiz.assessment.attempt_state import AttemptState, SittingState
from quiz.assessment.items.item import Status
from quiz.codes import show_code
from quiz.config.settings import Settings
from quiz.demo.answering import Participant, difficulty
from quiz.demo.roster import UNITS, invent
from quiz.demo.staging import Deed, Stage, deeds
from quiz.exchange.rosters.names import normalise_name
from quiz.models import (
    Attempt,
    CoveredPassage,
    Enrolment,
    Event,
    Score,
    Setting,
    Sitting,
    StoredResponse,
    Unit,
    User,
)
from quiz.models.events.events import Phase
from quiz.permissions import Role
from tests.assessment import samples
from tests.cli.conftest import Run
from tests.client import HouseClient
from tests.demo.conftest import Demo
from tests.factories import Make


def attempts(session: Session, phase: Phase) -> list[Attempt]:
    query = select(Attempt).join(Attempt.sitting).where(Sitting.phase == phase)
    return list(session.scalars(query))


@pytest.fixture
def again(run: Run) -> Callable[[str], dict[str, Any]]:
    """``again("live")``: what the program says, asked to fill the database with this now."""

    def fill(stage: str) -> dict[str, Any]:
        status, out, err = run("demo", "--stage", stage, "--seed", "1", "--json")
        assert (status, err) == (0, "")
        found = json.loads(out)
        assert isinstance(found, dict)
        return found

    return fill


def test_the_same_seed_gives_the_same_accounts_cards_and_codes(
    demo: Demo, again: Callable[[str], dict[str, Any]]
) -> None:
    first, other = demo("before"), demo("before", "2")

    assert again("before") == first
    assert first["event"].startswith("LJN-")
    assert [account["card"] for account in first["accounts"][5:]] != [
        account["card"] for account in other["accounts"][5:]
    ]


def test_the_same_seed_gives_the_same_answers(
    demo: Demo, again: Callable[[str], dict[str, Any]], session: Session
) -> None:
    def scores() -> list[tuple[str, object]]:
        session.commit()
        query = (
            select(Attempt.uid, Score.knowledge_points).join(Score.attempt).order_by(Attempt.uid)
        )
        return [(uid, points) for uid, points in session.execute(query)]

    demo("over")
    first = scores()
    again("over")

    assert len(first) > 80
    assert scores() == first


def test_accounts_are_those_the_contract_names(demo: Demo, session: Session) -> None:
    accounts = demo("before")["accounts"]

    staff, guests = accounts[:5], accounts[5:]
    roles = ["petugas", "narasumber", "pemeriksa", "admin", "pimpinan_unit"]
    assert [account["role"] for account in staff] == roles
    assert Counter(account["role"] for account in guests) == {"participant": 50}
    assert set(staff[0]) == {"role", "name", "username", "password"}
    assert set(guests[0]) == {"role", "name", "unit", "card", "code"}
    for account in staff:
        user = session.scalars(select(User).where(User.username == account["username"])).one()
        assert verify_password(user.password_hash, account["password"])


def test_cards_and_codes_of_a_demonstration_let_people_in(
    demo: Demo, app_on_demo: HouseClient
) -> None:
    guest = demo("before")["accounts"][-1]

    by_card = app_on_demo.get(f"/k/{guest['card']}")
    app_on_demo.post_form("/keluar")
    by_code = app_on_demo.post_form("/masuk", {"code": show_code(guest["code"]), "event": ""})

    assert (by_card.status_code, by_code.status_code) == (303, 303)


@pytest.fixture
def app_on_demo(settings: Settings) -> HouseClient:
    """A browser on an application that is made once the demonstration's key is in place."""
    from quiz import create_app
    from quiz.config.settings import read_settings
    from quiz.demo import card_key

    (settings.instance / "kartu.key").write_text(card_key("1"))
    app = create_app(
        read_settings(
            {
                "QUIZ_INSTANCE": str(settings.instance),
                "QUIZ_DATABASE_URL": settings.database_url,
            }
        ),
        TESTING=True,
    )
    app.test_client_class = HouseClient
    client = app.test_client()
    assert isinstance(client, HouseClient)
    return client


def test_before_has_a_roster_and_nothing_open(demo: Demo, session: Session) -> None:
    demo("before")

    now = datetime.now(UTC)
    states = [sitting.state(now) for sitting in session.scalars(select(Sitting))]
    assert states == [SittingState.NOT_PREPARED, SittingState.NOT_PREPARED]
    assert session.query(Enrolment).count() == 50
    assert session.query(Attempt).count() == 0


def test_open_has_the_pre_test_open_and_nobody_started(demo: Demo, session: Session) -> None:
    demo("open")

    now = datetime.now(UTC)
    states = {sitting.phase: sitting.state(now) for sitting in session.scalars(select(Sitting))}
    assert states == {Phase.PRE: SittingState.OPEN, Phase.POST: SittingState.SCHEDULED}
    assert session.query(Attempt).count() == 0


def test_live_has_people_at_every_step(demo: Demo, session: Session) -> None:
    demo("live")

    now = datetime.now(UTC)
    found = Counter(attempt.state(now) for attempt in attempts(session, Phase.PRE))
    present = session.scalars(select(Enrolment).where(Enrolment.checked_in_at.is_not(None))).all()
    latest = session.scalars(
        select(StoredResponse.saved_at).order_by(StoredResponse.saved_at)
    ).all()[-1]
    assert found == {AttemptState.RUNNING: 17, AttemptState.FINISHED: 18}
    assert len(present) == 43
    assert latest <= now


def test_over_has_both_tests_done_by_nearly_all_and_a_gain(demo: Demo, session: Session) -> None:
    demo("over")

    def mean(phase: Phase) -> float:
        query = select(Score).join(Score.attempt).join(Attempt.sitting)
        scores = session.scalars(query.where(Sitting.phase == phase)).all()
        assert len(scores) >= 45
        return sum(float(s.knowledge_points / s.knowledge_max) for s in scores) / len(scores) * 100

    before, after = mean(Phase.PRE), mean(Phase.POST)
    assert 40 < before < 75
    assert before + 5 < after < 92


def test_over_has_a_speaker_who_said_what_was_talked_about(demo: Demo, session: Session) -> None:
    demo("over")

    ticks = session.scalars(select(CoveredPassage)).all()
    post = session.scalars(select(Sitting).where(Sitting.phase == Phase.POST)).one()
    assert {(tick.by.role, tick.at) for tick in ticks} == {(Role.TRAINER, post.opens_at)}


def test_units_are_those_of_a_district(demo: Demo, session: Session) -> None:
    demo("before")

    kinds: Counter[str] = Counter()
    for enrolment in session.scalars(select(Enrolment)):
        kinds[enrolment.kind_name] += 1
    heads = session.scalars(select(Enrolment).where(Enrolment.status == Status.KEPALA_DESA)).all()
    assert kinds == {
        "Kantor kecamatan": 12,
        "UPT pendidikan": 10,
        "UPT kesehatan": 10,
        "UPT teknis": 10,
        "Pemerintah desa": 8,
    }
    assert len(heads) == 8


@pytest.mark.parametrize("people", [1, 3, 49, 120])
def test_any_number_of_people_can_be_invented(people: int) -> None:
    persons = invent(Random(people), people)

    assert len(persons) == people
    assert len({normalise_name(person.name) for person in persons}) == people
    assert len({person.nip for person in persons if person.nip}) == sum(
        person.nip is not None for person in persons
    )
    assert {person.unit.code for person in persons} <= {unit.code for unit in UNITS}


def test_data_that_is_no_demonstration_is_not_touched(
    run: Run, make: Make, settings: Settings
) -> None:
    person = make.user("Ani Lestari")
    key = (settings.instance / "kartu.key").read_text()

    status, out, err = run("demo", "--stage", "live", "--seed", "1")

    assert (status, out) == (1, "")
    assert err.startswith("Basis data ini sudah berisi dan bukan peragaan")
    assert make.fresh(person).name == "Ani Lestari"
    assert (settings.instance / "kartu.key").read_text() == key
    assert make.session.query(Unit).count() + make.session.query(Event).count() == 0


def test_a_demonstration_marks_its_database(demo: Demo, session: Session) -> None:
    demo("before", "2")

    assert session.scalars(select(Setting.value).where(Setting.key == "demo")).one() == "before/2"


def test_words_for_people_name_every_account(run: Run) -> None:
    _, out, _ = run("demo", "--stage", "before", "--seed", "1")

    names = ["citra", "dewi", "hadi", "eka", "pimpinan"]
    assert out.startswith("Peragaan LJN-")
    assert [name for name in names if f" {name} " in out] == names


def test_knowing_rises_with_ability_and_with_the_talk() -> None:
    item = samples.item()
    able = Participant("a", ability=2.0, gain=1.0, doubt=0.2)
    less = Participant("b", ability=-2.0, gain=1.0, doubt=0.2)

    assert less.knows(item, after_talk=False) < able.knows(item, after_talk=False)
    assert less.knows(item, after_talk=False) < less.knows(item, after_talk=True)
    assert difficulty(item) == difficulty(samples.item())


def test_nobody_answers_what_is_not_offered() -> None:
    mind = Participant.invent("1", "x", "unit")
    for type in ("single_choice", "multiple_choice", "true_false"):
        item = samples.item(type)
        offered = {option.id for option in item.options}

        for number in range(50):
            other = samples.item(type, code=f"X-{number}")
            chosen, confidence = mind.answer(
                other, multiple=type == "multiple_choice", after_talk=False
            )

            assert set(chosen) <= offered
            assert confidence in {None, 1}


@pytest.mark.parametrize("people", [1, 2, 50, 333])
@pytest.mark.parametrize("stage", list(Stage))
def test_everybody_gets_one_deed(stage: Stage, people: int) -> None:
    dealt = deeds(stage, Phase.PRE, people, Random(1))

    assert len(dealt) == people
    assert set(dealt) <= set(Deed)
