"""Changing the law and the material: what it flags, and what cannot be."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.models import BankItem, Passage, Reference
from quiz.models.citations import cite_new_versions, flagged_versions
from quiz.models.refusals import Refused
from quiz.models.registers import (
    add_passage,
    add_reference,
    change_passage,
    change_reference,
    flagged_by_passage,
    flagged_by_reference,
)
from tests.factories import Make


@pytest.fixture
def bank(session: Session, make: Make) -> tuple[Reference, Passage]:
    """Two items on the first article and passage, one on neither."""
    article, passage = make.reference("UU-1"), make.passage("LJN-01")
    cited: list[dict[str, Any]] = [
        {"references": ("UU-1",), "passages": ()},
        {"references": (), "passages": ("LJN-01",)},
        {"references": (), "passages": ()},
    ]
    for number, citations in enumerate(cited, start=1):
        make.bank_item(make.item(code=f"UJI-{number}", claims=(), **citations))
    cite_new_versions(session)
    session.commit()
    return article, passage


def flagged(session: Session) -> list[str]:
    ids = flagged_versions(session)
    rows = session.scalars(select(BankItem).where(BankItem.published_id.in_(ids)))
    return sorted(row.code for row in rows)


def test_what_is_foretold_is_what_is_flagged(
    session: Session, make: Make, bank: tuple[Reference, Passage]
) -> None:
    article, passage = bank
    values = {"valid_to": date(2025, 1, 1)}
    foretold = flagged_by_reference(session, article, values)
    also = flagged_by_passage(session, passage, "Lain.")

    changed = change_reference(session, article, values, make.now)
    session.flush()
    after_article = flagged(session)
    change_passage(passage, "Lain.", make.now)
    session.flush()

    assert changed == ["valid_to"]
    assert (foretold, also) == (["UJI-1"], ["UJI-2"])
    assert (after_article, flagged(session)) == (["UJI-1"], ["UJI-1", "UJI-2"])
    assert article.edited_at == passage.edited_at == make.now


def test_saving_the_same_flags_nothing_and_leaves_it_to_its_file(
    session: Session, make: Make, bank: tuple[Reference, Passage]
) -> None:
    article, passage = bank

    assert flagged_by_reference(session, article, {"law": article.law}) == []
    assert flagged_by_passage(session, passage, f" {passage.text}\r\n") == []
    assert change_reference(session, article, {"law": article.law}, make.now) == []
    assert not change_passage(passage, passage.text, make.now)
    assert article.edited_at is None


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"valid_from": date(2025, 1, 2), "valid_to": date(2025, 1, 1)}, "lebih awal"),
        ({"successor": "UU-1"}, "dirinya sendiri"),
        ({"successor": "UU-9"}, "UU-9 tidak ada"),
    ],
)
def test_what_cannot_be_is_refused(
    session: Session,
    make: Make,
    bank: tuple[Reference, Passage],
    values: dict[str, Any],
    reason: str,
) -> None:
    with pytest.raises(Refused, match=reason):
        change_reference(session, bank[0], values, make.now)


def test_a_code_names_one_record(
    session: Session, make: Make, bank: tuple[Reference, Passage]
) -> None:
    _, passage = bank
    with pytest.raises(Refused, match="UU-1 sudah dipakai"):
        add_reference(session, "UU-1", {"law": "UU 1"}, make.now)
    with pytest.raises(Refused, match="LJN-01 sudah dipakai"):
        add_passage(session, passage.material, "LJN-01", "Baru.", make.now)

    added = add_passage(session, passage.material, "LJN-02", "Baru.", make.now)

    assert (added.position, flagged(session)) == (2, [])
