"""Uji siap: each thing looked at, what was found, and the way to put it right."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from quiz.config.settings import Settings
from quiz.database.kept import FOLDER, Kept, Occasion
from quiz.models import Event, User
from quiz.models.events.events import Phase
from quiz.permissions import Role
from quiz.web.machine.addresses import is_ours
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import link_texts, notices, root, words

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

HALL = "http://kuis.aula.example:8000"
HOUR = timedelta(hours=1)


@pytest.fixture
def event(make: Make) -> Event:
    return make.event(code="LJN-482")


@pytest.fixture
def browser(client_for: ClientFor, citra: User) -> HouseClient:
    return client_for(citra)


def wrong(reply: TestResponse) -> list[str]:
    return _listed(reply, "periksa")


def fine(reply: TestResponse) -> list[str]:
    return _listed(reply, "beres")


def _listed(reply: TestResponse, name: str) -> list[str]:
    return [
        words(item)
        for part in root(reply).iter("section")
        if part.get("aria-labelledby") == name or part.get("id") == name
        for item in part.iter("li")
    ]


def hall(make: Make, address: str = HALL) -> None:
    make.setting("hall_url", address)


def keep_one(settings: Settings, make: Make, age: timedelta) -> None:
    folder = settings.instance / FOLDER
    folder.mkdir()
    (folder / Kept(make.now - age, Occasion.HAND).name).write_bytes(b"")


@pytest.mark.parametrize("role", Role)
def test_only_officers_and_admins_look(
    make: Make, client_for: ClientFor, event: Event, role: Role
) -> None:
    somebody = client_for(make.user(username="seseorang", role=role))

    replies = [somebody.get(f"/kegiatan/{event.code}/siap{part}") for part in ("", "/isi")]

    allowed = role in {Role.OFFICER, Role.ADMIN}
    assert [reply.status_code == 200 for reply in replies] == [allowed] * 2


def test_an_empty_event_lacks_nearly_everything(browser: HouseClient, event: Event) -> None:
    page = browser.get(f"/kegiatan/{event.code}/siap")

    said = wrong(page)
    for beginning in (
        "Alamat untuk HP localhost",
        "Belum ada HP yang masuk",
        "Kartu belum dicetak",
        "Daftar peserta masih kosong",
        "Belum ada sesi",
        "Belum ada cadangan",
    ):
        assert any(line.startswith(beginning) for line in said), beginning
    assert {"Buka Setelan", "Cetak kartu", "Unggah daftar", "Lihat kegiatan"} <= {*link_texts(page)}


def test_an_event_that_is_ready_says_so(
    make: Make, browser: HouseClient, event: Event, settings: Settings, client_for: ClientFor
) -> None:
    hall(make)
    event.cards_base = HALL
    person = make.enrolment(event)
    make.sitting(event, opens_at=make.now + HOUR, closes_at=make.now + 2 * HOUR)
    make.session.commit()
    keep_one(settings, make, HOUR)
    phone = client_for(person)
    phone.post_form("/", base_url=HALL, environ_base={"REMOTE_ADDR": "192.168.8.31"})

    page = browser.get(f"/kegiatan/{event.code}/siap")

    assert wrong(page) == []
    assert notices(page)[-1].startswith("Semuanya siap.")
    said = " ".join(fine(page))
    assert "HP membuka kuis.aula.example:8000/g/LJN-482." in said
    assert "Menunjuk alamat yang sama, kuis.aula.example:8000." in said
    assert "1 orang dari 1 unit" in said
    assert "1 jam lalu" in said


def test_a_number_that_is_not_this_machines_is_to_be_looked_at(
    make: Make, browser: HouseClient, event: Event
) -> None:
    here = f"/kegiatan/{event.code}/siap"

    hall(make, "http://192.0.2.7:8000")

    [said] = [line for line in wrong(browser.get(here)) if line.startswith("Alamat")]
    assert said.startswith("Alamat bukan milik laptop ini 192.0.2.7:8000/g/LJN-482 bukan nomor")


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://192.0.2.7:8000", False),
        ("http://[2001:db8::7]:8000", False),
        ("https://kuis.kantor.example", True),
    ],
)
def test_only_a_number_tells_that_an_address_is_another_machines(address: str, ours: bool) -> None:
    assert is_ours(address) is ours


def test_a_phone_counts_by_the_address_it_came_by(
    make: Make, browser: HouseClient, event: Event, client_for: ClientFor
) -> None:
    hall(make)
    make.setting("office_url", "https://kuis.kantor.example")
    phone = client_for(make.enrolment(event))
    here = f"/kegiatan/{event.code}/siap"

    def comes(address: str, peer: str, method: str = "POST") -> bool:
        """Whether the page says a phone has come, after one that comes so."""
        token = {"csrf_token": phone.csrf_token()} if method == "POST" else {}
        phone.open(
            "/", method=method, data=token, base_url=address, environ_base={"REMOTE_ADDR": peer}
        )
        return any(line.startswith("HP sudah masuk") for line in fine(browser.get(here)))

    assert not comes(HALL, "127.0.0.1")
    assert not comes(HALL, "192.168.8.31", "GET")
    assert not comes("https://kuis.kantor.example", "192.168.8.31")
    assert comes(HALL, "192.168.8.31")


def test_a_phone_is_noted_once_a_day(
    make: Make, app: Flask, event: Event, client_for: ClientFor, count_queries: Count
) -> None:
    hall(make)
    phone = client_for(make.enrolment(event))
    elsewhere = {"REMOTE_ADDR": "192.168.8.31"}

    def post() -> None:
        phone.post_form("/", base_url=HALL, environ_base=elsewhere)

    phone.get("/", base_url=HALL, environ_base=elsewhere)
    first, second, third = (count_queries(post) for _ in range(3))

    assert first > second == third


def test_cards_that_lead_elsewhere_are_named(
    make: Make, browser: HouseClient, event: Event
) -> None:
    hall(make)
    event.cards_base = "http://192.168.8.7:8000"
    make.session.commit()

    said = wrong(browser.get(f"/kegiatan/{event.code}/siap"))

    assert any(
        line.startswith("Kartu menunjuk alamat lain Yang tercetak 192.168.8.7:8000")
        for line in said
    )


def test_other_tests_at_the_same_time_are_named_with_as_many_queries_for_three_as_for_one(
    make: Make, browser: HouseClient, event: Event, count_queries: Count
) -> None:
    here = f"/kegiatan/{event.code}/siap"
    make.enrolment(event)
    make.sitting(event, phase=Phase.PRE)
    make.sitting(make.event("Lain", code="KUT-100"), phase=Phase.POST)
    make.sitting(make.event("Susulan", code="KUT-101"), phase=Phase.FOLLOW_UP)
    make.sitting(make.event("Arsip", code="KUT-102", archived_at=make.now), phase=Phase.PRE)
    make.sitting(
        make.event("Besok", code="KUT-103"),
        opens_at=make.now + 30 * HOUR,
        closes_at=make.now + 31 * HOUR,
    )
    browser.get(here)
    one = count_queries(lambda: browser.get(here))

    [said] = [line for line in wrong(browser.get(here)) if line.startswith("Ada tes lain")]
    for code in ("KUT-104", "KUT-105"):
        make.sitting(make.event("Lagi", code=code))

    assert "KUT-100 Post-test" in said
    assert not any(code in said for code in ("KUT-101", "KUT-102", "KUT-103"))
    assert count_queries(lambda: browser.get(here)) == one


def test_two_tests_of_one_event_at_the_same_time_are_named(
    make: Make, browser: HouseClient, event: Event
) -> None:
    make.sitting(event, phase=Phase.PRE)
    make.sitting(event, phase=Phase.POST)

    [said] = [
        line
        for line in wrong(browser.get(f"/kegiatan/{event.code}/siap"))
        if line.startswith("Ada tes lain")
    ]

    assert "Pre-test" in said
    assert "Post-test" in said


@pytest.mark.parametrize(
    ("age", "beginning"),
    [
        (2 * HOUR, None),
        (49 * HOUR, "Cadangan terakhir sudah lama"),
        (-2 * HOUR, "Jam komputer mundur"),
    ],
)
def test_the_last_backup_tells_its_age_and_a_clock_set_back(
    make: Make,
    browser: HouseClient,
    event: Event,
    settings: Settings,
    age: timedelta,
    beginning: str | None,
) -> None:
    keep_one(settings, make, age)

    said = wrong(browser.get(f"/kegiatan/{event.code}/siap"))

    about = [
        line for line in said if line.startswith(("Cadangan", "Belum ada cad", "Jam komputer"))
    ]
    assert [line.startswith(beginning or "?") for line in about] == ([True] if beginning else [])


def test_its_button_makes_a_backup_and_comes_back(browser: HouseClient, event: Event) -> None:
    here = f"/kegiatan/{event.code}/siap"

    reply = browser.post_form("/setelan/cadangan", {"kembali": here}, follow_redirects=True)

    assert reply.request.path == here
    assert any(line.startswith("Cadangan Terakhir") for line in fine(reply))


def test_the_part_alone_is_the_same_and_is_sent_once(browser: HouseClient, event: Event) -> None:
    here = f"/kegiatan/{event.code}/siap"
    browser.get(here)

    part = browser.get(f"{here}/isi")
    again = browser.get(f"{here}/isi?kata={part.json['word']}")

    assert "Daftar peserta masih kosong" in part.json["html"]
    assert again.status_code == 204
