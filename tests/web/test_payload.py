"""Values no database can hold are refused where they enter, with a sentence."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from sqlalchemy import select

from quiz.models import Event, EventMinutes, User
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


UNSEEN = ["\x00", "\x01", "\x1b", "\x7f", "\x9f", "\ufdd0", "\ufffe", "\uffff", "\U0010ffff"]


@pytest.mark.parametrize("letter", UNSEEN)
def test_letter_that_nobody_sees_is_refused_in_a_field_with_its_line(
    make: Make, client_for: ClientFor, citra: User, letter: str
) -> None:
    event = make.event()
    address = f"/kegiatan/{event.code}/berita-acara/ubah"
    form = {"day": "22-11-2024", "remarks": f"Baris satu.\nBaris{letter} dua."}

    reply = client_for(citra).post_form(address, form)

    said = " ".join(reply.text.split())
    assert reply.status_code == 400
    assert "Isian “remarks” tidak dapat dibaca." in said
    assert f"karakter yang tidak tampak (U+{ord(letter):04X}) pada baris 2." in said
    assert make.session.query(EventMinutes).count() == 0


@pytest.mark.parametrize("letter", UNSEEN)
def test_letter_that_nobody_sees_is_refused_in_a_search(
    client_for: ClientFor, citra: User, letter: str
) -> None:
    reply = client_for(citra).get(f"/kegiatan?cari=a{quote(letter)}")

    assert reply.status_code == 400


@pytest.mark.parametrize("mark", ["\v", "\f"])
def test_line_breaks_of_other_programs_are_line_ends(
    make: Make, client_for: ClientFor, citra: User, mark: str
) -> None:
    event = make.event()
    address = f"/kegiatan/{event.code}/berita-acara/ubah"
    form = {"day": "22-11-2024", "remarks": f"Satu.{mark}Dua.\tTiga\u2028 — 👍🏽"}

    reply = client_for(citra).post_form(address, form)

    assert reply.status_code == 303
    kept = make.session.scalars(select(EventMinutes)).one()
    assert kept.remarks == "Satu.\nDua.\tTiga\u2028 — 👍🏽"


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
        b'{"chosen": ["\\u0001"], "revision": 1}',
        b'{"chosen": [{"\\uffff": 1}], "revision": 1}',
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
