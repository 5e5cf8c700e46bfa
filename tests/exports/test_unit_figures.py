"""Results per unit and lists of participants as tables."""

import json
from datetime import timedelta

from quiz.exports import EXPORTS, FILE_KINDS
from quiz.exports.files.table_out import TableOut
from quiz.models import Sitting
from tests.factories import Make


def _hall(make: Make) -> Sitting:
    """A unit of five, two villages of two and three, one person who only started."""
    make.topic("makna", name="Makna netralitas")
    sitting = make.sitting(pass_mark=60, closes_at=make.now)
    for name, kind, rights in (
        ("Kantor A", "kecamatan", (1, 2, 3, 3, 3)),
        ("Desa B", "desa", (3, 3)),
        ("Desa C", "desa", (0, 0, 2)),
    ):
        unit = make.unit(name, kind, code=name.upper().replace(" ", "-"))
        for right in rights:
            make.finished(
                sitting,
                make.enrolment(sitting.event, unit=unit, checked_in_at=make.now),
                right=right,
            )
        make.enrolment(sitting.event, unit=unit)
    return sitting


def _units(make: Make, sitting: Sitting) -> TableOut:
    return EXPORTS["units"].table(make.session, sitting, make.now)


def test_the_table_has_a_row_for_each_shown_group_and_for_all(make: Make) -> None:
    table = _units(make, _hall(make))

    assert [head.label for head in table.heads] == [
        "Kode",
        "Unit",
        "Jenis",
        "Gabungan dari",
        "Terdaftar",
        "Hadir",
        "Mengirim",
        "Nilai rata-rata",
        "Rentang 95% dari",
        "Rentang 95% sampai",
        "Lulus",
        "Topik paling lemah",
        "Mengerjakan tanpa tercatat hadir",
        "Nilai disesuaikan menurut jumlah orang",
        "Disesuaikan, rentang 95% dari",
        "Disesuaikan, rentang 95% sampai",
        "Topik: Makna netralitas (% poin)",
    ]
    topic = "Makna netralitas"
    assert [list(row) for row in table.rows] == [
        [
            "KANTOR-A",
            "Kantor A",
            "Kantor kecamatan",
            "",
            6,
            5,
            5,
            80,
            43,
            100,
            4,
            topic,
            0,
            *[None] * 3,
            80,
        ],
        [
            "desa",
            "Pemerintah desa",
            "Pemerintah desa",
            "Desa B; Desa C",
            7,
            5,
            5,
            53,
            0,
            100,
            3,
            topic,
            0,
            *[None] * 3,
            53,
        ],
        ["", "Semua peserta", "", "", 13, 10, 10, 67, 37, 96, 7, topic, 0, *[None] * 3, 67],
    ]
    assert "Desa B: 3 terdaftar, 2 hadir, 2 mengirim; hasilnya dalam gabungan Pemerintah desa." in (
        table.notes
    )


def test_the_json_is_as_agreed(make: Make) -> None:
    sitting = _hall(make)

    written = json.loads(FILE_KINDS["json"].write(_units(make, sitting)))

    assert list(written) == ["event", "sitting", "as_of", "units", "total", "change", "notes"]
    assert (written["event"], written["sitting"]) == (sitting.event.code, sitting.uid)
    assert written["as_of"] == make.now.replace(microsecond=0).isoformat().replace("+00:00", "Z")
    assert written["units"][1] == {
        "code": "desa",
        "name": "Pemerintah desa",
        "kind": "desa",
        "pooled": ["DESA-B", "DESA-C"],
        "invited": 7,
        "attended": 5,
        "submitted": 5,
        "mean": 53,
        "low": 0,
        "high": 100,
        "passed": 3,
        "weakest_topic": "makna",
        "drawn": {"mean": None, "low": None, "high": None},
        "topics": {"makna": 53},
    }
    assert list(written["total"]) == list(written["units"][0])
    assert (written["total"]["submitted"], written["total"]["mean"]) == (10, 67)


def test_what_is_withheld_is_null_in_json_and_empty_in_the_table(make: Make) -> None:
    sitting = make.sitting()
    unit = make.unit("Kantor A", "kecamatan")
    for _ in range(4):
        make.finished(sitting, make.enrolment(sitting.event, unit=unit))

    table = _units(make, sitting)

    withheld = ("mean", "low", "high", "passed", "weakest_topic")
    written = json.loads(FILE_KINDS["json"].write(table))
    assert {written["units"][0][key] for key in withheld} == {None}
    assert {written["total"][key] for key in withheld} == {None}
    assert {cell for row in table.rows for cell in row[7:12]} == {None}
    assert [row[12] for row in table.rows] == [4, 4]
    assert "Kantor A: 4 orang mengerjakan tanpa tercatat hadir." in table.notes
    assert [row[6] for row in table.rows] == [4, 4]


def test_while_the_sitting_is_open_the_files_hold_participation_alone(make: Make) -> None:
    sitting = _hall(make)
    sitting.closes_at = make.now + timedelta(hours=1)

    table = _units(make, sitting)

    assert [list(row[4:]) for row in table.rows] == [
        [3, 2, 2, None, None, None, None, None, 0, None, None, None],
        [4, 3, 3, None, None, None, None, None, 0, None, None, None],
        [6, 5, 5, None, None, None, None, None, 0, None, None, None],
        [13, 10, 10, None, None, None, None, None, 0, None, None, None],
    ]
    assert json.loads(FILE_KINDS["json"].write(table))["total"]["mean"] is None
    assert "Hasilnya tampil setelah sesi ditutup" in " ".join(table.notes)


def test_unsigned_items_are_named_below_the_table(make: Make) -> None:
    table = _units(make, _hall(make))

    assert table.notes[-1] == (
        "3 soal sesi ini paket awal, belum disahkan pemeriksa hukum. "
        "Sebut hal ini bila angkanya dikutip."
    )


def test_participants_stand_with_state_and_score_and_without_nip(make: Make) -> None:
    sitting = make.sitting(opens_at=make.now - timedelta(hours=2), pass_mark=60)
    unit = make.unit("Kantor A", "kecamatan")
    ani = make.user("Ani", nip="198001012005011234", unit=unit)
    done = make.finished(sitting, make.enrolment(sitting.event, ani, unit), right=2)
    running = make.attempt(sitting, make.enrolment(sitting.event, make.user("Budi"), unit))
    make.enrolment(sitting.event, make.user("Cahya"), unit, checked_in_at=make.now)

    table = EXPORTS["participants"].table(make.session, sitting, make.now)

    rows = [list(row) for row in table.rows]
    start = ["Kantor A", "PNS"]
    assert rows == [
        [
            "Ani",
            *start,
            "Tidak tercatat",
            "Selesai",
            done.started_at,
            done.submitted_at,
            2,
            3,
            rows[0][9],
            True,
        ],
        ["Budi", *start, "Tidak tercatat", "Berjalan", running.started_at, *[None] * 5],
        ["Cahya", *start, "Ya", "Belum mulai", *[None] * 6],
    ]
    written = [FILE_KINDS[ending].write(table) for ending in ("csv", "json")]
    assert not any(b"198001012005011234" in content for content in written)
    assert b";Selesai;" in written[0]
    assert b";67;Ya" in written[0]
