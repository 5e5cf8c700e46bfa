"""What no item may hold, whichever reader found it: signs that its file was read wrongly.

A reader that meets a shape it does not know must not make an item of it in silence. An item with
such a fault cannot be taken; its file is to be mended.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from string import ascii_uppercase

from quiz.exchange.questions.emphasis import LEFT_OVER
from quiz.exchange.questions.imported import ImportedItem
from quiz.exchange.questions.typed.labels import KEY_AT_END, KEY_WORDS

LEAST_OPTIONS = 2
NO_OPTIONS = (
    "Opsi belum terbaca. Tulis tiap opsi di baris sendiri, diawali A. B. C. dan seterusnya."
)
EMPTY_STEM = "Pokok soal belum terbaca. Tulis pertanyaannya di belakang nomor soal."
_ONLY_PICTURE = (
    "Pokok soal kosong (hanya gambar). Tulis pertanyaannya dengan kata-kata, lalu unggah lagi."
)
_ALONE = re.compile(r"[\W_]{0,20}[(\[]?(?P<letter>[A-Za-z])\s?[.)\]]{1,2}(?=\s|[^\W\d_]{2}|$)")
_INITIALS = re.compile(r"[A-Z]\.\s?[A-Z]\.")
_WITHIN = re.compile(r"\s[(\[]?(?P<letter>[a-z])[.)\]]{1,2}\s(?=\S)")
_LABEL = re.compile(
    rf"[\W_]{{0,20}}(?:{KEY_WORDS})\s{{0,8}}[:=]"
    r"|[^\W\d_]{2,20}(?:\s[^\W\d_]{2,20}){0,3}\s{0,3}[:=]\s{0,3}[(\[]?[A-J][)\]]?\.?$",
    re.IGNORECASE,
)
_BRACES = re.compile(r"(?<!\\)\{\s{0,20}(?:[=~]|#{1,4}|%|T(?:RUE)?\s?\}|F(?:ALSE)?\s?\}|1:[A-Z])")
_PERCENT = re.compile(r"\s{0,8}%-?[0-9]{1,3}(?:[.,][0-9]{1,20})?%")
_SHOWN = 30
_TAIL = 80


def guarded(item: ImportedItem) -> ImportedItem:
    """The item with a fault for each sign that it was read wrongly, and then not to be taken.

    Kinds of question this house does not have are left as they are: they are not taken anyway.
    """
    if not item.type:
        return item
    found = tuple(_misreadings(item))
    return replace(item, faults=(*item.faults, *found), misread=bool(found))


def _misreadings(item: ImportedItem) -> Iterator[str]:
    if not item.stem.strip():
        yield _ONLY_PICTURE if any("Gambar" in lost for lost in item.lost) else EMPTY_STEM
    if not item.options:
        yield NO_OPTIONS
    elif len(item.options) < LEAST_OPTIONS:
        yield (
            f"Opsinya hanya satu, “{_short(item.options[0].text)}”, padahal paling sedikit dua "
            "opsi. Tulis tiap opsi di baris sendiri, diawali A. B. C. dan seterusnya."
        )
    yield from _strange("Pokok soal", item.stem, None, len(item.options))
    for place, option in enumerate(item.options):
        name = f"Opsi {ascii_uppercase[place % 26]}"
        if not option.text.strip():
            yield f"{name} kosong. Isi teksnya, atau hapus opsinya."
        yield from _strange(name, option.text, place, len(item.options))


def _strange(name: str, text: str, place: int | None, count: int) -> Iterator[str]:
    """What in a text of the item belongs to none; ``place`` is the option's, None for the stem."""
    if seen := _letter(text, place, count):
        yield (
            f"{name} masih memuat huruf opsi “{seen}”. Tulis tiap opsi di baris sendiri, atau "
            "ubah huruf itu menjadi (1), (2), (3) bila bukan opsi."
        )
    if seen := _label(text):
        yield (
            f"{name} masih memuat label kunci “{seen}”. Tulis kuncinya di baris sendiri di bawah "
            "opsi terakhir: “Kunci: B”."
        )
    if braces := _BRACES.search(text):
        yield (
            f"{name} masih memuat tempat jawaban “{_short(text[braces.start() :])}”. Satu soal "
            "hanya boleh mempunyai satu tempat jawaban {…}: pecah menjadi beberapa soal."
        )
    if weight := _PERCENT.match(text):
        yield (
            f"{name} masih memuat bobot “{weight[0].strip()}”. Tulis bobot tepat di belakang tanda "
            "~ atau =, misalnya ~%50%."
        )
    if markup := LEFT_OVER.search(text):
        yield (
            f"{name} masih memuat tanda format “{_short(text[markup.start() :])}”. Hapus tanda "
            "itu, lalu unggah lagi."
        )


def _letter(text: str, place: int | None, count: int) -> str:
    """The letter of an option within a text that should have none, with what follows it."""
    for line in text.split("\n"):
        alone = _ALONE.match(line)
        is_near = alone is not None and _ordinal(alone) <= max(count, LEAST_OPTIONS)
        if alone and is_near and not _INITIALS.match(line):
            return _short(line[alone.start("letter") :])
        for within in _WITHIN.finditer(line) if place is not None else ():
            if _ordinal(within) in {count, count + 1}:
                return _short(line[within.start() :].strip())
    return ""


def _ordinal(letter: "re.Match[str]") -> int:
    """The place of the option a letter would be, from 0."""
    return ord(letter["letter"].upper()) - ord("A")


def _label(text: str) -> str:
    for line in text.split("\n"):
        found = _LABEL.match(line) or KEY_AT_END.search(line, max(0, len(line) - _TAIL))
        if found is not None:
            return _short(line[found.start() :].strip())
    return ""


def _short(text: str) -> str:
    line = text.partition("\n")[0]
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
