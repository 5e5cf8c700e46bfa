"""Where the installation demands a second step, staff are nobody before they have one."""

import pytest

from quiz.models import Setting
from quiz.models.people.settings import DEMANDED, DEMO_KEY
from quiz.permissions import Role
from tests.factories import PASSWORD
from tests.second_steps import App, codes_on, give_password, set_up
from tests.web.test_held import FORM, Fields


@pytest.fixture
def demanded(make):
    """The installation demands it; set before anybody asks, so that every process knows."""
    make.session.add(Setting(key="second_step", value=DEMANDED))
    make.session.commit()


def install(client, now, **more):
    """Set it up on the way in, as led."""
    app = App(client.get("/masuk/pasang").text)
    return app, client.post_form("/masuk/pasang", {"digits": app.digits(now), **more})


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PARTICIPANT])
def test_staff_are_led_to_set_it_up_before_anything_else(client, demanded, make, role):
    make.user("Orang Rekaan", username="rekaan", role=role)

    led = give_password(client, "rekaan", onward="/tentang")
    shut = {address: client.get(address).status_code for address in ("/akun", "/data-saya")}
    _, page = install(client, make.now, onward="/tentang")

    assert led == "/masuk/pasang?lanjut=/tentang"
    assert set(shut.values()) == {302}
    assert len(codes_on(page.text)) == 10
    assert 'href="/tentang"' in page.text
    assert client.get("/akun").status_code == 200


def test_a_participant_with_a_password_and_a_card_are_asked_nothing(
    client, client_for, demanded, make, ani
):
    make.user("Peserta Rekaan", username="peserta", role=Role.PARTICIPANT)

    assert give_password(client, "peserta") == "/"
    assert client_for(make.enrolment(user=ani)).get("/data-saya").status_code == 200


def test_whoever_has_it_puts_no_other_in_its_place_with_the_password(
    app, client, demanded, make, citra
):
    give_password(client)
    install(client, make.now)
    thief = app.test_client()

    assert give_password(thief) == "/masuk/kode?lanjut=/"
    for reply in (thief.get("/masuk/pasang"), thief.post_form("/masuk/pasang", {"digits": "1"})):
        assert reply.location == "/masuk/kode?lanjut=/"
    assert thief.get("/kegiatan").status_code == 302


def test_wrong_digits_let_nobody_in_and_keep_the_secret(client, demanded, make, citra):
    give_password(client)
    app = App(client.get("/masuk/pasang").text)

    wrong = client.post_form("/masuk/pasang", {"digits": "000000"})

    assert wrong.status_code == 400
    assert App(wrong.text).totp.secret == app.totp.secret
    assert client.get("/kegiatan").status_code == 302


def test_first_password_of_a_new_account_leads_there_too(client, client_for, demanded, make, eka):
    admin = client_for(eka)
    give_password(admin, "eka")
    install(admin, make.now)
    page = admin.post_form(
        "/orang/tambah",
        {"name": "Fani Rekaan", "username": "fani", "role": "petugas", "status": "pns", "unit": 0},
    )
    token = page.text.split("/sandi/")[1].split('"')[0]

    new = "kuda laut berenang"

    reply = client.post_form(f"/sandi/{token}", {"password": new, "again": new})

    assert reply.location == "/masuk/pasang?lanjut=/"
    assert client.get("/kegiatan").status_code == 302


def test_form_sent_when_it_had_just_been_demanded_is_kept_all_the_way(
    client_for, citra, eka, make, session
):
    officer, admin = client_for(citra), client_for(eka)
    set_up(admin, make.now)
    change = {"organisation": "Kesbangpol Rekaan", "hall_url": "", "office_url": ""}
    assert admin.post_form("/setelan", change | {"second_step": DEMANDED}).status_code == 303

    entrance = officer.post_form("/kegiatan/baru", FORM)
    login = Fields(entrance.text, "/masuk/petugas").found
    led = officer.post("/masuk/petugas", data=login | {"username": "citra", "password": PASSWORD})
    typed = Fields(led.text, "/masuk/pasang").found
    page = officer.post("/masuk/pasang", data=typed | {"digits": App(led.text).digits(make.now)})
    sent = officer.post("/kegiatan/baru", data=Fields(page.text, "/kegiatan/baru").found)

    assert (entrance.status_code, led.status_code, page.status_code) == (401, 200, 200)
    assert len(codes_on(page.text)) == 10
    assert sent.status_code == 303
    assert officer.get(sent.location).status_code == 200


def test_admin_has_one_before_demanding_it(client_for, eka, make):
    admin = client_for(eka)
    change = {
        "organisation": "Kesbangpol Rekaan",
        "hall_url": "",
        "office_url": "",
        "second_step": DEMANDED,
    }

    without = admin.post_form("/setelan", change)
    set_up(admin, make.now)
    with_one = admin.post_form("/setelan", change)

    assert (without.status_code, with_one.status_code) == (400, 303)
    assert "pada akun Anda sendiri" in without.text
    assert admin.get("/setelan").status_code == 200


def test_taken_off_where_it_is_demanded_means_setting_it_up_again(client, demanded, make, citra):
    give_password(client)
    _, page = install(client, make.now)
    proof = {"password": PASSWORD, "digits": "", "recovery": codes_on(page.text)[0]}

    reply = client.post_form("/akun/dua-langkah/lepas", proof)

    assert reply.location == "/masuk/petugas"
    assert client.get("/kegiatan").status_code == 302
    assert give_password(client) == "/masuk/pasang?lanjut=/"


def test_role_given_where_it_is_demanded_asks_for_it_at_once(client, client_for, demanded, make):
    person = make.user("Orang Rekaan", username="rekaan", role=Role.PARTICIPANT)
    browser = client_for(person)
    assert browser.get("/data-saya").status_code == 200

    person.role = Role.OFFICER
    make.session.commit()

    assert browser.get("/data-saya").status_code == 302
    assert browser.get("/kegiatan").status_code == 302


def test_never_in_a_demonstration(client, demanded, make, citra):
    make.session.add(Setting(key=DEMO_KEY, value="{}"))
    make.session.commit()

    assert give_password(client) == "/"
    assert client.get("/kegiatan").status_code == 200
