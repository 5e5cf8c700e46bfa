"""Several imported drafts completed by one form, as a browser without a script sends it."""

from collections.abc import Callable
from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from quiz.actions.bank.importing import land
from quiz.assessment.items.item import ASN, EVERYBODY
from quiz.models import AuditEntry, BankItem, ItemDraft, ItemImport, User
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import faults, notices, stored, texts
from tests.views.bank.editor_form import form_fields

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

LIKES = "Bolehkah pegawai ASN menyukai unggahan akun pemenangan?"
AULA = "Bolehkah aula kantor desa dipinjam kepala desa untuk rapat pemenangan?"


@pytest.fixture
def registers(make: Make) -> None:
    """Two topics, two claims on an article each, one article of a repealed law, one passage."""
    make.topic("medsos", name="Akun dan unggahan di media sosial")
    make.topic("aula", name="Fasilitas kantor", position=2)
    make.reference(code="SKB-1", law="SKB 2022", article="Lampiran II", text="Akun pemenangan.")
    make.reference(code="UU-1", law="UU 1/2015", article="Pasal 69", text="Fasilitas kantor.")
    make.reference(code="UU-0", law="UU 0/1999", article="Pasal 1", valid_to=date(2004, 1, 1))
    make.claim(
        code="F-SUKA-1",
        statement="Menyukai unggahan akun pemenangan termasuk pelanggaran disiplin.",
        references=["SKB-1", "UU-0"],
    )
    make.claim(
        code="F-AULA-1",
        statement="Kampanye dilarang memakai aula kantor dan fasilitas pemerintah lain.",
        references=["UU-1"],
    )
    make.passage(code="BHN-1", text="Menyukai unggahan akun pemenangan pun dilarang.")


@pytest.fixture
def imported(make: Make, dewi: User, registers: None) -> ItemImport:
    """Dewi's two questions from a document."""
    return landed(make, dewi, LIKES, AULA)


def landed(make: Make, author: User, *stems: str) -> ItemImport:
    waiting = ItemImport(
        user=author, file_name="soal.docx", format="docx", content={}, created_at=make.now
    )
    make.session.add(waiting)
    whole = make.item(audience=EVERYBODY, law_as_of=date(2024, 11, 22)).to_json()
    empty = {"code": "", "topic": "", "level": "", "explanation": ""}
    empty |= {"claims": [], "references": [], "passages": []}
    contents = [whole | empty | {"stem": stem} for stem in stems]
    land(make.session, waiting, contents, "impor Word", make.now)
    make.session.commit()
    return waiting


def drafts(make: Make) -> list[ItemDraft]:
    return sorted(stored(make, ItemDraft), key=lambda draft: draft.id)


def opened(browser: HouseClient, imported: ItemImport) -> MultiDict[str, str]:
    return form_fields(browser.get(address(imported)), "lengkapi")


def post(  # type: ignore[no-untyped-def]
    browser: HouseClient, imported: ItemImport, form: MultiDict[str, str], **more: object
):
    return browser.post_form(address(imported), {**form.to_dict(flat=False), **more})


def address(imported: ItemImport) -> str:
    return f"/soal/ambil/{imported.uid}/lengkapi"


def test_both_are_completed_and_sent_at_once(
    make: Make, client_for: ClientFor, imported: ItemImport, dewi: User
) -> None:
    browser = client_for(dewi)
    likes, aula = drafts(make)
    form = opened(browser, imported)
    form.add(f"fakta-{likes.uid}", "F-SUKA-1")
    form.add(f"fakta-{aula.uid}", "F-AULA-1")
    form[f"pembahasan-{likes.uid}"] = "Menyukai unggahan akun pemenangan dilarang. Dasarnya SKB."
    form[f"pembahasan-{aula.uid}"] = "Aula milik negara. Pinjamkan bagi warga saja."

    reply = post(browser, imported, form, tindakan="kirim")

    assert reply.location == f"/soal/ambil/{imported.uid}/hasil"
    first, second = (row.draft.item for row in stored(make, BankItem))
    assert {row.state for row in stored(make, BankItem)} == {"in_review"}
    assert (first.claims, first.references) == (("F-SUKA-1",), ("SKB-1",))
    assert (first.topic, first.level) == ("medsos", "mengingat")
    assert first.explanation == "Menyukai unggahan akun pemenangan dilarang. Dasarnya SKB."
    assert second.explanation == "Aula milik negara. Pinjamkan bagi warga saja."
    assert second.audience == EVERYBODY
    assert stored(make, ItemDraft) == []
    assert [entry.action for entry in stored(make, AuditEntry)] == ["item_sent", "item_sent"]


def test_explanation_filled_by_the_save_is_read_before_it_is_sent(
    make: Make, client_for: ClientFor, imported: ItemImport, dewi: User
) -> None:
    browser = client_for(dewi)
    likes, _ = drafts(make)
    form = opened(browser, imported)
    form.add(f"fakta-{likes.uid}", "F-SUKA-1")
    form.pop(f"pilih-{drafts(make)[1].uid}")

    page = browser.get(post(browser, imported, form, tindakan="kirim").location)

    filled = "Menyukai unggahan akun pemenangan termasuk pelanggaran disiplin."
    assert any("Baca dahulu, lalu kirim." in notice for notice in notices(page))
    assert make.fresh(likes).content["explanation"].startswith(filled)
    assert filled in opened(browser, imported)[f"pembahasan-{likes.uid}"]
    post(browser, imported, opened(browser, imported), tindakan="kirim")
    assert [row.state for row in stored(make, BankItem)] == ["in_review"]


def test_what_is_suggested_counts_for_nothing_until_it_is_accepted(
    make: Make, client_for: ClientFor, imported: ItemImport, dewi: User
) -> None:
    browser = client_for(dewi)
    page = browser.get(address(imported))

    post(browser, imported, opened(browser, imported))

    assert texts(page, "badge").count("Disarankan, periksa") >= 3
    assert "Mirip: akun, pemenangan, pegawai" in " ".join(texts(page, "suggested"))
    for draft in drafts(make):
        assert draft.content["claims"] == draft.content["references"] == []
        assert (draft.content["topic"], draft.content["explanation"]) == ("", "")


def test_what_is_said_for_all_holds_for_those_ticked_and_their_own_goes_before_it(
    make: Make, client_for: ClientFor, dewi: User, registers: None
) -> None:
    browser = client_for(dewi)
    imported = landed(make, dewi, LIKES, AULA, "Siapa yang mengawasi?")
    likes, aula, other = drafts(make)
    form = opened(browser, imported)
    form[f"topik-{likes.uid}"] = "medsos"
    form[f"sasaran-{aula.uid}"] = "ya"
    del form[f"pilih-{other.uid}"]

    post(
        browser,
        imported,
        form,
        topic="aula",
        level="memahami",
        audience=["pns"],
        law_as_of="2024-11-01",
        references=["UU-1"],
    )

    kept = [make.fresh(draft).content for draft in (likes, aula, other)]
    assert [content["topic"] for content in kept] == ["medsos", "aula", ""]
    assert [content["level"] for content in kept] == ["memahami", "memahami", ""]
    assert [content["audience"] for content in kept] == [
        ["pns"],
        sorted(EVERYBODY - ASN),
        sorted(EVERYBODY),
    ]
    assert [content["law_as_of"] for content in kept] == ["2024-11-01"] * 2 + ["2024-11-22"]
    assert [content["references"] for content in kept] == [["UU-1"], ["UU-1"], []]


def test_a_tick_taken_away_takes_the_source_out(
    make: Make, client_for: ClientFor, imported: ItemImport, dewi: User
) -> None:
    browser = client_for(dewi)
    likes, _ = drafts(make)
    form = opened(browser, imported)
    form.add(f"fakta-{likes.uid}", "F-SUKA-1")
    form.add(f"bahan-{likes.uid}", "BHN-1")
    post(browser, imported, form)
    form = opened(browser, imported)
    assert form.getlist(f"pasal-{likes.uid}") == ["SKB-1"]
    assert form.getlist(f"bahan-{likes.uid}") == ["BHN-1"]
    del form[f"pasal-{likes.uid}"]
    del form[f"bahan-{likes.uid}"]

    post(browser, imported, form)

    content = make.fresh(likes).content
    assert (content["claims"], content["references"], content["passages"]) == (
        ["F-SUKA-1"],
        [],
        [],
    )


def test_those_that_lack_something_stay_and_say_what(
    make: Make, client_for: ClientFor, imported: ItemImport, dewi: User
) -> None:
    browser = client_for(dewi)
    likes, aula = drafts(make)
    form = opened(browser, imported)
    form.add(f"fakta-{likes.uid}", "F-SUKA-1")
    form[f"pembahasan-{likes.uid}"] = "Menyukai unggahan akun pemenangan dilarang. Dasarnya SKB."

    reply = post(browser, imported, form, tindakan="kirim")

    assert notices(browser.get(reply.location)) == [
        "1 soal menunggu pemeriksa.",
        f"1 soal belum dikirim dan tersimpan. {aula.code}: Pembahasan masih kosong.",
    ]
    assert [draft.code for draft in drafts(make)] == [aula.code]


def test_a_fact_that_is_not_in_the_list_is_named_and_nothing_is_saved(
    make: Make, client_for: ClientFor, imported: ItemImport, dewi: User
) -> None:
    browser = client_for(dewi)
    likes, aula = drafts(make)
    form = opened(browser, imported)
    form.add(f"fakta-{likes.uid}", "F-SUKA-1")
    form.add(f"fakta-{aula.uid}", "aula")
    form[f"pembahasan-{aula.uid}"] = "Belum selesai."

    reply = post(browser, imported, form)

    assert reply.status_code == 400
    assert faults(reply) == [
        f"Soal {aula.code}: fakta “aula” tidak ada dalam daftar. Ketik sebagian katanya, lalu "
        "pilih dari yang muncul."
    ]
    assert form_fields(reply, "lengkapi")[f"pembahasan-{aula.uid}"] == "Belum selesai."
    assert [draft.revision for draft in drafts(make)] == [1, 1]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (
            "law_as_of",
            "kemarin",
            "Keadaan hukum per tanggal: Isi dengan tanggal, misalnya 22-11-2024.",
        ),
        ("law_as_of", "0024-11-22", "Keadaan hukum per tanggal: Isi tahun antara 1945 dan 2099."),
        ("topic", "tiada", "Topik bagi yang belum punya: Pilih salah satu dari daftar."),
        ("references", "UU-9", "Dasar hukum “UU-9” tidak ada dalam daftar. Pilih yang lain."),
    ],
)
def test_what_cannot_hold_for_all_is_refused_whole(
    make: Make,
    client_for: ClientFor,
    imported: ItemImport,
    dewi: User,
    field: str,
    value: str,
    sentence: str,
) -> None:
    browser = client_for(dewi)
    form = opened(browser, imported)
    form[field] = value

    reply = post(browser, imported, form)

    assert (reply.status_code, faults(reply)) == (400, [sentence])
    assert [draft.revision for draft in drafts(make)] == [1, 1]


def test_a_draft_saved_elsewhere_refuses_the_whole_form_and_keeps_what_was_typed(
    make: Make, client_for: ClientFor, imported: ItemImport, dewi: User
) -> None:
    browser = client_for(dewi)
    likes, aula = drafts(make)
    form = opened(browser, imported)
    form[f"pembahasan-{likes.uid}"] = "Dari halaman bersama."
    form[f"pembahasan-{aula.uid}"] = "Dari halaman bersama."
    aula.content = {**aula.content, "explanation": "Dari penyunting."}
    aula.revision += 1
    make.session.commit()

    reply = post(browser, imported, form)

    assert reply.status_code == 409
    assert faults(reply)[0].startswith(f"Soal {aula.code} sudah disimpan dari jendela lain")
    assert form_fields(reply, "lengkapi")[f"pembahasan-{aula.uid}"] == "Dari halaman bersama."
    assert make.fresh(likes).content["explanation"] == ""
    assert make.fresh(aula).content["explanation"] == "Dari penyunting."


def test_saving_again_what_the_refused_form_held_is_taken(
    make: Make, client_for: ClientFor, imported: ItemImport, dewi: User
) -> None:
    browser = client_for(dewi)
    _, aula = drafts(make)
    form = opened(browser, imported)
    form[f"pembahasan-{aula.uid}"] = "Dari halaman bersama."
    aula.revision += 1
    make.session.commit()
    refused = post(browser, imported, form)

    post(browser, imported, form_fields(refused, "lengkapi"))

    assert make.fresh(aula).content["explanation"] == "Dari halaman bersama."


def test_control_characters_are_refused_and_line_ends_made_alike(
    make: Make, client_for: ClientFor, imported: ItemImport, dewi: User
) -> None:
    browser = client_for(dewi)
    likes, _ = drafts(make)
    form = opened(browser, imported)
    unseen, typed = (f"  Satu{letter} baris.\r\nDua.  " for letter in ("\u0007", ""))

    form[f"pembahasan-{likes.uid}"] = unseen
    refused = post(browser, imported, form)
    form[f"pembahasan-{likes.uid}"] = typed
    post(browser, imported, form)

    assert (refused.status_code, "U+0007" in refused.text) == (400, True)
    assert make.fresh(likes).content["explanation"] == "Satu baris.\nDua."


@pytest.mark.parametrize("role", Role)
def test_only_those_who_edit_items_complete_them(
    make: Make, client_for: ClientFor, registers: None, role: Role
) -> None:
    person = make.user(username="seseorang", role=role)
    imported = landed(make, person, LIKES)

    code = client_for(person).get(address(imported)).status_code

    may = role in {Role.TRAINER, Role.LEGAL_CHECKER, Role.ADMIN}
    assert code == (200 if may else 403)


def test_somebody_elses_questions_are_not_found(
    make: Make, client_for: ClientFor, imported: ItemImport, hadi: User
) -> None:
    browser = client_for(hadi)
    form = {f"revisi-{draft.uid}": "1" for draft in drafts(make)}

    assert browser.get(address(imported)).status_code == 404
    assert browser.post_form(address(imported), form).status_code == 404


def test_a_form_of_drafts_sent_meanwhile_says_so(
    make: Make, client_for: ClientFor, imported: ItemImport, dewi: User
) -> None:
    browser = client_for(dewi)
    form = opened(browser, imported)
    for draft in drafts(make):
        make.session.delete(draft)
    make.session.commit()

    reply = post(browser, imported, form)

    assert notices(browser.get(reply.location)) == [
        "Soal di halaman itu sudah dikirim atau dibuang."
    ]
    assert browser.get(address(imported)).location == f"/soal/ambil/{imported.uid}/hasil"


def test_no_more_queries_with_more_drafts(
    make: Make, client_for: ClientFor, dewi: User, registers: None, count_queries: Count
) -> None:
    browser = client_for(dewi)
    one, three = landed(make, dewi, LIKES), landed(make, dewi, LIKES, AULA, "Siapa?")
    browser.get(address(one))

    counts = {count_queries(lambda each=each: browser.get(address(each))) for each in (one, three)}

    assert len(counts) == 1


def test_three_hundred_come_ten_at_a_time(
    make: Make, client_for: ClientFor, dewi: User, registers: None
) -> None:
    browser = client_for(dewi)
    imported = landed(make, dewi, *(f"{LIKES} Kasus {number}" for number in range(300)))

    last = browser.get(f"{address(imported)}?halaman=30")
    form = form_fields(last, "lengkapi")
    reply = browser.post_form(f"{address(imported)}?halaman=30", form)

    shown = texts(last, "stem")
    assert (len(shown), shown[0], shown[-1]) == (10, f"{LIKES} Kasus 290", f"{LIKES} Kasus 299")
    assert reply.location == f"{address(imported)}?halaman=30"
    assert notices(browser.get(reply.location)) == ["10 draf tersimpan."]
