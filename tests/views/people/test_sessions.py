"""Sessions end where they are said to end: on the server, after a while, and with the person."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from quiz.actions.people.accounts import make_link
from quiz.models import AuditEntry, EndedSession
from quiz.web.identity import STAFF_IDLE, STAFF_SESSION
from tests.factories import PASSWORD

HALF = STAFF_IDLE / 2
NEW = "kuda laut berenang"


@pytest.fixture
def set_clock(make):
    """``set_clock(moment)``: what the server takes for now."""
    with time_machine.travel(make.now, tick=False) as travelling:
        yield travelling.move_to


def copied(app, browser):
    """Another browser with a copy of this one's cookie."""
    other = app.test_client()
    other.set_cookie("session", browser.get_cookie("session").value)
    return other


@pytest.mark.parametrize("who", ["ani", "citra"])
def test_a_copied_cookie_opens_nothing_after_leaving(app, client_for, make, request, who):
    person = request.getfixturevalue(who)
    browser = client_for(make.enrolment(user=person) if who == "ani" else person)
    thief = copied(app, browser)
    assert thief.get("/data-saya").status_code == 200

    browser.post_form("/keluar")

    assert thief.get("/data-saya").status_code == 302
    assert thief.post_form("/keluar").status_code == 303


def test_leaving_ends_this_session_only(client_for, make, ani):
    enrolment = make.enrolment(user=ani)
    here, there = client_for(enrolment), client_for(enrolment)

    here.post_form("/keluar")

    assert there.get("/data-saya").status_code == 200


def test_a_session_replaced_by_another_persons_is_ended(app, client_for, make, ani, budi):
    event = make.event()
    browser = client_for(make.enrolment(event, ani))
    thief = copied(app, browser)

    browser.post_form(f"/k/{make.token(make.enrolment(event, budi))}")

    assert thief.get("/data-saya").status_code == 302


def test_a_session_without_a_name_of_its_own_is_none(client_for, make, ani, citra):
    for person in (make.enrolment(user=ani), citra):
        browser = client_for(person)
        with browser.session_transaction() as held:
            del held["sid"]

        assert browser.get("/data-saya").status_code == 302


def test_ended_sessions_are_remembered_as_long_as_a_cookie_lives(client_for, make, ani, session):
    session.add_all(
        EndedSession(sid=str(days), ended_at=make.now - timedelta(days=days)) for days in (29, 31)
    )
    session.commit()

    client_for(make.enrolment(user=ani)).post_form("/keluar")

    remembered = session.scalars(select(EndedSession.sid)).all()
    assert {"29", "31"}.intersection(remembered) == {"29"}


def test_staff_are_asked_again_after_an_idle_hour_and_after_half_a_day(
    client_for, make, citra, set_clock
):
    browser = client_for(citra)
    now = make.now
    while now - make.now < STAFF_SESSION - HALF:
        now += HALF
        set_clock(now)
        assert browser.get("/kegiatan").status_code == 200

    set_clock(now + STAFF_IDLE + timedelta(seconds=1))
    assert browser.get("/kegiatan").status_code == 302

    set_clock(make.now + STAFF_SESSION + timedelta(seconds=1))
    assert browser.get("/kegiatan").status_code == 302


def test_a_participant_is_not_asked_again_in_a_long_sitting(client_for, make, ani, set_clock):
    browser = client_for(make.enrolment(user=ani))

    set_clock(make.now + timedelta(hours=30))

    assert browser.get("/data-saya").status_code == 200


@pytest.mark.parametrize("back", [timedelta(minutes=5), timedelta(days=400)])
def test_a_clock_set_back_logs_nobody_out(client_for, make, ani, citra, set_clock, back):
    participant, officer = client_for(make.enrolment(user=ani)), client_for(citra)

    set_clock(make.now - back)

    assert participant.get("/data-saya").status_code == 200
    assert officer.get("/data-saya").status_code == 200


def test_a_clock_set_back_revives_no_session_and_no_address(
    app, client, client_for, make, citra, eka, set_clock
):
    long_ago = make.now - timedelta(days=4)
    set_clock(long_ago)
    browser = app.test_client()
    browser.post_form("/masuk/petugas", {"username": "citra", "password": PASSWORD})
    assert browser.get("/kegiatan").status_code == 200
    token = make_link(make.session, citra, long_ago)
    make.session.commit()
    set_clock(make.now)
    client_for(eka).get("/audit")

    set_clock(long_ago)

    assert browser.get("/kegiatan").status_code == 302
    assert client.get(f"/sandi/{token}").status_code == 404


def test_a_disabled_person_enters_neither_by_card_nor_code_and_is_out(
    client, client_for, make, ani, eka
):
    enrolment = make.enrolment(user=ani)
    browser = client_for(enrolment)
    client_for(eka).post_form(f"/orang/{ani.uid}/nonaktif")

    assert browser.get("/data-saya").status_code == 302
    assert client.get(f"/k/{make.token(enrolment)}").status_code == 404
    assert client.post_form("/masuk", {"code": make.code(enrolment)}).status_code == 400

    client_for(eka).post_form(f"/orang/{ani.uid}/aktif")
    assert client.get(f"/k/{make.token(enrolment)}").status_code == 303


# The person's own password


def test_everybody_with_a_password_changes_it_and_other_browsers_are_out(app, client_for, citra):
    here, there = client_for(citra), client_for(citra)
    assert "Kata sandi sekarang" in here.get("/sandi").text

    reply = here.post_form("/sandi", {"old": PASSWORD, "password": NEW, "again": NEW})

    assert (reply.status_code, reply.location) == (303, "/")
    assert here.get("/kegiatan").status_code == 200
    assert there.get("/kegiatan").status_code == 302
    entered = app.test_client().post_form(
        "/masuk/petugas", {"username": "citra", "password": "kuda laut berenang"}
    )
    assert entered.status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        (
            "bukan ini sandinya",
            "kuda laut berenang",
            "kuda laut berenang",
            "Kata sandi ini keliru.",
        ),
        (PASSWORD, "Citra Ningsih", "Citra Ningsih", "hampir hanya nama Anda"),
        (PASSWORD, "kesbangpol2024", "kesbangpol2024", "hampir hanya nama Anda"),
        (PASSWORD, "1234567890", "1234567890", "pola"),
        (PASSWORD, NEW, "kuda laut", "belum sama"),
    ],
)
def test_a_password_that_cannot_be_changed_so_says_why(client_for, citra, old, new, again, words):
    browser = client_for(citra)

    reply = browser.post_form("/sandi", {"old": old, "password": new, "again": again})

    assert reply.status_code == 400
    assert words in reply.text
    assert browser.get("/kegiatan").status_code == 200


def test_who_came_by_card_has_no_password_to_change(client_for, make, citra):
    browser = client_for(make.enrolment(user=citra))

    assert browser.get("/sandi").status_code == 403
    assert browser.post_form("/sandi", {"old": PASSWORD}).status_code == 403


def test_a_stolen_session_does_not_guess_the_old_password_without_end(client_for, citra):
    browser = client_for(citra)
    data = {"old": "tebakan lain", "password": NEW, "again": NEW}

    statuses = [browser.post_form("/sandi", data).status_code for _ in range(21)]

    assert statuses == [400] * 20 + [429]
    assert browser.post_form("/sandi", data | {"old": PASSWORD}).status_code == 429


def test_a_known_browser_does_not_guess_without_end(app, client, citra):
    client.post_form("/masuk/petugas", {"username": "citra", "password": PASSWORD})
    client.post_form("/keluar")

    def guess(browser, password="tebakan lain"):
        return browser.post_form(
            "/masuk/petugas", {"username": "citra", "password": password}
        ).status_code

    assert [guess(client) for _ in range(21)] == [400] * 20 + [429]
    assert guess(client, PASSWORD) == 429
    assert guess(app.test_client(), PASSWORD) == 303


@pytest.mark.parametrize("username", ["citra", "tiada", "belum", "nonaktif"])
def test_each_user_name_costs_one_hash_and_as_many_queries(
    client, make, citra, monkeypatch, count_queries, username
):
    from quiz.actions.people import accounts

    make.user("Belum Sandi", username="belum", password_hash=None)
    make.user("Sudah Pergi", username="nonaktif", disabled_at=make.now)
    work = []

    class Counting:
        def hash(self, text):
            work.append("hash")

        def verify(self, stored, text):
            work.append("verify")
            raise accounts.VerificationError

    client.get("/masuk/petugas")
    monkeypatch.setattr(accounts, "hasher", Counting())
    data = {"username": username, "password": "bukan ini sandinya"}

    queries = count_queries(lambda: client.post_form("/masuk/petugas", data))

    assert work == ["verify"]
    assert queries == count_queries(
        lambda: client.post_form("/masuk/petugas", data | {"username": "siapa pun"})
    )


def test_the_decoy_costs_what_a_password_costs():
    from argon2 import extract_parameters

    from quiz.actions.people.accounts import COST, DECOY

    assert extract_parameters(DECOY) == COST


# Everywhere, and at once


def sid_of(browser):
    with browser.session_transaction() as held:
        return held.get("sid"), held.get("csrf_token")


@pytest.mark.parametrize("way", ["password", "code", "card", "switch", "own password", "leave"])
def test_no_name_or_token_of_a_session_outlives_a_change_of_who_it_is(
    app, client_for, make, ani, budi, citra, way
):
    event = make.event()
    mine, other = make.enrolment(event, ani), make.enrolment(event, budi)
    browser = client_for(citra if way == "own password" else mine)
    if way == "card":
        browser = app.test_client()
    browser.get("/tentang")
    with browser.session_transaction() as held:
        held["planted"] = "benih"
        held.setdefault("csrf_token", "token yang ditanam")
    before = sid_of(browser)

    if way == "password":
        browser.post_form("/masuk/petugas", {"username": "citra", "password": PASSWORD})
    elif way == "code":
        browser.post_form("/masuk", {"code": make.code(other)})
    elif way == "card":
        browser.get(f"/k/{make.token(other)}")
    elif way == "switch":
        browser.post_form(f"/k/{make.token(other)}")
    elif way == "leave":
        browser.post_form("/keluar")
    else:
        browser.post_form("/sandi", {"old": PASSWORD, "password": NEW, "again": NEW})

    after = sid_of(browser)
    assert not set(before) & set(after) - {None}
    with browser.session_transaction() as held:
        assert "planted" not in held


def test_own_button_ends_the_other_browsers_of_staff_and_keeps_this_one(
    app, client_for, citra, session
):
    here, there = client_for(citra), client_for(citra)
    thief = copied(app, here)

    reply = here.post_form("/akun/keluarkan")

    assert (reply.status_code, reply.location) == (303, "/akun")
    assert here.get("/kegiatan").status_code == 200
    assert there.get("/kegiatan").status_code == 302
    assert thief.get("/kegiatan").status_code == 302
    assert said(session)[-1] == "sessions_ended"


def test_own_button_ends_the_other_phones_of_a_participant_and_the_card_works_on(
    app, client_for, make, ani, budi
):
    event = make.event()
    mine, neighbour = make.enrolment(event, ani), make.enrolment(event, budi)
    here, there, theirs = client_for(mine), client_for(mine), client_for(neighbour)
    hall = {"REMOTE_ADDR": "192.168.8.31"}

    reply = here.post_form("/akun/keluarkan", environ_overrides=hall)

    assert reply.location == "/data-saya"
    assert here.get("/data-saya").status_code == 200
    assert there.get("/data-saya").status_code == 302
    assert theirs.get("/data-saya").status_code == 200
    assert there.get(f"/k/{make.token(mine)}").location == "/"
    assert there.get("/data-saya").status_code == 200


def test_other_phones_of_a_merged_person_are_out_by_either_card(client_for, make, ani, budi):
    event = make.event()
    kept, merged = make.enrolment(event, ani), make.enrolment(event, budi)
    merged.merged_into, merged.removed_at = kept, make.now
    make.session.commit()
    here, there = client_for(merged), client_for(kept)

    here.post_form("/akun/keluarkan")

    assert here.get("/data-saya").status_code == 200
    assert there.get("/data-saya").status_code == 302


def test_a_session_of_before_the_button_was_there_goes_on(client_for, make, ani):
    browser = client_for(make.enrolment(user=ani))
    with browser.session_transaction() as held:
        del held["epoch"]

    assert browser.get("/data-saya").status_code == 200


def test_a_role_taken_or_given_holds_at_the_next_request(client_for, make, citra, eka):
    browser, admin = client_for(citra), client_for(eka)
    assert browser.get("/kegiatan").status_code == 200

    admin.post_form(f"/orang/{citra.uid}", {"role": "narasumber", "unit": 0})
    assert browser.get("/kegiatan").status_code == 403
    assert browser.get("/soal").status_code == 200

    admin.post_form(f"/orang/{citra.uid}/nonaktif")
    assert browser.get("/soal").status_code == 302


# What is said of it


def said(session):
    return session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()


def test_failures_entries_refusals_and_readings_leave_a_line(
    app, client, client_for, make, ani, citra, eka, session
):
    enrolment = make.enrolment(user=ani)
    client.post_form("/masuk/petugas", {"username": "citra", "password": "bukan ini sandinya"})
    client.post_form("/masuk/petugas", {"username": "tiada", "password": "bukan ini sandinya"})
    client.post_form("/masuk", {"code": "K7P2QX4M"})
    client.post_form("/masuk", {"code": make.code(enrolment)})
    client.get("/orang")
    client.get("/orang")
    app.test_client().get(f"/k/{make.token(enrolment)}", follow_redirects=True)
    app.test_client().post_form(f"/k/{make.token(enrolment)}")
    reader = client_for(eka)
    reader.get("/audit")
    reader.get("/audit?halaman=2")

    assert said(session) == [
        *("login_failed", "login_failed", "code_refused", "entered_by_code", "refused"),
        *("entered_by_card", "entered_by_card", "audit_read"),
    ]
    page = reader.get("/audit").text
    assert "Tidak dikenal" in page
    assert PASSWORD not in page and "tiada" not in page


def test_a_card_looked_at_by_a_preview_leaves_no_line(client, make, ani, session):
    client.get(f"/k/{make.token(make.enrolment(user=ani))}")

    assert said(session) == []


def test_a_guesser_does_not_fill_the_log(client, make, session, monkeypatch):
    from quiz.actions.people import failing

    monkeypatch.setattr(failing, "MOST_LINES", 3)
    for _ in range(5):
        client.post_form("/masuk", {"code": "K7P2QX4M"})

    assert said(session) == ["code_refused"] * 3


def test_a_refusal_undoes_what_the_request_began(client_for, make, ani):
    browser = client_for(make.enrolment(user=ani))

    assert browser.post_form("/unit/tambah", {"name": "Unit Baru"}).status_code == 403
    assert browser.get("/data-saya").status_code == 200


# A card's address


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"},
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Site": "none", "Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_another_site_logs_nobody_in_unasked(client, make, ani, headers):
    card = f"/k/{make.token(make.enrolment(user=ani))}"

    page = client.get(card, headers=headers)

    assert "Masuk sebagai Ani Lestari?" in page.text
    assert client.get("/data-saya").status_code == 302
    assert client.post_form(card).status_code == 303
    assert client.get("/data-saya").status_code == 200


def test_a_card_scanned_again_keeps_the_session(client, make, ani):
    card = f"/k/{make.token(make.enrolment(user=ani))}"
    client.get(card)
    with client.session_transaction() as held:
        sid = held["sid"]

    client.get(card)

    with client.session_transaction() as held:
        assert held["sid"] == sid
