"""What the environment says wrongly is refused at the start, with what to write instead."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from quiz.config.refusing import ConfigError
from quiz.config.settings import read_settings

WRONG = [
    ({"QUIZ_DATABASE_URL": "bukan alamat"}, "bukan alamat basis data"),
    ({"QUIZ_DATABASE_URL": "postgresql://kuis@localhost:port/kuis"}, "bukan alamat basis data"),
    ({"QUIZ_DATABASE_URL": "mysql://localhost/kuis"}, "basis data mysql tidak didukung"),
    ({"QUIZ_DATABASE_URL": "postgres://localhost/kuis"}, "basis data postgres tidak didukung"),
    ({"QUIZ_DATABASE_URL": "sqlite://"}, "semua isinya hilang"),
    ({"QUIZ_DATABASE_URL": "sqlite:///:memory:"}, "semua isinya hilang"),
    ({"QUIZ_DATABASE_URL": "sqlite:///kuis.sqlite"}, "jalur kuis.sqlite tidak lengkap"),
    ({"QUIZ_DATABASE_URL": "sqlite:////tidak/ada/kuis.sqlite"}, "folder /tidak/ada tidak ada"),
    ({"QUIZ_DATABASE_URL": "sqlite+aiosqlite:////a/b"}, "Tulis sqlite:// saja"),
    ({"QUIZ_DATABASE_URL": "postgresql+asyncpg://localhost/kuis"}, "Tulis postgresql:// saja"),
    ({"QUIZ_DATABASE_URL": "postgresql://localhost"}, "nama basis datanya belum ada"),
    ({"QUIZ_DATABSE_URL": "postgresql://localhost/kuis"}, "Maksud Anda QUIZ_DATABASE_URL?"),
    ({"QUIZ_INSTANCES": "/data"}, "Maksud Anda QUIZ_INSTANCE?"),
    ({"QUIZ_PROXY_HOP": "1"}, "Maksud Anda QUIZ_PROXY_HOPS?"),
    ({"QUIZ_SECRET_KEY": "rahasia"}, "QUIZ_SECRET_KEY hanya 7 karakter"),
    ({"QUIZ_PROXY_HOPS": "satu"}, "QUIZ_PROXY_HOPS berisi 'satu'"),
    ({"QUIZ_PROXY_HOPS": "-1"}, "QUIZ_PROXY_HOPS berisi '-1'"),
    ({"QUIZ_PROXY_HOPS": "6"}, "bilangan 0 sampai 5"),
    ({"QUIZ_HALL_URL": "192.168.8.2"}, "QUIZ_HALL_URL berisi '192.168.8.2'"),
    ({"QUIZ_OFFICE_URL": "https://kantor.go.id/kuis"}, "QUIZ_OFFICE_URL berisi"),
    ({"QUIZ_STAFF_OVER_HTTP": "ya"}, "QUIZ_STAFF_OVER_HTTP berisi 'ya'"),
]


@pytest.mark.parametrize(("environ", "sentence"), WRONG)
def test_what_cannot_be_meant_is_refused(
    tmp_path: Path, environ: Mapping[str, str], sentence: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        read_settings({"QUIZ_INSTANCE": str(tmp_path)} | environ)

    assert sentence in str(refused.value)


def test_a_folder_for_a_database_is_told_from_its_file(tmp_path: Path) -> None:
    environ = {"QUIZ_INSTANCE": str(tmp_path), "QUIZ_DATABASE_URL": f"sqlite:///{tmp_path}"}

    with pytest.raises(ConfigError, match="folder, bukan berkas"):
        read_settings(environ)


@pytest.mark.parametrize("name", ["folder", "folder/di/dalamnya"])
def test_a_file_is_no_data_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").write_text("sebuah berkas")

    with pytest.raises(ConfigError, match=r"tidak dapat dibuat .*(sudah ada|bukan folder)"):
        read_settings({"QUIZ_INSTANCE": str(tmp_path / name)})


@pytest.mark.parametrize("name", ["kartu.key", "secret.key"])
@pytest.mark.parametrize("content", ["", "pendek", "zz" * 32])
def test_a_key_that_is_none_is_never_used(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)

    with pytest.raises(ConfigError, match=f"{name} rusak"):
        read_settings({"QUIZ_INSTANCE": str(tmp_path)})


def test_variables_of_others_are_left_alone(tmp_path: Path) -> None:
    others = {"QUIZ_PICTURES": "docs/gambar", "QUIZZES": "3", "PORT": "8000"}

    assert read_settings({"QUIZ_INSTANCE": str(tmp_path)} | others).instance == tmp_path


def test_a_database_that_is_named_rightly_is_taken(tmp_path: Path) -> None:
    for url in (f"sqlite:///{tmp_path}/kuis.sqlite", "postgresql+psycopg://u:s@h:5432/kuis"):
        environ = {"QUIZ_INSTANCE": str(tmp_path), "QUIZ_DATABASE_URL": url}
        assert read_settings(environ).database_url == url
