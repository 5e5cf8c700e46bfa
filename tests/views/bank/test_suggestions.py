"""What the editor suggests, as a browser without a script meets it."""

from collections.abc import Callable
from datetime import date

import pytest

from quiz.actions.bank.editing import begin_new
from quiz.assessment.items.drafting import blank_content
from quiz.assessment.items.item import EVERYBODY
from quiz.models import ItemDraft, User
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import root, texts, with_class, words
from tests.views.bank.editor_form import fields_of

ClientFor = Callable[..., HouseClient]

STEM = "Bolehkah pegawai menyukai unggahan akun pemenangan?"
SUKA = "Menyukai unggahan akun pemenangan termasuk pelanggaran disiplin."


@pytest.fixture
def draft(make: Make, dewi: User) -> ItemDraft:
    """Dewi's new item on nothing yet; the bank has an item on likes, two claims, three articles."""
    make.topic("medsos", name="Media sosial")
    make.topic("aula", name="Fasilitas kantor", position=2)
    for code, law in (("SKB-1", "SKB 2022"), ("UU-1", "UU 1/2015"), ("UU-2", "UU 1/2015")):
        make.reference(code=code, law=law, article="Lampiran II", text="Isi pasal.")
    make.claim(code="F-AULA-1", statement="Aula kantor dilarang dipinjam.", references=["UU-1"])
    make.claim(code="F-SUKA-1", statement=SUKA, references=["SKB-1"])
    make.passage(code="BHN-1", text="Menyukai unggahan akun pemenangan pun dilarang.")
    make.bank_item(
        make.item(
            code="MED-1",
            topic="medsos",
            stem="Seorang pegawai menyukai unggahan akun pemenangan. Apa akibatnya?",
            claims=("F-SUKA-1",),
        )
    )
    content = blank_content("single_choice", "", "BARU-1", date(2024, 11, 22))
    row = begin_new(make.session, content | {"stem": STEM}, dewi, make.now)
    make.session.commit()
    return row


def offers(page) -> list[str]:  # type: ignore[no-untyped-def]
    return [words(node) for node in with_class(page, "offers")]


def accepted(browser: HouseClient, draft: ItemDraft, name: str) -> str:
    """Press the button that takes over what is suggested for a field; where it leads."""
    address = f"/soal/draf/{draft.uid}"
    [button] = [
        node
        for node in root(browser.get(address)).iter("button")
        if node.get("value", "").startswith(f"terima.{name}.")
    ]
    sent = {**fields_of(browser, draft).to_dict(flat=False), "tindakan": button.get("value")}
    return str(browser.post_form(address, sent).location)


def test_the_likest_claim_is_suggested_with_its_reason_and_ticked_by_nobody(
    make: Make, client_for: ClientFor, draft: ItemDraft, dewi: User
) -> None:
    browser = client_for(dewi)

    page = browser.get(f"/soal/draf/{draft.uid}")

    [claims] = [text for text in offers(page) if "Fakta yang sudah diperiksa" in text]
    assert f"F-SUKA-1 {SUKA}" in claims
    assert "dipakai soal serupa MED-1" in claims
    assert fields_of(browser, draft).getlist("claims") == []
    browser.post_form(f"/soal/draf/{draft.uid}", fields_of(browser, draft).to_dict(flat=False))
    assert make.fresh(draft).content["claims"] == []


def test_the_rest_stands_by_topic(client_for: ClientFor, draft: ItemDraft, dewi: User) -> None:
    page = client_for(dewi).get(f"/soal/draf/{draft.uid}")

    assert {"UU 1/2015", "Lainnya"} & set(texts(page, "picks-heading"))


def test_a_claim_found_by_typing_is_added_without_a_script(
    make: Make, client_for: ClientFor, draft: ItemDraft, dewi: User
) -> None:
    browser = client_for(dewi)
    form = fields_of(browser, draft)
    form["claims-lain"] = "F-AULA-1"

    browser.post_form(f"/soal/draf/{draft.uid}", form.to_dict(flat=False))

    assert make.fresh(draft).content["claims"] == ["F-AULA-1"]


def test_topic_level_and_audience_are_taken_over_by_a_click(
    make: Make, client_for: ClientFor, draft: ItemDraft, dewi: User
) -> None:
    browser = client_for(dewi)

    for name in ("topic", "level", "audience"):
        accepted(browser, draft, name)

    content = make.fresh(draft).content
    assert (content["topic"], content["level"]) == ("medsos", "mengingat")
    assert content["audience"] == sorted(EVERYBODY)
    assert not [text for text in offers(browser.get(f"/soal/draf/{draft.uid}")) if "Topik:" in text]


def test_a_claim_that_is_cited_suggests_its_article_and_an_explanation(
    make: Make, client_for: ClientFor, draft: ItemDraft, dewi: User
) -> None:
    browser = client_for(dewi)
    draft.content = {**draft.content, "claims": ["F-SUKA-1"]}
    make.session.commit()

    [articles] = [
        text for text in offers(browser.get(f"/soal/draf/{draft.uid}")) if "Dasar hukum" in text
    ]
    accepted(browser, draft, "explanation")

    assert "SKB-1 SKB 2022 Lampiran II. Isi pasal. Dasar fakta F-SUKA-1." in articles
    assert make.fresh(draft).content["explanation"] == f"{SUKA} Dasarnya Lampiran II SKB 2022."


@pytest.mark.parametrize(
    "command", ["terima", "terima.", "terima.stem.Lain", "terima.code.X-1", "terima.options.1"]
)
def test_a_button_takes_over_nothing_but_what_can_be_suggested(
    make: Make, client_for: ClientFor, draft: ItemDraft, dewi: User, command: str
) -> None:
    browser = client_for(dewi)
    sent = {**fields_of(browser, draft).to_dict(flat=False), "tindakan": command}

    browser.post_form(f"/soal/draf/{draft.uid}", sent)

    content = make.fresh(draft).content
    assert (content["stem"], content["code"], len(content["options"])) == (STEM, "BARU-1", 4)
