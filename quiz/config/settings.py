"""Where things lie, and what the environment says."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from quiz.codes import CardKeys
from quiz.config.addresses import read_address
from quiz.config.databases import database_url
from quiz.config.keys import CARD_KEY, SECRET_KEY, kept_key, read_foreign_keys
from quiz.config.refusing import ConfigError
from quiz.formats import why_id

PACKAGE = Path(__file__).resolve().parents[1]
CHECKOUT = PACKAGE.parent

VARIABLES = (
    *("QUIZ_INSTANCE", "QUIZ_DATABASE_URL", "QUIZ_SECRET_KEY", "QUIZ_PROXY_HOPS"),
    *("QUIZ_HALL_URL", "QUIZ_OFFICE_URL", "QUIZ_STAFF_OVER_HTTP"),
)
"""What the environment may say; a name nearly one of these is refused as a slip."""

SHORTEST_SECRET = 32


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
    def card_keys(self) -> CardKeys:
        """The own card key and those that came with events, as they lie in the folder now."""
        return CardKeys(self.card_key, read_foreign_keys(self.instance))

    @property
    def fixed(self) -> dict[str, str]:
        """What the environment decides in place of the settings page, by the page's fields."""
        given = {"hall_url": self.hall_url, "office_url": self.office_url}
        return {name: url for name, url in given.items() if url}


def carried(name: str) -> Path:
    """The folder ``name`` (templates, questions): the wheel's if there, else the checkout's."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else CHECKOUT / name


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the ``QUIZ_*`` variables; make the instance folder and its keys when absent.

    Raises ConfigError with an Indonesian sentence for a value that cannot be used.
    """
    _refuse_slips(environ)
    instance = _instance_folder(environ)
    card_key_made = not (instance / CARD_KEY).exists()
    return Settings(
        instance=instance,
        database_url=database_url(environ, instance),
        secret_key=_secret_key(environ, instance),
        card_key=bytes.fromhex(kept_key(instance / CARD_KEY)),
        card_key_made=card_key_made,
        proxy_hops=_whole_number(environ, "QUIZ_PROXY_HOPS", largest=5),
        hall_url=_web_address(environ, "QUIZ_HALL_URL"),
        office_url=_web_address(environ, "QUIZ_OFFICE_URL"),
        staff_over_http=_switch(environ, "QUIZ_STAFF_OVER_HTTP"),
    )


def _refuse_slips(environ: Mapping[str, str]) -> None:
    """A variable misspelt is one not set, and what is saved would land elsewhere."""
    for name in environ:
        if name.startswith("QUIZ_") and name not in VARIABLES:
            near = get_close_matches(name, VARIABLES, n=1, cutoff=0.8)
            if near:
                raise ConfigError(f"{name} tidak dikenal. Maksud Anda {near[0]}?")


def _secret_key(environ: Mapping[str, str], instance: Path) -> str:
    given = environ.get("QUIZ_SECRET_KEY")
    if given and len(given) < SHORTEST_SECRET:
        raise ConfigError(
            f"QUIZ_SECRET_KEY hanya {len(given)} karakter, jadi sesi dapat dipalsukan. Isi paling "
            f"sedikit {SHORTEST_SECRET} karakter acak, atau kosongkan agar dibuatkan."
        )
    return given or kept_key(instance / SECRET_KEY)


def _instance_folder(environ: Mapping[str, str]) -> Path:
    beside = CHECKOUT if (CHECKOUT / "pyproject.toml").is_file() else Path.cwd()
    folder = Path(environ.get("QUIZ_INSTANCE") or beside / "instance").absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"QUIZ_INSTANCE: folder {folder} tidak dapat dibuat ({why_id(error)}). "
            "Pilih folder yang boleh ditulis."
        ) from error
    return folder


def _whole_number(environ: Mapping[str, str], name: str, largest: int) -> int:
    text = environ.get(name, "0") or "0"
    if not text.isdecimal() or int(text) > largest:
        raise ConfigError(f"{name} berisi {text!r}. Isi dengan bilangan 0 sampai {largest}.")
    return int(text)


def _web_address(environ: Mapping[str, str], name: str) -> str | None:
    text = environ.get(name, "")
    if not text:
        return None
    try:
        return read_address(text)
    except ValueError as error:
        raise ConfigError(f"{name} berisi {text!r}. {error}") from error


def _switch(environ: Mapping[str, str], name: str) -> bool:
    text = environ.get(name, "0") or "0"
    if text not in {"0", "1"}:
        raise ConfigError(f"{name} berisi {text!r}. Isi dengan 1 (ya) atau 0 (tidak).")
    return text == "1"
