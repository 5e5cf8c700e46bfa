"""Staff entrance, one-time addresses, and where passwords are taken at all."""

from datetime import timedelta

import lxml.html
import time_machine
from sqlalchemy import select

from quiz.actions.people.accounts import make_link
from quiz.models import Failure, OneTimeLink, User
from quiz.queries.people.entering import PASSWORD_LIMIT
from tests.factories import PASSWORD

NEW = "empat kata yang panjang"


def log_in(client, username="citra", password=PASSWORD, **kwargs):
    data = {"username": username, "password": password}
    return client.post_form("/masuk/petugas", data, **kwargs)


def link_for(session, user, now):
    token = make_link(session, user, now)
    session.commit()
    return token


def test_right_password_opens_staff_work(client, citra):
    reply = log_in(client, "CITRA")

    assert (reply.status_code, reply.location) == (303, "/")
    assert client.get("/").location == "/kegiatan"


def test_a_long_password_is_taken_whole_and_for_good(app, client, make, session, citra):
    long = "kuda laut berenang " * 6 + "sendiri"
    token = link_for(session, citra, make.now)
    client.post_form(f"/sandi/{token}", {"password": long, "again": long})
    browser = app.test_client()

    with time_machine.travel(make.now + timedelta(days=2000), tick=False):
        cut = log_in(browser, password=long[:-1])
        whole = log_in(browser, password=long)

    assert (cut.status_code, whole.status_code) == (400, 303)


def test_typed_passwords_are_hidden_and_may_be_pasted(client, session, make, citra):
    page = lxml.html.fromstring(client.get("/masuk/petugas").text)
    setting = lxml.html.fromstring(client.get(f"/sandi/{link_for(session, citra, make.now)}").text)

    fields = [*page.xpath("//input[@name='password']"), *setting.xpath("//input[@name='password']")]

    assert [field.get("type") for field in fields] == ["password", "password"]
    assert [name for field in fields for name in field.attrib if name.startswith("on")] == []


def test_wrong_password_and_unknown_name_get_the_same_words(client, citra):
    wrong = log_in(client, password="bukan ini sandinya")
    unknown = log_in(client, username="siapa")

    assert wrong.status_code == unknown.status_code == 400
    words = "Nama pengguna atau kata sandi keliru."
    assert words in wrong.text
    assert words in unknown.text


def test_disabled_account_is_refused(client, make, citra, session):
    citra.disable(make.now)
    session.commit()

    assert log_in(client).status_code == 400


def test_account_takes_no_more_guesses_but_its_own_browser_gets_in(app, client, make, citra):
    log_in(client)
    make.session.add_all(
        Failure(kind="password", key="citra", at=make.now) for _ in range(PASSWORD_LIMIT)
    )
    make.session.commit()

    assert log_in(app.test_client()).status_code == 429
    assert log_in(client).status_code == 303


def test_password_over_plain_http_is_taken_only_from_the_machine_itself(client, citra):
    hall = {"base_url": "http://192.168.8.2:8000"}
    from_hall = {"REMOTE_ADDR": "192.168.8.31"}

    page = client.get("/masuk/petugas", environ_overrides=from_hall, **hall)

    assert page.status_code == 403
    assert "http://127.0.0.1" in page.text


def test_staff_session_from_the_hall_is_refused_over_plain_http(client_for, citra):
    browser = client_for(citra)

    reply = browser.get("/kegiatan", environ_overrides={"REMOTE_ADDR": "192.168.8.31"})

    assert reply.status_code == 403


def test_forwarding_header_means_it_is_not_the_machine_itself(client, citra):
    reply = client.get("/masuk/petugas", headers={"X-Forwarded-For": "127.0.0.1"})

    assert reply.status_code == 403


def test_foreign_host_name_on_loopback_is_refused(client):
    reply = client.get("/masuk/petugas", base_url="http://jahat.example")

    assert reply.status_code == 403


def test_https_opens_staff_work_anywhere(client, citra):
    reply = client.get(
        "/masuk/petugas",
        base_url="https://kuis.example",
        environ_overrides={"REMOTE_ADDR": "203.0.113.9"},
    )

    assert reply.status_code == 200


def test_logging_out_everywhere_ends_other_browsers(client_for, make, citra):
    browser = client_for(citra)
    citra.log_out_everywhere()
    make.session.commit()

    assert browser.get("/kegiatan").status_code == 302


def test_one_time_address_sets_a_password_once(client, session, make, citra):
    address = f"/sandi/{link_for(session, citra, make.now)}"

    reply = client.post_form(address, {"password": NEW, "again": NEW})

    assert (reply.status_code, reply.location) == (303, "/")
    assert client.get(address).status_code == 404
    assert log_in(client, password=NEW).status_code == 303


def test_expired_one_time_address_says_what_to_do(client, session, make, citra):
    token = link_for(session, citra, make.now - timedelta(hours=73))

    reply = client.get(f"/sandi/{token}")

    assert reply.status_code == 404
    assert "Minta yang baru kepada admin" in " ".join(reply.text.split())


def test_short_password_is_refused_with_the_rule(client, session, make, citra):
    token = link_for(session, citra, make.now)

    reply = client.post_form(f"/sandi/{token}", {"password": "pendek", "again": "pendek"})

    assert reply.status_code == 400
    assert "paling sedikit 10 karakter" in reply.text


def test_first_admin_is_made_by_the_one_time_address_and_only_once(client, session, make):
    address = f"/awal/{link_for(session, None, make.now)}"
    data = {"name": "Eka Wulandari", "username": "eka", "password": NEW, "again": NEW}

    reply = client.post_form(address, data)

    assert reply.status_code == 303
    assert session.scalars(select(User.role)).all() == ["admin"]
    assert client.get(address).status_code == 404


def test_first_admin_address_stops_working_once_there_is_an_admin(client, session, make, eka):
    address = f"/awal/{link_for(session, None, make.now)}"

    assert client.get(address).status_code == 404


def test_only_the_digest_of_a_one_time_token_is_stored(session, make, citra):
    token = link_for(session, citra, make.now)

    stored = session.scalars(select(OneTimeLink)).one()

    assert token not in {stored.token_digest, str(stored.__dict__)}
