"""The law register and the material in the browser."""

from collections.abc import Callable
from datetime import date

import pytest

from quiz.actions.bank.citing import cite_new_versions
from quiz.models import AuditEntry, Passage, Reference, User
from quiz.models.sources.material import text_checksum
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import faults, notices, root, stored, table_rows, texts, with_class, words

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

FIELDS = {
    "law": "UU 20/2023",
    "article": "Pasal 9 ayat (2)",
    "title": "",
    "text": "Pegawai ASN bebas dari pengaruh golongan.",
    "valid_from": "2023-10-31",
    "valid_to": "",
    "successor": "",
}


@pytest.fixture
def bank(make: Make) -> None:
    """An article and a passage that two items rest on."""
    make.reference()
    make.claim()
    make.passage()
    for code in ("ADA-1", "ADA-2"):
        make.bank_item(make.item(code=code))
    cite_new_versions(make.session)
    make.session.commit()


def flags(browser: HouseClient) -> list[str]:
    page = browser.get("/soal?keadaan=tinjau")
    return [row[1].partition(" · ")[0][-len("ADA-1") :] for row in table_rows(page)]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    "address",
    [
        "/hukum",
        "/hukum/baru",
        "/hukum/UU-20-2023-P9-2",
        "/materi/sunting",
        "/materi/sunting/LJN-01",
    ],
)
def test_only_a_checker_keeps_the_registers(
    make: Make, client_for: ClientFor, bank: None, role: Role, address: str
) -> None:
    reply = client_for(make.user(username="seseorang", role=role)).get(address)

    assert reply.status_code == (200 if role is Role.LEGAL_CHECKER else 403)


def test_the_register_says_what_rests_on_an_article(
    make: Make, client_for: ClientFor, hadi: User, bank: None
) -> None:
    make.reference("UU-5-2014-P2", article="Pasal 2", valid_to=date(2023, 10, 30), text="Lama.")
    browser = client_for(hadi)

    rows = table_rows(browser.get("/hukum"))
    found = table_rows(browser.get("/hukum?cari=lama+pasal"))

    assert [row[4] for row in rows] == ["2", "0"]
    assert "Tidak berlaku hari ini" in rows[1][2]
    assert [row[0] for row in found] == ["UU 20/2023 Pasal 2 UU-5-2014-P2"]


def test_a_change_is_shown_before_it_flags(
    make: Make, client_for: ClientFor, hadi: User, bank: None
) -> None:
    browser = client_for(hadi)
    address = "/hukum/UU-20-2023-P9-2"
    ended = FIELDS | {"valid_to": "2025-01-01"}

    asked = browser.post_form(address, ended)
    untouched = stored(make, Reference)[0].valid_to
    [box] = with_class(asked, "missing")
    [sent] = [n.get("value") for n in root(asked).iter("input") if n.get("name") == "akan"]
    reply = browser.post_form(address, ended | {"akan": sent})

    assert [words(link) for link in box.iter("a")] == ["ADA-1", "ADA-2"]
    assert untouched is None
    assert reply.location == "/hukum"
    assert notices(browser.get("/hukum")) == [
        "Dasar hukum UU-20-2023-P9-2 tersimpan. 2 soal perlu ditinjau."
    ]
    [article] = stored(make, Reference)
    assert (article.valid_to, article.edited_at is not None) == (date(2025, 1, 1), True)
    assert flags(browser) == ["ADA-1", "ADA-2"]
    assert [e.action for e in stored(make, AuditEntry)] == ["reference_changed"]


def test_what_it_would_flag_is_asked_again_when_it_has_changed(
    make: Make, client_for: ClientFor, hadi: User, bank: None
) -> None:
    browser = client_for(hadi)
    ended = FIELDS | {"valid_to": "2025-01-01", "akan": "ADA-1"}

    reply = browser.post_form("/hukum/UU-20-2023-P9-2", ended)

    assert reply.status_code == 200
    assert stored(make, Reference)[0].valid_to is None


def test_saving_the_same_flags_nothing(
    make: Make, client_for: ClientFor, hadi: User, bank: None
) -> None:
    browser = client_for(hadi)

    browser.post_form("/hukum/UU-20-2023-P9-2", FIELDS)

    assert flags(browser) == []
    assert stored(make, AuditEntry) == []


def test_faults_are_named_at_their_fields(
    make: Make, client_for: ClientFor, hadi: User, bank: None
) -> None:
    browser = client_for(hadi)
    wrong = FIELDS | {"law": "", "changes-0-note": "Diubah.", "changes-0-date": ""}

    page = browser.post_form("/hukum/UU-20-2023-P9-2", wrong)
    turned = browser.post_form("/hukum/baru", FIELDS | {"code": "UU-1", "valid_to": "2020-01-01"})
    taken = browser.post_form("/hukum/baru", FIELDS | {"code": "UU-20-2023-P9-2"})

    assert faults(page) == [
        "Isi nama singkat peraturannya.",
        "Yang berubah: Isi juga tanggal perubahan ini.",
    ]
    assert faults(turned) == ["Hari terakhir berlaku lebih awal dari hari pertamanya."]
    assert faults(taken) == ["Kode UU-20-2023-P9-2 sudah dipakai untuk dasar hukum lain."]


def test_a_new_article_is_added_with_its_changes(
    make: Make, client_for: ClientFor, hadi: User
) -> None:
    browser = client_for(hadi)
    change = {"changes-0-date": "2024-11-14", "changes-0-note": "Penjelasan ditambah."}

    reply = browser.post_form("/hukum/baru", FIELDS | change | {"code": "UU-1"})

    assert reply.status_code == 303
    [article] = stored(make, Reference)
    assert article.changes == [{"date": "2024-11-14", "note": "Penjelasan ditambah."}]
    assert "Penjelasan ditambah." in browser.get("/hukum/UU-1").text


def test_an_edited_passage_flags_its_items(
    make: Make, client_for: ClientFor, hadi: User, bank: None
) -> None:
    browser = client_for(hadi)
    address = "/materi/sunting/LJN-01"

    asked = browser.post_form(address, {"text": "Kalimat baru."})
    reply = browser.post_form(address, {"text": "Kalimat baru.", "akan": "ADA-1,ADA-2"})

    assert texts(asked, "missing")[0].startswith("Menyimpan menandai 2 soal")
    assert reply.location == "/materi/sunting#LJN-01"
    [passage] = stored(make, Passage)
    assert (passage.text, passage.checksum) == ("Kalimat baru.", text_checksum("Kalimat baru."))
    assert flags(browser) == ["ADA-1", "ADA-2"]


def test_a_passage_is_added_at_the_end(
    make: Make, client_for: ClientFor, hadi: User, bank: None
) -> None:
    browser = client_for(hadi)
    address = f"/materi/sunting/bahan/{stored(make, Passage)[0].material.code}/baru"

    wrong = browser.post_form(address, {"code": "ljn 2", "text": ""})
    browser.post_form(address, {"code": "LJN-02", "text": "Kalimat kedua."})

    assert len(faults(wrong)) == 2
    assert [(p.code, p.position) for p in stored(make, Passage)] == [("LJN-01", 1), ("LJN-02", 2)]


@pytest.mark.parametrize(
    "address", ["/hukum/UU-9", "/materi/sunting/LJN-99", "/materi/sunting/bahan/tidak-ada/baru"]
)
def test_what_there_is_not_is_not_found(client_for: ClientFor, hadi: User, address: str) -> None:
    assert client_for(hadi).get(address).status_code == 404


def test_the_registers_run_as_many_queries_for_more_rows(
    make: Make, client_for: ClientFor, hadi: User, bank: None, count_queries: Count
) -> None:
    browser = client_for(hadi)
    addresses = ("/hukum", "/materi/sunting")
    for address in addresses:
        browser.get(address)
    one = [count_queries(lambda a=address: browser.get(a)) for address in addresses]
    for number in (2, 3):
        make.reference(f"UU-{number}")
        make.passage(f"LJN-0{number}")

    assert [count_queries(lambda a=address: browser.get(a)) for address in addresses] == one
