"""The folder for a USB stick: what is in it, what its scripts say, and that it installs offline."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from deploy.bundle.making import STICK, CannotBundle, fetch, make
from deploy.bundle.targets import LINUX, PYTHONS, TARGETS, WINDOWS, Target
from tests.servers import HUNG

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
HERE = Target(LINUX, f"{sys.version_info.major}.{sys.version_info.minor}")


def names(target: Target) -> set[str]:
    return {entry.partition("==")[0] for entry in target.needs(LOCK)}


def test_each_target_needs_what_the_lock_says_of_it() -> None:
    everything = set(re.findall(r"^([a-z0-9-]+)==", LOCK, re.MULTILINE))
    elsewhere = {"brotlicffi"}  # of PyPy

    assert names(Target(WINDOWS, "3.13")) == everything - elsewhere
    assert names(Target(LINUX, "3.14")) == everything - elsewhere - {"backports-zstd"}
    for target in TARGETS:
        assert all("--hash=sha256:" in entry for entry in target.needs(LOCK)), target


@pytest.mark.parametrize("script", ["jalankan.sh", "jalankan.cmd"])
def test_scripts_look_for_the_pythons_there_are_wheels_for(script: str) -> None:
    text = (STICK / script).read_text(encoding="ascii")

    first, last = (int(python.partition(".")[2]) for python in (PYTHONS[0], PYTHONS[-1]))
    assert f"(3, {first}) <= sys.version_info[:2] < (3, {last + 1})" in text
    assert set(re.findall(r"3\.\d\d", text)) == set(PYTHONS)


def test_each_script_has_its_systems_line_ends() -> None:
    shell, batch = ((STICK / f"jalankan.{end}").read_bytes() for end in ("sh", "cmd"))

    assert b"\r" not in shell
    assert batch.count(b"\n") == batch.count(b"\r\n")


def test_what_is_said_fits_every_console() -> None:
    text = (STICK / "pasang.py").read_text(encoding="utf-8")

    assert text.isascii()


def start(
    stick: Path, home: Path, *arguments: str, **more: str
) -> subprocess.CompletedProcess[str]:
    """``sh jalankan.sh`` by somebody whose folder is ``home``, to its end."""
    return subprocess.run(
        ["/bin/sh", stick / "jalankan.sh", *arguments],
        env={"PATH": os.environ["PATH"], "HOME": str(home), **more},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=HUNG,
        check=False,
    )


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A folder with the scripts, one wheel, and what binds them; it holds no program."""
    folder = tmp_path / "stik usb (1) & lain"
    shutil.copytree(STICK, folder)
    wheel = folder / "wheels" / "kuis.whl"
    wheel.parent.mkdir()
    wheel.write_bytes(b"roda")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (folder / "SHA256SUMS").write_text(f"{digest}  wheels/kuis.whl\n", encoding="utf-8")
    about = {
        "version": "0.1.0",
        "made": "2026-11-30T00:00:00+00:00",
        "pythons": [HERE.python],
        "platforms": [sysconfig.get_platform()],
    }
    (folder / "bundle.json").write_text(json.dumps(about), encoding="utf-8")
    return folder


def about(folder: Path, **changed: object) -> None:
    """Change what the stick says of itself."""
    path = folder / "bundle.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**said, **changed}), encoding="utf-8")


def test_a_file_that_was_not_copied_whole_is_named(copied: Path, tmp_path: Path) -> None:
    (copied / "wheels" / "kuis.whl").write_bytes(b"rod")

    said = start(copied, tmp_path / "rumah")

    assert said.returncode == 1
    assert "Isi stik tidak utuh: wheels/kuis.whl rusak atau hilang." in said.stderr
    assert not (tmp_path / "rumah").exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"pythons": ["3.99"]}, "Stik ini untuk Python 3.99."),
        ({"platforms": ["win-arm64"]}, "Stik ini tidak memuat program untuk linux"),
    ],
)
def test_a_machine_the_stick_is_not_for_is_told(
    copied: Path, tmp_path: Path, changed: dict[str, object], sentence: str
) -> None:
    about(copied, **changed)

    said = start(copied, tmp_path / "rumah")

    assert said.returncode == 1
    assert sentence in said.stderr


def test_a_folder_that_cannot_be_written_is_named(copied: Path, tmp_path: Path) -> None:
    home = tmp_path / "rumah"
    home.write_bytes(b"")

    said = start(copied, home)

    assert said.returncode == 1
    assert said.stderr.startswith(f"\n{home}/kuis-netralitas-asn")
    assert "Periksa ruang cakram dan izin folder" in said.stderr


def test_without_a_python_one_is_told_how_to_get_it(copied: Path, tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("dirname", "cat"):
        (tools / tool).symlink_to(shutil.which(tool) or "")

    said = start(copied, tmp_path / "rumah", PATH=str(tools))

    assert said.returncode == 1
    assert said.stderr.startswith("Python 3.11 sampai 3.14 tidak ditemukan di komputer ini.")


def test_scripts_alone_say_that_nothing_is_installed(copied: Path, tmp_path: Path) -> None:
    (copied / "bundle.json").unlink()

    said = start(copied, tmp_path / "rumah")

    assert said.returncode == 1
    assert "Kuis belum terpasang di komputer ini" in said.stderr


@pytest.fixture(scope="module")
def stick(index: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for this machine and this Python."""
    folder = tmp_path_factory.mktemp("media") / "stik usb"
    make(folder, [HERE], say=lambda _sentence: None)
    return folder


WITHOUT_PYTHON = re.compile(rb"(msvcp|vcomp|concrt)\d+[\w.]*\.dll", re.IGNORECASE)
"""Libraries of Microsoft's that Python's installer does not bring, and a fresh laptop lacks."""


def binaries(wheel: Path) -> bytes:
    """Every extension module and library of a wheel, one after the other."""
    with zipfile.ZipFile(wheel) as archive:
        found = [name for name in archive.namelist() if name.endswith((".pyd", ".dll"))]
        return b"".join(archive.read(name) for name in found)


@pytest.mark.long
@pytest.mark.parametrize("python", PYTHONS)
def test_every_line_of_the_lock_is_a_wheel_on_windows(
    index: None, tmp_path: Path, python: str
) -> None:
    target = Target(WINDOWS, python)

    fetch(target, tmp_path)

    wheels = {path.name.partition("-")[0].lower().replace("_", "-") for path in tmp_path.iterdir()}
    assert wheels == {name.replace(".", "-") for name in names(target)} | {"pip"}
    assert [path.name for path in tmp_path.iterdir() if WITHOUT_PYTHON.search(binaries(path))] == []


@pytest.mark.long
def test_a_wheel_that_is_not_there_is_named(index: None, tmp_path: Path) -> None:
    with pytest.raises(CannotBundle, match=r"dengan Python 3\.99: tidak ada wheel [a-z]"):
        fetch(Target(WINDOWS, "3.99"), tmp_path)


def cut_off(home: Path, *command: str | Path) -> list[str]:
    """The lines of what was said and seen by a visitor without any network but loopback."""
    alone = ["unshare", "--net", "--map-root-user", "sh", "-c", 'ip link set lo up && exec "$@"']
    said = subprocess.run(
        [*alone, "sh", sys.executable, "-m", "tests.portable.visitor", PORT, *command],
        cwd=home,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "PORT": PORT,
            "PYTHONPATH": str(ROOT),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=2 * HUNG,
        check=False,
    )
    return [*said.stdout.splitlines(), *said.stderr.splitlines()]


PORT = "8000"
"""In a namespace of one's own every port is free."""


@pytest.fixture(scope="module")
def namespace() -> None:
    probe = ["unshare", "--net", "--map-root-user", "ip", "link", "set", "lo", "up"]
    if shutil.which("unshare") is None or subprocess.run(probe, check=False).returncode:
        pytest.skip("this system makes no namespace without a network")


def newer(stick: Path) -> None:
    """Make the stick one that was made later."""
    about(stick, made="2099-01-01T00:00:00+00:00")
    digest = hashlib.sha256((stick / "bundle.json").read_bytes()).hexdigest()
    sums = (stick / "SHA256SUMS").read_text(encoding="utf-8")
    changed = re.sub(r"[0-9a-f]{64}(?=  bundle.json)", digest, sums)
    (stick / "SHA256SUMS").write_text(changed, encoding="utf-8")


@pytest.mark.long
def test_a_stick_installs_and_upgrades_without_a_network(
    stick: Path, namespace: None, tmp_path: Path
) -> None:
    home, away = tmp_path / "Bu Siti", tmp_path / "stik lain"
    home.mkdir()
    place = home / "kuis-netralitas-asn"

    first = cut_off(home, "sh", stick / "jalankan.sh")
    again = cut_off(home, "sh", place / "jalankan.sh")
    shutil.copytree(stick, away)
    newer(away)
    upgraded = cut_off(home, "sh", away / "jalankan.sh")
    older = cut_off(home, "sh", stick / "jalankan.sh")

    assert first[0].startswith("Memasang Kuis Netralitas ASN versi ")
    assert [lines[-1] for lines in (first, again, upgraded, older)] == [HOME_PAGE] * 4
    assert not again[0].startswith("Memasang")
    assert "Membuat cadangan sebelum versi baru dipasang." in upgraded
    assert len(list((place / "data" / "cadangan").glob("kuis-*-tangan.zip"))) == 1
    assert older[0].startswith("Yang terpasang lebih baru daripada stik ini")
    assert not (stick / "data").exists()


HOME_PAGE = "Kegiatan"


@pytest.mark.long
def test_the_package_installs_and_serves_by_its_own_command(
    stick: Path, namespace: None, tmp_path: Path
) -> None:
    folder = tmp_path / "lingkungan maya"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    install = ["install", "--quiet", "--no-index", f"--find-links={stick / 'wheels'}"]
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", *install, "kuis-netralitas-asn"], check=True)

    seen = cut_off(tmp_path, folder / "bin" / "quiz", "serve")

    assert seen[-1] == HOME_PAGE
    assert (tmp_path / "instance" / "quiz.sqlite").is_file()
