"""Who owns a question: the four cases for items and for everything else that comes from files."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from quiz.actions.bank.loading import load_questions
from quiz.actions.sources.keeping import decline_file_text, take_file_text
from quiz.assessment.items.item import content_hash
from quiz.assessment.items.stages import Stage
from quiz.assessment.question_file import FolderFaults
from quiz.models import BankItem, Claim, ItemVersion, Passage, Reference, Setting, Topic
from tests.factories import Make, changed

FILES = {
    "topics.yaml": """
topics:
  - {code: makna, name: Makna netralitas, description: Apa arti netral.}
""",
    "references.yaml": """
references:
  - code: UU-20-2023-P9-2
    law: UU 20/2023
    title: Undang-Undang Nomor 20 Tahun 2023
    article: Pasal 9 ayat (2)
    text: Pegawai bebas dari pengaruh golongan.
    verbatim: false
    valid_from: 2023-10-31
    valid_to: null
    successor: null
    changes: [{date: 2024-11-14, note: Penjelasan ditambah.}]
""",
    "facts.yaml": """
claims:
  - code: F-DEF-04/rumusan-lama
    statement: Netral berarti tidak berpihak.
    references: [UU-20-2023-P9-2]
    source: [UU 20/2023]
    confidence: tinggi
""",
    "material/loa-janan.yaml": """
code: loa-janan
title: Sosialisasi
source: Sambutan
date: 2024-11-22
passages:
  - {code: LJN-01, text: Pegawai melayani semua warga.}
  - {code: LJN-02, text: Pegawai tidak berpihak.}
""",
    "01-makna.yaml": """
topic: makna
items:
  - code: MKN-001
    type: true_false
    level: memahami
    audience: [semua]
    stem: Pegawai ASN yang netral melayani semua warga.
    options:
      - {text: Benar, weight: 1, feedback: Layanan sama bagi semua.}
      - {text: Salah, weight: 0, feedback: Layanan sama bagi semua.}
    explanation: Netral berarti tidak berpihak. Layani semua warga dengan cara yang sama.
    passages: [LJN-01]
    claims: [F-DEF-04/rumusan-lama]
    references: [UU-20-2023-P9-2]
    law_as_of: 2024-11-22
""",
    "latihan.yaml": """
topic: latihan
item:
  code: LTH-001
  type: single_choice
  level: mengingat
  audience: [semua]
  stem: Berapa hari dalam satu pekan?
  options:
    - {text: Enam, weight: 0, feedback: Kurang satu.}
    - {text: Tujuh, weight: 1, feedback: Tepat.}
    - {text: Delapan, weight: 0, feedback: Lebih satu.}
  explanation: Satu pekan berisi tujuh hari.
  passages: []
  claims: []
  references: []
  law_as_of: 2024-11-22
""",
}

Load = Callable[..., object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small folder of questions without a fault."""
    folder = tmp_path / "questions"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def rewrite(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def the_item(session: Session) -> BankItem:
    return session.scalars(select(BankItem).where(BankItem.code == "MKN-001")).one()


def edit_in_browser(session: Session, make: Make, stem: str) -> BankItem:
    row = the_item(session)
    assert row.published is not None
    new = row.revise(changed(row.published.item, stem=stem), make.now, make.user("Dewi"))
    row.publish(new)
    session.commit()
    return row


def test_everything_in_a_new_folder_is_added(session: Session, make: Make, folder: Path) -> None:
    loaded = load_questions(session, folder, make.now)

    assert loaded is not None
    assert sorted(loaded.added) == [
        "F-DEF-04/rumusan-lama",
        "LJN-01",
        "LJN-02",
        "MKN-001",
        "UU-20-2023-P9-2",
        "makna",
    ]
    assert (loaded.updated, loaded.waiting) == ([], [])


def test_new_item_is_published_from_the_first_stock_and_unsigned(
    session: Session, make: Make, folder: Path
) -> None:
    load_questions(session, folder, make.now)

    row = the_item(session)
    assert (row.state, row.origin, row.signed_at) == ("published", "paket awal", None)
    assert row.published is not None
    assert row.published.uid == content_hash(row.published.item) == row.file_digest


def test_practice_item_is_kept_outside_the_bank(session: Session, make: Make, folder: Path) -> None:
    load_questions(session, folder, make.now)

    codes = session.scalars(select(BankItem.code)).all()
    kept = session.scalars(select(Setting.value).where(Setting.key == "practice_item")).one()
    assert codes == ["MKN-001"]
    assert '"code": "LTH-001"' in kept


def test_passages_keep_their_order_and_the_law_its_changes(
    session: Session, make: Make, folder: Path
) -> None:
    load_questions(session, folder, make.now)

    passages = session.scalars(select(Passage).order_by(Passage.position)).all()
    reference = session.scalars(select(Reference)).one()
    assert [(p.code, p.material.code) for p in passages] == [
        ("LJN-01", "loa-janan"),
        ("LJN-02", "loa-janan"),
    ]
    assert reference.changes == [{"date": "2024-11-14", "note": "Penjelasan ditambah."}]


def test_unchanged_folder_costs_one_query(session: Session, make: Make, folder: Path) -> None:
    load_questions(session, folder, make.now)
    session.commit()

    with counting(session) as statements:
        loaded = load_questions(session, folder, make.now)

    assert loaded is None
    assert len(statements) == 1


def test_file_that_changed_alone_gives_a_new_published_version(
    session: Session, make: Make, folder: Path
) -> None:
    load_questions(session, folder, make.now)
    the_item(session).signed_at = make.now
    session.commit()
    rewrite(folder, "01-makna.yaml", "semua warga.", "setiap warga.")

    loaded = load_questions(session, folder, make.now)

    row = the_item(session)
    assert loaded is not None
    assert row.published is not None
    assert (loaded.added, loaded.updated, loaded.waiting) == ([], ["MKN-001"], [])
    assert row.published.item.stem == "Pegawai ASN yang netral melayani setiap warga."
    assert (row.published.number, len(row.versions), row.signed_at) == (2, 2, None)


def test_a_tie_alone_makes_no_new_version_and_keeps_the_signature(
    session: Session, make: Make, folder: Path
) -> None:
    load_questions(session, folder, make.now)
    the_item(session).signed_at = make.now
    session.commit()
    rewrite(folder, "01-makna.yaml", "    level:", "    stages: [kampanye]\n    level:")

    loaded = load_questions(session, folder, make.now)
    session.commit()
    session.expire_all()

    row = the_item(session)
    assert loaded is not None
    assert row.published is not None
    assert (loaded.updated, loaded.waiting) == (["MKN-001"], [])
    assert row.published.item.stages == {Stage.CAMPAIGN}
    assert (len(row.versions), row.signed_at) == (1, make.now)


def test_a_tie_is_taken_where_the_browser_has_another_text(
    session: Session, make: Make, folder: Path
) -> None:
    load_questions(session, folder, make.now)
    edit_in_browser(session, make, "Teks peramban.")
    rewrite(folder, "01-makna.yaml", "    level:", "    stages: [kampanye]\n    level:")

    loaded = load_questions(session, folder, make.now)
    session.commit()
    session.expire_all()

    row = the_item(session)
    assert loaded is not None
    assert row.published is not None
    assert (loaded.waiting, row.draft) == ([], None)
    assert row.published.item.stem == "Teks peramban."
    assert row.published.item.stages == {Stage.CAMPAIGN}


def test_item_changed_in_the_browser_alone_is_left_untouched(
    session: Session, make: Make, folder: Path
) -> None:
    load_questions(session, folder, make.now)
    edit_in_browser(session, make, "Teks peramban.")
    rewrite(folder, "topics.yaml", "Apa arti netral.", "Apa arti netral itu.")

    loaded = load_questions(session, folder, make.now)

    row = the_item(session)
    assert loaded is not None
    assert row.published is not None
    assert (loaded.updated, loaded.waiting) == (["makna"], [])
    assert (row.published.item.stem, row.draft) == ("Teks peramban.", None)


def test_item_changed_on_both_sides_keeps_the_browsers_and_drafts_the_files(
    session: Session, make: Make, folder: Path
) -> None:
    load_questions(session, folder, make.now)
    edit_in_browser(session, make, "Teks peramban.")
    rewrite(folder, "01-makna.yaml", "semua warga.", "setiap warga.")

    loaded = load_questions(session, folder, make.now)

    row = the_item(session)
    assert loaded is not None
    assert row.published is not None
    assert row.draft is not None
    assert (loaded.updated, loaded.waiting) == ([], ["MKN-001"])
    assert row.published.item.stem == "Teks peramban."
    assert row.draft.item.stem == "Pegawai ASN yang netral melayani setiap warga."
    assert row.draft.note == "berkas berbeda"


def test_differing_file_does_not_displace_a_draft_being_written(
    session: Session, make: Make, folder: Path
) -> None:
    load_questions(session, folder, make.now)
    row = the_item(session)
    assert row.published is not None
    row.revise(changed(row.published.item, stem="Setengah jadi."), make.now, make.user())
    session.commit()
    rewrite(folder, "01-makna.yaml", "semua warga.", "setiap warga.")

    load_questions(session, folder, make.now)

    row = the_item(session)
    assert row.draft is not None
    assert row.draft.item.stem == "Setengah jadi."
    assert [version.note for version in row.versions] == ["", "", "berkas berbeda"]


def test_differing_file_is_drafted_once_per_text(
    session: Session, make: Make, folder: Path
) -> None:
    load_questions(session, folder, make.now)
    edit_in_browser(session, make, "Teks peramban.")
    rewrite(folder, "01-makna.yaml", "semua warga.", "setiap warga.")
    load_questions(session, folder, make.now)
    the_item(session).draft = None  # a trainer threw it away
    session.commit()
    rewrite(folder, "topics.yaml", "Apa arti netral.", "Apa arti netral itu.")

    loaded = load_questions(session, folder, make.now)

    assert loaded is not None
    assert loaded.waiting == []
    assert the_item(session).draft is None


def test_same_change_on_both_sides_is_agreed(session: Session, make: Make, folder: Path) -> None:
    load_questions(session, folder, make.now)
    edit_in_browser(session, make, "Pegawai ASN yang netral melayani setiap warga.")
    rewrite(folder, "01-makna.yaml", "semua warga.", "setiap warga.")

    loaded = load_questions(session, folder, make.now)

    row = the_item(session)
    assert loaded is not None
    assert (loaded.waiting, row.draft, row.edited_at) == ([], None, None)


def test_retired_item_stays_retired_and_items_gone_from_the_files_stay(
    session: Session, make: Make, folder: Path
) -> None:
    load_questions(session, folder, make.now)
    the_item(session).retired_at = make.now
    session.commit()
    rewrite(folder, "01-makna.yaml", "code: MKN-001", "code: MKN-002")

    load_questions(session, folder, make.now)

    states = {row.code: row.state for row in session.scalars(select(BankItem))}
    assert states == {"MKN-001": "retired", "MKN-002": "published"}


@pytest.mark.parametrize(
    ("model", "column", "file", "old", "new"),
    [
        (Topic, "name", "topics.yaml", "Makna netralitas", "Arti netralitas"),
        (Reference, "text", "references.yaml", "Pegawai bebas", "ASN bebas"),
        (Claim, "statement", "facts.yaml", "tidak berpihak", "tidak memihak"),
        (Passage, "text", "material/loa-janan.yaml", "melayani semua", "melayani setiap"),
    ],
)
class TestEverythingElse:
    def test_file_that_changed_alone_is_taken(
        self, session: Session, make: Make, folder: Path, model, column: str, file: str, old, new
    ) -> None:
        load_questions(session, folder, make.now)
        session.commit()
        rewrite(folder, file, old, new)

        load_questions(session, folder, make.now)

        row = session.scalars(select(model).order_by(model.id)).first()
        assert new in getattr(row, column)
        assert row.pending is None

    def test_browser_that_changed_alone_is_left(
        self, session: Session, make: Make, folder: Path, model, column: str, file: str, old, new
    ) -> None:
        load_questions(session, folder, make.now)
        row = session.scalars(select(model).order_by(model.id)).first()
        setattr(row, column, "Teks peramban.")
        row.edited_at = make.now
        session.commit()
        rewrite(folder, "latihan.yaml", "Kurang satu.", "Kurang sehari.")

        load_questions(session, folder, make.now)

        assert (getattr(row, column), row.pending) == ("Teks peramban.", None)

    def test_files_text_waits_when_both_changed(
        self, session: Session, make: Make, folder: Path, model, column: str, file: str, old, new
    ) -> None:
        load_questions(session, folder, make.now)
        row = session.scalars(select(model).order_by(model.id)).first()
        setattr(row, column, "Teks peramban.")
        row.edited_at = make.now
        session.commit()
        rewrite(folder, file, old, new)

        loaded = load_questions(session, folder, make.now)
        session.commit()
        again = load_questions(session, folder, make.now)

        assert loaded is not None
        assert loaded.waiting == [row.code]
        assert getattr(row, column) == "Teks peramban."
        assert new in row.pending[column]
        assert again is None


@pytest.mark.parametrize("take", [True, False])
def test_a_decided_text_does_not_wait_again(
    session: Session, make: Make, folder: Path, take: bool
) -> None:
    load_questions(session, folder, make.now)
    row = session.scalars(select(Reference)).one()
    row.text, row.edited_at = "Teks peramban.", make.now
    rewrite(folder, "references.yaml", "valid_to: null", "valid_to: 2025-01-01")
    load_questions(session, folder, make.now)
    if take:
        shown = take_file_text(session, row, [], make.now).flagged
        take_file_text(session, row, shown, make.now)
    else:
        decline_file_text(row)
    session.commit()
    rewrite(folder, "latihan.yaml", "Kurang satu.", "Kurang sehari.")

    loaded = load_questions(session, folder, make.now)

    assert loaded is not None
    assert (loaded.waiting, row.pending) == ([], None)
    assert (row.text, row.valid_to) == (
        ("Pegawai bebas dari pengaruh golongan.", date(2025, 1, 1))
        if take
        else ("Teks peramban.", None)
    )


def test_folder_with_a_fault_loads_nothing(session: Session, make: Make, folder: Path) -> None:
    rewrite(folder, "01-makna.yaml", "passages: [LJN-01]", "passages: [LJN-99]")

    with pytest.raises(FolderFaults):
        load_questions(session, folder, make.now)

    assert session.scalars(select(ItemVersion)).all() == []
    assert session.scalars(select(Topic)).all() == []


@contextmanager
def counting(session: Session) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection, _cursor, statement: str, *_rest) -> None:  # type: ignore[no-untyped-def]
        if not statement.startswith(("BEGIN", "PRAGMA")):
            statements.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)
