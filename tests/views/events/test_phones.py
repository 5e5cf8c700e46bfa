"""Getting phones in: Wi-Fi, addresses in the order of ease, and texts that are nobody else's."""

from collections.abc import Callable

import pytest
from flask import Flask

from quiz.actions.events.enrolling import code_of, token_of
from quiz.codes import show_code
from quiz.models import AuditEntry, Event, User
from quiz.permissions import Role
from quiz.web.layout.qr import qr_svg
from tests.client import HouseClient
from tests.conftest import BOTH_DATABASES
from tests.factories import Make
from tests.reading import faults, link_texts, notices, stored, texts, with_class

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

HALL, OFFICE = "http://192.168.8.2:8000", "https://kuis.rekaan.go.id"
WAYS = ("/hp", "/hp/layar", "/hp/poster")


@pytest.fixture
def event(make: Make) -> Event:
    return make.event("Sosialisasi Rekaan", code="LJN-482", place="Pendopo Rekaan")


@pytest.fixture
def desk(client_for: ClientFor, citra: User) -> HouseClient:
    return client_for(citra)


@pytest.fixture
def hall(app: Flask, make: Make) -> None:
    make.setting("hall_url", HALL)
    app.extensions["quiz.typed"] = "kuis.local"


def write_wifi(desk: HouseClient, name: str, password: str = ""):
    return desk.post_form(
        "/kegiatan/LJN-482/hp/wifi", {"wifi_name": name, "wifi_password": password}
    )


@pytest.mark.parametrize("role", Role)
def test_only_who_runs_events_gets_phones_in_and_only_who_handles_cards_sees_links(
    client_for: ClientFor, make: Make, event: Event, role: Role
) -> None:
    browser = client_for(make.user(username="seseorang", role=role))
    runs = role in {Role.OFFICER, Role.ADMIN}

    for path in (*WAYS, "/hp/wifi", "/hp/pesan"):
        reply = browser.get(f"/kegiatan/LJN-482{path}")
        assert reply.status_code == (200 if runs else 403), path
    links = browser.get("/kegiatan/LJN-482/hp/pesan/peserta")
    assert links.status_code == (200 if role is Role.OFFICER else 403)


@pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)
@pytest.mark.usefixtures("hall")
@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("rahasia;1:a", r"WIFI:T:WPA;S:PENDOPO-1;P:rahasia\;1\:a;;"),
        ("", "WIFI:T:nopass;S:PENDOPO-1;;"),
    ],
)
def test_what_the_officer_writes_is_what_phones_scan(
    desk: HouseClient, make: Make, event: Event, password: str, code: str
) -> None:
    saved = write_wifi(desk, " PENDOPO-1 ", f" {password} ")

    kept = make.fresh(event)
    assert (saved.status_code, saved.location) == (303, "/kegiatan/LJN-482/hp")
    assert (kept.wifi_name, kept.wifi_password) == ("PENDOPO-1", password)
    for path, pixels in zip(WAYS, (168, 380, 300), strict=True):
        page = desk.get(f"/kegiatan/LJN-482{path}").text
        assert qr_svg(code, pixels) in page
        assert qr_svg(f"{HALL}/g/LJN-482", pixels) in page


def test_the_password_stands_only_where_people_need_it_and_in_no_log(
    desk: HouseClient, make: Make, event: Event
) -> None:
    write_wifi(desk, "PENDOPO-1", "rahasia-aula")

    seen = {
        path: "rahasia-aula" in desk.get(f"/kegiatan/LJN-482{path}").text
        for path in (
            "",
            "/hp",
            "/hp/pesan",
            "/hp/pesan/peserta",
            "/hp/layar",
            "/hp/poster",
            "/hp/wifi",
        )
    }

    assert [path for path, shown in seen.items() if shown] == [
        "/hp/layar",
        "/hp/poster",
        "/hp/wifi",
    ]
    (line,) = stored(make, AuditEntry)
    assert (line.action, "rahasia" in str(line.detail)) == ("event_changed", False)


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [
        ("", "rahasia123", "Tulis nama Wi-Fi"),
        ("P" * 33, "", "paling banyak 32"),
        ("é" * 17, "", "paling banyak 32"),
        ("PEN\u200bDOPO", "", "tidak tampak"),
        ("PENDOPO", "pendek", "8 sampai 63"),
        ("PENDOPO", "a" * 64, "8 sampai 63"),
        ("PENDOPO", "kata sandi é", "8 sampai 63"),
    ],
)
def test_what_no_router_can_have_is_refused_and_stays_in_the_form(
    desk: HouseClient, make: Make, event: Event, name: str, password: str, said: str
) -> None:
    reply = write_wifi(desk, name, password)

    assert reply.status_code == 400
    assert any(said in fault for fault in faults(reply))
    assert make.fresh(event).wifi_name == ""


def test_an_open_network_needs_no_password_and_none_at_all_is_taken_back(
    desk: HouseClient, make: Make, event: Event
) -> None:
    write_wifi(desk, "PENDOPO-1", "rahasia123")
    write_wifi(desk, "")

    kept = make.fresh(event)
    assert (kept.wifi_name, kept.wifi_password) == ("", "")
    assert "Nama Wi-Fi belum ditulis" in desk.get("/kegiatan/LJN-482/hp").text


@pytest.mark.usefixtures("hall")
def test_the_projector_has_the_name_first_and_the_numbers_last(
    desk: HouseClient, event: Event
) -> None:
    shown = texts(desk.get("/kegiatan/LJN-482/hp/layar"), "typed")

    assert shown == ["kuis.local/g/LJN-482", "192.168.8.2:8000/g/LJN-482"]


def test_without_an_announced_name_the_numbers_stand_alone(
    desk: HouseClient, make: Make, event: Event
) -> None:
    make.setting("hall_url", HALL)

    for path in ("/hp/layar", "/hp/poster"):
        page = desk.get(f"/kegiatan/LJN-482{path}")
        assert texts(page, "typed") == ["192.168.8.2:8000/g/LJN-482"]
        assert "kuis.local" not in page.text


def test_an_address_phones_cannot_open_is_said_on_every_page(
    desk: HouseClient, event: Event
) -> None:
    for path in (*WAYS, "/hp/pesan", "/hp/pesan/peserta"):
        reply = desk.get(f"/kegiatan/LJN-482{path}")
        assert any("hanya terbuka di komputer ini" in said for said in notices(reply)), path


@pytest.mark.usefixtures("hall")
def test_texts_lead_to_the_hall_until_the_office_has_an_address(
    desk: HouseClient, make: Make, event: Event
) -> None:
    event.wifi_name = "PENDOPO-1"
    make.session.commit()

    at_the_hall = sent(desk, "/hp/pesan")[0]
    make.setting("office_url", OFFICE)
    desk.application.extensions.pop("quiz.office", None)
    at_home = sent(desk, "/hp/pesan")[0]

    assert f"{HALL}/g/LJN-482" in at_the_hall
    assert "setelah HP tersambung ke Wi-Fi PENDOPO-1" in at_the_hall
    assert f"{OFFICE}/g/LJN-482" in at_home
    assert "tersambung" not in at_home
    assert at_home.splitlines()[0] == "Sosialisasi Rekaan"


@pytest.mark.usefixtures("hall")
def test_a_personal_text_has_the_persons_own_link_and_its_opening_is_logged(
    desk: HouseClient, make: Make, event: Event
) -> None:
    ani = make.enrolment(event, make.user("Ani Lestari"))
    budi = make.enrolment(event, make.user("Budi Santoso"))

    both = sent(desk, "/hp/pesan/peserta")
    one = sent(desk, f"/hp/pesan/peserta?orang={budi.uid}")

    assert len(both) == 2
    for person, text in ((ani, both[0]), (budi, both[1])):
        assert text.startswith(f"Yth. {person.user.name}\n")
        assert f"{HALL}/k/{token_of(person, make.key)}" in text
        assert show_code(code_of(person, make.key)) in text
    assert one == [both[1]]
    subjects = [(line.action, line.subject_uid) for line in stored(make, AuditEntry)]
    assert subjects == [("cards_opened", event.uid), ("cards_opened", budi.uid)]


def test_many_personal_texts_cost_no_more_queries(
    desk: HouseClient, make: Make, event: Event, count_queries: Count
) -> None:
    make.enrolment(event, make.user("Ani Lestari"))
    address = "/kegiatan/LJN-482/hp/pesan/peserta"
    desk.get(address)
    one = count_queries(lambda: desk.get(address))
    for number in range(3):
        make.enrolment(event, make.user(f"Orang {number}"))

    assert count_queries(lambda: desk.get(address)) == one


def test_an_archived_event_keeps_its_wifi(desk: HouseClient, make: Make, event: Event) -> None:
    event.archived_at = make.now
    make.session.commit()

    reply = write_wifi(desk, "PENDOPO-1")

    assert (reply.status_code, make.fresh(event).wifi_name) == (409, "")
    assert "Tulis nama Wi-Fi" not in link_texts(desk.get("/kegiatan/LJN-482/hp"))


def sent(desk: HouseClient, path: str) -> list[str]:
    """The texts on a page, as they would be copied."""
    reply = desk.get(f"/kegiatan/LJN-482{path}")
    return ["".join(area.itertext()).strip() for area in with_class(reply, "text-to-send")]
