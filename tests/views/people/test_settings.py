"""The settings page: who may change what, what is refused, and that every process follows."""

import dataclasses

import pytest

from quiz import create_app
from quiz.models import AuditEntry, Setting
from quiz.models.people.settings import Office
from quiz.permissions import Role
from quiz.queries.people.settings import installation
from tests.client import HouseClient
from tests.reading import faults, notices, root, stored, table_rows, texts, with_class, words

HALL = "http://192.168.8.2:8000"
GIVEN = {
    "organisation": "Kesbangpol Rekaan",
    "hall_url": HALL,
    "office_url": "https://kuis.rekaan.example",
    "letterhead_name": "PEMERINTAH KABUPATEN REKAAN\n\n BADAN  KESATUAN ",
    "letterhead_address": "Jalan Rekaan 1, Kota Rekaan 75511",
    "letterhead_contact": "Telepon (0541) 000000, surel kantor@rekaan.example",
}


@pytest.fixture
def another(settings):
    """``another(**changes)``: a second process on the same database and folder."""
    made = []

    def another(**changes):
        app = create_app(dataclasses.replace(settings, **changes), TESTING=True)
        app.test_client_class = HouseClient
        made.append(app)
        return app

    yield another
    for app in made:
        app.extensions["quiz.engine"].dispose()


@pytest.mark.parametrize("role", Role)
def test_officer_and_admin_see_them_and_the_admin_alone_changes_them(make, client_for, role):
    browser = client_for(make.user(username="seseorang", role=role))
    sees = role in (Role.OFFICER, Role.ADMIN)

    assert browser.get("/setelan").status_code == (200 if sees else 403)
    assert browser.post_form("/setelan", GIVEN).status_code == (303 if role is Role.ADMIN else 403)
    assert bool(stored(make, Setting)) is (role is Role.ADMIN)


def test_whoever_may_not_change_them_is_told_whom_to_ask(client_for, citra, eka):
    page = client_for(citra).get("/setelan")

    assert "Hanya admin yang dapat mengubahnya (Eka Wulandari)." in page.text
    assert '<form method="post" action="/setelan"' not in page.text
    assert "Kesbangpol Kutai Kartanegara" in page.text


def test_what_is_set_holds_at_once_and_is_told_with_old_and_new(make, client_for, eka):
    browser = client_for(eka)

    browser.post_form("/setelan", GIVEN)
    page = browser.get("/setelan")

    assert notices(page) == ["Setelan tersimpan dan langsung berlaku."]
    assert texts(page, "brand") == ["Kuis Netralitas ASNKesbangpol Rekaan"]
    held = installation(make.session).office
    assert held == Office(
        **(GIVEN | {"letterhead_name": "PEMERINTAH KABUPATEN REKAAN\nBADAN KESATUAN"})
    )
    assert table_rows(browser.get("/audit?tindakan=setting_changed"))[-1][2:] == [
        "mengubah setelan",
        "instalasi",
        "bagian: Nama organisasi; sebelum: Kesbangpol Kutai Kartanegara; "
        "sesudah: Kesbangpol Rekaan",
    ]


def test_what_is_taken_away_is_told_as_empty(make, client_for, eka):
    browser = client_for(eka)
    browser.post_form("/setelan", GIVEN)

    browser.post_form("/setelan", GIVEN | {"office_url": ""})

    assert table_rows(browser.get("/audit"))[0][-1] == (
        "bagian: Alamat kantor; sebelum: https://kuis.rekaan.example; sesudah: (kosong)"
    )


def test_saving_what_holds_already_leaves_no_line(make, client_for, eka):
    browser = client_for(eka)
    browser.post_form("/setelan", GIVEN)
    browser.get("/setelan")
    lines = len(stored(make, AuditEntry))

    browser.post_form("/setelan", GIVEN)

    assert len(stored(make, AuditEntry)) == lines
    assert notices(browser.get("/setelan")) == ["Tidak ada yang berubah."]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("organisation", "", "Tulis nama organisasi."),
        ("organisation", "x" * 121, "paling banyak 120 huruf"),
        ("hall_url", "192.168.8.2:8000", "Awali alamat dengan http://"),
        ("hall_url", "http://192.168.8.2:8000/masuk", "Tulis http://192.168.8.2:8000 saja."),
        ("hall_url", "http://127.0.0.1:8000", "hanya terbuka di komputer server sendiri"),
        ("hall_url", "http://0.0.0.0:8000", "semua alamat"),
        ("office_url", "https://eka:rahasia@kuis.example", "kata sandi"),
        ("office_url", "https://localhost", "hanya terbuka di komputer server sendiri"),
        ("letterhead_name", "a\nb\nc\nd", "paling banyak 3 baris"),
        ("letterhead_contact", "x" * 201, "paling banyak 200 huruf"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_kept(
    make, client_for, eka, field, value, said
):
    reply = client_for(eka).post_form("/setelan", GIVEN | {field: value})

    [fault] = faults(reply)
    assert reply.status_code == 400 and said in fault
    assert stored(make, Setting) == []


def test_nobody_shuts_themselves_out(make, another, eka):
    browser = another(proxy_hops=1).test_client().log_in(eka)
    told = {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "kantor.example"}
    elsewhere = {"headers": told}

    reply = browser.post_form("/setelan", GIVEN, **elsewhere)

    [fault] = faults(reply)
    assert "lewat kantor.example, yang akan ditolak" in fault
    assert stored(make, Setting) == []
    mine = GIVEN | {"office_url": "https://kantor.example"}
    assert browser.post_form("/setelan", mine, **elsewhere).status_code == 303


def test_the_environment_goes_first_and_the_page_says_so(make, another, eka):
    browser = another(hall_url="http://10.0.0.9:8000").test_client().log_in(eka)

    page = browser.get("/setelan")
    browser.post_form("/setelan", GIVEN | {"hall_url": "http://10.0.0.5"})

    assert "QUIZ_HALL_URL" in page.text and "QUIZ_OFFICE_URL" not in page.text
    assert "http://10.0.0.9:8000" in page.text
    assert 'name="hall_url"' not in page.text
    held = installation(make.session).office
    assert (held.hall_url, held.office_url) == ("", GIVEN["office_url"])


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_every_process_follows_without_a_restart(client_for, another, eka):
    here, there = client_for(eka), another().test_client()

    def status(host):
        return there.get("/masuk", headers={"Host": host}).status_code

    assert status("apa.saja") == 200
    for number in (1, 2, 3):
        here.post_form("/setelan", GIVEN | {"hall_url": f"http://10.0.0.{number}"})
        assert [status(f"10.0.0.{n}") for n in (1, 2, 3)] == [
            200 if n == number else 400 for n in (1, 2, 3)
        ]
    assert status("apa.saja") == 400
    assert texts(there.get("/masuk"), "brand") == ["Kuis Netralitas ASNKesbangpol Rekaan"]


def test_the_address_the_server_found_stays_open_beside_the_office_s(client_for, app, eka):
    app.extensions["quiz.hall_address"] = "http://192.168.8.7:8000"
    browser = client_for(eka)

    browser.post_form("/setelan", GIVEN | {"hall_url": ""})

    def status(host):
        return browser.get("/masuk", headers={"Host": host}).status_code

    assert [status("192.168.8.7:8000"), status("192.168.8.9:8000")] == [200, 400]


def test_knowing_them_costs_no_query(client_for, make, count_queries, ani, citra):
    browser = client_for(citra)
    browser.get("/kegiatan")
    before = count_queries(lambda: browser.get("/kegiatan"))

    assert count_queries(lambda: browser.get("/static/favicon.svg")) == 0
    assert count_queries(lambda: browser.get("/kegiatan")) == before


def test_a_refused_address_looks_like_the_other_pages_and_asks_for_nothing(client_for, eka):
    browser = client_for(eka)
    browser.post_form("/setelan", GIVEN)

    page = browser.get("/masuk", headers={"Host": "jahat.example"})

    [sheet] = [node.get("href") for node in root(page).iter("link")]
    assert sheet.startswith("data:text/css;base64,")
    assert words(next(root(page).iter("h1"))) == "Alamat ini bukan alamat kuis"
    assert with_class(page, "masthead")
    assert "style-src data:" in page.headers["Content-Security-Policy"]
    assert HALL in page.text and "QUIZ_" not in page.text


def test_cards_and_events_lead_to_the_settings_or_name_whom_to_ask(make, client_for, citra, eka):
    event = make.event()
    make.enrolment(event=event)

    for path in (f"/kegiatan/{event.code}", f"/kegiatan/{event.code}/kartu"):
        asked, able = client_for(citra).get(path), client_for(eka).get(path)

        assert 'href="/setelan"' in asked.text and 'href="/setelan"' in able.text
        assert "inta admin mengisi" in asked.text and "admin mengisi" not in able.text
        for page in (asked, able):
            assert "QUIZ_" not in page.text and "make run" not in page.text


def test_papers_carry_the_kop(client_for, make, eka):
    event = make.event()
    client_for(eka).post_form("/setelan", GIVEN | {"letterhead_name": ""})

    page = client_for(eka).get(f"/laporan/{event.code}")

    assert texts(page, "letterhead") == [
        "Kesbangpol Rekaan Jalan Rekaan 1, Kota Rekaan 75511 "
        "Telepon (0541) 000000, surel kantor@rekaan.example"
    ]
