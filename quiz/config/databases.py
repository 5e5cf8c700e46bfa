"""The address of the database: SQLite's file in the instance folder, or what is given instead."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path, PurePath

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from quiz.config.refusing import ConfigError


def database_url(environ: Mapping[str, str], instance: Path) -> str:
    """The address of the database; raises ConfigError for one that cannot be used."""
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
