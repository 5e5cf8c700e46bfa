"""The page for the day on which data has come into wrong hands: counts, list and letters."""

import csv
import io
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from quiz.formats import wita
from quiz.models import AuditEntry
from quiz.models.people.audit import Action
from quiz.permissions import Role
from tests.papers import word_text
from tests.reading import faults, root, stored, table_rows, words

PAGE = "/data-pribadi/kebocoran"


@pytest.fixture
def worked(make):
    """Somebody who handed in, with a NIP."""
    person = make.user("Ani Lestari", nip="198001012005012001")
    enrolment = make.enrolment(make.event(code="UJI-501"), person, make.unit("Unit A"))
    return make.finished(make.sitting(enrolment.event), enrolment)


@pytest.fixture
def desk(client_for, make):
    return client_for(make.user("Eka", username="eka", role=Role.ADMIN))


@pytest.fixture
def asked(make):
    """``asked(...)``: the address' questions about the hour around now."""

    def asked(**changes):
        since, until = wita(make.now - timedelta(hours=1)), wita(make.now + timedelta(minutes=1))
        return {
            "lewat": "cadangan",
            "akun": "",
            "kegiatan": "",
            "dari": f"{since:%Y-%m-%d}",
            "dari_jam": f"{since:%H:%M}",
            "sampai": f"{until:%Y-%m-%d}",
            "sampai_jam": f"{until:%H:%M:%S}",
            "diketahui": "2030-03-04",
            "diketahui_jam": "09:00",
        } | changes

    return asked


def test_the_page_counts_by_kind_of_data_and_names_nobody(desk, worked, asked):
    empty = desk.get(PAGE)
    page = desk.get(f"{PAGE}?{urlencode(asked())}")

    assert "orang terkena" not in empty.text
    rows = dict(table_rows(page))
    assert (rows["NIP"], rows["nilai"], rows["nama, unit kerja, dan status"]) == ("1", "1", "2")
    assert "Ani Lestari" not in page.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"dari": ""}, "Dari tanggal: Isi tanggalnya."),
        (
            {"dari_jam": "25:00"},
            "Dari pukul (WITA): Jam “25:00” tidak dikenal. Tulis seperti 09.05.",
        ),
        ({"sampai": "2001-01-01"}, "Sampai tanggal: Akhirnya harus sesudah awalnya."),
        ({"lewat": "pos"}, "Bagaimana: Pilih salah satu dari daftar."),
        ({"kegiatan": "ABC-1"}, "Kegiatan: Pilih salah satu dari daftar."),
        (
            {"lewat": "akun"},
            "Akun yang dipakai orang lain: Pilih akun yang dipakai orang lain.",
        ),
    ],
)
def test_what_is_not_told_in_full_is_asked_for_again(make, desk, worked, asked, wrong, sentence):
    page = desk.get(f"{PAGE}?{urlencode(asked(**wrong))}")
    file = desk.get(f"{PAGE}/daftar.csv?{urlencode(asked(**wrong))}")

    assert (page.status_code, file.status_code) == (400, 400)
    assert faults(page)[0] in {sentence, sentence.split(": ", 1)[1]}
    assert stored(make, AuditEntry) == []


def test_the_list_holds_no_more_than_the_letters_need_and_leaves_a_line(make, desk, worked, asked):
    reply = desk.get(f"{PAGE}/daftar.csv?{urlencode(asked(kegiatan='UJI-501'))}")

    text = reply.data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [(row["Nama"], row["Unit"], row["Kegiatan"]) for row in rows] == [
        ("Ani Lestari", "Unit A", "UJI-501")
    ]
    assert "198001012005012001" not in text and "2001" not in text
    [line] = stored(make, AuditEntry)
    assert (line.action, line.detail.content) == (
        Action.AFFECTED_LISTED,
        {"code": "UJI-501", "by": "cadangan", "format": "csv"},
    )
    assert desk.get(f"{PAGE}/daftar.xlsx?{urlencode(asked())}").data[:2] == b"PK"


def test_the_letters_say_what_when_how_and_by_when_and_dot_the_rest(make, desk, worked, asked):
    reply = desk.get(f"{PAGE}/surat.docx?{urlencode(asked(kegiatan='UJI-501'))}")

    text = word_text(reply.data)
    for told in (
        "Kepada subjek data pribadi",
        "Kepada lembaga pelindungan data pribadi",
        "3 × 24 jam sejak kebocoran diketahui, yaitu 7 Maret 2030 pukul 09.00 WITA",
        "cadangan, basis data, atau komputer server diambil orang",
        "NIP: 1 orang",
        "1 orang",
        "Undang-Undang Nomor 27 Tahun 2022",
        "naskah belum diperiksa",
        "……",
    ):
        assert told in text, told
    assert "Ani Lestari" not in text


def test_by_way_of_an_account_the_page_tells_what_was_really_opened(
    make, client_for, desk, worked, asked
):
    officer = make.user("Citra", username="citra2", role=Role.OFFICER)
    client_for(officer).get(f"/laporan/UJI-501/peserta/{worked.enrolment.uid}")

    page = desk.get(f"{PAGE}?{urlencode(asked(lewat='akun', akun='citra2'))}")

    assert "1 di antaranya benar-benar dibuka" in words(root(page))
    assert "NIP" not in dict(table_rows(page))
