"""Events deleted while nobody has worked in them, and archived once nothing goes on."""

from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from quiz.actions.events.removing import (
    archive,
    delete_event,
    delete_sitting,
    refusal_to_archive,
    refusal_to_delete_event,
)
from quiz.actions.taking.taking import start_attempt
from quiz.assessment.evaluation import Box
from quiz.formats import datetime_id
from quiz.models import (
    ActivityReport,
    Base,
    CoveredPassage,
    Edition,
    Enrolment,
    EvaluationBox,
    Event,
    EventMinutes,
    FormChoice,
    JoinRequest,
    PeopleMerge,
    Presence,
    Quiz,
    RosterDraft,
    SetAside,
    Sitting,
    StoredSlot,
    Unit,
    UnitLink,
    User,
)
from quiz.models.events.events import Phase
from quiz.models.refusals import Refused
from tests.factories import Make

HOUR = timedelta(hours=1)

GONE_WITH_IT = (
    CoveredPassage,
    ActivityReport,
    Edition,
    Enrolment,
    EvaluationBox,
    Event,
    EventMinutes,
    FormChoice,
    JoinRequest,
    PeopleMerge,
    Presence,
    RosterDraft,
    SetAside,
    Sitting,
    StoredSlot,
    UnitLink,
)
KEPT = (Quiz, Unit, User)


def counted(session: Session) -> dict[str, int]:
    return {
        table.__name__: session.scalar(select(func.count()).select_from(table)) or 0
        for table in (*GONE_WITH_IT, *KEPT)
    }


def filled_event(make: Make, officer: User) -> Event:
    """With somebody there, two merged, sittings prepared and planned, papers, an upload."""
    event = make.event()
    kept = make.enrolment(event, checked_in_at=make.now)
    absorbed = make.enrolment(event, removed_at=make.now, merged_into=kept)
    made = {"before": {}, "made_at": make.now, "made_by": officer}
    make.session.add(PeopleMerge(event_id=event.id, kept=kept, absorbed=absorbed, **made))
    make.sitting(event)
    make.sitting(event, Phase.POST, prepared=False)
    upload = {"file_name": "daftar.xlsx", "content": {}, "created_at": make.now}
    make.session.add(RosterDraft(event=event, user=officer, **upload))
    make.session.add(EventMinutes(event_id=event.id, day=event.days[0], signatories=[]))
    make.session.add(ActivityReport(event_id=event.id))
    make.session.add(EvaluationBox(event_id=event.id, box=Box()))
    lost = {"digest": "0" * 64, "kind": "event", "row": {}, "at": make.now}
    make.session.add(SetAside(event_id=event.id, **lost))
    asked = {"name": "Ani", "unit_name": "UPT", "address_key": "", "asked_at": make.now}
    make.session.add(JoinRequest(event=event, **asked))
    said = {"passage": make.passage(f"KAL-{event.id}"), "by": officer, "at": make.now}
    make.session.add(CoveredPassage(event_id=event.id, **said))
    frozen: dict[str, Any] = {"figures": {}, "told": {}, "pools": {}, "as_of": make.now}
    make.session.add(Edition(event=event, number=1, published_by=officer, **frozen))
    lent = {"made_at": make.now, "made_by": officer, "expires_at": make.now}
    make.session.add(
        UnitLink(event=event, unit=kept.unit, token_index=f"indeks-{event.id}", **lent)
    )
    make.session.commit()
    return event


def test_a_deleted_event_takes_what_is_its_own_and_nothing_else(
    session: Session, make: Make, citra: User
) -> None:
    filled_event(make, citra)
    before = counted(session)
    wrong = filled_event(make, citra)
    people = counted(session)

    delete_event(session, wrong)
    session.commit()

    after = counted(session)
    assert {t.__name__: after[t.__name__] for t in GONE_WITH_IT} == {
        t.__name__: before[t.__name__] for t in GONE_WITH_IT
    }
    assert {t.__name__: after[t.__name__] for t in KEPT} == {
        t.__name__: people[t.__name__] for t in KEPT
    }


def test_every_table_that_belongs_to_an_event_goes_or_says_that_somebody_worked() -> None:
    """A new table that points at an event has to be deleted with it, or has to forbid it.

    What somebody has asked about their data stays and forgets only by which card.
    """
    forbidding = {"attempt", "attempt_move", "erasure", "unnamed_attempt"}
    staying = {"subject_request"}
    owned = {table.__tablename__ for table in GONE_WITH_IT}

    pointing = {
        table.name
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name in owned
    }

    assert pointing <= owned | forbidding | staying


@pytest.mark.parametrize("phase", [Phase.PRE, Phase.PRACTICE])
@pytest.mark.parametrize("voided", [False, True])
def test_an_event_somebody_worked_in_stays(
    session: Session, make: Make, citra: User, phase: Phase, voided: bool
) -> None:
    sitting = make.sitting(phase=phase)
    void = {"voided_at": make.now, "voided_by_id": citra.id, "void_reason": "HP rusak."}
    first = make.attempt(sitting, **(void if voided else {}))
    make.attempt(sitting)

    with pytest.raises(Refused) as refusal:
        delete_event(session, sitting.event)

    words = str(refusal.value)
    assert "2 orang sudah mengerjakan" in words
    assert f"{phase.label} pada {datetime_id(first.started_at)}" in words
    assert "Arsipkan saja" in words
    sitting.event.archived_at = make.now
    assert "Arsipkan" not in (refusal_to_delete_event(session, sitting.event) or "")
    assert session.get(Event, sitting.event.id) is not None


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_an_attempt_begun_while_its_event_goes_keeps_the_event(
    session: Session, make: Make, engine: Engine
) -> None:
    sitting = make.sitting()
    enrolment, refusals = make.enrolment(sitting.event), []

    def delete() -> None:
        with pytest.raises(Refused) as refusal:
            delete_event(session, sitting.event)
        refusals.append(str(refusal.value))

    with Session(engine) as phone:
        here = phone.get_one(Sitting, sitting.id), phone.get_one(Enrolment, enrolment.id)
        start_attempt(phone, *here, make.now)
        officer = Thread(target=delete)
        officer.start()
        while officer.is_alive() and not somebody_waits(engine):
            pass
        phone.commit()
        officer.join()

    assert ["1 orang sudah mengerjakan" in words for words in refusals] == [True]


def somebody_waits(engine: Engine) -> bool:
    """Whether a transaction on this database waits for another one's lock."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with engine.connect() as connection:
        return bool(connection.scalar(waiting))


def test_an_event_only_prepared_may_go(session: Session, make: Make, citra: User) -> None:
    assert refusal_to_delete_event(session, filled_event(make, citra)) is None


def test_a_sitting_somebody_has_begun_stays(session: Session, make: Make) -> None:
    attempt = make.attempt()

    with pytest.raises(Refused, match="sudah dikerjakan"):
        delete_sitting(session, attempt.sitting)


@pytest.mark.parametrize(
    ("opens_in", "closes_in", "prepared", "words"),
    [
        (-HOUR, HOUR, True, "Pre-test masih terbuka"),
        (HOUR, 2 * HOUR, True, "Pre-test masih akan terbuka"),
        (-2 * HOUR, -HOUR, True, None),
        (HOUR, 2 * HOUR, False, None),
    ],
)
def test_an_event_is_archived_once_no_sitting_goes_on(
    session: Session,
    make: Make,
    opens_in: timedelta,
    closes_in: timedelta,
    prepared: bool,
    words: str | None,
) -> None:
    event = make.event()
    times = {"opens_at": make.now + opens_in, "closes_at": make.now + closes_in}
    make.sitting(event, prepared=prepared, **times)

    refusal = refusal_to_archive(event, make.now)

    if words is None:
        assert refusal is None
        archive(session, event, make.now)
        assert event.archived_at == make.now
    else:
        assert words in (refusal or "")
        with pytest.raises(Refused, match=words):
            archive(session, event, make.now)
        assert event.archived_at is None
