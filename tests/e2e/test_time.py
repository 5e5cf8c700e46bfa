"""The server's clock decides; the phone shows what is left and sends what was given in time."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from quiz.models.events.events import FeedbackMode
from tests.e2e.clock import NO_LOOK_BY_THE_MINUTE, STANDING
from tests.e2e.page import Held, banner, choose, custody, go_to, heading, saved

pytestmark = pytest.mark.usefixtures("clock")

WRONG_CLOCK = """const RealDate = Date;
const rightNow = RealDate.now.bind(RealDate);
Date = class extends RealDate {
  constructor(...given) { given.length ? super(...given) : super(Date.now()); } };
Date.now = () => rightNow() + 7200000;"""


@pytest.fixture
def left(make, attempt, clock):
    """``left(minutes=1)``: give the attempt this much from now, by its sitting's closing."""

    def give(**time):
        attempt.sitting.time_limit_minutes = None
        attempt.sitting.closes_at = clock.now + timedelta(**time)
        make.session.commit()

    return give


@pytest.fixture
def open_page(enter, enrolment, attempt):
    """Ani's phone on her attempt's page, once its time is arranged; no time passes there."""

    def opened(init=""):
        page = enter(enrolment, init=STANDING + init)
        page.goto(f"/kuis/{attempt.uid}")
        heading(page, "Soal 1 dari 6")
        return page

    return opened


def look_again(phone):
    """What happens when somebody takes the phone up again."""
    phone.evaluate("window.dispatchEvent(new Event('focus'))")


def test_time_left_is_in_minutes_and_in_seconds_at_the_very_end(left, clock, open_page):
    left(minutes=2, seconds=30)
    phone = open_page()
    phone.route("**/keadaan", lambda route: route.abort())
    time_left = phone.locator(".clock")
    expect(time_left).to_have_text("Sisa 2 menit")

    clock.let_pass(phone, seconds=30.5)
    expect(time_left).to_have_text("Sisa 119 detik")
    clock.let_pass(phone, seconds=119)
    expect(time_left).to_have_text("Sisa 0 detik")


def test_five_minutes_and_one_minute_are_announced_once(left, clock, open_page):
    left(minutes=5, seconds=3)
    phone = open_page()
    announcement = phone.locator("#announcement")
    expect(announcement).to_have_text("")

    clock.let_pass(phone, seconds=4)
    expect(announcement).to_have_text("Sisa waktu 5 menit.")
    assert announcement.get_attribute("role") == "status"
    clock.let_pass(phone, minutes=4)
    expect(announcement).to_have_text("Sisa waktu 1 menit.")


def test_wrong_phone_clock_does_not_matter(left, clock, make, attempt, open_page):
    left(minutes=9, seconds=40)
    phone = open_page(WRONG_CLOCK)
    expect(phone.locator(".clock")).to_have_text("Sisa 9 menit")
    clock.let_pass(phone, seconds=20)
    choose(phone, "Segera keluar")
    saved(phone)

    given = make.fresh(attempt).responses[0]
    assert abs(given.given_at - clock.now) < timedelta(milliseconds=5)
    assert given.saved_at == clock.now


def test_options_close_when_time_is_over_and_what_was_chosen_is_sent(
    left, clock, make, attempt, open_page, stored
):
    attempt.sitting.feedback_mode = FeedbackMode.DELAYED
    left(minutes=1)
    phone, held = open_page(), Held()
    phone.route("**/selesai", held)
    choose(phone, "Segera keluar")
    clock.let_pass(phone, seconds=61)
    banner(phone, "Jawaban yang sudah dipilih sedang dikirim.")
    expect(phone.locator("#soal-1 .option input").first).to_be_disabled()
    held.wait_for_one(phone)
    held.go_on()

    heading(phone, "Waktu habis")
    expect(phone.get_by_text("HP mengirimnya sendiri karena waktu habis")).to_be_visible()
    assert stored() == {1: [1]}


def test_answers_given_offline_before_the_end_arrive_within_the_grace(
    left, clock, make, attempt, open_page, stored
):
    left(minutes=1)
    phone = open_page()
    phone.context.set_offline(True)
    choose(phone, "Segera keluar")
    go_to(phone, 3)
    choose(phone, "Menyimpan tangkapan")
    clock.let_pass(phone, minutes=5)
    banner(phone, "Belum terkirim.")
    phone.context.set_offline(False)

    heading(phone, "Waktu habis")
    assert stored() == {1: [1], 3: [1]}
    assert [row.late for row in make.fresh(attempt).responses] == [True, True]


def test_page_reloaded_within_the_grace_still_sends_what_the_phone_holds(
    left, clock, open_page, stored
):
    left(minutes=1)
    phone = open_page()
    phone.route("**/jawaban/**", lambda route: route.abort())
    phone.route("**/selesai", lambda route: route.abort())
    choose(phone, "Segera keluar")
    clock.let_pass(phone, minutes=2)
    banner(phone, "Belum terkirim.")
    phone.reload()
    expect(phone.get_by_text("1 jawaban belum sampai di server.")).to_be_visible()
    assert stored() == {}
    phone.unroute_all()
    phone.reload()

    expect(phone.get_by_text("1 dari 6 jawaban sudah diterima server")).to_be_visible()
    assert stored() == {1: [1]}


def test_sitting_closed_by_hand_while_the_phone_is_offline_loses_nothing(
    left, clock, open_page, stored
):
    phone = open_page()
    phone.context.set_offline(True)
    choose(phone, "Segera keluar")
    clock.let_pass(phone, seconds=10)
    left(seconds=0)
    clock.let_pass(phone, seconds=1)
    phone.context.set_offline(False)

    heading(phone, "Waktu habis")
    assert stored() == {1: [1]}


def test_closing_is_learnt_although_the_first_look_after_the_network_came_back_fails(
    left, clock, open_page, stored
):
    phone, looks = open_page(NO_LOOK_BY_THE_MINUTE), []

    def lose_the_first(route):
        looks.append(route)
        if len(looks) == 1:
            route.abort()
        else:
            route.continue_()

    phone.context.set_offline(True)
    choose(phone, "Segera keluar")
    clock.let_pass(phone, seconds=10)
    left(seconds=0)
    clock.let_pass(phone, seconds=1)
    phone.route("**/keadaan", lose_the_first)
    phone.context.set_offline(False)

    heading(phone, "Waktu habis")
    assert stored() == {1: [1]}


def test_sitting_extended_while_the_phone_waits_opens_the_options_again(
    left, clock, open_page, stored
):
    left(minutes=1)
    phone = open_page()
    phone.route("**/selesai", lambda route: route.abort())
    choose(phone, "Segera keluar")
    clock.let_pass(phone, minutes=2)
    banner(phone, "Belum terkirim.")
    left(minutes=9, seconds=43)
    clock.let_pass(phone, seconds=3)
    look_again(phone)
    expect(phone.locator(".clock")).to_have_text("Sisa 9 menit")
    choose(phone, "Tetap di grup")

    saved(phone)
    assert stored() == {1: [2]}


def test_time_over_with_nothing_answered_says_so_without_sending(
    left, clock, make, attempt, open_page
):
    left(minutes=1)
    phone = open_page()
    clock.let_pass(phone, seconds=61)

    heading(phone, "Waktu habis")
    expect(phone.get_by_text("0 dari 6 jawaban")).to_be_visible()
    assert make.fresh(attempt).submitted_at is None


def test_extra_time_given_while_it_runs_reaches_the_phone(make, attempt, open_page):
    phone = open_page()
    attempt.extra_seconds = 600
    make.session.commit()
    look_again(phone)

    expect(phone.locator(".clock")).to_have_text("Sisa 29 menit")


def test_offline_end_of_time_keeps_the_two_marks_honest(left, clock, open_page):
    left(minutes=1)
    phone = open_page()
    phone.context.set_offline(True)
    choose(phone, "Segera keluar")
    clock.let_pass(phone, minutes=2)
    banner(phone, "Belum terkirim.")

    expect(custody(phone)).to_have_text(["tersimpan di HP", "1 belum di server"])
    phone.get_by_role("button", name="Mengirim").click(force=True)
    heading(phone, "Soal 1 dari 6")
    phone.context.set_offline(False)
    heading(phone, "Waktu habis")
