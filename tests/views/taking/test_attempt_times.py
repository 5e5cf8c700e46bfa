"""Time, devices and sessions as the server sees them: its clock decides, and nothing is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from quiz import create_app
from quiz.config.settings import read_settings
from quiz.formats import when_id
from quiz.models import Attempt, Score, StoredResponse
from quiz.models.events.events import Phase
from tests.client import HouseClient
from tests.conftest import BOTH_DATABASES
from tests.reading import notices, stored

MINUTE = timedelta(minutes=1)


@pytest.fixture
def enrolment(make, ani):
    return make.enrolment(user=ani)


@pytest.fixture
def sitting(make, enrolment):
    return make.sitting(enrolment.event, Phase.POST, time_limit_minutes=20)


@pytest.fixture
def attempt(make, sitting, enrolment):
    """Begun five minutes ago."""
    return make.attempt(sitting, enrolment, started_at=make.now - 5 * MINUTE)


@pytest.fixture
def phone(client_for, enrolment):
    return client_for(enrolment)


def tap(phone, attempt, position=1, revision=1_000_001, at=None, chosen=("a",), **kwargs):
    moment = at.isoformat() if at is not None else None
    payload = {"chosen": list(chosen), "confidence": None, "revision": revision, "at": moment}
    return phone.send_json(f"/kuis/{attempt.uid}/jawaban/{position}", payload, **kwargs)


def submit(phone, attempt, *held):
    payload = {"responses": list(held)}
    return phone.send_json(f"/kuis/{attempt.uid}/selesai", payload, method="POST")


def held(position, revision, at, chosen=("a",)):
    return {
        "position": position,
        "chosen": list(chosen),
        "confidence": None,
        "revision": revision,
        "at": at.isoformat(),
    }


# The phone's clock


@pytest.mark.parametrize("years", [1, 40], ids=["a year", "forty years"])
def test_response_from_a_fast_clock_counts_as_given_now(phone, attempt, make, years):
    reply = tap(phone, attempt, at=make.now + timedelta(days=365 * years))

    [row] = stored(make, StoredResponse)
    assert reply.status_code == 200
    assert (row.given_at, row.late) == (row.saved_at, False)


def test_response_from_a_slow_clock_counts_as_given_at_the_start(phone, attempt, make):
    reply = tap(phone, attempt, at=make.now - timedelta(days=9000))

    [row] = stored(make, StoredResponse)
    assert reply.status_code == 200
    assert (row.given_at, row.late) == (attempt.started_at, False)


def test_slow_clock_gains_no_time_after_the_grace(phone, make, sitting, enrolment):
    attempt = make.attempt(sitting, enrolment, started_at=make.now - 31 * MINUTE)

    reply = tap(phone, attempt, at=make.now - timedelta(days=9000))

    assert (reply.status_code, reply.json["error"]) == (409, "closed")
    assert stored(make, StoredResponse) == []


def test_fast_clock_within_the_grace_is_given_after_the_end(phone, make, sitting, enrolment):
    attempt = make.attempt(sitting, enrolment, started_at=make.now - 22 * MINUTE)

    reply = tap(phone, attempt, at=make.now + timedelta(days=1))

    assert (reply.status_code, reply.json["error"]) == (409, "closed")


@pytest.mark.parametrize(
    "at", ["2026-11-23T09:05:00", "2026-11-23T17:05:00+08:00", "0001-01-01T00:00:00Z"]
)
def test_any_spelling_of_a_time_is_read(phone, attempt, at):
    payload = {"chosen": ["a"], "confidence": None, "revision": 1_000_001, "at": at}

    reply = phone.send_json(f"/kuis/{attempt.uid}/jawaban/1", payload)

    assert reply.status_code == 200


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59-23:00", "0001-01-01T00:00:00+23:00"])
def test_time_past_the_ends_of_the_calendar_is_read_too(phone, attempt, at):
    payload = {"chosen": ["a"], "confidence": None, "revision": 1_000_001, "at": at}

    reply = phone.send_json(f"/kuis/{attempt.uid}/jawaban/1", payload)

    assert reply.status_code == 200


# Offline before the end, sent within the grace


def test_what_was_given_before_the_end_is_taken_within_the_grace_and_marked(
    phone, make, sitting, enrolment
):
    attempt = make.attempt(sitting, enrolment, started_at=make.now - 25 * MINUTE)
    early = make.now - 10 * MINUTE

    replies = [tap(phone, attempt, position, at=early) for position in (1, 2)]

    rows = stored(make, StoredResponse)
    assert [reply.status_code for reply in replies] == [200, 200]
    assert [(row.position, row.late, row.given_at) for row in rows] == [
        (1, True, early),
        (2, True, early),
    ]


def test_submission_made_offline_is_taken_within_the_grace_and_scored(
    phone, make, sitting, enrolment
):
    attempt = make.attempt(sitting, enrolment, started_at=make.now - 25 * MINUTE)
    early, late = make.now - 10 * MINUTE, make.now - 2 * MINUTE

    reply = submit(phone, attempt, held(1, 1_000_001, early), held(2, 1_000_002, late)).json

    assert [row["position"] for row in reply["rejected"]] == [2]
    assert [row.position for row in stored(make, StoredResponse)] == [1]
    assert [score.answered for score in stored(make, Score)] == [1]
    assert make.fresh(attempt).receipt == reply["receipt"]


def test_submission_repeated_because_its_reply_was_lost_refuses_nothing(phone, make, attempt):
    sent = held(1, 1_000_001, make.now)
    first = submit(phone, attempt, sent).json

    again = submit(phone, attempt, sent).json

    assert (first["rejected"], again) == ([], first)


def test_response_repeated_after_submission_gets_what_is_stored(phone, attempt):
    first = tap(phone, attempt)
    submit(phone, attempt)

    again = tap(phone, attempt)
    newer = tap(phone, attempt, revision=1_000_002, chosen=["b"])

    assert (again.status_code, again.json) == (200, first.json)
    assert (newer.status_code, newer.json["error"]) == (409, "closed")


# Closing by hand


def test_closing_by_hand_while_phones_are_offline_loses_nothing_within_the_grace(
    phone, make, client_for, citra, sitting, attempt
):
    desk = client_for(citra)
    given = make.now - MINUTE

    closed = desk.post_form(f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}/tutup")
    state = phone.get(f"/kuis/{attempt.uid}/keadaan").json
    reply = submit(phone, attempt, *(held(p, 1_000_000 + p, given) for p in (1, 2, 3)))

    assert (closed.status_code, state["state"]) == (303, "awaiting")
    assert reply.json["rejected"] == []
    assert [(row.position, row.late) for row in stored(make, StoredResponse)] == [
        (1, True),
        (2, True),
        (3, True),
    ]


def test_attempt_page_after_closing_by_hand_still_tells_the_phone_until_when(
    phone, make, client_for, citra, sitting, attempt
):
    client_for(citra).post_form(f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}/tutup")

    state = phone.get(f"/kuis/{attempt.uid}/keadaan").json

    closes = make.fresh(sitting).closes_at
    assert state["end"] == closes.isoformat().replace("+00:00", "Z")
    assert state["accepts_until"] == (closes + 10 * MINUTE).isoformat().replace("+00:00", "Z")


# Two devices


def test_whom_the_clock_had_ended_is_told_that_there_is_time_again(phone, make, attempt):
    phone.get(f"/kuis/{attempt.uid}")
    attempt.started_at = make.now - 21 * MINUTE
    make.session.commit()
    ended = phone.get(f"/kuis/{attempt.uid}/hasil")
    attempt.extra_seconds = 300
    make.session.commit()

    reply = phone.get(f"/kuis/{attempt.uid}/hasil", follow_redirects=True)

    end = when_id(make.fresh(attempt).times.end_at, make.now)
    assert ended.status_code == 200
    assert notices(reply) == [f"Waktu Anda belum habis: kuis berlanjut sampai {end}."]


def test_second_device_continues_and_the_old_one_does_not_overwrite(
    client_for, enrolment, attempt, make
):
    old, new = client_for(enrolment), client_for(enrolment)
    old.get(f"/kuis/{attempt.uid}")
    tap(old, attempt, revision=1_000_001, chosen=["a"])
    page = new.get(f"/kuis/{attempt.uid}").text
    tap(new, attempt, revision=2_000_001, chosen=["b"])

    late = tap(old, attempt, revision=1_000_050, chosen=["a"])

    [row] = stored(make, StoredResponse)
    assert '<meta name="revision-base" content="2000000">' in page
    assert (late.status_code, late.json["chosen"], late.json["revision"]) == (200, ["b"], 2_000_001)
    assert (row.chosen, row.revision) == (["b"], 2_000_001)


def test_old_device_is_told_by_the_base_that_a_newer_page_is_open(client_for, enrolment, attempt):
    old, new = client_for(enrolment), client_for(enrolment)
    old.get(f"/kuis/{attempt.uid}")
    new.get(f"/kuis/{attempt.uid}")

    assert old.get(f"/kuis/{attempt.uid}/keadaan").json["base"] == 2_000_000


# Sessions


def test_login_that_expired_keeps_the_attempt_for_after_the_next_login(
    app, client, make, enrolment, attempt
):
    refused = tap(client, attempt)

    client.get(f"/k/{make.token(enrolment)}")
    taken = tap(client, attempt)

    assert (refused.status_code, refused.json["error"]) == (401, "login")
    assert taken.status_code == 200


def test_reissued_card_ends_the_session_in_the_middle_and_the_new_card_continues(
    phone, client, make, client_for, citra, enrolment, attempt
):
    tap(phone, attempt)
    address = f"/kegiatan/{enrolment.event.code}/peserta/{enrolment.uid}/kartu-baru"
    client_for(citra).post_form(address, {"issue": 1})

    refused = tap(phone, attempt, position=2)
    client.get(f"/k/{make.token(make.fresh(enrolment))}")
    taken = tap(client, attempt, position=2, revision=1_000_002)

    assert (refused.status_code, refused.json["error"]) == (401, "login")
    assert taken.status_code == 200


def test_another_person_on_the_same_phone_cannot_send_the_first_ones_answers(
    client_for, make, budi, attempt
):
    other = client_for(make.enrolment(attempt.enrolment.event, budi))

    replies = [
        tap(other, attempt),
        submit(other, attempt, held(1, 1_000_001, make.now)),
        other.get(f"/kuis/{attempt.uid}/keadaan", headers={"Accept": "application/json"}),
    ]

    assert [(r.status_code, r.json["error"]) for r in replies] == [(404, "other_person")] * 3
    assert stored(make, StoredResponse) == []


def test_stale_token_is_named_and_the_states_new_one_works(phone, attempt, make):
    address = f"/kuis/{attempt.uid}/jawaban/1"
    payload = {"chosen": ["a"], "confidence": None, "revision": 1_000_001, "at": None}

    stale = phone.put(address, json=payload, headers={"X-CSRFToken": "basi"})
    fresh = phone.get(f"/kuis/{attempt.uid}/keadaan").json["csrf"]
    taken = phone.put(address, json=payload, headers={"X-CSRFToken": fresh})

    assert (stale.status_code, stale.json["error"]) == (400, "csrf")
    assert taken.status_code == 200


@pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)
def test_restarted_server_knows_sessions_and_tokens_of_before(
    phone, attempt, make, session, tmp_path, database_url
):
    page = phone.get(f"/kuis/{attempt.uid}").text
    token = page.partition('name="csrf-token" content="')[2].partition('"')[0]
    cookie = phone.get_cookie("session").value

    environ = {"QUIZ_INSTANCE": str(tmp_path / "instance"), "QUIZ_DATABASE_URL": database_url}
    again = create_app(read_settings(environ), TESTING=True)
    again.test_client_class = HouseClient
    browser = again.test_client()
    browser.set_cookie("session", cookie)
    reply = browser.put(
        f"/kuis/{attempt.uid}/jawaban/1",
        json={"chosen": ["a"], "confidence": None, "revision": 1_000_001, "at": None},
        headers={"X-CSRFToken": token},
    )

    assert reply.status_code == 200
    assert session.scalars(select(Attempt.opened)).one() == 1
    again.extensions["quiz.engine"].dispose()
