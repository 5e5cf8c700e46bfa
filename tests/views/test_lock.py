"""What takes long is done before the lock of all writers is taken: files read, texts compared."""

import io
from collections.abc import Callable

import pytest
from flask import Flask

from quiz.models import Event, User
from tests.client import HouseClient
from tests.exchange.tables.workbooks import workbook
from tests.factories import Make
from tests.lock import LOCK, slow_work_under_lock
from tests.reading import faults, root

ClientFor = Callable[..., HouseClient]

HEADS = ("Nama", "NIP", "Status", "Unit", "Jabatan")
ROSTER = workbook([HEADS, ("Ani Lestari", None, "PNS", "Puskesmas Rekaan", "Bidan")])
WRONG_ROSTER = workbook([HEADS, ("", None, "PNS", "Puskesmas Rekaan", "Bidan")])
QUESTIONS = """1. Apa arti netral bagi pegawai negeri?
A. Tidak berpihak
B. Tidak memilih
C. Ikut pimpinan
Kunci: A
"""


@pytest.fixture
def event(make: Make) -> Event:
    make.unit("Puskesmas Rekaan", "upt-kesehatan", code="PKM")
    return make.event(code="LJN-482")


@pytest.mark.parametrize("blob", [ROSTER, WRONG_ROSTER], ids=["right", "wrong"])
def test_a_roster_is_read_before(
    app: Flask, client_for: ClientFor, citra: User, event: Event, blob: bytes
) -> None:
    browser = client_for(citra)

    with slow_work_under_lock(app) as found:
        upload_roster(browser, blob)

    assert found == set()


def test_a_roster_is_planned_before_it_is_taken_over(
    app: Flask, client_for: ClientFor, citra: User, event: Event
) -> None:
    browser = client_for(citra)
    address = upload_roster(browser, ROSTER).location
    [basis] = [
        node.get("value")
        for node in root(browser.get(address)).iter("input")
        if node.get("name") == "basis"
    ]
    before = app.extensions[LOCK].taken

    with slow_work_under_lock(app) as found:
        reply = browser.post_form(address, {"basis": basis})

    assert reply.status_code == 303, faults(reply)
    assert app.extensions[LOCK].taken == before + 1
    assert found <= {"quiz/exchange/rosters/names.py"}, "the basis is computed once more"


def upload_roster(browser: HouseClient, blob: bytes):  # type: ignore[no-untyped-def]
    form = {"file": (io.BytesIO(blob), "peserta.xlsx")}
    return browser.post_form("/kegiatan/LJN-482/peserta/unggah", form)


@pytest.mark.parametrize("text", [QUESTIONS, "tanpa soal"], ids=["right", "wrong"])
def test_questions_are_read_before(
    app: Flask, client_for: ClientFor, dewi: User, text: str
) -> None:
    browser = client_for(dewi)

    with slow_work_under_lock(app) as found:
        browser.post_form("/soal/ambil", {"text": text})

    assert found == set()


@pytest.mark.parametrize("ticks", [{"ambil-1": "ya"}, {}], ids=["chosen", "nothing chosen"])
def test_questions_are_compared_before_they_land(
    app: Flask, client_for: ClientFor, dewi: User, ticks: dict[str, str]
) -> None:
    browser = client_for(dewi)
    address = browser.post_form("/soal/ambil", {"text": QUESTIONS}).location
    before = app.extensions[LOCK].taken

    with slow_work_under_lock(app) as found:
        browser.post_form(address, {"law_as_of": "2024-11-22", **ticks})

    assert found == set()
    assert app.extensions[LOCK].taken == before + len(ticks)
