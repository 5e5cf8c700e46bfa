"""The bank of items: reading and signing."""

from collections.abc import Callable
from datetime import date

import pytest

from quiz.actions.bank.citing import cite_new_versions
from quiz.models import User
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import link_texts, notices, root, table_rows, texts, with_class, words

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

EDITORS = {Role.TRAINER, Role.LEGAL_CHECKER, Role.ADMIN}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("address", ["/soal", "/soal/ADA-1"])
def test_only_those_who_edit_items_see_the_bank(
    make: Make, client_for: ClientFor, role: Role, address: str
) -> None:
    make.bank_item(make.item(code="ADA-1"))

    reply = client_for(make.user(username="seseorang", role=role)).get(address)

    assert reply.status_code == (200 if role in EDITORS else 403)


def test_a_row_says_what_an_item_is(make: Make, client_for: ClientFor, dewi: User) -> None:
    make.topic("makna", name="Makna netralitas")
    make.reference()
    make.bank_item(make.item(code="ADA-1", stem="Apa itu netral?"))
    make.bank_item(make.item(code="SAH-1", stem="Sudah sah?"), signed_at=make.now)

    rows = [row[1:6] for row in table_rows(client_for(dewi).get("/soal"))]

    law = "UU 20/2023 Pasal 9 ayat (2)"
    assert rows == [
        [
            "Apa itu netral? ADA-1 · Pilihan tunggal",
            "Makna netralitas",
            law,
            "Memahami",
            "Terbit paket awal, belum disahkan",
        ],
        ["Sudah sah? SAH-1 · Pilihan tunggal", "Makna netralitas", law, "Memahami", "Terbit"],
    ]


def test_filters_keep_the_search_and_count_by_state(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    make.bank_item(make.item(code="ADA-1"))
    make.bank_item(make.item(code="ADA-2"), published=False)
    make.bank_item(make.item(code="LAIN-1"))
    browser = client_for(dewi)

    page = browser.get("/soal?cari=ada-&_scheme=javascript&_external=1")
    drafts = browser.get("/soal?cari=ada-&keadaan=draft")

    [bar] = with_class(page, "filters")
    links = [(words(link), link.get("href")) for link in bar.iter("a")]
    assert [text for text, _ in links] == ["Semua 2", "Terbit 1", "Draf 1"]
    assert all(str(href).startswith("/soal?") for _, href in links)
    assert "1 soal memuat “ada-”" in drafts.text


def test_an_empty_search_has_a_way_out(client_for: ClientFor, dewi: User) -> None:
    page = client_for(dewi).get("/soal?cari=zzz")

    assert texts(page, "empty") == ["Tidak ada soal yang cocok. Lihat semua soal"]


def test_pages_run_as_many_queries_for_three_items_as_for_one(
    make: Make, client_for: ClientFor, hadi: User, count_queries: Count
) -> None:
    first = make.bank_item(make.item(code="ADA-1"))
    make.sitting(items=[first])
    browser = client_for(hadi)
    addresses = ("/soal", "/soal/ADA-1")
    for address in addresses:
        browser.get(address)
    one = [count_queries(lambda a=address: browser.get(a)) for address in addresses]
    make.bank_item(make.item(code="ADA-2", references=("LAIN-1",)))
    make.bank_item(make.item(code="ADA-3"))
    make.sitting(items=[first])

    three = [count_queries(lambda a=address: browser.get(a)) for address in addresses]

    assert three == one


def test_the_page_shows_keys_feedback_law_and_use(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    bank_item = make.bank_item(make.item(code="ADA-1"))
    make.reference(valid_to=date(2024, 1, 1))
    make.claim()
    make.passage(text="Bagian bahan yang diperiksa.")
    make.sitting(make.event("Sosialisasi rekaan"), items=[bank_item])

    page = client_for(dewi).get("/soal/ADA-1")

    assert table_rows(page) == [
        ["Opsi 1", "1, kunci", "Penjelasan 1."],
        ["Opsi 2", "0", "Penjelasan 2."],
        ["Opsi 3", "0", "Penjelasan 3."],
        ["Opsi 4", "0", "Penjelasan 4."],
    ]
    for shown in (
        "Berlaku sejak 31 Oktober 2023 sampai 1 Januari 2024.",
        "Tidak berlaku hari ini",
        "F-DEF-04/rumusan-lama, keyakinan tinggi",
        "Bagian bahan yang diperiksa.",
        "Sosialisasi rekaan",
        "paket awal, belum disahkan",
    ):
        assert shown in words(root(page))


@pytest.mark.parametrize("type", ["single_choice", "multiple_choice", "true_false"])
def test_the_preview_answers_without_a_key_and_reviews_with_it(
    make: Make, client_for: ClientFor, dewi: User, type: str
) -> None:
    make.bank_item(make.item(type, code="ADA-1"))
    browser = client_for(dewi)

    [answering] = with_class(browser.get("/soal/ADA-1"), "phone")
    [reviewing] = with_class(browser.get("/soal/ADA-1?tampilan=pembahasan"), "phone")

    assert "Jawaban tepat" not in words(answering)
    assert "Jawaban tepat" in words(reviewing)
    assert "Mengapa" in words(reviewing)


def test_another_version_than_the_published_says_so(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    bank_item = make.bank_item(make.item(code="ADA-1", stem="Yang terbit?"))
    bank_item.revise(make.item(code="ADA-1", stem="Yang baru?"), make.now, dewi)
    make.session.commit()
    browser = client_for(dewi)

    published, draft = browser.get("/soal/ADA-1"), browser.get("/soal/ADA-1?versi=2")

    assert (texts(published, "stem")[0], notices(published)) == ("Yang terbit?", [])
    assert texts(draft, "stem")[0] == "Yang baru?"
    assert notices(draft) == ["Ini versi 2, bukan yang terbit sekarang."]


@pytest.mark.parametrize("address", ["/soal/TIDAK-ADA", "/soal/ADA-1?versi=9"])
def test_what_there_is_not_is_not_found(
    make: Make, client_for: ClientFor, dewi: User, address: str
) -> None:
    make.bank_item(make.item(code="ADA-1"))

    assert client_for(dewi).get(address).status_code == 404


def test_a_stem_with_markup_stays_text(make: Make, client_for: ClientFor, dewi: User) -> None:
    make.bank_item(make.item(code="ADA-1", stem="<script>alert(1)</script> netral?"))
    browser = client_for(dewi)

    assert "<script>alert" not in browser.get("/soal").text
    assert texts(browser.get("/soal/ADA-1"), "stem")[0] == "<script>alert(1)</script> netral?"


def test_a_trainer_is_offered_writing_and_sending_but_no_signing(
    make: Make, client_for: ClientFor, dewi: User, hadi: User
) -> None:
    make.bank_item(make.item(code="ADA-1"))

    trainers, checkers = client_for(dewi).get("/soal"), client_for(hadi).get("/soal")

    assert "Baca dan sahkan 1 soal" not in link_texts(trainers)
    assert "Baca dan sahkan 1 soal" in link_texts(checkers)
    assert "Sahkan yang dipilih" not in checkers.text
    assert "Kirim yang dipilih ke pemeriksa" in trainers.text
    assert "Tulis soal" in link_texts(trainers)


def test_what_a_change_of_law_touched_can_be_listed(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    article = make.reference()
    make.bank_item(make.item(code="ADA-1"))
    make.bank_item(make.item(code="LAIN-1", references=()))
    cite_new_versions(make.session)
    article.valid_to = date(2025, 1, 1)
    make.session.commit()
    browser = client_for(dewi)

    page, listed = browser.get("/soal"), browser.get("/soal?keadaan=tinjau")

    assert "1 soal perlu ditinjau karena dasarnya berubah" in link_texts(page)
    assert "Perlu ditinjau 1" in link_texts(page)
    assert [row[5] for row in table_rows(listed)] == [
        "Terbit Perlu ditinjaupaket awal, belum disahkan"
    ]


def test_a_typed_address_may_say_waiting_in_indonesian(
    make: Make, client_for: ClientFor, hadi: User
) -> None:
    make.bank_item(make.item(code="ADA-1"))
    make.bank_item(make.item(code="REV-1"), published=False, in_review_at=make.now)

    rows = table_rows(client_for(hadi).get("/soal?keadaan=menunggu"))

    assert [row[5] for row in rows] == ["Menunggu pemeriksa"]


def test_near_duplicates_stand_side_by_side(make: Make, client_for: ClientFor, dewi: User) -> None:
    browser = client_for(dewi)
    make.bank_item(make.item(code="ADA-1", stem="Bolehkah pegawai hadir di kampanye hari ini?"))
    alone = browser.get("/soal/serupa")
    make.bank_item(make.item(code="ADA-2", stem="Bolehkah pegawai hadir di kampanye esok ini?"))
    make.bank_item(make.item(code="LAIN-1", stem="Apa arti netral?"))

    rows = table_rows(browser.get("/soal/serupa"))

    assert "Tidak ada soal yang pokok soalnya hampir sama." in alone.text
    assert [[row[0][-5:], row[1][-5:]] for row in rows] == [["ADA-1", "ADA-2"]]
