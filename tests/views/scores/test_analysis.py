"""Item analysis in the browser."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from quiz.assessment.items.item import Status
from quiz.models import BankItem, Sitting, User
from quiz.models.events.events import Phase
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make, changed
from tests.reading import link_texts, root, table_rows, texts, with_class, words

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

EDITORS = {Role.TRAINER, Role.LEGAL_CHECKER, Role.ADMIN}
WITHHELD = "tidak ditampilkan"
WAITING = "belum cukup peserta (perlu 30, baru {})"


def item_of(make: Make, code: str, **changes: object) -> BankItem:
    return make.bank_item(make.item(code=code, **changes))


def closed(make: Make, items: Sequence[BankItem], **changes: object) -> Sitting:
    """A sitting that closed twenty minutes ago, its grace past."""
    times = {"closes_at": make.now - timedelta(minutes=20)}
    return make.sitting(items=items, **(times | changes))


def answer(make: Make, sitting: Sitting, chosen: str | None, sure: int | None = None) -> None:
    """Somebody who takes the option at this place in the author's order, None for a blank."""
    attempt = make.attempt(sitting)
    item = sitting.slots[0].choices[0].version.item
    if chosen is not None:
        option = item.options["ABCD".index(chosen)].id
        make.response(attempt, 1, [option], confidence=sure)
    attempt.submitted_at, attempt.receipt = attempt.started_at, "ABCDEF"
    make.score(attempt, make.now)


def hall(make: Make, sitting: Sitting, answers: str) -> None:
    """A person for each letter, "-" for a blank."""
    for letter in answers:
        answer(make, sitting, None if letter == "-" else letter)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("address", ["/soal/analisis", "/soal/ADA-1/analisis"])
def test_only_those_who_edit_items_see_how_they_did(
    make: Make, client_for: ClientFor, role: Role, address: str
) -> None:
    item_of(make, "ADA-1")

    reply = client_for(make.user(username="seseorang", role=role)).get(address)

    assert reply.status_code == (200 if role in EDITORS else 403)


def test_a_card_shows_no_analysis_even_to_a_trainer(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    assert client_for(make.enrolment(user=dewi)).get("/soal/analisis").status_code == 403


def test_of_four_people_nothing_is_said_but_that_they_are_few(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    hall(make, closed(make, [item_of(make, "ADA-1", stem="Apa itu netral?")]), "AAB-")
    browser = client_for(dewi)

    page = browser.get("/soal/analisis")
    alone = browser.get("/soal/ADA-1/analisis")

    assert table_rows(page) == [
        ["Apa itu netral? ADA-1 · versi 1", "tidak ada", WITHHELD, WITHHELD, WITHHELD]
    ]
    assert texts(alone, "meta") == ["Versi 1"]
    assert table_rows(alone) == []
    assert "kurang dari 5 orang" in texts(alone, "empty")[0]


def test_five_people_have_a_percent_an_interval_and_a_word(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    hall(make, closed(make, [item_of(make, "ADA-1")]), "AAAAB")

    [row] = table_rows(client_for(dewi).get("/soal/analisis"))

    assert row[2:] == ["80 (38 sampai 96) mudah", WAITING.format(5), "5"]


def test_flags_are_said_in_words_and_come_first(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    hall(make, closed(make, [item_of(make, "ADA-1")]), "AAAAA")
    hall(make, closed(make, [item_of(make, "LAIN-9")]), "BBBBBBBBBBBBCCCCCCAA")

    page = client_for(dewi).get("/soal/analisis")

    rows = table_rows(page)
    assert [row[0].partition("? ")[2] for row in rows] == ["LAIN-9 · versi 1", "ADA-1 · versi 1"]
    assert rows[0][1] == (
        "Lebih sukar daripada menebak: 10% tepat, menebak 25%.Pengecoh D tidak dipilih siapa pun."
    )


def test_the_list_is_filtered_by_flag_and_counts_each(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    hall(make, closed(make, [item_of(make, "ADA-1")]), "AAAAA")
    hall(make, closed(make, [item_of(make, "LAIN-9")]), "BBBBBBBBBBBBCCCCCCAA")
    browser = client_for(dewi)

    page = browser.get("/soal/analisis?tanda=menebak")
    none = browser.get("/soal/analisis?tanda=yakin")

    [bar] = [words(link) for link in with_class(page, "filters")]
    assert bar == ("Semua 2 Bertanda 1 Lebih sukar daripada menebak 1 Pengecoh tidak dipilih 1")
    assert len(table_rows(page)) == 1
    assert texts(none, "empty") == ["Tidak ada soal dengan tanda itu. Lihat semua soal"]


@pytest.mark.parametrize(
    ("order", "codes"),
    [
        ("sulit", ["C-1", "B-1", "A-1"]),
        ("kode", ["A-1", "B-1", "C-1"]),
        ("tanda", ["A-1", "B-1", "C-1"]),
        ("ngawur", ["A-1", "B-1", "C-1"]),
    ],
)
def test_the_list_is_sorted(
    make: Make, client_for: ClientFor, dewi: User, order: str, codes: list[str]
) -> None:
    for code, answers in (("A-1", "AAAAA"), ("B-1", "AAABB"), ("C-1", "ABBBB")):
        hall(make, closed(make, [item_of(make, code, stem="Tanya?")]), answers)

    rows = table_rows(client_for(dewi).get(f"/soal/analisis?urut={order}"))

    assert [row[0] for row in rows] == [f"Tanya? {code} · versi 1" for code in codes]


def test_the_list_narrows_to_an_event_and_to_a_sitting(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    item = item_of(make, "ADA-1")
    before = closed(make, [item])
    after = closed(make, [item], event=before.event, phase=Phase.POST)
    elsewhere = closed(make, [item])
    for sitting, answers in ((before, "AAAAA"), (after, "BBBBBB"), (elsewhere, "AAAAAAA")):
        hall(make, sitting, answers)
    browser = client_for(dewi)
    here = f"/soal/analisis?kegiatan={before.event.code}"

    pages = [
        browser.get(address) for address in ("/soal/analisis", here, f"{here}&sesi={after.uid}")
    ]

    assert [[row[4] for row in table_rows(page)] for page in pages] == [["18"], ["11"], ["6"]]
    assert words(with_class(pages[1], "filters")[0]) == "Semua sesi Pre-test Post-test"


def test_another_events_sitting_does_not_mix_in(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    one, other = closed(make, [item_of(make, "ADA-1")]), closed(make, [item_of(make, "LAIN-1")])
    hall(make, one, "A")
    hall(make, other, "A")

    page = client_for(dewi).get(f"/soal/analisis?kegiatan={one.event.code}&sesi={other.uid}")

    assert table_rows(page) == []


def test_an_open_sitting_is_not_analysed_yet(make: Make, client_for: ClientFor, dewi: User) -> None:
    sitting = make.sitting(items=[item_of(make, "ADA-1")])
    make.finished(sitting)

    page = client_for(dewi).get("/soal/analisis")

    assert texts(page, "empty") == [
        "Belum ada soal yang dijawab pada sesi yang sudah ditutup. "
        "Analisis muncul setelah petugas menutup sesi. Ke bank soal"
    ]


def test_the_pages_run_as_many_queries_for_three_items_as_for_one(
    make: Make, client_for: ClientFor, hadi: User, count_queries: Count
) -> None:
    first = item_of(make, "ADA-1")
    hall(make, closed(make, [first]), "A")
    browser = client_for(hadi)
    addresses = ("/soal/analisis", "/soal/ADA-1/analisis")
    for address in addresses:
        browser.get(address)
    one = [count_queries(lambda a=address: browser.get(a)) for address in addresses]
    hall(make, closed(make, [first, item_of(make, "ADA-2"), item_of(make, "ADA-3")]), "AAAB")
    make.ruling(first.published)

    three = [count_queries(lambda a=address: browser.get(a)) for address in addresses]

    assert three == one


def test_the_list_has_pages(make: Make, client_for: ClientFor, dewi: User) -> None:
    items = [item_of(make, f"ADA-{number:03}") for number in range(51)]
    make.finished(closed(make, items))
    browser = client_for(dewi)

    second = browser.get("/soal/analisis?urut=kode&halaman=2")
    beyond = browser.get("/soal/analisis?halaman=3")

    assert [row[0][-17:] for row in table_rows(second)] == ["ADA-050 · versi 1"]
    assert texts(beyond, "empty") == ["Halaman ini sudah di luar daftar. Ke halaman pertama"]


def test_the_items_page_says_who_chose_what(make: Make, client_for: ClientFor, dewi: User) -> None:
    sitting = closed(make, [item_of(make, "ADA-1"), item_of(make, "LAIN-1")])
    given = [("A", 3)] * 5 + [("A", 2)] * 5 + [("B", 3)] * 8 + [("B", 1)] * 5 + [(None, None)] * 5
    for letter, sure in given:
        answer(make, sitting, letter, sure)

    page = client_for(dewi).get("/soal/ADA-1/analisis")

    rows = table_rows(page)
    assert rows[:4] == [
        ["A. Opsi 1 Kunci", "8–12"],
        ["B. Opsi 2", "13–17"],
        ["C. Opsi 3", "0–2"],
        ["D. Opsi 4", "0–2"],
    ]
    assert rows[4:6] == [
        ["A. Opsi 1 Kunci", "0–2", "8–12", "0–2"],
        ["B. Opsi 2", "0–2", "13–17", "0–2"],
    ]
    assert rows[8:10] == [
        ["A. Opsi 1 Kunci", "0–2", "3–7", "3–7", "0–2"],
        ["B. Opsi 2", "3–7", "0–2", "8–12", "0–2"],
    ]
    facts = [words(fact) for fact in with_class(page, "facts")[0].iter("div")]
    assert facts == [
        "Tepat (%) dan rentang 95% 36 (21 sampai 54), sedang",
        f"Daya pembeda dan rentang 95% {WAITING.format(28)}",
        "Menebak buta 25%, 4 opsi",
    ]
    assert "Melewati soal ini: 3–7." in words(root(page))
    assert "Sangat yakin tetapi keliru: 8–12 jawaban." in words(root(page))


def test_groups_of_a_few_are_not_taken_apart(make: Make, client_for: ClientFor, dewi: User) -> None:
    sitting = closed(make, [item_of(make, "ADA-1"), item_of(make, "LAIN-1")])
    for letter, sure in [("A", 2)] * 6 + [("B", 2)] * 6 + [("C", 2)] * 3 + [("A", 3)] * 2:
        answer(make, sitting, letter, sure)

    rows = table_rows(client_for(dewi).get("/soal/ADA-1/analisis"))

    assert rows[:4] == [
        ["A. Opsi 1 Kunci", "8–12"],
        ["B. Opsi 2", "3–7"],
        ["C. Opsi 3", "3–7"],
        ["D. Opsi 4", "0–2"],
    ]
    assert rows[6] == ["C. Opsi 3", WITHHELD, WITHHELD, WITHHELD]
    assert rows[8] == ["A. Opsi 1 Kunci", "0–2", "3–7", WITHHELD, "0–2"]


@pytest.mark.parametrize("answers", ["AAAAAAAAB", "AAAAAAA--", "AAAABBBCCCDDD"])
def test_what_a_few_wrong_ones_chose_is_not_told(
    make: Make, client_for: ClientFor, dewi: User, answers: str
) -> None:
    hall(make, closed(make, [item_of(make, "ADA-1")]), answers)

    rows = table_rows(client_for(dewi).get("/soal/ADA-1/analisis"))

    assert [row[1] for row in rows[1:4]] == [WITHHELD] * 3


def test_a_small_sitting_follows_from_no_two_pages(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    item = item_of(make, "ADA-1")
    large, small = closed(make, [item]), closed(make, [item])
    hall(make, large, "AAAAABBBBB")
    hall(make, small, "BBB")
    browser = client_for(dewi)
    address = "/soal/ADA-1/analisis"

    pages = [browser.get(f"{address}{s}") for s in ("", f"?sesi={large.uid}", f"?sesi={small.uid}")]

    assert [texts(page, "meta")[0].partition(" Hanya ")[0] for page in pages] == [
        "Versi 1 10 peserta dari 1 sesi",
        "Versi 1 10 peserta dari 1 sesi",
        "Versi 1",
    ]
    assert table_rows(pages[0]) == table_rows(pages[1]) != table_rows(pages[2]) == []


def test_a_version_few_people_met_hides_the_one_beside_it_in_the_form(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    """The report shows the sum over both."""
    common, for_most, for_few = (item_of(make, code) for code in ("ADA-1", "ADA-2", "ADA-3"))
    sitting = closed(make, [common, for_most])
    for choice in sitting.slots[1].choices:
        if choice.status is Status.PPPK:
            choice.version = for_few.published
    for status, people in ((Status.PNS, 9), (Status.PPPK, 2)):
        for _ in range(people):
            make.finished(sitting, make.enrolment(sitting.event, status=status))

    rows = table_rows(client_for(dewi).get("/soal/analisis?urut=kode"))

    assert [row[4] for row in rows] == ["11", WITHHELD, WITHHELD]


def test_without_other_items_there_are_no_thirds(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    hall(make, closed(make, [item_of(make, "ADA-1")]), "AAAAABBBBB")

    rows = table_rows(client_for(dewi).get("/soal/ADA-1/analisis"))

    assert [row[0] for row in rows][:5] == [
        "A. Opsi 1 Kunci",
        "B. Opsi 2",
        "C. Opsi 3",
        "D. Opsi 4",
    ]
    assert rows[0] == ["A. Opsi 1 Kunci", "3–7"]


def test_no_name_stands_on_an_analysis(make: Make, client_for: ClientFor, dewi: User) -> None:
    sitting = closed(make, [item_of(make, "ADA-1")])
    person = make.user("Zulkifli Rekaan")
    make.finished(sitting, make.enrolment(sitting.event, person))

    browser = client_for(dewi)

    for address in ("/soal/analisis", "/soal/ADA-1/analisis"):
        assert "Zulkifli" not in browser.get(address).text
        assert person.uid not in browser.get(address).text


def test_an_older_version_has_an_analysis_of_its_own(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    item = item_of(make, "ADA-1")
    hall(make, closed(make, [item]), "AAAAA")
    item.publish(item.version_of(changed(item.published.item, stem="Lain?"), make.now))
    make.session.commit()
    hall(make, closed(make, [item]), "BBBBBB")
    browser = client_for(dewi)

    newest, oldest = (browser.get(f"/soal/ADA-1/analisis{v}") for v in ("", "?versi=1"))

    assert [texts(page, "meta") for page in (newest, oldest)] == [
        ["Versi 2 6 peserta dari 1 sesi"],
        ["Versi 1 5 peserta dari 1 sesi"],
    ]


def test_a_void_item_says_so(make: Make, client_for: ClientFor, dewi: User) -> None:
    item = item_of(make, "ADA-1")
    hall(make, closed(make, [item]), "AABBB")
    make.ruling(item.published)
    browser = client_for(dewi)

    [row] = table_rows(browser.get("/soal/analisis"))
    page = browser.get("/soal/ADA-1/analisis")

    assert row[1:3] == ["Dibatalkan", "tidak dihitung"]
    assert texts(page, "meta") == ["Versi 1 5 peserta dari 1 sesi Dibatalkan oleh putusan"]


@pytest.mark.parametrize("address", ["/soal/TIDAK-ADA/analisis", "/soal/ADA-1/analisis?versi=9"])
def test_an_unknown_item_or_version_is_not_found(
    make: Make, client_for: ClientFor, dewi: User, address: str
) -> None:
    item_of(make, "ADA-1")

    reply = client_for(dewi).get(address)

    assert reply.status_code == 404
    assert "Cari di bank soal." in reply.text


def test_an_unknown_sitting_is_all_of_them(make: Make, client_for: ClientFor, dewi: User) -> None:
    hall(make, closed(make, [item_of(make, "ADA-1")]), "AAABB")

    page = client_for(dewi).get("/soal/ADA-1/analisis?sesi=tidak-ada")

    assert texts(page, "meta") == ["Versi 1 5 peserta dari 1 sesi"]


def test_an_item_nobody_met_says_when_it_will_be_analysed(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    item_of(make, "ADA-1")

    page = client_for(dewi).get("/soal/ADA-1/analisis")

    assert texts(page, "empty") == [
        "Belum ada yang bertemu versi ini pada sesi yang sudah ditutup. "
        "Analisis muncul setelah petugas menutup sesi. Ke soal"
    ]


def test_only_a_checker_is_led_to_rulings(
    make: Make, client_for: ClientFor, dewi: User, hadi: User
) -> None:
    hall(make, closed(make, [item_of(make, "ADA-1")]), "A")

    trainer, checker = (
        link_texts(client_for(person).get("/soal/ADA-1/analisis")) for person in (dewi, hadi)
    )

    assert ("Putusan atas kunci" in trainer, "Putusan atas kunci" in checker) == (False, True)


def test_a_dilemma_has_a_mean_and_is_never_called_right(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    sitting = closed(make, [make.bank_item(make.item("judgement", code="DIL-1"))])
    browser = client_for(dewi)
    hall(make, sitting, "CCCA")
    four = table_rows(browser.get("/soal/analisis"))[0][2]
    answer(make, sitting, "C")

    five = table_rows(browser.get("/soal/analisis"))[0][1:3]

    assert four == f"{WITHHELD} nilai pertimbangan"
    assert five == ["tidak ada", "85 (43 sampai 100) nilai pertimbangan"]
