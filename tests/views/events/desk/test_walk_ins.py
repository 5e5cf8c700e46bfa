"""People without a card: typed in at the desk, or asking on their own phone and admitted."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import func, select

from quiz.models import AuditEntry, Enrolment, Event, JoinRequest, Unit, User
from quiz.queries.events.desk.waiting import LIFETIME, MOST_OF_ONE_ADDRESS, MOST_WAITING
from tests.client import HouseClient
from tests.factories import Make

ClientFor = Callable[..., HouseClient]


@pytest.fixture
def event(make: Make) -> Event:
    return make.event()


@pytest.fixture
def unit(make: Make) -> Unit:
    return make.unit("UPT Pendidikan Rekaan", "upt-pendidikan")


@pytest.fixture
def desk(client_for: ClientFor, citra: User) -> HouseClient:
    return client_for(citra)


def guest(place: Unit, **changes: str) -> dict[str, str]:
    return {"name": "Rina Wati", "unit": place.name, "status": "pns", "position": ""} | changes


def add(desk: HouseClient, event: Event, typed: dict[str, str]):  # type: ignore[no-untyped-def]
    return desk.post_form(f"/kegiatan/{event.code}/meja/tamu", typed)


def ask(phone: HouseClient, event: Event, name: str = "Rina Wati", **changes: str):  # type: ignore[no-untyped-def]
    typed = {"name": name, "unit": "UPT Pendidikan Rekaan", "position": "Guru"} | changes
    return phone.post_form(f"/g/{event.code}/daftar", typed)


def state(phone: HouseClient, event: Event) -> str:
    word: str = phone.get(f"/g/{event.code}/daftar/keadaan").get_json()["word"]
    return word


def requests(make: Make) -> list[JoinRequest]:
    make.session.commit()
    return list(
        make.session.scalars(
            select(JoinRequest).order_by(JoinRequest.id),
            execution_options={"populate_existing": True},
        )
    )


def people(make: Make, event: Event) -> list[Enrolment]:
    make.session.commit()
    return list(make.session.scalars(select(Enrolment).where(Enrolment.event_id == event.id)))


def said(make: Make) -> list[str]:
    make.session.commit()
    return list(make.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


# Typed in at the desk


def test_a_guest_is_on_the_roster_and_present_and_the_card_is_shown(
    make: Make, desk: HouseClient, event: Event, unit: Unit
) -> None:
    reply = add(desk, event, guest(unit))

    (rina,) = people(make, event)
    assert (rina.user.name, rina.unit_name, rina.walked_in) == ("Rina Wati", unit.name, True)
    assert rina.checked_in_at is not None
    assert reply.status_code == 303
    card = f"/kegiatan/{event.code}/kartu?orang={rina.uid}&kembali=meja"
    assert reply.location == card
    assert "Kembali ke meja" in desk.get(card).text
    assert said(make)[:2] == ["enrolment_added", "check_in"]


def test_an_admin_who_holds_no_cards_comes_back_to_the_desk(
    make: Make, client_for: ClientFor, eka: User, event: Event, unit: Unit
) -> None:
    assert add(client_for(eka), event, guest(unit)).location == f"/kegiatan/{event.code}/meja"


def test_a_guest_who_is_invited_after_all_keeps_unit_and_card(
    make: Make, desk: HouseClient, event: Event, unit: Unit
) -> None:
    user = make.user("Rina Wati", unit=unit)
    before = make.enrolment(event, user)
    issue = before.issue

    reply = add(desk, event, guest(unit, status="pppk", position="Guru"))

    (rina,) = people(make, event)
    assert (rina.id, rina.issue, rina.status.value, rina.walked_in) == (
        before.id,
        issue,
        "pns",
        False,
    )
    assert make.fresh(rina).checked_in_at is not None
    told = desk.get(reply.location).text
    assert "Rina Wati sudah ada di daftar (UPT Pendidikan Rekaan); sekarang tercatat hadir." in told


def test_a_unit_that_is_not_registered_is_asked_about_and_made(
    make: Make, desk: HouseClient, event: Event, unit: Unit
) -> None:
    typed = guest(unit, unit="Desa Contoh Baru", status="kepala_desa")
    page = add(desk, event, typed)
    assert page.status_code == 400
    asked = unescape(page.text.split('name="asked"')[1].split('value="')[1].split('"')[0])
    answer = unescape(page.text.split('name="answer"')[1].split('value="')[1].split('"')[0])

    done = add(desk, event, typed | {"asked": asked, "answer": answer})

    assert done.status_code == 303
    assert people(make, event)[0].unit_name == "Desa Contoh Baru"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Tulis nama lengkap."),
        ("name", "12 34", "Nama harus memuat huruf."),
        ("unit", " ", "Tulis unit kerja."),
        ("status", "", "Pilih status."),
        ("status", "raja", "Pilih salah satu dari daftar."),
    ],
)
def test_what_is_missing_is_said_and_nobody_is_added(
    make: Make,
    desk: HouseClient,
    event: Event,
    unit: Unit,
    field: str,
    typed: str,
    sentence: str,
) -> None:
    reply = add(desk, event, guest(unit, **{field: typed}))

    assert reply.status_code == 400
    assert sentence in reply.text
    assert people(make, event) == []


# The waiting list


def test_a_phone_asks_is_admitted_and_becomes_that_persons(
    make: Make, client: HouseClient, desk: HouseClient, event: Event, unit: Unit
) -> None:
    assert ask(client, event).location == f"/g/{event.code}/daftar/tunggu"
    assert "Rina Wati" in client.get(f"/g/{event.code}/daftar/tunggu").text
    assert state(client, event) == "waiting"
    (asked,) = requests(make)
    assert f"Terima: {asked.name}" in desk.get(f"/kegiatan/{event.code}/meja").text
    form = desk.get(f"/kegiatan/{event.code}/meja/daftar-tunggu/{asked.uid}")
    assert 'value="Rina Wati"' in form.text
    assert 'value="Guru"' in form.text

    admitted = desk.post_form(
        f"/kegiatan/{event.code}/meja/daftar-tunggu/{asked.uid}", guest(unit, position="Guru")
    )

    assert admitted.location == f"/kegiatan/{event.code}/meja"
    assert state(client, event) == "admitted"
    assert client.get("/data-saya").status_code == 302  # it has no right yet
    entered = client.post_form(f"/g/{event.code}/daftar/masuk")
    assert entered.location == "/"
    assert "Rina Wati" in client.get("/").text
    assert "Hadir" in client.get("/").text
    assert said(make)[-2:] == ["join_admitted", "entered_admitted"]
    (asked,) = requests(make)
    assert (asked.name, asked.unit_name, asked.position) == ("", "", "")


def test_who_is_invited_after_all_enters_as_the_person_on_the_roster(
    make: Make, client: HouseClient, desk: HouseClient, event: Event, unit: Unit
) -> None:
    invited = make.enrolment(event, make.user("Rina Wati", unit=unit))
    ask(client, event)
    (asked,) = requests(make)

    desk.post_form(f"/kegiatan/{event.code}/meja/daftar-tunggu/{asked.uid}", guest(unit))
    client.post_form(f"/g/{event.code}/daftar/masuk")

    assert [each.id for each in people(make, event)] == [invited.id]
    with client.session_transaction() as kept:
        assert kept["_user_id"] == f"p:{invited.uid}"


def test_a_refused_phone_is_told_and_what_was_typed_is_forgotten(
    make: Make, client: HouseClient, desk: HouseClient, event: Event
) -> None:
    ask(client, event)
    (asked,) = requests(make)

    desk.post_form(f"/kegiatan/{event.code}/meja/daftar-tunggu/{asked.uid}/tolak")

    assert state(client, event) == "refused"
    assert "Petugas tidak menerima" in client.get(f"/g/{event.code}/daftar/tunggu").text
    assert client.post_form(f"/g/{event.code}/daftar/masuk").status_code == 409
    (asked,) = requests(make)
    assert (asked.name, asked.unit_name, asked.position) == ("", "", "")
    assert people(make, event) == []
    assert ask(client, event).status_code == 303
    assert state(client, event) == "waiting"


def test_a_request_opens_nothing_before_it_is_admitted(
    make: Make, client: HouseClient, event: Event
) -> None:
    ask(client, event)

    reply = client.post_form(f"/g/{event.code}/daftar/masuk")

    assert reply.status_code == 409
    assert client.get("/data-saya").status_code == 302


def test_another_phone_does_not_enter_by_a_request_it_did_not_make(
    make: Make,
    client: HouseClient,
    desk: HouseClient,
    client_for: ClientFor,
    event: Event,
    unit: Unit,
    app,
) -> None:
    ask(client, event)
    (asked,) = requests(make)
    desk.post_form(f"/kegiatan/{event.code}/meja/daftar-tunggu/{asked.uid}", guest(unit))
    other = app.test_client()

    reply = other.post_form(f"/g/{event.code}/daftar/masuk")

    assert reply.location == f"/g/{event.code}/daftar"
    assert state(other, event) == "none"


def test_an_admission_is_used_once_but_for_a_tap_that_was_lost(
    make: Make, client: HouseClient, desk: HouseClient, event: Event, unit: Unit
) -> None:
    ask(client, event)
    cookie = client.get_cookie("session")
    assert cookie is not None
    (asked,) = requests(make)
    desk.post_form(f"/kegiatan/{event.code}/meja/daftar-tunggu/{asked.uid}", guest(unit))
    assert client.post_form(f"/g/{event.code}/daftar/masuk").status_code == 303

    client.set_cookie("session", cookie.value)
    assert client.post_form(f"/g/{event.code}/daftar/masuk").status_code == 303
    (asked,) = requests(make)
    asked.entered_at = make.now - timedelta(minutes=3)
    make.session.commit()
    client.set_cookie("session", cookie.value)

    late = client.post_form(f"/g/{event.code}/daftar/masuk")

    assert late.status_code == 409
    assert "sudah dipakai untuk masuk" in late.text


def test_a_request_is_corrected_while_it_waits(
    make: Make, client: HouseClient, event: Event
) -> None:
    ask(client, event, "Rina Wti")
    form = client.get(f"/g/{event.code}/daftar?perbaiki=ya")
    assert 'value="Rina Wti"' in form.text

    client.post_form(
        f"/g/{event.code}/daftar?perbaiki=ya",
        {"name": "Rina Wati", "unit": "UPT Rekaan", "position": ""},
    )

    assert [(each.name, each.unit_name) for each in requests(make)] == [("Rina Wati", "UPT Rekaan")]


def test_two_officers_settle_a_request_once(
    make: Make, client: HouseClient, desk: HouseClient, event: Event, unit: Unit
) -> None:
    ask(client, event)
    (asked,) = requests(make)
    here = f"/kegiatan/{event.code}/meja/daftar-tunggu/{asked.uid}"
    desk.post_form(f"{here}/tolak")

    late = desk.post_form(here, guest(unit))

    assert late.status_code == 409
    assert "sudah diputuskan" in late.text
    assert people(make, event) == []


def test_the_list_takes_so_many_of_one_address_and_so_many_at_all(
    make: Make, app, event: Event
) -> None:
    statuses = [
        ask(app.test_client(), event, f"Tamu {'abcdefghijklm'[number]}").status_code
        for number in range(MOST_OF_ONE_ADDRESS + 1)
    ]
    assert statuses == [303] * MOST_OF_ONE_ADDRESS + [429]

    other = {"REMOTE_ADDR": "192.168.8.77"}
    typed = {"name": "Tamu Lain", "unit": "UPT", "position": ""}
    phone = app.test_client()
    assert phone.post_form(f"/g/{event.code}/daftar", typed, environ_base=other).status_code == 303
    for number in range(MOST_WAITING):
        make.session.add(
            JoinRequest(
                event=event,
                name=f"Tamu {number}",
                unit_name="UPT",
                address_key=str(number),
                asked_at=make.now,
            )
        )
    make.session.commit()
    full = app.test_client().post_form(
        f"/g/{event.code}/daftar", typed, environ_base={"REMOTE_ADDR": "192.168.8.78"}
    )

    assert full.status_code == 429
    assert "Daftar tunggu sedang penuh." in full.text


@pytest.mark.parametrize("when", ["before", "after", "archived"])
def test_an_event_that_is_not_on_takes_no_requests(
    make: Make, client: HouseClient, when: str
) -> None:
    shift = {"before": timedelta(days=3), "after": timedelta(days=-3), "archived": timedelta()}
    event = make.event(
        starts_at=make.now + shift[when],
        ends_at=make.now + shift[when] + timedelta(hours=4),
        archived_at=make.now if when == "archived" else None,
    )

    page, reply = client.get(f"/g/{event.code}/daftar"), ask(client, event)

    assert "Pendaftaran di tempat hanya dibuka" in page.text
    assert 'name="unit"' not in page.text
    assert reply.status_code == 429
    assert requests(make) == []


def test_requests_of_other_days_are_deleted(make: Make, client: HouseClient, event: Event) -> None:
    old = {"name": "Lama", "unit_name": "UPT", "address_key": "", "asked_at": make.now - LIFETIME}
    make.session.add(JoinRequest(event=event, **old))
    make.session.commit()

    ask(client, event)

    assert [each.name for each in requests(make)] == ["Rina Wati"]


def test_what_is_missing_on_the_phone_is_said(
    make: Make, client: HouseClient, event: Event
) -> None:
    reply = ask(client, event, "", unit="")

    assert reply.status_code == 400
    assert "Tulis nama lengkap Anda." in reply.text
    assert "Tulis unit kerja Anda." in reply.text
    assert requests(make) == []


def test_an_admin_sees_the_list_and_admits_nobody(
    make: Make, client: HouseClient, client_for: ClientFor, eka: User, event: Event, unit: Unit
) -> None:
    ask(client, event)
    (asked,) = requests(make)
    admin = client_for(eka)
    here = f"/kegiatan/{event.code}/meja"

    page = admin.get(here)
    tries = [
        admin.post_form(f"{here}/daftar-tunggu/{asked.uid}", guest(unit)).status_code,
        admin.post_form(f"{here}/daftar-tunggu/{asked.uid}/tolak").status_code,
    ]

    assert "Rina Wati" in page.text
    assert "Terima: Rina Wati" not in page.text
    assert tries == [403, 403]


def test_the_live_part_and_the_board_count_who_waits(
    make: Make, client: HouseClient, desk: HouseClient, event: Event
) -> None:
    make.sitting(event)
    ask(client, event)

    part = desk.get(f"/kegiatan/{event.code}/meja/isi").get_json()
    board = desk.get(f"/kegiatan/{event.code}/papan").text

    assert "Daftar tunggu: 1 orang" in part["html"]
    assert "1 di daftar tunggu" in board
    again = desk.get(f"/kegiatan/{event.code}/meja/isi?kata={part['word']}")
    assert again.status_code == 204


def test_the_entrance_of_an_event_leads_to_the_list(client: HouseClient, event: Event) -> None:
    assert f'href="/g/{event.code}/daftar"' in client.get(f"/g/{event.code}").text


def test_the_desk_costs_the_same_however_many_wait(
    make: Make, desk: HouseClient, event: Event, count_queries
) -> None:
    def waits(number: int) -> None:
        for each in range(number):
            fields = {"name": f"Tamu {each}", "unit_name": "UPT", "address_key": ""}
            make.session.add(JoinRequest(event=event, asked_at=make.now, **fields))
        make.session.commit()

    here = f"/kegiatan/{event.code}/meja"
    waits(1)
    desk.get(here)
    alone = count_queries(lambda: desk.get(here))
    waits(7)

    assert count_queries(lambda: desk.get(here)) == alone
    assert make.session.scalar(select(func.count()).select_from(JoinRequest)) == 8
