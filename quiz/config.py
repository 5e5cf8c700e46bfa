"""Configuration: where things lie, and what the environment says. Wrong values stop the start.

Addresses are read here for the environment and for the settings page alike.
"""

import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.util import find_spec
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path, PurePath
from urllib.parse import SplitResult, urlsplit

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from quiz.codes import CardKeys, fingerprint
from quiz.formats import why_id

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent
CARD_KEY, SECRET_KEY = "kartu.key", "secret.key"
"""Files in the instance folder: what cards are derived from, what signs sessions."""

_FOREIGN_KEY = re.compile(r"kartu-([0-9a-f]{16})\.key")

VARIABLES = (
    *("QUIZ_INSTANCE", "QUIZ_DATABASE_URL", "QUIZ_SECRET_KEY", "QUIZ_PROXY_HOPS"),
    *("QUIZ_HALL_URL", "QUIZ_OFFICE_URL", "QUIZ_STAFF_OVER_HTTP"),
)
"""What the environment may say; a name nearly one of these is refused as a slip."""

SHORTEST_SECRET = 32

EXAMPLE = "http://192.168.8.2:8000"

LOOPBACK_HOSTS = {"localhost", "127.0.0.1", "[::1]"}
"""How the machine calls itself."""

LOCAL_NAME = "kuis.local"
"""What phones in the hall may type instead of its number."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
_PORT = re.compile(r":\d*$")
_NAME = re.compile(rf"(?=.{{1,253}}$){_LABEL}(\.{_LABEL})*")


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
        database_url=_database_url(environ, instance),
        secret_key=_secret_key(environ, instance),
        card_key=bytes.fromhex(_kept_key(instance / CARD_KEY)),
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
    return given or _kept_key(instance / SECRET_KEY)


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


def _database_url(environ: Mapping[str, str], instance: Path) -> str:
    url = environ.get("QUIZ_DATABASE_URL") or sqlite_url(instance / "quiz.sqlite")
    try:
        read = make_url(url)
        backend, _, driver = read.drivername.partition("+")
    except (ArgumentError, ValueError) as error:
        raise ConfigError(
            "QUIZ_DATABASE_URL bukan alamat basis data. Contoh: "
            "postgresql://nama:sandi@localhost/kuis"
        ) from error
    if backend not in {"sqlite", "postgresql"}:
        raise ConfigError(
            f"QUIZ_DATABASE_URL: basis data {backend} tidak didukung. Pakai sqlite atau postgresql."
        )
    if driver not in {"", "pysqlite", "psycopg"}:
        raise ConfigError(
            f"QUIZ_DATABASE_URL: penggerak {driver} tidak dipakai. Tulis {backend}:// saja."
        )
    wrong = _wrong_file(read.database) if backend == "sqlite" else _wrong_server(read.database)
    if wrong:
        raise ConfigError(f"QUIZ_DATABASE_URL: {wrong}")
    return url


def sqlite_url(file: PurePath) -> str:
    """The address of a database in ``file``, whatever its path holds: drive, space, %, ?."""
    return URL.create("sqlite", database=str(file)).render_as_string()


def _wrong_file(database: str | None) -> str | None:
    """Why SQLite's file of that name would keep nothing, or is another one each time."""
    if not database or database == ":memory:":
        return (
            "tanpa nama berkas semua isinya hilang saat server berhenti. Sebutkan berkasnya, "
            "misalnya sqlite:////var/lib/kuis/quiz.sqlite"
        )
    path = Path(database)
    if not path.is_absolute():
        return (
            f"jalur {database} tidak lengkap, jadi menunjuk berkas lain dari folder lain. Tulis "
            f"jalur lengkapnya, misalnya sqlite:///{path.absolute()}"
        )
    if path.is_dir():
        return (
            f"{path} folder, bukan berkas. Tambahkan nama berkas, misalnya {path / 'quiz.sqlite'}"
        )
    if not path.parent.is_dir():
        return f"folder {path.parent} tidak ada. Buat dulu foldernya, atau betulkan alamatnya."
    return None


def _wrong_server(database: str | None) -> str | None:
    if not database:
        return "nama basis datanya belum ada. Contoh: postgresql://nama:sandi@localhost/kuis"
    if find_spec("psycopg") is None:
        return (
            "penggerak PostgreSQL belum terpasang. Pasang: pip install "
            "'kuis-netralitas-asn[postgresql]'"
        )
    return None


def _kept_key(path: Path) -> str:
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


def read_address(text: str) -> str:
    """``text`` as scheme, host and port, lower case, without what browsers leave out.

    Raises ValueError with an Indonesian sentence for anything else.
    """
    text = text.strip()
    if re.search(r"[\s\x00-\x1f\x7f]", text):
        raise ValueError("Alamat tidak boleh memuat spasi.")
    if not re.match(r"https?://", text, re.IGNORECASE):
        raise ValueError(f"Awali alamat dengan http:// atau https://, misalnya {EXAMPLE}.")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ValueError(
            "Nomor port atau kurung pada alamat ini keliru. Port: bilangan 1 sampai 65535."
        ) from error
    if "@" in parts.netloc:
        raise ValueError("Alamat tidak boleh memuat nama pengguna atau kata sandi (sebelum @).")
    if port == 0:
        raise ValueError("Port harus bilangan 1 sampai 65535.")
    base = f"{parts.scheme}://{_host(parts)}"
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        base += f":{port}"
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(f"Alamat berhenti sesudah nama dan port. Tulis {base} saja.")
    return base


def host_of(address: str) -> str:
    """The host of an address as a browser names it, without port, IPv6 in brackets."""
    name = urlsplit(address).hostname or ""
    return f"[{name}]" if ":" in name else name


def host_in(header: str) -> str:
    """The name in a Host header: lower case, without port and final dot."""
    return _PORT.sub("", header).rstrip(".").lower()


def only_here(address: str) -> bool:
    """Whether only the machine itself can open this address."""
    host = host_of(address).strip("[]")
    literal = _literal(host)
    return literal.is_loopback if literal else host == "localhost" or host.endswith(".localhost")


def number_of(address: str) -> str | None:
    """The host of an address where it is an IP number; None for a name."""
    literal = _literal(host_of(address).strip("[]"))
    return str(literal) if literal else None


def _host(parts: SplitResult) -> str:
    """The host, checked; IPv6 in brackets."""
    name = (parts.hostname or "").rstrip(".")
    literal = _literal(name)
    if literal is None:
        numeric = name.rpartition(".")[2].isdigit()  # browsers take such a name for a number
        if numeric or not _NAME.fullmatch(name):
            raise ValueError(
                f"Nama atau nomor komputer pada alamat ini tidak dapat dibaca. Contoh: {EXAMPLE}."
            )
        return name
    if literal.is_unspecified:
        raise ValueError(
            f"{literal} berarti semua alamat komputer ini, bukan alamat yang dapat dibuka. Tulis "
            f"nomor komputer ini di jaringan, misalnya {EXAMPLE}."
        )
    return f"[{literal}]" if isinstance(literal, IPv6Address) else str(literal)


def _literal(name: str) -> IPv4Address | IPv6Address | None:
    """The number ``name`` is, if it is one without a zone."""
    try:
        return None if "%" in name else ip_address(name)
    except ValueError:
        return None
