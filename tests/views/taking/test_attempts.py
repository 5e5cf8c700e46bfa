"""The attempt: start, save, submit, feedback, and every refusal."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from quiz.models import Attempt, Score, StoredResponse
from quiz.models.events.events import FeedbackMode, Phase
from quiz.queries.taking.asked import asked_in


@pytest.fixture
def enrolment(make, ani):
    return make.enrolment(user=ani)


@pytest.fixture
def phone(client_for, enrolment):
    return client_for(enrolment)


@pytest.fixture
def sitting(make, enrolment):
    return make.sitting(enrolment.event)


@pytest.fixture
def attempt(make, sitting, enrolment):
    return make.attempt(sitting, enrolment)


def tap(phone, attempt, position=1, chosen=("a",), revision=1_000_001, **more):
    chosen = chosen if isinstance(chosen, str) else list(chosen)
    payload = {"chosen": chosen, "confidence": None, "revision": revision, "at": None}
    return phone.send_json(f"/kuis/{attempt.uid}/jawaban/{position}", payload | more)


def keys_of(make, attempt, position=1):
    return list(asked_in(make.session, attempt)[position].item.keys)


def test_start_opens_the_attempt_page(phone, sitting, session):
    reply = phone.post_form(f"/sesi/{sitting.uid}/mulai")

    attempt = session.scalars(select(Attempt)).one()
    assert (reply.status_code, reply.location) == (303, f"/kuis/{attempt.uid}")


def test_starting_again_continues_the_same_attempt(phone, sitting, session):
    phone.post_form(f"/sesi/{sitting.uid}/mulai")
    phone.post_form(f"/sesi/{sitting.uid}/mulai")

    assert len(session.scalars(select(Attempt)).all()) == 1


def test_sitting_of_an_event_one_is_not_invited_to_is_not_found(phone, make):
    other = make.sitting()

    assert phone.post_form(f"/sesi/{other.uid}/mulai").status_code == 404


def test_sitting_that_is_not_open_says_so(phone, make, enrolment):
    later = make.sitting(enrolment.event, opens_at=make.now + timedelta(minutes=20))

    reply = phone.post_form(f"/sesi/{later.uid}/mulai")

    assert reply.status_code == 409
    assert "belum dibuka" in reply.text


def test_each_rendering_gets_a_higher_revision_base(phone, attempt, make):
    first = phone.get(f"/kuis/{attempt.uid}")
    second = phone.get(f"/kuis/{attempt.uid}")

    assert '<meta name="revision-base" content="1000000">' in first.text
    assert '<meta name="revision-base" content="2000000">' in second.text
    assert first.headers["Cache-Control"] == "private, no-cache"


def test_attempt_page_holds_no_key_weight_or_explanation(phone, attempt, make):
    page = phone.get(f"/kuis/{attempt.uid}").text

    for asked in asked_in(make.session, attempt).values():
        assert asked.item.explanation not in page
        assert all(option.feedback not in page for option in asked.item.options)
    assert "weight" not in page


def test_saved_response_comes_back_as_it_is_stored(phone, attempt, session):
    reply = tap(phone, attempt, confidence=2)

    stored = session.scalars(select(StoredResponse)).one()
    assert reply.status_code == 200
    assert reply.json == {
        "revision": 1_000_001,
        "chosen": ["a"],
        "confidence": 2,
        "saved_at": stored.saved_at.isoformat().replace("+00:00", "Z"),
    }
    assert stored.chosen == ["a"]


def test_same_revision_again_changes_nothing(phone, attempt):
    first = tap(phone, attempt, chosen=["a"])

    again = tap(phone, attempt, chosen=["b"])

    assert again.json == first.json


def test_older_revision_never_overwrites_a_newer_one(phone, attempt):
    tap(phone, attempt, chosen=["b"], revision=2_000_001)

    reply = tap(phone, attempt, chosen=["a"], revision=1_000_009)

    assert (reply.json["chosen"], reply.json["revision"]) == (["b"], 2_000_001)


def test_empty_choice_clears_a_response(phone, attempt):
    tap(phone, attempt, chosen=["a"])

    reply = tap(phone, attempt, chosen=[], revision=1_000_002)

    assert reply.json["chosen"] == []


@pytest.mark.parametrize(
    "change",
    [
        {"chosen": ["z"]},
        {"chosen": ["a", "b"]},
        {"chosen": "a"},
        {"confidence": 4},
        {"revision": "1"},
        {"revision": 0},
        {"at": "kemarin"},
    ],
)
def test_what_is_not_offered_is_refused_and_not_stored(phone, attempt, session, change):
    reply = tap(phone, attempt, **change)

    assert (reply.status_code, reply.json["error"]) == (422, "not_offered")
    assert session.scalar(select(StoredResponse)) is None


def test_position_the_attempt_does_not_have_is_refused(phone, attempt):
    reply = tap(phone, attempt, position=99)

    assert (reply.status_code, reply.json["error"]) == (404, "other_person")


def test_somebody_elses_attempt_is_not_found(client_for, attempt, make, budi):
    stranger = client_for(make.enrolment(attempt.sitting.event, budi))

    reply = tap(stranger, attempt)

    assert (reply.status_code, reply.json["error"]) == (404, "other_person")
    assert stranger.get(f"/kuis/{attempt.uid}").status_code == 404
    assert stranger.get(f"/kuis/{attempt.uid}/hasil").status_code == 404


def test_nobody_logged_in_is_asked_to_log_in_in_json(client, attempt):
    reply = tap(client, attempt)

    assert (reply.status_code, reply.json["error"]) == (401, "login")


def test_stale_csrf_token_is_named(phone, attempt):
    payload = {"chosen": ["a"], "confidence": None, "revision": 1_000_001, "at": None}

    reply = phone.put(
        f"/kuis/{attempt.uid}/jawaban/1", json=payload, headers={"X-CSRFToken": "basi"}
    )

    assert (reply.status_code, reply.json["error"]) == (400, "csrf")


def test_state_gives_a_token_that_works(phone, attempt):
    token = phone.get(f"/kuis/{attempt.uid}/keadaan").json["csrf"]
    payload = {"chosen": ["a"], "confidence": None, "revision": 1_000_001, "at": None}

    reply = phone.put(
        f"/kuis/{attempt.uid}/jawaban/1", json=payload, headers={"X-CSRFToken": token}
    )

    assert reply.status_code == 200


def test_state_lists_every_stored_response(phone, attempt):
    tap(phone, attempt, position=1)

    state = phone.get(f"/kuis/{attempt.uid}/keadaan").json

    assert state["state"] == "running"
    assert [(r["position"], r["chosen"]) for r in state["responses"]] == [(1, ["a"])]


def test_oversized_response_is_refused(phone, attempt):
    reply = tap(phone, attempt, chosen=["a" * 5000])

    assert (reply.status_code, reply.json["error"]) == (413, "too_large")


def test_submitted_attempt_takes_no_more_responses(phone, attempt):
    phone.send_json(f"/kuis/{attempt.uid}/selesai", {"responses": []}, method="POST")

    reply = tap(phone, attempt)

    assert (reply.status_code, reply.json["error"]) == (409, "closed")


def test_submission_keeps_what_the_phone_held_scores_and_gives_one_receipt(
    phone, attempt, make, session
):
    held = [
        {"position": 1, "chosen": keys_of(make, attempt), "confidence": 3, "revision": 1_000_001},
        {"position": 2, "chosen": ["z"], "confidence": None, "revision": 1_000_002},
    ]
    address = f"/kuis/{attempt.uid}/selesai"

    first = phone.send_json(address, {"responses": held}, method="POST").json
    second = phone.send_json(address, {"responses": []}, method="POST").json

    assert len(first["receipt"]) == 6
    assert second["receipt"] == first["receipt"]
    assert [r["position"] for r in first["rejected"]] == [2]
    assert session.scalars(select(Score)).one().knowledge_points == 1


def test_response_given_before_the_end_is_taken_within_the_grace_and_marked(
    phone, make, enrolment, session
):
    sitting = make.sitting(enrolment.event, closes_at=make.now - timedelta(minutes=2))
    attempt = make.attempt(sitting, enrolment)
    before = (make.now - timedelta(minutes=3)).isoformat()

    assert tap(phone, attempt, at=before).status_code == 200
    assert session.scalars(select(StoredResponse)).one().late is True
    after = tap(phone, attempt, revision=1_000_002, at=make.now.isoformat())
    assert (after.status_code, after.json["error"]) == (409, "closed")


def test_nothing_is_taken_after_the_grace(phone, make, enrolment):
    sitting = make.sitting(enrolment.event, closes_at=make.now - timedelta(minutes=11))
    attempt = make.attempt(sitting, enrolment)
    before = (make.now - timedelta(minutes=20)).isoformat()

    assert tap(phone, attempt, at=before).status_code == 409


def test_attempt_past_its_time_is_scored_by_the_next_post(phone, make, enrolment, session):
    sitting = make.sitting(enrolment.event, closes_at=make.now - timedelta(minutes=11))
    attempt = make.attempt(sitting, enrolment)
    make.response(attempt)

    reply = phone.send_json(f"/kuis/{attempt.uid}/selesai", {"responses": []}, method="POST")

    assert reply.status_code == 200
    assert session.scalars(select(Score)).one().answered == 1


def test_page_without_script_saves_only_what_changed(phone, attempt, session):
    phone.get(f"/kuis/{attempt.uid}")
    form = {"base": "1000000", "asal-1": "", "jawaban-1": "a", "asal-2": "", "asal-3": ""}

    reply = phone.post_form(f"/kuis/{attempt.uid}", form)

    assert (reply.status_code, reply.location) == (303, f"/kuis/{attempt.uid}")
    stored = session.scalars(select(StoredResponse)).all()
    assert [(row.position, row.chosen, row.revision) for row in stored] == [(1, ["a"], 1_000_001)]


def test_page_without_script_says_what_it_did_not_replace(phone, attempt):
    tap(phone, attempt, chosen=["b"], revision=2_000_001)
    form = {"base": "1000000", "asal-1": "", "jawaban-1": "a"}

    phone.post_form(f"/kuis/{attempt.uid}", form)

    page = phone.get(f"/kuis/{attempt.uid}").text
    assert "Tidak diganti karena sudah ada jawaban yang lebih baru" in page


def test_submitting_without_script_stores_and_closes(phone, attempt, make, session):
    form = {"base": "1000000", "asal-1": "", "jawaban-1": keys_of(make, attempt)}

    reply = phone.post_form(f"/kuis/{attempt.uid}/selesai", form)

    assert reply.location == f"/kuis/{attempt.uid}/hasil"
    assert session.scalars(select(Score)).one().knowledge_points == 1


@pytest.mark.parametrize(
    ("mode", "released", "shown"),
    [
        (FeedbackMode.DELAYED, False, False),
        (FeedbackMode.DELAYED, True, True),
        (FeedbackMode.AFTER_SUBMIT, False, True),
        (FeedbackMode.AFTER_CLOSE, False, False),
    ],
)
def test_feedback_comes_when_the_mode_says(phone, make, enrolment, mode, released, shown):
    sitting = make.sitting(
        enrolment.event,
        feedback_mode=mode,
        released_at=make.now if released else None,
    )
    attempt = make.finished(sitting, enrolment)
    explanation = asked_in(make.session, attempt)[1].item.explanation

    page = phone.get(f"/kuis/{attempt.uid}/hasil").text

    assert (explanation in page) is shown
    assert (attempt.receipt in page) is True


def test_feedback_page_of_a_running_attempt_goes_back_to_it(phone, attempt):
    assert phone.get(f"/kuis/{attempt.uid}/hasil").location == f"/kuis/{attempt.uid}"


def test_per_item_mode_locks_the_response_and_returns_its_feedback(phone, make, enrolment):
    sitting = make.sitting(enrolment.event, Phase.PRACTICE)
    attempt = make.attempt(sitting, enrolment)
    keys = keys_of(make, attempt)

    first = tap(phone, attempt, chosen=keys).json
    second = tap(phone, attempt, chosen=[], revision=9_000_000).json

    assert first["feedback"]["right"] is True
    assert first["feedback"]["explanation"] == asked_in(make.session, attempt)[1].item.explanation
    assert second["chosen"] == keys


def test_voided_attempt_is_gone_for_its_participant(phone, make, attempt, citra):
    attempt.void(citra, "Salah orang", make.now)
    make.session.commit()

    assert phone.get(f"/kuis/{attempt.uid}").status_code == 404


def test_saving_costs_the_same_queries_whatever_the_number_of_items(
    phone, make, enrolment, count_queries
):
    few = make.attempt(make.sitting(enrolment.event), enrolment)
    many_items = [make.bank_item() for _ in range(20)]
    many = make.attempt(make.sitting(enrolment.event, Phase.POST, items=many_items), enrolment)
    for attempt in (few, many):
        tap(phone, attempt)

    costs = [
        count_queries(lambda a=attempt: tap(phone, a, revision=1_000_009))
        for attempt in (few, many)
    ]

    assert costs[0] == costs[1] <= 3
