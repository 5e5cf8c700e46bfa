"""Two people of one name in a unit are told apart wherever staff see or choose them."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from quiz.exports.participants import participants
from quiz.models import Event, Sitting, User
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import root, words

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

BIDAN, PERAWAT = "Siti Aminah (Bidan)", "Siti Aminah (Perawat)"


@pytest.fixture
def sitting(make: Make) -> Sitting:
    """Two of one name, of whom one has sent and one works."""
    event = make.event(code="LJN-482")
    unit = make.unit("Puskesmas Rekaan")
    sitting = make.sitting(event)
    for position, take in (("Bidan", make.finished), ("Perawat", make.attempt)):
        person = make.user("Siti Aminah", position=position)
        take(sitting, make.enrolment(event, person, unit, checked_in_at=make.now))
    return sitting


def uids(sitting: Sitting) -> tuple[str, str, str]:
    one, other = sorted(sitting.event.enrolments, key=lambda each: each.id)
    return one.uid, other.uid, sitting.uid


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/kegiatan/LJN-482/peserta", (BIDAN, PERAWAT)),
        ("/kegiatan/LJN-482/peserta/{0}", (BIDAN,)),
        ("/kegiatan/LJN-482/peserta/{1}/keluarkan", (PERAWAT,)),
        ("/kegiatan/LJN-482/peserta/{1}/pindah", (PERAWAT,)),
        ("/kegiatan/LJN-482/peserta/{1}/ubah", (PERAWAT,)),
        ("/kegiatan/LJN-482/peserta/{1}/kartu-baru", (PERAWAT,)),
        ("/kegiatan/LJN-482/peserta/{1}/waktu", (PERAWAT,)),
        ("/kegiatan/LJN-482/peserta/{0}/gabung", (BIDAN, PERAWAT)),
        ("/kegiatan/LJN-482/peserta/{0}/gabung/{1}", (BIDAN, PERAWAT)),
        ("/kegiatan/LJN-482/peserta/ganda", (BIDAN, PERAWAT)),
        ("/kegiatan/LJN-482/kartu", (BIDAN, PERAWAT)),
        ("/kegiatan/LJN-482/kartu?orang={1}", (PERAWAT,)),
        ("/kegiatan/LJN-482/daftar-meja", (BIDAN, PERAWAT)),
        ("/kegiatan/LJN-482/papan?tampil=terkirim", (BIDAN,)),
        ("/kegiatan/LJN-482/papan?tampil=belum", (PERAWAT,)),
        ("/laporan/LJN-482/peserta", (BIDAN, PERAWAT)),
        ("/laporan/LJN-482/peserta/{0}", (BIDAN,)),
    ],
)
def test_the_page_tells_namesakes_apart(
    client_for: ClientFor, citra: User, sitting: Sitting, address: str, named: tuple[str, ...]
) -> None:
    page = client_for(citra).get(address.format(*uids(sitting)))

    assert page.status_code == 200
    assert [each for each in named if each not in words(root(page))] == []


def test_the_file_of_participants_tells_namesakes_apart(
    session: Session, make: Make, sitting: Sitting
) -> None:
    rows = participants(session, sitting, make.now).rows

    assert [row[0] for row in rows] == [BIDAN, PERAWAT]


def test_a_name_nobody_shares_stands_alone_and_costs_the_same(
    make: Make, client_for: ClientFor, citra: User, sitting: Sitting, count_queries: Count
) -> None:
    event: Event = sitting.event
    browser = client_for(citra)
    browser.get("/kegiatan/LJN-482/peserta")
    with_two = count_queries(lambda: browser.get("/kegiatan/LJN-482/peserta"))
    unit = event.enrolments[0].unit
    make.enrolment(event, make.user("Budi Hartono", position="Kepala"), unit)
    for _ in range(3):
        make.enrolment(event, make.user("Dewi Ayu"), unit)

    page = browser.get("/kegiatan/LJN-482/peserta")

    assert "Budi Hartono Kepala" in words(root(page))
    assert "Dewi Ayu (nomor 3)" in words(root(page))
    assert count_queries(lambda: browser.get("/kegiatan/LJN-482/peserta")) == with_two
