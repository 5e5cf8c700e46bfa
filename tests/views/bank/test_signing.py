"""Signing is reading: each published item on a page of its own, signed or returned from there."""

from collections.abc import Callable
from typing import Any

import pytest

from quiz.actions.bank.reviewing import add_note
from quiz.models import AuditEntry, BankItem, Claim, Passage, Reference, ReviewNote, User
from quiz.models.bank.notes import RETURNED
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import link_texts, notices, root, stored, texts, with_class, words

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]


@pytest.fixture
def bank(make: Make) -> list[BankItem]:
    """Three published items nobody has signed, the last on another topic."""
    make.topic("makna", name="Makna netralitas", position=1)
    make.topic("skb", name="Keputusan Bersama", position=2)
    make.reference()
    make.claim()
    make.passage()
    topics = {"ADA-1": "makna", "ADA-2": "makna", "SKB-1": "skb"}
    return [make.bank_item(make.item(code=code, topic=at)) for code, at in topics.items()]


def read(page: Any) -> dict[str, str]:
    """What the page sends with a signature."""
    form = next(f for f in root(page).iter("form") if f.get("action") == "/soal/sahkan")
    sent = {node.get("name", ""): node.get("value", "") for node in form.iter("input")}
    return {name: value for name, value in sent.items() if name != "csrf_token"}


def asked(page: Any) -> str:
    """The code of the item the page holds."""
    return words(next(root(page).iter("h1"))).rpartition(" ")[2]


def signed(make: Make) -> list[str]:
    return [item.code for item in stored(make, BankItem) if item.signed_at is not None]


@pytest.mark.parametrize("role", Role)
def test_only_a_legal_checker_signs_and_returns(
    make: Make, client_for: ClientFor, bank: list[BankItem], role: Role, hadi: User
) -> None:
    sent = read(client_for(hadi).get("/soal/pengesahan?soal=ADA-1"))
    browser = client_for(make.user(username="seseorang", role=role))

    replies = [
        browser.get("/soal/pengesahan"),
        browser.get("/soal/pengesahan?soal=ADA-1"),
        browser.post_form("/soal/sahkan", sent),
        browser.post_form("/soal/pengesahan/kembalikan", {"versi": bank[1].published.uid}),
    ]

    checks = role is Role.LEGAL_CHECKER
    assert [r.status_code for r in replies] == ([200, 200, 303, 400] if checks else [403] * 4)
    assert signed(make) == (["ADA-1"] if checks else [])


def test_the_page_holds_everything_a_signature_vouches_for(
    make: Make, client_for: ClientFor, hadi: User
) -> None:
    make.topic("makna", name="Makna netralitas")
    make.reference(text="Pegawai ASN bebas dari pengaruh golongan.")
    make.claim(statement="Netral berarti tidak berpihak.")
    make.passage(text="Pegawai tidak berpihak.")
    make.bank_item(make.item("feed", code="SIM-1", stem="Mana yang boleh?"))

    page = client_for(hadi).get("/soal/pengesahan?soal=SIM-1")

    item = make.item("feed")
    shown = words(next(root(page).iter("main")))
    for text in (
        "Mana yang boleh?",
        item.explanation,
        item.extra["messages"][0]["text"],
        *(option.text for option in item.options),
        *(option.feedback for option in item.options),
        "Pegawai ASN bebas dari pengaruh golongan.",
        "Netral berarti tidak berpihak.",
        "Pegawai tidak berpihak.",
    ):
        assert text in shown
    keys = [option.is_key for option in item.options]
    assert ["Kunci" in words(row) for row in with_class(page, "reviewed")] == keys


def test_each_signature_leads_to_the_next_item_until_none_waits(
    make: Make, client_for: ClientFor, bank: list[BankItem], hadi: User
) -> None:
    browser = client_for(hadi)
    told = []
    for _ in bank:
        page = browser.get("/soal/pengesahan")
        told.append(texts(page, "meta")[0].partition(" disahkan")[0])
        reply = browser.post_form("/soal/sahkan", read(page))

    end = browser.get(reply.location)
    assert told == ["0 dari 3", "1 dari 3", "2 dari 3"]
    assert texts(end, "empty") == ["Tidak ada soal yang menunggu pengesahan Anda. Ke bank soal"]
    assert signed(make) == ["ADA-1", "ADA-2", "SKB-1"]
    assert [(e.action, e.subject_uid, e.actor_id) for e in stored(make, AuditEntry)] == [
        ("item_signed", code, hadi.id) for code in ("ADA-1", "ADA-2", "SKB-1")
    ]


def test_the_next_one_can_be_read_first(client_for: ClientFor, bank: list[BankItem], hadi: User):
    browser = client_for(hadi)

    visited = ["ADA-1"]
    for _ in range(3):
        visited.append(asked(browser.get(f"/soal/pengesahan?sesudah={visited[-1]}")))

    assert visited == ["ADA-1", "ADA-2", "SKB-1", "ADA-1"]


def test_a_topic_narrows_the_reading_and_stays_chosen(
    make: Make, client_for: ClientFor, bank: list[BankItem], hadi: User
) -> None:
    browser = client_for(hadi)
    page = browser.get("/soal/pengesahan?topik=skb")

    reply = browser.post_form("/soal/sahkan", read(page))

    offered = [words(option) for option in root(page).iter("option")]
    done = browser.get(reply.location)
    assert offered == ["Semua topik", "Makna netralitas (2)", "Keputusan Bersama (1)"]
    assert signed(make) == ["SKB-1"]
    assert reply.location == "/soal/pengesahan?topik=skb&sesudah=SKB-1"
    assert "Lanjut ke 2 soal pada topik lain" in link_texts(done)


def test_what_was_not_read_is_not_signed(
    make: Make, client_for: ClientFor, bank: list[BankItem], hadi: User
) -> None:
    browser = client_for(hadi)
    sent = read(browser.get("/soal/pengesahan?soal=ADA-1"))
    uids = [item.published.uid for item in bank]

    replies = [
        browser.post_form("/soal/sahkan"),
        browser.post_form("/soal/sahkan", {"versi": uids[0]}),
        browser.post_form("/soal/sahkan", {"versi": uids}),
        browser.post_form("/soal/sahkan", sent | {"versi": uids}),
        browser.post_form("/soal/sahkan", sent | {"versi": uids[1]}),
    ]

    assert [reply.status_code for reply in replies] == [409] * 5
    assert signed(make) == []


def another_text(make: Make, item: BankItem, dewi: User) -> None:
    new = make.item(code="ADA-1", topic="makna", stem="Lain?")
    item.publish(item.revise(new, make.now, dewi))


def another_article(make: Make, item: BankItem, dewi: User) -> None:
    stored(make, Reference)[0].text = "Bunyi yang lain."


def another_claim(make: Make, item: BankItem, dewi: User) -> None:
    stored(make, Claim)[0].statement = "Netral berarti adil."


def another_passage(make: Make, item: BankItem, dewi: User) -> None:
    stored(make, Passage)[0].checksum = "1" * 64


def retired(make: Make, item: BankItem, dewi: User) -> None:
    item.retired_at = make.now


@pytest.mark.parametrize(
    "change", [another_text, another_article, another_claim, another_passage, retired]
)
def test_what_changed_since_it_was_read_is_neither_signed_nor_returned(
    make: Make,
    client_for: ClientFor,
    bank: list[BankItem],
    hadi: User,
    dewi: User,
    change: Callable[[Make, BankItem, User], None],
) -> None:
    browser = client_for(hadi)
    sent = read(browser.get("/soal/pengesahan?soal=ADA-1"))
    change(make, bank[0], dewi)
    make.session.commit()

    replies = [
        browser.post_form("/soal/sahkan", sent),
        browser.post_form("/soal/pengesahan/kembalikan", sent | {"text": "Kurang."}),
    ]

    assert [reply.status_code for reply in replies] == [409, 409]
    assert all("baca lagi" in reply.text or "tidak terbit" in reply.text for reply in replies)
    assert (signed(make), stored(make, ReviewNote)) == ([], [])


def test_nobody_signs_or_returns_their_own_text(
    make: Make, client_for: ClientFor, bank: list[BankItem], hadi: User
) -> None:
    browser = client_for(hadi)
    sent = read(browser.get("/soal/pengesahan?soal=ADA-1"))
    bank[0].published.author = hadi
    make.session.commit()

    page = browser.get("/soal/pengesahan?soal=ADA-1")
    replies = [
        browser.post_form("/soal/sahkan", sent),
        browser.post_form("/soal/pengesahan/kembalikan", sent | {"text": "Kurang."}),
    ]

    assert "Soal ini Anda tulis sendiri, jadi pemeriksa lain yang mengesahkannya." in notices(page)
    assert [form.get("action") for form in root(page).iter("form")].count("/soal/sahkan") == 0
    assert [reply.status_code for reply in replies] == [409, 409]
    assert signed(make) == []
    assert asked(browser.get("/soal/pengesahan")) == "ADA-2"


def test_what_is_signed_stays_as_its_first_checker_signed_it(
    make: Make, client_for: ClientFor, bank: list[BankItem], hadi: User
) -> None:
    browser = client_for(hadi)
    sent = read(browser.get("/soal/pengesahan?soal=ADA-1"))
    first = make.user("Rina Wati", username="rina", role=Role.LEGAL_CHECKER)
    client_for(first).post_form("/soal/sahkan", sent)

    again = browser.post_form("/soal/sahkan", sent)

    assert again.status_code == 409
    assert make.fresh(bank[0]).signed_by_id == first.id
    assert notices(browser.get("/soal/pengesahan?soal=ADA-1"))[0].startswith(
        "Sudah disahkan Rina Wati, "
    )


def test_a_returned_item_leaves_the_reading_and_says_why(
    make: Make, client_for: ClientFor, bank: list[BankItem], hadi: User, dewi: User
) -> None:
    bank[0].published.author = dewi
    make.session.commit()
    browser = client_for(hadi)
    sent = read(browser.get("/soal/pengesahan?soal=ADA-1"))

    empty = browser.post_form("/soal/pengesahan/kembalikan", sent | {"text": " "})
    reply = browser.post_form("/soal/pengesahan/kembalikan", sent | {"text": "Opsi B juga benar."})

    page = browser.get(reply.location)
    assert empty.status_code == 400
    assert texts(page, "meta")[0].startswith("0 dari 3 disahkan 1 dikembalikan")
    assert asked(browser.get("/soal/pengesahan")) == "ADA-2"
    assert [e.action for e in stored(make, AuditEntry)] == ["item_returned"]
    assert make.fresh(bank[0]).state == "published"
    home = client_for(dewi).get("/soal")
    [told] = texts(home, "missing")
    assert told.startswith("1 soal Anda dikembalikan pemeriksa ADA-1, Hadi Prasetyo, ")
    assert "Opsi B juga benar." in told


def test_an_item_somebody_changed_after_its_return_is_read_anew(
    make: Make, client_for: ClientFor, bank: list[BankItem], hadi: User, dewi: User
) -> None:
    add_note(make.session, bank[0].published, hadi, "Perjelas.", make.now, RETURNED)
    make.session.commit()
    browser = client_for(hadi)
    before = asked(browser.get("/soal/pengesahan"))
    another_text(make, bank[0], dewi)
    make.session.commit()

    assert before == "ADA-2"
    assert asked(browser.get("/soal/pengesahan")) == "ADA-1"


def test_reading_costs_as_many_queries_in_a_longer_bank(
    make: Make, client_for: ClientFor, bank: list[BankItem], hadi: User, count_queries: Count
) -> None:
    browser = client_for(hadi)
    address = "/soal/pengesahan?soal=ADA-1"
    browser.get(address)
    few = count_queries(lambda: browser.get(address))
    for number in range(4):
        make.bank_item(make.item(code=f"LAIN-{number}"))

    assert count_queries(lambda: browser.get(address)) == few
