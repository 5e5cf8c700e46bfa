"""``quiz serve``: what it prepares, whom it tells, and when it will not start."""

import dataclasses
import gc
import socket
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quiz import create_app
from quiz.actions.people.accounts import find_link
from quiz.cli import server, serving
from quiz.config.settings import Settings, read_settings
from quiz.models import OneTimeLink, User
from tests.cli.conftest import Run
from tests.client import HouseClient
from tests.factories import Make


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


def test_while_serving_a_collection_of_garbage_walks_past_the_program_itself() -> None:
    turn, often, whole = sys.getswitchinterval(), gc.get_threshold(), len(gc.get_objects())

    server.settle()
    walked = len(gc.get_objects())

    seldom = gc.get_threshold()
    gc.set_threshold(*often)
    gc.unfreeze()
    sys.setswitchinterval(turn)
    assert walked < whole / 10
    assert (seldom[:2], seldom[2] > often[2]) == (often[:2], True)
