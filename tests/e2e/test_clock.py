"""What the clock does is told apart from what the person does, and can be undone."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from quiz.models.events.events import FeedbackMode, Phase
from tests.e2e.clock import STANDING
from tests.e2e.page import banner, choose, custody, heading, saved

pytestmark = pytest.mark.usefixtures("clock")

MINUTE = timedelta(minutes=1)
SHIFT = """minutes => {
  const real = Date.now.bind(Date);
  Date.now = () => real() + minutes * 60000;
}"""
FOCUS = "window.dispatchEvent(new Event('focus'))"
LOOK = "document.dispatchEvent(new Event('visibilitychange'))"


def closes(make, sitting, *, ago=timedelta(0), limit=None):
    """Close the sitting ``ago`` before now, with no other limit unless one is given."""
    sitting.closes_at = datetime.now(UTC) - ago
    sitting.time_limit_minutes = limit
    make.session.commit()


@pytest.fixture
def phone(enter, attempt, enrolment):
    """Ani's phone on her attempt's page; no time passes there."""
    page = enter(enrolment, init=STANDING)
    page.goto(f"/kuis/{attempt.uid}")
    heading(page, "Soal 1 dari 6")
    return page


@pytest.fixture
def delayed(make, sitting):
    sitting.feedback_mode = FeedbackMode.DELAYED
    make.session.commit()


def test_phone_goes_on_by_itself_when_a_sitting_closed_by_mistake_is_opened_again(
    phone, clock, make, sitting, attempt, delayed, stored
):
    choose(phone, "Segera keluar")
    saved(phone)
    closes(make, sitting)
    clock.let_pass(phone, seconds=1)
    phone.evaluate(FOCUS)
    heading(phone, "Waktu habis")
    expect(phone.get_by_text("HP mengirimnya sendiri karena waktu habis")).to_be_visible()
    closes(make, sitting, ago=-10 * MINUTE)
    phone.evaluate(LOOK)

    heading(phone, "Soal 2 dari 6")
    choose(phone, "Tidak boleh")
    saved(phone)
    assert stored() == {1: [1], 2: [1]}
    assert make.fresh(attempt).submitted_at is None


def test_time_asleep_counts(phone, attempt):
    expect(phone.locator(".clock")).to_have_text("Sisa 19 menit")
    phone.context.set_offline(True)
    phone.evaluate(SHIFT, 12)
    expect(phone.locator(".clock")).to_have_text("Sisa 7 menit")
    phone.evaluate(SHIFT, 13)

    expect(phone.locator(".clock")).to_have_text("Sisa 0 detik")
    expect(phone.locator("#soal-1 .option input").first).to_be_disabled()


def test_clock_set_back_gives_no_time(phone):
    phone.evaluate(SHIFT, -120)
    phone.evaluate(FOCUS)
    expect(phone.locator(".clock")).to_have_text("Sisa 19 menit")
    phone.context.set_offline(True)
    phone.evaluate(SHIFT, 12)

    expect(phone.locator(".clock")).to_have_text("Sisa 7 menit")


def test_clock_set_forward_ends_nothing_that_the_server_has_not_ended(phone, make, attempt, stored):
    choose(phone, "Segera keluar")
    saved(phone)
    with phone.expect_response("**/keadaan"):
        phone.evaluate(SHIFT, 120)
    expect(phone.locator(".clock")).to_have_text("Sisa 19 menit")
    choose(phone, "Tetap di grup")

    saved(phone)
    assert stored() == {1: [2]}
    assert (make.fresh(attempt).submitted_at, attempt.clocked_at) == (None, None)


@pytest.fixture
def too_late(phone, make, sitting, delayed):
    """Ani's phone, back on the network after the grace with one answer the server refuses."""
    phone.context.set_offline(True)
    choose(phone, "Segera keluar")
    banner(phone, "Jaringan terputus.")
    closes(make, sitting, ago=11 * MINUTE)
    phone.context.set_offline(False)
    return phone


def test_refused_answer_is_named_until_somebody_says_it_was_seen(too_late, attempt, stored):
    banner(too_late, "1 jawaban tidak sempat diterima")
    too_late.get_by_role("link", name="Lihat tanda terima").click()
    for _ in range(2):
        heading(too_late, "Waktu habis")
        expect(too_late.locator("#leftover")).to_contain_text(
            "1 jawaban di HP ini tidak sempat diterima server: soal 1."
        )
        too_late.reload()
    too_late.get_by_role("button", name="Petugas sudah melihat").click()
    too_late.reload()

    heading(too_late, "Waktu habis")
    expect(too_late.locator("#leftover")).to_be_hidden()
    assert too_late.evaluate("Object.keys(localStorage)") == []
    assert stored() == {}


def test_refused_answer_is_taken_after_all_when_there_is_time_again(
    too_late, make, sitting, stored
):
    banner(too_late, "1 jawaban tidak sempat diterima")
    too_late.get_by_role("link", name="Lihat tanda terima").click()
    heading(too_late, "Waktu habis")
    closes(make, sitting, ago=-10 * MINUTE)
    too_late.evaluate(LOOK)

    heading(too_late, "Soal 2 dari 6")
    expect(custody(too_late).nth(1)).to_have_text("1 di server")
    assert stored() == {1: [1]}


def test_only_what_the_server_refused_stays_after_the_clocks_hand_in(
    phone, make, sitting, delayed, stored
):
    choose(phone, "Segera keluar")
    saved(phone)
    closes(make, sitting, ago=MINUTE)
    phone.locator(".item:not([hidden]) .option", has_text="Tetap di grup").locator("input").click()

    heading(phone, "Waktu habis")
    expect(phone.locator("#leftover")).to_contain_text("soal 1.")
    kept = phone.evaluate("Object.values(localStorage).map(each => JSON.parse(each).entries)")
    assert [list(entries) for entries in kept] == [["1"]]
    assert stored() == {1: [1]}


def test_waiting_phone_notices_the_opening_and_the_link_works_without_the_script(
    enter, make, event, enrolment, items
):
    sitting = make.sitting(event, Phase.PRE, items=items, opens_at=make.now + 30 * MINUTE)
    phone = enter(enrolment)
    plain = enter(enrolment, java_script_enabled=False)
    expect(phone.get_by_text("Halaman ini berganti sendiri")).to_be_visible()
    sitting.opens_at = make.now
    make.session.commit()

    phone.evaluate(LOOK)
    plain.get_by_role("link", name="Periksa sekarang").click()

    for page in (phone, plain):
        expect(page.get_by_role("button", name="Mulai Pre-test")).to_be_visible()
    expect(phone.locator("[data-wait]")).to_have_count(0)


def test_receipt_page_notices_that_the_feedback_was_released(
    phone, make, sitting, attempt, delayed
):
    closes(make, sitting, ago=11 * MINUTE)
    phone.goto(f"/kuis/{attempt.uid}/hasil")
    expect(phone.get_by_text("Pembahasan dibuka petugas")).to_be_visible()
    sitting.released_at = datetime.now(UTC)
    make.session.commit()
    phone.evaluate(LOOK)

    heading(phone, "Pembahasan untuk Anda")
