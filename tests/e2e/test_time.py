"""The server's clock decides; the phone shows what is left and sends what was given in time."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from quiz.models.events.events import FeedbackMode
from tests.e2e.page import banner, choose, custody, go_to, heading, saved

WRONG_CLOCK = """const RealDate = Date;
const rightNow = RealDate.now.bind(RealDate);
Date = class extends RealDate {
  constructor(...given) { given.length ? super(...given) : super(Date.now()); } };
Date.now = () => rightNow() + 7200000;"""


def left(make, attempt, **time):
    """Give the attempt this much from now, by its sitting's closing."""
    attempt.sitting.time_limit_minutes = None
    attempt.sitting.closes_at = make.now.now(make.now.tzinfo) + timedelta(**time)
    make.session.commit()


@pytest.fixture
def open_page(enter, enrolment, attempt):
    """Ani's phone on her attempt's page, once its time is arranged."""

    def opened(**options):
        page = enter(enrolment, **options)
        page.goto(f"/kuis/{attempt.uid}")
        heading(page, "Soal 1 dari 6")
        return page

    return opened


def test_time_left_is_in_minutes_and_in_seconds_at_the_very_end(make, attempt, open_page):
    left(make, attempt, minutes=9, seconds=40)
    expect(open_page().locator(".clock")).to_have_text("Sisa 9 menit")

    left(make, attempt, seconds=100)
    expect(open_page().locator(".clock")).to_have_text("Sisa 98 detik")


def test_five_minutes_and_one_minute_are_announced_once(make, attempt, open_page):
    left(make, attempt, minutes=5, seconds=3)
    phone = open_page()
    expect(phone.locator("#announcement")).to_have_text("")

    expect(phone.locator("#announcement")).to_have_text("Sisa waktu 5 menit.")
    assert phone.locator("#announcement").get_attribute("role") == "status"
    left(make, attempt, seconds=62)
    phone.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(phone.locator("#announcement")).to_have_text("Sisa waktu 1 menit.")


def test_wrong_phone_clock_does_not_matter(make, attempt, open_page, stored):
    left(make, attempt, minutes=9, seconds=40)
    phone = open_page(init=WRONG_CLOCK)
    expect(phone.locator(".clock")).to_have_text("Sisa 9 menit")
    choose(phone, "Segera keluar")
    saved(phone)

    given = make.fresh(attempt).responses[0]
    assert abs(given.given_at - given.saved_at) < timedelta(seconds=2)


def test_options_close_when_time_is_over_and_what_was_chosen_is_sent(
    make, attempt, open_page, stored
):
    attempt.sitting.feedback_mode = FeedbackMode.DELAYED
    left(make, attempt, seconds=4)
    phone = open_page()
    choose(phone, "Segera keluar")
    banner(phone, "Jawaban yang sudah dipilih sedang dikirim.")
    expect(phone.locator("#soal-1 .option input").first).to_be_disabled()

    heading(phone, "Waktu habis")
    expect(phone.get_by_text("HP mengirimnya sendiri karena waktu habis")).to_be_visible()
    assert stored() == {1: [1]}


def test_answers_given_offline_before_the_end_arrive_within_the_grace(
    make, attempt, open_page, stored
):
    left(make, attempt, seconds=5)
    phone = open_page()
    phone.context.set_offline(True)
    choose(phone, "Segera keluar")
    go_to(phone, 3)
    choose(phone, "Menyimpan tangkapan")
    banner(phone, "Belum terkirim.")
    phone.context.set_offline(False)

    heading(phone, "Waktu habis")
    assert stored() == {1: [1], 3: [1]}
    assert [row.late for row in make.fresh(attempt).responses] == [True, True]


def test_page_reloaded_within_the_grace_still_sends_what_the_phone_holds(
    make, attempt, open_page, stored
):
    left(make, attempt, seconds=4)
    phone = open_page()
    phone.route("**/jawaban/**", lambda route: route.abort())
    phone.route("**/selesai", lambda route: route.abort())
    choose(phone, "Segera keluar")
    banner(phone, "Belum terkirim.")
    phone.unroute_all()
    phone.reload()

    heading(phone, "Waktu habis")
    assert stored() == {1: [1]}


def test_sitting_closed_by_hand_while_the_phone_is_offline_loses_nothing(
    make, attempt, open_page, stored
):
    phone = open_page()
    phone.context.set_offline(True)
    choose(phone, "Segera keluar")
    left(make, attempt, seconds=0)
    phone.context.set_offline(False)

    heading(phone, "Waktu habis")
    assert stored() == {1: [1]}


def test_sitting_extended_while_the_phone_waits_opens_the_options_again(
    make, attempt, open_page, stored
):
    left(make, attempt, seconds=4)
    phone = open_page()
    phone.route("**/selesai", lambda route: route.abort())
    choose(phone, "Segera keluar")
    banner(phone, "Belum terkirim.")
    left(make, attempt, minutes=10)
    phone.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(phone.locator(".clock")).to_have_text("Sisa 9 menit")
    choose(phone, "Tetap di grup")

    saved(phone)
    assert stored() == {1: [2]}


def test_time_over_with_nothing_answered_says_so_without_sending(make, attempt, open_page):
    left(make, attempt, seconds=3)
    phone = open_page()

    heading(phone, "Waktu habis")
    expect(phone.get_by_text("0 dari 6 jawaban")).to_be_visible()
    assert make.fresh(attempt).submitted_at is None


def test_extra_time_given_while_it_runs_reaches_the_phone(make, attempt, open_page):
    phone = open_page()
    attempt.extra_seconds = 600
    make.session.commit()
    phone.evaluate("window.dispatchEvent(new Event('focus'))")

    expect(phone.locator(".clock")).to_have_text("Sisa 29 menit")


def test_offline_end_of_time_keeps_the_two_marks_honest(make, attempt, open_page):
    left(make, attempt, seconds=5)
    phone = open_page()
    phone.context.set_offline(True)
    choose(phone, "Segera keluar")
    banner(phone, "Belum terkirim.")

    expect(custody(phone)).to_have_text(["tersimpan di HP", "1 belum di server"])
    phone.get_by_role("button", name="Mengirim").click(force=True)
    heading(phone, "Soal 1 dari 6")
    phone.context.set_offline(False)
    heading(phone, "Waktu habis")
