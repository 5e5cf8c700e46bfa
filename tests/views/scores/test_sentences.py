"""Sentences of the material that are still misread: the page and its files."""

import csv
import io
from collections.abc import Callable

import pytest

from quiz.models import Attempt, Sitting, User
from quiz.permissions import Role
from quiz.queries.taking.asked import asked_in
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import notices, table_rows, texts

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]


def _hall(make: Make, people: int = 20) -> Sitting:
    """Three items: all right, a quarter right, and half right; of the last many are very sure."""
    make.passage("KAL-1", text="Pegawai tidak berpihak.")
    make.reference("UU-1")
    items = [
        make.bank_item(make.item(code=f"UJI-{n}", passages=("KAL-1",), references=("UU-1",)))
        for n in (1, 2, 3)
    ]
    sitting = make.sitting(items=items, asks_confidence=True, closes_at=make.now, grace_minutes=0)
    unit = make.unit("Kantor A")
    for person in range(people):
        attempt = make.attempt(sitting, make.enrolment(sitting.event, unit=unit))
        for position, every in ((1, 1), (2, 4), (3, 2)):
            right = person % every == 0
            sure = 3 if position == 3 and not right else 2
            chosen = None if right else _wrong(make, attempt, position)
            make.response(attempt, position, chosen, confidence=sure)
        make.score(attempt, make.now)
    return sitting


def _wrong(make: Make, attempt: Attempt, position: int) -> list[str]:
    item = asked_in(make.session, attempt)[position].item
    return [next(option.id for option in item.options if option.id not in item.keys)]


def _address(sitting: Sitting, ending: str = "") -> str:
    return f"/laporan/{sitting.event.code}/kalimat{ending}"


def test_confident_errors_come_first_and_easy_items_not_at_all(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    sitting = _hall(make)

    rows = table_rows(client_for(citra).get(_address(sitting)))

    assert [row[1:] for row in rows] == [
        ["50 (30 sampai 70)", "20", "UU 20/2023 Pasal 9 ayat (2)"],
        ["25 (11 sampai 47)", "20", "UU 20/2023 Pasal 9 ayat (2)"],
    ]
    assert rows[0][0].startswith("Pegawai tidak berpihak. Yakin tetapi keliru")
    assert "Yakin" not in rows[1][0]


def test_page_and_files_hold_the_same(make: Make, client_for: ClientFor, citra: User) -> None:
    sitting = _hall(make)
    browser = client_for(citra)

    page = browser.get(_address(sitting))
    rows = table_rows(page)
    text = browser.get(_address(sitting, ".csv")).data.decode("utf-8-sig")
    written = browser.get(_address(sitting, ".json")).get_json()

    assert notices(page) == written["notes"][-1:]
    _heads, *lines = csv.reader(io.StringIO(text), delimiter=";")
    assert [[f"{r} ({low} sampai {high})", n, law] for *_, r, low, high, n, _, law in lines] == [
        row[1:] for row in rows
    ]
    assert [row["sure"] for row in written["rows"]] == ["Ya", ""]
    assert [str(row["right"]) for row in written["rows"]] == [line[4] for line in lines]


def test_fewer_than_five_and_an_open_sitting_say_nothing(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    few = _hall(make, 4)

    page = client_for(citra).get(_address(few))

    assert table_rows(page) == []
    assert texts(page, "empty")[0].startswith("Belum ada kalimat yang dapat disebut")


@pytest.mark.parametrize("role", Role)
def test_only_who_sees_reports_sees_them(make: Make, client_for: ClientFor, role: Role) -> None:
    sitting = make.sitting()

    reply = client_for(make.user(username="seseorang", role=role)).get(_address(sitting))

    assert reply.status_code == (200 if role in {Role.OFFICER, Role.ADMIN} else 403)


def test_more_people_cost_no_more_queries(
    make: Make, client_for: ClientFor, citra: User, count_queries: Count
) -> None:
    sitting = _hall(make, 6)
    make.finished(sitting, make.enrolment(sitting.event), right=1)
    browser = client_for(citra)
    browser.get(_address(sitting))
    one = count_queries(lambda: browser.get(_address(sitting)))
    for _ in range(6):
        make.finished(sitting, make.enrolment(sitting.event), right=1)

    assert count_queries(lambda: browser.get(_address(sitting))) == one
