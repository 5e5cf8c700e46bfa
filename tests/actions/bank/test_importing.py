"""Questions that land: codes nobody has, one draft each, and nothing left waiting."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.actions.bank.importing import forget_old_imports, land
from quiz.models import ItemDraft, ItemImport, User
from quiz.queries.bank.export import items_to_export
from quiz.queries.bank.imports import known_stems, landed_items, own_import
from tests.conftest import BOTH_DATABASES
from tests.factories import Make, changed

pytestmark = pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)


@pytest.fixture
def waiting(make: Make, session: Session, dewi: User) -> ItemImport:
    """A file of Dewi's that waits."""
    row = ItemImport(
        user=dewi,
        file_name="soal.docx",
        format="docx",
        content={"items": [{"stem": "Apa?"}], "notes": []},
        created_at=make.now,
    )
    session.add(row)
    session.commit()
    return row


def content(code: str = "", topic: str = "makna", stem: str = "Apa?") -> dict[str, Any]:
    return {"code": code, "topic": topic, "stem": stem, "options": []}


def test_codes_go_on_where_the_topic_ends_and_own_codes_are_kept_where_free(
    make: Make, session: Session, waiting: ItemImport, dewi: User
) -> None:
    make.bank_item(make.item(code="MKN-007", topic="makna"))

    made = land(
        session,
        waiting,
        [
            content(),
            content("MKN-008"),
            content("MKN-007"),
            content("MKN-008"),
            content("Soal 1"),
            content(topic=""),
            content(topic="masa-tenang"),
        ],
        "impor Word",
        make.now,
    )

    assert made == [
        *("MKN-009", "MKN-008", "MKN-010", "MKN-011", "MKN-012"),
        *("SOAL-001", "MAS-001"),
    ]
    drafts = session.scalars(select(ItemDraft).order_by(ItemDraft.id)).all()
    assert [(d.code, d.content["code"], d.author, d.import_uid) for d in drafts] == [
        (code, code, dewi, waiting.uid) for code in made
    ]


def test_what_waited_is_forgotten_and_the_codes_stay(
    make: Make, session: Session, waiting: ItemImport
) -> None:
    assert waiting.waiting(make.now)

    land(session, waiting, [content("XYZ-1")], "impor Word", make.now)

    assert waiting.content == {"landed": ["XYZ-1"]}
    assert not waiting.waiting(make.now)
    assert [(row.code, row.stem) for row in landed_items(session, waiting)] == [("XYZ-1", "Apa?")]


def test_an_unconfirmed_file_is_forgotten_after_a_day_and_a_confirmed_one_is_not(
    make: Make, session: Session, waiting: ItemImport, dewi: User
) -> None:
    late = make.now + ItemImport.LIFETIME
    forget_old_imports(session, late - timedelta(seconds=1))
    kept = own_import(session, waiting.uid, dewi.id)
    land(session, waiting, [content("XYZ-1")], "impor Word", make.now)
    forget_old_imports(session, late)

    assert kept is waiting
    assert own_import(session, waiting.uid, dewi.id) is waiting
    assert own_import(session, waiting.uid, dewi.id + 1) is None


def test_known_stems_are_those_of_the_bank_and_of_ones_own_new_drafts(
    make: Make, session: Session, waiting: ItemImport, dewi: User, hadi: User
) -> None:
    make.bank_item(make.item(code="MKN-007", stem="Terbit?"))
    make.bank_item(make.item(code="MKN-008", stem="Draf?"), published=False)
    land(session, waiting, [content("XYZ-1", stem="Milik Dewi?")], "impor Word", make.now)
    session.commit()

    of_dewi = known_stems(session, dewi.id)
    of_hadi = known_stems(session, hadi.id)

    assert {code: known.stem for code, known in of_dewi.items()} == {
        "MKN-007": "Terbit?",
        "MKN-008": "Draf?",
        "XYZ-1": "Milik Dewi?",
    }
    assert [code for code, known in of_dewi.items() if known.draft_uid] == ["XYZ-1"]
    assert sorted(of_hadi) == ["MKN-007", "MKN-008"]


def test_an_item_with_a_published_text_and_a_draft_is_exported_once(
    make: Make, session: Session, dewi: User
) -> None:
    make.topic("makna", position=2)
    make.topic("tenang", position=1)
    item = make.item(code="MKN-007", topic="makna", stem="Terbit?")
    make.bank_item(item).revise(changed(item, stem="Draf?"), make.now, dewi)
    make.bank_item(make.item(code="TNG-001", topic="tenang"))
    make.bank_item(make.item(code="TRK-001", topic="makna"), retired_at=make.now)
    session.commit()

    def exported(*parts: str, topics: tuple[str, ...] = ()) -> list[tuple[str, str]]:
        return [(i.code, i.stem[:6]) for i in items_to_export(session, parts, topics)]

    assert exported("published") == [("TNG-001", "Apa ar"), ("MKN-007", "Terbit")]
    assert exported("draft") == [("MKN-007", "Draf?")]
    assert exported("draft", "published", topics=("makna",)) == [("MKN-007", "Terbit")]
    assert exported("in_review") == []
    assert exported("retired") == [("TRK-001", "Apa ar")]
