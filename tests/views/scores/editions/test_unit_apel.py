"""The apel sheet of a unit's head: as page and as file, by account and by link, of an edition."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
import time_machine
from werkzeug.test import TestResponse

from quiz.exports.documents.kinds import PAPER_KINDS
from quiz.models import Attempt, BankItem, Material, Sitting, Unit, User
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.papers import pdf_pages, pdf_text, word_text
from tests.reading import link_texts, notices, root, stored, texts, words
from tests.views.scores.editions.publishing import HOUR, published
from tests.views.scores.editions.test_own_unit import link_for, unit

ClientFor = Callable[..., HouseClient]
READ = {"pdf": pdf_text, "docx": word_text}

KINDS = {"Desa Hulu": "desa", "Desa Hilir": "desa", "SD Satu": "upt-pendidikan"}
WRONG = {"Desa Hulu": (4, 3), "Desa Hilir": (4,), "SD Satu": (0, 1)}
"""Places of the items that everybody of a unit has wrong."""

SIZES = {"Desa Hulu": 6, "Desa Hilir": 4, "SD Satu": 12}


def items(make: Make, count: int = 5) -> list[BankItem]:
    """Items on a sentence of the material of their own and on one article."""
    make.reference(text="Pegawai bebas dari pengaruh.", verbatim=True)
    material = Material(code="bahan", title="Bahan")
    for number in range(count):
        make.passage(f"KAL-{number}", material, position=number, text=f"Kalimat ke-{number}.")
    return [
        make.bank_item(
            make.item(
                code=f"UJI-9{number}",
                topic="makna",
                stem=f"Soal ke-{number}?",
                explanation=f"Sebabnya, ke-{number}.",
                passages=(f"KAL-{number}",),
                references=("UU-20-2023-P9-2",),
            )
        )
        for number in range(count)
    ]


def over(make: Make, sizes: Mapping[str, int] = SIZES) -> Sitting:
    """A sitting that is over, its keys out, in which each unit had its own items wrong."""
    make.topic()
    opens = make.now - 3 * HOUR
    sitting = make.sitting(
        make.event(code="UJI-APEL"),
        items=items(make),
        opens_at=opens,
        closes_at=opens + HOUR,
        released_at=opens + HOUR,
        grace_minutes=0,
    )
    for name, size in sizes.items():
        place = make.unit(name, KINDS[name])
        for _ in range(size):
            enrolment = make.enrolment(sitting.event, unit=place)
            attempt = make.finished(sitting, enrolment, started_at=opens)
            wrong(make, attempt, WRONG[name])
    return sitting


def wrong(make: Make, attempt, places) -> None:  # type: ignore[no-untyped-def]
    """The score of an attempt with nothing earned at these places of its form."""
    [score] = [one for one in attempt.scores if one.current]
    score.items = [
        [*item[:4], "0" if place in places else item[4], item[5]]
        for place, item in enumerate(score.items)
    ]
    score.knowledge_points = score.knowledge_max - len(places)
    make.session.commit()


@pytest.fixture
def officers(client_for: ClientFor, citra: User) -> HouseClient:
    return client_for(citra)


@pytest.fixture
def sitting(make: Make, citra: User) -> Sitting:
    """Ten people of two villages, twelve of a school; it stands in edition 1."""
    found = over(make)
    published(make, found.event, citra)
    return found


@pytest.fixture
def head_of(make: Make, client_for: ClientFor) -> Callable[[str], HouseClient]:
    def browser(name: str) -> HouseClient:
        return client_for(make.user(username="kepala", role=Role.UNIT_HEAD, unit=unit(make, name)))

    return browser


HeadOf = Callable[[str], HouseClient]


def points(page: TestResponse) -> list[str]:
    return [words(node) for node in root(page).iter("b") if words(node).startswith("Kalimat")]


def sheet(browser: HouseClient, ending: str = "pdf", code: str = "UJI-APEL") -> TestResponse:
    return browser.get(f"/unit-saya/{code}/lembar-apel.{ending}")


@pytest.mark.parametrize(
    ("name", "order"),
    [("Desa Hilir", ["4", "3", "0"]), ("SD Satu", ["0", "1", "4"])],
)
def test_what_the_kind_finds_hardest_comes_first_then_what_everybody_does(
    sitting: Sitting, head_of: HeadOf, name: str, order: list[str]
) -> None:
    browser = head_of(name)

    page = browser.get("/unit-saya")

    assert points(page) == [f"Kalimat ke-{number}." for number in order]
    kind = "Pemerintah desa" if name == "Desa Hilir" else "UPT pendidikan"
    wanted = f"di semua unit jenis {kind} bersama, lalu dari semua unit."
    assert wanted in words(root(page))
    text = pdf_text(sheet(browser).data)
    places = [text.index(f"Kalimat ke-{number}.") for number in order]
    assert places == sorted(places)


@pytest.mark.parametrize("sizes", [{"SD Satu": 9}, {"Desa Hilir": 3}])
def test_a_kind_that_few_belong_to_or_could_be_subtracted_has_the_order_of_everybody(
    make: Make, citra: User, head_of: HeadOf, sizes: dict[str, int]
) -> None:
    published(make, over(make, SIZES | sizes).event, citra)

    said = words(root(head_of("Desa Hulu").get("/unit-saya")))

    assert "dari semua unit bersama, yang dari topik terlemah lebih dulu" in said
    assert "dari semua unit jenis Pemerintah desa saja tidak disebut" in said


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_page_and_file_say_the_same_by_account_and_by_link(
    make: Make, client: HouseClient, sitting: Sitting, officers: HouseClient, ending: str
) -> None:
    path = link_for(officers, sitting, unit(make, "Desa Hulu").code)

    page = client.get(path)
    reply = client.get(f"{path}/lembar-apel.{ending}")

    assert link_texts(page).count("PDF") == link_texts(page).count("Word") == 1
    assert reply.headers["Content-Disposition"].endswith(f"lembar-apel-UJI-APEL.{ending}")
    text = READ[ending](reply.data)
    for said in (
        "Desa Hulu",
        "Hadir dari yang terdaftar: 0 dari 6; 6 orang mengerjakan tanpa tercatat hadir.",
        "1. Kalimat ke-4. Sebabnya, ke-4.",
        "Dasar: UU 20/2023 Pasal 9 ayat (2): “Pegawai bebas dari pengaruh.”",
        "Lembar apel UJI-APEL, edisi 1",
        "belum disahkan pemeriksa hukum",
    ):
        assert said in text
    shared = [*points(page), "Sebabnya, ke-4.", "Soal ke-", "Mana yang tepat, dan mengapa?"]
    assert [said for said in shared if said not in text or said not in words(root(page))] == []


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_it_has_no_name_no_score_and_no_other_unit(
    make: Make, sitting: Sitting, head_of: HeadOf, ending: str
) -> None:
    text = READ[ending](sheet(head_of("Desa Hulu"), ending).data)

    names = [place.user.name for place in sitting.event.enrolments]
    signs = [*names, "%", "persen", "Kunci", "✓", "Desa Hilir", "SD Satu"]
    assert [sign for sign in signs if sign in text] == []


def test_it_is_one_page(sitting: Sitting, head_of: HeadOf) -> None:
    assert len(pdf_pages(sheet(head_of("Desa Hulu")).data)) == 1


def test_what_happens_after_the_edition_changes_nothing(
    make: Make, sitting: Sitting, head_of: HeadOf, citra: User
) -> None:
    browser = head_of("Desa Hulu")
    before = points(browser.get("/unit-saya"))

    for attempt in stored(make, Attempt):
        attempt.enrolment.checked_in_at = make.now
        attempt.void(citra, "Diulang.", make.now)
    make.session.commit()

    assert points(browser.get("/unit-saya")) == before
    assert "0 dari 6" in pdf_text(sheet(browser).data)


def test_what_somebody_may_still_be_asked_stays_away_from_page_and_file(
    make: Make, sitting: Sitting, head_of: HeadOf
) -> None:
    [item] = [row for row in make.session.query(BankItem) if row.code == "UJI-94"]
    make.sitting(items=[item], opens_at=make.now + HOUR, closes_at=make.now + 2 * HOUR)
    browser = head_of("Desa Hulu")

    found = [browser.get("/unit-saya").text, pdf_text(sheet(browser).data)]

    assert [("ke-4" in text, "Kalimat ke-3." in text) for text in found] == [(False, True)] * 2


def test_what_a_ruling_has_overtaken_stays_away(
    make: Make, sitting: Sitting, head_of: HeadOf
) -> None:
    [item] = [row for row in make.session.query(BankItem) if row.code == "UJI-94"]
    assert item.published
    make.ruling(item.published)
    browser = head_of("Desa Hulu")

    assert "Kalimat ke-4." not in points(browser.get("/unit-saya"))
    assert "ke-4" not in pdf_text(sheet(browser).data)


@pytest.mark.parametrize("people", [9, 10])
def test_nothing_that_fewer_than_ten_met_is_said(
    make: Make, citra: User, head_of: HeadOf, people: int
) -> None:
    published(make, over(make, {"SD Satu": people}).event, citra)
    browser = head_of("SD Satu")

    page, text = browser.get("/unit-saya"), pdf_text(sheet(browser).data)

    assert ("Sebabnya" in text, "Sebabnya" in page.text) == (people == 10, people == 10)
    assert ("yang disampaikan kalimat dari bahan" in text) == (people == 9)


def test_before_the_keys_are_out_the_material_speaks(
    make: Make, citra: User, head_of: HeadOf
) -> None:
    sitting = over(make)
    sitting.released_at = None
    make.session.commit()
    published(make, sitting.event, citra)
    browser = head_of("Desa Hulu")
    sitting.released_at = make.now
    make.session.commit()

    page, text = browser.get("/unit-saya"), pdf_text(sheet(browser).data)

    for said in (words(root(page)), text):
        assert "belum terbuka bagi semua pesertanya ketika edisi ini terbit" in said
        assert "Kalimat ke-0." in said
        assert "Sebabnya" not in said


def test_a_withdrawn_edition_says_so_in_place_of_the_file(
    make: Make, client: HouseClient, officers: HouseClient, sitting: Sitting
) -> None:
    path = link_for(officers, sitting, unit(make, "Desa Hulu").code)
    withdraw(officers, 1)

    reply = client.get(f"{path}/lembar-apel.pdf")

    assert reply.status_code == 409
    assert "Kesbangpol menarik edisi 1 pada" in words(root(reply))
    assert "Kunci soal 3 keliru. Belum ada edisi pengganti." in words(root(reply))
    assert "PDF" not in link_texts(client.get(path))


def test_a_sheet_of_an_edition_before_says_which_was_withdrawn(
    make: Make, client: HouseClient, officers: HouseClient, sitting: Sitting, citra: User
) -> None:
    path = link_for(officers, sitting, unit(make, "Desa Hulu").code)
    make.session.commit()
    place = make.unit("SD Dua", "upt-pendidikan")
    for _ in range(6):
        enrolment = make.enrolment(sitting.event, unit=place)
        make.finished(sitting, enrolment, right=2, started_at=sitting.opens_at)
    published(make, sitting.event, citra)
    withdraw(officers, 2)

    text = pdf_text(client.get(f"{path}/lembar-apel.pdf").data)

    assert "Kesbangpol menarik edisi 2 pada" in text
    assert "Lembar apel UJI-APEL, edisi 1" in text
    assert "Kesbangpol menarik edisi 2 pada" in notices(client.get(path))[0]


def withdraw(officers: HouseClient, number: int) -> None:
    officers.post_form(
        f"/laporan/UJI-APEL/edisi/{number}/tarik", data={"reason": "Kunci soal 3 keliru."}
    )


def test_an_expired_or_unknown_link_gives_no_file_and_tells_of_no_unit(
    make: Make, client: HouseClient, officers: HouseClient, sitting: Sitting
) -> None:
    path = link_for(officers, sitting, unit(make, "Desa Hulu").code, days="1")

    with time_machine.travel(make.now + timedelta(days=2), tick=False):
        replies = [client.get(f"{each}/lembar-apel.pdf") for each in (path, "/u/" + "x" * 22)]

    assert [reply.status_code for reply in replies] == [410, 404]
    assert [n for n in ("Desa Hulu", "UJI-APEL") for reply in replies if n in reply.text] == []


def test_an_account_has_the_sheet_of_its_own_unit_and_events_alone(
    make: Make, sitting: Sitting, head_of: HeadOf, citra: User
) -> None:
    browser = head_of("Desa Hulu")
    other = make.event(code="LAIN-1")
    without = make.event(code="TANPA-1")
    make.enrolment(without, unit=unit(make, "Desa Hulu"))
    foreign = make.sitting(other, opens_at=make.now - 3 * HOUR, closes_at=make.now - 2 * HOUR)
    for _ in range(10):
        make.finished(foreign, make.enrolment(other), started_at=foreign.opens_at)
    published(make, other, citra)

    found = {code: sheet(browser, code=code).status_code for code in ("LAIN-1", "TANPA-1", "X")}

    assert found == {"LAIN-1": 404, "TANPA-1": 404, "X": 404}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.UNIT_HEAD])
def test_nobody_else_has_it_by_account(
    make: Make, client_for: ClientFor, sitting: Sitting, role: Role
) -> None:
    person = make.user(username="seseorang", role=role, unit=unit(make, "Desa Hulu"))

    assert sheet(client_for(person)).status_code == 403


def test_no_search_engine_keeps_what_a_link_opens(
    make: Make, client: HouseClient, officers: HouseClient, sitting: Sitting
) -> None:
    path = link_for(officers, sitting, unit(make, "Desa Hulu").code)

    replies = [client.get(each) for each in (path, f"{path}/lembar-apel.pdf", "/u/tiada", "/k/X")]

    assert {reply.headers["X-Robots-Tag"] for reply in replies} == {"noindex, nofollow"}
    assert "X-Robots-Tag" not in client.get("/masuk").headers


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_no_cache_on_the_way_keeps_a_file(
    make: Make, sitting: Sitting, head_of: HeadOf, ending: str
) -> None:
    assert sheet(head_of("Desa Hulu"), ending).headers["Cache-Control"] == "private, no-store"


def test_more_people_and_kinds_take_no_more_queries(
    make: Make, citra: User, head_of: HeadOf, count_queries: Callable[..., int]
) -> None:
    sitting = over(make, {"Desa Hulu": 10})
    published(make, sitting.event, citra)
    browser = head_of("Desa Hulu")
    browser.get("/unit-saya")
    few = count_queries(lambda: browser.get("/unit-saya"))
    for name in ("Kantor Satu", "Kantor Dua"):
        place = make.unit(name, "kecamatan")
        for _ in range(10):
            enrolment = make.enrolment(sitting.event, unit=place)
            make.finished(sitting, enrolment, right=1, started_at=sitting.opens_at)
    published(make, sitting.event, citra)

    assert "edisi 2" in texts(browser.get("/unit-saya"), "meta")[0]
    assert count_queries(lambda: browser.get("/unit-saya")) == few


def test_the_unit_of_the_page_is_what_its_roster_says(
    make: Make, sitting: Sitting, head_of: HeadOf
) -> None:
    [place] = [row for row in make.session.query(Unit) if row.name == "Desa Hulu"]
    place.name = "Desa Hulu Baru"
    make.session.commit()

    assert "Desa Hulu Baru" in pdf_text(sheet(head_of("Desa Hulu Baru")).data)


def test_the_text_to_a_head_says_what_the_sheet_says(
    sitting: Sitting, officers: HouseClient
) -> None:
    page = officers.get("/laporan/UJI-APEL/pesan")

    said = [words(node) for node in root(page).iter("textarea")]
    wanted = "1. Kalimat ke-4. (UU 20/2023 Pasal 9 ayat (2)) 2. Kalimat ke-3."
    assert [wanted in text for text in said if "Pimpinan Desa Hulu" in text] == [True, True]
