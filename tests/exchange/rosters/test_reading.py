"""Rosters: what is read, what is refused and how it says so."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.assessment.items.item import Status
from quiz.exchange.rosters.reading import RosterRow, read_roster
from tests.exchange.tables.workbooks import workbook

HEADS = ("No", "Nama", "NIP", "Status", "Unit", "Jabatan")
NIP_OF_ANI = "198001012005012001"
ANI = ("1", "Ani Lestari, S.Sos.", NIP_OF_ANI, "PNS", "Kantor Camat", "Analis")


def roster_of(*rows, heads=HEADS):
    return read_roster("daftar.xlsx", workbook([heads, *rows]))


def person(name="Ani", nip=None, status="PNS", unit="Desa Contoh", position=None):
    """A row with one person in it."""
    return ("1", name, nip, status, unit, position)


def sentences(found):
    return [fault.sentence for fault in found]


def test_a_row_gives_one_person():
    roster = roster_of(ANI)

    assert (roster.faults, roster.warnings) == ([], [])
    assert roster.rows == [
        RosterRow(2, "Ani Lestari, S.Sos.", NIP_OF_ANI, Status.PNS, "Kantor Camat", "Analis")
    ]


def test_columns_may_stand_in_any_order_and_under_other_names():
    heads = ("UNIT KERJA", "Pangkat/Gol", "Status Kepegawaian", "nama  lengkap", "N.I.P.")

    roster = roster_of(("Desa Contoh", "III/a", "pppk", "Ani", NIP_OF_ANI), heads=heads)

    assert (roster.faults, roster.warnings) == ([], [])
    assert roster.rows == [RosterRow(2, "Ani", NIP_OF_ANI, Status.PPPK, "Desa Contoh", None)]


def test_optional_columns_may_be_missing():
    roster = roster_of(("Budi", "Kades", "Desa Contoh"), heads=("Nama", "Status", "Unit"))

    assert roster.faults == []
    assert roster.rows == [RosterRow(2, "Budi", None, Status.KEPALA_DESA, "Desa Contoh", None)]


def test_a_column_that_is_nearly_named_is_a_fault_where_its_cells_would_be_missed():
    roster = roster_of(("1", "Ani"), heads=("No", "Nama Peserta", "Satus", "Unit Krja", "NIPP"))

    assert roster.rows == []
    assert sentences(roster.faults) == [
        "Baris 1, kolom Status: Kolom “Satus” (C) tidak dibaca. Maksud Anda “Status”? "
        "Ganti judulnya bila ya.",
        "Baris 1, kolom Unit: Kolom “Unit Krja” (D) tidak dibaca. Maksud Anda “Unit”? "
        "Ganti judulnya bila ya.",
    ]


def test_without_a_column_of_names_the_file_says_what_was_found_and_what_is_needed():
    roster = read_roster("daftar.xlsx", workbook([("No", "Namma", "Umur"), ("1", "Ani", "40")]))

    assert roster.rows == []
    assert sentences(roster.faults) == [
        "Baris 1: Kolom “Nama” tidak ditemukan. Yang terbaca di baris ini: “No” (A), “Namma” (B), "
        "“Umur” (C). Tulis judul kolom Nama, NIP, Status, Unit, dan Jabatan di satu baris di atas "
        "daftarnya; hanya Nama yang harus ada. Maksud Anda “Nama” untuk “Namma” (B)?"
    ]


def test_a_list_without_status_and_unit_leaves_them_to_be_decided():
    roster = roster_of(("1", "Ani"), ("2", "Budi"), heads=("No", "Nama"))

    assert (roster.faults, roster.warnings) == ([], [])
    assert [(row.name, row.status, row.unit) for row in roster.rows] == [
        ("Ani", None, ""),
        ("Budi", None, ""),
    ]


def test_an_optional_column_that_is_nearly_named_is_asked_about():
    roster = roster_of(("Ani", "PNS", "Desa", "1"), heads=("Nama", "Status", "Unit", "NIPP"))

    assert len(roster.rows) == 1
    assert sentences(roster.warnings) == [
        "Baris 1, kolom NIP: Kolom “NIPP” (D) tidak dibaca. Maksud Anda “NIP”? "
        "Ganti judulnya bila ya."
    ]


def test_two_columns_that_may_be_the_same_are_refused_unless_one_has_our_head():
    ambiguous = roster_of(("Ani", "PNS", "a", "b"), heads=("Nama", "Status", "OPD", "Instansi"))
    clear = roster_of(("Ani", "PNS", "a", "b"), heads=("Nama", "Status", "Instansi", "Unit"))

    assert sentences(ambiguous.faults) == [
        "Baris 1, kolom Unit: Beberapa kolom dapat berarti Unit: “OPD” (C) dan “Instansi” (D). "
        "Beri judul “Unit” pada satu kolom saja."
    ]
    assert [row.unit for row in clear.rows] == ["b"]


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("PNS", Status.PNS),
        (" pns ", Status.PNS),
        ("CPNS", Status.CALON_PNS),
        ("Calon PNS", Status.CALON_PNS),
        ("PPPK", Status.PPPK),
        ("P3K", Status.PPPK),
        ("Kepala Desa", Status.KEPALA_DESA),
        ("KADES", Status.KEPALA_DESA),
        ("Penjabat Kepala Desa", Status.PENJABAT_KEPALA_DESA),
        ("Pj. Kepala Desa", Status.PENJABAT_KEPALA_DESA),
        ("Pj Kades", Status.PENJABAT_KEPALA_DESA),
        ("Perangkat Desa", Status.PERANGKAT_DESA),
        ("BPD", Status.BPD),
        ("Anggota BPD", Status.BPD),
        ("Non-ASN", Status.NON_ASN),
        ("NON ASN", Status.NON_ASN),
        ("Honorer", Status.NON_ASN),
        ("GTT", Status.NON_ASN),
        ("Sekdes", Status.PERANGKAT_DESA),
        ("Kaur", Status.PERANGKAT_DESA),
        ("Kepala Dusun", Status.PERANGKAT_DESA),
        ("Guru PNS", Status.PNS),
        ("PNS (III/a)", Status.PNS),
        ("PPPK Tenaga Kesehatan", Status.PPPK),
    ],
)
def test_statuses_are_understood_as_offices_write_them(written, status):
    assert [row.status for row in roster_of(person(status=written)).rows] == [status]


@pytest.mark.parametrize("status", list(Status))
def test_every_status_is_understood_by_the_word_the_page_shows(status):
    assert [row.status for row in roster_of(person(status=status.label)).rows] == [status]


@pytest.mark.parametrize("written", ["PNSS", "xyz", "ASN", "Guru", "PNS/PPPK", "Pensiunan PNS"])
def test_a_word_that_is_no_status_is_kept_for_a_person_to_decide(written):
    roster = roster_of(person(status=written))

    assert roster.faults == []
    assert [(row.status, row.status_word) for row in roster.rows] == [(None, written)]


def test_a_blank_status_is_left_to_be_decided():
    roster = roster_of(person(status=None))

    assert [(row.status, row.status_word) for row in roster.rows] == [(None, "")]


@pytest.mark.parametrize(
    "written",
    [
        NIP_OF_ANI,
        f"'{NIP_OF_ANI}",
        "19800101 200501 2 001",
        "19800101.200501.2.001",
        " ’" + NIP_OF_ANI,
    ],
)
def test_a_nip_is_read_without_apostrophe_spaces_and_dots(written):
    assert [row.nip for row in roster_of(person(nip=written)).rows] == [NIP_OF_ANI]


@pytest.mark.parametrize("written", [None, "", "-", "—", "'", "\u200b"])
def test_somebody_without_a_nip_has_none(written):
    roster = roster_of(person(nip=written, status="Kepala Desa"))

    assert (roster.faults, [row.nip for row in roster.rows]) == ([], [None])


@pytest.mark.parametrize(
    "written", [198001012005012001.0, 0.0, "1,98001E+17", "1.98001012005012E+17"]
)
def test_a_nip_stored_as_a_number_is_refused_with_the_remedy(written):
    roster = roster_of(person(nip=written))

    assert roster.rows == []
    assert sentences(roster.faults) == [
        "Baris 2 (Ani), kolom NIP (C): Excel menyimpan NIP sebagai angka sehingga digit "
        "terakhirnya hilang: ubah kolom menjadi Teks lalu ketik ulang."
    ]


@pytest.mark.parametrize(
    ("written", "seen", "message"),
    [
        (
            NIP_OF_ANI[:-1],
            "17 angka",
            "NIP harus 18 angka. Periksa angkanya, atau kosongkan bila orang ini tidak punya NIP.",
        ),
        (
            "19800101200501200O",
            "“19800101200501200O”",
            "NIP memuat selain angka. Tulis 18 angka, atau kosongkan bila orang ini tidak punya "
            "NIP.",
        ),
        (
            "\u0661" * 18,
            "“١١١١١١١١١١١١١١١١١١”",
            "NIP memuat selain angka. Tulis 18 angka, atau kosongkan bila orang ini tidak punya "
            "NIP.",
        ),
    ],
)
def test_a_nip_that_is_not_18_digits_is_refused(written, seen, message):
    assert [(fault.seen, fault.message) for fault in roster_of(person(nip=written)).faults] == [
        (seen, message)
    ]


def test_a_fault_says_where_whose_what_was_seen_and_how_to_mend_it():
    [fault] = roster_of(person(nip="1980")).faults

    assert fault.sentence == (
        "Baris 2 (Ani), kolom NIP (C): 4 angka. NIP harus 18 angka. Periksa angkanya, atau "
        "kosongkan bila orang ini tidak punya NIP."
    )


def test_a_nip_that_ends_in_000_is_asked_about():
    roster = roster_of(person(nip="198001012005012000"))

    assert [row.nip for row in roster.rows] == ["198001012005012000"]
    assert sentences(roster.warnings) == [
        "Baris 2 (Ani), kolom NIP: Tiga angka terakhir NIP ini 000, seperti bila Excel "
        "menghilangkan digit aslinya. Apakah NIP ini benar?"
    ]


def test_a_nip_twice_in_the_file_is_refused_naming_the_first_row():
    roster = roster_of(ANI, person(), ("3", "Budi", f"'{NIP_OF_ANI}", "PNS", "Desa Lain", None))

    assert [row.row_number for row in roster.rows] == [2, 3]
    assert sentences(roster.faults) == [
        "Baris 4 (Budi), kolom NIP: NIP yang sama sudah ada di baris 2 (Ani Lestari, S.Sos.). "
        "Satu NIP milik satu orang: perbaiki NIP, atau hapus salah satu baris."
    ]


def test_a_name_twice_in_one_unit_is_kept_and_asked_about():
    roster = roster_of(person("Siti Aminah"), person("Hj. SITI AMINAH, S.Pd.", NIP_OF_ANI))

    assert [row.row_number for row in roster.rows] == [2, 3]
    assert sentences(roster.warnings) == [
        "Baris 3 (Hj. SITI AMINAH, S.Pd.), kolom Nama: Nama yang sama di unit yang sama "
        "sudah ada di baris 2. Orang yang sama? Hapus salah satu baris. Dua orang? Isi NIP atau "
        "jabatan keduanya."
    ]


def test_a_name_twice_is_no_question_in_two_units_or_with_two_nips():
    units = roster_of(person("Siti", unit="Desa A"), person("Siti", unit="Desa B"))
    nips = roster_of(person("Siti", NIP_OF_ANI), person("Siti", "198001012005012002"))

    assert (len(units.rows), units.warnings) == (2, [])
    assert (len(nips.rows), nips.warnings) == (2, [])


def test_every_fault_of_a_row_is_told_at_once():
    roster = roster_of(person(None, 1.0, "PNS", "x" * 161))

    assert [fault.column for fault in roster.faults] == ["Nama (B)", "NIP (C)", "Unit (E)"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (None, "Nama kosong. Isi namanya, atau hapus baris ini bila bukan peserta."),
        ("-", "Nama kosong. Isi namanya, atau hapus baris ini bila bukan peserta."),
        (
            "12345",
            "Ini bukan nama. Ketik namanya sebagai teks, atau hapus baris ini bila bukan peserta.",
        ),
        (
            7.0,
            "Ini bukan nama. Ketik namanya sebagai teks, atau hapus baris ini bila bukan peserta.",
        ),
        (True, "Sel berisi tanggal, jam, atau nilai benar/salah. Ketik isinya sebagai teks."),
        ("x" * 161, "Teks terlalu panjang: paling banyak 160 huruf. Ringkas isinya."),
        ("A\x07ni", "Sel memuat karakter kendali yang tidak tampak. Hapus isinya, ketik ulang."),
        ("A\x1fni", "Sel memuat karakter kendali yang tidak tampak. Hapus isinya, ketik ulang."),
        ("A\u202eni", "Sel memuat karakter kendali yang tidak tampak. Hapus isinya, ketik ulang."),
    ],
)
def test_what_is_no_name_is_refused(name, message):
    roster = roster_of(person(name))

    assert roster.rows == []
    assert [(fault.row, fault.column, fault.message) for fault in roster.faults] == [
        (2, "Nama (B)", message)
    ]


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("  Ani \n Lestari ", "Ani Lestari"),
        ("Ani\u200b Lestari\ufeff", "Ani Lestari"),
        ("=HYPERLINK(A1)", "=HYPERLINK(A1)"),
        ("Ñoño d’Arcy", "Ñoño d’Arcy"),
        ("x" * 160, "x" * 160),
    ],
)
def test_names_are_plain_text_on_one_line(name, read):
    roster = roster_of(person(name))

    assert ([row.name for row in roster.rows], roster.warnings) == ([read], [])


def test_markup_in_a_name_is_kept_as_text_and_asked_about():
    roster = roster_of(person("<script>alert(1)</script>"))

    assert [row.name for row in roster.rows] == ["<script>alert(1)</script>"]
    assert sentences(roster.warnings) == [
        "Baris 2 (<script>alert(1)</script>), kolom Nama: Nama memuat tanda < atau >. "
        "Apakah memang begitu tertulis?"
    ]


def test_a_unit_code_typed_as_a_number_is_its_digits():
    assert [row.unit for row in roster_of(person(unit=101.0)).rows] == ["101"]


def test_lines_without_a_person_are_passed_over():
    numbers = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
    roster = roster_of(numbers, ("1", *person()[1:]), (2.0,), (), ("3",))

    assert (roster.faults, [row.row_number for row in roster.rows]) == ([], [3])


def test_column_numbers_as_texts_in_brackets_are_passed_over():
    roster = roster_of(tuple(f"({number})" for number in range(1, 7)), person())

    assert (roster.faults, [row.row_number for row in roster.rows]) == ([], [3])


def test_numbers_in_order_further_down_are_no_column_numbers():
    roster = roster_of(person(), (1.0, 2.0, 3.0, 4.0, 5.0, 6.0))

    assert [(fault.row, fault.column) for fault in roster.faults] == [
        (3, "Nama (B)"),
        (3, "NIP (C)"),
    ]


def test_a_list_without_people_says_what_to_do():
    assert sentences(roster_of().faults) == [
        "Baris 1: Belum ada peserta di bawah judul kolom. Isi satu baris untuk tiap orang."
    ]


def test_a_file_that_is_no_table_is_one_fault_of_the_file():
    roster = read_roster("foto.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(40))

    assert roster.rows == []
    assert [(fault.row, fault.column) for fault in roster.faults] == [(None, None)]
    assert sentences(roster.faults) == [
        "Berkas “foto.xlsx” sebenarnya gambar PNG, bukan tabel. "
        "Buka daftar aslinya di Excel, lalu pilih Simpan sebagai Excel (.xlsx)."
    ]


@pytest.mark.parametrize("count", [3, 1_000])
def test_a_list_of_any_length_is_read_whole(count):
    rows = [
        (str(n), f"Peserta {n}", f"{n:018d}", "PNS", f"Unit {n % 8}", None)
        for n in range(1, count + 1)
    ]

    from_excel = roster_of(*rows)
    from_csv = read_roster("daftar.csv", _csv([HEADS, *rows]))

    assert (len(from_excel.rows), from_excel.faults) == (count, [])
    assert from_csv == from_excel


def test_faults_come_in_the_order_of_the_rows():
    roster = roster_of(ANI, person(nip="1"), person(nip="2"))

    assert [fault.row for fault in roster.faults] == [3, 4]


@given(
    rows=st.lists(
        st.lists(
            st.one_of(st.none(), st.text(max_size=20), st.floats(), st.booleans()), max_size=7
        ),
        max_size=4,
    )
)
@settings(max_examples=60)
def test_any_cells_give_people_or_faults(rows):
    written = [
        ["" if cell is None else str(cell).replace("\x00", "") for cell in row] for row in rows
    ]
    blob = _csv([HEADS, *written]).decode("utf-8-sig").encode("utf-8", "ignore")

    roster = read_roster("daftar.csv", blob)

    assert all(row.name and len(row.name) <= 160 for row in roster.rows)
    assert roster.rows or roster.faults or roster.warnings


def _csv(rows):
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=";").writerows(
        [[cell or "" for cell in row] for row in rows],
    )
    return made.getvalue().encode("utf-8-sig", "ignore")
