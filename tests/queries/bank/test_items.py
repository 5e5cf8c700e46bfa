"""Searching the bank, on both databases."""

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from quiz.actions.bank.citing import cite_new_versions
from quiz.assessment.items.item import Level
from quiz.models import BankItem, User
from quiz.queries.bank.item_page import item_page
from quiz.queries.bank.items import Search, authors, items, published_as
from tests.factories import Make


def _codes(session: Session, **search: str) -> list[str]:
    rows, _ = items(session, Search(**search), offset=0, limit=50)
    return [row.bank_item.code for row in rows]


@pytest.fixture
def bank(make: Make) -> dict[str, BankItem]:
    """One item in each state, and words to look for."""
    made = {
        "ADA-1": make.bank_item(make.item(code="ADA-1", stem="Bolehkah “mengikuti” grup 100%?")),
        "ADA-2": make.bank_item(
            make.item("true_false", code="ADA-2", topic="mengapa", level=Level.MENERAPKAN)
        ),
        "DRF-1": make.bank_item(make.item(code="DRF-1"), published=False),
        "REV-1": make.bank_item(make.item(code="REV-1"), published=False, in_review_at=make.now),
        "RET-1": make.bank_item(make.item(code="RET-1"), retired_at=make.now),
    }
    make.bank_item(make.item(code="SAH-1", stem="Grup kantor?"), signed_at=make.now)
    return made


@pytest.mark.parametrize(
    ("search", "codes"),
    [
        ({}, ["ADA-1", "ADA-2", "DRF-1", "RET-1", "REV-1", "SAH-1"]),
        ({"words": "GRUP"}, ["ADA-1", "SAH-1"]),
        ({"words": "grup mengikuti"}, ["ADA-1"]),
        ({"words": "100%"}, ["ADA-1"]),
        ({"words": "%"}, ["ADA-1"]),
        ({"words": "“mengikuti”"}, ["ADA-1"]),
        ({"words": "ada-"}, ["ADA-1", "ADA-2"]),
        ({"topic": "mengapa"}, ["ADA-2"]),
        ({"level": "menerapkan"}, ["ADA-2"]),
        ({"type": "true_false"}, ["ADA-2"]),
        ({"state": "draft"}, ["DRF-1"]),
        ({"state": "in_review"}, ["REV-1"]),
        ({"state": "retired"}, ["RET-1"]),
        ({"state": "published"}, ["ADA-1", "ADA-2", "SAH-1"]),
        ({"signed": "ya"}, ["SAH-1"]),
        ({"signed": "belum"}, ["ADA-1", "ADA-2", "RET-1"]),
        ({"words": "tidak ada"}, []),
    ],
)
def test_a_search_finds(
    session: Session, bank: dict[str, BankItem], search: dict[str, str], codes: list[str]
) -> None:
    assert _codes(session, **search) == codes


def test_the_state_in_sql_is_the_state_of_the_model(
    session: Session, bank: dict[str, BankItem]
) -> None:
    for state in ("draft", "in_review", "retired", "published"):
        rows, _ = items(session, Search(state=state), offset=0, limit=50)

        assert {row.bank_item.state for row in rows} == {state}


def test_numbers_by_state_are_those_of_the_search_without_its_state(
    session: Session, bank: dict[str, BankItem]
) -> None:
    _, counted = items(session, Search(words="ada-", state="draft"), offset=0, limit=50)

    assert counted == {"published": 2, "flagged": 0}


def test_an_item_with_a_newer_draft_shows_what_is_published(session: Session, make: Make) -> None:
    item = make.item(code="ADA-1", stem="Yang terbit?")
    bank_item = make.bank_item(item)
    bank_item.revise(make.item(code="ADA-1", stem="Yang baru?"), make.now, make.user())
    session.commit()

    [row], counted = items(session, Search(), offset=0, limit=50)
    page = item_page(session, "ADA-1", None)
    draft = item_page(session, "ADA-1", 2)

    assert (row.stem, counted) == ("Yang terbit?", {"draft": 1, "flagged": 0})
    assert page is not None
    assert draft is not None
    assert (page.item.stem, draft.item.stem) == ("Yang terbit?", "Yang baru?")


def test_a_page_has_all_the_item_rests_on_and_where_it_is_used(
    session: Session, make: Make
) -> None:
    bank_item = make.bank_item(make.item(code="ADA-1"))
    make.topic("makna", name="Makna netralitas")
    make.reference(), make.claim(), make.passage()
    sitting = make.sitting(items=[bank_item])

    page = item_page(session, "ADA-1", None)

    assert page is not None
    assert page.topic == "Makna netralitas"
    assert [len(part) for part in (page.references, page.claims, page.passages)] == [1, 1, 1]
    assert [(use.sitting.uid, use.number) for use in page.uses] == [(sitting.uid, 1)]
    assert page.audience == "semua peserta"


def test_there_is_no_page_for_an_unknown_code_or_version(session: Session, make: Make) -> None:
    make.bank_item(make.item(code="ADA-1"))

    assert item_page(session, "TIDAK-ADA", None) is None
    assert item_page(session, "ADA-1", 7) is None


def test_only_the_version_that_is_published_can_be_signed(session: Session, make: Make) -> None:
    author: User = make.user()
    bank_item = make.bank_item(make.item(code="ADA-1"))
    draft = bank_item.revise(make.item(code="ADA-1", stem="Baru?"), make.now, author)
    session.commit()
    assert bank_item.published is not None

    found = published_as(session, [bank_item.published.uid, draft.uid, "x"])

    assert [item.code for item in found] == ["ADA-1"]
    assert published_as(session, [draft.uid]) == []


def test_a_search_by_article_and_by_author(session: Session, make: Make, dewi: User) -> None:
    make.bank_item(make.item(code="ADA-1", references=("UU-1",)))
    other = make.bank_item(make.item(code="ADA-2", references=("UU-2", "UU-1")))
    make.bank_item(make.item(code="ADA-3", references=("UU-2",)))
    other.revise(make.item(code="ADA-2", stem="Lain?"), make.now, dewi)
    cite_new_versions(session)
    session.commit()

    assert _codes(session, reference="UU-1") == ["ADA-1", "ADA-2"]
    assert _codes(session, author=dewi.uid) == ["ADA-2"]
    assert _codes(session, author="tidak-ada") == []
    assert [user.name for user in authors(session)] == [dewi.name]


def test_the_flagged_are_those_that_stay_out_of_new_forms(session: Session, make: Make) -> None:
    passage = make.passage("LJN-01")
    retired = make.bank_item(make.item(code="RET-1", passages=("LJN-01",)))
    for code, passages in (("ADA-1", ("LJN-01",)), ("ADA-2", ())):
        make.bank_item(make.item(code=code, passages=passages))
    cite_new_versions(session)
    passage.checksum, retired.retired_at = "f" * 64, make.now
    session.commit()

    rows, counted = items(session, Search(), offset=0, limit=50)

    assert _codes(session, state="flagged") == ["ADA-1"]
    assert {row.bank_item.code: row.flagged for row in rows} == {
        "ADA-1": True,
        "ADA-2": False,
        "RET-1": False,
    }
    assert counted["flagged"] == 1


def test_thousands_of_items_are_listed_with_as_many_statements_as_ten(
    session: Session, make: Make
) -> None:
    make.passage("LJN-01")

    def fill(start: int, end: int) -> None:
        for number in range(start, end):
            item = make.item(code=f"BNY-{number:05}", stem=f"Soal nomor kata{number}?")
            row = BankItem(code=item.code, origin="")
            session.add(row)
            row.draft = row.version_of(item, make.now)
        session.commit()

    def listed() -> int:
        statements: list[str] = []
        connection = session.connection()
        note = lambda *event: statements.append(event[2])  # noqa: E731
        event.listen(connection, "before_cursor_execute", note)
        items(session, Search(words="nomor"), offset=0, limit=50)
        event.remove(connection, "before_cursor_execute", note)
        return len(statements)

    fill(0, 10)
    few = listed()
    fill(10, 2_000)

    assert listed() == few
    assert _codes(session, words="kata1999") == ["BNY-01999"]
