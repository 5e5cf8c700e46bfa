"""Items as files: which are chosen, what is told, what is downloaded."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from quiz.assessment.question_file import read_folder
from quiz.exchange.questions import read_questions
from quiz.models import AuditEntry, Material, User
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import link_texts, root, words

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]


@pytest.fixture
def browser(client_for: ClientFor, make: Make, dewi: User) -> HouseClient:
    """Dewi's browser; the bank has a published item on each of two topics, and a draft."""
    make.topic("makna", name="Makna netralitas", description="Arti.")
    make.topic("tenang", name="Masa tenang", position=2, description="Tiga hari.")
    make.bank_item(make.item(code="MKN-001", topic="makna", stem="Terbit?"))
    make.bank_item(make.item(code="TNG-001", topic="tenang", stem="Tenang?"))
    make.bank_item(make.item(code="MKN-002", topic="makna", stem="Draf?"), published=False)
    return client_for(dewi)


def codes(reply, name: str = "soal") -> list[str]:  # type: ignore[no-untyped-def]
    return [item.code for item in read_questions(name, reply.data).items]


def listed(reply) -> list[str]:  # type: ignore[no-untyped-def]
    return [words(line) for line in root(reply).iter("li")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["MKN-001", "TNG-001"]),
        ("?topik=tenang", ["TNG-001"]),
        ("?keadaan=draft", ["MKN-002"]),
        ("?keadaan=draft&keadaan=published", ["MKN-001", "MKN-002", "TNG-001"]),
        ("?keadaan=draft&topik=tenang", []),
        ("?topik=karangan", []),
    ],
)
def test_topics_and_states_choose_what_is_written(
    browser: HouseClient, query: str, expected: list[str]
) -> None:
    reply = browser.get(f"/soal/ekspor/gift{query}")

    assert codes(reply) == expected


@pytest.mark.parametrize(
    ("format", "name", "kind"),
    [
        ("gift", "soal.gift.txt", "text/plain"),
        ("moodle-xml", "soal.xml", "application/xml"),
        (
            "xlsx",
            "soal.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_each_format_is_downloaded_under_its_name(
    browser: HouseClient, format: str, name: str, kind: str
) -> None:
    reply = browser.get(f"/soal/ekspor/{format}")

    assert reply.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert reply.mimetype == kind
    assert codes(reply) == ["MKN-001", "TNG-001"]


def test_a_format_there_is_not_is_not_found(browser: HouseClient) -> None:
    assert browser.get("/soal/ekspor/pdf").status_code == 404


def test_our_own_files_carry_everything_and_load_again(
    browser: HouseClient, make: Make, tmp_path: Path
) -> None:
    make.reference(title="Undang-Undang ASN")
    make.claim(references=["UU-20-2023-P9-2"], source=["UU 20/2023"])
    make.passage(
        material=Material(code="bahan", title="Bahan", source="Rekaan", held_on=date(2024, 11, 22))
    )

    reply = browser.get("/soal/ekspor/berkas?topik=makna")

    with zipfile.ZipFile(io.BytesIO(reply.data)) as archive:
        archive.extractall(tmp_path)
    folder = read_folder(tmp_path / "questions")
    assert [item.code for item in folder.items] == ["MKN-001"]
    assert folder.items[0].references == ("UU-20-2023-P9-2",)
    assert [topic.code for topic in folder.topics] == ["makna", "tenang"]


def test_the_page_counts_and_says_what_each_format_leaves_behind(browser: HouseClient) -> None:
    page = browser.get("/soal/ekspor")

    lines = listed(page)
    assert "GIFT, 2 dari 2 soal Unduh" in lines
    assert "Berkas soal kami (.zip berisi YAML), 2 dari 2 soal Unduh" in lines
    assert "dasar hukum (pasal) (2 soal)" in lines
    assert "bagian bahan sosialisasi (2 soal)" in lines


def test_what_only_some_formats_leave_behind_names_them(browser: HouseClient, make: Make) -> None:
    from tests.assessment.samples import options

    make.bank_item(make.item(code="MKN-009", options=options(1, "5/12", 0)))

    assert (
        "bobot sebagian yang tidak dikenal Moodle, dibulatkan ke yang terdekat (1 soal) "
        "(hanya GIFT, XML Moodle)"
    ) in listed(browser.get("/soal/ekspor"))


def test_types_other_programs_do_not_know_are_counted_and_named(
    browser: HouseClient, make: Make
) -> None:
    make.bank_item(make.item("feed", code="SIM-001"))

    lines = listed(browser.get("/soal/ekspor"))

    assert "GIFT, 2 dari 3 soal Unduh" in lines
    assert any(line.startswith("1 soal jenis ") and line.endswith("SIM-001") for line in lines)


def test_the_choice_stays_on_the_page_and_goes_into_the_links(browser: HouseClient) -> None:
    page = browser.get("/soal/ekspor?topik=tenang&keadaan=published")

    boxes = [b.get("value") for b in root(page).iter("input") if b.get("checked") is not None]
    links = [link.get("href", "") for link in root(page).iter("a")]
    assert boxes == ["published", "tenang"]
    assert "/soal/ekspor/gift?topik=tenang&keadaan=published" in links


def test_a_choice_without_items_says_so(browser: HouseClient) -> None:
    page = browser.get("/soal/ekspor?keadaan=retired")

    assert "Tidak ada soal yang cocok dengan pilihan ini." in words(root(page))
    assert "Pilih semua yang terbit" in link_texts(page)


def test_the_page_costs_the_same_for_two_items_and_for_ten(
    browser: HouseClient, make: Make, count_queries: Count
) -> None:
    browser.get("/soal/ekspor")
    two = count_queries(lambda: browser.get("/soal/ekspor"))
    for number in range(8):
        make.bank_item(make.item(code=f"MKN-1{number:02}", topic="makna"))

    assert count_queries(lambda: browser.get("/soal/ekspor")) == two


def test_keys_that_leave_the_bank_leave_a_line(client_for, make, dewi, session):
    item = make.bank_item()

    for name in ("gift", "berkas"):
        client_for(dewi).get(f"/soal/ekspor/{name}")

    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(entry.action, entry.actor_id) for entry in entries] == [
        ("items_exported", dewi.id)
    ] * 2
    assert all(entry.detail.content["items"] == [item.code] for entry in entries)
