"""Everything that happens to phones: nothing a participant taps is lost, and they can see it."""

from playwright.sync_api import expect

from tests.e2e.clock import let_pass
from tests.e2e.page import (
    Held,
    answer_all,
    banner,
    choose,
    custody,
    go_to,
    heading,
    no_banner,
    option,
    press,
    saved,
    send,
)

STORAGE_BLOCKED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); } });"""
STORAGE_FULL = """() => { Storage.prototype.setItem = function () {
  throw new DOMException("full", "QuotaExceededError"); }; }"""


def test_whole_quiz_can_be_answered_and_sent_without_network(phone, stored, attempt, make):
    phone.context.set_offline(True)
    banner(phone, "Jaringan terputus. Silakan lanjut.")
    banner(phone, "Jangan tutup atau muat ulang halaman ini.")
    answer_all(phone)
    expect(custody(phone)).to_have_text(["6 tersimpan di HP", "6 belum di server"])
    send(phone)
    banner(phone, "Belum terkirim.")
    assert stored() == {}
    phone.context.set_offline(False)

    heading(phone, "Pembahasan untuk Anda")
    assert stored() == {position: [1] for position in range(1, 7)}
    assert make.fresh(attempt).submitted_at is not None


def test_page_never_says_sent_before_the_server_acknowledged(phone, attempt):
    answer_all(phone)
    phone.context.set_offline(True)
    send(phone)
    banner(phone, "Dikirim sendiri begitu server terjangkau.")

    heading(phone, "Belum terkirim")
    expect(phone.get_by_text("sudah terkirim")).to_have_count(0)
    expect(phone.get_by_role("button", name="Menunggu")).to_have_attribute("aria-disabled", "true")
    assert phone.url.endswith(f"/kuis/{attempt.uid}")


def test_intended_sending_can_be_taken_back_while_it_waits(phone, stored):
    answer_all(phone)
    phone.context.set_offline(True)
    send(phone)
    press(phone, "Batal mengirim")
    go_to_review_item(phone, 1)
    choose(phone, "Tetap di grup")
    phone.context.set_offline(False)

    saved(phone)
    assert stored()[1] == [2]


def go_to_review_item(phone, number):
    press(phone, "Kembali")
    go_to(phone, number)


def test_banner_says_that_answers_arrived_after_the_network_came_back(phone, stored):
    phone.context.set_offline(True)
    choose(phone, "Segera keluar")
    press(phone, "Berikutnya")
    choose(phone, "Boleh di luar")
    expect(custody(phone)).to_have_text(["tersimpan di HP", "2 belum di server"])
    phone.context.set_offline(False)

    banner(phone, "Tersambung lagi.")
    banner(phone, "2 jawaban baru saja tiba di server.")
    saved(phone)
    assert stored() == {1: [1], 2: [4]}
    press(phone, "Berikutnya")
    no_banner(phone)


def test_server_that_does_not_answer_is_named_as_the_one_at_fault(phone, hall, stored):
    hall.stop()
    choose(phone, "Segera keluar")
    banner(phone, "Server ruangan tidak menjawab.")
    expect(custody(phone)).to_have_text(["tersimpan di HP", "1 belum di server"])
    hall.start()

    banner(phone, "1 jawaban baru saja tiba di server.")
    assert stored() == {1: [1]}


def test_server_error_keeps_the_answer_until_it_is_taken(phone, stored):
    phone.route("**/jawaban/**", lambda route: route.fulfill(status=500, body="<h1>Galat</h1>"))
    choose(phone, "Segera keluar")
    banner(phone, "Server ruangan tidak menjawab.")
    phone.unroute("**/jawaban/**")

    saved(phone)
    assert stored() == {1: [1]}


def test_lost_reply_is_asked_for_again_and_nothing_is_doubled(phone, stored, make, attempt):
    lost = []

    def lose(route):
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch())
            route.abort()

    phone.route("**/jawaban/**", lose)
    choose(phone, "Segera keluar")
    saved(phone)

    assert lost[0].status == 200
    assert stored() == {1: [1]}


def test_only_the_servers_own_words_draw_the_second_mark(phone):
    phone.route("**/jawaban/**", lambda route: None)
    choose(phone, "Segera keluar")

    expect(custody(phone)).to_have_text(["tersimpan di HP", "menuju server"])


def test_reload_while_offline_taps_wait_brings_them_back(phone, stored):
    phone.route("**/jawaban/**", lambda route: route.abort())
    choose(phone, "Segera keluar")
    go_to(phone, 3)
    choose(phone, "Memberi tanda suka")
    phone.reload()
    heading(phone, "Soal 3 dari 6")
    expect(option(phone, "Memberi tanda suka")).to_be_checked()
    assert stored() == {}
    phone.unroute("**/jawaban/**")

    saved(phone)
    assert stored() == {1: [1], 3: [2]}


def test_reload_sends_what_waits_with_the_time_and_revision_of_its_tap(phone, make, attempt):
    phone.route("**/jawaban/**", lambda route: route.abort())
    choose(phone, "Segera keluar")
    phone.unroute("**/jawaban/**")
    with phone.expect_request("**/jawaban/1") as sent:
        phone.reload()
    told = sent.value.post_data_json
    saved(phone)

    assert told["revision"] == 1_000_001
    assert make.fresh(attempt).responses[0].revision == 1_000_001
    assert make.fresh(attempt).opened == 2


def test_back_button_returns_to_the_item_before(phone, stored):
    choose(phone, "Segera keluar")
    saved(phone)
    press(phone, "Berikutnya")
    press(phone, "Berikutnya")
    heading(phone, "Soal 3 dari 6")
    phone.go_back()

    heading(phone, "Soal 2 dari 6")
    assert stored() == {1: [1]}


def test_leaving_and_coming_back_by_the_back_button_keeps_taps_and_takes_new_ones(phone, stored):
    choose(phone, "Segera keluar")
    saved(phone)
    phone.goto("/data-saya")
    phone.go_back()
    heading(phone, "Soal 1 dari 6")
    expect(option(phone, "Segera keluar")).to_be_checked()
    choose(phone, "Tetap di grup")
    saved(phone)

    assert stored() == {1: [2]}


def test_page_from_the_browsers_cache_without_storage_still_takes_new_taps(
    enter, enrolment, attempt, stored
):
    phone = enter(enrolment, init=STORAGE_BLOCKED)
    phone.goto(f"/kuis/{attempt.uid}")
    choose(phone, "Segera keluar")
    choose(phone, "Tetap di grup")
    saved(phone)
    phone.goto("/data-saya")
    phone.go_back()
    expect(option(phone, "Tetap di grup")).to_be_checked()
    choose(phone, "Menyimak dulu")
    saved(phone)

    assert stored() == {1: [3]}


def test_double_tap_on_send_gives_one_receipt(phone, make, attempt):
    answer_all(phone)
    let_pass(phone, seconds=1)
    phone.get_by_role("button", name="Kirim jawaban").dblclick()

    heading(phone, "Pembahasan untuk Anda")
    assert len(make.fresh(attempt).scores) == 1


def test_older_tab_is_told_that_a_newer_one_took_over(phone, attempt, stored):
    newer = phone.context.new_page()
    newer.goto(f"/kuis/{attempt.uid}")
    choose(newer, "Segera keluar")
    saved(newer)
    option(phone, "Tetap di grup").click()

    banner(phone, "diganti dari perangkat lain")
    expect(option(phone, "Segera keluar")).to_be_checked()
    expect(option(phone, "Tetap di grup")).to_be_disabled()
    assert stored() == {1: [1]}
    phone.get_by_role("link", name="Lanjutkan di sini").click()
    heading(phone, "Soal 1 dari 6")
    choose(phone, "Tetap di grup")
    saved(phone)
    assert stored() == {1: [2]}


def test_second_device_continues_at_the_same_place(phone, enter, enrolment, attempt):
    choose(phone, "Segera keluar")
    press(phone, "Berikutnya")
    choose(phone, "Boleh di luar")
    saved(phone)
    spare = enter(enrolment)
    press(spare, "Lanjutkan Post-test")

    heading(spare, "Soal 3 dari 6")
    expect(spare.locator("#tally")).to_have_text("2 terjawab, 4 kosong")


def test_old_phone_that_comes_back_last_overwrites_nothing(
    phone, enter, enrolment, attempt, stored
):
    phone.context.set_offline(True)
    choose(phone, "Tetap di grup")
    press(phone, "Berikutnya")
    choose(phone, "Boleh, karena semua")
    spare = enter(enrolment)
    spare.goto(f"/kuis/{attempt.uid}")
    choose(spare, "Segera keluar")
    saved(spare)
    phone.context.set_offline(False)

    banner(phone, "diganti dari perangkat lain")
    saved(phone)
    assert stored() == {1: [1], 2: [2]}


def test_login_that_expired_in_the_middle_keeps_everything(phone, make, enrolment, stored):
    phone.context.clear_cookies()
    choose(phone, "Segera keluar")
    banner(phone, "Anda perlu masuk lagi. Semua jawaban masih ada di HP ini.")
    expect(custody(phone)).to_have_text(["tersimpan di HP", "1 belum di server"])
    phone.get_by_role("link", name="Masuk lagi").click()
    phone.get_by_label("Kode Anda").fill(make.code(enrolment))
    press(phone, "Masuk")

    heading(phone, "Soal 2 dari 6")
    expect(custody(phone)).to_have_text(["1 tersimpan di HP", "1 di server"])
    assert stored() == {1: [1]}


def test_logging_in_again_in_another_tab_is_enough(phone, make, enrolment, stored):
    phone.context.clear_cookies()
    choose(phone, "Segera keluar")
    banner(phone, "Anda perlu masuk lagi.")
    other = phone.context.new_page()
    other.goto(f"/k/{make.token(enrolment)}")
    other.close()
    phone.evaluate("window.dispatchEvent(new Event('focus'))")

    saved(phone)
    no_banner(phone)
    assert stored() == {1: [1]}


def test_stale_token_is_renewed_without_a_word(phone, make, enrolment, stored):
    phone.context.clear_cookies()
    other = phone.context.new_page()
    other.goto(f"/k/{make.token(enrolment)}")
    choose(phone, "Segera keluar")

    saved(phone)
    no_banner(phone)
    assert stored() == {1: [1]}


def test_answers_are_never_sent_under_another_persons_name(
    phone, make, event, budi, enrolment, attempt, stored
):
    phone.context.clear_cookies()
    other = phone.context.new_page()
    other.goto(f"/k/{make.token(make.enrolment(event, budi))}")
    choose(phone, "Segera keluar")
    banner(phone, "HP ini sekarang dipakai orang lain.")
    assert stored() == {}
    other.goto(f"/k/{make.token(enrolment)}")
    expect(other.locator("[data-waiting]")).to_be_hidden()
    press(other, f"Ganti ke {enrolment.user.name}")
    other.goto(f"/kuis/{attempt.uid}")

    expect(custody(other)).to_have_text(["1 tersimpan di HP", "1 di server"])
    assert stored() == {1: [1]}


def test_changing_person_says_how_many_answers_wait_on_this_phone(phone, make, event, budi):
    phone.route("**/jawaban/**", lambda route: route.abort())
    choose(phone, "Segera keluar")
    other = phone.context.new_page()
    other.goto(f"/k/{make.token(make.enrolment(event, budi))}")

    heading(other, f"Ganti ke {budi.name}?")
    expect(other.locator("[data-waiting]")).to_contain_text(
        "1 jawaban atas nama itu masih di HP ini"
    )


def test_blocked_storage_is_said_at_the_start_and_answers_go_straight_to_the_server(
    enter, enrolment, attempt, stored, accessible
):
    phone = enter(enrolment, init=STORAGE_BLOCKED)
    phone.goto(f"/kuis/{attempt.uid}")
    banner(phone, "HP ini tidak dapat menyimpan; jawaban langsung dikirim ke server.")
    accessible(phone)
    choose(phone, "Segera keluar")

    expect(custody(phone)).to_have_text(["HP tidak dapat menyimpan", "tersimpan di server"])
    assert stored() == {1: [1]}


def test_blocked_storage_promises_nothing_when_the_network_is_gone(
    enter, enrolment, attempt, stored
):
    phone = enter(enrolment, init=STORAGE_BLOCKED)
    phone.goto(f"/kuis/{attempt.uid}")
    phone.context.set_offline(True)
    choose(phone, "Segera keluar")
    banner(phone, "Jawaban yang belum di server hanya ada di halaman ini.")
    expect(phone.locator("#banner")).not_to_contain_text("aman di HP")
    phone.context.set_offline(False)

    banner(phone, "Tersambung lagi.")
    assert stored() == {1: [1]}


def test_full_storage_is_told_and_nothing_is_lost(enter, enrolment, attempt, stored):
    phone = enter(enrolment)
    phone.goto(f"/kuis/{attempt.uid}")
    phone.evaluate(STORAGE_FULL)
    choose(phone, "Segera keluar")

    banner(phone, "HP ini tidak dapat menyimpan")
    expect(custody(phone)).to_have_text(["HP tidak dapat menyimpan", "tersimpan di server"])
    assert stored() == {1: [1]}


def test_attempt_sent_from_another_device_leads_here_to_its_outcome(
    phone, enter, enrolment, attempt
):
    spare = enter(enrolment)
    spare.goto(f"/kuis/{attempt.uid}")
    answer_all(spare)
    send(spare)
    heading(spare, "Pembahasan untuk Anda")
    phone.evaluate("window.dispatchEvent(new Event('focus'))")

    heading(phone, "Pembahasan untuk Anda")
    assert phone.url.endswith(f"/kuis/{attempt.uid}/hasil")


def test_tap_that_came_after_closing_is_said_to_be_not_taken(phone, enter, enrolment, attempt):
    phone.context.set_offline(True)
    choose(phone, "Segera keluar")
    spare = enter(enrolment)
    spare.goto(f"/kuis/{attempt.uid}")
    press(spare, "Berikutnya")
    choose(spare, "Tidak boleh")
    go_to(spare, 6)
    press(spare, "Periksa")
    press(spare, "Kirim, 5 kosong")
    heading(spare, "Pembahasan untuk Anda")
    phone.context.set_offline(False)

    banner(phone, "Pengerjaan ini sudah ditutup.")
    banner(phone, "1 jawaban tidak sempat diterima")
    phone.get_by_role("link", name="Lihat tanda terima").click()
    expect(phone.locator("#leftover")).to_contain_text(
        "1 jawaban di HP ini tidak sempat diterima server"
    )


def test_journal_is_cleared_once_the_server_has_everything(phone):
    answer_all(phone)
    kept = phone.evaluate("Object.keys(localStorage).length")
    send(phone)
    heading(phone, "Pembahasan untuk Anda")

    assert (kept, phone.evaluate("Object.keys(localStorage).length")) == (1, 0)


def test_lost_reply_to_the_submission_leads_to_the_same_receipt(phone, make, attempt):
    lost = []

    def lose(route):
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().json()["receipt"])
            route.abort()

    answer_all(phone)
    phone.route("**/selesai", lose)
    send(phone)
    heading(phone, "Pembahasan untuk Anda")

    expect(phone.get_by_text(lost[0])).to_be_visible()
    assert len(make.fresh(attempt).scores) == 1


def test_reload_after_an_intended_sending_sends_it_by_itself(phone, make, attempt):
    answer_all(phone)
    phone.route("**/selesai", lambda route: route.abort())
    send(phone)
    expect(phone.get_by_role("button", name="Menunggu")).to_be_visible()
    phone.unroute("**/selesai")
    phone.reload()

    heading(phone, "Pembahasan untuk Anda")
    assert make.fresh(attempt).submitted_at is not None


def test_taps_made_before_the_script_arrived_are_kept(enter, enrolment, attempt, stored):
    phone = enter(enrolment)
    held = Held()
    phone.route("**/js/attempt.js*", held)
    phone.goto(f"/kuis/{attempt.uid}", wait_until="commit")
    heading(phone, "Post-test: 6 soal")
    phone.locator(".option", has_text="Segera keluar").locator("input").check()
    phone.wait_for_function("document.readyState === 'interactive'")
    held.go_on()

    saved(phone)
    assert stored() == {1: [1]}


def test_script_that_the_network_dropped_is_brought_again(enter, enrolment, attempt, stored):
    phone = enter(enrolment)
    tries = []

    def drop_twice(route):
        tries.append(route)
        if len(tries) < 3:
            route.abort()
        else:
            route.continue_()

    phone.route("**/js/attempt.js*", drop_twice)
    phone.goto(f"/kuis/{attempt.uid}")
    heading(phone, "Soal 1 dari 6")
    choose(phone, "Segera keluar")

    saved(phone)
    assert len(tries) == 3


def test_receipt_stands_on_the_page_while_the_next_one_cannot_be_reached(phone, make, attempt):
    answer_all(phone)
    phone.route("**/hasil", lambda route: route.abort())
    send(phone)
    banner(phone, "Terkirim. Kode tanda terima")
    expect(phone.locator("#banner .n")).to_have_text(make.fresh(attempt).receipt)
    phone.unroute("**/hasil")

    heading(phone, "Pembahasan untuk Anda")
