"""In a crossed event no key of either test leaves while the other one may still be answered."""

from datetime import timedelta

import pytest

from quiz.actions.events.crossing import cross
from quiz.models.events.events import FeedbackMode, Phase
from quiz.queries.taking.asked import asked_in
from quiz.queries.taking.keys import keys_are_out
from tests.views.taking.test_keys import address, shows_keys

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
CODE, WORDS = "UJI-SILANG", "Karena pegawai melayani semua warga tanpa berpihak."


@pytest.fixture
def enrolment(make, ani):
    return make.enrolment(make.event(code=CODE), ani)


@pytest.fixture
def desk(client_for, citra):
    return client_for(citra)


@pytest.fixture
def pair(make, enrolment):
    """A pre-test that closed an hour ago, finished by Ani, and a post-test open for an hour."""
    for _ in range(6):
        make.bank_item(make.item(references=(), explanation=WORDS))
    quiz = make.quiz(("makna", None, None, 3))
    pre, post = (
        make.sitting(enrolment.event, phase, prepared=False, quiz=quiz)
        for phase in (Phase.PRE, Phase.POST)
    )
    pre.opens_at, pre.closes_at = make.now - 2 * HOUR, make.now - HOUR
    post.opens_at, post.closes_at = make.now - MINUTE, make.now + HOUR
    assert cross(make.session, enrolment.event, make.now - 3 * HOUR, "benih") == []
    make.session.commit()
    return pre, post


@pytest.fixture
def mine(make, pair, enrolment):
    return make.finished(pair[0], enrolment, started_at=pair[0].opens_at)


def closed_for_good(make, sitting):
    sitting.closes_at = make.now - 11 * MINUTE
    make.session.commit()


@pytest.mark.parametrize("mode", [FeedbackMode.AFTER_CLOSE, FeedbackMode.AFTER_SUBMIT])
def test_the_feedback_of_the_pre_test_waits_for_the_post_test_whatever_its_mode(
    make, client_for, pair, mine, mode
):
    pre, post = pair
    pre.feedback_mode = mode
    make.session.commit()
    phone = client_for(mine.enrolment)

    before = shows_keys(make, phone, mine), "Lihat pembahasan" in phone.get("/").text
    closed_for_good(make, post)

    assert before == (False, False)
    assert shows_keys(make, phone, mine) is True


def test_a_release_is_refused_until_the_post_test_has_closed_and_then_releases_both(
    make, client_for, desk, pair, mine
):
    pre, post = pair
    phone = client_for(mine.enrolment)

    early = desk.post_form(address(pre, "rilis"))
    page = desk.get(f"/kegiatan/{CODE}/sesi/{pre.uid}").text
    closed_for_good(make, post)
    asked = desk.get(address(pre, "rilis")).text
    late = desk.post_form(address(pre, "rilis"))

    assert early.status_code == 409
    assert "Rilis sesudah Post-test ditutup" in early.text
    assert "Rilis sesudah Post-test ditutup" in page
    assert address(pre, "rilis") not in page
    assert "Pembahasan Post-test ikut dirilis" in asked
    assert late.status_code == 303
    assert None not in (make.fresh(pre).released_at, make.fresh(post).released_at)
    assert shows_keys(make, phone, mine) is True


def test_a_release_made_otherwise_opens_nothing_either(make, client_for, pair, mine):
    pre, _ = pair
    pre.released_at = make.now - MINUTE
    make.session.commit()
    phone = client_for(mine.enrolment)

    page = phone.get(f"/kuis/{mine.uid}/hasil").text
    word = phone.get(f"/kuis/{mine.uid}/keadaan").json["word"]

    assert WORDS not in page
    assert "Pembahasan dibuka" in page
    assert word != "feedback"


def test_the_person_s_own_data_and_a_contest_hold_them_back_too(make, client_for, pair, mine):
    pre, post = pair
    pre.feedback_mode = FeedbackMode.AFTER_CLOSE
    make.session.commit()
    phone = client_for(mine.enrolment)

    before = phone.get("/data-saya").text, phone.get(f"/kuis/{mine.uid}/sanggah/1").status_code
    closed_for_good(make, post)
    after = phone.get("/data-saya").text, phone.get(f"/kuis/{mine.uid}/sanggah/1").status_code

    assert (before[1], after[1]) == (409, 200)
    assert before[0] != after[0]


def test_a_person_s_page_for_the_officer_holds_them_back_and_names_the_form(make, desk, pair, mine):
    _, post = pair
    page = f"/laporan/{CODE}/peserta/{mine.enrolment.uid}"

    before = desk.get(page).text
    closed_for_good(make, post)
    after = desk.get(page).text

    assert (WORDS in before, "masih dikerjakan orang lain di Post-test" in before) == (False, True)
    assert (WORDS in after, f"formulir\n          {mine.form.value}" in after) == (True, True)


def test_a_try_out_shows_no_keys_to_who_does_not_keep_the_bank(make, desk, pair, mine):
    pre, post = pair
    pre.feedback_mode = FeedbackMode.AFTER_CLOSE
    make.session.commit()
    end = f"/kegiatan/{CODE}/sesi/{pre.uid}/coba/pns/B/selesai"

    before = desk.get(end).text, keys_are_out(pre, make.now)
    closed_for_good(make, post)
    after = desk.get(end).text

    assert (WORDS in before[0], before[1]) == (False, False)
    assert (WORDS in after, keys_are_out(pre, make.now)) == (True, True)


def test_the_feedback_of_the_post_test_waits_while_the_pre_test_is_open_again(
    make, client_for, pair, enrolment
):
    pre, post = pair
    done = make.finished(post, enrolment, started_at=make.now - MINUTE)
    pre.closes_at = make.now + 10 * MINUTE
    make.session.commit()
    phone = client_for(enrolment)

    during = shows_keys(make, phone, done)
    closed_for_good(make, pre)

    assert (during, shows_keys(make, phone, done)) == (False, True)


def test_neither_is_opened_again_once_keys_of_the_other_may_be_known(make, desk, pair, mine):
    pre, post = pair
    wrongly_closed = desk.get(address(pre, "perpanjang"))
    post.closes_at = make.now - MINUTE
    make.session.commit()
    within_grace = desk.get(address(post, "perpanjang")).status_code
    desk.post_form(address(pre, "rilis"))

    refused = desk.get(address(post, "perpanjang"))

    assert wrongly_closed.status_code == 409  # the post-test shows its keys at once
    assert (within_grace, refused.status_code) == (200, 409)
    assert "sudah dibuka" in refused.text
    edited = desk.get(f"/kegiatan/{CODE}/sesi/{post.uid}").text
    assert "Buka lagi" not in edited


def test_a_pre_test_closed_by_mistake_is_taken_back_before_the_post_test_opens(make, desk, pair):
    pre, post = pair
    post.opens_at, post.closes_at = make.now + HOUR, make.now + 2 * HOUR
    make.session.commit()

    assert desk.get(address(pre, "perpanjang")).status_code == 200


def test_other_sittings_of_the_event_wait_as_well_and_practice_does_not(
    make, client_for, pair, enrolment
):
    _, post = pair
    later = make.sitting(enrolment.event, Phase.FOLLOW_UP)
    practice = make.sitting(enrolment.event, Phase.PRACTICE)
    tests = [make.finished(sitting, enrolment) for sitting in (later, practice)]
    phone = client_for(enrolment)

    during = [shows_keys(make, phone, attempt) for attempt in tests]
    closed_for_good(make, post)

    assert during == [False, True]
    assert shows_keys(make, phone, tests[0]) is True


def test_what_was_opened_once_stays_open(make, client_for, pair, mine):
    pre, post = pair
    pre.feedback_mode = FeedbackMode.AFTER_CLOSE
    closed_for_good(make, post)
    phone = client_for(mine.enrolment)
    assert shows_keys(make, phone, mine) is True
    post.closes_at = make.now + HOUR
    make.session.commit()

    assert shows_keys(make, phone, mine) is True


def test_no_page_of_a_participant_names_the_form(make, client_for, desk, pair, mine):
    _, post = pair
    phone = client_for(mine.enrolment)
    attempt = make.attempt(post, mine.enrolment, started_at=make.now - MINUTE)
    pages = ["/", f"/kuis/{attempt.uid}", f"/kuis/{mine.uid}/hasil", "/data-saya"]

    seen = [phone.get(page).text for page in pages]
    closed_for_good(make, post)
    seen.append(phone.get(f"/kuis/{attempt.uid}/hasil").text)

    assert not any("ormulir A" in text or "ormulir B" in text for text in seen)
    assert "Formulir A dan B" in desk.get(f"/kegiatan/{CODE}").text
    assert asked_in(make.session, attempt).keys() == {1, 2, 3}


def test_the_lists_of_a_person_cost_no_more_for_more_crossed_events(
    make, client_for, pair, mine, count_queries
):
    pair[0].feedback_mode = FeedbackMode.AFTER_CLOSE
    make.session.commit()
    phone = client_for(mine.enrolment)
    phone.get("/data-saya")
    one = count_queries(lambda: phone.get("/data-saya"))
    make.finished(pair[1], mine.enrolment, started_at=make.now - MINUTE)

    assert count_queries(lambda: phone.get("/data-saya")) == one


def test_the_start_page_counts_the_items_of_one_form(make, client_for, pair, enrolment):
    assert [len(sitting.slots) for sitting in pair] == [6, 6]

    page = client_for(enrolment).get("/").text

    assert "3 soal" in page
    assert "6 soal" not in page
