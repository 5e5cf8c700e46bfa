"""Rows that are no people, NIPs beside and under names, several lists in a file."""

import pytest

from quiz.assessment.items.item import Status
from quiz.exchange.rosters.reading import RosterFile, read_roster
from tests.exchange.tables.workbooks import Value, workbook, workbook_of

Rows = tuple[tuple[Value, ...], ...]

HEADS = ("No", "Nama", "NIP", "Status", "Unit", "Jabatan")
NIP = "198501012010012001"
RINA = (1.0, "Rina Puspita", NIP, "PNS", "Desa A", "Kasi")
DODI = (2.0, "Dodi Hartono", "198601012011011002", "PNS", "Desa A", "Kasi")


def read(*rows: tuple[Value, ...], heads: tuple[Value, ...] = HEADS) -> RosterFile:
    return read_roster("daftar.xlsx", workbook([heads, *rows]))


def names(roster: RosterFile) -> list[str]:
    return [row.name for row in roster.rows]


SIGNATURES: dict[str, Rows] = {
    "under the names": (
        (),
        (None, "Mengetahui,"),
        (None, "Camat A"),
        (None, "Budi Santoso"),
        (None, "NIP. 197001011995031001"),
    ),
    "under the last column": (
        (),
        (None, None, None, None, None, "Contoh, 22 November 2024"),
        (None, None, None, None, None, "Kepala Seksi"),
        (None, None, None, None, None, "Budi Santoso"),
        (None, None, None, None, None, "NIP 197001011995031001"),
    ),
    "in two columns, without a gap": (
        (None, "Mengetahui,", None, None, "Contoh, 2 Mei 2025"),
        (None, "Camat A", None, None, "Kepala Seksi"),
        (None, "Budi Santoso", None, None, "Citra Dewi"),
        (None, "NIP. 197001011995031001", None, None, "NIP. 197101011995031002"),
    ),
    "without a word that marks it": (
        (),
        (None, "Budi Santoso"),
        (None, "NIP. 197001011995031001"),
    ),
    "behind a total and a note": (
        (None, "Jumlah", None, None, "2 orang"),
        (None, "Catatan: urut abjad"),
        (None, "a.n. Camat"),
        (None, "Budi Santoso"),
    ),
}


@pytest.mark.parametrize("block", SIGNATURES.values(), ids=SIGNATURES)
def test_signatures_below_a_list_are_nobody_and_said_in_one_sentence(block: Rows) -> None:
    roster = read(RINA, DODI, *block)

    assert (names(roster), roster.faults) == (["Rina Puspita", "Dodi Hartono"], [])
    [warning] = roster.warnings
    assert "bukan peserta (judul kelompok, jumlah, atau tanda tangan)" in warning.sentence
    assert "Budi Santoso" in warning.sentence or "Jumlah" in warning.sentence


@pytest.mark.parametrize(
    "heading",
    [
        (None, "PEMERINTAH DESA B"),
        ("II", "DESA B"),
        ("B.", "Perangkat Kecamatan"),
        ("II. DESA B",),
        (None, None, None, None, "DESA B"),
        (2.0, "Desa B"),
    ],
)
def test_headings_between_people_are_nobody(heading: tuple[Value, ...]) -> None:
    roster = read(RINA, heading, DODI)

    assert (names(roster), roster.faults) == (["Rina Puspita", "Dodi Hartono"], [])
    assert [row.unit for row in roster.rows] == ["Desa A", "Desa A"]
    assert "Baris 3 bukan peserta" in roster.warnings[0].sentence


def test_headings_give_the_unit_and_status_that_rows_leave_out() -> None:
    roster = read(
        ("I.", "DESA A"),
        (None, "Kepala Desa"),
        (1.0, "Rina"),
        (None, "Perangkat Desa"),
        (2.0, "Dodi"),
        ("II.", "Unit Kerja: Puskesmas B"),
        (3.0, "Sari"),
        heads=("No", "Nama"),
    )

    assert [(row.name, row.unit, row.status) for row in roster.rows] == [
        ("Rina", "DESA A", Status.KEPALA_DESA),
        ("Dodi", "DESA A", Status.PERANGKAT_DESA),
        ("Sari", "Puskesmas B", None),
    ]


def test_somebody_of_whom_only_the_name_is_known_is_still_listed() -> None:
    numbered = read(RINA, (2.0, "Dodi Hartono"), (3.0, "Sari", None, "PNS", "Desa A"))
    between = read(
        ("Rina", "PNS", "Desa A"),
        ("Dodi", None, None),
        ("Sari", "PNS", "Desa A"),
        heads=("Nama", "Status", "Unit"),
    )
    last = read(("Rina", "PNS", "Desa A"), ("Dodi",), heads=("Nama", "Status", "Unit"))

    assert names(numbered) == ["Rina Puspita", "Dodi Hartono", "Sari"]
    assert names(between) == ["Rina", "Dodi", "Sari"]
    assert names(last) == ["Rina", "Dodi"]
    assert numbered.warnings == between.warnings == last.warnings == []


def test_people_added_below_the_signatures_are_read() -> None:
    roster = read(RINA, (), (None, "Mengetahui,"), (None, "Camat A"), (), DODI)

    assert names(roster) == ["Rina Puspita", "Dodi Hartono"]


def test_a_list_of_names_alone_is_read() -> None:
    roster = read(("Rina",), ("Dodi",), heads=("Nama Lengkap",))

    assert names(roster) == ["Rina", "Dodi"]


@pytest.mark.parametrize(
    "written",
    [
        "Rina Puspita\nNIP. 19850101 201001 2 001",
        "Rina Puspita NIP 198501012010012001",
        "Rina Puspita (NIP: 198501012010012001)",
        "Rina Puspita / 19850101 201001 2 001",
        "198501012010012001 - Rina Puspita",
        "Rina Puspita, N.I.P. 198501012010012001",
    ],
)
def test_a_nip_in_the_name_s_cell_is_read_as_a_nip(written: str) -> None:
    roster = read((1.0, written, "PNS", "Desa A"), heads=("No", "Nama / NIP", "Status", "Unit"))

    assert (roster.faults, roster.warnings) == ([], [])
    assert [(row.name, row.nip) for row in roster.rows] == [("Rina Puspita", NIP)]


def test_a_nip_and_a_rank_under_the_name_belong_to_the_person_above() -> None:
    roster = read(
        (1.0, "Rina Puspita", "PNS", "Desa A"),
        (None, "NIP. 19850101 201001 2 001"),
        (None, "Penata Tk. I (III/d)"),
        (2.0, "Dodi Hartono", "PNS", "Desa A"),
        (2.0, "198601012011011002", "PNS", "Desa A"),
        heads=("No", "Nama", "Status", "Unit"),
    )

    assert roster.faults == []
    assert [(row.name, row.nip) for row in roster.rows] == [
        ("Rina Puspita", NIP),
        ("Dodi Hartono", "198601012011011002"),
    ]


def test_a_nip_by_the_name_is_checked_like_any_other() -> None:
    short = read((1.0, "Rina\nNIP. 1985", "PNS", "Desa A"), heads=("No", "Nama", "Status", "Unit"))
    twice = read((1.0, "Rina\nNIP. 198601012011011002", NIP, "PNS", "Desa A", None))

    assert [fault.seen for fault in short.faults] == ["4 angka"]
    assert [fault.message for fault in twice.faults] == [
        "NIP di kolom ini lain dari NIP di bawah namanya. Hapus salah satunya."
    ]


def test_names_that_look_a_little_like_nips_stay_names() -> None:
    roster = read(*[(1.0, name, None, "PNS", "Desa A", None) for name in ("Nipah", "Rina Nip")])

    assert names(roster) == ["Nipah", "Rina Nip"]


@pytest.mark.parametrize(
    "head",
    [
        "NIP (18 digit)",
        "NIP *)",
        "N I P",
        "NIP/NIPPPK",
        "NIP 18 angka",
        "Nomor Induk",
        "NI PPPK/NIP PNS",
    ],
)
def test_a_column_of_nips_is_read_whatever_hints_its_head_has(head: str) -> None:
    roster = read(("Rina", NIP, "PNS", "Desa A"), heads=("Nama", head, "Status", "Unit"))

    assert (roster.faults, roster.warnings) == ([], [])
    assert [row.nip for row in roster.rows] == [NIP]


@pytest.mark.parametrize(
    "heads",
    [
        ("Nama Lengkap (dengan gelar)", "Status (PNS/PPPK)", "Unit Kerja *", "Jabatan saat ini"),
        ("NAMA PESERTA", "STATUS KEPEGAWAIAN", "UNIT KERJA / INSTANSI", "JABATAN"),
        ("Nama Pegawai yang diundang", "Status ASN", "Instansi Asal", "Jabatan Terakhir"),
    ],
)
def test_heads_with_hints_are_understood(heads: tuple[str, ...]) -> None:
    roster = read(("Rina", "PNS", "Desa A", "Kaur"), heads=heads)

    assert (roster.faults, roster.warnings) == ([], [])
    assert [(row.unit, row.status, row.position) for row in roster.rows] == [
        ("Desa A", Status.PNS, "Kaur")
    ]


def test_an_unread_column_that_speaks_of_a_nip_is_said() -> None:
    roster = read(
        ("Rina", "ada", "PNS", "Desa A"), heads=("Nama", "NIP sudah dicek", "Status", "Unit")
    )

    assert [warning.message for warning in roster.warnings] == [
        "Kolom “NIP sudah dicek” (B) tidak dibaca. Maksud Anda “NIP”? Ganti judulnya bila ya."
    ]


def test_marks_for_as_above_take_what_stands_above() -> None:
    roster = read(
        RINA,
        (2.0, "Dodi", None, '"', "sda", "Kaur"),
        (3.0, "Sari", None, "-”-", "s.d.a.", "idem"),
    )

    assert [(row.status, row.unit, row.position) for row in roster.rows[1:]] == [
        (Status.PNS, "Desa A", "Kaur"),
        (Status.PNS, "Desa A", "Kaur"),
    ]


def test_heads_repeated_on_every_page_and_a_second_list_below_are_read() -> None:
    roster = read(
        RINA,
        HEADS,
        DODI,
        (),
        (None, "DAFTAR PERANGKAT DESA"),
        ("No", "Jabatan", "Nama Perangkat", "Status"),
        ("No", "Jabatan", "Nama", "Status"),
        (1.0, "Kaur", "Sari", "Perangkat"),
    )

    assert roster.faults == []
    assert [(row.row_number, row.name, row.status) for row in roster.rows] == [
        (2, "Rina Puspita", Status.PNS),
        (4, "Dodi Hartono", Status.PNS),
        (9, "Sari", Status.PERANGKAT_DESA),
    ]


@pytest.mark.parametrize(
    "below",
    [
        ("1", "2", "3", "4", "5", "6"),
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
        ("a", "b", "c", "d", "e", "f"),
        (None, None, "(18 digit)", "(PNS/PPPK)", "(desa)", None),
    ],
)
def test_a_line_under_the_heads_that_numbers_or_explains_them_is_passed_over(
    below: tuple[Value, ...],
) -> None:
    roster = read(below, RINA)

    assert (names(roster), roster.faults, roster.warnings) == (["Rina Puspita"], [], [])


@pytest.mark.parametrize("lines", [11, 40])
def test_a_long_letterhead_does_not_hide_the_list(lines: int) -> None:
    kop = [(f"Kop surat, baris {number}",) for number in range(lines)]
    roster = read_roster("daftar.xlsx", workbook([*kop, HEADS, RINA]))
    text = "\n".join(
        [*("Kop surat" for _ in range(lines)), ";".join(HEADS), f"1;Rina;{NIP};PNS;A;"]
    )
    from_csv = read_roster("daftar.csv", text.encode())

    assert (names(roster), roster.faults) == (["Rina Puspita"], [])
    assert (names(from_csv), from_csv.faults) == (["Rina"], [])


# Several sheets


def test_every_sheet_with_a_list_is_read_and_its_rows_say_where_they_stand() -> None:
    book = workbook_of({"Desa A": [HEADS, RINA], "Desa B": [HEADS, DODI]})

    roster = read_roster("daftar.xlsx", book)

    assert [(row.name, row.key, row.place) for row in roster.rows] == [
        ("Rina Puspita", "1.2", "lembar “Desa A”, baris 2"),
        ("Dodi Hartono", "2.2", "lembar “Desa B”, baris 2"),
    ]
    assert (roster.faults, roster.warnings) == ([], [])


def test_faults_of_a_sheet_name_it() -> None:
    wrong = (2.0, "Dodi", "123", "PNS", "Desa A", None)
    book = workbook_of({"Desa A": [HEADS, RINA], "Desa B": [HEADS, wrong]})

    [fault] = read_roster("daftar.xlsx", book).faults

    assert fault.sentence.startswith("Lembar “Desa B”, baris 2 (Dodi), kolom NIP (C): 3 angka.")


def test_a_sheet_without_a_list_is_said_unless_it_holds_notes() -> None:
    book = workbook_of(
        {
            "Peserta": [HEADS, RINA],
            "Catatan": [("Isi dengan huruf cetak.",)],
            "Kecamatan B": [(1.0, "Dodi", "PNS")],
        }
    )

    roster = read_roster("daftar.xlsx", book)

    assert names(roster) == ["Rina Puspita"]
    assert [warning.sentence for warning in roster.warnings] == [
        "Lembar “Kecamatan B”: Lembar ini tidak dibaca: tidak ada kolom “Nama”. Bila memuat "
        "peserta, beri baris judul seperti lembar yang lain."
    ]


def test_somebody_listed_on_two_sheets_is_one_person() -> None:
    book = workbook_of({"Desa A": [HEADS, RINA], "Rekap": [HEADS, RINA]})

    roster = read_roster("daftar.xlsx", book)

    assert (names(roster), roster.faults) == (["Rina Puspita"], [])
    assert roster.warnings[0].message == (
        "Orang ini sudah ada di lembar “Desa A”, baris 2, jadi baris ini dilewati."
    )


def test_thirty_sheets_one_for_each_village_are_all_read() -> None:
    sheets: dict[str, list[tuple[Value, ...]]] = {
        f"Desa {number}": [HEADS, (1.0, f"Orang {number}", None, "Kades", f"Desa {number}")]
        for number in range(30)
    }

    assert len(read_roster("daftar.xlsx", workbook_of(sheets)).rows) == 30
