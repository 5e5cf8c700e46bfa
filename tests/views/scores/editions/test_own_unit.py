"""What the head of a unit sees, by account and by link, and what a link does not tell."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from quiz.models import Sitting, Unit, UnitLink, User
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import faults, notices, root, stored, texts, words
from tests.views.scores.editions.publishing import hall, published

ClientFor = Callable[..., HouseClient]


@pytest.fixture
def sitting(make: Make, citra: User) -> Sitting:
    """A sitting that stands in edition 1 of its event."""
    found = hall(make)
    published(make, found.event, citra)
    return found


def unit(make: Make, name: str) -> Unit:
    return make.session.query(Unit).filter(Unit.name == name).one()


def link_for(browser: HouseClient, sitting: Sitting, code: str, days: str = "30") -> str:
    """The path of a new link, from the text to send."""
    address = f"/laporan/{sitting.event.code}/tautan"
    browser.post_form(address, data={"unit": code, "days": days})
    [area] = [node for node in root(browser.get(address)).iter("textarea")][:1]
    return next(word for word in words(area).split() if "/u/" in word).removeprefix(
        "http://localhost"
    )


@pytest.fixture
def officers(client_for: ClientFor, citra: User) -> HouseClient:
    return client_for(citra)


def test_the_head_of_a_unit_sees_its_figures_and_what_to_talk_about(
    make: Make, client_for: ClientFor, sitting: Sitting
) -> None:
    head = make.user(username="kepala", role=Role.UNIT_HEAD, unit=unit(make, "Kantor A"))
    browser = client_for(head)

    page = browser.get("/", follow_redirects=True)

    said = words(root(page))
    assert texts(page, "facts") == [
        "Hadir 6 dari 6 Mengirim jawaban 6 dari 6",
        "Nilai rata-rata 39 (0 sampai 80) Mencapai 70 1 dari 6",
    ]
    assert "Topik yang paling lemah: Makna." in said
    assert "Untuk apel berikutnya" in said
    assert "edisi 1" in said
    assert [name for name in ("Desa B", "Desa C") if name in said] == []


def test_the_head_of_a_small_unit_sees_the_pool_by_name(
    make: Make, client_for: ClientFor, sitting: Sitting
) -> None:
    head = make.user(username="kepala", role=Role.UNIT_HEAD, unit=unit(make, "Desa B"))

    page = client_for(head).get("/unit-saya")

    assert texts(page, "facts")[0] == "Hadir 2 dari 2 Mengirim jawaban 2 dari 2"
    assert "digabung dengan unit sejenis: Desa B, Desa C." in words(root(page))
    assert texts(page, "facts")[1].startswith("Nilai rata-rata gabungan")


def test_before_an_edition_there_is_nothing_to_see(make: Make, client_for: ClientFor) -> None:
    event = hall(make).event
    head = make.user(username="kepala", role=Role.UNIT_HEAD, unit=unit(make, "Kantor A"))
    browser = client_for(head)

    page = browser.get("/unit-saya")

    assert texts(page, "empty")[0].startswith("Belum ada laporan yang diterbitkan Kesbangpol")
    assert browser.get(f"/unit-saya?kegiatan={event.code}").text.count("Mengirim") == 0


def test_an_account_without_a_unit_is_told_what_to_do(make: Make, client_for: ClientFor) -> None:
    page = client_for(make.user(username="kepala", role=Role.UNIT_HEAD)).get("/unit-saya")

    assert page.status_code == 404
    assert "Minta admin memilih unit Anda di Akun." in words(root(page))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.UNIT_HEAD])
def test_nobody_else_has_a_page_of_a_unit(make: Make, client_for: ClientFor, role: Role) -> None:
    person = make.user(username="seseorang", role=role, unit=make.unit())

    assert client_for(person).get("/unit-saya").status_code == 403


def test_a_link_shows_one_unit_to_whoever_has_it(
    make: Make, client: HouseClient, officers: HouseClient, sitting: Sitting
) -> None:
    path = link_for(officers, sitting, unit(make, "Desa C").code)

    page = client.get(path)

    assert page.status_code == 200
    assert texts(page, "facts")[0] == "Hadir 4 dari 4 Mengirim jawaban 4 dari 4"
    assert "Kantor A" not in words(root(page))
    assert "/laporan" not in page.text


def test_opening_a_link_writes_nothing_and_no_other_method_is_there(
    make: Make, client: HouseClient, officers: HouseClient, sitting: Sitting
) -> None:
    path = link_for(officers, sitting, unit(make, "Desa C").code)
    before = [(link.id, link.expires_at) for link in stored(make, UnitLink)]

    client.get(path)

    assert [(link.id, link.expires_at) for link in stored(make, UnitLink)] == before
    assert client.post(path).status_code in {400, 405}


def test_expired_withdrawn_and_unknown_links_tell_of_no_unit(
    make: Make, client: HouseClient, officers: HouseClient, sitting: Sitting
) -> None:
    expired = link_for(officers, sitting, unit(make, "Desa C").code, days="1")
    withdrawn = link_for(officers, sitting, unit(make, "Kantor A").code, days="300")
    [link] = [each for each in stored(make, UnitLink) if each.unit.name == "Kantor A"]
    officers.post_form(f"/laporan/{sitting.event.code}/tautan/{link.uid}/cabut")

    with time_machine.travel(make.now + timedelta(days=2), tick=False):
        pages = [client.get(path) for path in (expired, withdrawn, "/u/" + "x" * 22)]

    assert [page.status_code for page in pages] == [410, 410, 404]
    assert words(root(pages[0])) == words(root(pages[1]))
    assert [
        name
        for name in ("Desa C", "Kantor A", sitting.event.code, sitting.event.title)
        for page in pages
        if name in page.text
    ] == []


def test_a_withdrawn_edition_is_said_and_its_numbers_are_gone(
    make: Make, client: HouseClient, officers: HouseClient, sitting: Sitting
) -> None:
    path = link_for(officers, sitting, unit(make, "Kantor A").code)
    officers.post_form(
        f"/laporan/{sitting.event.code}/edisi/1/tarik", data={"reason": "Kunci soal 3 keliru."}
    )

    page = client.get(path)

    assert "Kesbangpol menarik edisi 1 pada" in notices(page)[0]
    assert "Kunci soal 3 keliru." in notices(page)[0]
    assert texts(page, "facts") == []


def test_the_token_stands_in_no_line_of_the_log_and_in_no_table(
    make: Make,
    app: Flask,
    client: HouseClient,
    officers: HouseClient,
    sitting: Sitting,
    caplog: pytest.LogCaptureFixture,
) -> None:
    path = link_for(officers, sitting, unit(make, "Desa C").code)
    caplog.set_level("INFO")

    client.get(path)

    token = path.rpartition("/")[2]
    assert "/u/…" in caplog.text
    assert token not in caplog.text
    assert token not in repr([vars(link) for link in stored(make, UnitLink)])


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"unit": "", "days": "30"}, "Pilih unit."),
        ({"unit": "TIDAK-ADA", "days": "30"}, "Unit: Pilih salah satu dari daftar."),
        ({"unit": "ADA", "days": "0"}, "Berlaku: Isi 1 sampai 365 hari."),
        ({"unit": "ADA", "days": "366"}, "Berlaku: Isi 1 sampai 365 hari."),
        ({"unit": "ADA", "days": ""}, "Isi berapa hari tautan berlaku."),
    ],
)
def test_a_link_wants_a_unit_of_the_roster_and_a_number_of_days(
    make: Make, officers: HouseClient, sitting: Sitting, sent: dict[str, str], fault: str
) -> None:
    code = unit(make, "Desa C").code
    data = {key: code if value == "ADA" else value for key, value in sent.items()}

    reply = officers.post_form(f"/laporan/{sitting.event.code}/tautan", data=data)

    assert (reply.status_code, faults(reply)) == (400, [fault])
    assert stored(make, UnitLink) == []


def test_a_link_of_another_event_is_not_withdrawn_here(
    make: Make, officers: HouseClient, sitting: Sitting
) -> None:
    link_for(officers, sitting, unit(make, "Desa C").code)
    [link] = stored(make, UnitLink)
    other = make.event()

    reply = officers.post_form(f"/laporan/{other.code}/tautan/{link.uid}/cabut")

    assert reply.status_code == 404
    assert stored(make, UnitLink)[0].withdrawn_at is None
