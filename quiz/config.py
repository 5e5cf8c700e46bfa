"""Configuration: where things lie, and what the environment says. Wrong values stop the start."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent
CARD_KEY, SECRET_KEY = "kartu.key", "secret.key"
"""Files in the instance folder: what cards are derived from, what signs sessions."""


class ConfigError(Exception):
    """A setting that cannot be used; its text is a sentence for the operator."""


@dataclass(frozen=True)
class Settings:
    """Everything the environment decides. Build it with :func:`read_settings`.

    ``card_key_made`` says that there was no card key until now, which only a new folder explains.
    """

    instance: Path
    database_url: str
    secret_key: str
    card_key: bytes
    card_key_made: bool
    proxy_hops: int
    hall_url: str | None
    office_url: str | None
    staff_over_http: bool

    @property
    def addresses(self) -> list[str]:
        """Where people are told to go: the hall's address and the office's, as far as set."""
        return [url for url in (self.hall_url, self.office_url) if url]

    @property
    def known_hosts(self) -> set[str] | None:
        """Names that are answered, without port; None (any) until an address is configured."""
        names = [urlsplit(url).hostname or "" for url in self.addresses]
        bracketed = {f"[{name}]" if ":" in name else name for name in names}
        return bracketed | {"localhost", "127.0.0.1", "[::1]"} if names else None


def carried(name: str) -> Path:
    """The folder ``name`` (templates, questions): the wheel's if there, else the checkout's."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else CHECKOUT / name


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the ``QUIZ_*`` variables; make the instance folder and its keys when absent.

    Raises ConfigError with an Indonesian sentence for a value that cannot be used.
    """
    instance = _instance_folder(environ)
    card_key_made = not (instance / CARD_KEY).exists()
    return Settings(
        instance=instance,
        database_url=_database_url(environ, instance),
        secret_key=environ.get("QUIZ_SECRET_KEY") or _kept_key(instance / SECRET_KEY),
        card_key=bytes.fromhex(_kept_key(instance / CARD_KEY)),
        card_key_made=card_key_made,
        proxy_hops=_whole_number(environ, "QUIZ_PROXY_HOPS", largest=5),
        hall_url=_web_address(environ, "QUIZ_HALL_URL"),
        office_url=_web_address(environ, "QUIZ_OFFICE_URL"),
        staff_over_http=_switch(environ, "QUIZ_STAFF_OVER_HTTP"),
    )


def _instance_folder(environ: Mapping[str, str]) -> Path:
    beside = CHECKOUT if (CHECKOUT / "pyproject.toml").is_file() else Path.cwd()
    folder = Path(environ.get("QUIZ_INSTANCE") or beside / "instance").absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"QUIZ_INSTANCE: folder {folder} tidak dapat dibuat ({error.strerror}). "
            "Pilih folder yang boleh ditulis."
        ) from error
    return folder


def _database_url(environ: Mapping[str, str], instance: Path) -> str:
    url = environ.get("QUIZ_DATABASE_URL") or f"sqlite:///{instance / 'quiz.sqlite'}"
    try:
        backend = make_url(url).get_backend_name()
    except ArgumentError as error:
        raise ConfigError(
            "QUIZ_DATABASE_URL bukan alamat basis data. Contoh: "
            "postgresql://nama:sandi@localhost/kuis"
        ) from error
    if backend not in {"sqlite", "postgresql"}:
        raise ConfigError(
            f"QUIZ_DATABASE_URL: basis data {backend} tidak didukung. Pakai sqlite atau postgresql."
        )
    return url


def _kept_key(path: Path) -> str:
    """The key kept in ``path``, made (64 hex digits, readable by its owner only) when absent."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    except OSError as error:
        raise ConfigError(
            f"Berkas kunci {path} tidak dapat dibuat ({error.strerror}). "
            "Pastikan foldernya boleh ditulis."
        ) from error
    key = path.read_text(errors="replace").strip()
    if not is_key(key):
        raise ConfigError(
            f"Berkas kunci {path} rusak: isinya bukan bilangan heksadesimal 32 angka atau lebih. "
            "Pulihkan dari cadangan."
        )
    return key


def is_key(text: str) -> bool:
    """Whether ``text`` is a key as we keep them: hexadecimal digits, 16 bytes or more."""
    try:
        return len(bytes.fromhex(text)) >= 16
    except ValueError:
        return False


def _whole_number(environ: Mapping[str, str], name: str, largest: int) -> int:
    text = environ.get(name, "0") or "0"
    if not text.isdecimal() or int(text) > largest:
        raise ConfigError(f"{name} berisi {text!r}. Isi dengan bilangan 0 sampai {largest}.")
    return int(text)


def _web_address(environ: Mapping[str, str], name: str) -> str | None:
    text = environ.get(name, "").rstrip("/")
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise ConfigError(
            f"{name} berisi {text!r}. Isi dengan alamat tanpa jalur, misalnya "
            "http://192.168.8.2:8000."
        )
    return text


def _switch(environ: Mapping[str, str], name: str) -> bool:
    text = environ.get(name, "0") or "0"
    if text not in {"0", "1"}:
        raise ConfigError(f"{name} berisi {text!r}. Isi dengan 1 (ya) atau 0 (tidak).")
    return text == "1"
