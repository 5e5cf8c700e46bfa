"""Lines between questions: titles of parts, instructions, page furniture, and passages to read."""

import re
from dataclasses import dataclass

_TITLE = re.compile(
    r"(?:(?:bagian|bab|section|part|sesi)\s+)?(?:(?:[A-Z]|[IVX]{1,5}|[0-9]{1,2})\s?[.):]\s{0,8}"
    r"|[IVX]{1,5}\s+)?(?:soal(?:-soal)?\s+)?(?:bentuk\s+)?(?:pilihan\s+(?:ganda|tunggal)"
    r"|benar\s{0,2}[-/]?\s{0,2}(?:atau\s+|dan\s+)?salah|b\s?[-/]\s?s|isian|esai|essay|uraian"
    r"|menjodohkan|jawaban\s+singkat|multiple\s+choice|true\s?(?:/|or)\s?false|petunjuk|identitas"
    r"|soal|pre-?test|post-?test|kisi-kisi)(?:\s+(?:kompleks|biasa|singkat|sederhana|tunggal|bebas"
    r"|soal|umum|khusus|pengerjaan|peserta)){0,4}\s{0,4}(?:\([^()]{0,60}\))?\s{0,4}[:.]?$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:bagian|section|part)\s+(?:[A-Z]|[IVX]{1,5}|[0-9]{1,2}|pertama|kedua|ketiga|keempat)"
    r"(?:$|[\s.:–-].{0,80}$)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"selamat\s+(?:mengerjakan|bekerja|ujian)|terima\s?kasih|sekian\b|(?:halaman|hal\.?|page)\s?"
    r"[0-9]{1,4}(?:\s?(?:dari|of|/)\s?[0-9]{1,4})?$",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-–—=*~#]{3,}$")
_INSTRUCTION = re.compile(
    r"(?:[A-Z]|[IVX]{1,5})?\s?[.):]?\s{0,8}(?:ber(?:i|ilah)|pilih(?:lah)?|jawab(?:lah)?"
    r"|kerjakan(?:lah)?|silang(?:i|lah)?|lingkari(?:lah)?|jodohkan(?:lah)?|isi(?:lah)?|tulis(?:lah)?"
    r"|waktu|nama|nip|tanggal|mata\s+\w+|unit|jabatan|petunjuk|dilarang|periksa(?:lah)?)\b",
    re.IGNORECASE,
)
_PASSAGE = re.compile(
    r"(?:bacaan|wacana|teks|ilustrasi|(?:studi\s+)?kasus|skenario|narasi|stimulus|cerita|informasi"
    r"|baca(?:lah)?|simak(?:lah)?|cermati(?:lah)?|perhatikan(?:lah)?|untuk\s+(?:menjawab\s+)?"
    r"(?:soal|pertanyaan|nomor)|soal\s+(?:nomor\s+|no\.?\s?)?[0-9]{1,3}\s?(?:dan|[-–]|s\.?d))\b",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?:nomor|no\.?|soal|pertanyaan)\s?([0-9]{1,3})\s?(?:,|&|dan|[-–]|s\s?[./]\s?d\.?|sampai"
    r"(?:\s+dengan)?|hingga)\s?(?:(?:nomor|no\.?)\s?)?([0-9]{1,3})",
    re.IGNORECASE,
)
_LEAST_WORDS = 4
_MOST_SHARING = 50
_SHOWN = 60


def is_title(text: str) -> bool:
    """Whether a line is the title of a part, or furniture of the page."""
    return any(each.match(text) for each in (_TITLE, _PART, _FURNITURE))


def is_rule(text: str) -> bool:
    """Whether a line is drawn rather than written: -----."""
    return _RULE.match(text) is not None


def begins_passage(text: str) -> bool:
    """Whether a line says that something to read follows."""
    return _PASSAGE.match(text) is not None and not is_title(text)


@dataclass(frozen=True)
class Passage:
    """What stood above a question to be read; the numbers it says it is for, or None."""

    text: str
    numbers: range | None

    def is_for(self, number: int | None) -> bool:
        """Whether a question of this number shares it by what it says."""
        return self.numbers is not None and number is not None and number in self.numbers

    @property
    def sentence(self) -> str:
        """What a question that lost it says."""
        return f"Bacaan di atas soal ini tidak ikut diambil: “{self.text}”. Salin ke pokok soalnya."


def passage_of(lines: list[str]) -> Passage | None:
    """The passage in the lines above a question; None when they are titles and instructions."""
    says = [line for line in lines if _is_read(line)]
    if not says:
        return None
    shared = next((found for line in lines if (found := _RANGE.search(line[:200]))), None)
    numbers = None
    if shared is not None:
        first, last = int(shared[1]), int(shared[2])
        numbers = range(first, min(last, first + _MOST_SHARING) + 1)
    text = next((line for line in says if not begins_passage(line)), says[0]).rstrip(". ")
    return Passage(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…", numbers)


def _is_read(line: str) -> bool:
    if begins_passage(line):
        return True
    is_sentence = line.rstrip("”\"')").endswith((".", ":", "!", "?", ";"))
    enough = len(line.split()) >= _LEAST_WORDS
    return is_sentence and enough and not is_title(line) and not _INSTRUCTION.match(line)
