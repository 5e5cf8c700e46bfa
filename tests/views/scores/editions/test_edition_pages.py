"""What an edition shows to whom, and what is left of it when it is withdrawn."""

import csv
import io
import zipfile
from collections.abc import Callable

import pytest

from quiz.models import Sitting, User
from quiz.models.events.events import Phase
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import notices, root, table_rows, texts, words
from tests.views.scores.editions.publishing import SIZES, hall, published

ClientFor = Callable[..., HouseClient]

PAGES = ["", "/unit", "/kalimat", "/unit.xlsx", "/unit.csv", "/unit.json", "/kalimat.csv"]
SPEAKING = {Role.TRAINER, Role.LEGAL_CHECKER}


@pytest.fixture
def sitting(make: Make, citra: User) -> Sitting:
    """A sitting that stands in edition 1 of its event."""
    found = hall(make)
    published(make, found.event, citra)
    return found


def address(sitting: Sitting, rest: str = "", number: int = 1) -> str:
    return f"/laporan/{sitting.event.code}/edisi/{number}{rest}"


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("rest", PAGES)
def test_kesbangpol_speakers_and_checkers_read_editions(
    make: Make, client_for: ClientFor, sitting: Sitting, role: Role, rest: str
) -> None:
    reply = client_for(make.user(username="seseorang", role=role)).get(address(sitting, rest))

    may = {Role.OFFICER, Role.ADMIN} | SPEAKING
    assert reply.status_code == (200 if role in may else 403)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("rest", ["/unit.pdf", "/unit.docx"])
def test_documents_of_an_edition_are_for_those_who_see_units(
    make: Make, client_for: ClientFor, sitting: Sitting, role: Role, rest: str
) -> None:
    reply = client_for(make.user(username="seseorang", role=role)).get(address(sitting, rest))

    assert reply.status_code == (200 if role in {Role.OFFICER, Role.ADMIN} else 403)


def test_an_edition_shows_what_the_live_report_showed(
    client_for: ClientFor, citra: User, sitting: Sitting
) -> None:
    browser = client_for(citra)

    live = browser.get(f"/laporan/{sitting.event.code}/unit")
    frozen = browser.get(address(sitting, "/unit"))

    assert table_rows(frozen) == table_rows(live)
    assert texts(frozen, "finding") == texts(live, "finding")
    assert texts(frozen, "quiet") == texts(live, "quiet")


def test_an_edition_stays_when_results_change(
    make: Make, client_for: ClientFor, citra: User, sitting: Sitting
) -> None:
    browser = client_for(citra)
    before = browser.get(address(sitting, "/unit"))
    unit = make.unit("Desa Baru", "desa")
    for _ in range(8):
        enrolment = make.enrolment(sitting.event, unit=unit)
        make.finished(sitting, enrolment, right=3, started_at=sitting.opens_at)

    after = browser.get(address(sitting, "/unit"))

    assert table_rows(after) == table_rows(before)
    assert "20 dari 20" in texts(browser.get(f"/laporan/{sitting.event.code}"), "facts")[0]


@pytest.mark.parametrize("role", sorted(SPEAKING))
def test_speakers_and_checkers_see_everybody_together_and_no_unit(
    make: Make, client_for: ClientFor, sitting: Sitting, role: Role
) -> None:
    browser = client_for(make.user(username="seseorang", role=role))

    replies = [browser.get(address(sitting, rest)) for rest in PAGES]
    [finding] = texts(browser.get(address(sitting, "/unit")), "finding")
    rows = list(
        csv.reader(io.StringIO(browser.get(address(sitting, "/unit.csv")).text), delimiter=";")
    )

    assert finding.startswith("Nilai rata-rata")
    assert "unit" not in finding
    assert [row[2] for row in rows] == ["Unit", "Semua peserta"]
    assert [name for name in SIZES for reply in replies if name.encode() in reply.data] == []


def test_speakers_and_checkers_find_events_with_editions_alone(
    make: Make, client_for: ClientFor, dewi: User, sitting: Sitting
) -> None:
    hall(make, make.event("Kegiatan tanpa edisi"))

    page = client_for(dewi).get("/laporan")

    [row] = table_rows(page)
    assert (row[0], row[2]) == (f"Sosialisasi Netralitas ASN {sitting.event.code}", "1")


def test_speakers_are_led_to_the_newest_edition(
    make: Make, client_for: ClientFor, citra: User, dewi: User, sitting: Sitting
) -> None:
    hall(make, sitting.event, Phase.POST)
    published(make, sitting.event, citra)
    browser = client_for(dewi)

    reply = browser.get(address(sitting, "/unit"))

    assert reply.location == address(sitting, number=2)
    assert browser.get(address(sitting, number=2)).status_code == 200


def test_an_edition_that_is_not_there_is_404(
    client_for: ClientFor, citra: User, sitting: Sitting
) -> None:
    browser = client_for(citra)

    found = [
        browser.get(each).status_code
        for each in (
            address(sitting, number=2),
            address(sitting, "/unit?sesi=lain"),
            address(sitting, "/peserta.csv"),
        )
    ]

    assert found == [404, 404, 404]


def _withdraw(browser: HouseClient, sitting: Sitting) -> None:
    browser.post_form(address(sitting, "/tarik"), data={"reason": "Kunci soal 3 keliru."})


def test_a_withdrawn_edition_says_so_at_its_head_to_kesbangpol(
    client_for: ClientFor, citra: User, sitting: Sitting
) -> None:
    browser = client_for(citra)
    _withdraw(browser, sitting)

    pages = [browser.get(address(sitting, rest)) for rest in ("", "/unit", "/kalimat")]
    written = browser.get(address(sitting, "/unit.json")).get_json()
    rows = browser.get(address(sitting, "/unit.csv")).text.splitlines()

    for page in pages:
        said = next(each for each in notices(page) if each.startswith("Edisi 1 ditarik pada "))
        assert said.endswith("Kunci soal 3 keliru. Jangan mengutip angkanya.")
    document = zipfile.ZipFile(io.BytesIO(browser.get(address(sitting, "/unit.docx")).data))
    assert "Edisi 1 ditarik pada" in document.read("word/document.xml").decode()
    assert (written["edition"], written["withdrawn"]) == (1, True)
    assert written["notes"][0].startswith("Edisi 1 ditarik pada ")
    assert all(row.startswith('"1, DITARIK"') or row.startswith("1, DITARIK") for row in rows[1:])


@pytest.mark.parametrize("rest", PAGES)
def test_of_a_withdrawn_edition_speakers_see_the_reason_and_no_number(
    client_for: ClientFor, citra: User, dewi: User, sitting: Sitting, rest: str
) -> None:
    _withdraw(client_for(citra), sitting)

    reply = client_for(dewi).get(address(sitting, rest))

    assert reply.status_code == 410
    assert "Kunci soal 3 keliru." in notices(reply)[0]
    assert "rata-rata" not in words(root(reply))


def test_a_withdrawn_edition_is_in_no_list(
    client_for: ClientFor, citra: User, dewi: User, sitting: Sitting
) -> None:
    _withdraw(client_for(citra), sitting)

    page = client_for(dewi).get("/laporan")

    assert texts(page, "empty") == ["Belum ada laporan yang diterbitkan Kesbangpol. Buka bank soal"]


def test_an_edition_with_two_sittings_shows_both_and_the_change(
    make: Make, client_for: ClientFor, citra: User, sitting: Sitting
) -> None:
    post = hall(make, sitting.event, Phase.POST)
    published(make, sitting.event, citra)
    browser = client_for(citra)

    overview = browser.get(address(sitting, number=2))
    units = browser.get(address(sitting, f"/unit?sesi={post.uid}", number=2))

    assert len(texts(overview, "facts")) == 2
    assert "Perubahan dari Pre-test ke Post-test tidak ditampilkan" in words(root(units))
