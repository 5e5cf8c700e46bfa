"""Who closed an attempt, the person or the clock, and what more time does to either."""

from datetime import timedelta

import pytest

from quiz.models import Attempt, StoredResponse
from quiz.models.events.events import FeedbackMode, Phase
from quiz.queries.taking.asked import asked_in
from tests.reading import stored

MINUTE = timedelta(minutes=1)


@pytest.fixture
def enrolment(make, ani):
    return make.enrolment(user=ani)


@pytest.fixture
def sitting(make, enrolment):
    """An open pre-test of 20 minutes, its feedback delayed."""
    return make.sitting(enrolment.event, time_limit_minutes=20)


@pytest.fixture
def attempt(make, sitting, enrolment):
    """Begun five minutes ago."""
    return make.attempt(sitting, enrolment, started_at=make.now - 5 * MINUTE)


@pytest.fixture
def phone(client_for, enrolment):
    return client_for(enrolment)


def held(position=1, revision=1_000_001, at=None):
    moment = at.isoformat() if at else None
    return {"position": position, "chosen": ["a"], "revision": revision, "at": moment}


def hand_in(phone, attempt, *responses, **more):
    payload = {"responses": list(responses)} | more
    return phone.send_json(f"/kuis/{attempt.uid}/selesai", payload, method="POST")


def tap(phone, attempt, **more):
    payload = {"chosen": ["a"], "confidence": None, "revision": 1_000_001, "at": None} | more
    return phone.send_json(f"/kuis/{attempt.uid}/jawaban/1", payload)


def word(phone, attempt):
    return phone.get(f"/kuis/{attempt.uid}/keadaan").json["word"]


def extend(desk, sitting, minutes=10):
    address = f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}/perpanjang"
    closes = sitting.closes_at.isoformat()
    return desk.post_form(address, {"minutes": minutes, "closes": closes})


def close(make, desk, sitting):
    desk.post_form(f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}/tutup")
    return make.fresh(sitting)


def test_sitting_closed_by_mistake_runs_on_after_the_clocks_hand_in(
    phone, make, client_for, citra, sitting, attempt
):
    desk = client_for(citra)
    close(make, desk, sitting)
    handed = hand_in(phone, attempt, held(at=make.now), by="clock").json
    words = [word(phone, attempt)]
    extend(desk, sitting)
    words.append(word(phone, attempt))
    page = phone.get(f"/kuis/{attempt.uid}/hasil")
    taken = tap(phone, attempt, revision=1_000_002)
    own = hand_in(phone, attempt, by="person").json

    assert (handed["rejected"], handed["state"]) == ([], "awaiting")
    assert words == ["awaiting", "running"]
    assert page.location == f"/kuis/{attempt.uid}"
    assert (taken.status_code, own["receipt"]) == (200, handed["receipt"])


def test_what_the_person_handed_in_stays_final(phone, make, client_for, citra, sitting, attempt):
    desk = client_for(citra)
    hand_in(phone, attempt, held(), by="person")
    close(make, desk, sitting)
    extend(desk, sitting)

    assert word(phone, attempt) == "finished"
    assert tap(phone, attempt, revision=1_000_002).status_code == 409


def test_more_time_for_one_person_lets_what_the_clock_ended_run_on(
    phone, make, client_for, citra, enrolment, sitting
):
    attempt = make.attempt(sitting, enrolment, started_at=make.now - 35 * MINUTE)
    hand_in(phone, attempt, by="clock")
    address = f"/kegiatan/{enrolment.event.code}/peserta/{enrolment.uid}/waktu"

    reply = client_for(citra).post_form(
        f"{address}/{attempt.uid}", {f"{attempt.uid}-minutes": 5, f"{attempt.uid}-had": 0}
    )

    left = make.fresh(attempt).times.end_at - make.now
    assert (reply.status_code, word(phone, attempt)) == (303, "running")
    assert 4 * MINUTE < left <= 6 * MINUTE


def test_more_time_changes_nothing_once_the_feedback_was_read(
    phone, make, client_for, citra, enrolment
):
    sitting = make.sitting(enrolment.event, Phase.POST, time_limit_minutes=20)
    attempt = make.attempt(sitting, enrolment, started_at=make.now - 35 * MINUTE)
    before = word(phone, attempt)
    phone.get(f"/kuis/{attempt.uid}/hasil")
    attempt.extra_seconds = 7200
    make.session.commit()

    assert (before, word(phone, attempt)) == ("feedback", "feedback")
    assert tap(phone, attempt).status_code == 409


@pytest.mark.parametrize("mode", [m for m in FeedbackMode if m is not FeedbackMode.PER_ITEM])
def test_clocks_hand_in_shows_no_feedback_while_more_may_come(phone, make, enrolment, mode):
    sitting = make.sitting(enrolment.event, feedback_mode=mode, time_limit_minutes=20)
    attempt = make.attempt(sitting, enrolment, started_at=make.now - 22 * MINUTE)
    hand_in(phone, attempt, by="clock")

    page = phone.get(f"/kuis/{attempt.uid}/hasil").text

    assert asked_in(make.session, attempt)[1].item.explanation not in page
    assert "HP mengirimnya sendiri karena waktu habis" in " ".join(page.split())
    assert make.fresh(attempt).feedback_at is None


def test_clock_that_runs_ahead_closes_nothing_and_what_it_sent_is_kept(phone, make, attempt):
    reply = hand_in(phone, attempt, held(), by="clock").json

    assert (reply["state"], reply["receipt"]) == ("running", None)
    assert reply["next"] == f"/kuis/{attempt.uid}"
    assert len(stored(make, StoredResponse)) == 1
    assert make.fresh(attempt).clocked_at is None


def test_phone_that_does_not_say_who_speaks_for_its_person(phone, make, attempt):
    hand_in(phone, attempt)

    assert make.fresh(attempt).submitted_at is not None


@pytest.mark.parametrize("wrong", [{"by": "petugas"}, {"by": 1}, {"waiting": -1}, {"waiting": "2"}])
def test_what_is_not_as_agreed_is_refused_and_named(phone, make, attempt, wrong):
    reply = hand_in(phone, attempt, held(), **wrong)

    assert (reply.status_code, reply.json["error"]) == (422, "not_offered")
    assert next(iter(wrong)) in reply.json["message"]
    assert stored(make, StoredResponse) == []


def test_officer_sees_what_the_clock_ended_apart_from_what_was_sent(
    phone, make, client_for, citra, enrolment, sitting, budi
):
    attempt = make.attempt(sitting, enrolment, started_at=make.now - 22 * MINUTE)
    tap(phone, attempt, at=(make.now - 5 * MINUTE).isoformat(), waiting=2)
    make.finished(sitting, make.enrolment(enrolment.event, budi))
    desk = client_for(citra)
    person = f"/kegiatan/{enrolment.event.code}/peserta/{enrolment.uid}"
    before = desk.get(person).text
    hand_in(phone, attempt, by="clock")

    event = desk.get(f"/kegiatan/{enrolment.event.code}").text
    after = desk.get(person).text

    assert "2 mulai, 1 terkirim, 1 habis waktu, dari 2 orang" in " ".join(event.split())
    assert "habis waktu, menunggu kiriman HP, 2 jawaban masih di HP" in " ".join(before.split())
    assert "habis waktu, HP mengirim sendiri" in " ".join(after.split())


def test_how_many_wait_on_the_phone_is_remembered(phone, make, attempt):
    tap(phone, attempt, waiting=3)
    first = make.fresh(attempt).waiting
    tap(phone, attempt, revision=1_000_002, waiting=0)

    assert (first, make.fresh(attempt).waiting) == (3, 0)


def test_saving_page_and_the_persons_own_form_say_person(phone, make, attempt):
    phone.post_form(f"/kuis/{attempt.uid}/selesai", {"base": "1000000"})

    assert [row.submitted_at is not None for row in stored(make, Attempt)] == [True]


@pytest.mark.parametrize(
    ("repeated", "status", "sentence"),
    [
        (4, 422, "responses: paling banyak 3 jawaban, satu untuk tiap soal."),
        (1_001, 422, "responses: paling banyak 1000 jawaban."),
        (4_900, 413, "Kiriman terlalu besar."),
    ],
)
def test_a_hand_in_holds_no_more_responses_than_the_attempt_has_items(
    phone, make, attempt, repeated, status, sentence
):
    reply = hand_in(phone, attempt, *([{"position": 1}] * repeated))

    assert len(asked_in(make.session, attempt)) == 3
    assert (reply.status_code, reply.json["message"]) == (status, sentence)
    assert [row.submitted_at for row in stored(make, Attempt)] == [None]
    assert stored(make, StoredResponse) == []


def test_a_hand_in_may_hold_a_response_to_every_item(phone, make, attempt):
    everything = [held(position) for position in asked_in(make.session, attempt)]

    reply = hand_in(phone, attempt, *everything)

    assert (reply.status_code, len(stored(make, StoredResponse))) == (200, len(everything))
