"""The participant's result: what has changed, and the page to keep."""

from datetime import timedelta

import pytest

from quiz.models.events.events import FeedbackMode, Phase
from tests.reading import link_texts, root, table_rows, texts, words

MINUTE = timedelta(minutes=1)


@pytest.fixture
def enrolment(make, ani):
    return make.enrolment(user=ani)


@pytest.fixture
def phone(client_for, enrolment):
    return client_for(enrolment)


@pytest.fixture
def pre_test(make, enrolment):
    """Closed an hour ago, its feedback waiting for its release."""
    make.topic("makna", name="Makna netralitas")
    return make.sitting(
        enrolment.event, opens_at=make.now - 90 * MINUTE, closes_at=make.now - 60 * MINUTE
    )


@pytest.fixture
def post_test(make, enrolment):
    return make.sitting(enrolment.event, Phase.POST, opens_at=make.now - 30 * MINUTE)


def taken(make, sitting, enrolment, right):
    return make.finished(sitting, enrolment, right=right, started_at=sitting.opens_at + MINUTE)


def test_points_before_and_after_stand_side_by_side(make, phone, enrolment, pre_test, post_test):
    taken(make, pre_test, enrolment, right=1)
    attempt = taken(make, post_test, enrolment, right=3)

    rows = table_rows(phone.get(f"/kuis/{attempt.uid}/hasil"))

    assert rows == [["Semua soal", "1 dari 3", "3 dari 3"]]


def test_topics_are_told_once_the_keys_of_the_pre_test_may_be_read(
    make, phone, enrolment, pre_test, post_test
):
    taken(make, pre_test, enrolment, right=1)
    attempt = taken(make, post_test, enrolment, right=3)
    pre_test.release(make.now)
    make.session.commit()

    rows = table_rows(phone.get(f"/kuis/{attempt.uid}/hasil"))

    assert rows[1:] == [["Makna netralitas", "1 dari 3", "3 dari 3"]]


def test_who_has_only_one_is_told_of_no_change(make, phone, enrolment, pre_test, post_test):
    attempt = taken(make, post_test, enrolment, right=2)

    reply = phone.get(f"/kuis/{attempt.uid}/hasil")

    assert "Yang berubah" not in words(root(reply))
    assert "2 dari 3 soal pengetahuan tepat" in texts(reply, "big")[0]


def test_a_pre_test_of_its_own_says_nothing_of_change(make, phone, enrolment, pre_test):
    attempt = taken(make, pre_test, enrolment, right=1)
    pre_test.release(make.now)
    make.session.commit()

    assert "Yang berubah" not in words(root(phone.get(f"/kuis/{attempt.uid}/hasil")))


@pytest.mark.parametrize("page", ["hasil", "hasil/simpan"])
def test_the_page_to_keep_says_what_the_feedback_says(make, phone, enrolment, post_test, page):
    attempt = taken(make, post_test, enrolment, right=2)

    reply = phone.get(f"/kuis/{attempt.uid}/{page}")

    assert reply.status_code == 200
    assert texts(reply, "big") == ["2 dari 3 soal pengetahuan tepat"]
    assert len(texts(reply, "explained")) == 3


def test_the_page_to_keep_needs_nothing_but_itself(make, phone, enrolment, post_test):
    attempt = taken(make, post_test, enrolment, right=2)

    reply = phone.get(f"/kuis/{attempt.uid}/hasil/simpan")

    page = root(reply)
    assert list(page.iter("script")) == []
    assert [form.get("action") for form in page.iter("form")] == ["/keluar"]
    assert "Ani Lestari" in words(page) and "Sanggah" not in words(page)
    assert "Simpan atau cetak" in link_texts(phone.get(f"/kuis/{attempt.uid}/hasil"))


def test_the_page_to_keep_waits_as_the_feedback_does(make, phone, enrolment, pre_test):
    attempt = taken(make, pre_test, enrolment, right=1)

    reply = phone.get(f"/kuis/{attempt.uid}/hasil/simpan")

    assert (reply.status_code, reply.headers["Location"]) == (303, f"/kuis/{attempt.uid}/hasil")
    assert make.fresh(attempt).feedback_at is None


def test_keeping_it_is_reading_it(make, phone, enrolment):
    sitting = make.sitting(
        enrolment.event,
        Phase.POST,
        opens_at=make.now - 90 * MINUTE,
        closes_at=make.now - 60 * MINUTE,
        feedback_mode=FeedbackMode.AFTER_CLOSE,
    )
    attempt = make.attempt(sitting, enrolment, started_at=sitting.opens_at)
    make.response(attempt)

    phone.get(f"/kuis/{attempt.uid}/hasil/simpan")

    assert make.fresh(attempt).feedback_at is not None


def test_nobody_keeps_what_is_somebody_elses(make, client_for, enrolment, post_test):
    attempt = taken(make, post_test, enrolment, right=2)
    other = client_for(make.enrolment(enrolment.event))

    assert other.get(f"/kuis/{attempt.uid}/hasil/simpan").status_code == 404
