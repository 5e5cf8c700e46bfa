"""What interrupts a phone or the hall: a call, a lock, another network, a restart, private mode."""

from playwright.sync_api import Page

from quiz import create_app
from tests.e2e.clock import let_pass
from tests.e2e.page import Held, banner, choose, go_to, heading, option, press, saved


def life(page: Page, state: str) -> None:
    """What a call or a locked screen does to a page: "frozen", and later "active"."""
    page.context.new_cdp_session(page).send("Page.setWebLifecycleState", {"state": state})


def test_phone_call_in_the_middle_loses_nothing(phone, stored):
    phone.context.set_offline(True)
    choose(phone, "Segera keluar")
    life(phone, "frozen")
    let_pass(phone, minutes=3)
    life(phone, "active")
    phone.context.set_offline(False)

    saved(phone)
    press(phone, "Berikutnya")
    choose(phone, "Tidak boleh")
    saved(phone)
    assert stored() == {1: [1], 2: [1]}


def test_locked_screen_sends_what_waits_when_it_is_unlocked(phone, stored):
    held = Held()
    phone.route("**/jawaban/**", held)
    choose(phone, "Segera keluar")
    held.wait_for_one(phone)
    life(phone, "frozen")
    let_pass(phone, minutes=3)
    phone.unroute("**/jawaban/**")
    life(phone, "active")

    saved(phone)
    assert stored() == {1: [1]}


def test_change_from_one_network_to_another_gives_up_the_dead_request(phone, stored):
    never = Held()
    phone.route("**/jawaban/**", never)
    choose(phone, "Segera keluar")
    never.wait_for_one(phone)
    phone.unroute("**/jawaban/**")
    phone.evaluate("window.dispatchEvent(new Event('online'))")

    saved(phone)
    assert stored() == {1: [1]}


def test_server_that_was_started_anew_goes_on_with_the_same_attempt(phone, hall, settings, stored):
    choose(phone, "Segera keluar")
    saved(phone)
    hall.stop()
    press(phone, "Berikutnya")
    choose(phone, "Tidak boleh")
    banner(phone, "Server ruangan tidak menjawab.")
    hall.app = create_app(settings, TESTING=True)
    hall.start()

    banner(phone, "1 jawaban baru saja tiba di server.")
    assert stored() == {1: [1], 2: [1]}


def test_closed_private_window_keeps_what_the_server_has(phone, enter, enrolment, attempt, stored):
    choose(phone, "Segera keluar")
    saved(phone)
    phone.context.close()

    again = enter(enrolment)
    again.goto(f"/kuis/{attempt.uid}")

    heading(again, "Soal 2 dari 6")
    go_to(again, 1)
    assert option(again, "Segera keluar").is_checked()
    assert stored() == {1: [1]}
