"""Keys in the instance folder: what cards are derived from, what signs sessions."""

import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from quiz.codes import fingerprint
from quiz.config.refusing import ConfigError
from quiz.formats import why_id

CARD_KEY, SECRET_KEY = "kartu.key", "secret.key"
"""Their files."""

_FOREIGN_KEY = re.compile(r"kartu-([0-9a-f]{16})\.key")


def kept_key(path: Path) -> str:
    """The key kept in ``path``, made (64 hex digits, readable by its owner only) when absent."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_hex(32).encode())
    except FileExistsError:
        pass
    except OSError as error:
        raise ConfigError(
            f"Berkas kunci {path} tidak dapat dibuat ({why_id(error)}). "
            "Pastikan foldernya boleh ditulis."
        ) from error
    key = path.read_text(encoding="utf-8", errors="replace").strip()
    if not is_key(key):
        raise ConfigError(
            f"Berkas kunci {path} rusak: isinya bukan bilangan heksadesimal 32 angka atau lebih. "
            "Pulihkan dari cadangan."
        )
    return key


def foreign_key_file(print: str) -> str:
    """The name of the file in which the card key with this fingerprint is kept."""
    return f"kartu-{print}.key"


def foreign_print(name: str) -> str | None:
    """The fingerprint in the name of such a file; None for any other name."""
    found = _FOREIGN_KEY.fullmatch(name)
    return found[1] if found else None


def read_foreign_keys(folder: Path) -> dict[str, bytes]:
    """The card keys kept in ``folder`` that came with events, by fingerprint.

    A file that holds another key than its name says is none.
    """
    found = {}
    for path in sorted(folder.glob("kartu-*.key")):
        text = path.read_text(encoding="utf-8", errors="replace").strip()
        if is_key(text) and foreign_print(path.name) == fingerprint(bytes.fromhex(text)):
            found[fingerprint(bytes.fromhex(text))] = bytes.fromhex(text)
    return found


@contextmanager
def foreign_keys_kept(folder: Path, keys: Mapping[str, bytes]) -> Iterator[None]:
    """A stretch before which those of the keys that ``folder`` does not hold yet are kept there,
    for its owner's eyes. They go again where it fails."""
    made: list[Path] = []
    try:
        for print, key in keys.items():
            path = folder / foreign_key_file(print)
            if not path.exists():
                made.append(path)
                _write_durably(path, key.hex())
        yield
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise


def _write_durably(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def is_key(text: str) -> bool:
    """Whether ``text`` is a key as we keep them: hexadecimal digits, 16 bytes or more."""
    try:
        return len(bytes.fromhex(text)) >= 16
    except ValueError:
        return False
