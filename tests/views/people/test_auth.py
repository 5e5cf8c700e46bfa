"""Entering by code and card, leaving, and who may be where."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quiz.codes import show_code
from quiz.models import Failure
from tests.factories import PASSWORD


def test_right_code_logs_in_and_leads_home(client, make, ani):
    enrolment = make.enrolment(user=ani)

    reply = client.post_form("/masuk", {"code": show_code(make.code(enrolment)).lower()})

    assert (reply.status_code, reply.location) == (303, "/")
    assert client.get("/data-saya").status_code == 200


def test_wrong_code_is_answered_at_once_with_words_and_counted(client, make, session):
    event = make.event()

    reply = client.post_form("/masuk", {"code": "K7P2-QX4M", "event": event.code})

    assert reply.status_code == 400
    assert "Kode K7P2-QX4M tidak dikenal." in reply.text
    assert session.scalar(select(Failure.key)) == event.uid


def test_code_of_another_open_event_is_accepted_and_the_page_says_which(client, make, ani):
    here = make.event("Kegiatan di sini")
    enrolment = make.enrolment(make.event("Kegiatan di sana"), ani)

    client.post_form("/masuk", {"code": make.code(enrolment), "event": here.code})

    assert "Kode Anda milik kegiatan lain: Kegiatan di sana." in client.get("/").text


def test_page_asks_for_a_growing_wait_but_a_right_code_still_gets_in(client, make, ani):
    enrolment = make.enrolment(user=ani)
    for _ in range(15):
        reply = client.post_form("/masuk", {"code": "K7P2QX4M"})

    assert "Tunggu 5 detik" in reply.text
    assert client.post_form("/masuk", {"code": make.code(enrolment)}).status_code == 303


def test_code_of_an_event_long_over_is_refused_with_its_name(client, make, ani):
    over = make.event(
        "Kegiatan lama",
        starts_at=make.now - timedelta(days=200),
        ends_at=make.now - timedelta(days=199),
    )
    enrolment = make.enrolment(over, ani)

    reply = client.post_form("/masuk", {"code": make.code(enrolment)})

    assert reply.status_code == 409
    assert "Kegiatan lama" in reply.text


def test_join_page_names_the_event_and_sets_nothing(client, make):
    event = make.event("Sosialisasi Loa Janan")

    reply = client.get(f"/g/{event.code.lower()}")

    assert "Sosialisasi Loa Janan" in reply.text
    assert client.get("/data-saya").status_code == 302


def test_card_logs_in_without_writing_anything(client, make, ani, session):
    enrolment = make.enrolment(user=ani)

    reply = client.get(f"/k/{make.token(enrolment)}")

    assert (reply.status_code, reply.location) == (303, "/")
    assert "Ani Lestari" in client.get("/").text
    assert make.fresh(enrolment).checked_in_at is None


def test_card_of_somebody_else_asks_before_changing_person(client_for, make, ani, budi):
    event = make.event()
    browser = client_for(make.enrolment(event, ani))
    card = f"/k/{make.token(make.enrolment(event, budi))}"

    page = browser.get(card)

    assert "Ganti ke Budi Hartono?" in page.text
    assert "Ani Lestari" in browser.get("/").text
    browser.post_form(card)
    assert "Budi Hartono" in browser.get("/").text


def test_card_never_replaces_a_staff_session_by_itself(client_for, make, citra, ani):
    browser = client_for(citra)
    card = f"/k/{make.token(make.enrolment(user=ani))}"

    page = browser.get(card)

    assert "Kini Anda masuk sebagai" in page.text
    assert "Citra Ningsih" in page.text


def test_card_session_of_an_admin_has_participant_rights_only(client_for, make, eka):
    browser = client_for(make.enrolment(user=eka))

    reply = browser.get("/orang")

    assert reply.status_code == 403


def test_reissued_card_ends_the_old_card_and_its_sessions(client, client_for, make, ani):
    enrolment = make.enrolment(user=ani)
    browser = client_for(enrolment)
    old = make.token(enrolment)
    enrolment.issue, enrolment.token_index = 2, "x" * 64
    make.session.commit()

    assert client.get(f"/k/{old}").status_code == 404
    assert browser.get("/data-saya").status_code == 302


def test_logging_out_forgets_the_person(client_for, make, ani):
    browser = client_for(make.enrolment(user=ani))

    browser.post_form("/keluar")

    assert browser.get("/data-saya").location == "/masuk?lanjut=/data-saya"


def test_get_of_log_out_does_nothing(client_for, make, ani):
    browser = client_for(make.enrolment(user=ani))

    browser.get("/keluar")

    assert browser.get("/data-saya").status_code == 200


def test_form_without_token_is_refused_with_words(client):
    reply = client.post("/masuk", data={"code": "K7P2QX4M"})

    assert reply.status_code == 400
    assert "formulir" in reply.text.lower()


@pytest.mark.parametrize("onward", ["https://jahat.example/", "//jahat.example", "/\\jahat"])
def test_onward_address_stays_inside(client, make, ani, onward):
    enrolment = make.enrolment(user=ani)

    reply = client.post_form("/masuk", {"code": make.code(enrolment), "onward": onward})

    assert reply.location == "/"


def test_a_hall_behind_one_address_gets_in_while_somebody_guesses(app, make, citra, dewi):
    event = make.event()
    codes = [make.code(make.enrolment(event)) for _ in range(50)]

    def by_code(code: str) -> int:
        return app.test_client().post_form("/masuk", {"code": code}).status_code

    def by_password(username: str) -> int:
        data = {"username": username, "password": PASSWORD}
        return app.test_client().post_form("/masuk/petugas", data).status_code

    def guess(number: int) -> int:
        client = app.test_client()
        client.post_form("/masuk/petugas", {"username": "citra", "password": f"tebakan {number}"})
        return client.post_form("/masuk", {"code": f"{number:04}QX4M"}).status_code

    with ThreadPoolExecutor(8) as pool:
        guesses = [pool.submit(guess, number) for number in range(60)]
        people = [pool.submit(by_code, code) for code in codes]
        staff = [pool.submit(by_password, name) for name in ("citra", "dewi")]

    assert {entered.result() for entered in people} == {303}
    assert {entered.result() for entered in staff} == {303}
    assert {tried.result() for tried in guesses} == {400}


def test_staff_pages_say_so_after_a_hundred_wrong_codes(client_for, make, session, citra):
    session.add_all(Failure(kind="code", key="", at=make.now) for _ in range(100))
    session.commit()

    page = client_for(citra).get("/kegiatan")

    assert "100 kode peserta keliru dalam 10 menit terakhir" in page.text


def test_old_failures_are_forgotten(client, make, session):
    session.add(Failure(kind="code", key="", at=make.now - timedelta(hours=2)))
    session.commit()

    client.post_form("/masuk", {"code": "K7P2QX4M"})

    assert session.scalar(select(func.count()).select_from(Failure)) == 1
