"""A passage edited or an article changed flags exactly the items that cite it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.actions.bank.citing import cite_new_versions, confirm_sources
from quiz.actions.bank.loading import load_questions
from quiz.actions.events.preparing import prepare
from quiz.models import BankItem, Claim, ItemCitation, Passage, Reference
from quiz.models.bank.citations import Source
from quiz.queries.bank.citations import changed_sources, flagged_versions, items_citing
from quiz.queries.events.candidates import candidates_on
from tests.actions.bank.test_loading import FILES
from tests.factories import Make, changed

DAY = date(2024, 11, 22)


@pytest.fixture
def bank(make: Make, session: Session) -> list[BankItem]:
    """Three items: the first two share a passage, the last two an article."""
    make.passage("LJN-01", text="Satu.")
    make.passage("LJN-02", text="Dua.")
    for code in ("UU-1", "UU-2"):
        make.reference(code)
    make.claim("F-1")
    cited: list[dict[str, tuple[str, ...]]] = [
        {"passages": ("LJN-01",), "references": ("UU-1",), "claims": ("F-1",)},
        {"passages": ("LJN-01", "LJN-02"), "references": ("UU-2",), "claims": ()},
        {"passages": (), "references": ("UU-1", "UU-2"), "claims": ("F-1",)},
    ]
    rows = [
        make.bank_item(make.item(code=f"UJI-{n}", **citations))
        for n, citations in enumerate(cited, start=1)
    ]
    cite_new_versions(session)
    session.commit()
    return rows


def flagged(session: Session) -> list[str]:
    ids = flagged_versions(session)
    rows = session.scalars(select(BankItem).where(BankItem.published_id.in_(ids)))
    return sorted(row.code for row in rows)


def edit(session: Session, model: Any, code: str, **changes: Any) -> None:
    row = session.scalars(select(model).where(model.code == code)).one()
    for name, value in changes.items():
        setattr(row, name, value)
    session.commit()


def test_nothing_is_flagged_while_nothing_changes(session: Session, bank: list[BankItem]) -> None:
    assert flagged(session) == []


@pytest.mark.parametrize(
    ("code", "citing"), [("LJN-01", ["UJI-1", "UJI-2"]), ("LJN-02", ["UJI-2"])]
)
def test_an_edited_passage_flags_exactly_its_items(
    session: Session, bank: list[BankItem], code: str, citing: list[str]
) -> None:
    edit(session, Passage, code, text="Lain.", checksum="f" * 64)

    assert flagged(session) == citing == items_citing(session, Source("passage", code))


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Bunyi lain."},
        {"valid_to": date(2025, 1, 1)},
        {"changes": [{"date": "2025-01-01", "note": "Diubah."}]},
        {"successor": "UU-9"},
    ],
)
def test_a_changed_article_flags_exactly_its_items(
    session: Session, bank: list[BankItem], change: dict[str, Any]
) -> None:
    edit(session, Reference, "UU-2", **change)

    assert flagged(session) == ["UJI-2", "UJI-3"]


def test_a_claim_that_became_unsure_flags_its_items(session: Session, bank: list[BankItem]) -> None:
    edit(session, Claim, "F-1", confidence="rendah")

    assert flagged(session) == ["UJI-1", "UJI-3"]


def test_where_a_claim_was_checked_may_change_freely(
    session: Session, bank: list[BankItem]
) -> None:
    edit(session, Claim, "F-1", source=["https://example.org/salinan"])

    assert flagged(session) == []


def test_the_changed_sources_of_a_version_are_named(session: Session, bank: list[BankItem]) -> None:
    edit(session, Passage, "LJN-01", checksum="f" * 64)
    edit(session, Reference, "UU-1", article="Pasal lain")
    ids = [row.published_id for row in bank]

    found = changed_sources(session, [i for i in ids if i])

    assert found == {
        ids[0]: [Source("passage", "LJN-01"), Source("reference", "UU-1")],
        ids[1]: [Source("passage", "LJN-01")],
        ids[2]: [Source("reference", "UU-1")],
    }


def test_a_flagged_item_stays_out_of_new_forms_until_it_is_confirmed(
    session: Session, bank: list[BankItem]
) -> None:
    edit(session, Passage, "LJN-02", checksum="f" * 64)
    offered = [c.item_code for c in candidates_on(session, DAY)]
    version = bank[1].published
    assert version is not None

    compared = confirm_sources(session, version)
    session.commit()

    assert offered == ["UJI-1", "UJI-3"]
    assert compared == [Source("passage", "LJN-02")]
    assert [c.item_code for c in candidates_on(session, DAY)] == ["UJI-1", "UJI-2", "UJI-3"]


def test_a_form_that_holds_a_flagged_item_keeps_it(session: Session, bank: list[BankItem]) -> None:
    edit(session, Passage, "LJN-02", checksum="f" * 64)
    asked = bank[1].published
    assert asked is not None

    offered = candidates_on(session, DAY, {asked.uid})

    assert [c.item_code for c in offered] == ["UJI-1", "UJI-2", "UJI-3"]


def test_a_new_version_is_held_to_the_sources_of_its_own_day(
    session: Session, make: Make, bank: list[BankItem]
) -> None:
    edit(session, Passage, "LJN-02", checksum="f" * 64)
    [row] = [row for row in bank if row.code == "UJI-2"]
    assert row.published is not None
    row.publish(row.revise(changed(row.published.item, stem="Baru?"), make.now, make.user()))
    cite_new_versions(session)
    session.commit()

    assert flagged(session) == []


def test_a_source_nobody_registered_flags_once_it_is(session: Session, make: Make) -> None:
    make.bank_item(make.item(code="UJI-9", passages=("BARU-1",), references=(), claims=()))
    cite_new_versions(session)
    session.commit()
    before = flagged(session)

    make.passage("BARU-1")

    assert (before, flagged(session)) == ([], ["UJI-9"])


def test_loading_records_what_items_cite(session: Session, make: Make, tmp_path: Path) -> None:
    write(tmp_path, FILES)
    load_questions(session, tmp_path, make.now)
    session.commit()

    rows = session.scalars(select(ItemCitation).order_by(ItemCitation.id))

    assert [(row.kind, row.code) for row in rows] == [
        ("passage", "LJN-01"),
        ("reference", "UU-20-2023-P9-2"),
        ("claim", "F-DEF-04/rumusan-lama"),
    ]


def test_a_passage_mended_in_its_file_flags_the_items_that_were_not(
    session: Session, make: Make, tmp_path: Path
) -> None:
    write(tmp_path, FILES)
    load_questions(session, tmp_path, make.now)
    material = FILES["material/loa-janan.yaml"].replace("semua warga", "setiap warga")

    write(tmp_path, {"material/loa-janan.yaml": material})
    load_questions(session, tmp_path, make.now)
    session.commit()

    assert flagged(session) == ["MKN-001"]


def test_a_form_cannot_be_made_of_flagged_items_alone(session: Session, make: Make) -> None:
    make.passage("LJN-01")
    items = [make.bank_item() for _ in range(3)]
    make.reference()
    cite_new_versions(session)
    session.commit()
    sitting = make.sitting(quiz=make.quiz(("makna", None, None, 3)), prepared=False)
    make.enrolment(sitting.event)
    assert items
    edit(session, Passage, "LJN-01", checksum="f" * 64)

    gaps = prepare(session, sitting, make.now, "benih")

    assert len(gaps) == 3


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
