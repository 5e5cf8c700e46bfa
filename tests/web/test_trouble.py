"""A machine that cannot save says so, to people, to phones and to whoever watches it."""

import logging
import shutil
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.test import TestResponse

from quiz.config.settings import Settings
from quiz.database.storage import Trouble
from quiz.models import Unit, User
from tests.client import HouseClient
from tests.factories import Make

ClientFor = Callable[..., HouseClient]


def spoil(make: Make, app: Flask, settings: Settings) -> None:
    """Write rubbish over everything but the first page, behind the server's back."""
    make.session.commit()
    make.session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    make.session.close()
    make.session.get_bind().dispose()  # type: ignore[union-attr]
    app.extensions["quiz.engine"].dispose()
    database = settings.instance / "quiz.sqlite"
    blob = database.read_bytes()
    database.write_bytes(blob[:4096] + b"\xfe" * (len(blob) - 4096))


def no_more_pages(connection, _record=None) -> None:  # type: ignore[no-untyped-def]
    connection.execute("PRAGMA max_page_count=1")  # SQLite takes as many as there are


def test_a_machine_that_is_well_says_so(client: HouseClient) -> None:
    reply = client.get("/sehat")

    assert (reply.status_code, sorted(reply.json)) == (200, ["status", "time"])


def test_health_tells_of_damage_and_staff_what_to_do(
    app: Flask,
    make: Make,
    client: HouseClient,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    spoil(make, app, settings)

    with caplog.at_level(logging.ERROR):
        reply = client.get("/sehat", crash=True)

    assert (reply.status_code, reply.json["error"]) == (503, "server")
    assert int(reply.headers["Retry-After"]) > 0
    assert app.extensions["quiz.notices"] == [Trouble.DAMAGED.value]
    [line] = [each for each in caplog.records if each.name == "quiz.web.errors"]
    assert (line.exc_info, "quiz db repair" in line.getMessage()) == (None, True)


def test_phones_keep_what_a_damaged_server_cannot(
    app: Flask, make: Make, client_for: ClientFor, settings: Settings
) -> None:
    attempt = make.attempt(make.sitting())
    make.session.commit()
    phone, uid = client_for(attempt.enrolment), attempt.uid
    phone.csrf_token()
    spoil(make, app, settings)

    reply = phone.send_json(f"/kuis/{uid}/jawaban/1", {"chosen": [], "revision": 1}, crash=True)

    assert (reply.status_code, reply.json["error"]) == (503, "server")
    assert "Jawaban aman di HP ini" in reply.json["message"]


def test_a_page_on_a_damaged_file_says_what_is_safe_and_what_to_do(
    app: Flask, make: Make, client_for: ClientFor, citra: User, settings: Settings
) -> None:
    browser = client_for(citra)
    spoil(make, app, settings)

    reply = browser.get("/unit", crash=True)

    assert reply.status_code == 503
    assert "Server sedang tidak dapat menyimpan" in reply.text
    assert "quiz db repair" in reply.text


def test_on_a_full_disk_a_page_says_so_and_works_again_when_there_is_room(
    app: Flask, make: Make, client_for: ClientFor, citra: User
) -> None:
    browser, kind, engine = (
        client_for(citra),
        make.kind("upt-teknis").id,
        app.extensions["quiz.engine"],
    )
    make.session.commit()

    def add(number: int) -> TestResponse:
        unit = {"name": f"UPT Rekaan {number}", "code": f"UPT-{number}", "kind": kind}
        return browser.post_form("/unit/tambah", unit, crash=True)

    event.listen(engine, "connect", no_more_pages)
    engine.dispose()
    replies = [add(number) for number in range(60)]
    event.remove(engine, "connect", no_more_pages)
    engine.dispose()

    refused = [reply for reply in replies if reply.status_code == 503]
    assert refused
    assert all("Cakram penuh" in reply.text for reply in refused)
    assert len(refused) + len([reply for reply in replies if reply.status_code == 303]) == 60
    assert add(60).status_code == 303
    assert count_units(make) == 61 - len(refused)
    assert app.extensions.get("quiz.notices", []) == []


def count_units(make: Make) -> int:
    make.session.rollback()
    return make.session.query(Unit).filter(Unit.name.startswith("UPT Rekaan")).count()


def test_a_disk_without_room_is_no_good_health(
    client: HouseClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(9, 9, 9))

    reply = client.get("/sehat", crash=True)

    assert (reply.status_code, reply.json["message"]) == (503, Trouble.FULL.value)
