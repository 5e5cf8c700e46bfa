"""Review in the browser: compare, comment, publish, return, retire; and what the history says."""

from collections.abc import Callable

import pytest

from quiz.actions.bank.citing import cite_new_versions
from quiz.actions.bank.reviewing import ask_review
from quiz.models import AuditEntry, BankItem, FormChoice, Passage, ReviewNote, User
from quiz.permissions import Role
from quiz.queries.events.candidates import candidates_on
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import notices, root, stored, table_rows, texts, words

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]


@pytest.fixture
def waiting(make: Make, dewi: User) -> BankItem:
    """A published item with Dewi's new text under review."""
    make.topic("makna")
    make.reference()
    make.claim()
    make.passage()
    bank_item = make.bank_item(make.item(code="ADA-1", stem="Apa itu netral?"))
    return revised(make, bank_item, dewi, "Apa arti netral?")


def revised(make: Make, bank_item: BankItem, author: User, stem: str) -> BankItem:
    bank_item.revise(make.item(code=bank_item.code, stem=stem), make.now, author)
    make.session.flush()
    ask_review(bank_item, author, make.now)
    cite_new_versions(make.session)
    make.session.commit()
    return bank_item


@pytest.mark.parametrize("role", Role)
def test_only_a_checker_decides(
    make: Make, client_for: ClientFor, role: Role, waiting: BankItem
) -> None:
    browser = client_for(make.user(username="seseorang", role=role))
    note = {"versi": waiting.draft.uid, "text": "Perjelas."}

    replies = [
        browser.post_form("/soal/ADA-1/sudah-ditinjau", {"versi": waiting.published.uid}),
        browser.post_form("/soal/ADA-1/kembalikan", note),
        browser.post_form("/soal/ADA-1/terbitkan", note),
        browser.post_form("/soal/tarik", {"versi": waiting.published.uid}),
        browser.post_form("/soal/ADA-1/pakai-lagi"),
    ]

    checker = [303, 303, 404, 303, 303]
    assert [reply.status_code for reply in replies] == (
        checker if role is Role.LEGAL_CHECKER else [403] * 5
    )


def test_the_change_stands_beside_what_is_published(
    client_for: ClientFor, hadi: User, waiting: BankItem
) -> None:
    page = client_for(hadi).get("/soal/ADA-1/periksa-hukum")

    assert [words(node) for node in root(page).iter("del")] == ["[dihapus: itu]"]
    assert [words(node) for node in root(page).iter("ins")] == ["[ditambah: arti]"]
    assert table_rows(page) == [
        ["Pokok soal", "Apa [dihapus: itu] netral?", "Apa [ditambah: arti] netral?"]
    ]
    assert "Pegawai ASN bebas dari pengaruh golongan." in page.text


def test_publishing_signs_and_tells_the_history(
    make: Make, client_for: ClientFor, hadi: User, dewi: User, waiting: BankItem
) -> None:
    browser = client_for(hadi)
    client_for(dewi).post_form("/soal/ADA-1/catatan", {"text": "Mohon dicek."})

    reply = browser.post_form("/soal/ADA-1/terbitkan", {"versi": waiting.draft.uid})

    page = browser.get("/soal/ADA-1")
    assert reply.location == "/soal/ADA-1"
    assert notices(page) == [
        "Soal ADA-1 disahkan dan terbit. Sesi yang sudah disiapkan tidak berubah."
    ]
    fresh = make.fresh(waiting)
    assert (fresh.published.item.stem, fresh.signed_by_id) == ("Apa arti netral?", hadi.id)
    history = [line for line in texts(page, "people")[-1].split("  ")]
    assert "Hadi Prasetyo mengesahkan dan menerbitkan soal, versi 2" in history[0]
    assert "Dewi Kartika memberi catatan pada soal, versi 2" in history[0]
    assert [(e.action, e.subject_uid) for e in stored(make, AuditEntry)] == [
        ("item_commented", "ADA-1"),
        ("item_published", "ADA-1"),
    ]


def test_a_prepared_sitting_keeps_the_version_it_holds(
    make: Make, client_for: ClientFor, hadi: User, waiting: BankItem
) -> None:
    make.sitting(items=[waiting])
    held = {choice.item_version_id for choice in stored(make, FormChoice)}

    client_for(hadi).post_form("/soal/ADA-1/terbitkan", {"versi": waiting.draft.uid})

    assert {choice.item_version_id for choice in stored(make, FormChoice)} == held


def test_nobody_is_offered_or_allowed_their_own(
    make: Make, client_for: ClientFor, hadi: User
) -> None:
    own = revised(make, make.bank_item(make.item(code="ADA-1")), hadi, "Milik Hadi?")
    browser = client_for(hadi)

    page = browser.get("/soal/ADA-1/periksa-hukum")
    reply = browser.post_form("/soal/ADA-1/terbitkan", {"versi": own.draft.uid})

    assert "Sahkan dan terbitkan" not in page.text
    assert reply.status_code == 409
    assert "Minta pemeriksa lain" in reply.text
    assert make.fresh(own).state == "in_review"


def test_returning_needs_a_note_and_gives_the_text_back(
    make: Make, client_for: ClientFor, hadi: User, waiting: BankItem
) -> None:
    browser = client_for(hadi)
    version = {"versi": waiting.draft.uid}

    empty = browser.post_form("/soal/ADA-1/kembalikan", version)
    reply = browser.post_form("/soal/ADA-1/kembalikan", {**version, "text": "Sebut pasalnya."})

    assert empty.status_code == 400
    assert reply.location == "/soal/ADA-1?versi=2"
    assert "Sebut pasalnya." in browser.get("/soal/ADA-1").text
    assert make.fresh(waiting).state == "draft"
    assert [note.kind for note in stored(make, ReviewNote)] == ["returned"]


def test_what_does_not_wait_cannot_be_reviewed(
    make: Make, client_for: ClientFor, hadi: User
) -> None:
    make.bank_item(make.item(code="ADA-1"))

    assert client_for(hadi).get("/soal/ADA-1/periksa-hukum").status_code == 404
    assert client_for(hadi).get("/soal/LAIN-1/periksa-hukum").status_code == 404


def test_many_are_sent_at_once_and_each_refusal_is_named(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    make.reference()
    make.claim()
    make.passage()
    draft = make.bank_item(make.item(code="DRF-1"), published=False)
    bare = make.bank_item(make.item(code="DRF-2", claims=()), published=False)
    done = make.bank_item(make.item(code="ADA-1"))
    browser = client_for(dewi)
    chosen = [draft.draft.uid, bare.draft.uid, done.published.uid]

    reply = browser.post_form("/soal/kirim", {"versi": chosen, "kembali": "/soal?cari=a"})

    assert reply.location == "/soal?cari=a"
    assert notices(browser.get("/soal")) == [
        "Soal ADA-1 tidak punya draf yang dapat dikirim.",
        "Soal DRF-2 masih kurang: Belum mengutip satu fakta pun: pilih fakta yang menopang kunci. "
        "Buka Sunting.",
        "1 soal dikirim ke pemeriksa.",
    ]
    assert make.fresh(draft).state == "in_review"
    assert make.fresh(bare).state == "draft"


def test_many_are_retired_at_once_and_one_comes_back(
    make: Make, client_for: ClientFor, hadi: User
) -> None:
    items = [make.bank_item(make.item(code=f"ADA-{n}")) for n in (1, 2)]
    browser = client_for(hadi)

    browser.post_form("/soal/tarik", {"versi": [item.published.uid for item in items]})
    retired = [make.fresh(item).state for item in items]
    browser.post_form("/soal/ADA-1/pakai-lagi")

    assert retired == ["retired", "retired"]
    assert [make.fresh(item).state for item in items] == ["published", "retired"]


def test_choosing_nothing_says_so(client_for: ClientFor, hadi: User) -> None:
    assert client_for(hadi).post_form("/soal/tarik").status_code == 409


def test_nobody_is_sent_to_another_site(make: Make, client_for: ClientFor, dewi: User) -> None:
    draft = make.bank_item(make.item(code="DRF-1"), published=False)

    reply = client_for(dewi).post_form(
        "/soal/kirim", {"versi": draft.draft.uid, "kembali": "//contoh.test/"}
    )

    assert reply.location == "/"


def test_a_flag_is_shown_and_cleared_by_a_checker(
    make: Make, client_for: ClientFor, hadi: User, dewi: User
) -> None:
    passage = make.passage()
    make.reference()
    make.claim()
    bank_item = make.bank_item(make.item(code="ADA-1"))
    cite_new_versions(make.session)
    passage.checksum = "f" * 64
    make.session.commit()
    browser = client_for(hadi)
    before = browser.get("/soal/ADA-1")

    browser.post_form("/soal/ADA-1/sudah-ditinjau", {"versi": bank_item.published.uid})

    assert "Berubah sejak soal ini terakhir dicocokkan: LJN-01." in before.text
    assert "Sudah ditinjau" not in client_for(dewi).get("/soal/ADA-1").text
    assert "Perlu ditinjau" not in browser.get("/soal/ADA-1").text
    day = bank_item.published.law_as_of
    assert [c.item_code for c in candidates_on(make.session, day)] == ["ADA-1"]
    assert [e.action for e in stored(make, AuditEntry)] == ["item_cleared"]
    assert stored(make, Passage) == [passage]


def test_the_review_runs_as_many_queries_for_more_notes(
    make: Make, client_for: ClientFor, hadi: User, waiting: BankItem, count_queries: Count
) -> None:
    browser = client_for(hadi)
    address = "/soal/ADA-1/periksa-hukum"
    browser.post_form("/soal/ADA-1/catatan", {"text": "Satu."})
    browser.get(address)
    one = count_queries(lambda: browser.get(address))
    for name in ("dua", "tiga"):
        writer = client_for(make.user(username=name, role=Role.TRAINER))
        writer.post_form("/soal/ADA-1/catatan", {"text": name})

    assert count_queries(lambda: browser.get(address)) == one
