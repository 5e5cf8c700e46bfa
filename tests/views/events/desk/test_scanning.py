"""The desk: cards, codes and names, and what is said of them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from quiz.actions.events.enrolling import reissue
from quiz.formats import day_date_id, when_id
from quiz.models import AuditEntry, Enrolment, Event, User
from tests.client import HouseClient
from tests.factories import Make

ClientFor = Callable[..., HouseClient]
HALL = "http://192.168.8.2:8000"


@pytest.fixture
def event(make: Make) -> Event:
    return make.event()


@pytest.fixture
def enrolment(make: Make, event: Event, ani: User) -> Enrolment:
    return make.enrolment(event, ani)


@pytest.fixture
def desk(client_for: ClientFor, citra: User) -> HouseClient:
    return client_for(citra)


def scan(desk: HouseClient, event: Event, shown: str):  # type: ignore[no-untyped-def]
    return desk.post_form(f"/kegiatan/{event.code}/meja", {"kartu": shown})


def checked_in(make: Make) -> list[str]:
    """The uids of the places somebody was checked in at, as the log says."""
    make.session.commit()
    return list(
        make.session.scalars(select(AuditEntry.subject_uid).where(AuditEntry.action == "check_in"))
    )


@pytest.mark.parametrize("way", ["address", "token", "slash", "capitals", "code", "typed"])
def test_whatever_a_card_says_checks_its_person_in(
    make: Make, desk: HouseClient, event: Event, enrolment: Enrolment, way: str
) -> None:
    token, code = make.token(enrolment), make.code(enrolment)
    shown = {
        "address": f"{HALL}/k/{token}",
        "token": token,
        "slash": f"{HALL}/k/{token}/",
        "capitals": f"{HALL}/k/{token}".swapcase(),
        "code": code,
        "typed": f" {code[:4].lower()} - {code[4:].lower()} ",
    }[way]

    reply = scan(desk, event, shown)

    assert reply.status_code == 200
    assert "Ani Lestari</p>" in reply.text
    assert 'data-sound="good"' in reply.text
    assert make.fresh(enrolment).checked_in_at is not None
    assert checked_in(make) == [enrolment.uid]


def test_a_second_scan_says_since_when_and_records_nothing(
    make: Make, desk: HouseClient, event: Event, enrolment: Enrolment
) -> None:
    at = make.now - timedelta(minutes=3)
    enrolment.check_in(at)
    make.session.commit()

    reply = scan(desk, event, f"{HALL}/k/{make.token(enrolment)}")

    assert f"Sudah hadir {when_id(at, make.now)}" in reply.text
    assert 'data-sound="again"' in reply.text
    assert make.fresh(enrolment).checked_in_at == at
    assert checked_in(make) == []


@pytest.mark.parametrize("shown", ["card", "code"])
def test_a_card_of_another_event_is_said_with_its_event(
    make: Make, desk: HouseClient, event: Event, ani: User, shown: str
) -> None:
    other = make.enrolment(make.event("Sosialisasi Lain"), ani)
    text = make.token(other) if shown == "card" else make.code(other)

    reply = scan(desk, event, text)

    assert reply.status_code == 400
    day = day_date_id(other.event.starts_at)
    assert f"Kartu Ani Lestari untuk kegiatan lain: Sosialisasi Lain, {day}." in reply.text
    assert make.fresh(other).checked_in_at is None


@pytest.mark.parametrize("shown", ["card", "code"])
def test_a_replaced_card_is_said_to_be_replaced(
    make: Make, desk: HouseClient, event: Event, enrolment: Enrolment, shown: str
) -> None:
    old = make.token(enrolment) if shown == "card" else make.code(enrolment)
    reissue(make.session, enrolment, make.key)
    make.session.commit()

    reply = scan(desk, event, old)

    assert reply.status_code == 400
    assert "Kartu Ani Lestari ini sudah diganti dengan yang baru." in reply.text
    assert make.fresh(enrolment).checked_in_at is None


def test_somebody_removed_is_said_to_be_removed(
    make: Make, desk: HouseClient, event: Event, enrolment: Enrolment
) -> None:
    enrolment.removed_at = make.now
    make.session.commit()

    reply = scan(desk, event, make.token(enrolment))

    assert "Ani Lestari sudah dikeluarkan dari daftar peserta." in reply.text
    assert make.fresh(enrolment).checked_in_at is None


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("", "Belum ada yang dipindai"),
        ("https://contoh.id/menu/nasi", "bukan kartu peserta"),
        ("x" * 5000, "bukan kartu peserta"),
        ("K7P2-QX4M", "Kartu atau kode ini tidak dikenal."),
        (f"{HALL}/k/{'A' * 22}", "Kartu atau kode ini tidak dikenal."),
        ("Orang Yang Tidak Ada", "tidak ada nama seperti itu"),
        ("K7P2QX", "Bila itu kode lembar jawaban, buka halaman Kertas."),
    ],
)
def test_whatever_else_is_shown_gets_a_sentence(
    desk: HouseClient, event: Event, enrolment: Enrolment, shown: str, said: str
) -> None:
    reply = scan(desk, event, shown)

    assert reply.status_code == 400
    assert said in reply.text


def test_a_name_finds_people_who_are_checked_in_or_given_a_new_card_from_there(
    make: Make, desk: HouseClient, event: Event, enrolment: Enrolment, budi: User
) -> None:
    make.enrolment(event, budi)

    reply = scan(desk, event, "ani lest")

    assert "Ani Lestari" in reply.text
    assert "Budi Hartono" not in reply.text
    here = f"/kegiatan/{event.code}"
    assert f'{here}/peserta/{enrolment.uid}/kartu-baru"' in reply.text
    assert make.fresh(enrolment).checked_in_at is None
    done = desk.post_form(f"{here}/meja/{enrolment.uid}")
    assert 'data-sound="good"' in done.text
    assert make.fresh(enrolment).checked_in_at is not None


def test_a_name_that_could_be_a_code_is_still_a_name(
    make: Make, desk: HouseClient, event: Event
) -> None:
    make.enrolment(event, make.user("Kusumadi"))

    assert "Catat hadir: Kusumadi" in scan(desk, event, "Kusumadi").text


def test_only_the_desks_page_may_use_a_camera(
    desk: HouseClient, event: Event, enrolment: Enrolment
) -> None:
    here = f"/kegiatan/{event.code}"

    policies = [desk.get(f"{here}{page}").headers["Permissions-Policy"] for page in ("/meja", "")]

    assert policies == ["camera=(self)", "camera=()"]


def test_an_archived_event_has_no_desk(make: Make, desk: HouseClient, event: Event) -> None:
    event.archived_at = make.now
    make.session.commit()

    reply = desk.get(f"/kegiatan/{event.code}/meja")

    assert reply.status_code == 409


def test_participants_and_trainers_have_no_desk(
    client_for: ClientFor, event: Event, enrolment: Enrolment, dewi: User
) -> None:
    statuses = [
        client_for(who).get(f"/kegiatan/{event.code}/meja").status_code for who in (enrolment, dewi)
    ]

    assert statuses == [403, 403]


def test_a_scan_costs_the_same_however_many_have_a_new_card(
    make: Make, desk: HouseClient, event: Event, enrolment: Enrolment, count_queries
) -> None:
    old = make.token(enrolment)
    reissue(make.session, enrolment, make.key)
    make.session.commit()
    scan(desk, event, old)
    alone = count_queries(lambda: scan(desk, event, old))

    for _ in range(5):
        make.enrolment(event, issue=3)

    assert count_queries(lambda: scan(desk, event, old)) == alone
