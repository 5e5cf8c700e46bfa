"""Where requests come from and where they are sent: hosts, proxies, addresses from outside."""

import dataclasses
import re

import pytest
from sqlalchemy import select

from quiz import create_app
from quiz.models import Failure
from quiz.models.people.users import FailureKind
from quiz.queries.people.entering import ADDRESS_LIMIT
from quiz.web.access import safe_path
from tests.client import HouseClient
from tests.factories import PASSWORD

HALL = "http://192.168.8.2:8000"
OFFICE = "https://kuis.example"


@pytest.fixture
def served(settings):
    """``served(**changes)``: a browser of an application with other settings."""
    made = []

    def served(**changes):
        app = create_app(dataclasses.replace(settings, **changes), TESTING=True)
        app.test_client_class = HouseClient
        made.append(app)
        return app.test_client()

    yield served
    for app in made:
        app.extensions["quiz.engine"].dispose()


# Addresses from outside


@pytest.mark.parametrize(
    "path",
    [
        *(
            "https://jahat.example/",
            "//jahat.example",
            "/\\jahat",
            "/\t/jahat.example",
            "/\n/jahat",
        ),
        *("/\n/jahat", "/\r\nSet-Cookie: a=b", "/%09/jahat.example", "/%0a/jahat", "/%2fjahat"),
        *("/%5cjahat.example", "/%255cjahat", "/%25252fjahat", "\t//jahat", " /jahat", "jahat", ""),
        *(
            "/\x00",
            "/kegiatan\u2028x",
            "/\ud800",
            "/%e2%80%a8",
            None,
            "/kegiatan\\..",
            "javascript:x",
        ),
        "/%" + "25" * 9 + "2fjahat",
    ],
)
def test_an_address_that_leads_out_or_breaks_a_line_leads_home(path):
    assert safe_path(path) == "/"


@pytest.mark.parametrize(
    "path", ["/", "/kegiatan/LJN-482?tampil=semua", "/soal?cari=netral%20itu", "/materi#a", "/a//b"]
)
def test_an_address_of_ours_stays(path):
    assert safe_path(path) == path


@pytest.mark.parametrize(
    "onward", ["/%09/jahat.example", "/\t/jahat.example", "/%0ajahat", "/\njahat"]
)
def test_nobody_is_led_out_after_entering(app, client, make, ani, citra, onward):
    by_code = client.post_form(
        "/masuk", {"code": make.code(make.enrolment(user=ani)), "onward": onward}
    )
    data = {"username": "citra", "password": PASSWORD, "onward": onward}
    by_password = app.test_client().post_form("/masuk/petugas", data)

    assert (by_code.status_code, by_code.location) == (303, "/")
    assert (by_password.status_code, by_password.location) == (303, "/")


def test_the_entrance_keeps_no_address_that_leads_out(client):
    page = client.get("/masuk?lanjut=/%2509/jahat.example")

    assert "jahat" not in page.text


# Hosts


@pytest.mark.parametrize(
    "host",
    [
        *(
            "jahat.example",
            "192.168.8.9:8000",
            "kuis.example.jahat.example",
            "xkuis.example",
            "a b",
        ),
        *("[::2]", "", "kuis.example:99999", "[", "kuis.example@jahat.example", "127.0.0.1.jahat"),
    ],
)
@pytest.mark.parametrize(
    "path", ["/", "/masuk", "/static/css/app.css", "/kuis/x/keadaan", "/tiada"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_an_unknown_host_is_told_the_right_address(served, host, path, method):
    browser = served(hall_url=HALL, office_url=OFFICE)

    reply = browser.open(path, method=method, headers={"Host": host})

    assert reply.status_code == 400
    assert f'href="{HALL}/"' in reply.text and f'href="{OFFICE}/"' in reply.text
    assert "Set-Cookie" not in reply.headers


@pytest.mark.parametrize(
    "host",
    [
        "192.168.8.2:8000",
        "192.168.8.2",
        "kuis.example",
        "KUIS.example.",
        "localhost:1",
        "[::1]:8000",
    ],
)
def test_a_known_host_is_answered(served, host):
    assert (
        served(hall_url=HALL, office_url=OFFICE).get("/masuk", headers={"Host": host}).status_code
        == 200
    )


def test_the_host_a_proxy_passes_on_is_what_counts(served):
    browser = served(office_url=OFFICE, proxy_hops=1)
    told = {"Host": "127.0.0.1:8000", "X-Forwarded-Host": "jahat.example"}

    assert browser.get("/masuk", headers=told).status_code == 400
    told["X-Forwarded-Host"] = "kuis.example"
    assert browser.get("/masuk", headers=told).status_code == 200


def test_without_an_address_any_well_formed_host_is_answered(client):
    assert client.get("/masuk", headers={"Host": "apa.saja:8000"}).status_code == 200
    assert client.get("/masuk", headers={"Host": "a b"}).status_code == 400


@pytest.mark.parametrize("host", [".", "..", "a..b", "a" * 64, "a" * 300, "127.0.0.1:" + "9" * 99])
def test_host_that_no_address_can_be_made_of_gets_the_page_of_unknown_ones(
    client: HouseClient, host: str
) -> None:
    reply = client.get("/masuk", headers={"Host": host})

    assert reply.status_code == 400
    assert "Alamat ini bukan alamat kuis" in reply.text


def test_a_database_that_fails_is_answered_with_a_page(served, settings):
    browser = served()
    (settings.instance / "quiz.sqlite").write_bytes(b"rusak " * 4096)

    for path in ("/tiada", "/masuk"):
        reply = browser.get(path, crash=True)

        assert reply.status_code == 503
        assert "Berkas basis data rusak" in reply.text


# Proxies


@pytest.mark.parametrize(
    ("hops", "headers", "status"),
    [
        (1, {}, 403),
        (1, {"X-Forwarded-For": ""}, 403),
        (1, {"X-Forwarded-For": "203.0.113.9"}, 403),
        (1, {"X-Forwarded-For": "127.0.0.1"}, 200),
        (1, {"X-Forwarded-For": "127.0.0.1, 203.0.113.9"}, 403),
        (1, {"X-Forwarded-For": "127.example"}, 403),
        (2, {"X-Forwarded-For": "127.0.0.1"}, 403),
        (2, {"X-Forwarded-For": "127.0.0.1, 10.0.0.1"}, 200),
        (1, {"X-Forwarded-Proto": "https"}, 200),
        (0, {"X-Forwarded-For": "127.0.0.1"}, 403),
        (0, {"Forwarded": "for=127.0.0.1"}, 403),
        (0, {}, 200),
    ],
)
def test_a_proxy_that_names_nobody_makes_nobody_local(served, hops, headers, status):
    assert served(proxy_hops=hops).get("/masuk/petugas", headers=headers).status_code == status


# Guesses from outside


def type_code(browser, code, base=OFFICE, address="203.0.113.9"):
    """What a browser at ``address`` is answered after typing a code on the page at ``base``."""
    where = {"base_url": base, "environ_overrides": {"REMOTE_ADDR": address}}
    page = browser.get("/masuk", **where).text
    token = re.search('name="csrf_token" type="hidden" value="([^"]+)"', page)[1]
    data = {"csrf_token": token, "code": code}
    return browser.post("/masuk", data=data, headers={"Referer": f"{base}/masuk"}, **where)


def guesses(session):
    """What guesses from outside were counted by."""
    return session.scalars(select(Failure.key).where(Failure.kind == FailureKind.ADDRESS)).all()


def test_an_address_outside_guesses_no_more_but_its_cards_enter(client, app, make, ani, session):
    enrolment = make.enrolment(user=ani)
    assert type_code(client, "K7P2QX4M").status_code == 400
    key = guesses(session)[0]
    session.add_all(
        Failure(kind=FailureKind.ADDRESS, key=key, at=make.now) for _ in range(ADDRESS_LIMIT - 1)
    )
    session.commit()

    refused = type_code(client, make.code(enrolment))

    assert refused.status_code == 429
    assert "Pindai kode QR" in refused.text
    assert client.get(f"/k/{make.token(enrolment)}", base_url=OFFICE).status_code == 303
    elsewhere = type_code(app.test_client(), make.code(enrolment), address="203.0.113.10")
    assert elsewhere.status_code == 303


def test_the_hall_is_never_shut_out(client, make, ani, session):
    type_code(client, "K7P2QX4M", HALL)
    session.add_all(
        Failure(kind=FailureKind.CODE, key="", at=make.now) for _ in range(3 * ADDRESS_LIMIT)
    )
    session.commit()

    assert type_code(client, make.code(make.enrolment(user=ani)), HALL).status_code == 303
    assert guesses(session) == []


def test_what_no_card_holds_is_no_guess(client, session):
    type_code(client, "bukan kode")

    assert guesses(session) == []


def test_addresses_are_counted_by_digest_and_ipv6_by_network(client, session):
    for last in ("1", "2"):
        type_code(client, "K7P2QX4M", address=f"2001:db8:0:1::{last}")

    keys = set(guesses(session))
    assert len(keys) == 1
    assert re.fullmatch("[0-9a-f]{64}", keys.pop())


# HEAD


def test_head_of_a_page_with_a_button_presses_nothing(client_for, make, citra, eka):
    browser = client_for(eka)

    reply = browser.head(f"/orang/{citra.uid}/nonaktif", partial=True)

    assert reply.status_code == 200
    assert make.fresh(citra).disabled_at is None
