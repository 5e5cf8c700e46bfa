"""Staff who take part themselves: somebody else decides what of their work counts, and for how long
they may work."""

from collections.abc import Callable

import pytest

from quiz.models import Attempt, Enrolment, User
from quiz.web.loaders.events import OWN_PLACE
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import root, words

ClientFor = Callable[..., HouseClient]

LOOKED_AT = [
    "/kegiatan/{code}/peserta/{own}/waktu",
    "/kegiatan/{code}/peserta/{own}/alihkan/{attempt}",
    "/kegiatan/{code}/peserta/{own}/alihkan/{attempt}/{other}",
    "/kegiatan/{code}/peserta/{other}/alihkan/{others}/{own}",
    "/kegiatan/{code}/peserta/{own}/gabung",
    "/kegiatan/{code}/peserta/{own}/gabung/{other}",
    "/kegiatan/{code}/peserta/{other}/gabung/{own}",
    "/kegiatan/{code}/sesi/{sitting}/kertas/{own}",
    "/kegiatan/{code}/sesi/{sitting}/kertas/{own}/ulang",
    "/laporan/{code}/peserta/{own}/ulang/{attempt}",
]
PRESSED = [
    *(address for address in LOOKED_AT if not address.endswith(("gabung", "alihkan/{attempt}"))),
    "/kegiatan/{code}/peserta/{own}/waktu/{attempt}",
    "/kegiatan/{code}/papan/{sitting}/tambah/{attempt}",
]


@pytest.fixture
def own(make: Make, citra: User) -> Enrolment:
    return make.enrolment(user=citra)


@pytest.fixture
def attempt(make: Make, own: Enrolment) -> Attempt:
    return make.attempt(make.sitting(own.event, time_limit_minutes=60), own)


@pytest.fixture
def addressed(make: Make, own: Enrolment, attempt: Attempt) -> Callable[[str], str]:
    other = make.enrolment(own.event)
    named = {
        "code": own.event.code,
        "own": own.uid,
        "other": other.uid,
        "sitting": attempt.sitting.uid,
        "attempt": attempt.uid,
        "others": make.attempt(attempt.sitting, other).uid,
    }
    return lambda address: address.format(**named)


@pytest.mark.parametrize("address", LOOKED_AT)
def test_officer_on_the_roster_is_told_to_ask_a_colleague(
    client_for: ClientFor, citra: User, addressed: Callable[[str], str], address: str
) -> None:
    reply = client_for(citra).get(addressed(address))

    assert reply.status_code == 409
    assert OWN_PLACE in words(root(reply))


@pytest.mark.parametrize("address", PRESSED)
def test_officer_on_the_roster_changes_nothing_of_their_own(
    make: Make,
    client_for: ClientFor,
    citra: User,
    attempt: Attempt,
    addressed: Callable[[str], str],
    address: str,
) -> None:
    form = {"share": "y", "reason": "HP mati", "had": "0", "basis": "x", "simpan": "1"}
    form |= {f"{attempt.uid}-minutes": "5", f"{attempt.uid}-had": "0"}

    reply = client_for(citra).post_form(addressed(address), form)

    assert (reply.status_code, OWN_PLACE in words(root(reply))) == (409, True)
    kept = make.fresh(attempt)
    assert (kept.extra_seconds, kept.voided_at, kept.enrolment.user.id) == (0, None, citra.id)
    assert kept.enrolment.extra_percent == 0


def test_place_of_somebody_merged_into_the_officer_is_their_own_too(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    double = make.enrolment(user=make.user("Citra N.", merged_into=citra))

    reply = client_for(citra).get(f"/kegiatan/{double.event.code}/peserta/{double.uid}/waktu")

    assert reply.status_code == 409


def test_a_colleague_does_it(
    make: Make, client_for: ClientFor, eka: User, attempt: Attempt
) -> None:
    code, own = attempt.enrolment.event.code, attempt.enrolment.uid
    address = f"/kegiatan/{code}/peserta/{own}/waktu/{attempt.uid}"

    client_for(eka).post_form(address, {f"{attempt.uid}-minutes": "5", f"{attempt.uid}-had": "0"})

    assert make.fresh(attempt).extra_seconds == 300
