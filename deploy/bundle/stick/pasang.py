"""Install Kuis Netralitas ASN from this stick, with no network, and start it.

``jalankan.sh`` and ``jalankan.cmd`` find a Python and run this with it. Program and data go into
``kuis-netralitas-asn`` in the user's own folder, never onto the stick. A copy of these three files
goes there too and starts what is installed without the stick. Arguments: those of ``quiz serve``,
or any other command of ``quiz``.
"""

import hashlib
import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import sysconfig
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
HOME = Path.home() / "kuis-netralitas-asn"
PROGRAM, DATA = HOME / "program", HOME / "data"
INSTALLED = PROGRAM / "terpasang.json"
LOG = HOME / "pasang.log"
STARTERS = ("jalankan.sh", "jalankan.cmd", "pasang.py")

ROOM = 600_000_000
"""Bytes that have to be free: twice what an installed program takes."""

DAY = 86_400


class CannotInstall(Exception):
    """Installing or starting is impossible; the text says why and what to do."""


def main(arguments: list[str]) -> int:
    """Install what is newer here, then start; the exit status."""
    os.umask(0o077)
    try:
        installed = _up_to_date(_read(HERE / "bundle.json"), _read(INSTALLED))
        return _start(_python(PROGRAM / installed["folder"]), arguments)
    except CannotInstall as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(
            f"{error.filename or HOME}: {error.strerror}. Periksa ruang cakram dan izin folder "
            f"{HOME}, lalu jalankan lagi."
        )
    except (KeyboardInterrupt, EOFError):
        return _complain("Dibatalkan.")


def _up_to_date(stick: dict[str, Any] | None, installed: dict[str, Any] | None) -> dict[str, Any]:
    """What is to be started, installed from the stick where that is newer. Raises CannotInstall."""
    if stick is None:
        if installed is None:
            raise CannotInstall(
                "Kuis belum terpasang di komputer ini, dan di folder ini tidak ada bundle.json. "
                "Jalankan dari stik USB yang lengkap."
            )
        return installed
    if installed is None or not _works(_python(PROGRAM / installed["folder"])):
        return _install(stick, installed)
    if _age(stick) > _age(installed):
        return _install(stick, installed)
    if _age(stick) < _age(installed):
        print(f"Yang terpasang lebih baru daripada stik ini, jadi dipakai: {_name(installed)}.")
    return installed


def _complain(sentence: str) -> int:
    print(f"\n{sentence}", file=sys.stderr)
    return 1


def _read(path: Path) -> dict[str, Any] | None:
    """What a small file of ours says; None where there is none, or it was cut off."""
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def _age(about: dict[str, Any]) -> tuple[tuple[int, ...], str]:
    """What grows from one stick to a newer one: the version, then when the stick was made."""
    parts = about["version"].split(".")
    return tuple(int(part) for part in parts if part.isdecimal()), about["made"]


def _name(about: dict[str, Any]) -> str:
    return f"versi {about['version']}, dibuat {about['made'][:10]}"


def _works(python: Path) -> bool:
    """Whether an installed program's Python still runs; it does not once its own was removed."""
    try:
        command = [python, "-I", "-c", "import flask"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _python(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _install(stick: dict[str, Any], installed: dict[str, Any] | None) -> dict[str, Any]:
    """Install the stick's program beside an earlier one; what is installed from now on.

    The data stay where they are. The earlier program backs them up first, and the new one again
    before it changes their schema.
    """
    print(f"Memasang Kuis Netralitas ASN {_name(stick)}, ke {HOME}. Beberapa menit, sekali saja.")
    _refuse_unfit(stick)
    _refuse_damaged()
    PROGRAM.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(HOME).free < ROOM:
        raise CannotInstall(
            f"Ruang cakram untuk {HOME} kurang dari {ROOM // 1_000_000} MB. Kosongkan sebagian, "
            "lalu jalankan lagi."
        )
    if installed is not None:
        _back_up(_python(PROGRAM / installed["folder"]))
    folder = Path(tempfile.mkdtemp(prefix=f"{stick['version']}-", dir=PROGRAM))
    _fill(folder)
    now = {**stick, "folder": folder.name}
    _replace(INSTALLED, json.dumps(now).encode())
    for name in STARTERS:
        _replace(HOME / name, (HERE / name).read_bytes())
        (HOME / name).chmod(0o700)
    _sweep({folder.name, installed["folder"] if installed else ""})
    print(f"Terpasang. Lain kali dapat juga tanpa stik: pakai jalankan di folder {HOME}.")
    return now


def _refuse_unfit(stick: dict[str, Any]) -> None:
    """Raises CannotInstall for a Python or a machine that the stick has no wheels for."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if version not in stick["pythons"]:
        raise CannotInstall(
            f"Python {version} tidak cocok. Stik ini untuk Python {', '.join(stick['pythons'])}."
        )
    if struct.calcsize("P") != 8:
        raise CannotInstall(
            "Python di komputer ini 32-bit. Pasang Python 64-bit: lihat MULAI-DI-SINI.html."
        )
    platform = sysconfig.get_platform()
    if platform not in stick["platforms"]:
        raise CannotInstall(
            f"Stik ini tidak memuat program untuk {platform}, hanya untuk "
            f"{', '.join(stick['platforms'])}. Pada Windows ARM pasang Python 64-bit (AMD64)."
        )


def _refuse_damaged() -> None:
    """Raises CannotInstall naming the files that were not copied whole."""
    lines = (HERE / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = (line.split("  ", 1) for line in lines)
    wrong = [name for digest, name in sums if not _is_whole(HERE / name, digest)]
    if wrong:
        more = f" dan {len(wrong) - 5} berkas lain" if len(wrong) > 5 else ""
        raise CannotInstall(
            f"Isi stik tidak utuh: {', '.join(wrong[:5])}{more} rusak atau hilang. Salin ulang "
            "seluruh folder ke stik, lalu jalankan lagi."
        )


def _is_whole(path: Path, digest: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
    except OSError:
        return False


def _back_up(python: Path) -> None:
    """Have an installed program back its data up. Raises CannotInstall where it cannot.

    One that does not run any more is passed over.
    """
    if not (DATA / "quiz.sqlite").exists() or not _works(python):
        return
    print("Membuat cadangan sebelum versi baru dipasang.")
    if subprocess.run(_quiz(python, "db", "backup"), env=_environ(), check=False).returncode:
        raise CannotInstall(
            "Cadangan tidak jadi, jadi versi baru belum dipasang dan tidak ada yang berubah. "
            f"Bereskan sebab di atas, lalu ulangi. Versi lama: jalankan di folder {HOME}."
        )


def _fill(folder: Path) -> None:
    """Make ``folder`` an environment with the program in it. Raises CannotInstall."""
    try:
        import venv  # noqa: PLC0415  # Debian's Python may come without it
    except ImportError as error:
        raise CannotInstall(
            "Python di komputer ini tanpa modul venv. Di Debian dan Ubuntu: sudo apt install "
            "python3-venv"
        ) from error
    venv.create(folder, symlinks=os.name != "nt", with_pip=False)
    LOG.unlink(missing_ok=True)
    wheels = HERE / "wheels"
    (pip,) = wheels.glob("pip-*.whl")
    command = [
        *(_python(folder), "-I", pip / "pip", "--isolated", "install", "--quiet", "--no-input"),
        *("--no-index", "--find-links", wheels, "--require-hashes", "--only-binary=:all:"),
        *("--no-cache-dir", "--disable-pip-version-check", "--no-warn-script-location"),
        *("--log", LOG, "--requirement", HERE / "requirements.lock"),
    ]
    if subprocess.run(command, check=False).returncode:
        shutil.rmtree(folder, ignore_errors=True)
        raise CannotInstall(
            f"Pemasangan gagal; perinciannya di {LOG}. Bila disebut 'Permission denied' atau "
            "'Access is denied', antivirus mungkin menahan berkas: salin folder stik ini ke "
            "laptop, izinkan folder itu di antivirus, lalu jalankan dari sana."
        )


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    fresh = path.with_name(f".{path.name}.baru")
    fresh.write_bytes(content)
    fresh.replace(path)


def _sweep(stay: set[str]) -> None:
    """Remove programs of earlier days; a server may still run on the one before this."""
    for folder in PROGRAM.iterdir():
        with suppress(OSError):
            if folder.name not in stay and folder.stat().st_mtime < time.time() - DAY:
                shutil.rmtree(folder)


def _quiz(python: Path, *arguments: str) -> list[str]:
    return [str(python), "-I", "-m", "quiz", *arguments]


def _environ() -> dict[str, str]:
    return {"QUIZ_INSTANCE": str(DATA), **os.environ}


def _start(python: Path, arguments: list[str]) -> int:
    """Serve, or run another command of the program; its exit status."""
    environ = _environ()
    if not arguments or arguments[0].startswith("-"):
        browser = ["--browser"] if _has_desktop(environ) else []
        arguments = ["serve", *browser, *arguments]
        hosted = "HOST" in environ or any(each.startswith("--host") for each in arguments)
        if not hosted and _wants_phones():
            environ["HOST"] = "0.0.0.0"  # noqa: S104  # the hall's phones, as was asked for
    command = _quiz(python, *arguments)
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(python, command, environ)  # noqa: S606  # our own program
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program, which ends us
    return subprocess.call(command, env=environ)


def _has_desktop(environ: dict[str, str]) -> bool:
    """Whether a browser can be opened here."""
    return os.name == "nt" or not environ.keys().isdisjoint({"DISPLAY", "WAYLAND_DISPLAY"})


def _wants_phones() -> bool:
    """Whether whoever sits here opens the quiz to the room; no where nobody sits."""
    if not sys.stdin.isatty():
        return False
    print("\nDibuka juga untuk HP peserta di jaringan ruangan ini?")
    return input("Ketik y lalu Enter. Enter saja: hanya laptop ini. ").strip().lower() == "y"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
