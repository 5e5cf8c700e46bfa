"""What an author says of an item beside its text: its ties, stages, basis, and what it turns on."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from quiz.actions.bank.editing import begin_change
from quiz.assessment.items.item import Item, Stance
from quiz.assessment.items.stages import Stage
from quiz.models import BankItem, ItemDraft, User
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import stored
from tests.views.bank.editor_form import fields_of

ClientFor = Callable[..., HouseClient]

TURNS = "Seandainya ia pedagang, ia boleh."


@pytest.fixture
def bank_item(make: Make) -> BankItem:
    make.topic("makna", name="Makna netralitas")
    make.reference()
    make.claim()
    make.passage()
    make.bank_item(make.item(code="LAIN-1"))
    item = make.item(code="ADA-1", stem="Apa arti netral bagi pegawai?")
    stances = tuple(replace(option, stance=Stance.REFUSES) for option in item.options)
    return make.bank_item(replace(item, options=stances), signed_at=make.now)


@pytest.fixture
def draft(make: Make, dewi: User, bank_item: BankItem) -> ItemDraft:
    row = begin_change(make.session, bank_item, dewi, make.now)
    make.session.commit()
    return row


def sent(browser: HouseClient, draft: ItemDraft, **changes: str) -> str:
    fields = fields_of(browser, draft)
    for name, value in changes.items():
        fields[name] = value
    return browser.post(f"/soal/draf/{draft.uid}/kirim", data=fields, follow_redirects=True).text


def published(make: Make, bank_item: BankItem) -> Item:
    make.session.expire_all()
    return make.fresh(bank_item).published.item


TIES = {
    "not_with": "LAIN-1, LAIN-1",
    "pair": "unggahan",
    "scenario": "warung",
    "stages": "masa_tenang",
    "basis_words": "bebas dari pengaruh\r\n\r\n golongan ",
}


def test_ties_hold_at_once_for_there_is_nothing_to_check(
    make: Make, client_for: ClientFor, dewi: User, bank_item: BankItem, draft: ItemDraft
) -> None:
    page = sent(client_for(dewi), draft, **TIES)

    item = published(make, bank_item)
    assert "Ikatan soal ADA-1 dengan soal lain tersimpan." in page
    assert (item.not_with, item.pair, item.scenario) == (("LAIN-1",), "unggahan", "warung")
    assert item.stages == {Stage.QUIET}
    assert item.basis_words == ("bebas dari pengaruh", "golongan")
    assert {option.stance for option in item.options} == {Stance.REFUSES}
    row = make.fresh(bank_item)
    assert (row.state, len(row.versions), row.signed_at) == ("published", 1, make.now)
    assert stored(make, ItemDraft) == []


def test_what_the_answer_turns_on_is_read_by_all_and_so_is_checked(
    make: Make, client_for: ClientFor, dewi: User, bank_item: BankItem, draft: ItemDraft
) -> None:
    page = sent(client_for(dewi), draft, turns_on=TURNS, pair="unggahan")

    row = make.fresh(bank_item)
    assert row.state == "in_review"
    assert TURNS in page
    assert (row.draft.item.turns_on, row.draft.item.pair) == (TURNS, "unggahan")
    assert {option.stance for option in row.draft.item.options} == {Stance.REFUSES}
    assert row.published.item.pair == ""


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("not_with", "TIDAK-ADA", "Soal TIDAK-ADA tidak ada, jadi tidak dapat dipisahkan."),
        ("not_with", "ADA-1", "Soal ADA-1 tidak ada, jadi tidak dapat dipisahkan."),
        (
            "pair",
            "Unggahan 20",
            "Pasangan harus huruf kecil dan angka yang dipisah tanda hubung, misalnya "
            "unggahan-20-25.",
        ),
    ],
)
def test_a_tie_that_leads_nowhere_is_told_at_its_field(
    make: Make,
    client_for: ClientFor,
    dewi: User,
    bank_item: BankItem,
    draft: ItemDraft,
    field: str,
    typed: str,
    said: str,
) -> None:
    page = sent(client_for(dewi), draft, **{field: typed})

    assert said in page
    assert f'id="{field}-kurang" >{said}' in page
    assert published(make, bank_item).not_with == ()
