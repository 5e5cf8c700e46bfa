"""Events as nobody plans them: every page and file of their reports is there and makes sense."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from quiz.exports import EXPORTS
from quiz.exports.documents.kinds import PAPER_KINDS
from quiz.exports.documents.register import DOCUMENTS
from quiz.models import Event, Sitting, Unit, User
from quiz.models.events.events import Phase
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import root, words

ClientFor = Callable[..., HouseClient]
HOUR = timedelta(hours=1)

LONG_NAME = "Unit Pelaksana Teknis Daerah Pengelolaan Rekaan dan Pelayanan Masyarakat " * 2
LONG_TITLE = "Sosialisasi Netralitas Pegawai dan Kepala Desa Rekaan " * 3


def over(make: Make, event: Event, people: int, unit: Unit, phase: Phase = Phase.PRE) -> Sitting:
    """A sitting that is over, its keys out, done by so many of a unit."""
    opens = make.now - (4 if phase is Phase.PRE else 2) * HOUR
    sitting = make.sitting(
        event,
        phase,
        opens_at=opens,
        closes_at=opens + HOUR,
        released_at=opens + HOUR,
        grace_minutes=0,
    )
    for number in range(people):
        place = make.enrolment(event, unit=unit, checked_in_at=opens)
        make.finished(sitting, place, right=number % 4, started_at=opens)
    return sitting


def without_sittings(make: Make) -> Event:
    return make.event()


def without_people(make: Make) -> Event:
    return over(make, make.event(), 0, make.unit()).event


def nobody_began(make: Make) -> Event:
    sitting = over(make, make.event(), 0, make.unit())
    make.enrolment(sitting.event)
    return sitting.event


def one_person(make: Make) -> Event:
    return over(make, make.event(), 1, make.unit()).event


def post_test_alone(make: Make) -> Event:
    return over(make, make.event(), 6, make.unit(), Phase.POST).event


def nobody_did_both(make: Make) -> Event:
    event, unit = make.event(), make.unit()
    over(make, event, 6, unit)
    return over(make, event, 6, unit, Phase.POST).event


def long_names(make: Make) -> Event:
    event = make.event(title=LONG_TITLE.strip()[:150])
    return over(make, event, 12, make.unit(LONG_NAME[:120])).event


EVENTS = [
    without_sittings,
    without_people,
    nobody_began,
    one_person,
    post_test_alone,
    nobody_did_both,
    long_names,
]
PAGES = ["", "/unit", "/kalimat", "/statistik", "/terbitkan", "/tautan", "/pesan", "/peserta"]


def addresses(event: Event) -> Iterator[str]:
    yield from ("/laporan", "/laporan/tren", "/kelompok", f"/kelompok/{event.code}")
    yield f"/kegiatan/{event.code}/celah"
    yield from (f"/laporan/{event.code}{page}" for page in PAGES)


def files(event: Event) -> Iterator[str]:
    for export in EXPORTS.values():
        place = "/laporan" if export.about == "events" else f"/laporan/{event.code}"
        yield from (f"{place}/{export.stem}.{ending}" for ending in export.kinds)
    for document in DOCUMENTS.values():
        if document.about == "event":
            stem = document.stem
            yield from (f"/laporan/{event.code}/{stem}.{ending}" for ending in PAPER_KINDS)


@pytest.mark.parametrize("made", EVENTS)
def test_pages_and_files_before_and_after_an_edition(
    make: Make, client_for: ClientFor, citra: User, made: Callable[[Make], Event]
) -> None:
    event = made(make)
    browser = client_for(citra)
    opened = [*addresses(event), *files(event)]
    browser.post_form(f"/laporan/{event.code}/terbitkan")
    opened += [*addresses(event), *files(event), f"/laporan/{event.code}/edisi/1"]
    opened += [f"/laporan/{event.code}/edisi/1/{page}" for page in ("unit", "kalimat")]

    for address in opened:
        reply = browser.get(address)

        lacking = "/edisi/" in address or made is without_sittings
        assert reply.status_code in {200, 409, 404 if lacking else 200}, address
        if reply.mimetype == "text/html":
            assert re.findall(r"\b(?:None|nan|inf|Undefined)\b", words(root(reply))) == [], address
