"""``quiz breach``: the list and the letters, into a folder of their own."""

from datetime import timedelta
from pathlib import Path

import pytest

from quiz.formats import wita
from quiz.models import AuditEntry
from quiz.models.people.audit import Action
from quiz.permissions import Role
from tests.cli.conftest import Run
from tests.factories import Make
from tests.papers import word_text
from tests.reading import stored


@pytest.fixture
def since(make: Make) -> str:
    return f"{wita(make.now - timedelta(hours=1)):%Y-%m-%d %H:%M}"


def test_breach_writes_list_and_letters_and_leaves_a_line(
    run: Run, make: Make, tmp_path: Path, since: str
) -> None:
    attempt = make.finished()
    folder = tmp_path / "kebocoran"

    status, out, _ = run("breach", "--since", since, "--backup", "-o", folder)

    assert (status, out) == (
        0,
        f"1 orang terkena. Daftar dan surat ditulis ke {folder}.\n",
    )
    assert sorted(path.name for path in folder.iterdir()) == [
        "orang-terkena.csv",
        "orang-terkena.xlsx",
        "surat-pemberitahuan.docx",
    ]
    assert attempt.enrolment.user.name in (folder / "orang-terkena.csv").read_text("utf-8-sig")
    assert "Kepada subjek data pribadi" in word_text(
        (folder / "surat-pemberitahuan.docx").read_bytes()
    )
    assert (folder / "orang-terkena.csv").stat().st_mode & 0o077 == 0
    [line] = stored(make, AuditEntry)
    assert (line.action, line.actor_id) == (Action.AFFECTED_LISTED, None)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--event", "ZZZ-000"], "Tidak ada kegiatan dengan kode ZZZ-000."),
        (["--account", "siapa"], "Tidak ada akun dengan nama pengguna siapa."),
        (["--account", "a", "--backup"], "Pilih salah satu: --account atau --backup."),
        (["--until", "2001-01-01"], "--until harus sesudah --since."),
        (["--known", "kemarin"], "--known: Tanggal “kemarin” tidak dikenal."),
    ],
)
def test_what_cannot_be_told_is_refused_and_nothing_is_written(
    run: Run, make: Make, tmp_path: Path, since: str, options: list[str], sentence: str
) -> None:
    status, _, err = run("breach", "--since", since, *options, "-o", tmp_path / "baru")

    assert status == 1
    assert sentence in err
    assert not (tmp_path / "baru").exists()


def test_an_existing_folder_stays_as_it_is(
    run: Run, make: Make, tmp_path: Path, since: str
) -> None:
    status, _, err = run("breach", "--since", since, "-o", tmp_path)

    assert (status, "sudah ada" in err) == (1, True)


def test_by_an_account(run: Run, make: Make, tmp_path: Path, since: str) -> None:
    make.finished()
    make.user(username="dewi", role=Role.TRAINER)

    _, out, _ = run("breach", "--since", since, "--account", "dewi", "-o", tmp_path / "baru")

    assert out.startswith("1 orang terkena.")
