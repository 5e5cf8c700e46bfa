"""``quiz serve``."""

import logging
import os
import re
import socket
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime

import click
from flask import Flask

from quiz import create_app
from quiz.cli import server as serving
from quiz.cli.server.doorways import ByName
from quiz.cli.server.naming import NoName, address_to_announce, announced
from quiz.cli.server.timer import erase
from quiz.cli.words import Command, Refusal
from quiz.config.addresses import LOCAL_NAME
from quiz.config.settings import carried, read_settings
from quiz.database import db
from quiz.database.backup import CannotBackUp
from quiz.database.clearing import NotCleared
from quiz.queries.people.settings import is_demo
from quiz.web.assets import make_bundles
from quiz.web.keys import office

OPEN_DEMO = (
    "Basis data ini berisi peragaan, dan kata sandi akunnya diketahui umum. Di jaringan hanya "
    "dibuka dengan DEMO_OPEN=1."
)


class LogLines(logging.Formatter):
    """A record whose first line alone begins at the margin: no text in it can pass for another.

    Control characters, which a terminal would obey, are written as their codes.
    """

    def format(self, record: logging.LogRecord) -> str:
        lines = (CONTROLS.sub(_code, line) for line in super().format(record).splitlines())
        return "\n    ".join(lines)


CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _code(found: re.Match[str]) -> str:
    return found.group().encode("unicode_escape").decode()


@click.command(cls=Command)
@click.option(
    "--host",
    envvar="HOST",
    default="127.0.0.1",
    metavar="ALAMAT",
    help="Alamat yang didengarkan; 0.0.0.0 untuk jaringan aula. [bawaan: HOST atau 127.0.0.1]",
)
@click.option(
    "--port",
    envvar="PORT",
    default=8000,
    type=click.IntRange(1, 65535),
    metavar="ANGKA",
    help="Port. [bawaan: PORT atau 8000]",
)
@click.option("--browser", is_flag=True, help="Bukakan juga halaman pertamanya di peramban.")
def serve(host: str, port: int, browser: bool) -> None:
    """Siapkan basis data, muat soal, lalu layani kuis."""
    now = datetime.now(UTC)
    to_stderr = logging.StreamHandler()
    to_stderr.setFormatter(LogLines("%(asctime)s %(message)s", "%Y-%m-%d %H:%M:%S%z"))
    logging.basicConfig(level=logging.INFO, handlers=[to_stderr])
    for quiet in ("alembic", "waitress.queue"):
        logging.getLogger(quiet).setLevel(logging.ERROR)
    settings = read_settings()
    app = create_app(settings)
    make_bundles()
    try:
        for sentence in serving.prepare(app, carried("questions"), now):
            click.echo(sentence)
        _refuse_open_demo(app, host)
        _erase_beforehand(app, now)
        with app.app_context(), db.writing() as session:
            token = serving.first_admin_token(session, now)
        if not serving.is_loopback(host):
            found = serving.hall_address(replace(settings, hall_url=None), host, port)
            app.extensions["quiz.hall_address"] = found
        with app.app_context():
            settings = replace(settings, hall_url=office().hall_url or None)
        with serving.listen(host, port) as listening, ExitStack() as beside:
            front = None if serving.is_loopback(host) else serving.listen_in_front(host, port)
            if front:
                beside.enter_context(front)
            typed = _name_it(app, beside, port, front)
            click.echo(serving.announcement(settings, host, port, token, typed))
            if browser:
                click.launch(serving.front_page(port, token))
            serving.run(app, listening, front)
    except serving.CannotServe as error:
        raise Refusal(str(error)) from error


def _erase_beforehand(app: Flask, now: datetime) -> None:
    """Erase whose time has come before anything is served, as after the restore of an old backup.

    What is left to do after the rows are gone, the timer does.
    """
    try:
        erase(app, now)
    except (CannotBackUp, NotCleared) as error:
        click.echo(f"Penghapusan data peserta belum selesai, diulangi nanti: {error}")


def _name_it(app: Flask, beside: ExitStack, port: int, front: socket.socket | None) -> str | None:
    """Announce the name as long as ``beside`` lasts; how it is typed. None where that fails."""
    found = app.extensions.get("quiz.hall_address")
    if found is None:
        return None
    reached = serving.FRONT if front else port
    try:
        beside.enter_context(announced(address_to_announce(found), reached))
    except NoName as error:
        click.echo(f"Nama {LOCAL_NAME} tidak diumumkan karena {error}. Pakai alamat angka.")
        return None
    typed = LOCAL_NAME if reached == serving.FRONT else f"{LOCAL_NAME}:{port}"
    app.extensions["quiz.typed"] = typed
    app.wsgi_app = ByName(app)  # type: ignore[method-assign]
    return typed


def _refuse_open_demo(app: Flask, host: str) -> None:
    with app.app_context(), db.reading() as session:
        demo = is_demo(session)
    if demo and not serving.is_loopback(host) and os.environ.get("DEMO_OPEN") != "1":
        raise Refusal(OPEN_DEMO)
