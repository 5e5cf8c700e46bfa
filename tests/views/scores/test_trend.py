"""The trend over events: kinds of unit side by side, and why an event is left out."""

import csv
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from quiz.exports import EXPORTS
from quiz.models import Event, User
from quiz.models.events.events import Phase
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.papers import pdf_text, word_text
from tests.reading import root, table_rows, texts
from tests.views.scores.speaking import closed, given

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]


def past(make: Make, weeks: int, kinds: dict[str, int], *types: str, right: int = 1) -> Event:
    """An event so long ago whose post-test so many of each kind did, with ``right`` right."""
    start = make.now - timedelta(weeks=weeks)
    event = make.event(f"Kegiatan {weeks}", starts_at=start, ends_at=start + timedelta(hours=4))
    items = [make.bank_item(make.item(type, references=())) for type in types]
    times = {"opens_at": start, "closes_at": start + timedelta(hours=1)}
    post = closed(make, items, event=event, phase=Phase.POST, **times)
    for kind, people in kinds.items():
        unit = make.unit(kind=kind)
        for person in range(people):
            attempt = make.attempt(post, make.enrolment(event, unit=unit), started_at=start)
            alone = right + person % 2
            given(make, attempt, [place < alone for place in range(len(types))])
    return event


SAME = ("true_false", "true_false", "true_false")


def test_each_kind_has_its_events_in_order_of_time(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    later = past(make, 1, {"upt-teknis": 6, "upt-pendidikan": 8}, *SAME, right=2)
    first = past(make, 5, {"upt-teknis": 6}, *SAME, right=0)

    rows = table_rows(client_for(citra).get("/laporan/tren"), "chart")

    assert [(row[0].split(",")[0], row[2], row[3]) for row in rows] == [
        (later.code, "83 (68 sampai 98)", "8 dari 8"),
        (first.code, "17 (0 sampai 36)", "6 dari 6"),
        (later.code, "83 (64 sampai 100)", "6 dari 6"),
    ]


def test_apart_and_not_apart_in_words(make: Make, client_for: ClientFor, citra: User) -> None:
    past(make, 5, {"upt-teknis": 8}, *SAME, right=0)
    past(make, 3, {"upt-teknis": 8}, *SAME, right=2)
    browser = client_for(citra)

    apart = browser.get("/laporan/tren").text
    past(make, 1, {"upt-teknis": 8}, *SAME, right=2)

    assert "sebelumnya: <b>lebih tinggi</b>" in apart
    assert "sebelumnya: <b>belum dapat dibedakan</b>" in browser.get("/laporan/tren").text


def test_another_blueprint_is_left_out_with_the_reason(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    other = past(make, 5, {"upt-teknis": 8}, "true_false", "single_choice", "single_choice")
    past(make, 1, {"upt-teknis": 8}, *SAME)

    page = client_for(citra).get("/laporan/tren")

    assert len(table_rows(page, "chart")) == 1
    assert [(row[0], row[2]) for row in table_rows(page)] == [
        (
            f"{other.title}{other.code}",
            "Kisi-kisi Post-test lain daripada kegiatan terbaru (topik, tingkat, atau jenis "
            "soalnya berbeda), jadi nilainya tidak dapat dibandingkan.",
        )
    ]


def test_an_awaited_post_test_stands_in_no_figure(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    event = past(make, 1, {"upt-teknis": 8}, *SAME)
    (post,) = event.sittings
    post.opens_at, post.closes_at = make.now - timedelta(hours=1), make.now
    post.grace_minutes = 10
    make.response(make.attempt(post, make.enrolment(event)), 1)

    page = client_for(citra).get("/laporan/tren")

    assert table_rows(page, "chart") == []
    assert "Post-test belum selesai" in table_rows(page)[0][2]


def test_a_unit_in_two_kinds_at_once_silences_the_event(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    event = past(make, 1, {"upt-teknis": 8, "upt-pendidikan": 8}, *SAME)
    event.enrolments[0].kind_name = "Jenis lain"
    make.session.commit()

    rows = table_rows(client_for(citra).get("/laporan/tren"), "chart")

    assert {row[2] for row in rows} == {"tidak ditampilkan"}


def test_its_files_have_the_rows_of_the_page(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    first = past(make, 5, {"upt-teknis": 6, "upt-pendidikan": 8}, *SAME, right=0)
    later = past(make, 3, {"upt-teknis": 6, "upt-pendidikan": 3}, *SAME, right=2)
    other = past(make, 4, {"upt-teknis": 8}, "true_false", "single_choice", "single_choice")
    browser = client_for(citra)

    page = browser.get("/laporan/tren")
    files = {ending: browser.get(f"/laporan/tren.{ending}").data for ending in ENDINGS}

    shown = [(row[0].split(",")[0], row[2], row[3]) for row in table_rows(page, "chart")]
    assert len(shown) == 4
    rows = list(csv.reader(files["csv"].decode("utf-8-sig").splitlines(), delimiter=";"))[1:]
    kinds = ["UPT pendidikan", "UPT pendidikan", "UPT teknis", "UPT teknis"]
    assert [row[0] for row in rows] == kinds
    assert [(row[1], range_words(row[6:9]), f"{row[5]} dari {row[4]}") for row in rows] == shown
    assert {row[1] for row in rows} == {first.code, later.code}
    why = f"Tidak dibandingkan: {other.code}, {other.title}. Kisi-kisi Post-test lain"
    for text in (pdf_text(files["pdf"]), word_text(files["docx"])):
        for code, found, counted in shown:
            assert code in text
            assert found in text
            assert counted in text
        assert why in text
        assert "belum berarti kegiatannya lebih baik" in text
    said = json.loads(files["json"])["notes"]
    assert any(sentence.startswith(why) for sentence in said)
    assert links(page) == [f"/laporan/tren.{ending}" for ending in ENDINGS]


ENDINGS = tuple(EXPORTS["trend"].kinds)


def range_words(cells: list[str]) -> str:
    mean, low, high = cells
    return f"{mean} ({low} sampai {high})" if mean else "tidak ditampilkan"


def links(page: TestResponse) -> list[str]:
    found = [str(a.get("href")) for a in root(page).iter("a")]
    return [url for url in found if url.endswith(ENDINGS)]


def test_without_any_event_it_says_when_there_will_be_one(
    client_for: ClientFor, citra: User
) -> None:
    browser = client_for(citra)

    page = browser.get("/laporan/tren")

    assert texts(page, "empty")[0].startswith("Tren tampil setelah sedikitnya satu kegiatan")
    assert links(page) == []
    assert {browser.get(f"/laporan/tren.{ending}").status_code for ending in ENDINGS} == {200}


@pytest.mark.parametrize("role", Role)
def test_only_who_sees_reports_opens_it(make: Make, client_for: ClientFor, role: Role) -> None:
    reply = client_for(make.user(username="seseorang", role=role)).get("/laporan/tren")

    assert reply.status_code == (200 if role in {Role.OFFICER, Role.ADMIN} else 403)


def test_more_events_cost_no_more_queries(
    make: Make, client_for: ClientFor, citra: User, count_queries: Count
) -> None:
    past(make, 5, {"upt-teknis": 5}, *SAME)
    browser = client_for(citra)
    browser.get("/laporan/tren")
    one = count_queries(lambda: browser.get("/laporan/tren"))
    past(make, 3, {"upt-teknis": 5, "upt-pendidikan": 5}, *SAME)
    past(make, 1, {"upt-teknis": 5}, *SAME)

    assert count_queries(lambda: browser.get("/laporan/tren")) == one
