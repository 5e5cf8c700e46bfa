"""Reports: pages, files, and what a curious reader can make of them."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from xml.etree.ElementTree import Element

import pytest
import python_calamine
from werkzeug.test import TestResponse

from quiz.models import Sitting, User
from quiz.models.events.events import Phase
from quiz.permissions import Role
from tests.assessment.subtraction import exposed
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import notices, root, table_rows, texts, words

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

HOUR = timedelta(hours=1)

SIZES = {
    "Kantor A": ("kecamatan", 6),
    "Desa B": ("desa", 2),
    "Desa C": ("desa", 1),
    "Puskesmas D": ("upt-kesehatan", 5),
    "UPT E": ("upt-teknis", 3),
    "UPT F": ("upt-teknis", 3),
    "UPT G": ("upt-pendidikan", 1),
}


def _hall(make: Make, sizes: dict[str, tuple[str, int]] = SIZES, **changes: object) -> Sitting:
    """A closed sitting with so many submitted in each unit, and one who did not start."""
    sitting = make.sitting(**({"closes_at": make.now} | changes))
    for number, (name, (kind, size)) in enumerate(sizes.items()):
        unit = make.unit(name, kind)
        make.enrolment(sitting.event, unit=unit)
        for person in range(size):
            enrolment = make.enrolment(sitting.event, unit=unit, checked_in_at=make.now)
            make.finished(sitting, enrolment, right=(number + person) % 4)
    return sitting


def _address(sitting: Sitting, rest: str = "") -> str:
    return f"/laporan/{sitting.event.code}{rest}"


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("rest", ["", "/unit", "/unit.xlsx", "/unit.csv", "/unit.json"])
def test_only_officers_and_admins_see_live_figures(
    make: Make, client_for: ClientFor, role: Role, rest: str
) -> None:
    sitting = make.sitting()
    browser = client_for(make.user(username="seseorang", role=role))

    reply = browser.get(_address(sitting, rest))

    assert reply.status_code == (200 if role in {Role.OFFICER, Role.ADMIN} else 403)


def test_a_card_opens_no_report_even_of_an_officer(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    enrolment = make.enrolment(user=citra)

    reply = client_for(enrolment).get(f"/laporan/{enrolment.event.code}/unit")

    assert reply.status_code == 403


def test_the_list_shows_events_with_their_people(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    event = make.event("Sosialisasi rekaan", code="REK-101")
    make.enrolment(event, checked_in_at=make.now)
    make.enrolment(event)

    [row] = table_rows(client_for(citra).get("/laporan"))

    assert (row[0], row[2:]) == ("Sosialisasi rekaan REK-101", ["2", "1"])


def test_an_empty_list_and_an_event_without_sittings_have_a_way_out(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    browser = client_for(citra)
    nothing = browser.get("/laporan")
    event = make.event()

    overview = browser.get(f"/laporan/{event.code}")
    units = browser.get(f"/laporan/{event.code}/unit")

    assert texts(nothing, "empty") == [
        "Belum ada kegiatan, jadi belum ada laporan. Buka daftar kegiatan"
    ]
    assert texts(overview, "empty")[0].startswith("Kegiatan ini belum mempunyai pre-test")
    assert units.status_code == 404


def test_the_overview_shows_each_sitting_and_its_result(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    pre = _hall(make, {"Kantor A": ("kecamatan", 6)})
    make.sitting(pre.event, Phase.POST)
    make.sitting(pre.event, Phase.PRACTICE)

    page = client_for(citra).get(_address(pre))

    assert texts(page, "facts") == [
        "Terdaftar 7 orang Hadir 6 orang Mengirim jawaban 6 dari 7 "
        "Nilai rata-rata 39 (0 sampai 80) Mencapai 70 1 dari 6",
        "Terdaftar 7 orang Hadir 6 orang Mengirim jawaban 0 dari 7",
    ]


def test_while_a_sitting_is_open_there_is_participation_and_no_result(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    sitting = _hall(make, {"Kantor A": ("kecamatan", 6)}, closes_at=make.now + HOUR)
    browser = client_for(citra)

    page = browser.get(_address(sitting, "/unit"))
    overview = browser.get(_address(sitting))
    total = browser.get(_address(sitting, "/unit.json")).json["total"]

    assert table_rows(page)[0] == ["Kantor A", "7", "6", "6"]
    assert "hanya keikutsertaan" in words(root(page))
    assert texts(overview, "facts") == ["Terdaftar 7 orang Hadir 6 orang Mengirim jawaban 6 dari 7"]
    assert [total[key] for key in ("submitted", "mean", "passed")] == [6, None, None]


def test_the_page_says_the_finding_and_shows_every_row(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    sitting = _hall(make)

    page = client_for(citra).get(_address(sitting, "/unit"))

    [found] = texts(page, "finding")
    assert found.startswith("Nilai rata-rata 51 (rentang 35 sampai 66) dari 21 peserta;")
    assert "4 dari 21 mencapai batas lulus 70." in found
    assert [row[0] for row in table_rows(page)] == [
        "Kantor A",
        "Pemerintah desagabungan 2 unit: Desa B, Desa C",
        "Puskesmas D",
        "UPT G",
        "UPT teknisgabungan 2 unit: UPT E, UPT F",
        "Kantor A",
        "UPT teknis",
        "Desa B",
        "Desa C",
        "UPT E",
        "UPT F",
    ]
    assert notices(page) == [
        "3 soal sesi ini paket awal, belum disahkan pemeriksa hukum. "
        "Sebut hal ini bila angkanya dikutip."
    ]


def test_signed_items_need_no_note(make: Make, client_for: ClientFor, citra: User) -> None:
    sitting = make.sitting(items=[make.bank_item(signed_at=make.now)])

    assert notices(client_for(citra).get(_address(sitting, "/unit"))) == []


def test_too_few_people_get_no_figure_anywhere(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    sitting = _hall(make, {"Kantor A": ("kecamatan", 4)})
    browser = client_for(citra)

    page, overview = browser.get(_address(sitting, "/unit")), browser.get(_address(sitting))

    [row] = table_rows(page)
    assert row[1:6] == ["5", "4", "4", "tidak ditampilkan", "tidak ditampilkan"]
    assert texts(page, "finding") == [
        "Baru 4 dari 5 peserta mengirim jawaban. Hasil tampil mulai 5 orang."
    ]
    assert "tidak ditampilkan" in texts(overview, "facts")[0]


def test_started_without_a_response_is_told_apart(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    sitting = _hall(make, {"Kantor A": ("kecamatan", 5)})
    make.attempt(sitting, make.enrolment(sitting.event))
    sitting.closes_at = make.now
    sitting.grace_minutes = 0
    make.session.commit()

    page = client_for(citra).get(_address(sitting, "/unit"))

    assert (
        "7 terdaftar, 5 hadir, 5 mengirim, 1 memulai tanpa satu jawaban pun (tidak dinilai), "
        "1 orang mengerjakan tanpa tercatat hadir." in words(root(page))
    )


def _shown(page: TestResponse) -> list[list[str]]:
    """The rows with results of the page, and the last one over all, cut to numbers."""
    table = next(node for node in root(page).iter("table") if node.get("class") == "table")
    rows = [[words(cell) for cell in row] for row in table.iter("tr")][1:]
    return [[re.sub(r"gabungan \d+ unit: .*", "", row[0]), *row[1:]] for row in rows]


def _as_on_the_page(row: dict[str, str]) -> list[str]:
    """A row of the file, written as the page writes it."""
    none = "tidak ditampilkan"
    mean = _interval(row["Nilai rata-rata"], row["Rentang 95% dari"], row["Rentang 95% sampai"])
    drawn = _interval(
        row["Nilai disesuaikan menurut jumlah orang"],
        row["Disesuaikan, rentang 95% dari"],
        row["Disesuaikan, rentang 95% sampai"],
    )
    passed, submitted = row["Lulus"], row["Mengirim"]
    return [
        row["Unit"],
        row["Terdaftar"],
        row["Hadir"],
        submitted,
        (mean or none) + (f"disesuaikan {drawn}" if drawn else ""),
        f"{passed} dari {submitted}" if passed else none,
        row["Topik paling lemah"] or none,
    ]


def _interval(mean: str, low: str, high: str) -> str:
    return f"{mean} ({low} sampai {high})" if low else mean


def _topic_rows(row: dict[str, str]) -> list[str]:
    """A row of the file as the page's table of topics has it; nothing where it has none."""
    shares = [share for head, share in row.items() if head.startswith("Topik: ")]
    return [row["Unit"], *(f"{share}%" for share in shares)] if any(shares) else []


def _two_tests(make: Make) -> tuple[Sitting, Sitting]:
    """A closed pre-test and post-test of 60 people in six units, two topics, three late ones."""
    for code in ("makna", "sanksi"):
        make.topic(code)
    event = make.event()
    items = [
        make.bank_item(make.item(topic=code)) for code in ("makna", "sanksi") for _ in range(4)
    ]
    pre, post = (
        make.sitting(
            event,
            phase,
            items=items,
            opens_at=make.now - hours * HOUR,
            closes_at=make.now - (hours - 1) * HOUR,
        )
        for phase, hours in ((Phase.PRE, 3), (Phase.POST, 2))
    )
    kinds = ("kecamatan", "desa", "desa", "upt-teknis", "upt-teknis", "upt-pendidikan")
    for number, (kind, size) in enumerate(zip(kinds, (12, 3, 8, 14, 4, 19), strict=True)):
        unit = make.unit(f"Unit {number}", kind)
        for person in range(size):
            enrolment = make.enrolment(event, unit=unit, checked_in_at=make.now)
            if person or number not in {0, 3, 5}:
                make.finished(
                    pre,
                    enrolment,
                    right=max(0, (number + person) % 4 + number // 2),
                    started_at=pre.opens_at,
                )
            make.finished(
                post,
                enrolment,
                right=min(8, (2 * number + person) % 5 + number // 2 + 1),
                started_at=post.opens_at,
            )
    return pre, post


@pytest.mark.parametrize("hall", [_hall, lambda make: _two_tests(make)[1]])
def test_page_and_files_say_the_same(
    make: Make, client_for: ClientFor, citra: User, hall: Callable[[Make], Sitting]
) -> None:
    sitting = hall(make)
    browser = client_for(citra)

    page = browser.get(_address(sitting, "/unit"))
    csv_file = browser.get(_address(sitting, "/unit.csv"))
    xlsx_file = browser.get(_address(sitting, "/unit.xlsx"))
    written = browser.get(_address(sitting, "/unit.json")).get_json()

    heads, *from_csv = csv.reader(io.StringIO(csv_file.data.decode("utf-8-sig")), delimiter=";")
    rows = [dict(zip(heads, line, strict=True)) for line in from_csv]
    sheet = python_calamine.load_workbook(io.BytesIO(xlsx_file.data)).get_sheet_by_index(0)
    from_xlsx = [
        [str(int(cell)) if isinstance(cell, float) else str(cell) for cell in row]
        for row in sheet.to_python()[3 : 3 + len(from_csv)]
    ]
    from_json = [
        [
            *(row[key] for key in ("name", "invited", "attended", "submitted")),
            *(row[key] for key in ("mean", "low", "high", "passed")),
            *row["drawn"].values(),
            *([row["topics"][topic] for topic in sorted(row["topics"])]),
        ]
        for row in [*written["units"], written["total"]]
    ]
    shown = [
        [*row[:6], re.sub(r"tidak ditampilkansemua.*", "tidak ditampilkan", row[6])]
        for row in _shown(page)
    ]
    topics = [[words(cell) for cell in row] for row in _table_below(page, "Topik").iter("tr")]
    assert [_as_on_the_page(row) for row in rows] == shown
    assert [row for row in map(_topic_rows, rows) if row] == topics[1:]
    assert from_xlsx == from_csv
    assert [[str("" if cell is None else cell) for cell in row] for row in from_json] == [
        [row[1], *row[4:11], *row[13:16], *filter(None, row[16:])] for row in from_csv
    ]
    notes = [row[0] for row in sheet.to_python()[3 + len(from_csv) :] if row[0]]
    assert notes == written["notes"]


def _table_below(page: TestResponse, heading: str) -> Element:
    """The first table after the heading with these words."""
    below = False
    for node in root(page).iter():
        below = below or (node.tag == "h2" and words(node) == heading)
        if below and node.tag == "table":
            return node
    raise AssertionError(f"no table below {heading}")


def test_the_change_is_told_the_same_everywhere(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    pre, post = _two_tests(make)
    browser = client_for(citra)

    page = browser.get(_address(post, f"/unit?sesi={post.uid}"))
    written = browser.get(_address(post, f"/unit.json?sesi={post.uid}")).get_json()
    before = browser.get(_address(post, f"/unit.json?sesi={pre.uid}")).get_json()

    change = written["change"]
    whole = change["whole"]
    assert [change[key] for key in ("counted", "left_out", "only_before", "only_after")] == [
        52,
        5,
        0,
        3,
    ]
    assert change["direction"] == "naik"
    assert whole["low"] <= whole["change"] <= whole["high"]
    sentence = (
        f"Dari Pre-test ke Post-test, 52 orang yang mengerjakan keduanya: rata-rata "
        f"{whole['before']} menjadi {whole['after']}, berubah +{whole['change']} poin (rentang 95% "
        f"+{whole['low']} sampai +{whole['high']}): naik"
    ).replace(".", ",")
    assert sentence in words(root(page))
    assert f"{sentence}." in written["notes"]
    chart = [[words(cell) for cell in row] for row in _charts(page)[-1].iter("tr")]
    assert [row[0] for row in chart[1:-1]] == [
        "Semua topik52 orang",
        "Makna52 orang",
        "Sanksi52 orang",
    ]
    assert before["change"] is None


def test_tests_of_unlike_blueprints_get_no_verdict_on_their_change(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    event = make.event()
    for phase, hours, count in ((Phase.PRE, 3, 2), (Phase.POST, 2, 4)):
        opens = make.now - hours * HOUR
        items = [make.bank_item(make.item()) for _ in range(count)]
        make.sitting(event, phase, items=items, opens_at=opens, closes_at=opens + HOUR)
    pre, post = sorted(event.sittings, key=lambda each: each.opens_at)
    for number in range(9):
        enrolment = make.enrolment(event)
        make.finished(pre, enrolment, right=number % 2, started_at=pre.opens_at)
        make.finished(post, enrolment, right=4, started_at=post.opens_at)

    written = client_for(citra).get(_address(post, f"/unit.json?sesi={post.uid}")).get_json()

    change = written["change"]
    assert (change["direction"], change["gain"]) == (None, None)
    assert "kisi-kisi kedua tes berbeda, jadi ini bukan ukuran kenaikan" in "".join(
        written["notes"]
    )


def _charts(page: TestResponse) -> list[Element]:
    return [node for node in root(page).iter("table") if node.get("class") == "chart"]


def test_a_unit_pooled_in_the_pre_test_stays_pooled_in_the_post_test(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    pre, post = _two_tests(make)
    late = make.enrolment(pre.event, unit=make.unit("Unit 6", "desa"))
    make.finished(post, late, right=3, started_at=post.opens_at)
    browser = client_for(citra)

    first, second = (
        browser.get(_address(each, f"/unit.json?sesi={each.uid}")).get_json()["units"]
        for each in (pre, post)
    )

    pools = [
        {row["name"]: len(row["pooled"]) for row in rows if row["pooled"]}
        for rows in (first, second)
    ]
    assert pools == [
        {"Pemerintah desa": 2, "UPT teknis": 2},
        {"Pemerintah desa": 3, "UPT teknis": 2},
    ]
    assert {row["mean"] is None for row in second} == {False}


@pytest.mark.parametrize(
    "sizes",
    [
        SIZES,
        {"A": ("kecamatan", 6), "B": ("desa", 1)},
        {"A": ("kecamatan", 9), "B": ("desa", 1), "C": ("upt-teknis", 7)},
        {"A": ("kecamatan", 5), "B": ("desa", 4), "C": ("upt-teknis", 4)},
        {"A": ("kecamatan", 6), "B": ("desa", 0), "C": ("upt-teknis", 6)},
    ],
)
def test_nobody_can_subtract_their_way_to_fewer_than_five(
    make: Make, client_for: ClientFor, citra: User, sizes: dict[str, tuple[str, int]]
) -> None:
    sitting = _hall(make, sizes)

    page = client_for(citra).get(_address(sitting, "/unit"))

    known = []
    table = next(node for node in root(page).iter("table") if node.get("class") == "table")
    for row in list(table.iter("tr"))[1:]:
        cells = [words(cell) for cell in row]
        if not re.match(r"\d", cells[4]):
            continue
        pooled = re.search(r"gabungan \d+ unit: (.*)", cells[0])
        everybody = cells[0] == "Semua peserta"
        known.append(
            list(sizes) if everybody else pooled.group(1).split(", ") if pooled else [cells[0]]
        )
    assert known
    assert exposed(known, {name: size for name, (_, size) in sizes.items()}, 5) == []


def test_a_sitting_is_chosen_by_its_address(make: Make, client_for: ClientFor, citra: User) -> None:
    pre = _hall(make, {"Kantor A": ("kecamatan", 5)})
    post = make.sitting(pre.event, Phase.POST)
    elsewhere = make.sitting()
    browser = client_for(citra)

    by_itself = browser.get(_address(pre, "/unit.json")).get_json()
    asked = browser.get(_address(pre, f"/unit.json?sesi={post.uid}")).get_json()
    others = browser.get(_address(pre, f"/unit?sesi={elsewhere.uid}"))
    empty = browser.get(_address(pre, f"/unit?sesi={post.uid}"))

    assert (by_itself["sitting"], asked["sitting"]) == (pre.uid, post.uid)
    assert others.status_code == 404
    assert texts(empty, "finding") == ["Belum ada jawaban yang terkirim untuk sesi ini."]


@pytest.mark.parametrize("address", ["/laporan/TIDAK-1", "/laporan/TIDAK-1/unit.csv"])
def test_an_unknown_event_is_not_found(client_for: ClientFor, citra: User, address: str) -> None:
    assert client_for(citra).get(address).status_code == 404


def test_a_format_there_is_not_is_not_found(make: Make, client_for: ClientFor, citra: User) -> None:
    assert client_for(citra).get(_address(make.sitting(), "/unit.exe")).status_code == 404


def test_pages_and_files_run_as_many_queries_for_three_as_for_one(
    make: Make, client_for: ClientFor, citra: User, count_queries: Count
) -> None:
    sitting = _hall(make, {"Kantor A": ("kecamatan", 1)})
    browser = client_for(citra)
    rests = ("", "/unit", "/unit.csv", "/unit.json")

    def counts() -> list[int]:
        for rest in rests:
            browser.get(_address(sitting, rest))
        addresses = ["/laporan", *(_address(sitting, rest) for rest in rests)]
        return [count_queries(lambda a=address: browser.get(a)) for address in addresses]

    one = counts()
    for kind in ("desa", "upt-teknis"):
        unit = make.unit(kind=kind)
        make.finished(sitting, make.enrolment(sitting.event, unit=unit))
    make.sitting(sitting.event, Phase.POST, opens_at=make.now - (make.now - sitting.opens_at) * 2)
    make.event()

    assert counts() == one


def test_a_unit_named_as_a_formula_stays_text_in_the_file(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    sitting = _hall(make, {"=1+1": ("kecamatan", 5)})

    reply = client_for(citra).get(_address(sitting, "/unit.csv"))

    rows = list(csv.reader(io.StringIO(reply.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][1] == "'=1+1"
    assert reply.headers["Content-Disposition"] == (
        f"attachment; filename=unit-{sitting.event.code}-pre.csv"
    )
