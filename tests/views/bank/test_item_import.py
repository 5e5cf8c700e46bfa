"""Taking questions from a file or a pasted text: preview, choices, and where they land."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest

from quiz.actions.bank.editing import send_to_review
from quiz.assessment.items.item import EVERYBODY
from quiz.assessment.items.unfinished import read_draft
from quiz.models import AuditEntry, BankItem, ItemDraft, ItemImport, User
from quiz.permissions import Role
from tests.client import HouseClient
from tests.exchange.questions.word_files import typed_document
from tests.factories import Make
from tests.reading import faults, link_texts, notices, root, stored, table_rows, texts, words

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

WHOLE = """1. Apa arti netral bagi pegawai negeri?
A. Tidak berpihak
B. Tidak memilih
C. Ikut pimpinan
Kunci: A
Pembahasan: Netral berarti tidak berpihak.
Umpan balik A: Sesuai aturan.
Umpan balik B: Hak pilih tetap ada.
Umpan balik C: Pimpinan pun harus netral.
Topik: Makna
Tingkat: Memahami
"""
BARE = """2. Kapan masa tenang dimulai?
A. Tiga hari sebelum
B. Sehari sebelum
C. Tidak ada
Kunci: A
"""
LAW = "2024-11-22"


@pytest.fixture
def browser(client_for: ClientFor, make: Make, dewi: User) -> HouseClient:
    """Dewi's browser; the bank has the topics makna and tenang."""
    make.topic("makna", name="Makna netralitas")
    make.topic("tenang", name="Masa tenang", position=2)
    return client_for(dewi)


def paste(browser: HouseClient, text: str, **form: str) -> str:
    """The address of the preview of a pasted text."""
    reply = browser.post_form("/soal/ambil", {"text": text, **form})
    assert reply.status_code == 303, faults(reply)
    return str(reply.location)


def upload(browser: HouseClient, blob: bytes, name: str):  # type: ignore[no-untyped-def]
    form = {"file": (io.BytesIO(blob), name)}
    return browser.post_form("/soal/ambil", form, content_type="multipart/form-data")


def take(browser: HouseClient, address: str, *numbers: int, **form: str):  # type: ignore[no-untyped-def]
    """Confirm the preview as it stands, with just these questions ticked and these changes."""
    ticks = {f"ambil-{number}": "ya" for number in numbers}
    shown = selected(browser.get(address))
    return browser.post_form(address, {**shown, "law_as_of": LAW, **ticks, **form})


def selected(reply) -> dict[str, str]:  # type: ignore[no-untyped-def]
    """What each list of choices of the page has selected."""
    return {
        select.get("name", ""): option.get("value", "")
        for select in root(reply).iter("select")
        for option in select.iter("option")
        if option.get("selected") is not None
    }


def ticked(reply) -> list[str]:  # type: ignore[no-untyped-def]
    """The names of the boxes that are ticked."""
    boxes = (n for n in root(reply).iter("input") if n.get("type") == "checkbox")
    return [box.get("name", "") for box in boxes if box.get("checked") is not None]


@pytest.mark.parametrize("role", Role)
def test_only_those_who_edit_items_take_questions(
    make: Make, client_for: ClientFor, role: Role
) -> None:
    person = make.user(username="seseorang", role=role)
    browser = client_for(person)

    codes = {browser.get(address).status_code for address in ("/soal/ambil", "/soal/ekspor")}

    may = role in {Role.TRAINER, Role.LEGAL_CHECKER, Role.ADMIN}
    assert codes == ({200} if may else {403})


def test_a_word_document_is_shown_question_by_question(browser: HouseClient) -> None:
    blob = typed_document(
        *WHOLE.splitlines(), *BARE.splitlines(), "3. Tanpa kunci?", "A. a", "B. b"
    )

    preview = browser.get(upload(browser, blob, "soal ulangan.docx").location)

    assert texts(preview, "stem") == [
        "Apa arti netral bagi pegawai negeri?",
        "Kapan masa tenang dimulai?",
        "Tanpa kunci?",
    ]
    assert texts(preview, "badge") == ["Terbaca", "Terbaca", "Perlu diperbaiki"]
    assert [n for n in notices(preview)] == [
        "Kunci belum ada. Tulis “Kunci: B” di bawah opsi, beri tanda * di depan opsi kunci, atau "
        "tebalkan opsi kuncinya saja."
    ]
    assert ticked(preview) == ["ambil-1", "ambil-2", "ambil-3"]


def test_every_question_lands_as_a_draft_of_the_uploader(
    browser: HouseClient, make: Make, dewi: User
) -> None:
    address = paste(browser, WHOLE + BARE)

    reply = take(browser, address, 1, 2, topic="tenang", level="mengingat")

    whole, bare = stored(make, ItemDraft)
    item = read_draft(whole.content)[0]
    assert reply.location == f"{address}/hasil"
    assert (item.stem, item.topic, item.level) == (
        "Apa arti netral bagi pegawai negeri?",
        "makna",
        "memahami",
    )
    assert (item.audience, item.law_as_of.isoformat()) == (EVERYBODY, LAW)
    assert (bare.content["topic"], bare.content["level"]) == ("tenang", "mengingat")
    for draft in (whole, bare):
        assert (draft.author_id, draft.origin, draft.bank_item_id) == (dewi.id, "impor teks", None)
    assert stored(make, BankItem) == []


def test_the_landing_lists_just_what_came_and_leads_on(browser: HouseClient, make: Make) -> None:
    make.bank_item(make.item(code="LAMA-001", topic="makna", stem="Soal lama?"))
    address = paste(browser, WHOLE + BARE)

    page = browser.get(take(browser, address, 1, 2).location)

    assert table_rows(page) == [
        ["Apa arti netral bagi pegawai negeri?", "LAMA-002", "Draf Anda 1 hal masih kurang"],
        ["Kapan masa tenang dimulai?", "SOAL-001", "Draf Anda 4 hal masih kurang"],
    ]
    assert "Lengkapi bersama" in link_texts(page)
    assert notices(page) == ["2 soal masuk sebagai draf Anda. Lengkapi, lalu kirim ke pemeriksa."]


def test_a_draft_sent_to_review_shows_its_state_on_the_landing(
    browser: HouseClient, make: Make, dewi: User
) -> None:
    make.claim()
    address = paste(browser, WHOLE)
    take(browser, address, 1)
    (draft,) = stored(make, ItemDraft)
    item = read_draft(draft.content | {"claims": ["F-DEF-04/rumusan-lama"]})[0]
    send_to_review(make.session, draft, item, make.now)
    make.session.commit()

    page = browser.get(f"{address}/hasil")

    (sent,) = stored(make, BankItem)
    assert sent.origin == "impor teks"
    assert table_rows(page) == [
        ["Apa arti netral bagi pegawai negeri?", "MAK-001", "Menunggu pemeriksa"]
    ]


def test_a_draft_that_landed_opens_in_the_editor(browser: HouseClient, make: Make) -> None:
    address = paste(browser, BARE)
    take(browser, address, 1)
    (draft,) = stored(make, ItemDraft)

    page = browser.get(f"/soal/draf/{draft.uid}")

    assert page.status_code == 200
    assert "Kapan masa tenang dimulai?" in page.text


def test_only_the_ticked_questions_are_taken(browser: HouseClient, make: Make) -> None:
    address = paste(browser, WHOLE + BARE)

    take(browser, address, 2)

    assert [draft.content["stem"] for draft in stored(make, ItemDraft)] == [
        "Kapan masa tenang dimulai?"
    ]


def test_ticking_nothing_is_told_and_what_was_chosen_stays(browser: HouseClient) -> None:
    address = paste(browser, WHOLE + BARE)

    reply = take(browser, address, level="menerapkan", **{"topik-2": "tenang"})

    assert reply.status_code == 400
    assert faults(reply) == ["Belum ada soal yang dipilih. Centang yang akan diambil."]
    assert ticked(reply) == []
    assert selected(reply) == {
        "topic": "",
        "level": "menerapkan",
        "topik-1": "makna",
        "tingkat-1": "memahami",
        "topik-2": "tenang",
    }


def test_an_item_that_cannot_be_taken_has_no_box_and_is_not_taken_by_force(
    browser: HouseClient, make: Make
) -> None:
    address = paste(browser, "Jelaskan netralitas. {}\n\nApa? {=a ~b ~c}")

    preview = browser.get(address)
    take(browser, address, 1, 2)

    assert ticked(preview) == ["ambil-2"]
    assert texts(preview, "badge")[0] == "Tidak dapat diambil"
    assert [draft.content["stem"] for draft in stored(make, ItemDraft)] == ["Apa?"]


def test_what_the_bank_has_already_is_pointed_out_and_not_ticked(
    browser: HouseClient, make: Make
) -> None:
    make.bank_item(make.item(code="MKN-007", stem="apa arti NETRAL bagi pegawai negeri"))
    make.bank_item(make.item(code="TNG-001", stem="Kapan masa tenang pemilihan dimulai?"))

    preview = browser.get(paste(browser, WHOLE + BARE + WHOLE.replace("1. ", "3. ", 1)))

    said = [words(node) for node in root(preview).iter("p") if "Pertanyaannya" in words(node)]
    assert said == [
        "Sudah ada Pertanyaannya sama dengan MKN-007.",
        "Mirip Pertanyaannya hampir sama dengan TNG-001.",
        "Pertanyaannya sama dengan soal 1 di berkas ini.",
        "Sudah ada Pertanyaannya sama dengan MKN-007.",
    ]
    assert ticked(preview) == ["ambil-2"]


def test_taking_the_same_file_twice_points_to_the_drafts_of_the_first_time(
    browser: HouseClient, make: Make
) -> None:
    take(browser, paste(browser, BARE), 1)
    (draft,) = stored(make, ItemDraft)

    preview = browser.get(paste(browser, BARE))

    links = [link.get("href") for link in root(preview).iter("a")]
    assert f"/soal/draf/{draft.uid}" in links
    assert ticked(preview) == []


def test_a_code_of_the_file_is_kept_where_it_is_free(browser: HouseClient, make: Make) -> None:
    make.bank_item(make.item(code="MKN-007", stem="Yang lama?"))
    text = "\n\n".join(
        f"::{name}:: Soal {name}? {{=a ~b ~c}}" for name in ("MKN-007", "XYZ-5", "Kuis 1")
    )

    take(browser, paste(browser, text), 1, 2, 3, topic="makna")

    codes = {draft.content["stem"]: draft.code for draft in stored(make, ItemDraft)}
    assert codes == {
        "Soal MKN-007?": "MKN-008",
        "Soal XYZ-5?": "XYZ-5",
        "Soal Kuis 1?": "MKN-009",
    }


def test_a_topic_the_bank_does_not_know_is_told(browser: HouseClient) -> None:
    preview = browser.get(paste(browser, WHOLE.replace("Topik: Makna", "Topik: Sejarah")))

    assert "Topik “Sejarah” belum ada di bank. Pilih yang sesuai." in words(root(preview))


def test_a_topic_or_level_that_is_not_offered_is_left_open(
    browser: HouseClient, make: Make
) -> None:
    address = paste(browser, WHOLE)

    take(browser, address, 1, **{"topik-1": "karangan", "tingkat-1": "sulit"})

    (draft,) = stored(make, ItemDraft)
    assert (draft.content["topic"], draft.content["level"]) == ("", "")


def test_a_missing_date_of_the_law_is_told(browser: HouseClient, make: Make) -> None:
    address = paste(browser, WHOLE)

    reply = take(browser, address, 1, law_as_of="")

    assert reply.status_code == 400
    assert "Isi tanggal keadaan hukum yang menjadi dasar soal." in faults(reply)[0]
    assert stored(make, ItemDraft) == []


def test_a_file_that_cannot_be_read_is_refused_with_its_remedy_and_nothing_waits(
    browser: HouseClient, make: Make
) -> None:
    reply = upload(browser, b"%PDF-1.7\n", "soal.docx")

    assert reply.status_code == 400
    assert faults(reply) == [
        "Berkas “soal.docx” sebenarnya dokumen PDF, bukan berkas soal. Pakai Word (.docx), Excel "
        "(.xlsx), teks, Aiken, GIFT, atau XML Moodle."
    ]
    assert stored(make, ItemImport) == []


def test_sending_nothing_says_what_to_do(browser: HouseClient) -> None:
    reply = browser.post_form("/soal/ambil", {"text": " "})

    assert faults(reply) == ["Pilih berkasnya, atau tempelkan teksnya."]


def test_a_chosen_format_wins_over_the_guess(browser: HouseClient, make: Make) -> None:
    paste(browser, "1. Apa {netral}?\nA. a\nB. b\nC. c\nKunci: A\nANSWER: B", format="teks")

    assert [waiting.format for waiting in stored(make, ItemImport)] == ["teks"]


def test_a_format_there_is_not_is_refused(browser: HouseClient) -> None:
    reply = browser.post_form("/soal/ambil", {"text": WHOLE, "format": "pdf"})

    assert faults(reply) == ["Format: Pilih salah satu dari daftar."]


def test_an_upload_is_seen_by_its_uploader_only(
    browser: HouseClient, client_for: ClientFor, hadi: User, make: Make
) -> None:
    address = paste(browser, WHOLE)
    other = client_for(hadi)

    replies = [other.get(address), take(other, address, 1), other.get(f"{address}/hasil")]

    assert [reply.status_code for reply in replies] == [404, 404, 404]
    assert stored(make, ItemDraft) == []


def test_an_upload_waits_for_a_day_and_is_then_forgotten(browser: HouseClient, make: Make) -> None:
    address = paste(browser, WHOLE)
    (waiting,) = stored(make, ItemImport)
    waiting.created_at = make.now - timedelta(hours=25)
    make.session.commit()

    late = browser.get(address)
    paste(browser, BARE)

    assert late.location == "/soal/ambil"
    assert [each.content["items"][0]["stem"] for each in stored(make, ItemImport)] == [
        "Kapan masa tenang dimulai?"
    ]


def test_confirming_twice_lands_once(browser: HouseClient, make: Make) -> None:
    address = paste(browser, WHOLE)

    first = take(browser, address, 1, topic="makna")
    second = take(browser, address, 1, topic="makna")

    assert first.location == second.location == browser.get(address).location
    assert len(stored(make, ItemDraft)) == 1


def test_the_landing_before_confirming_leads_to_the_preview(browser: HouseClient) -> None:
    address = paste(browser, WHOLE)

    assert browser.get(f"{address}/hasil").location == address


def test_a_draft_thrown_away_since_is_still_accounted_for(browser: HouseClient, make: Make) -> None:
    address = paste(browser, BARE)
    take(browser, address, 1)
    make.session.delete(stored(make, ItemDraft)[0])
    make.session.commit()

    page = browser.get(f"{address}/hasil")

    assert table_rows(page) == [["Draf ini sudah dibuang", "SOAL-001", "tidak ada lagi"]]


def test_an_import_is_in_the_audit_log(browser: HouseClient, make: Make, dewi: User) -> None:
    take(browser, paste(browser, WHOLE), 1, topic="makna")

    entry = next(e for e in stored(make, AuditEntry) if e.action == "items_imported")
    assert entry.actor_id == dewi.id
    assert entry.detail is not None
    assert entry.detail.content == {"file": "teks yang ditempel", "items": ["MAK-001"]}


def test_preview_and_landing_cost_the_same_for_one_question_and_for_thirty(
    browser: HouseClient, count_queries: Count
) -> None:
    def cost(count: int) -> tuple[int, int]:
        text = "\n\n".join(f"Soal nomor {n} dari {count}? {{=a ~b ~c}}" for n in range(count))
        address = paste(browser, text)
        preview = count_queries(lambda: browser.get(address))
        take(browser, address, *range(1, count + 1))
        return preview, count_queries(lambda: browser.get(f"{address}/hasil"))

    cost(2)  # what the first page of a browser costs more

    assert cost(1) == cost(30)


def test_a_page_of_three_hundred_questions_can_be_sent(browser: HouseClient, make: Make) -> None:
    text = "\n\n".join(f"Soal nomor {n}? {{=a ~b ~c}}" for n in range(300))
    address = paste(browser, text)
    everything = {f"topik-{n}": "makna" for n in range(1, 301)} | {
        f"tingkat-{n}": "mengingat" for n in range(1, 301)
    }

    reply = take(browser, address, *range(1, 301), **everything)

    assert reply.status_code == 303
    assert len(stored(make, ItemDraft)) == 300


def test_templates_are_downloaded_under_their_names(browser: HouseClient) -> None:
    word = browser.get("/soal/templat.docx")
    excel = browser.get("/soal/templat.xlsx")

    assert (word.data[:2], excel.data[:2]) == (b"PK", b"PK")
    assert word.headers["Content-Disposition"] == "attachment; filename=templat-soal.docx"
    assert excel.headers["Content-Disposition"] == "attachment; filename=templat-soal.xlsx"


def test_a_key_read_from_a_sign_is_shown_as_such(browser: HouseClient) -> None:
    preview = browser.get(paste(browser, "1. Apa itu netral?\nA. satu\n✓ B. dua\nC. tiga\n"))

    assert notices(preview) == ["Kunci B dibaca dari tanda pada opsinya."]
    assert "1perludilihatkuncinya" in words(root(preview)).replace(" ", "")


def test_a_question_that_was_read_wrongly_cannot_be_taken(browser: HouseClient, make: Make) -> None:
    address = paste(browser, "1. Apa itu netral?\nA. satu\nA. dua\nB. tiga\nKunci: B\n" + BARE)

    preview = browser.get(address)
    reply = take(browser, address, 1, 2)

    assert texts(preview, "badge") == ["Tidak dapat diambil", "Terbaca"]
    assert ticked(preview) == ["ambil-2"]
    assert reply.status_code == 303
    assert [draft.content["stem"] for draft in stored(make, ItemDraft)] == [
        "Kapan masa tenang dimulai?"
    ]


def test_three_hundred_land_a_page_at_a_time(browser: HouseClient) -> None:
    many = "\n".join(BARE.replace("2. Kapan", f"{n}. Kapan ke-{n}") for n in range(1, 301))
    address = paste(browser, many)

    last = browser.get(f"{take(browser, address, *range(1, 301)).location}?halaman=6")

    assert len(table_rows(last)) == 50
    assert table_rows(last)[-1][0] == "Kapan ke-300 masa tenang dimulai?"
    assert "Lengkapi bersama" in link_texts(last)
