"""The office's outline of its activity report: sections in order, and what is filled into them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Self

OUTLINE_KEY = "activity_outline"
"""Where the office's own outline is kept, as JSON; nothing while it uses the first one."""

FIGURES = {
    "kegiatan": "judul kegiatan",
    "tanggal": "hari dan tanggal kegiatan",
    "pukul": "jam mulai dan selesai",
    "tempat": "tempat kegiatan, dari berita acara",
    "penyelenggara": "penyelenggara kegiatan",
    "narasumber": "narasumber dan panitia",
    "instansi": "nama organisasi pada Setelan",
    "terdaftar": "berapa orang terdaftar",
    "unit": "dari berapa unit kerja",
    "hadir": "berapa orang tercatat hadir",
    "kirim_pre": "berapa orang mengirim pre-test",
    "kirim_post": "berapa orang mengirim post-test",
    "rata_pre": "nilai rata-rata pre-test dan rentangnya",
    "rata_post": "nilai rata-rata post-test dan rentangnya",
    "lulus_post": "berapa dari mereka mencapai batas lulus post-test",
    "batas_lulus": "batas lulus post-test",
    "temuan": "kalimat temuan laporan post-test",
    "perubahan": "kalimat tentang perubahan dari pre-test ke post-test",
    "keadaan": "saat semua angka diambil",
}
"""What may stand in a text between braces, and what is printed there."""

_NAMED = re.compile(r"\{([^{}]*)\}")


class Part(StrEnum):
    """What the program writes below a section's own text."""

    NOTHING = ""
    BASIS = "basis"
    TIMETABLE = "timetable"
    ACCOUNT = "account"
    PARTICIPATION = "participation"
    CHANGE = "change"
    MISREAD = "misread"
    OBSTACLES = "obstacles"
    ADVICE = "advice"
    UNITS = "units"
    METHOD = "method"

    @property
    def label(self) -> str:
        return _PART_LABELS[self]


_PART_LABELS = {
    Part.NOTHING: "Tidak ada",
    Part.BASIS: "Dasar hukum",
    Part.TIMETABLE: "Jadwal kegiatan",
    Part.ACCOUNT: "Uraian kegiatan yang ditulis petugas",
    Part.PARTICIPATION: "Keikutsertaan dan nilai tiap sesi",
    Part.CHANGE: "Perubahan dari pre-test ke post-test",
    Part.MISREAD: "Kalimat yang masih keliru",
    Part.OBSTACLES: "Catatan dan hambatan yang ditulis petugas",
    Part.ADVICE: "Saran dari kalimat yang masih keliru",
    Part.UNITS: "Hasil per unit",
    Part.METHOD: "Cara mengukur",
}


class Level(StrEnum):
    """Where a section stands."""

    SECTION = "section"
    SUBSECTION = "subsection"
    ANNEX = "annex"

    @property
    def label(self) -> str:
        return _LEVEL_LABELS[self]


_LEVEL_LABELS = {
    Level.SECTION: "Bagian",
    Level.SUBSECTION: "Anak bagian",
    Level.ANNEX: "Lampiran, sesudah tanda tangan",
}


@dataclass(frozen=True)
class Section:
    """``number`` is printed as typed; each line of ``text`` is a paragraph."""

    level: Level
    number: str
    heading: str
    text: str = ""
    part: Part = Part.NOTHING

    @property
    def title(self) -> str:
        """Number and heading."""
        return f"{self.number} {self.heading}".strip()


@dataclass(frozen=True)
class Outline:
    """``basis`` are the office's own grounds, printed after the laws; one a line."""

    title: str
    basis: str
    sections: Sequence[Section]

    @property
    def body(self) -> list[Section]:
        """What stands above the signatures."""
        return [section for section in self.sections if section.level is not Level.ANNEX]

    @property
    def annexes(self) -> list[Section]:
        """What stands after them."""
        return [section for section in self.sections if section.level is Level.ANNEX]

    @property
    def used_figures(self) -> list[str]:
        """The names that stand in it, in the order of FIGURES."""
        texts = [self.title, *(f"{each.title}\n{each.text}" for each in self.sections)]
        found = {name for text in texts for name in _NAMED.findall(text)}
        return [name for name in FIGURES if name in found]

    def changed_from(self, other: "Outline") -> list[str]:
        """The titles of what differs in the two, of those gone too."""
        mine, theirs = ({each.title: each for each in o.sections} for o in (self, other))
        titles = [title for title in mine | theirs if mine.get(title) != theirs.get(title)]
        if not titles and list(mine) != list(theirs):
            titles = ["urutan"]
        parts = (("judul laporan", self.title, other.title), ("dasar", self.basis, other.basis))
        return [*(name for name, now, before in parts if now != before), *titles]

    @property
    def stored(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        """What ``stored`` was made of."""
        sections = (
            Section(
                Level(each["level"]),
                each["number"],
                each["heading"],
                each["text"],
                Part(each["part"]),
            )
            for each in stored["sections"]
        )
        return cls(stored["title"], stored["basis"], tuple(sections))


def filled(text: str, figures: Mapping[str, str]) -> str:
    """``text`` with what its named figures are. Raises KeyError for an unknown name."""
    return _NAMED.sub(lambda found: figures[found[1]], text)


def figure_problems(text: str) -> list[str]:
    """What is wrong with the named figures of a text, a sentence each."""
    found = []
    for name in dict.fromkeys(_NAMED.findall(text)):
        if name not in FIGURES:
            near = get_close_matches(name.strip().lower(), FIGURES, n=1)
            way = f"mungkin {{{near[0]}}}" if near else "pakai nama dari daftar di halaman ini"
            found.append(f"{{{name}}} tidak dikenal; {way}.")
    if {"{", "}"} & set(_NAMED.sub("", text)):
        found.append(
            "Kurung kurawal yang tidak berpasangan. Tulis nama angka di antara { dan }, "
            "misalnya {hadir}."
        )
    return found
