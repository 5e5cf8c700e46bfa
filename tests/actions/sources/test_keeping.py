"""Changing the law and the material: what it flags, and what cannot be."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.actions.bank.citing import cite_new_versions
from quiz.actions.sources.keeping import (
    Change,
    add_claim,
    add_passage,
    add_reference,
    change_in_two_steps,
    decline_file_text,
    passage_values,
    take_file_text,
)
from quiz.models import BankItem, Claim, Passage, Reference
from quiz.models.refusals import Refused
from quiz.models.sources.material import Record
from quiz.queries.bank.citations import flagged_by, flagged_versions
from tests.factories import Make


@pytest.fixture
def bank(session: Session, make: Make) -> tuple[Reference, Passage]:
    """Two items on the first article and passage, one on neither."""
    article, passage = (
        make.reference("UU-1"),
        make.passage("LJN-01", **passage_values("Pegawai tidak berpihak.")),
    )
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
    foretold = flagged_by(session, article, values)
    also = flagged_by(session, passage, passage_values("Lain."))

    changed = change_in_two_steps(session, article, values, foretold, make.now)
    session.flush()
    after_article = flagged(session)
    change_in_two_steps(session, passage, passage_values("Lain."), also, make.now)
    session.flush()

    assert changed == Change(["UJI-1"], ["valid_to"])
    assert (foretold, also) == (["UJI-1"], ["UJI-2"])
    assert (after_article, flagged(session)) == (["UJI-1"], ["UJI-1", "UJI-2"])
    assert article.edited_at == passage.edited_at == make.now


def test_saving_the_same_flags_nothing_and_leaves_it_to_its_file(
    session: Session, make: Make, bank: tuple[Reference, Passage]
) -> None:
    article, passage = bank

    assert flagged_by(session, article, {"law": article.law}) == []
    assert flagged_by(session, passage, passage_values(f" {passage.text}\r\n")) == []
    same = [(article, {"law": article.law}), (passage, passage_values(passage.text))]
    for row, values in same:
        assert change_in_two_steps(session, row, values, [], make.now) == Change([], [])
    assert (article.edited_at, passage.edited_at) == (None, None)


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
        change_in_two_steps(session, bank[0], values, [], make.now)


@pytest.mark.parametrize("shown", [[], ["UJI-2"], ["UJI-1", "UJI-2"]])
def test_nothing_changes_before_its_items_were_shown(
    session: Session, make: Make, bank: tuple[Reference, Passage], shown: list[str]
) -> None:
    article, _ = bank

    asked = change_in_two_steps(session, article, {"valid_to": date(2025, 1, 1)}, shown, make.now)

    assert (asked, asked.made) == (Change(["UJI-1"]), False)
    assert (article.valid_to, article.edited_at) == (None, None)


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


@pytest.fixture
def claim(session: Session, make: Make) -> Claim:
    """A claim on an article, cited by the first of two items."""
    make.reference("UU-1")
    claim = make.claim("F-1/a", references=["UU-1"], file_digest="a")
    for number, claims in enumerate([("F-1/a",), ()], start=1):
        bare: dict[str, Any] = {"references": (), "passages": ()}
        make.bank_item(make.item(code=f"UJI-{number}", claims=claims, **bare))
    cite_new_versions(session)
    session.commit()
    return claim


@pytest.mark.parametrize(
    "values",
    [
        {"statement": "Lain."},
        {"references": []},
        {"basis": "Putusan"},
        {"confidence": "rendah"},
        {"source": ["https://example.org/salinan"]},
        {"statement": "Netral berarti tidak berpihak."},
    ],
)
def test_a_changed_claim_flags_what_was_foretold(
    session: Session, make: Make, claim: Claim, values: dict[str, Any]
) -> None:
    foretold = flagged_by(session, claim, values)

    change_in_two_steps(session, claim, values, foretold, make.now)
    session.flush()

    assert foretold == flagged(session)
    assert foretold == ([] if "source" in values or "Netral" in str(values) else ["UJI-1"])


def test_a_claim_rests_on_articles_there_are(session: Session, make: Make, claim: Claim) -> None:
    with pytest.raises(Refused, match="Dasar hukum UU-9 tidak ada"):
        change_in_two_steps(session, claim, {"references": ["UU-1", "UU-9"]}, [], make.now)
    with pytest.raises(Refused, match="Kode F-1/a sudah dipakai untuk pernyataan lain"):
        add_claim(session, "F-1/a", {"statement": "Lain."}, make.now)

    assert claim.references == ["UU-1"]


WAITING: list[tuple[type[Record], dict[str, Any], dict[str, Any]]] = [
    (Claim, {"statement": "Dari berkas."}, {"statement": "Dari berkas."}),
    (Reference, {"valid_to": "2025-01-01"}, {"valid_to": date(2025, 1, 1)}),
]


@pytest.mark.parametrize(("table", "pending", "taken"), WAITING)
def test_a_waiting_text_is_taken_as_an_edit_and_flags_its_items(
    session: Session,
    make: Make,
    claim: Claim,
    table: type[Record],
    pending: dict[str, Any],
    taken: dict[str, Any],
) -> None:
    row = session.scalars(select(table)).one()
    row.pending, row.pending_digest = pending, "b"
    foretold = flagged_by(session, row, taken)

    unseen = take_file_text(session, row, ["UJI-9"], make.now)
    assert (unseen.made, row.pending) == (False, pending)
    change = take_file_text(session, row, foretold, make.now)
    session.commit()

    assert change.columns == list(taken)
    assert {name: getattr(row, name) for name in taken} == taken
    assert (row.pending, row.edited_at) == (None, make.now)
    assert flagged(session) == foretold == (["UJI-1"] if table is Claim else [])


def test_a_declined_text_leaves_the_record_and_is_remembered(
    session: Session, claim: Claim
) -> None:
    claim.pending, claim.pending_digest = {"statement": "Dari berkas."}, "b"

    decline_file_text(claim)
    session.commit()

    assert (claim.pending, claim.pending_digest) == (None, "b")
    assert claim.statement == "Netral berarti tidak berpihak."
    assert flagged(session) == []
