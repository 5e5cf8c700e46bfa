"""Copies that only a passphrase opens."""

import errno
import stat
import sys
import threading
import time
from pathlib import Path

import pytest

from quiz.codes import passphrase
from quiz.database.archive import NotRestorable, unpack
from quiz.database.sealing import HEADER, Damaged, WrongPassphrase, is_sealed, seal, unsealed

SECRET = "kopi pagi tanpa gula"  # of these tests alone


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stik") / "kuis.zip"
    path.write_bytes(b"nama dan nilai" * 9999)
    return path


@pytest.fixture(scope="module")
def sealed(plain: Path) -> Path:
    path = plain.with_name("kuis.zip.age")
    seal(plain, path, SECRET)
    return path


def test_a_sealed_copy_is_private_of_age_and_opens_again(plain: Path, sealed: Path) -> None:
    assert sealed.read_bytes().startswith(HEADER + b"v1\n-> scrypt ")
    assert b"nama dan nilai" not in sealed.read_bytes()
    assert stat.S_IMODE(sealed.stat().st_mode) == 0o600
    assert (is_sealed(sealed), is_sealed(plain)) == (True, False)
    assert unsealed(sealed, SECRET) == plain.read_bytes()


def test_a_wrong_passphrase_is_told_from_a_damaged_file(sealed: Path, tmp_path: Path) -> None:
    whole = bytearray(sealed.read_bytes())
    whole[-100] ^= 1
    altered = tmp_path / "lain.age"
    altered.write_bytes(whole)

    with pytest.raises(WrongPassphrase):
        unsealed(sealed, SECRET + "!")
    with pytest.raises(Damaged):
        unsealed(altered, SECRET)


@pytest.mark.parametrize("length", [20, 40, 100, 180, 5000])
def test_no_piece_of_one_is_taken_for_a_backup(sealed: Path, tmp_path: Path, length: int) -> None:
    piece = tmp_path / "potongan.age"
    piece.write_bytes(sealed.read_bytes()[:length])

    with pytest.raises(NotRestorable, match=r"potongan\.age"):
        unpack(piece, tmp_path, "sqlite", SECRET)


def test_what_is_there_is_not_written_over(plain: Path, tmp_path: Path) -> None:
    target = tmp_path / "penting.age"
    target.write_text("penting")

    with pytest.raises(OSError, match=r"penting\.age") as refused:
        seal(plain, target, SECRET)

    assert (refused.value.errno, target.read_text()) == (errno.EEXIST, "penting")


def test_a_folder_that_is_not_there_leaves_nothing(plain: Path, tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"kuis\.age") as refused:
        seal(plain, tmp_path / "tidak-ada" / "kuis.age", SECRET)

    assert refused.value.errno == errno.ENOENT
    assert list(tmp_path.iterdir()) == []


def test_the_passphrase_stands_in_no_list_of_processes(plain: Path, tmp_path: Path) -> None:
    seen: set[str] = set()

    def look() -> None:
        while sealing.is_alive():
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    seen.add(path.read_text())
                except OSError:
                    continue
            time.sleep(0.001)

    sealing = threading.Thread(target=seal, args=(plain, tmp_path / "satu.age", SECRET))
    sealing.start()
    look()
    sealing.join()

    assert any("satu.age" in each for each in seen) or sys.platform != "linux"
    assert not any(SECRET in each for each in seen)


def test_a_made_passphrase_is_new_each_time_and_can_be_copied_by_hand() -> None:
    made = {passphrase() for _ in range(50)}

    assert len(made) == 50
    assert {len(each) for each in made} == {24}
    assert not set("".join(made)) & set("OILZSB")
