"""Per soal: a response locks and its feedback comes back at once; nothing is sent before that."""

import pytest
from playwright.sync_api import expect

from quiz.models.events.events import FeedbackMode
from tests.e2e.page import banner, choose, custody, go_to, heading, option, press, saved, sure


@pytest.fixture
def learning(make, sitting, enter, enrolment, attempt):
    """Ani's phone in a sitting that explains each item at once."""
    sitting.feedback_mode = FeedbackMode.PER_ITEM
    make.session.commit()
    page = enter(enrolment)
    page.goto(f"/kuis/{attempt.uid}")
    heading(page, "Soal 1 dari 6")
    return page


def test_nothing_is_sent_before_it_is_locked(learning, stored):
    expect(learning.get_by_role("button", name="Kunci jawaban")).to_be_disabled()
    choose(learning, "Tetap di grup")
    expect(custody(learning)).to_have_text(["tersimpan di HP", "belum dikunci"])
    press(learning, "Berikutnya")

    assert stored() == {}


def test_locking_brings_the_feedback_and_takes_no_further_tap(learning, stored, accessible):
    choose(learning, "Tetap di grup")
    sure(learning, "Sangat yakin")
    press(learning, "Kunci jawaban")

    item = learning.locator("#soal-1")
    expect(item.locator(".verdict:visible")).to_have_text(
        ["Jawaban tepat", "Pilihan Anda, sangat yakin"]
    )
    expect(item.locator(".reason").first).to_contain_text("Penjelasan mengapa: segera keluar")
    expect(item.get_by_text("Netral berarti tidak tampak di pihak mana pun.")).to_be_visible()
    expect(item.locator("input:not([type=hidden])")).to_have_count(0)
    saved(learning)
    accessible(learning)
    assert stored() == {1: [2]}


def test_feedback_drawn_at_once_is_what_the_server_draws_later(learning):
    choose(learning, "Tetap di grup")
    press(learning, "Kunci jawaban")
    item = learning.locator("#soal-1")
    expect(item.locator(".reviews")).to_be_visible()
    at_once = item.inner_text().split()
    learning.reload()
    heading(learning, "Soal 1 dari 6")

    assert item.inner_text().split() == at_once


def test_locked_without_network_waits_and_is_explained_later(learning, stored):
    learning.context.set_offline(True)
    choose(learning, "Segera keluar")
    press(learning, "Kunci jawaban")
    expect(option(learning, "Segera keluar")).to_be_disabled()
    expect(custody(learning)).to_have_text(["tersimpan di HP", "1 belum di server"])
    assert stored() == {}
    learning.context.set_offline(False)

    expect(learning.locator("#soal-1 .verdict:visible")).to_have_text(["Pilihan Anda, tepat"])
    assert stored() == {1: [1]}


def test_what_was_chosen_but_not_locked_counts_when_sent(learning, stored):
    choose(learning, "Segera keluar")
    go_to(learning, 6)
    press(learning, "Periksa")
    press(learning, "Kirim, 5 kosong")

    heading(learning, "Pembahasan untuk Anda")
    assert stored() == {1: [1]}


def test_reload_keeps_a_choice_that_was_not_locked(learning, stored):
    choose(learning, "Tetap di grup")
    learning.reload()
    heading(learning, "Soal 1 dari 6")

    expect(option(learning, "Tetap di grup")).to_be_checked()
    assert stored() == {}


def test_first_locked_response_stays_when_another_device_locks_later(
    learning, enter, enrolment, attempt, stored
):
    choose(learning, "Tetap di grup")
    spare = enter(enrolment)
    spare.goto(f"/kuis/{attempt.uid}")
    choose(spare, "Segera keluar")
    press(spare, "Kunci jawaban")
    expect(spare.locator("#soal-1 .reviews")).to_be_visible()
    learning.get_by_role("button", name="Kunci jawaban").click()

    banner(learning, "diganti dari perangkat lain")
    assert stored() == {1: [1]}


def test_without_script_saving_locks_and_explains(enter, make, sitting, enrolment, attempt, stored):
    sitting.feedback_mode = FeedbackMode.PER_ITEM
    make.session.commit()
    phone = enter(enrolment, java_script_enabled=False)
    phone.goto(f"/kuis/{attempt.uid}")
    phone.locator(".option", has_text="Segera keluar").locator("input").check()
    phone.get_by_role("button", name="Kunci jawaban").first.click()

    expect(phone.locator("#soal-1 .verdict")).to_have_text(["Pilihan Anda, tepat"])
    assert stored() == {1: [1]}
