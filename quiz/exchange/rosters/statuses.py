"""The words offices write for a legal status, and what a position or a NIP lets one suppose."""

import re
from collections.abc import Iterable
from functools import lru_cache

from quiz.assessment.items.item import Status
from quiz.exchange.rosters.names import near_names, plain_words

_LIKE = 0.8
"""How like a word must be to be asked about: PNSS is PNS (0.86), Kasi is not Kades."""

_WORDS = {
    Status.PNS: ("Pegawai Negeri Sipil", "Pegawai Negeri", "ASN PNS", "PNS ASN", "PNSD"),
    Status.CALON_PNS: ("CPNS", "Calon Pegawai Negeri Sipil", "CPNSD"),
    Status.PPPK: (
        "P3K",
        "ASN PPPK",
        "PPPK ASN",
        "PPPK Paruh Waktu",
        "PPPK Penuh Waktu",
        "P3K Paruh Waktu",
        "P3K Penuh Waktu",
        "Pegawai Pemerintah dengan Perjanjian Kerja",
    ),
    Status.KEPALA_DESA: ("Kades", "Kepala Desa Definitif"),
    Status.PENJABAT_KEPALA_DESA: (
        "Pj Kepala Desa",
        "Pj Kades",
        "Pejabat Kepala Desa",
        "Penjabat Kades",
        "Penjabat Sementara Kepala Desa",
    ),
    Status.PERANGKAT_DESA: (
        "Perangkat",
        "Perangkat Kampung",
        "Sekdes",
        "Sekretaris Desa",
        "Kaur",
        "Kaur Desa",
        "Kepala Urusan",
        "Kasi Desa",
        "Kadus",
        "Kepala Dusun",
        "Kepala Kewilayahan",
    ),
    Status.BPD: (
        "BPD",
        "Badan Permusyawaratan Desa",
        "Ketua BPD",
        "Wakil Ketua BPD",
        "Sekretaris BPD",
    ),
    Status.NON_ASN: (
        "Non PNS",
        "Non-ASN",
        "Bukan ASN",
        "Honorer",
        "Honor",
        "Tenaga Honorer",
        "Pegawai Honorer",
        "Tenaga Kontrak",
        "Pegawai Kontrak",
        "Pegawai Tidak Tetap",
        "PTT",
        "Guru Tidak Tetap",
        "GTT",
        "Tenaga Harian Lepas",
        "THL",
        "PHL",
        "TKS",
        "Tenaga Sukarela",
        "PPNPN",
    ),
}

_BESIDE = """
    ahli aktif asn bidan daerah dokter fungsional gol golongan guru kelas kesehatan kab kabupaten
    kecamatan madya muda pelaksana penyuluh perawat pertama pusat sd smp sma staf struktural tenaga
    teknis terampil tk
"""
_POSITIONS = frozenset(_BESIDE.split())
"""Words that may stand beside a status without changing it: Guru PNS, PPPK tenaga kesehatan."""

_RANK = re.compile(r"(?i)\b(?:I{1,3}|IV|V|VI{0,3}|IX|X)\s*[/.]?\s*[a-e]\b|\b[IVX]+\b")

_SUPPOSED = (
    (Status.BPD, re.compile(r"\b(bpd|permusyawaratan)\b")),
    (Status.PENJABAT_KEPALA_DESA, re.compile(r"\b(pj|penjabat|pejabat) (kades|kepala desa)\b")),
    (Status.KEPALA_DESA, re.compile(r"^(kades|kepala desa)\b")),
    (
        Status.PERANGKAT_DESA,
        re.compile(
            r"^(sekdes|sekretaris desa|kaur|kadus|kepala (urusan|dusun|kewilayahan))\b"
            r"|\bperangkat desa\b"
        ),
    ),
    (
        Status.NON_ASN,
        re.compile(r"\b(honorer|gtt|ptt|thl|phl|tidak tetap|harian lepas|sukarela)\b"),
    ),
    (Status.PNS, re.compile(r"^(camat|sekcam|sekretaris camat|lurah|seklur|sekretaris lurah)\b")),
)

_PPPK_MONTHS = ("21", "22", "23")
"""What stands in a NIP of a PPPK where a PNS has the month of appointment (digits 13 and 14)."""

_MONTHS = tuple(f"{month:02}" for month in range(1, 13))


def status_of(text: str) -> Status | None:
    """The status a text says, also beside a position or a rank; None when it says none or two."""
    exact = _exactly(plain_words(text))
    if exact is not None:
        return exact
    words = plain_words(_RANK.sub(" ", re.sub(r"\([^)]*\)", " ", text)))
    return _exactly([word for word in words if word not in _POSITIONS])


def nearest_status(text: str) -> Status | None:
    """The status a text is a slip of, to be asked about; None when nothing is that near."""
    near = near_names(text, _WRITTEN, _LIKE)
    return _WRITTEN[near[0]] if near else None


def supposed_status(position: str, nips: Iterable[str | None] = ()) -> Status | None:
    """What a position or the NIPs of those who hold it point to; to be confirmed by a person."""
    plain = " ".join(plain_words(position))
    for status, pattern in _SUPPOSED:
        if pattern.search(plain):
            return status
    by_nip = {_by_nip(nip) for nip in nips}
    return by_nip.pop() if len(by_nip) == 1 else None


def _by_nip(nip: str | None) -> Status | None:
    month = nip[12:14] if nip else ""
    if month in _PPPK_MONTHS:
        return Status.PPPK
    return Status.PNS if month in _MONTHS else None


def _exactly(words: list[str]) -> Status | None:
    return _statuses().get("".join(words))


_WRITTEN = {word: status for status, words in _WORDS.items() for word in (status.label, *words)}


@lru_cache(maxsize=1)
def _statuses() -> dict[str, Status]:
    return {"".join(plain_words(word)): status for word, status in _WRITTEN.items()}
