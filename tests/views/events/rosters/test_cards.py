"""Cards and the desk's list: every code is the person's own, and nothing else is shown."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from quiz.codes import normalise_code, show_code
from quiz.models import AuditEntry, Event, User
from quiz.models.people.audit import Action
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import notices, root, stored, table_rows, texts, with_class

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]


@pytest.fixture
def event(make: Make) -> Event:
    return make.event("Sosialisasi Rekaan", code="LJN-482")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("address", ["/kegiatan/LJN-482/kartu", "/kegiatan/LJN-482/daftar-meja"])
def test_only_officers_see_cards(
    make: Make, client_for: ClientFor, event: Event, role: Role, address: str
) -> None:
    browser = client_for(make.user(username="seseorang", role=role))

    reply = browser.get(address)

    assert reply.status_code == (200 if role is Role.OFFICER else 403)


def test_an_admin_meets_no_code_and_no_way_to_one(
    make: Make, client_for: ClientFor, eka: User, event: Event
) -> None:
    person = make.enrolment(event, make.user("Ani Lestari"))
    attempt = make.finished(make.sitting(event), person)
    here = f"/kegiatan/LJN-482/peserta/{person.uid}"
    browser = client_for(eka)

    refused = [
        browser.get(f"/kegiatan/LJN-482/kartu?orang={person.uid}"),
        browser.get("/kegiatan/LJN-482/daftar-meja"),
        browser.get(f"/kegiatan/LJN-482/tanda-terima?kode={attempt.receipt}"),
        browser.get(f"{here}/kartu-baru"),
        browser.post_form(f"{here}/kartu-baru", {"issue": str(person.issue)}),
        browser.post_form("/kegiatan/LJN-482/kartu/dicetak-ulang"),
        browser.get("/laporan/LJN-482/peserta"),
    ]
    pages = [browser.get(p) for p in ("/kegiatan/LJN-482", "/kegiatan/LJN-482/peserta", here)]

    assert {reply.status_code for reply in refused} == {403}
    assert make.fresh(person).issue == 1
    for page in pages:
        assert page.status_code == 200
        links = [link.get("href", "") for link in root(page).iter("a")]
        assert [link for link in links if "kartu" in link or "tanda-terima" in link] == []


def test_every_showing_of_codes_is_in_the_log(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    person = make.enrolment(event)
    attempt = make.finished(make.sitting(event), person)
    browser = client_for(citra)
    browser.get("/kegiatan/LJN-482/daftar-meja")
    browser.get("/kegiatan/LJN-482/kartu")
    browser.get(f"/kegiatan/LJN-482/kartu?orang={person.uid}")
    browser.get(f"/kegiatan/LJN-482/tanda-terima?kode={attempt.receipt}")
    browser.get("/kegiatan/LJN-482/tanda-terima?kode=222222")

    lines = stored(make, AuditEntry)

    assert [(line.actor_id, line.action, line.subject_uid) for line in lines] == [
        (citra.id, Action.CARDS_LISTED, event.uid),
        (citra.id, Action.CARDS_OPENED, event.uid),
        (citra.id, Action.CARDS_OPENED, person.uid),
        (citra.id, Action.RECEIPT_MATCHED, attempt.uid),
    ]


def test_a_card_holds_name_unit_event_code_and_the_way_in(
    make: Make, app: Flask, client_for: ClientFor, citra: User, event: Event
) -> None:
    app.extensions["quiz.hall_address"] = "http://192.168.8.2:8000"
    enrolment = make.enrolment(event, make.user("Ani Lestari"), make.unit("Puskesmas Rekaan"))

    reply = client_for(citra).get("/kegiatan/LJN-482/kartu")

    assert texts(reply, "card") == [
        f"{show_code(make.code(enrolment))} Pindai kode QR, atau buka "
        "192.168.8.2:8000/g/LJN-482 dan ketik kode ini. "
        "Ani Lestari Puskesmas Rekaan Sosialisasi Rekaan"
    ]
    [qr] = [node for node in with_class(reply, "card")[0].iter() if node.get("viewBox")]
    assert qr.get("aria-hidden") == "true"
    assert notices(reply) == []


def test_the_code_on_a_card_lets_its_person_in(
    make: Make, client_for: ClientFor, client: HouseClient, citra: User, event: Event
) -> None:
    make.enrolment(event, make.user("Ani Lestari"))
    [code] = texts(client_for(citra).get("/kegiatan/LJN-482/kartu"), "code")

    reply = client.post_form("/masuk", {"code": code, "event": "LJN-482", "onward": "/"})

    assert normalise_code(code) is not None
    assert reply.status_code == 303
    assert "Ani Lestari" in client.get("/").text


def test_cards_that_lead_to_this_machine_only_are_warned_about(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    make.enrolment(event)

    [notice] = notices(client_for(citra).get("/kegiatan/LJN-482/kartu"))

    assert notice.startswith("Kode QR menunjuk localhost, yang hanya terbuka di komputer ini.")


def test_cards_lie_eight_to_a_sheet(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    unit = make.unit()
    for _ in range(9):
        make.enrolment(event, unit=unit)

    reply = client_for(citra).get("/kegiatan/LJN-482/kartu")

    sheets = with_class(reply, "cards")
    assert [len(list(sheet)) for sheet in sheets] == [8, 1]
    assert [("sheet" in sheet.get("class", "").split()) for sheet in sheets] == [True, False]


def test_cards_of_one_unit_or_one_person_are_printed_alone(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    ani = make.enrolment(event, make.user("Ani"), make.unit("Unit A"))
    budi = make.enrolment(event, make.user("Budi"), make.unit("Unit B"))
    browser = client_for(citra)

    unit = browser.get(f"/kegiatan/LJN-482/kartu?unit={ani.unit.uid}")
    person = browser.get(f"/kegiatan/LJN-482/kartu?orang={budi.uid}")

    assert [len(texts(reply, "card")) for reply in (unit, person)] == [1, 1]
    assert texts(unit, "card-who")[0].startswith("Ani")
    assert next(root(person).iter("h1")).text == "Kartu Budi"


def test_a_card_of_somebody_else_or_of_somebody_removed_is_not_found(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    stranger, removed = make.enrolment(), make.enrolment(event, removed_at=make.now)
    browser = client_for(citra)

    replies = [
        browser.get(f"/kegiatan/LJN-482/kartu?orang={each.uid}") for each in (stranger, removed)
    ]

    assert [reply.status_code for reply in replies] == [404, 404]


def test_an_empty_roster_has_no_cards(client_for: ClientFor, citra: User, event: Event) -> None:
    browser = client_for(citra)

    cards, desk = (
        browser.get("/kegiatan/LJN-482/kartu"),
        browser.get("/kegiatan/LJN-482/daftar-meja"),
    )

    assert texts(cards, "empty") == [
        "Belum ada peserta di sini, jadi belum ada kartu. Ke daftar peserta"
    ]
    assert texts(desk, "empty") == ["Belum ada peserta. Ke daftar peserta"]


def test_the_desks_list_names_everybody_with_unit_and_code(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    ani = make.enrolment(event, make.user("Ani"), make.unit("Unit A"))
    budi = make.enrolment(event, make.user("Budi"), make.unit("Unit B"))

    reply = client_for(citra).get("/kegiatan/LJN-482/daftar-meja")

    assert [heading.text for heading in root(reply).iter("h2")] == ["Unit A", "Unit B"]
    assert table_rows(reply) == [
        ["Ani", show_code(make.code(ani))],
        ["Budi", show_code(make.code(budi))],
    ]


def test_many_cards_stand_on_one_page_and_their_queries_do_not_grow(
    make: Make, client_for: ClientFor, citra: User, event: Event, count_queries: Count
) -> None:
    unit, browser = make.unit(), client_for(citra)
    address = "/kegiatan/LJN-482/kartu"
    make.enrolment(event, unit=unit)
    browser.get(address)
    one = count_queries(lambda: browser.get(address))
    for _ in range(309):
        make.enrolment(event, unit=unit)

    many = count_queries(lambda: browser.get(address))
    page = browser.get(address)

    assert many == one
    assert (len(texts(page, "card")), texts(page, "pager")) == (310, [])
    assert "310 kartu" in texts(page, "meta")[0]


# The address they lead to

MORNING, LATER = "http://192.168.8.2:8000", "http://192.168.43.117:8000"


def test_the_first_look_at_the_cards_remembers_their_address(
    make: Make, app: Flask, client_for: ClientFor, citra: User, event: Event
) -> None:
    make.enrolment(event)
    browser = client_for(citra)
    browser.get("/kegiatan/LJN-482/kartu")
    unreachable = make.fresh(event).cards_base
    app.extensions["quiz.hall_address"] = MORNING
    browser.get("/kegiatan/LJN-482/kartu")

    assert (unreachable, make.fresh(event).cards_base) == (None, MORNING)


def test_an_address_that_has_changed_since_is_warned_about_until_the_cards_are_printed_again(
    make: Make, app: Flask, client_for: ClientFor, citra: User, event: Event
) -> None:
    make.enrolment(event)
    event.cards_base = MORNING
    make.session.commit()
    app.extensions["quiz.hall_address"] = LATER
    browser = client_for(citra)

    cards, page = browser.get("/kegiatan/LJN-482/kartu"), browser.get("/kegiatan/LJN-482")
    kept = make.fresh(event).cards_base
    after = browser.post_form("/kegiatan/LJN-482/kartu/dicetak-ulang", follow_redirects=True)

    [notice] = notices(cards)
    assert notice.startswith("Kartu yang sudah dicetak menunjuk 192.168.8.2:8000; yang di halaman")
    assert "Kartu menunjuk 192.168.8.2:8000, sedangkan laptop ini" in texts(page, "missing")[0]
    assert (kept, make.fresh(event).cards_base) == (MORNING, LATER)
    assert notices(after) == [
        "Dicatat. Bagikan kartu yang baru; kode QR pada kartu lama tidak terbuka."
    ]


def test_the_same_address_is_no_warning_and_neither_is_an_event_that_is_over(
    make: Make, app: Flask, client_for: ClientFor, citra: User, event: Event
) -> None:
    make.enrolment(event)
    event.cards_base = MORNING
    make.session.commit()
    browser = client_for(citra)
    app.extensions["quiz.hall_address"] = MORNING
    same = browser.get("/kegiatan/LJN-482")
    event.starts_at = make.now - timedelta(days=3)
    event.ends_at = make.now - timedelta(days=2)
    make.session.commit()
    app.extensions["quiz.hall_address"] = LATER
    over = browser.get("/kegiatan/LJN-482")

    assert "Kartu menunjuk" not in same.text + over.text
