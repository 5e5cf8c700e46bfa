"""A participant on a phone, from the card to the receipt and the feedback."""

import json

from playwright.sync_api import expect

from quiz.models.events.events import FeedbackMode
from tests.e2e.clock import stand_still
from tests.e2e.page import (
    ANSWERS,
    answer_all,
    choose,
    custody,
    go_to,
    heading,
    option,
    press,
    saved,
    send,
    sure,
)


def test_participant_goes_from_card_to_feedback(enter, enrolment, sitting, accessible, make):
    phone = enter(enrolment)
    accessible(phone)
    press(phone, "Mulai Post-test")
    heading(phone, "Soal 1 dari 6")
    accessible(phone)
    answer_all(phone)
    expect(phone.get_by_text("semua sudah terjawab")).to_be_visible()
    accessible(phone)
    send(phone)

    heading(phone, "Pembahasan untuk Anda")
    accessible(phone)
    expect(phone.locator(".big")).to_contain_text("6 dari 6 soal pengetahuan tepat")


def test_receipt_shows_the_code_and_each_answer_as_the_server_has_it(
    phone, attempt, sitting, make, accessible
):
    sitting.feedback_mode = FeedbackMode.DELAYED
    make.session.commit()
    answer_all(phone)
    send(phone)

    heading(phone, "Jawaban Anda sudah terkirim")
    expect(phone.locator(".receipt-code")).to_have_text(make.fresh(attempt).receipt)
    expect(phone.locator("main ol li")).to_have_count(6)
    expect(phone.locator("main ol li").first).to_have_text("A. Segera keluar dan tidak menanggapi")
    accessible(phone)


def test_tap_is_kept_on_the_phone_and_then_on_the_server(phone, stored, make, attempt):
    expect(custody(phone)).to_have_text(["belum dijawab", "0 di server"])

    choose(phone, "Segera keluar")
    sure(phone, "Sangat yakin")

    expect(custody(phone)).to_have_text(["tersimpan di HP", "tersimpan di server"])
    assert stored() == {1: [1]}
    assert [row.confidence for row in attempt.responses] == [3]


def test_map_and_tally_follow_the_answers(phone):
    choose(phone, "Segera keluar")
    press(phone, "Berikutnya")
    choose(phone, "Boleh di luar")
    sure(phone, "Ragu-ragu")

    expect(phone.locator("#tally")).to_have_text("2 terjawab (1 ragu), 4 kosong")
    expect(phone.locator(".cell > span")).to_have_text(["A", "D ?", "–", "–", "–", "–"])
    expect(phone.locator(".strip .here")).to_have_count(1)
    go_to(phone, 5)
    heading(phone, "Soal 5 dari 6")


def test_several_options_can_be_chosen_and_cleared(phone, stored):
    go_to(phone, 3)
    choose(phone, "Memberi tanda suka")
    choose(phone, "Menyimpan tangkapan")
    saved(phone)
    both = stored()
    option(phone, "Memberi tanda suka").uncheck()
    option(phone, "Menyimpan tangkapan").uncheck()
    saved(phone)

    assert (both[3], stored()[3]) == ([1, 2], [])
    expect(phone.locator("#tally")).to_have_text("0 terjawab, 6 kosong")


def test_review_leads_to_the_blanks_and_the_doubtful(phone, accessible):
    choose(phone, "Segera keluar")
    sure(phone, "Ragu-ragu")
    go_to(phone, 6)
    choose(phone, "Tidak ikut berpose")
    press(phone, "Periksa")

    heading(phone, "Belum terkirim")
    expect(phone.locator(".count b")).to_have_text(["2", "4"])
    expect(phone.locator(".blanks li b")).to_have_text(["Soal 2", "Soal 3", "Soal 4", "Soal 5"])
    expect(phone.locator(".unsures li b")).to_have_text(["Soal 1"])
    expect(phone.get_by_role("button", name="Kirim, 4 kosong")).to_be_visible()
    accessible(phone)
    press(phone, "Isi soal 2")
    heading(phone, "Soal 2 dari 6")


def test_sending_with_blanks_scores_them_as_unanswered(phone, make, attempt):
    choose(phone, "Segera keluar")
    go_to(phone, 6)
    press(phone, "Periksa")
    press(phone, "Kirim, 5 kosong")

    heading(phone, "Pembahasan untuk Anda")
    expect(phone.locator(".big")).to_contain_text("1 dari 6")
    score = make.fresh(attempt).scores[0]
    assert (score.answered, score.blank) == (1, 5)


def test_send_button_ignores_the_tap_that_opened_the_review(phone, make, attempt):
    for words in ANSWERS[:-1]:
        choose(phone, words)
        press(phone, "Berikutnya")
    choose(phone, ANSWERS[-1])
    stand_still(phone)
    phone.locator("#right").dblclick()

    heading(phone, "Belum terkirim")
    assert make.fresh(attempt).submitted_at is None


def test_feedback_begins_with_what_one_was_sure_of_and_got_wrong(phone, accessible):
    go_to(phone, 2)
    choose(phone, "Boleh, karena semua")
    sure(phone, "Sangat yakin")
    go_to(phone, 6)
    press(phone, "Periksa")
    press(phone, "Kirim, 5 kosong")

    heading(phone, "Pembahasan untuk Anda")
    expect(phone.get_by_role("heading", level=2).first).to_have_text(
        "Satu hal yang Anda yakini tetapi keliru"
    )
    first = phone.locator(".item").first
    expect(first.locator(".quiet").first).to_have_text("Soal 2 dari 6")
    expect(first.locator(".verdict")).to_have_text(["Jawaban tepat", "Pilihan Anda, sangat yakin"])
    accessible(phone)


def test_whole_quiz_goes_by_keyboard_alone(phone, stored):
    phone.locator("#soal-1 input[type=radio]").first.focus()
    phone.keyboard.press("ArrowDown")
    saved(phone)
    phone.keyboard.press("Enter")
    heading(phone, "Soal 2 dari 6")
    assert phone.evaluate("document.activeElement.id") == "soal-2"
    phone.keyboard.press("Tab")
    phone.keyboard.press("Space")
    saved(phone)
    for _ in range(5):
        phone.locator("#right").focus()
        phone.keyboard.press("Enter")
    heading(phone, "Belum terkirim")
    phone.locator("#left").focus()
    phone.keyboard.press("Enter")

    heading(phone, "Pembahasan untuk Anda")
    assert stored() == {1: [2], 2: [1]}


def test_without_script_the_same_page_is_one_form(enter, enrolment, attempt, stored, accessible):
    phone = enter(enrolment, java_script_enabled=False)
    phone.goto(f"/kuis/{attempt.uid}")
    heading(phone, "Post-test: 6 soal")
    phone.locator(".option", has_text="Segera keluar").locator("input").check()
    phone.locator(".option", has_text="Boleh di luar").locator("input").check()
    phone.get_by_role("button", name="Simpan jawaban").nth(1).click()
    expect(phone.get_by_text("Jawaban tersimpan di server.")).to_be_visible()
    assert stored() == {1: [1], 2: [4]}
    phone.locator(".option", has_text="Tidak memakainya").locator("input").check()
    press(phone, "Kirim jawaban")

    heading(phone, "Pembahasan untuk Anda")
    assert stored() == {1: [1], 2: [4], 5: [1]}


def test_practice_item_shows_its_feedback_at_once(enter, enrolment, make, accessible):
    make.setting("practice_item", json.dumps(make.item().to_json()))
    phone = enter(enrolment)
    phone.get_by_role("link", name="Coba satu soal dulu").click()
    press(phone, "Lihat pembahasan")
    expect(phone.get_by_text("Pilih satu jawaban dulu")).to_be_visible()
    phone.locator(".option", has_text="Opsi 2").locator("input").check()
    press(phone, "Lihat pembahasan")

    expect(phone.locator(".verdict")).to_have_text(["Jawaban tepat", "Pilihan Anda"])
    accessible(phone)
