"""Making the folder: wheels for every target, our own, the lock that binds them, and checksums."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from deploy.bundle.targets import PYTHONS, TARGETS, Target

ROOT = Path(__file__).resolve().parents[2]
STICK = Path(__file__).resolve().parent / "stick"

SUMS, LOCK, ABOUT, WHEELS = "SHA256SUMS", "requirements.lock", "bundle.json", "wheels"
"""What pasang.py looks for beside itself."""

_MISSING = re.compile(r"No matching distribution found for (\S+)")


class CannotBundle(Exception):
    """The folder cannot be made; the text is a sentence saying why and how to mend it."""


def make(
    folder: Path, targets: Sequence[Target] = TARGETS, say: Callable[[str], object] = print
) -> None:
    """Make ``folder`` anew, whole or not at all. Needs the package index. Raises CannotBundle."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".bundle-") as name:
        fresh = Path(name) / "stik"
        wheels = fresh / WHEELS
        wheels.mkdir(parents=True)
        own = _own_wheel(wheels)
        for target in targets:
            fetch(target, wheels)
            say(f"{target}: lengkap.")
        for path in STICK.iterdir():
            shutil.copyfile(path, fresh / path.name)
        _write(fresh / LOCK, f"{_lock()}{_pinned(own)}")
        _write(fresh / ABOUT, json.dumps(_about(own, targets), indent=1))
        _write(fresh / SUMS, "".join(_sums(fresh)))
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
    files = [path for path in folder.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1_000_000
    say(f"{folder}: {len(files)} berkas, {size:.0f} MB. Salin seluruh folder itu ke stik USB.")


def fetch(target: Target, wheels: Path) -> None:
    """Put the wheels of ``target`` into ``wheels``, each checked. Raises CannotBundle."""
    with tempfile.TemporaryDirectory() as name:
        wanted = Path(name) / LOCK
        pip = (ROOT / "deploy" / "bundle" / "pip.lock").read_text(encoding="utf-8")
        _write(wanted, "\n".join(target.needs(_lock() + pip)))
        tags = [f"--platform={tag}" for tag in target.machine.tags]
        done = _pip(
            *("download", "--no-deps", "--require-hashes", "--only-binary=:all:"),
            *(*tags, "--implementation=cp", f"--python-version={target.python}"),
            *(f"--requirement={wanted}", f"--dest={wheels}"),
        )
    if done.returncode == 0:
        return
    missing = _MISSING.search(done.stderr)
    if missing and "Retrying" not in done.stderr:
        raise CannotBundle(
            f"{target}: tidak ada wheel {missing[1]}. Pilih versi atau paket lain di "
            "pyproject.toml yang punya, lalu buat kuncinya lagi."
        )
    raise CannotBundle(
        f"{target}: wheel tidak dapat diunduh. Periksa jaringan, lalu ulangi.\n{done.stderr}"
    )


def _own_wheel(wheels: Path) -> Path:
    done = _pip(
        "wheel",
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
        f"--wheel-dir={wheels}",
        str(ROOT),
    )
    if done.returncode:
        raise CannotBundle(f"Wheel program ini tidak dapat dibuat.\n{done.stderr}")
    return next(wheels.glob("*.whl"))


def _pip(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pip", "--quiet", "--no-input", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _lock() -> str:
    return (ROOT / LOCK).read_text(encoding="utf-8")


def _version(own: Path) -> str:
    return own.name.split("-")[1]


def _pinned(own: Path) -> str:
    """The line that binds our own wheel as the lock binds the others."""
    return f"kuis-netralitas-asn=={_version(own)} \\\n    --hash=sha256:{_digest(own)}\n"


def _about(own: Path, targets: Sequence[Target]) -> dict[str, object]:
    """Which program this is, how new, and the machines it installs on."""
    return {
        "version": _version(own),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "pythons": [python for python in PYTHONS if python in {each.python for each in targets}],
        "platforms": sorted({each.machine.platform for each in targets}),
    }


def _sums(folder: Path) -> list[str]:
    """A line for every file of ``folder``, as sha256sum writes and checks them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [f"{_digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
