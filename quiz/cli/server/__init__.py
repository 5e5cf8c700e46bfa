"""Serving: what happens between ``make run`` and the first page.

Migrate, load the questions, offer the first admin an address, say where phones find the quiz, and
hand the rest to connections.py: one process, sixteen threads, none ever waiting for a slow phone.
"""

import errno
import gc
import io
import signal
import socket
import sys
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import NoReturn

import segno
from flask import Flask
from sqlalchemy.orm import Session

from quiz.actions.bank.loading import load_questions
from quiz.actions.people.accounts import make_link
from quiz.assessment.question_file import FolderFaults
from quiz.cli.opening import cut_off_words, require_key, require_schema, settings
from quiz.cli.server import players, timer
from quiz.cli.server.connections import server_on
from quiz.cli.server.doorways import front_door
from quiz.config.settings import Settings
from quiz.database import db
from quiz.database.anchor import end_of_log, keep_anchor, read_anchor
from quiz.database.folder import database_shared, make_private, shared
from quiz.database.keeping import bring_up_to_date
from quiz.database.storage import Trouble
from quiz.database.tools import damaged
from quiz.queries.bank.items import bank_is_empty
from quiz.queries.people.entering import admin_exists

BACKLOG = 1024

FRONT = 80
"""The port of an address without one."""

TURN = 0.0002
"""Seconds one thread may compute while others wait: a save takes many turns, a page few."""

SELDOM = 100
"""Collections of what is no longer young, to one of everything; Python's own measure is 10."""


class CannotServe(Exception):
    """Serving is impossible; the text is a sentence saying why and how to mend it."""


def prepare(app: Flask, questions: Path, now: datetime) -> list[str]:
    """Migrate the database, after a backup, and load the questions; sentences for the operator.

    A folder with faults loads nothing and leaves the bank as it is, which staff are told on their
    pages too. Raises CannotServe when that leaves no item at all.
    """
    said = []
    folder: Path = app.extensions["quiz.folder"]
    with app.app_context():
        _refuse_damage()
        if bring_up_to_date(settings(), db.engine, now):
            said.append("Skema basis data diperbarui.")
        require_schema()
        require_key()
        make_private(folder)
        for sentence in cut_off_words():
            said.append(f"Perhatian: {sentence}. Periksa: quiz db repair")
            _notice(app, said[-1])
        _begin_anchor(folder)
        try:
            with db.writing() as session:
                loaded = load_questions(session, questions, now)
            if loaded is not None:
                said.append(f"Soal dimuat: {loaded}.")
        except FolderFaults as error:
            said += [*(str(fault) for fault in error.faults), _tell_staff(app, error)]
            with db.reading() as session:
                if bank_is_empty(session):
                    raise CannotServe("\n".join([*said, EMPTY_BANK])) from error
    return said


def _refuse_damage() -> None:
    """A damaged file is found before a hall relies on it, and grows no worse by being served."""
    found = damaged(db.engine)
    if found:
        raise CannotServe(f"{Trouble.DAMAGED.value} ({found})")


def _notice(app: Flask, sentence: str) -> None:
    """Say it on every page of staff."""
    app.extensions.setdefault("quiz.notices", []).append(sentence)


def _begin_anchor(folder: Path) -> None:
    """A folder from before the audit log had an anchor gets one now."""
    if read_anchor(folder) is None:
        with db.reading() as session:
            keep_anchor(folder, end_of_log(session))


EMPTY_BANK = (
    "Bank soal masih kosong, jadi tidak ada kuis yang dapat dijalankan. Perbaiki berkas di folder "
    "questions, lalu jalankan lagi."
)


def _tell_staff(app: Flask, error: FolderFaults) -> str:
    notice = (
        f"Berkas soal mengandung {len(error.faults)} kesalahan, jadi tidak dimuat; bank memakai "
        "isi yang sudah ada. Perincian: quiz questions check"
    )
    _notice(app, notice)
    return notice


def first_admin_token(session: Session, now: datetime) -> str | None:
    """The token of a one-time address for the first admin; None when there is an admin."""
    return None if admin_exists(session) else make_link(session, None, now)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server on ``host``."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def hall_address(settings: Settings, host: str, port: int) -> str:
    """The address phones open: the hall's if set, else this machine's own on its network."""
    if settings.hall_url:
        return settings.hall_url
    anywhere = host in {"0.0.0.0", "::"}  # noqa: S104  # compared with, not bound to
    return f"http://{_bracketed(_own_address() if anywhere else host)}:{port}"


def _own_address() -> str:
    """This machine's address on the network it would use; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return socket.gethostname()
        return str(probe.getsockname()[0])


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def announcement(
    settings: Settings, host: str, port: int, token: str | None, typed: str | None = None
) -> str:
    """Where the quiz is found, the first admin's address, and for a hall the QR code.

    ``typed`` is the name announced beside the address.
    """
    here = f"http://127.0.0.1:{port}"
    lines = []
    if is_loopback(host):
        lines.append(f"Kuis siap di {here} (hanya dari komputer ini).")
    else:
        hall = hall_address(settings, host, port)
        lines += [f"Kuis siap. Alamat untuk peserta: {hall}", "", _qr(hall)]
        if typed:
            lines.append(f"HP yang mengenal nama dapat mengetik http://{typed} sebagai gantinya.")
        lines.append(f"Petugas masuk dari komputer ini: {front_page(port, None)}")
    if token:
        first = front_page(port, token)
        lines.append(f"Admin pertama menetapkan kata sandinya, sekali saja, di {first}")
    return "\n".join(lines)


def front_page(port: int, token: str | None) -> str:
    """The page to begin with on this machine: the first admin's, or the staff's entrance."""
    return f"http://127.0.0.1:{port}/{f'awal/{token}' if token else 'masuk/petugas'}"


def _qr(address: str) -> str:
    """``address`` in blocks; nothing where what is written to has no such signs."""
    drawn = io.StringIO()
    segno.make(address, error="m", micro=False).terminal(drawn, border=2, compact=True)
    blocks = drawn.getvalue()
    try:
        blocks.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return ""
    return blocks


def listen(host: str, port: int) -> socket.socket:
    """The socket to serve on. Raises CannotServe when it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host.strip("[]"), port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise CannotServe(_why_not(error, host, port)) from error


def listen_in_front(host: str, port: int, front: int = FRONT) -> socket.socket | None:
    """A socket on the port browsers leave out, beside ``port``; None where it cannot be had."""
    try:
        return None if port == front else listen(host, front)
    except CannotServe:
        return None


def run(app: Flask, listening: socket.socket, front: socket.socket | None = None) -> None:
    """Serve until the process is told to end, holding the folder so that nobody replaces it.

    Whoever comes to ``front`` is sent on to where phones work.
    """
    signal.signal(signal.SIGTERM, _leave)
    settle()
    with shared(app.extensions["quiz.folder"]), database_shared(app.extensions["quiz.engine"]):
        timer.start(app)
        players.start(app)
        house = server_on(listening, app)
        if front is not None:
            server_on(front, front_door(app, listening.getsockname()[1]), house)
        house.run()


def settle() -> None:
    """Let threads take short turns, and set the program itself apart from what is garbage.

    A full collection stops every thread while it walks all that lives: with the program among it a
    tenth of a second, ten times what a save takes. A report of thousands brought several on; they
    come a tenth as often, the small ones as before.
    """
    sys.setswitchinterval(TURN)
    gc.set_threshold(*gc.get_threshold()[:2], SELDOM)
    gc.collect()
    gc.freeze()


def _leave(*_signal: object) -> NoReturn:
    sys.exit(0)


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} sedang dipakai program lain; mungkin kuis sudah berjalan di jendela "
            f"lain. Pilih port lain: quiz serve --port {port + 1} (make run PORT={port + 1})"
        )
    if error.errno == errno.EACCES:
        return (
            f"Port {port} tidak boleh dibuka. Pakai port lain di atas 1024, misalnya "
            "quiz serve --port 8080 (make run PORT=8080)."
        )
    return f"Alamat {host} port {port} tidak dapat dibuka: {error.strerror}."
