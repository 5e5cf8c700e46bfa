"""Question sheets of the bank: what was looked for or ticked, for those who keep it."""

import pytest

from quiz.models import AuditEntry
from quiz.models.people.audit import Action
from quiz.permissions import ROLE_PERMISSIONS, Permission, Role
from tests.papers import pdf_text
from tests.reading import root, stored, texts

STEMS = {"MKN-001": "Apa arti netral?", "MKN-002": "Siapa yang netral?", "TNG-001": "Kapan tenang?"}


@pytest.fixture
def bank(make):
    """Two items on what it means and one on quiet days, in the other order of teaching."""
    make.topic("makna", name="Makna netralitas", position=2)
    make.topic("tenang", name="Masa tenang", position=1)
    topics = {"MKN": "makna", "TNG": "tenang"}
    return [
        make.bank_item(make.item(code=code, topic=topics[code[:3]], stem=stem, references=()))
        for code, stem in STEMS.items()
    ]


@pytest.fixture
def trainer(client_for, dewi):
    return client_for(dewi)


def asked(reply):
    text = pdf_text(reply.data)
    return sorted(code for code, stem in STEMS.items() if stem in text)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["MKN-001", "MKN-002", "TNG-001"]),
        ("?topik=tenang", ["TNG-001"]),
        ("?cari=arti", ["MKN-001"]),
        ("?soal=MKN-002&soal=TNG-001", ["MKN-002", "TNG-001"]),
        ("?soal=MKN-002&topik=tenang", []),
        ("?keadaan=draft", []),
    ],
)
def test_a_sheet_has_what_the_list_would_show(bank, trainer, query, codes):
    page, reply = trainer.get(f"/soal/naskah{query}"), trainer.get(f"/soal/naskah.pdf{query}")

    assert f"{len(codes)} soal terpilih" in texts(page, "meta")[0] if codes else True
    if not codes:
        assert reply.status_code == 409
        assert "Tidak ada soal yang cocok" in page.text
        return
    assert asked(reply) == codes


def test_what_was_looked_for_goes_on_to_the_file(bank, trainer):
    page = trainer.get("/soal/naskah?topik=makna&soal=MKN-001&soal=TNG-001")

    hidden = [
        (field.get("name"), field.get("value"))
        for form in root(page).iter("form")
        for field in form.iter("input")
        if field.get("type") == "hidden" and "naskah.pdf" in (form.get("action") or "")
    ]
    assert hidden == [("topik", "makna"), ("soal", "MKN-001"), ("soal", "TNG-001")]


def test_topics_stand_in_teaching_order(bank, trainer):
    text = pdf_text(trainer.get("/soal/naskah.pdf").data)

    assert text.index("Masa tenang") < text.index("Makna netralitas")


def test_ticked_items_lead_to_their_sheet(bank, trainer):
    ticked = [row.published.uid for row in bank[1:]]

    reply = trainer.post_form("/soal/naskah", {"versi": ticked})

    assert reply.status_code == 303
    assert reply.location == "/soal/naskah?soal=MKN-002&soal=TNG-001"


def test_nothing_ticked_is_said(bank, trainer):
    reply = trainer.post_form("/soal/naskah")

    assert reply.status_code == 409
    assert "Pilih dulu soalnya" in reply.text


def test_the_list_leads_to_the_sheet_of_its_search(bank, trainer):
    page = trainer.get("/soal?topik=tenang&cari=kapan")

    links = [link.get("href") for link in root(page).iter("a")]
    assert "/soal/naskah?topik=tenang&cari=kapan" in links


def test_keys_are_there_for_those_who_keep_the_bank(bank, trainer):
    bare, whole = (trainer.get(f"/soal/naskah.pdf{query}") for query in ("", "?kunci=ya"))

    assert "Kunci:" not in pdf_text(bare.data)
    assert pdf_text(whole.data).count("Kunci:") == len(bank)


def test_every_file_leaves_a_line_in_the_log_with_its_items(make, bank, trainer, dewi):
    trainer.get("/soal/naskah.docx?topik=tenang&dasar=ya")

    [entry] = stored(make, AuditEntry)
    assert (entry.action, entry.subject_type) == (Action.QUESTION_SHEET_MADE, "installation")
    assert entry.detail.content == {
        "format": "docx",
        "kind": "dengan kunci",
        "items": ["TNG-001"],
    }


@pytest.mark.parametrize("role", Role)
def test_only_those_who_keep_the_bank_have_it(make, bank, client_for, role):
    browser = client_for(make.user(username="seseorang", role=role))

    allowed = Permission.EDIT_ITEMS in ROLE_PERMISSIONS[role]
    assert browser.get("/soal/naskah").status_code == (200 if allowed else 403)
    assert browser.get("/soal/naskah.pdf").status_code == (200 if allowed else 403)


def test_a_sheet_of_three_asks_as_much_as_one_of_one(bank, trainer, count_queries):
    trainer.get("/soal/naskah.pdf")
    one, three = (
        count_queries(lambda a=query: trainer.get(f"/soal/naskah.pdf{a}"))
        for query in ("?soal=MKN-001", "")
    )

    assert one == three
