"""What the editor says of the sources an item in writing leans on."""

from collections.abc import Callable

import pytest

from quiz.actions.bank.editing import begin_change
from quiz.assessment.items.item import ASN
from quiz.models import BankItem, ItemDraft, User
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import stored, with_class, words
from tests.views.bank.editor_form import fields_of

ClientFor = Callable[..., HouseClient]

ONLY_ASN = (
    "Status peserta: Dasarnya hanya mengikat ASN, tetapi soal ini juga untuk kepala desa, "
    "perangkat desa, anggota BPD, dan pegawai non-ASN. Hapus centang status itu, sebut pada pokok "
    "soal bahwa yang diatur ASN, atau kutip juga dasar yang mengikat mereka."
)


@pytest.fixture
def draft(make: Make, dewi: User) -> ItemDraft:
    """Dewi's draft for everybody, on a claim that rests on the SKB alone."""
    make.topic("makna")
    make.reference("SKB-2022", law="SKB 22 September 2022", article="Lampiran II")
    make.claim("F-SKB-17", references=["SKB-2022"])
    make.passage()
    item = make.item(
        code="ADA-1",
        stem="Apa arti netral bagi pegawai?",
        claims=("F-SKB-17",),
        references=("SKB-2022",),
    )
    row = begin_change(make.session, make.bank_item(item), dewi, make.now)
    make.session.commit()
    return row


def lacking(page: object) -> dict[str, str | None]:
    """What the box above the form says is wanting → where it leads."""
    boxes = with_class(page, "missing")
    return {words(link): link.get("href") for box in boxes for link in box.iter("a")}


def test_a_law_of_some_does_not_go_to_the_checker_for_everybody(
    make: Make, client_for: ClientFor, draft: ItemDraft, dewi: User
) -> None:
    browser = client_for(dewi)

    reply = browser.post(f"/soal/draf/{draft.uid}/kirim", data=fields_of(browser, draft))

    assert lacking(browser.get(reply.location)) == {ONLY_ASN: "#audience"}
    assert stored(make, BankItem)[0].draft is None


def test_narrowed_to_whom_the_law_binds_it_goes(
    make: Make, client_for: ClientFor, draft: ItemDraft, dewi: User
) -> None:
    browser = client_for(dewi)
    fields = fields_of(browser, draft)
    fields.setlist("audience", sorted(ASN))

    browser.post(f"/soal/draf/{draft.uid}/kirim", data=fields)

    assert stored(make, BankItem)[0].state == "in_review"


def test_what_leads_nowhere_is_told_once(
    make: Make, client_for: ClientFor, draft: ItemDraft, dewi: User
) -> None:
    browser = client_for(dewi)
    fields = fields_of(browser, draft)
    for name, code in (("claims", "F-X"), ("references", "UU-X"), ("passages", "LJN-X")):
        fields.setlist(name, [code])

    browser.post(f"/soal/draf/{draft.uid}", data=fields)

    assert lacking(browser.get(f"/soal/draf/{draft.uid}")) == {
        "Kalimat bahan LJN-X tidak ada lagi dalam daftar. Pilih yang lain.": "#passages",
        "Dasar: Pasal UU-X tidak ada dalam daftar.": "#references",
        "Dasar: Fakta F-X tidak ada dalam daftar.": "#claims",
    }
