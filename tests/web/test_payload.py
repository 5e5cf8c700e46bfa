"""Values no database can hold are refused where they enter, with a sentence."""

from collections.abc import Callable

import pytest

from quiz.models import Event, User
from tests.client import HouseClient
from tests.conftest import BOTH_DATABASES
from tests.factories import Make

ClientFor = Callable[..., HouseClient]

pytestmark = pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)


@pytest.mark.parametrize(
    "address",
    ["/g/LJN%00", "/k/%00", "/?saya=%00", "/masuk?lanjut=%00", "/masuk/petugas?lanjut=/%00"],
)
def test_nul_in_an_address_is_refused_before_login(client: HouseClient, address: str) -> None:
    reply = client.get(address)

    assert reply.status_code == 400
    assert "Alamat halaman ini tidak dapat dibaca." in reply.text


@pytest.mark.parametrize("number", ["1" * 5_000, "9" * 20, "2147483648", "١", "²"])
def test_number_in_an_address_that_no_column_holds_leads_nowhere(
    make: Make, client_for: ClientFor, citra: User, number: str
) -> None:
    attempt = make.attempt()
    phone, officer = client_for(attempt.enrolment), client_for(citra)
    sent = {"chosen": ["a"], "confidence": None, "revision": 1}

    replies = [
        officer.get(f"/laporan/{attempt.sitting.event.code}/edisi/{number}"),
        phone.get(f"/kuis/{attempt.uid}/sanggah/{number}"),
        phone.send_json(f"/kuis/{attempt.uid}/jawaban/{number}", sent),
    ]

    assert [reply.status_code for reply in replies] == [404, 404, 404]


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/masuk", {"code": "K7P2\0QX4M", "event": "", "onward": "/"}),
        ("/masuk/petugas", {"username": "citra\0", "password": "x", "onward": "/"}),
    ],
)
def test_nul_in_a_field_is_refused_before_login(
    client: HouseClient, address: str, form: dict[str, str]
) -> None:
    reply = client.post_form(address, form)

    assert reply.status_code == 400
    assert "karakter yang tidak tampak" in reply.text


def test_nul_in_the_fields_of_an_event_is_refused_and_nothing_is_made(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    form = {"title": "Sosialisasi\0", "day": "2025-05-02", "start": "08:00", "end": "10:00"}

    reply = client_for(citra).post_form("/kegiatan/baru", form)

    assert reply.status_code == 400
    assert "Isian “title” tidak dapat dibaca." in " ".join(reply.text.split())
    assert make.session.query(Event).count() == 0


@pytest.mark.parametrize("header", ["Origin", "Referer"])
@pytest.mark.parametrize("base", ["http://127.0.0.1", "https://127.0.0.1"])
@pytest.mark.parametrize("sender", ["http://[::1", "https://[v1.x"])
def test_request_from_an_address_that_is_none_is_refused(
    client: HouseClient, header: str, base: str, sender: str
) -> None:
    for address in ("/masuk", "/kegiatan/baru"):
        reply = client.post_form(address, {"code": "x"}, base_url=base, headers={header: sender})
        assert reply.status_code == 400


@pytest.mark.parametrize("sent", ["PNS", 5, None, [1], {"wifi_name": 5}, {"wifi_name": {"a": 1}}])
def test_json_is_no_form(make: Make, client_for: ClientFor, citra: User, sent: object) -> None:
    event = make.event()

    reply = client_for(citra).send_json(f"/kegiatan/{event.code}/hp/wifi", sent, method="POST")

    assert reply.status_code in {303, 400}
    make.session.expire_all()
    assert event.wifi_name == ""


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 1_000 + b"]" * 1_000,
        b'{"chosen": ' + b"[" * 1_000 + b"]" * 1_000 + b"}",
        b'{"chosen": ["\\u0000"], "revision": 1}',
        b'{"chosen": ["\\ud800"], "revision": 1}',
    ],
)
def test_json_that_cannot_be_held_is_refused(
    make: Make, client_for: ClientFor, body: bytes
) -> None:
    attempt = make.attempt()
    browser = client_for(attempt.enrolment)

    reply = browser.put(
        f"/kuis/{attempt.uid}/jawaban/1",
        data=body,
        content_type="application/json",
        headers={"X-CSRFToken": browser.csrf_token()},
    )

    assert (reply.status_code, reply.get_json()["error"]) == (400, "bad_request")
