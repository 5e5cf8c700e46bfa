"""An event file gives back what was written, and nothing else is taken for one."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.exchange.events.manifest import BadFile, Manifest
from quiz.exchange.events.reading import EventFile
from quiz.exchange.events.tables import TABLES
from quiz.exchange.events.writing import EventWriter

MADE = datetime(2026, 11, 29, 4, tzinfo=UTC)
EVENT = {"uid": "x" * 22, "code": "LJN-482", "title": "Sosialisasi"}


def written(rows: dict[str, list[dict[str, object]]], logs: int = 1) -> bytes:
    blob = io.BytesIO()
    with EventWriter(blob) as writer:
        for table in TABLES:
            writer.rows(table.name, rows.get(table.name, []))
        for number in range(logs):
            writer.log([{"digest": f"{number:064}"}], f"{number:064}", own=not number)
        writer.keys({"0" * 16: "ab" * 32})
        writer.close("0.1", MADE, EVENT)
    return blob.getvalue()


def topic(name: str) -> dict[str, object]:
    return {"code": name, "name": name, "description": "", "position": 1}


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))))
def test_rows_come_back_as_they_were_and_the_same_rows_give_the_same_bytes(names) -> None:
    rows = {"topic": [topic(name) for name in names]}
    blob = written(rows)

    with EventFile.of(io.BytesIO(blob)) as file:
        assert list(file.rows("topic")) == rows["topic"]
        assert file.manifest.counts["topic"] == len(names)
        assert file.keys == {"0" * 16: bytes.fromhex("ab" * 32)}
    assert written(rows) == blob


def refusal(blob: bytes) -> str:
    with pytest.raises(BadFile) as error, EventFile.of(io.BytesIO(blob)):
        pass
    return str(error.value)


WHOLE = written({"topic": [topic("makna"), topic("dasar")]})


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_one_changed_byte_is_noticed_or_says_nothing_else(place: int, change: int) -> None:
    """A zip has bytes that nobody reads (a date, an attribute); the rows are what they were."""
    blob = bytearray(WHOLE)
    blob[place] ^= change

    try:
        with EventFile.of(io.BytesIO(bytes(blob))) as file:
            assert [row["code"] for row in file.rows("topic")] == ["makna", "dasar"]
    except BadFile as error:
        assert str(error).endswith((".", ")."))


@pytest.mark.parametrize("length", [0, 1, 30, len(WHOLE) // 2, len(WHOLE) - 1])
def test_a_cut_file_is_none(length: int) -> None:
    assert "berkas" in refusal(WHOLE[:length]).lower()


def test_another_zip_is_none() -> None:
    blob = io.BytesIO()
    with zipfile.ZipFile(blob, "w") as other:
        other.writestr("isi.json", json.dumps({"database": "sqlite"}))

    assert "bukan berkas kegiatan" in refusal(blob.getvalue())
    assert "bukan berkas kegiatan" in refusal(b"nama;nip\nAni;1\n")


def repacked(change) -> bytes:  # type: ignore[no-untyped-def]
    """The file with parts changed by hand, its list of contents left as it was."""
    blob = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as old, zipfile.ZipFile(blob, "w") as new:
        parts = {name: old.read(name) for name in old.namelist()}
        for name, part in change(parts).items():
            new.writestr(name, part)
    return blob.getvalue()


def test_a_newer_format_says_what_to_install() -> None:
    def newer(parts: dict[str, bytes]) -> dict[str, bytes]:
        told = json.loads(parts["isi.json"])
        return parts | {"isi.json": json.dumps(told | {"format": 99}).encode()}

    assert "Pasang versi terbaru" in refusal(repacked(newer))


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts | {"tabel/topic.jsonl": parts["tabel/topic.jsonl"] + b"{}\n"},
        lambda parts: parts | {"tabel/topic.jsonl": b""},
        lambda parts: parts | {"lain.txt": b"x"},
        lambda parts: {name: part for name, part in parts.items() if name != "kunci.json"},
        lambda parts: parts | {"isi.json": parts["isi.json"].replace(b"LJN-482", b"LJN-483")},
        lambda parts: parts | {"isi.json": b"[" * 100_000},
        lambda parts: parts | {"isi.json": b'{"kind": "kegiatan", "format": 1}'},
    ],
)
def test_what_was_altered_is_not_read(change) -> None:
    words = refusal(repacked(change))

    assert "tidak utuh" in words or "bukan berkas kegiatan" in words


@pytest.mark.parametrize(
    "row", [{"code": "x"}, topic("x") | {"more": 1}, {"code": "\0", "name": "", "description": ""}]
)
def test_a_row_with_other_columns_or_text_no_database_holds_is_named(row) -> None:
    assert "baris 1" in refusal(written({"topic": [row]}))


def test_a_manifest_comes_back_whole() -> None:
    head, parts = "a" * 64, {"x": (3, "b" * 64)}
    manifest = Manifest("0.1", MADE, EVENT, {"topic": 2}, (head,), head, parts)

    assert Manifest.from_bytes(manifest.packed()) == manifest
