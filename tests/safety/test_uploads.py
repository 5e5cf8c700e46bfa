"""Every door that takes a file, and files made to cost more than they weigh or to be another."""

import io
import re
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from quiz import MAX_UPLOAD
from quiz.models import ItemImport, RosterDraft
from tests.client import HouseClient
from tests.exchange.questions.word_files import typed_document
from tests.exchange.tables.workbooks import with_part, with_sheet_xml, workbook
from tests.reading import stored, texts

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"

ROSTER, ITEMS = "/kegiatan/LJN-482/peserta/unggah", "/soal/ambil"
EVENTS = "/kegiatan/muat-berkas"
DOORS = {
    ROSTER: "events/roster_upload/upload.html",
    ITEMS: "bank/imports/upload.html",
    EVENTS: "events/event_imports/upload.html",
}
"""The address of each, and its page."""

BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'
QUESTION = "1. Soal?", "A. satu", "B. dua", "C. tiga", "Kunci: B"
SHEET, WORDS = "xl/worksheets/sheet1.xml", "word/document.xml"
BLANKS = b" " * 60_000_000
PROGRAM, PAPER = b"MZ\x90\x00" + bytes(900), b"%PDF-1.7\n" + bytes(900)
PAGE = b"<!DOCTYPE html><script>1</script>"
EXPORT = f"<?xml version='1.0'?>{BOMB}<quiz>&c;</quiz>".encode()

HOSTILE: dict[str, tuple[str, str, str, bytes | Callable[[], bytes]]] = {
    "a bomb of a workbook": (
        ROSTER,
        "daftar.xlsx",
        "terlalu besar",
        lambda: with_part(workbook([("Nama", "Unit")]), SHEET, BLANKS),
    ),
    "entities in a workbook": (
        ROSTER,
        "daftar.xlsx",
        "DOCTYPE",
        lambda: with_sheet_xml("<sheetData>&c;</sheetData>", BOMB),
    ),
    "a program called a workbook": (ROSTER, "daftar.xlsx", "program Windows", PROGRAM),
    "a page called a table": (ROSTER, "daftar.csv", "halaman web", PAGE),
    "a bomb of a document": (
        ITEMS,
        "soal.docx",
        "terlalu besar",
        lambda: with_part(typed_document(*QUESTION), WORDS, BLANKS),
    ),
    "entities in a document": (
        ITEMS,
        "soal.docx",
        "DOCTYPE",
        lambda: with_part(typed_document(*QUESTION), WORDS, f"{BOMB}<a>&c;</a>".encode()),
    ),
    "entities in an export": (ITEMS, "soal.xml", "DOCTYPE", EXPORT),
    "a bomb of a sheet of items": (
        ITEMS,
        "soal.xlsx",
        "terlalu besar",
        lambda: with_part(workbook([("Soal", "Kunci")]), SHEET, BLANKS),
    ),
    "a bomb of an event file": (
        EVENTS,
        "kegiatan.zip",
        "daftar isinya rusak",
        lambda: with_part(workbook([("Nama", "Unit")]), "isi.json", BLANKS),
    ),
    "a workbook called an event file": (
        EVENTS,
        "kegiatan.zip",
        "bukan berkas kegiatan",
        lambda: workbook([("Nama", "Unit")]),
    ),
    "a paper called a document": (ITEMS, "soal.docx", "dokumen PDF", PAPER),
    "a program called a text": (ITEMS, "soal.txt", "program Windows", PROGRAM),
}
"""Which door is sent what, under which name, and a word of the refusal."""


class Counted(io.BytesIO):
    """Bytes of which it is known how many were asked for."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        part = super().read(size)
        self.taken += len(part)
        return part


@pytest.fixture
def browser(client_for, make, citra, dewi) -> Callable[[str], HouseClient]:
    """``browser(door)``: one in which whoever may upload there is logged in."""
    make.event(code="LJN-482")
    make.session.commit()
    people = {ROSTER: citra, ITEMS: dewi, EVENTS: citra}
    return lambda door: client_for(people[door])


def waiting(make) -> list[object]:
    return [*stored(make, RosterDraft), *stored(make, ItemImport)]


def test_every_page_that_takes_a_file_is_here() -> None:
    takes = re.compile(r"multipart/form-data|type=.file")

    pages = {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if takes.search(path.read_text(encoding="utf-8"))
    }

    assert pages == set(DOORS.values())


@pytest.mark.parametrize("door", DOORS)
def test_what_is_too_large_is_refused_unread(make, browser, door) -> None:
    sent = Counted(bytes(MAX_UPLOAD + 1))

    reply = browser(door).post(
        door,
        input_stream=sent,
        content_length=MAX_UPLOAD + 1,
        content_type="multipart/form-data; boundary=batas",
    )

    assert reply.status_code == 413
    assert sent.taken == 0
    assert waiting(make) == []


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_in_little_memory(make, browser, kind) -> None:
    door, name, word, made = HOSTILE[kind]
    client, blob = browser(door), made() if callable(made) else made
    page = client.get(door)
    token = client.csrf_token()

    tracemalloc.start()
    reply = client.post(door, data={"csrf_token": token, "file": (io.BytesIO(blob), name)})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (page.status_code, reply.status_code) == (200, 400)
    assert word in " ".join(texts(reply, "errors"))
    assert len(blob) < 200_000
    assert peak < 12_000_000
    assert waiting(make) == []
