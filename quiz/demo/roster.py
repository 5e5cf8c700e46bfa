"""The invented roster: units, how many people each sends, and who they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from quiz.assessment.items.item import Status
from quiz.demo.names import names, titled

Post = tuple[str, str]
"""What somebody does, and the degree that goes with it."""

OFFICE_STAFF = (Status.PNS, Status.PNS, Status.PPPK)

OFFICE: tuple[Post, ...] = (
    ("Kepala seksi pemerintahan", "S.IP."),
    ("Kepala seksi kesejahteraan rakyat", "S.Sos."),
    ("Kepala subbagian umum", "S.AP."),
    ("Analis kebijakan", "M.Si."),
    ("Pengelola keuangan", "S.E."),
    ("Pengadministrasi umum", ""),
    ("Pranata komputer", "A.Md.Kom."),
)
SCHOOL: tuple[Post, ...] = (
    ("Guru kelas", "S.Pd."),
    ("Guru agama Islam", "S.Pd.I."),
    ("Guru bahasa Indonesia", "S.Pd."),
    ("Tata usaha", "A.Md."),
    ("Guru olahraga", "S.Pd."),
)
CLINIC: tuple[Post, ...] = (
    ("Perawat", "S.Kep., Ners"),
    ("Sanitarian", "A.Md.K.L."),
    ("Apoteker", "Apt."),
    ("Nutrisionis", "A.Md.Gz."),
    ("Tenaga promosi kesehatan", "S.K.M."),
    ("Perawat gigi", "A.Md.Kes."),
)
FIELD: tuple[Post, ...] = (
    ("Penyuluh pertanian", "S.P."),
    ("Pengawas lapangan", "S.T."),
    ("Pengadministrasi umum", ""),
    ("Teknisi", "A.Md."),
)
VILLAGE: tuple[Post, ...] = (
    ("Sekretaris desa", "S.Sos."),
    ("Kepala urusan keuangan", ""),
    ("Kepala dusun", ""),
)


@dataclass(frozen=True)
class UnitPlan:
    """A unit of the demonstration; ``share`` is how many of fifty people it sends."""

    code: str
    name: str
    kind: str
    share: int
    head: Post
    staff: tuple[Post, ...]


@dataclass(frozen=True)
class Person:
    """Somebody invented, as a roster lists them."""

    name: str
    nip: str | None
    status: Status
    position: str
    unit: UnitPlan


def _school(code: str, name: str, share: int) -> UnitPlan:
    return UnitPlan(code, name, "upt-pendidikan", share, ("Kepala sekolah", "M.Pd."), SCHOOL)


def _technical(code: str, name: str, share: int) -> UnitPlan:
    return UnitPlan(code, name, "upt-teknis", share, ("Kepala UPT", "S.T."), FIELD)


def _village(code: str, name: str, degree: str = "") -> UnitPlan:
    return UnitPlan(f"DESA-{code}", f"Desa {name}", "desa", 1, ("Kepala desa", degree), VILLAGE)


UNITS = (
    UnitPlan(
        "KEC-LJN", "Kantor Camat Loa Janan", "kecamatan", 12, ("Camat", "S.STP., M.Si."), OFFICE
    ),
    _school("SD-ENGGANG", "SD Negeri Enggang Loa Janan", 6),
    _school("SMP-PESUT", "SMP Negeri Pesut Loa Janan", 4),
    UnitPlan(
        "PKM-ULIN",
        "Puskesmas Ulin Loa Janan",
        "upt-kesehatan",
        10,
        ("Kepala puskesmas", "S.K.M., M.Kes."),
        CLINIC,
    ),
    _technical("UPT-TANI", "UPT Pertanian Loa Janan", 4),
    _technical("UPT-PU", "UPT Pekerjaan Umum Loa Janan", 3),
    _technical("UPT-LH", "UPT Kebersihan Loa Janan", 3),
    _village("BUKIT-MERANTI", "Bukit Meranti", "S.Sos."),
    _village("LOA-KELAPA", "Loa Kelapa"),
    _village("MUARA-ROTAN", "Muara Rotan", "S.E."),
    _village("RAWA-PANDAN", "Rawa Pandan"),
    _village("SUNGAI-PELANDUK", "Sungai Pelanduk"),
    _village("TANI-RUKUN", "Tani Rukun", "S.Pd."),
    _village("TANJUNG-LAMIN", "Tanjung Lamin"),
    _village("TELUK-BELIDA", "Teluk Belida"),
)
"""Real kinds of office in an invented Loa Janan; no village, school or clinic here exists."""


def invent(source: Random, people: int) -> list[Person]:
    """``people`` persons, spread over the units as fifty would be, the head first in each unit."""
    known = names(source)
    return [
        _person(source, unit, place, next(known), serial)
        for serial, (unit, place) in enumerate(_places(people), start=1)
    ]


def _places(people: int) -> Iterator[tuple[UnitPlan, int]]:
    """Each person's unit and place in it, from 0; shares by the largest remainder."""
    whole = sum(unit.share for unit in UNITS)
    exact = {unit.code: unit.share * people / whole for unit in UNITS}
    counts = {code: int(share) for code, share in exact.items()}
    left = people - sum(counts.values())
    for code in sorted(exact, key=lambda code: counts[code] - exact[code])[:left]:
        counts[code] += 1
    for unit in UNITS:
        for place in range(counts[unit.code]):
            yield unit, place


def _person(
    source: Random, unit: UnitPlan, place: int, named: tuple[str, bool], serial: int
) -> Person:
    name, woman = named
    position, degree = unit.head if place == 0 else unit.staff[(place - 1) % len(unit.staff)]
    status = _status(source, unit, head=place == 0)
    return Person(
        name=titled(source, name, degree, woman=woman),
        nip=_nip(source, serial, woman=woman) if status in OFFICE_STAFF else None,
        status=status,
        position=position,
        unit=unit,
    )


def _status(source: Random, unit: UnitPlan, *, head: bool) -> Status:
    if unit.kind == "desa":
        return Status.KEPALA_DESA if head else Status.PERANGKAT_DESA
    return Status.PNS if head else source.choice(OFFICE_STAFF)


def _nip(source: Random, serial: int, *, woman: bool) -> str:
    """Eighteen digits shaped as a NIP: birth, appointment, sex, and a serial of our own.

    The month of appointment is 13, so the number is nobody's.
    """
    born = source.randrange(1970, 1998)
    birth = f"{born}{source.randrange(1, 13):02}{source.randrange(1, 29):02}"
    return f"{birth}{born + source.randrange(22, 28)}13{2 if woman else 1}{serial % 1000:03}"
