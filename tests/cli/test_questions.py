"""``quiz questions``: check, load and export."""

from pathlib import Path

from sqlalchemy.orm import Session

from quiz.assessment.quality.guessing.guessers import GUESSERS
from quiz.assessment.quality.guessing.learning import NAME as LEARNED
from quiz.models import BankItem
from tests.cli.conftest import Run


def test_questions_check_counts_what_it_found(run: Run, folder: Path) -> None:
    status, out, err = run("questions", "check", folder)

    assert (status, err) == (0, "")
    assert out == "Tidak ada kesalahan: 1 soal, 1 topik, 1 dasar hukum, 1 fakta, 2 kalimat bahan.\n"


def test_questions_check_names_every_fault_with_file_and_line(run: Run, folder: Path) -> None:
    path = folder / "01-makna.yaml"
    path.write_text(path.read_text().replace("[LJN-01]", "[LJN-99]").replace("memahami", "faham"))

    status, out, err = run("questions", "check", folder)

    lines = err.splitlines()
    assert (status, out, len(lines)) == (1, "", 3)
    assert lines[0].startswith("01-makna.yaml baris 6: ")
    assert lines[1].startswith("01-makna.yaml baris 13: ")
    assert lines[2] == "2 kesalahan; tidak ada yang dimuat."


def test_questions_check_prints_warnings_with_their_reason(run: Run, folder: Path) -> None:
    path = folder / "01-makna.yaml"
    path.write_text(path.read_text().replace(" Layani semua warga dengan cara yang sama.", ""))

    status, out, err = run("questions", "check", folder)

    lines = out.splitlines()
    assert (status, err, len(lines)) == (0, "", 3)
    assert lines[0] == (
        "Peringatan panjang-pembahasan: Pembahasan mengajar tiga hal: aturan, alasan, dan apa "
        "yang sebaiknya dilakukan. (Panduan narasumber, “Aturan isi”)"
    )
    assert lines[1] == (
        "  MKN-001, pembahasan: Pembahasan 1 kalimat. Tulis 2 sampai 4: aturan, alasan, tindakan."
    )


def test_questions_check_says_what_guessers_score_in_the_bank_and_on_its_forms(run: Run) -> None:
    status, out, _ = run("questions", "check")

    assert status == 0
    for guesser in (*(each.name for each in GUESSERS), LEARNED):
        assert f"Penebak “{guesser}”: " in out
    for guesser in (each.name for each in GUESSERS):
        assert f"Pada formulir yang mungkin, “{guesser}” rata-rata " in out
    assert "Yang boleh atau wajib menjadi kunci: " in out


def test_questions_check_stops_at_an_item_that_is_not_neutral(run: Run, folder: Path) -> None:
    path = folder / "01-makna.yaml"
    path.write_text(path.read_text().replace("semua warga.", "semua warga merah."))

    status, out, err = run("questions", "check", folder)

    assert (status, out) == (1, "")
    assert err.splitlines()[1:] == [
        "  MKN-001, pokok soal: “merah” adalah nama warna. Hapus, atau tulis abu-abu.",
        "1 kesalahan mutu soal.",
    ]


def test_questions_check_looks_at_the_law_of_a_day(run: Run, folder: Path) -> None:
    path = folder / "references.yaml"
    path.write_text(path.read_text().replace("valid_to: null", "valid_to: 2024-11-27"))

    before = run("questions", "check", folder, "--date", "2024-11-27")
    after = run("questions", "check", folder, "--date", "2024-11-28")

    assert (before[0], before[1].count("\n")) == (0, 1)
    assert (after[0], after[1].splitlines()[1].split(",")[0]) == (0, "  MKN-001")


def test_questions_check_says_what_no_item_asks(run: Run, folder: Path) -> None:
    status, out, _ = run("questions", "check", folder, "--coverage")

    assert status == 0
    assert out.splitlines()[:3] == [
        "1 dari 2 kalimat bahan diuji.",
        "  Tanpa soal (kalimat bahan): LJN-02",
        "  Terlalu sering (kalimat bahan): tidak ada",
    ]


def test_questions_load_and_export_come_back_to_the_same(
    run: Run, folder: Path, tmp_path: Path, session: Session
) -> None:
    loaded = run("questions", "load", folder)
    again = run("questions", "load", folder)
    exported = run("questions", "export", tmp_path / "tulis")
    from_export = run("questions", "load", tmp_path / "tulis")

    assert loaded == (0, "Soal dimuat: 6 baru, 0 diperbarui, 0 berkas berbeda.\n", "")
    assert again[1].startswith("Berkas soal sama")
    assert exported[0] == 0
    assert from_export == (0, "Soal dimuat: 0 baru, 0 diperbarui, 0 berkas berbeda.\n", "")
    assert session.query(BankItem).count() == 1


def test_questions_load_with_a_fault_loads_nothing(
    run: Run, folder: Path, session: Session
) -> None:
    (folder / "topics.yaml").write_text("topics: [{code: makna}]")

    status, _, err = run("questions", "load", folder)

    assert status == 1
    assert err.endswith("tidak ada yang dimuat.\n")
    assert session.query(BankItem).count() == 0


def test_questions_export_never_overwrites(run: Run, folder: Path) -> None:
    status, _, err = run("questions", "export", folder)

    assert (status, err) == (
        1,
        f"{folder} tidak kosong. Pilih folder baru, supaya tidak ada yang tertimpa.\n",
    )
