"""A returned item: its reason stands where its author looks, until it is sent again."""

from collections.abc import Callable
from typing import Any

import pytest

from quiz.actions.bank.editing import begin_change, begin_new
from quiz.actions.bank.reviewing import ask_review, give_back
from quiz.models import BankItem, ItemDraft, User
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import link_texts, root, table_rows, texts, words
from tests.views.bank.editor_form import fields_of

ClientFor = Callable[..., HouseClient]

REASON = "Opsi B juga benar.\nLihat Pasal 9."


@pytest.fixture
def returned(make: Make, dewi: User, hadi: User) -> BankItem:
    """Dewi's text, which Hadi returned."""
    make.topic("makna")
    make.reference()
    make.claim()
    make.passage()
    bank_item = make.bank_item(make.item(code="ADA-1", stem="Apa itu netral?"))
    version = bank_item.revise(
        make.item(code="ADA-1", stem="Apa arti netral bagi pegawai?"), make.now, dewi
    )
    make.session.flush()
    ask_review(bank_item, dewi, make.now)
    give_back(make.session, bank_item, version.uid, hadi, REASON, make.now)
    make.session.commit()
    return bank_item


def begun(make: Make, bank_item: BankItem, author: User) -> ItemDraft:
    draft = begin_change(make.session, bank_item, author, make.now)
    make.session.commit()
    return draft


def told(page: Any) -> list[str]:
    """What the page says of the return."""
    return [words(node) for node in root(page).iter() if node.get("id") == "dikembalikan"]


def test_the_reason_stands_above_the_editor_with_who_and_when(
    make: Make, client_for: ClientFor, returned: BankItem, dewi: User
) -> None:
    browser = client_for(dewi)
    beginning = browser.get("/soal/ADA-1/sunting")
    editor = browser.get(f"/soal/draf/{begun(make, returned, dewi).uid}")
    page = browser.get("/soal/ADA-1?versi=2")

    for said in map(told, (beginning, editor, page)):
        [box] = said
        assert box.startswith("Dikembalikan pemeriksa Hadi Prasetyo, ")
        assert box.endswith("Opsi B juga benar. Lihat Pasal 9.")
    content = next(root(editor).iter("main"))
    ids = [node.get("id") for node in content.iter() if node.get("id")]
    assert ids.index("dikembalikan") < ids.index("kurang")


def test_sending_again_takes_it_away_everywhere(
    make: Make, client_for: ClientFor, returned: BankItem, dewi: User
) -> None:
    browser = client_for(dewi)
    draft = begun(make, returned, dewi)
    fields = fields_of(browser, draft)
    fields["stem"] = "Apa makna netral bagi pegawai?"

    reply = browser.post(f"/soal/draf/{draft.uid}/kirim", data=fields)

    assert make.fresh(returned).state == "in_review"
    assert told(browser.get(reply.location)) == []
    assert told(browser.get("/soal")) == []


def test_sending_the_same_text_again_does_too(
    make: Make, client_for: ClientFor, returned: BankItem, dewi: User
) -> None:
    browser = client_for(dewi)

    browser.post_form("/soal/kirim", {"versi": returned.draft.uid})

    assert make.fresh(returned).state == "in_review"
    assert told(browser.get("/soal")) == []


def test_its_author_is_told_on_the_bank_page_and_nobody_else(
    client_for: ClientFor, returned: BankItem, dewi: User, hadi: User
) -> None:
    [box] = told(client_for(dewi).get("/soal"))

    assert box.startswith("1 soal Anda dikembalikan pemeriksa ADA-1, Hadi Prasetyo, ")
    assert box.endswith("Opsi B juga benar. Lihat Pasal 9. Sunting ADA-1")
    assert told(client_for(hadi).get("/soal")) == []


def test_whoever_sent_somebody_else_s_text_is_told_too(
    make: Make, client_for: ClientFor, returned: BankItem, hadi: User
) -> None:
    sender = make.user(username="sender", role=hadi.role)
    returned.submitted_by_id = sender.id
    make.session.commit()

    assert len(told(client_for(sender).get("/soal"))) == 1


def test_returned_items_can_be_listed(
    make: Make, client_for: ClientFor, returned: BankItem, dewi: User
) -> None:
    make.bank_item(make.item(code="LAIN-1"))
    browser = client_for(dewi)

    page, listed = browser.get("/soal"), browser.get("/soal?keadaan=dikembalikan")

    assert "Dikembalikan 1" in link_texts(page)
    assert [row[1].split()[-4] for row in table_rows(listed)] == ["ADA-1"]


def test_one_s_own_drafts_are_a_filter_of_the_bank_with_their_count(
    make: Make, client_for: ClientFor, returned: BankItem, dewi: User, hadi: User
) -> None:
    begun(make, returned, dewi)
    begin_new(make.session, make.item(code="BARU-1").to_json(), dewi, make.now)
    begin_new(make.session, make.item(code="HDI-1").to_json(), hadi, make.now)
    make.session.commit()
    browser = client_for(dewi)

    page, mine = browser.get("/soal"), browser.get("/soal?keadaan=draf-saya")

    assert "Draf saya 2" in link_texts(page)
    [rows] = texts(mine, "rows")
    assert ("BARU-1" in rows, "ADA-1" in rows, "HDI-1" in rows) == (True, True, False)
    assert texts(mine, "meta")[0].startswith("2 soal")


def test_without_drafts_the_filter_says_so(client_for: ClientFor, dewi: User) -> None:
    browser = client_for(dewi)

    assert "Draf saya" not in browser.get("/soal").text
    assert texts(browser.get("/soal?keadaan=draf-saya"), "empty") == [
        "Tidak ada draf yang sedang Anda tulis."
    ]
