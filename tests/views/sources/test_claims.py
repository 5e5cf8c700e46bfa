"""The claims register, and a file's text that waits beside a record, in the browser."""

from collections.abc import Callable
from typing import Any

import pytest

from quiz.actions.bank.citing import cite_new_versions
from quiz.models import AuditEntry, Claim, Passage, Reference, User
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import faults, notices, root, stored, table_rows, texts, with_class, words

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

CODE = "F-DEF-04/rumusan-lama"
PAGE = f"/hukum/pernyataan/{CODE}"
FIELDS: dict[str, Any] = {
    "statement": "Netral berarti tidak berpihak.",
    "references": ["UU-20-2023-P9-2"],
    "basis": "",
    "source": "https://example.org/a\n\nhttps://example.org/b",
    "confidence": "tinggi",
}


@pytest.fixture
def bank(make: Make) -> None:
    """A claim on two articles and a passage; one item rests on all, one on the passage only."""
    make.reference("UU-2")
    make.reference()
    make.claim(references=["UU-20-2023-P9-2"])
    make.passage()
    make.bank_item(make.item(code="ADA-1"))
    make.bank_item(make.item(code="ADA-2", claims=(), references=()))
    cite_new_versions(make.session)
    make.session.commit()


def flags(browser: HouseClient) -> list[str]:
    rows = table_rows(browser.get("/soal?keadaan=tinjau"))
    return [row[1].partition(" · ")[0][-len("ADA-1") :] for row in rows]


def hidden(page: Any, name: str) -> str:
    """What the first hidden field of this name sends."""
    fields = [n for n in root(page).iter("input") if n.get("name") == name]
    return fields[0].get("value") or ""


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("address", ["/hukum/pernyataan", "/hukum/pernyataan/baru", PAGE])
def test_only_a_checker_keeps_the_claims(
    make: Make, client_for: ClientFor, bank: None, role: Role, address: str
) -> None:
    reply = client_for(make.user(username="seseorang", role=role)).get(address)

    assert reply.status_code == (200 if role is Role.LEGAL_CHECKER else 403)


def test_the_list_says_what_rests_on_a_claim_and_is_searched(
    make: Make, client_for: ClientFor, hadi: User, bank: None
) -> None:
    make.claim("F-2", statement="Cuti di luar tanggungan.", confidence="sedang")
    browser = client_for(hadi)

    rows = table_rows(browser.get("/hukum/pernyataan"))
    found = table_rows(browser.get("/hukum/pernyataan?cari=cuti+f-2"))
    unsure = table_rows(browser.get("/hukum/pernyataan?keyakinan=sedang"))
    none = browser.get("/hukum/pernyataan?cari=cuti&keyakinan=rendah")

    assert [(row[0], row[3], row[4]) for row in rows] == [
        ("F-2", "sedang", "0"),
        (CODE, "tinggi", "1"),
    ]
    assert [row[0] for row in found] == [row[0] for row in unsure] == ["F-2"]
    assert texts(none, "empty") == ["Tidak ada pernyataan yang cocok. Lihat semua"]


def test_the_law_register_leads_to_the_claims(client_for: ClientFor, hadi: User) -> None:
    links = [link.get("href") for link in root(client_for(hadi).get("/hukum")).iter("a")]

    assert "/hukum/pernyataan" in links


def test_a_change_is_shown_before_it_flags(
    make: Make, client_for: ClientFor, hadi: User, bank: None
) -> None:
    browser = client_for(hadi)
    unsure = FIELDS | {"confidence": "rendah"}

    asked = browser.post_form(PAGE, unsure)
    untouched = stored(make, Claim)[0].confidence
    [box] = with_class(asked, "missing")
    reply = browser.post_form(PAGE, unsure | {"akan": hidden(asked, "akan")})

    assert [words(link) for link in box.iter("a")] == ["ADA-1"]
    assert untouched == "tinggi"
    assert reply.location == "/hukum/pernyataan"
    assert notices(browser.get("/hukum/pernyataan")) == [
        f"Pernyataan {CODE} tersimpan. 1 soal perlu ditinjau."
    ]
    [claim] = stored(make, Claim)
    assert (claim.confidence, claim.edited_at is not None) == ("rendah", True)
    assert flags(browser) == ["ADA-1"]
    [entry] = stored(make, AuditEntry)
    assert (entry.action, entry.subject_type, entry.subject_uid) == ("claim_changed", "claim", CODE)


def test_another_source_is_saved_and_flags_nothing(
    make: Make, client_for: ClientFor, hadi: User, bank: None
) -> None:
    browser = client_for(hadi)

    reply = browser.post_form(PAGE, FIELDS)

    assert reply.status_code == 303
    assert stored(make, Claim)[0].source == ["https://example.org/a", "https://example.org/b"]
    assert flags(browser) == []


def test_articles_keep_their_order_when_nothing_is_picked_anew(
    make: Make, client_for: ClientFor, hadi: User, bank: None
) -> None:
    browser = client_for(hadi)
    claim = make.claim("F-3", references=["UU-20-2023-P9-2", "UU-2"])

    browser.post_form("/hukum/pernyataan/F-3", FIELDS | {"references": ["UU-2", "UU-20-2023-P9-2"]})

    assert make.fresh(claim).references == ["UU-20-2023-P9-2", "UU-2"]


def test_faults_are_named_at_their_fields(
    make: Make, client_for: ClientFor, hadi: User, bank: None
) -> None:
    browser = client_for(hadi)
    new = "/hukum/pernyataan/baru"

    empty = browser.post_form(PAGE, {"confidence": "pasti"})
    formless = browser.post_form(new, FIELDS | {"code": "f 1"})
    taken = browser.post_form(new, FIELDS | {"code": CODE})
    gone = browser.post_form(new, FIELDS | {"code": "F-9", "references": ["UU-9"]})

    assert faults(empty) == [
        "Isi pernyataannya.",
        "Keyakinan: Pilih salah satu dari daftar.",
    ]
    assert faults(formless) == ["Kode harus seperti F-SKB-11 atau F-SKB-11/larangan."]
    assert faults(taken) == [f"Kode {CODE} sudah dipakai untuk pernyataan lain."]
    assert faults(gone) == ["Dasar hukum UU-9 tidak ada dalam daftar. Hapus centangnya."]
    assert len(stored(make, Claim)) == 1


def test_a_new_claim_is_offered_to_whoever_writes_an_item(
    make: Make, client_for: ClientFor, hadi: User, dewi: User
) -> None:
    make.reference()
    make.topic()
    checker, trainer = client_for(hadi), client_for(dewi)

    checker.post_form("/hukum/pernyataan/baru", FIELDS | {"code": "F-9/baru"})
    begun = trainer.post_form("/soal/baru", {"topic": "makna", "type": "single_choice"})
    editor = trainer.get(str(begun.location))

    picks = [n.get("value") for n in root(editor).iter("input") if n.get("name") == "claims"]
    assert picks == ["F-9/baru"]
    assert stored(make, AuditEntry)[0].action == "claim_added"


def test_what_there_is_not_is_not_found(client_for: ClientFor, hadi: User) -> None:
    browser = client_for(hadi)

    assert browser.get("/hukum/pernyataan/F-9/tidak-ada").status_code == 404
    assert browser.post_form("/hukum/berkas/pakai/claim/F-9").status_code == 404
    assert browser.post_form("/hukum/berkas/tetap/topic/makna").status_code == 404


def test_the_list_runs_as_many_queries_for_more_claims(
    make: Make, client_for: ClientFor, hadi: User, bank: None, count_queries: Count
) -> None:
    browser = client_for(hadi)
    browser.get("/hukum/pernyataan")
    one = count_queries(lambda: browser.get("/hukum/pernyataan"))
    for number in (2, 3):
        make.claim(f"F-{number}", pending={"statement": "Lain."}, pending_digest="b")

    assert count_queries(lambda: browser.get("/hukum/pernyataan")) == one


WAITING = [
    (Claim, "claim", PAGE, {"statement": "Dari berkas."}, ["ADA-1"]),
    (Reference, "reference", "/hukum/UU-20-2023-P9-2", {"valid_to": "2025-01-01"}, ["ADA-1"]),
    (
        Passage,
        "passage",
        "/materi/sunting/LJN-01",
        {"text": "Dari berkas.", "role": "rule", "checksum": "b" * 64},
        ["ADA-1", "ADA-2"],
    ),
]


@pytest.fixture(params=WAITING, ids=["claim", "reference", "passage"])
def waiting(request: pytest.FixtureRequest, make: Make, bank: None) -> Any:
    """A record beside which a file's text waits: its table, address and what taking flags."""
    table, kind, address, pending, flagged = request.param
    code = address.removeprefix("/hukum/pernyataan/").removeprefix("/hukum/")
    code = code.removeprefix("/materi/sunting/")
    [row] = [row for row in stored(make, table) if row.code == code]
    row.pending, row.pending_digest, row.edited_at = pending, "b" * 64, make.now
    make.session.commit()
    return row, f"{kind}/{code}", address, flagged


def shown(page: Any) -> dict[str, str]:
    return {name: hidden(page, name) for name in ("teks", "akan")}


def test_a_waiting_text_stands_beside_the_one_in_use(
    client_for: ClientFor, hadi: User, waiting: Any
) -> None:
    row, name, address, flagged = waiting

    page = client_for(hadi).get(address)

    differing = table_rows(page, "changes")
    forms = [form.get("action") for form in root(page).iter("form")]
    assert len(differing) == len([key for key in row.pending if key != "checksum"])
    assert [f for f in forms if f and "berkas" in f] == [
        f"/hukum/berkas/pakai/{name}",
        f"/hukum/berkas/tetap/{name}",
    ]
    assert shown(page) == {"teks": "b" * 64, "akan": ",".join(flagged)}


@pytest.mark.parametrize("button", ["pakai", "tetap"])
def test_a_decision_is_noted_and_flags_only_what_taking_was_shown_to_flag(
    make: Make, client_for: ClientFor, hadi: User, waiting: Any, button: str
) -> None:
    row, name, address, flagged = waiting
    browser = client_for(hadi)

    reply = browser.post_form(f"/hukum/berkas/{button}/{name}", shown(browser.get(address)))

    assert reply.location == address
    fresh = make.fresh(row)
    taken = button == "pakai"
    assert (fresh.pending, fresh.pending_digest) == (None, "b" * 64)
    assert [e.action for e in stored(make, AuditEntry)] == [
        "file_text_taken" if taken else "file_text_declined"
    ]
    assert flags(browser) == (flagged if taken else [])
    assert with_class(browser.get(address), "changes") == []


@pytest.mark.parametrize("button", ["pakai", "tetap"])
def test_another_text_than_the_one_shown_is_not_decided_on(
    make: Make, client_for: ClientFor, hadi: User, waiting: Any, button: str
) -> None:
    row, name, _, flagged = waiting
    sent = {"teks": "c" * 64, "akan": ",".join(flagged)}

    reply = client_for(hadi).post_form(f"/hukum/berkas/{button}/{name}", sent)

    assert reply.status_code == 409
    assert make.fresh(row).pending is not None


def test_other_items_than_those_shown_are_not_flagged(
    make: Make, client_for: ClientFor, hadi: User, waiting: Any
) -> None:
    row, name, _, _ = waiting
    sent = {"teks": "b" * 64, "akan": "ADA-9"}

    reply = client_for(hadi).post_form(f"/hukum/berkas/pakai/{name}", sent)

    assert reply.status_code == 409
    assert make.fresh(row).pending is not None


def test_only_a_checker_decides_on_a_text(
    make: Make, client_for: ClientFor, dewi: User, waiting: Any
) -> None:
    row, name, _, flagged = waiting
    sent = {"teks": "b" * 64, "akan": ",".join(flagged)}
    browser = client_for(dewi)

    replies = [browser.post_form(f"/hukum/berkas/{b}/{name}", sent) for b in ("pakai", "tetap")]

    assert [reply.status_code for reply in replies] == [403, 403]
    assert make.fresh(row).pending is not None
