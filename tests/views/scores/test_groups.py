"""The group page: an event's people together, for whoever speaks to them."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from quiz.models import Sitting, User
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import table_rows, texts
from tests.views.scores.speaking import answer, closed, given, items_on, post_test

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]


def address(sitting: Sitting) -> str:
    return f"/kelompok/{sitting.event.code}?sesi={sitting.uid}"


def hall(make: Make, people: int = 12) -> tuple[Sitting, Sitting]:
    """So many people in two units who did both tests: a quarter right before, all after."""
    items = items_on(make, "K1", "K2")
    pre = closed(make, items)
    units = [make.unit("Kantor Hulu"), make.unit("Kantor Hilir")]
    places = [make.enrolment(pre.event, unit=units[n % 2]) for n in range(people)]
    for number, place in enumerate(places):
        given(make, make.attempt(pre, place), [number % 2 == 0, False])
    post = post_test(make, pre, items)
    for place in places:
        given(make, make.attempt(post, place), [True, True])
    return pre, post


def test_everybody_as_one_group_without_a_unit(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    pre, post = hall(make)
    make.topic("makna")
    browser = client_for(dewi)

    before, after = browser.get(address(pre)), browser.get(address(post))

    assert texts(before, "finding") == ["Nilai rata-rata 25 (8 sampai 42)"]
    assert table_rows(before) == [
        ["Makna", "25%"],
        ["Kalimat K2.", "0 (0 sampai 24)", "12", "UU 20/2023 Pasal 9 ayat (2)"],
        ["Kalimat K1.", "50 (25 sampai 75)", "12", "UU 20/2023 Pasal 9 ayat (2)"],
    ]
    assert "rata-rata 25 menjadi 100, berubah +75 poin" in after.text
    assert not any("Kantor" in page.text for page in (before, after))


def test_what_was_asked_is_not_told(make: Make, client_for: ClientFor, dewi: User) -> None:
    pre, _ = hall(make)
    item = pre.slots[0].choices[0].version.item

    page = client_for(dewi).get(address(pre)).text

    assert [w for w in (item.stem, *(o.text for o in item.options)) if w in page] == []


def test_nine_people_are_too_few_for_speakers_though_enough_for_the_office(
    make: Make, client_for: ClientFor, dewi: User, citra: User
) -> None:
    pre, post = hall(make, 9)

    pages = [client_for(dewi).get(address(each)) for each in (pre, post)]
    office = client_for(citra).get(f"/laporan/{pre.event.code}/unit?sesi={pre.uid}")

    assert [texts(page, "finding") for page in pages] == [[], []]
    assert [table_rows(page) for page in pages] == [[], []]
    assert all("Hasil kelompok tampil mulai 10 orang" in page.text for page in pages)
    assert "poin" not in pages[1].text
    assert texts(office, "finding") != []


def test_an_open_sitting_shows_who_was_there_and_no_result(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    sitting = closed(make, items_on(make, "K1"), closes_at=make.now + timedelta(hours=1))
    for _ in range(12):
        make.finished(sitting)

    page = client_for(dewi).get(address(sitting))

    assert "12 dari 12" in page.text
    assert (texts(page, "finding"), table_rows(page)) == ([], [])


def test_speakers_find_their_event_from_the_menu_and_officers_from_the_event(
    make: Make, client_for: ClientFor, dewi: User, citra: User
) -> None:
    pre, _ = hall(make)

    browser = client_for(dewi)
    home, listed = browser.get("/soal"), browser.get("/kelompok")

    office = client_for(citra).get(f"/kegiatan/{pre.event.code}/papan").text
    assert 'href="/kelompok"' in home.text
    assert 'href="/kelompok"' not in office
    assert f'href="/kegiatan/{pre.event.code}/celah"' in office
    assert f'href="/kelompok/{pre.event.code}"' in listed.text
    assert f'href="/kegiatan/{pre.event.code}/celah"' in listed.text


def test_an_event_without_a_test_says_so_on_both_pages(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    code, browser = make.event().code, client_for(dewi)

    pages = [browser.get(f"/kelompok/{code}"), browser.get(f"/kegiatan/{code}/celah")]

    assert [page.status_code for page in pages] == [200, 200]
    assert "belum mempunyai pre-test" in texts(pages[0], "empty")[0]
    assert "tidak punya pre-test" in texts(pages[1], "empty")[0]


@pytest.mark.parametrize("role", Role)
def test_only_speakers_and_officers_open_it(make: Make, client_for: ClientFor, role: Role) -> None:
    pre, _ = hall(make, 1)
    browser = client_for(make.user(username="seseorang", role=role))

    statuses = {browser.get(where).status_code for where in (address(pre), "/kelompok")}

    may = role in {Role.TRAINER, Role.LEGAL_CHECKER, Role.OFFICER, Role.ADMIN}
    assert statuses == ({200} if may else {403})


def test_more_people_and_events_cost_no_more_queries(
    make: Make, client_for: ClientFor, dewi: User, count_queries: Count
) -> None:
    pre, _ = hall(make)
    browser = client_for(dewi)

    def both() -> None:
        browser.get(address(pre))
        browser.get("/kelompok")

    both()
    few = count_queries(both)
    answer(make, pre, [1, 1], 6)
    make.sitting(make.event())
    make.sitting(make.event())

    assert count_queries(both) == few
