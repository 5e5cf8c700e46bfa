"""The second step of one's own account, the login that asks for it, and who may take it off."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from quiz.actions.people.accounts import make_link
from quiz.models import AuditEntry, Event, Setting
from quiz.models.people.settings import DEMO_KEY
from quiz.queries.people.entering import SECOND_STEP_LIMIT
from quiz.web.identity import HALF_SESSION
from tests.factories import PASSWORD
from tests.reading import stored
from tests.second_steps import App, codes_on, give_password, set_up
from tests.web.test_held import FORM, Fields

STEP = timedelta(seconds=30)
NEW = "kuda laut berenang"
OFF, RENEW = "/akun/dua-langkah/lepas", "/akun/dua-langkah/kode-pemulihan"


@pytest.fixture
def set_clock(make):
    """``set_clock(moment)``: what the server takes for now."""
    with time_machine.travel(make.now, tick=False) as travelling:
        yield travelling.move_to


@pytest.fixture
def secured(client_for, citra, make, set_clock):
    """Citra's app and recovery codes, set up in a browser of her own half an hour ago."""
    set_clock(make.now - timedelta(minutes=30))
    made = set_up(client_for(citra), make.now - timedelta(minutes=30))
    set_clock(make.now)
    make.session.expire_all()
    return made


def said(session):
    session.commit()  # what others have committed since
    return session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()


# Logging in


def test_password_alone_opens_nothing_and_the_digits_lead_on(client, secured, make, session):
    app, _ = secured

    asked = give_password(client, onward="/unit")
    half = {address: client.get(address).status_code for address in ("/unit", "/akun", "/orang")}
    page = client.get(asked)
    reply = client.post_form("/masuk/kode", {"digits": app.digits(make.now), "onward": "/unit"})

    assert asked == "/masuk/kode?lanjut=/unit"
    assert set(half.values()) == {302}
    assert 'value="/unit"' in page.text
    assert (reply.status_code, reply.location) == (303, "/unit")
    assert client.get("/unit").status_code == 200
    assert said(session)[-2:] == ["login_begun", "login"]


def test_digits_that_let_somebody_in_let_nobody_in_again(app, client, secured, make):
    phone, _ = secured
    other = app.test_client()
    for browser in (client, other):
        give_password(browser)
    typed = {"digits": phone.digits(make.now)}

    assert client.post_form("/masuk/kode", typed).status_code == 303
    again = other.post_form("/masuk/kode", typed)

    assert again.status_code == 400
    assert "sudah dipakai" in again.text
    assert other.get("/kegiatan").status_code == 302


def test_recovery_code_lets_in_once_and_tells_how_many_are_left(app, client, secured, session):
    _, codes = secured
    other = app.test_client()
    for browser in (client, other):
        give_password(browser)

    first = client.post_form("/masuk/kode", {"digits": "", "recovery": codes[0].lower()})
    second = other.post_form("/masuk/kode", {"digits": "", "recovery": codes[0]})

    assert (first.status_code, second.status_code) == (303, 400)
    assert "Sisa kode pemulihan Anda: 9." in client.get("/kegiatan").text
    assert "sudah pernah dipakai" in second.text
    assert "recovery_code_used" in said(session)


def test_guesses_are_counted_by_account_and_its_own_browser_is_let_in(app, client, secured, make):
    phone, _ = secured
    give_password(client)
    client.post_form("/masuk/kode", {"digits": phone.digits(make.now - STEP)})
    client.post_form("/keluar")
    guesser, stranger = app.test_client(), app.test_client()
    for browser in (guesser, stranger, client):
        give_password(browser)

    statuses = [
        guesser.post_form("/masuk/kode", {"digits": "000000"}).status_code
        for _ in range(SECOND_STEP_LIMIT + 1)
    ]
    right = {"digits": phone.digits(make.now)}

    assert statuses == [400] * SECOND_STEP_LIMIT + [429]
    assert stranger.post_form("/masuk/kode", right).status_code == 429
    assert client.post_form("/masuk/kode", right).status_code == 303


def test_half_a_login_ends_after_ten_minutes(client, secured, make, set_clock):
    app, _ = secured
    give_password(client)
    later = make.now + HALF_SESSION + timedelta(seconds=1)
    set_clock(later)

    reply = client.post_form("/masuk/kode", {"digits": app.digits(later)})

    assert reply.location == "/masuk/petugas"
    assert "paling lama 10 menit" in client.get("/masuk/petugas").text
    assert client.get("/kegiatan").status_code == 302


@pytest.mark.parametrize("how", ["password", "disabled", "taken off", "left"])
def test_half_a_login_ends_with_what_it_rests_on(app, client, client_for, secured, citra, eka, how):
    give_password(client)
    thief = app.test_client()
    thief.set_cookie("session", client.get_cookie("session").value)
    admin = client_for(eka)
    if how == "password":
        token = make_link_of(citra, admin)
        app.test_client().post_form(f"/sandi/{token}", {"password": NEW, "again": NEW})
    elif how == "left":
        client.post_form("/keluar")
    else:
        admin.post_form(f"/orang/{citra.uid}/{'nonaktif' if how == 'disabled' else 'dua-langkah'}")

    assert thief.get("/masuk/kode").location == "/masuk/petugas"


def make_link_of(user, admin):
    page = admin.post_form(f"/orang/{user.uid}/alamat").text
    return page.split("/sandi/")[1].split('"')[0]


def test_copied_half_of_a_login_ends_when_it_is_whole(app, client, secured, make):
    phone, _ = secured
    give_password(client)
    thief = app.test_client()
    thief.set_cookie("session", client.get_cookie("session").value)

    client.post_form("/masuk/kode", {"digits": phone.digits(make.now)})

    assert thief.get("/masuk/kode").location == "/masuk/petugas"


def test_one_time_address_does_not_go_round_the_second_step(client, secured, make, citra):
    app, _ = secured
    token = make_link(make.session, citra, make.now)
    make.session.commit()

    reply = client.post_form(f"/sandi/{token}", {"password": NEW, "again": NEW})

    assert reply.location == "/masuk/kode?lanjut=/"
    assert client.get("/kegiatan").status_code == 302
    client.post_form("/masuk/kode", {"digits": app.digits(make.now)})
    assert client.get("/kegiatan").status_code == 200


def test_page_of_digits_without_a_password_leads_to_the_entrance(client, secured):
    for address in ("/masuk/kode", "/masuk/pasang"):
        assert client.get(address).location == "/masuk/petugas"
        assert client.post_form(address, {"digits": "123456"}).location == "/masuk/petugas"


def test_second_step_is_taken_only_where_passwords_are(client, secured):
    hall = {
        "base_url": "http://192.168.8.2:8000",
        "environ_overrides": {"REMOTE_ADDR": "192.168.8.31"},
    }

    assert client.get("/masuk/kode", **hall).status_code == 403
    assert client.get("/masuk/pasang", **hall).status_code == 403


# One's own account


def test_setting_up_asks_for_digits_and_password_and_ends_other_sessions(
    client_for, citra, make, set_clock, session
):
    here, there = client_for(citra), client_for(citra)
    address = "/akun/dua-langkah/pasang"
    app = App(here.get(address).text)
    digits = app.digits(make.now)

    wrong = here.post_form(address, {"digits": "000000", "password": PASSWORD})
    thief = here.post_form(address, {"digits": digits, "password": "bukan ini sandinya"})
    page = here.post_form(address, {"digits": digits, "password": PASSWORD})

    assert (wrong.status_code, thief.status_code, page.status_code) == (400, 400, 200)
    assert App(wrong.text).totp.secret == app.totp.secret
    assert len(set(codes_on(page.text))) == 10
    assert here.get("/kegiatan").status_code == 200
    assert there.get("/kegiatan").status_code == 302
    assert "10 dari 10" in here.get("/akun").text
    assert here.get(address).location == "/akun"
    assert said(session)[-1] == "second_step_set"


def test_each_set_up_has_a_secret_of_its_own_and_it_is_never_shown_again(
    client_for, citra, budi_with_account, make, set_clock
):
    first, second = client_for(citra), client_for(budi_with_account)
    address = "/akun/dua-langkah/pasang"
    app, other = App(first.get(address).text), App(second.get(address).text)
    first.post_form(address, {"digits": app.digits(make.now), "password": PASSWORD})

    pages = [first.get(page).text for page in ("/akun", OFF, RENEW)]

    assert app.totp.secret != other.totp.secret
    assert [page for page in pages if app.totp.secret[:4] in page] == []


@pytest.fixture
def budi_with_account(make):
    return make.user("Budi Hartono", username="budi", role="petugas")


@pytest.mark.parametrize("address", [OFF, RENEW])
def test_what_changes_the_second_step_asks_for_password_and_code(
    client_for, citra, secured, make, address
):
    app, _ = secured
    make.session.refresh(citra)
    browser = client_for(citra)

    without_code = browser.post_form(address, {"password": PASSWORD, "digits": "", "recovery": ""})
    without_password = browser.post_form(
        address, {"password": "bukan ini sandinya", "digits": app.digits(make.now)}
    )

    assert (without_code.status_code, without_password.status_code) == (400, 400)
    assert "10 dari 10" in browser.get("/akun").text


def test_taking_off_by_digits_or_recovery_code(client, client_for, citra, secured, make, session):
    _, codes = secured
    make.session.refresh(citra)
    here, there = client_for(citra), client_for(citra)

    reply = here.post_form(OFF, {"password": PASSWORD, "digits": "", "recovery": codes[3]})

    assert (reply.status_code, reply.location) == (303, "/akun")
    assert "Tidak terpasang" in here.get("/akun").text
    assert there.get("/kegiatan").status_code == 302
    assert give_password(client) == "/"
    assert said(session)[-3:] == ["recovery_code_used", "second_step_taken_off", "login"]


def test_new_recovery_codes_replace_the_old(app, client, client_for, citra, secured, make):
    phone, codes = secured
    make.session.refresh(citra)
    browser = client_for(citra)

    page = browser.post_form(RENEW, {"password": PASSWORD, "digits": phone.digits(make.now)})
    new = codes_on(page.text)
    give_password(client)

    assert len(new) == 10 and not set(new) & set(codes)
    assert client.post_form("/masuk/kode", {"recovery": codes[0]}).status_code == 400
    assert client.post_form("/masuk/kode", {"recovery": new[0]}).status_code == 303


def test_cards_have_no_account(client_for, make, ani):
    card = client_for(make.enrolment(user=ani))

    own = ["/akun", "/akun/dua-langkah/pasang", OFF, RENEW]
    assert [card.get(address).status_code for address in own] == [403] * 4


def test_demonstration_has_no_second_step(client_for, make, citra):
    make.session.add(Setting(key=DEMO_KEY, value="{}"))
    make.session.commit()
    browser = client_for(citra)
    page = browser.get("/akun")
    assert "dua-langkah/pasang" not in page.text
    assert browser.get("/akun/dua-langkah/pasang").status_code == 409


def test_pages_of_a_second_step_that_is_not_there_say_so(client_for, citra):
    browser = client_for(citra)

    assert [browser.get(address).status_code for address in (OFF, RENEW)] == [409, 409]
    assert [browser.post_form(address).status_code for address in (OFF, RENEW)] == [409, 409]


# The admin


def test_admin_takes_it_off_somebody_who_lost_the_phone(
    client, client_for, citra, eka, secured, make, session
):
    make.session.refresh(citra)
    hers, admin = client_for(citra), client_for(eka)
    assert "sisa 10 kode pemulihan" in admin.get(f"/orang/{citra.uid}").text
    assert "telepon nomor yang Anda kenal" in admin.get(f"/orang/{citra.uid}/dua-langkah").text

    reply = admin.post_form(f"/orang/{citra.uid}/dua-langkah")

    assert reply.status_code == 303
    assert hers.get("/kegiatan").status_code == 302
    assert give_password(client) == "/"
    assert "second_step_taken_off" in said(session)
    assert admin.post_form(f"/orang/{citra.uid}/dua-langkah").status_code == 409


def test_admin_takes_off_their_own_with_password_and_code_only(client_for, eka, make, set_clock):
    admin = client_for(eka)
    set_up(admin, make.now)

    assert admin.post_form(f"/orang/{eka.uid}/dua-langkah").status_code == 409


def test_nobody_else_takes_it_off(client_for, citra, dewi, secured):
    assert client_for(dewi).post_form(f"/orang/{citra.uid}/dua-langkah").status_code == 403


# A form that was being typed when the session ended


def test_form_is_kept_through_digits_that_were_wrong_and_a_login_that_was_late(
    client_for, citra, secured, make, set_clock
):
    app, _ = secured
    make.session.refresh(citra)
    browser = client_for(citra)
    set_clock(make.now + timedelta(hours=2))
    entrance = browser.post_form("/kegiatan/baru", FORM)
    login = {"username": "citra", "password": PASSWORD}
    later = make.now + timedelta(hours=2) + HALF_SESSION + STEP

    def send(page, to, **typed):
        return browser.post(to, data=Fields(page.text, to).found | typed)

    asked = send(entrance, "/masuk/petugas", **login)
    set_clock(later)
    late = send(asked, "/masuk/kode", digits="123456")
    asked = send(late, "/masuk/petugas", **login)
    wrong = send(asked, "/masuk/kode", digits="000000")
    right = send(wrong, "/masuk/kode", digits=app.digits(later))
    sent = send(right, "/kegiatan/baru")

    pages = (entrance, asked, late, wrong, right, sent)
    assert [page.status_code for page in pages] == [401, 200, 401, 400, 200, 303]
    assert [event.title for event in stored(make, Event)] == [FORM["title"]]
