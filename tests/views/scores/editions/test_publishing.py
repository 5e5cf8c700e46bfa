"""Publishing an edition and taking it back, as the officer does it; who may not."""

from collections.abc import Callable

import pytest

from quiz.models import Edition, User
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import faults, notices, root, stored, table_rows, texts, words
from tests.views.scores.editions.publishing import SIZES, hall, published

ClientFor = Callable[..., HouseClient]

REASON = "Kunci soal 3 keliru dan sudah diputus ulang."


def test_an_officer_looks_at_what_will_be_frozen_and_publishes_it(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    code = hall(make).event.code
    browser = client_for(citra)

    page = browser.get(f"/laporan/{code}/terbitkan")
    reply = browser.post_form(f"/laporan/{code}/terbitkan", follow_redirects=True)

    [facts] = texts(page, "facts")
    assert facts.startswith("Terdaftar 12 orang Hadir 12 orang Mengirim jawaban 12 dari 12")
    assert "Edisi 1 terbit." in notices(reply)
    [edition] = stored(make, Edition)
    assert (edition.number, edition.published_by_id) == (1, citra.id)
    row = table_rows(browser.get(f"/laporan/{code}"))[0]
    assert (row[0], row[2:]) == ("Edisi 1", ["Citra Ningsih", "Berlaku", "Tarik edisi 1"])


def test_the_log_says_who_published_and_who_withdrew(
    make: Make, client_for: ClientFor, citra: User, eka: User
) -> None:
    code = hall(make).event.code
    browser = client_for(citra)
    browser.post_form(f"/laporan/{code}/terbitkan")
    browser.post_form(f"/laporan/{code}/edisi/1/tarik", data={"reason": REASON})

    log = words(root(client_for(eka).get("/audit")))

    assert "menerbitkan edisi laporan" in log
    assert "menarik edisi laporan" in log


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.OFFICER, Role.ADMIN}])
def test_nobody_else_publishes_or_withdraws(
    make: Make, client_for: ClientFor, citra: User, role: Role
) -> None:
    event = hall(make).event
    published(make, event, citra)
    browser = client_for(make.user(username="seseorang", role=role))

    replies = [
        browser.post_form(f"/laporan/{event.code}/{rest}", data={"reason": REASON}).status_code
        for rest in ("terbitkan", "edisi/1/tarik")
    ]

    assert replies == [403, 403]
    assert [edition.valid for edition in stored(make, Edition)] == [True]


def test_nothing_new_is_refused_with_a_reason(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    event = hall(make).event
    published(make, event, citra)
    browser = client_for(citra)

    page = browser.get(f"/laporan/{event.code}/terbitkan")
    reply = browser.post_form(f"/laporan/{event.code}/terbitkan")

    assert notices(page)[0] == "Tidak ada yang berubah sejak edisi 1."
    assert (reply.status_code, len(stored(make, Edition))) == (409, 1)


def test_an_event_without_results_says_what_is_missing(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    event = make.sitting().event

    page = client_for(citra).get(f"/laporan/{event.code}/terbitkan")

    [words_] = notices(page)
    assert words_.startswith("Belum ada hasil yang dapat diterbitkan.")


def test_withdrawing_wants_a_reason(make: Make, client_for: ClientFor, citra: User) -> None:
    event = hall(make).event
    published(make, event, citra)
    browser = client_for(citra)

    reply = browser.post_form(f"/laporan/{event.code}/edisi/1/tarik", data={"reason": "salah"})

    assert (reply.status_code, faults(reply)) == (400, ["Alasan: Tulis 10 sampai 1000 karakter."])
    assert [edition.valid for edition in stored(make, Edition)] == [True]


def test_an_edition_is_withdrawn_once(make: Make, client_for: ClientFor, citra: User) -> None:
    event = hall(make).event
    published(make, event, citra)
    browser = client_for(citra)
    address = f"/laporan/{event.code}/edisi/1/tarik"

    reply = browser.post_form(address, data={"reason": REASON}, follow_redirects=True)

    assert "Ditarik" in table_rows(reply)[0][3]
    assert browser.get(address).status_code == 409
    assert browser.post_form(address, data={"reason": REASON}).status_code == 409


def test_the_page_asks_no_more_with_more_people(
    make: Make, client_for: ClientFor, citra: User, count_queries: Callable[..., int]
) -> None:
    sitting = hall(make)
    published(make, sitting.event, citra)
    browser, address = client_for(citra), f"/laporan/{sitting.event.code}/terbitkan"
    browser.get(address)
    few = count_queries(lambda: browser.get(address))
    for name in SIZES:
        for _ in range(9):
            enrolment = make.enrolment(sitting.event, unit=make.unit(f"{name} lain"[:20] + str(_)))
            make.finished(sitting, enrolment, right=1, started_at=sitting.opens_at)

    assert count_queries(lambda: browser.get(address)) == few
