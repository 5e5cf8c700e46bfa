"""Writing an item: with and without a script, alone and with others."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from quiz.actions.bank.editing import begin_change, begin_new
from quiz.assessment.items.drafting import blank_content
from quiz.models import Attempt, AuditEntry, BankItem, ItemDraft, User
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import notices, root, stored, texts, with_class, words
from tests.views.bank.editor_form import fields_of

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

EDITORS = {Role.TRAINER, Role.LEGAL_CHECKER, Role.ADMIN}
TYPES = ["single_choice", "multiple_choice", "true_false", "feed", "judgement"]


@pytest.fixture
def registers(make: Make) -> None:
    """What a sample item rests on."""
    make.topic("makna", name="Makna netralitas")
    make.reference()
    make.claim()
    make.passage()


@pytest.fixture
def draft(make: Make, dewi: User, registers: None) -> ItemDraft:
    """Dewi's draft of a change to a published item."""
    return begun(make, make.bank_item(sound(make, code="ADA-1")), dewi)


def sound(make: Make, **changes: Any) -> Any:
    """An item the linter has nothing against."""
    return make.item(**({"stem": "Apa arti netral bagi pegawai?"} | changes))


def begun(make: Make, bank_item: BankItem, author: User) -> ItemDraft:
    row = begin_change(make.session, bank_item, author, make.now)
    make.session.commit()
    return row


def sent_by_form(browser: HouseClient, draft: ItemDraft, where: str = "", **changes: str) -> Any:
    fields = fields_of(browser, draft)
    for name, value in changes.items():
        fields[name.replace("_", "-") if name[:4] in {"opsi", "pesa"} else name] = value
    return browser.post(f"/soal/draf/{draft.uid}{where}", data=fields)


def by_script(browser: HouseClient, draft: ItemDraft, revision: int = 1, **changes: str) -> Any:
    fields = fields_of(browser, draft)
    for name, value in changes.items():
        fields[name] = value
    pairs = [[name, value] for name, value in fields.items(multi=True)]
    return browser.send_json(f"/soal/draf/{draft.uid}", {"fields": pairs, "revision": revision})


@pytest.mark.parametrize("role", Role)
def test_only_editors_write_items(make: Make, client_for: ClientFor, role: Role) -> None:
    make.bank_item(make.item(code="ADA-1"))
    browser = client_for(make.user(username="seseorang", role=role))

    replies = [browser.get("/soal/baru"), browser.get("/soal/ADA-1/sunting")]
    replies.append(browser.post_form("/soal/ADA-1/sunting"))

    allowed = [200, 200, 303] if role in EDITORS else [403, 403, 403]
    assert [reply.status_code for reply in replies] == allowed


def test_somebody_else_s_draft_is_not_found(
    client_for: ClientFor, hadi: User, draft: ItemDraft
) -> None:
    browser = client_for(hadi)

    replies = [
        browser.get(f"/soal/draf/{draft.uid}"),
        browser.post_form(f"/soal/draf/{draft.uid}"),
        browser.post_form(f"/soal/draf/{draft.uid}/kirim"),
        browser.post_form(f"/soal/draf/{draft.uid}/buang"),
        browser.send_json(f"/soal/draf/{draft.uid}", {"fields": [], "revision": 1}),
        browser.send_json(
            f"/soal/draf/{draft.uid}/periksa", {"fields": [], "revision": 1}, method="POST"
        ),
    ]

    assert [reply.status_code for reply in replies] == [404] * 6


def test_a_new_item_from_nothing_to_review_without_a_script(
    make: Make, client_for: ClientFor, dewi: User, registers: None
) -> None:
    browser = client_for(dewi)
    reply = browser.post_form("/soal/baru", {"topic": "makna", "type": "single_choice"})
    [draft] = stored(make, ItemDraft)
    assert reply.location == f"/soal/draf/{draft.uid}"

    reply = sent_by_form(
        browser,
        draft,
        "/kirim",
        stem="Apa arti netral bagi pegawai?",
        level="memahami",
        audience="pns",
        explanation="Pegawai tidak berpihak. Layanan harus sama bagi semua warga.",
        claims="F-DEF-04/rumusan-lama",
        references="UU-20-2023-P9-2",
        passages="LJN-01",
        law_as_of="2024-11-22",
        opsi_1_teks="Tidak memihak",
        opsi_1_bobot="1",
        opsi_1_umpan="Tepat, itu artinya.",
        opsi_2_teks="Tidak memilih",
        opsi_2_umpan="Memilih tetap hak.",
        opsi_3_teks="Tidak bicara",
        opsi_3_umpan="Bicara tetap boleh.",
        opsi_4_teks="Tidak bekerja",
        opsi_4_umpan="Tugas tetap berjalan.",
    )

    assert reply.location == "/soal/MAK-001?versi=1"
    [made] = stored(make, BankItem)
    assert (made.code, made.state, made.draft.item.keys[0]) == (
        "MAK-001",
        "in_review",
        made.draft.item.options[0].id,
    )
    assert stored(make, ItemDraft) == []
    assert [entry.action for entry in stored(make, AuditEntry)] == ["item_sent"]


def test_what_is_wanting_is_named_with_links_and_nothing_is_sent(
    make: Make, client_for: ClientFor, draft: ItemDraft, dewi: User
) -> None:
    browser = client_for(dewi)

    reply = sent_by_form(browser, draft, "/kirim", explanation="", stem="Warna merah milik siapa?")

    page = browser.get(reply.location)
    [box] = with_class(page, "missing")
    links = {words(link): link.get("href") for link in box.iter("a")}
    assert links == {
        "Pembahasan masih kosong.": "#explanation",
        "Pokok soal: “merah” adalah nama warna. Hapus, atau tulis abu-abu.": "#stem",
    }
    assert make.fresh(draft).content["stem"] == "Warna merah milik siapa?"
    assert stored(make, BankItem)[0].draft is None


def new_draft(make: Make, author: User, type: str) -> ItemDraft:
    """What "Tulis soal" begins."""
    content = blank_content(type, "makna", "MAK-001", date(2024, 11, 22))
    row = begin_new(make.session, content, author, make.now)
    make.session.commit()
    return row


def said_at_fields(page: Any) -> dict[str, str]:
    """Control → what is to be mended in it, as the page shows it there, a line each."""
    return {
        node.get("id", "").removesuffix("-kurang"): "".join(node.itertext())
        for node in with_class(page, "lack")
        if node.get("hidden") is None
    }


@pytest.mark.parametrize("type", TYPES)
def test_a_new_item_is_greeted_by_no_complaint(
    make: Make, client_for: ClientFor, dewi: User, registers: None, type: str
) -> None:
    draft = new_draft(make, dewi, type)

    page = client_for(dewi).get(f"/soal/draf/{draft.uid}")

    [box] = with_class(page, "missing")
    [gaps] = box.iter("details")
    assert gaps.get("open") is None
    assert list(box.iter("a")) == list(gaps.iter("a"))
    assert list(box.iter("h2")) == []
    assert said_at_fields(page) == {}
    assert with_class(page, "unfinished") == with_class(page, "field-open") == []


@pytest.mark.parametrize("type", TYPES)
def test_whoever_sends_an_unwritten_item_is_told_everything_at_its_field(
    make: Make, client_for: ClientFor, dewi: User, registers: None, type: str
) -> None:
    browser = client_for(dewi)
    draft = new_draft(make, dewi, type)

    page = browser.get(sent_by_form(browser, draft, "/kirim").location)

    [box] = with_class(page, "missing")
    assert [gaps.get("open") is None for gaps in box.iter("details")] == [False]
    links = {words(link): link.get("href", "#")[1:] for link in box.iter("a")}
    assert {"Pokok soal masih kosong.", "Pembahasan masih kosong."} <= set(links)
    at_fields = said_at_fields(page)
    assert set(at_fields) == set(links.values())
    assert at_fields["stem"] == "Pokok soal masih kosong."
    told = {line for lines in at_fields.values() for line in lines.splitlines()}
    assert told == set(links)


@pytest.mark.parametrize("type", TYPES)
def test_nothing_on_the_page_speaks_of_files(
    make: Make, client_for: ClientFor, dewi: User, registers: None, type: str
) -> None:
    browser = client_for(dewi)
    draft = new_draft(make, dewi, type)
    changes = {"pesan_1_jam": "7.5", "extra-members": "satu"} if type == "feed" else {}

    replies = [
        sent_by_form(browser, draft, "/kirim", opsi_1_bobot="banyak", stem="Apa?", **changes),
        sent_by_form(browser, draft, "/kirim", explanation="Satu kalimat tentang QQQ."),
    ]

    for reply in replies:
        page = browser.get(reply.location)
        shown = [
            words(node) for name in ("missing", "hints", "lack") for node in with_class(page, name)
        ]
        assert [
            text for text in shown if re.search(r"`|README|\.yaml|tanda kutip|kolom", text)
        ] == []


def test_a_wrong_time_is_told_by_its_label_at_its_field(
    make: Make, client_for: ClientFor, dewi: User, registers: None
) -> None:
    draft = begun(make, make.bank_item(make.item("feed", code="ADA-1")), dewi)
    browser = client_for(dewi)

    sent_by_form(browser, draft, pesan_1_jam="7:5")

    page = browser.get(f"/soal/draf/{draft.uid}")
    assert said_at_fields(page)["pesan-1-jam"] == "Jam pesan 1 harus seperti 19.42."


def test_a_post_drops_the_members_a_group_had(
    make: Make, client_for: ClientFor, dewi: User, registers: None
) -> None:
    draft = begun(make, make.bank_item(make.item("feed", code="ADA-1")), dewi)

    sent_by_form(client_for(dewi), draft, **{"extra-kind": "unggahan"})

    assert "members" not in make.fresh(draft).content["extra"]


def test_options_too_many_for_true_or_false_can_be_removed(
    make: Make, client_for: ClientFor, draft: ItemDraft, dewi: User
) -> None:
    browser = client_for(dewi)
    sent_by_form(browser, draft, tindakan="jenis", type="true_false")

    page = browser.get(f"/soal/draf/{draft.uid}")
    pressed = [node.get("value") for node in root(page).iter("button") if node.get("value")]
    sent_by_form(browser, draft, tindakan="opsi.hapus.4")
    sent_by_form(browser, draft, tindakan="opsi.hapus.3")

    assert [value for value in pressed if value.startswith("opsi.")] == [
        "opsi.hapus.3",
        "opsi.hapus.4",
    ]
    assert [o["text"] for o in make.fresh(draft).content["options"]] == ["Benar", "Salah"]


@pytest.mark.parametrize("type", TYPES)
def test_every_type_can_be_edited_and_its_form_says_what_it_holds(
    make: Make, client_for: ClientFor, dewi: User, registers: None, type: str
) -> None:
    draft = begun(make, make.bank_item(make.item(type, code="ADA-1")), dewi)
    browser = client_for(dewi)

    reply = sent_by_form(browser, draft)

    assert reply.status_code == 303
    kept = make.fresh(draft)
    before = make.item(type, code="ADA-1").to_json()
    ids = [
        option.pop("id")
        for content in (before, kept.content)
        for option in content["options"]
        if "id" in option
    ]
    assert len(ids) in {len(before["options"]), 2 * len(before["options"])}
    assert {**kept.content, "audience": sorted(kept.content["audience"])} == before


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("opsi.tambah", ["Opsi 1", "Opsi 2", "Opsi 3", "Opsi 4", ""]),
        ("opsi.hapus.1", ["Opsi 2", "Opsi 3", "Opsi 4"]),
        ("opsi.turun.1", ["Opsi 2", "Opsi 1", "Opsi 3", "Opsi 4"]),
    ],
)
def test_rows_change_without_a_script(
    make: Make,
    client_for: ClientFor,
    draft: ItemDraft,
    dewi: User,
    command: str,
    expected: list[str],
) -> None:
    reply = sent_by_form(client_for(dewi), draft, tindakan=command)

    assert reply.location == f"/soal/draf/{draft.uid}#opsi"
    assert [option["text"] for option in make.fresh(draft).content["options"]] == expected


def test_another_type_keeps_what_was_written(
    make: Make, client_for: ClientFor, draft: ItemDraft, dewi: User
) -> None:
    browser = client_for(dewi)

    sent_by_form(browser, draft, tindakan="jenis", type="feed", stem="Masih ini?")

    content = make.fresh(draft).content
    assert (content["type"], content["stem"], content["extra"]["kind"]) == (
        "feed",
        "Masih ini?",
        "grup",
    )
    assert "Percakapan atau unggahan" in browser.get(f"/soal/draf/{draft.uid}").text


def test_the_script_saves_and_is_told_of_others(
    make: Make, client_for: ClientFor, draft: ItemDraft, dewi: User, hadi: User
) -> None:
    begun(make, draft.bank_item, hadi)
    browser = client_for(dewi)

    reply = by_script(browser, draft, stem="Diketik?")

    assert reply.json["revision"] == 2
    assert [notice.partition(",")[0] for notice in reply.json["notices"]] == [
        "Hadi Prasetyo juga menyunting soal ini"
    ]
    assert make.fresh(draft).content["stem"] == "Diketik?"


def test_an_older_window_is_refused_and_told_so(
    make: Make, client_for: ClientFor, draft: ItemDraft, dewi: User
) -> None:
    browser = client_for(dewi)
    by_script(browser, draft, stem="Yang pertama?")

    reply = by_script(browser, draft, revision=1, stem="Yang kedua?")

    assert (reply.status_code, reply.json["error"]) == (409, "newer")
    assert make.fresh(draft).content["stem"] == "Yang pertama?"


def test_an_older_form_shows_what_was_typed_and_overwrites_only_when_told(
    make: Make, client_for: ClientFor, draft: ItemDraft, dewi: User
) -> None:
    browser = client_for(dewi)
    old = fields_of(browser, draft)
    by_script(browser, draft, stem="Yang pertama?")
    old["stem"] = "Yang kedua?"

    page = browser.post(f"/soal/draf/{draft.uid}", data=old)

    assert page.status_code == 409
    assert "Yang kedua?" in page.text
    assert make.fresh(draft).content["stem"] == "Yang pertama?"
    old["revisi"] = "2"
    assert browser.post(f"/soal/draf/{draft.uid}", data=old).status_code == 303
    assert make.fresh(draft).content["stem"] == "Yang kedua?"


@pytest.mark.parametrize(
    "body",
    [{}, {"fields": "stem", "revision": 1}, {"fields": [["stem"]], "revision": 1}, {"fields": []}],
)
def test_what_no_editor_sends_is_refused(
    client_for: ClientFor, draft: ItemDraft, dewi: User, body: dict[str, Any]
) -> None:
    reply = client_for(dewi).send_json(f"/soal/draf/{draft.uid}", body)

    assert reply.status_code == 422


def test_checking_answers_with_reasons_and_a_preview_and_stores_nothing(
    make: Make, client_for: ClientFor, draft: ItemDraft, dewi: User
) -> None:
    browser = client_for(dewi)
    fields = fields_of(browser, draft)
    fields["stem"] = "Mana yang TIDAK berwarna merah <b>?"
    pairs = [[name, value] for name, value in fields.items(multi=True)]

    reply = browser.send_json(
        f"/soal/draf/{draft.uid}/periksa",
        {"fields": [*pairs, ["tampilan", "pembahasan"]], "revision": 1},
        method="POST",
    )

    assert reply.json["problems"] == [
        "Pokok soal: “merah” adalah nama warna. Hapus, atau tulis abu-abu."
    ]
    assert "berwarna merah &lt;b&gt;?" in reply.json["preview"]
    assert "Jawaban tepat" in reply.json["preview"]
    assert make.fresh(draft).revision == 1


def test_a_preview_leaves_no_trace(make: Make, client_for: ClientFor, draft: ItemDraft, dewi: User):
    browser = client_for(dewi)

    browser.get(f"/soal/draf/{draft.uid}?tampilan=pembahasan")

    assert stored(make, Attempt) == stored(make, AuditEntry) == []


def test_a_newer_version_is_shown_beside_and_asked_about(
    make: Make, client_for: ClientFor, draft: ItemDraft, dewi: User, hadi: User
) -> None:
    theirs = begun(make, draft.bank_item, hadi)
    sent_by_form(client_for(hadi), theirs, "/kirim", stem="Apa makna netral menurut pegawai?")
    browser = client_for(dewi)

    page = sent_by_form(browser, draft, "/kirim", stem="Apa makna netral menurut warga?")

    assert page.status_code == 409
    assert [words(node) for node in root(page).iter("del")] == ["[dihapus: pegawai]"]
    assert [words(node) for node in root(page).iter("ins")] == ["[ditambah: warga]"]
    [newer] = [n.get("value") for n in root(page).iter("input") if n.get("name") == "atas"]
    reply = browser.post_form(f"/soal/draf/{draft.uid}/kirim", {"atas": newer})
    assert reply.location == "/soal/ADA-1?versi=3"
    [bank_item] = stored(make, BankItem)
    assert bank_item.draft.item.stem == "Apa makna netral menurut warga?"


def test_who_else_is_writing_is_said_before_beginning(
    client_for: ClientFor, draft: ItemDraft, hadi: User
) -> None:
    page = client_for(hadi).get("/soal/ADA-1/sunting")

    assert [notice.partition(",")[0] for notice in notices(page)] == [
        "Dewi Kartika juga sedang menyunting soal ini"
    ]


def test_a_draft_is_dropped_only_after_a_question(
    make: Make, client_for: ClientFor, draft: ItemDraft, dewi: User
) -> None:
    browser = client_for(dewi)

    asked = browser.post_form(f"/soal/draf/{draft.uid}/buang")
    still = stored(make, ItemDraft)
    browser.post_form(f"/soal/draf/{draft.uid}/buang", {"yakin": "ya"})

    assert "tidak dapat dikembalikan" in asked.text
    assert (len(still), stored(make, ItemDraft)) == (1, [])


def test_one_s_drafts_are_listed(
    make: Make, client_for: ClientFor, draft: ItemDraft, dewi: User, hadi: User
) -> None:
    begin_new(make.session, make.item(code="HDI-1").to_json(), hadi, make.now)
    make.session.commit()

    [row] = texts(client_for(dewi).get("/soal/baru"), "rows")

    assert row.startswith("ADA-1")


def test_the_editor_runs_as_many_queries_for_more_rows_and_editors(
    make: Make, client_for: ClientFor, draft: ItemDraft, dewi: User, count_queries: Count
) -> None:
    browser = client_for(dewi)
    address = f"/soal/draf/{draft.uid}"
    browser.get(address)
    one = count_queries(lambda: browser.get(address))
    for number in range(3):
        begun(make, draft.bank_item, make.user(username=f"u{number}", role=Role.TRAINER))
        make.passage(f"LJN-{number + 50}")
        make.reference(f"UU-{number + 50}")

    assert count_queries(lambda: browser.get(address)) == one
