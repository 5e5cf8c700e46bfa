"""Who was affected: everybody whose data was there and could be seen that way, and nobody else."""

from datetime import timedelta

import pytest

from quiz.actions.people.auditing import record
from quiz.models.people.audit import Action
from quiz.permissions import Role
from quiz.queries.people.privacy.breaches import ALL_KINDS, Breach, DataKind, Way, affected
from tests.conftest import BOTH_DATABASES

HOUR = timedelta(hours=1)


@pytest.fixture
def event(make):
    return make.event(code="UJI-501")


@pytest.fixture
def worked(make, event):
    """Somebody who was there and handed in, with a NIP and a position."""
    person = make.user("Ani", nip="198001012005012001", position="Lurah")
    enrolment = make.enrolment(event, person, make.unit("Unit A"), checked_in_at=make.now)
    return make.finished(make.sitting(event), enrolment)


@pytest.fixture
def invited(make, event):
    """Somebody who was only on the roster."""
    return make.enrolment(event, make.user("Budi"), make.unit("Unit B"))


@pytest.fixture
def found(make, session):
    """``found(way, ...)``: what is told, by name."""

    def found(way=Way.UNKNOWN, since=-HOUR, until=HOUR, **more):
        now = make.now
        breach = Breach(since=now + since, until=now + until, known_at=now, way=way, **more)
        return {each.name: each for each in affected(session, breach)}

    return found


@pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)
def test_a_stolen_backup_affects_everybody_with_what_there_was_of_them(
    make, found, worked, invited
):
    make.user("Citra", username="citra", role=Role.OFFICER)

    told = found(Way.BACKUP)

    assert list(told) == ["Citra", "Ani", "Budi"]
    assert set(told["Ani"].kinds) == ALL_KINDS - {DataKind.WORDS, DataKind.ACCOUNT}
    assert set(told["Budi"].kinds) == {DataKind.IDENTITY, DataKind.CARD}
    assert set(told["Citra"].kinds) == {DataKind.IDENTITY, DataKind.ACCOUNT}
    assert told["Ani"].events == ["UJI-501"]


def test_what_came_later_was_not_in_it(found, worked, invited):
    assert found(Way.BACKUP, since=-3 * HOUR, until=-HOUR) == {}
    early = found(Way.BACKUP, until=timedelta(seconds=-1))
    assert DataKind.RESPONSES not in set().union(*(each.kinds for each in early.values()))


def test_one_event_leaves_the_others_out(make, found, worked, invited):
    make.enrolment(make.event(), make.user("Dewi"))

    assert set(found(Way.UNKNOWN)) == {"Ani", "Budi", "Dewi"}
    assert set(found(Way.UNKNOWN, event=invited.event)) == {"Ani", "Budi"}


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (
            Role.OFFICER,
            {
                DataKind.IDENTITY,
                DataKind.POSITION,
                DataKind.NIP_END,
                DataKind.PRESENCE,
                DataKind.CARD,
                DataKind.RESPONSES,
                DataKind.SCORES,
            },
        ),
        (
            Role.ADMIN,
            {DataKind.IDENTITY, DataKind.POSITION, DataKind.NIP_END, DataKind.PRESENCE},
        ),
    ],
)
def test_an_account_shows_what_its_role_may_see(make, found, worked, invited, role, seen):
    account = make.user("Pemilik", username="pemilik", role=role)

    told = found(Way.ACCOUNT, account=account)

    assert set(told["Ani"].kinds) - {DataKind.WORDS} == seen - {DataKind.NIP}
    assert DataKind.NIP not in told["Ani"].kinds
    assert not any(each.opened for each in told.values())


@pytest.mark.parametrize("role", [Role.TRAINER, Role.LEGAL_CHECKER, Role.UNIT_HEAD])
def test_an_account_that_shows_nobody_affects_its_owner_alone(make, found, worked, invited, role):
    account = make.user("Pemilik", username="pemilik", role=role)

    assert set(found(Way.ACCOUNT, account=account)) == {"Pemilik"}


def test_the_log_says_what_the_account_really_opened_and_when(
    make, session, found, worked, invited
):
    account = make.user("Pemilik", username="pemilik", role=Role.OFFICER)
    one = ("enrolment", worked.enrolment.uid)
    record(session, make.now, account.id, Action.PARTICIPANT_OPENED, one)
    session.commit()

    def opened(**when):
        told = found(Way.ACCOUNT, account=account, **when)
        return [name for name, each in told.items() if each.opened]

    assert opened() == ["Ani"]
    assert opened(since=timedelta(minutes=1)) == []

    sitting = ("sitting", worked.sitting.uid)
    record(session, make.now, account.id, Action.PARTICIPANTS_DOWNLOADED, sitting)
    session.commit()
    assert set(opened()) == {"Ani", "Budi"}


def test_an_account_that_took_a_backup_has_taken_everything(make, session, found, worked):
    account = make.user("Pemilik", username="pemilik", role=Role.ADMIN)
    record(session, make.now, account.id, Action.BACKUP_DOWNLOADED, ("installation", ""))
    session.commit()

    told = found(Way.ACCOUNT, account=account)

    assert {DataKind.NIP, DataKind.SCORES, DataKind.CARD} <= set(told["Ani"].kinds)


def test_a_merged_person_is_told_once(make, session, found, event, worked):
    double = make.enrolment(
        make.event(), make.user("Ani L.", merged_into_id=worked.enrolment.user_id)
    )

    told = found(Way.BACKUP)

    assert list(told) == ["Ani"]
    assert sorted(told["Ani"].events) == sorted(["UJI-501", double.event.code])
