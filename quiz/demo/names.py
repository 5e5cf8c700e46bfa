"""Invented people: names as they are heard along the Mahakam, with titles as offices write them.

First and last names are put together at random; nobody is meant.
"""

from collections.abc import Iterator
from random import Random

WOMEN = tuple(
    """
    Aisyah Anita Dayang Desi Erna Fitri Hamidah Hasanah Indah Juwita Kartini Lestari Maria Marlina
    Maya Mega Melati Nadia Nining Norhayati Nurul Puspita Rahma Ratna Rini Rosita Rusmini Salasiah
    Sari Siti Sri Sulastri Suryani Tuti Wahidah Wati Yuliana Yunita Zubaidah
    """.split()
)
MEN = tuple(
    """
    Abdul Achmad Adi Agus Ahmad Aji Andi Antonius Arifin Bambang Budiman Daniel Darmawan Dedi Eko
    Fahmi Gunawan Hadri Hasan Hendra Herman Irwan Ismail Joko Junaidi Kamarul Lukman Markus Mulyadi
    Nasrun Paulus Rahmat Riduan Rusdi Samsul Slamet Sugeng Suparman Syahrul Yohanes
    """.split()
)
LAST = tuple(
    """
    Anwar Aswin Budiarto Fadillah Gazali Hanafi Herlambang Ibrahim Kusnadi Lenggana Maulana Nurdin
    Pambudi Purnama Rachman Ramlan Salim Sihombing Sulaiman Tamrin Usman Wibawa Zainuddin
    """.split()
)
"""Last names of both; some are borne by one sex only."""

LAST_OF_WOMEN = (*LAST, "Anggraini", "Apriyani", "Handayani", "Kurniasih", "Nugraheni", "Oktaviani")
LAST_OF_MEN = (*LAST, "Ardiansyah", "Effendi", "Firmansyah", "Haryono", "Santoso", "Syarifuddin")

PILGRIM = 0.12
"""Share of people who have been to Mecca and write it."""


def names(source: Random) -> Iterator[tuple[str, bool]]:
    """Names without end, each once, and whether it is a woman's."""
    whole = [(f"{first} {last}", True) for first in WOMEN for last in LAST_OF_WOMEN]
    whole += [(f"{first} {last}", False) for first in MEN for last in LAST_OF_MEN]
    source.shuffle(whole)
    yield from whole
    for name, woman in whole:
        for last in LAST:
            yield f"{name} {last}", woman


def titled(source: Random, name: str, degree: str, *, woman: bool) -> str:
    """The name as a letter would write it, perhaps with H. or Hj. before it."""
    pilgrim = ("Hj. " if woman else "H. ") if source.random() < PILGRIM else ""
    return f"{pilgrim}{name}{', ' + degree if degree else ''}"
