"""Trying a sitting as a participant meets it: the same page, nothing stored, no keys too early."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from quiz.assessment.items.item import ASN, EVERYBODY, Status
from quiz.models import Base, FormChoice, Sitting, StoredSlot, User
from quiz.models.events.events import FeedbackMode, Phase
from quiz.permissions import Role
from tests.client import HouseClient
from tests.conftest import BOTH_DATABASES
from tests.factories import Make
from tests.reading import texts

ClientFor = Callable[..., HouseClient]

EXPLANATION = "Karena begitulah bunyi pasalnya."


def path(sitting: Sitting, status: str = "pns", end: str = "") -> str:
    return f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}/coba/{status}{end}"


def everything(make: Make) -> dict[str, list[Any]]:
    """Every row of every table."""
    make.session.commit()
    return {
        table.name: [tuple(row) for row in make.session.execute(select(table))]
        for table in Base.metadata.sorted_tables
    }


@pytest.fixture
def sitting(make: Make) -> Sitting:
    """A prepared pre-test to come, of three items whose explanation is known."""
    kinds = ("single_choice", "multiple_choice", "true_false")
    items = [make.bank_item(make.item(kind, explanation=EXPLANATION)) for kind in kinds]
    return make.sitting(
        items=items,
        opens_at=make.now + timedelta(hours=1),
        closes_at=make.now + timedelta(hours=2),
        time_limit_minutes=20,
    )


@pytest.fixture
def browser(client_for: ClientFor, citra: User) -> HouseClient:
    return client_for(citra)


def chosen_keys(sitting: Sitting) -> str:
    """The end of a try-out in which every item got its keys."""
    said = [
        f"jawaban-{slot.position}={key}"
        for slot in sitting.slots
        for key in slot.choices[0].version.item.keys
    ]
    return "/selesai?" + "&".join(said)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("end", ["", "/selesai"])
def test_only_who_runs_events_may_try(
    make: Make, client_for: ClientFor, sitting: Sitting, role: Role, end: str
) -> None:
    somebody = client_for(make.user(username="seseorang", role=role))

    reply = somebody.get(path(sitting, end=end))

    assert (reply.status_code == 403) == (role not in {Role.OFFICER, Role.ADMIN})


@pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)
@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMIN])
def test_a_whole_try_out_changes_no_row_of_any_table(
    make: Make, client_for: ClientFor, sitting: Sitting, role: Role
) -> None:
    browser = client_for(make.user(username="seseorang", role=role))
    before = everything(make)

    statuses = [
        browser.get(path(sitting)).status_code,
        browser.get(path(sitting) + chosen_keys(sitting)).status_code,
        browser.get(path(sitting, end="/selesai")).status_code,
    ]

    assert statuses == [200, 200, 200]
    assert everything(make) == before


@pytest.mark.parametrize("method", ["post", "put"])
@pytest.mark.parametrize("end", ["", "/selesai", "/jawaban/1"])
def test_there_is_nothing_to_send_to(
    browser: HouseClient, sitting: Sitting, method: str, end: str
) -> None:
    assert getattr(browser, method)(path(sitting, end=end)).status_code in {404, 405}


def test_the_page_is_the_participants_with_a_word_that_nothing_counts(
    make: Make, client_for: ClientFor, browser: HouseClient, sitting: Sitting
) -> None:
    sitting.shuffle_items = sitting.shuffle_options = False
    sitting.opens_at = make.now - timedelta(minutes=1)
    make.session.commit()
    attempt = make.attempt(sitting, started_at=make.now)

    tried = browser.get(path(sitting))
    real = client_for(attempt.enrolment).get(f"/kuis/{attempt.uid}")

    assert "Percobaan: tidak disimpan, tidak dihitung." in tried.text
    assert "Percobaan" not in real.text
    for part in ("stem", "option-row", "map"):
        assert texts(tried, part) == texts(real, part) != []


def test_the_clock_gives_what_somebody_gets_who_begins_in_time(
    make: Make, browser: HouseClient, sitting: Sitting
) -> None:
    limited = texts(browser.get(path(sitting)), "clock")
    sitting.time_limit_minutes = None
    make.session.commit()

    assert limited == ["Sisa 20 menit"]
    assert texts(browser.get(path(sitting)), "clock") == ["Sisa 60 menit"]


def test_each_status_sees_its_own_items(make: Make, browser: HouseClient) -> None:
    asn = make.bank_item(make.item(stem="Apa yang wajib bagi ASN?", audience=ASN))
    village = make.bank_item(
        make.item(stem="Apa yang wajib bagi desa?", audience=frozenset(EVERYBODY - ASN))
    )
    slot = StoredSlot(
        position=1,
        topic="makna",
        level="memahami",
        type="single_choice",
        choices=[
            FormChoice(status=Status.PNS, version=asn.published),
            FormChoice(status=Status.KEPALA_DESA, version=village.published),
        ],
    )
    sitting = make.sitting(prepared=False, prepared_at=make.now, seed="benih", slots=[slot])

    seen = {status: browser.get(path(sitting, status)) for status in ("pns", "kepala_desa", "pppk")}

    assert texts(seen["pns"], "stem") == ["Apa yang wajib bagi ASN?"]
    assert texts(seen["kepala_desa"], "stem") == ["Apa yang wajib bagi desa?"]
    assert seen["pppk"].status_code == 404
    page = browser.get(f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}")
    offered = [text for text in texts(page, "button") if text.startswith("Coba sebagai")]
    assert offered == ["Coba sebagai PNS", "Coba sebagai kepala desa"]


@pytest.mark.parametrize("status", ["", "camat", "pns/x"])
def test_an_unknown_status_is_not_found(
    browser: HouseClient, sitting: Sitting, status: str
) -> None:
    assert browser.get(path(sitting, status)).status_code == 404


def test_a_sitting_not_prepared_says_what_to_do(make: Make, browser: HouseClient) -> None:
    reply = browser.get(path(make.sitting(prepared=False)))

    assert reply.status_code == 404
    assert "belum disiapkan untuk status ini" in reply.text


def test_a_sitting_of_another_event_is_not_found(
    make: Make, browser: HouseClient, sitting: Sitting
) -> None:
    other = path(sitting).replace(sitting.event.code, make.event().code)

    assert browser.get(other).status_code == 404


def test_what_no_item_offers_is_refused(browser: HouseClient, sitting: Sitting) -> None:
    reply = browser.get(path(sitting, end="/selesai?jawaban-1=zz"))

    assert reply.status_code == 400


@pytest.mark.parametrize("sure", ["3", "99", "-1", "x", ""])
def test_how_sure_one_was_may_be_anything_in_an_address(
    make: Make, client_for: ClientFor, sitting: Sitting, sure: str
) -> None:
    admin = client_for(make.user(username="seseorang", role=Role.ADMIN))

    reply = admin.get(f"{path(sitting)}{chosen_keys(sitting)}&yakin-1={sure}")

    assert reply.status_code == 200
    assert ("sangat yakin" in reply.text) == (sure == "3")


# Keys


def shows_keys(browser: HouseClient, sitting: Sitting) -> bool:
    pages = [browser.get(path(sitting)), browser.get(path(sitting) + chosen_keys(sitting))]
    assert EXPLANATION not in pages[0].text
    assert ("Kunci dan pembahasan tidak diperlihatkan" in pages[1].text) == (
        EXPLANATION not in pages[1].text
    )
    return EXPLANATION in pages[1].text


def test_the_end_says_how_much_was_answered(browser: HouseClient, sitting: Sitting) -> None:
    reply = browser.get(path(sitting, end="/selesai"))

    assert "0 dari 3 soal Pre-test terjawab" in reply.text


def test_who_keeps_the_bank_sees_the_feedback(
    make: Make, client_for: ClientFor, sitting: Sitting
) -> None:
    admin = client_for(make.user(username="seseorang", role=Role.ADMIN))

    assert shows_keys(admin, sitting)
    assert texts(admin.get(path(sitting) + chosen_keys(sitting)), "big") == [
        "3 dari 3 poin pengetahuan"
    ]


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("mode", FeedbackMode)
def test_an_officer_sees_no_keys_while_the_sitting_is_to_come_or_open(
    make: Make, browser: HouseClient, sitting: Sitting, phase: Phase, mode: FeedbackMode
) -> None:
    sitting.phase, sitting.feedback_mode = phase, mode
    make.session.commit()
    to_come = shows_keys(browser, sitting)
    sitting.opens_at = make.now - timedelta(minutes=5)
    make.session.commit()

    assert (to_come, shows_keys(browser, sitting)) == (False, False)


@pytest.mark.parametrize(
    ("mode", "minutes_closed", "released", "shown"),
    [
        (FeedbackMode.AFTER_CLOSE, 11, False, True),
        (FeedbackMode.AFTER_CLOSE, 9, False, False),
        (FeedbackMode.AFTER_SUBMIT, 11, False, True),
        (FeedbackMode.DELAYED, 600, False, False),
        (FeedbackMode.DELAYED, 11, True, True),
        (FeedbackMode.DELAYED, 9, True, False),
    ],
)
def test_an_officer_sees_them_once_every_participant_may(
    make: Make,
    browser: HouseClient,
    sitting: Sitting,
    mode: FeedbackMode,
    minutes_closed: int,
    released: bool,
    shown: bool,
) -> None:
    sitting.feedback_mode = mode
    sitting.opens_at = make.now - timedelta(days=1)
    sitting.closes_at = make.now - timedelta(minutes=minutes_closed)
    sitting.released_at = sitting.closes_at if released else None
    make.session.commit()

    assert shows_keys(browser, sitting) == shown


def test_a_page_of_many_items_needs_no_more_queries(
    make: Make,
    browser: HouseClient,
    count_queries: Callable[[Callable[[], object]], int],
) -> None:
    one, many = make.sitting(items=[make.bank_item()]), make.sitting()
    for sitting in (one, many):
        browser.get(path(sitting))

    assert count_queries(lambda: browser.get(path(many))) == count_queries(
        lambda: browser.get(path(one))
    )
