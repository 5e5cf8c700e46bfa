"""A sitting on the day, in the officer's browser: each step says what will happen, then does it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from quiz.assessment.items.item import Status
from quiz.models import AuditEntry, FormChoice, Sitting, User
from quiz.models.events.events import FeedbackMode
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import faults, notices, root, stored, table_rows, texts

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

STEPS = ["siapkan", "lengkapi", "buka", "tutup", "perpanjang", "rilis", "hapus"]


def address(sitting: Sitting, step: str = "") -> str:
    path = f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}"
    return f"{path}/{step}" if step else path


def logged(make: Make) -> list[str]:
    return [entry.action for entry in stored(make, AuditEntry)]


@pytest.fixture
def unprepared(make: Make) -> Sitting:
    """A sitting to come, with people on the roster and items in the bank."""
    for _ in range(4):
        make.bank_item(make.item(references=()))
    event = make.enrolment().event
    return make.sitting(event, prepared=False, opens_at=make.now + timedelta(minutes=5))


@pytest.fixture
def scheduled(make: Make) -> Sitting:
    return make.sitting(make.enrolment().event, opens_at=make.now + timedelta(minutes=5))


@pytest.fixture
def closed(make: Make) -> Sitting:
    return make.sitting(make.enrolment().event, closes_at=make.now - timedelta(minutes=20))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("step", ["", "ubah", *STEPS])
def test_only_officers_and_admins_run_sittings(
    make: Make, client_for: ClientFor, role: Role, step: str
) -> None:
    browser = client_for(make.user(username="seseorang", role=role))

    reply = browser.get(address(make.sitting(), step))

    assert (reply.status_code == 403) == (role not in {Role.OFFICER, Role.ADMIN})


@pytest.mark.parametrize("step", ["", "ubah", *STEPS])
def test_a_sitting_of_another_event_is_not_found(
    make: Make, client_for: ClientFor, citra: User, step: str
) -> None:
    path = address(make.sitting(), step).split("/sesi/")[1]

    reply = client_for(citra).get(f"/kegiatan/{make.event().code}/sesi/{path}")

    assert reply.status_code == 404


def test_the_page_shows_the_items_without_saying_what_they_ask(
    make: Make, client_for: ClientFor, citra: User, scheduled: Sitting
) -> None:
    make.topic("makna", name="Makna netralitas")

    reply = client_for(citra).get(address(scheduled))

    rest = ["semua status", "tidak"]
    assert table_rows(reply) == [
        ["Soal 1", "Makna netralitas", "Memahami", "Pilihan tunggal", *rest],
        ["Soal 2", "Makna netralitas", "Memahami", "Pilihan ganda kompleks", *rest],
        ["Soal 3", "Makna netralitas", "Memahami", "Benar atau salah", *rest],
    ]
    assert "Apa arti netralitas" not in reply.text


def test_the_page_runs_as_many_queries_for_many_items_as_for_one(
    make: Make, client_for: ClientFor, citra: User, count_queries: Count
) -> None:
    one, many = make.sitting(items=[make.bank_item()]), make.sitting()
    browser = client_for(citra)
    browser.get(address(one))

    assert count_queries(lambda: browser.get(address(many))) == count_queries(
        lambda: browser.get(address(one))
    )


# Siapkan and Lengkapi


def test_preparing_asks_first_and_then_freezes_the_form(
    make: Make, client_for: ClientFor, citra: User, unprepared: Sitting
) -> None:
    browser = client_for(citra)

    page = browser.get(address(unprepared, "siapkan"))
    before = make.fresh(unprepared).prepared_at
    reply = browser.post_form(address(unprepared, "siapkan"), follow_redirects=True)

    sitting = make.fresh(unprepared)
    assert (page.status_code, before) == (200, None)
    assert sitting.prepared_at is not None
    assert len(sitting.slots) == 3
    assert notices(reply)[0] == "Pre-test siap."
    assert logged(make) == ["sitting_prepared"]


def test_gaps_are_counted_and_named_and_nothing_is_half_prepared(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    make.topic("makna", name="Makna netralitas")
    make.bank_item(make.item(references=()))
    event = make.enrolment(user=make.user(status=Status.KEPALA_DESA)).event
    quiz = make.quiz(("makna", "memahami", "single_choice", 3))
    sitting = make.sitting(event, prepared=False, quiz=quiz)

    reply = client_for(citra).post_form(address(sitting, "siapkan"))

    assert (reply.status_code, faults(reply)) == (
        400,
        [
            "Kurang 2 soal topik Makna netralitas, tingkat memahami, jenis pilihan tunggal "
            "untuk Kepala desa."
        ],
    )
    assert make.fresh(sitting).prepared_at is None
    assert stored(make, FormChoice) == []
    assert logged(make) == []


def test_preparing_for_an_empty_roster_says_what_to_do(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    sitting = make.sitting(prepared=False)

    reply = client_for(citra).post_form(address(sitting, "siapkan"))

    assert reply.status_code == 409
    assert "Daftar peserta masih kosong. Unggah daftar peserta dulu." in reply.text


def test_preparing_again_after_somebody_started_is_refused(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    sitting = make.attempt().sitting
    before = sitting.prepared_at

    reply = client_for(citra).post_form(address(sitting, "siapkan"))

    assert reply.status_code == 409
    assert make.fresh(sitting).prepared_at == before


def test_completing_serves_a_status_that_came_later(
    make: Make, client_for: ClientFor, citra: User, unprepared: Sitting
) -> None:
    browser = client_for(citra)
    browser.post_form(address(unprepared, "siapkan"))
    make.enrolment(unprepared.event, make.user(status=Status.KEPALA_DESA))

    before = notices(browser.get(address(unprepared)))
    browser.post_form(address(unprepared, "lengkapi"))
    after = notices(browser.get(address(unprepared)))

    assert [said.partition(" belum")[0] for said in before if "Kepala desa" in said] == [
        "Kepala desa (1 orang)"
    ]
    assert [said for said in after if "Kepala desa" in said] == []
    assert {choice.status for choice in stored(make, FormChoice)} == {
        Status.PNS,
        Status.KEPALA_DESA,
    }
    assert logged(make) == ["sitting_prepared", "sitting_completed"]


# Times by hand


def test_opening_now_moves_only_the_opening(
    make: Make, client_for: ClientFor, citra: User, scheduled: Sitting
) -> None:
    closes_at = scheduled.closes_at

    client_for(citra).post_form(address(scheduled, "buka"))

    sitting = make.fresh(scheduled)
    assert timedelta(0) <= sitting.opens_at - make.now < timedelta(minutes=1)
    assert sitting.closes_at == closes_at
    assert logged(make) == ["database_backed_up", "sitting_opened"]


def test_a_sitting_that_is_not_prepared_cannot_be_opened(
    make: Make, client_for: ClientFor, citra: User, unprepared: Sitting
) -> None:
    reply = client_for(citra).post_form(address(unprepared, "buka"))

    assert reply.status_code == 409
    assert "Pre-test kini berkeadaan “Belum disiapkan”" in reply.text
    assert make.fresh(unprepared).opens_at > make.now


def test_the_closing_page_says_who_is_still_working(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    sitting = make.sitting()
    make.attempt(sitting)
    make.finished(sitting)
    make.enrolment(sitting.event)
    browser = client_for(citra)

    page = browser.get(address(sitting, "tutup"))
    browser.post_form(address(sitting, "tutup"))

    [panel] = texts(page, "panel")
    assert "1 orang belum mengirim dan tidak dapat menjawab lagi." in panel
    assert "1 orang belum mulai" in panel
    assert make.fresh(sitting).closes_at - make.now < timedelta(minutes=1)
    assert logged(make) == ["sitting_closed", "database_backed_up"]


def test_a_closed_sitting_cannot_be_closed_from_a_second_window(
    make: Make, client_for: ClientFor, citra: User, closed: Sitting
) -> None:
    closes_at = closed.closes_at

    reply = client_for(citra).post_form(address(closed, "tutup"))

    assert reply.status_code == 409
    assert make.fresh(closed).closes_at == closes_at


def extension(page: TestResponse, minutes: str) -> dict[str, str]:
    [stamp] = [
        node.get("value", "") for node in root(page).iter("input") if node.get("name") == "closes"
    ]
    return {"closes": stamp, "minutes": minutes}


@pytest.mark.parametrize("minutes", [3, 5, 10])
def test_an_open_sitting_is_extended_from_where_it_closes(
    make: Make, client_for: ClientFor, citra: User, minutes: int
) -> None:
    sitting = make.sitting()
    closes_at = sitting.closes_at
    browser = client_for(citra)
    form = extension(browser.get(address(sitting, "perpanjang")), str(minutes))

    browser.post_form(address(sitting, "perpanjang"), form)

    assert make.fresh(sitting).closes_at == closes_at + timedelta(minutes=minutes)
    assert logged(make) == ["sitting_extended"]


def test_two_clicks_extend_once_and_the_second_is_told(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    sitting = make.sitting()
    closes_at = sitting.closes_at
    browser = client_for(citra)
    form = extension(browser.get(address(sitting, "perpanjang")), "3")

    browser.post_form(address(sitting, "perpanjang"), form)
    second = browser.post_form(address(sitting, "perpanjang"), form)

    assert second.status_code == 400
    assert faults(second)[0].startswith("Tambahan waktu: Jam tutup sudah berubah menjadi ")
    assert make.fresh(sitting).closes_at == closes_at + timedelta(minutes=3)


def test_only_the_offered_minutes_are_taken(make: Make, client_for: ClientFor, citra: User) -> None:
    sitting = make.sitting()
    closes_at = sitting.closes_at
    browser = client_for(citra)
    form = extension(browser.get(address(sitting, "perpanjang")), "600")

    reply = browser.post_form(address(sitting, "perpanjang"), form)

    assert reply.status_code == 400
    assert make.fresh(sitting).closes_at == closes_at


def test_extending_a_closed_sitting_opens_it_again_from_now(
    make: Make, client_for: ClientFor, citra: User, closed: Sitting
) -> None:
    browser = client_for(citra)
    page = browser.get(address(closed, "perpanjang"))

    browser.post_form(address(closed, "perpanjang"), extension(page, "5"))

    assert "Buka lagi Pre-test" in page.text
    left = make.fresh(closed).closes_at - make.now
    assert timedelta(minutes=4) < left < timedelta(minutes=6)


# Feedback and deletion


def test_feedback_is_released_once_the_sitting_is_closed(
    make: Make, client_for: ClientFor, citra: User, closed: Sitting
) -> None:
    browser = client_for(citra)

    page = browser.get(address(closed, "rilis"))
    browser.post_form(address(closed, "rilis"))
    again = browser.post_form(address(closed, "rilis"))

    assert "Tidak dapat ditarik lagi." in texts(page, "panel")[0]
    assert make.fresh(closed).released_at is not None
    assert again.status_code == 409
    assert logged(make) == ["sitting_released"]


def test_feedback_of_an_open_sitting_is_not_released(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    sitting = make.sitting()

    reply = client_for(citra).post_form(address(sitting, "rilis"))

    assert reply.status_code == 409
    assert make.fresh(sitting).released_at is None


def test_feedback_that_needs_no_release_has_none(
    make: Make, client_for: ClientFor, citra: User, closed: Sitting
) -> None:
    closed.feedback_mode = FeedbackMode.AFTER_SUBMIT
    make.session.commit()

    assert client_for(citra).post_form(address(closed, "rilis")).status_code == 409


def test_a_sitting_nobody_started_is_deleted_with_its_form(
    make: Make, client_for: ClientFor, citra: User, scheduled: Sitting
) -> None:
    path, code = address(scheduled, "hapus"), scheduled.event.code

    reply = client_for(citra).post_form(path)

    assert reply.location == f"/kegiatan/{code}"
    assert (stored(make, Sitting), stored(make, FormChoice)) == ([], [])
    assert logged(make) == ["sitting_deleted"]


def test_a_sitting_somebody_started_is_not_deleted(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    sitting = make.attempt().sitting

    reply = client_for(citra).post_form(address(sitting, "hapus"))

    assert reply.status_code == 409
    assert len(stored(make, Sitting)) == 1
    assert logged(make) == []


def test_a_step_without_a_csrf_token_does_nothing(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    sitting = make.sitting()
    closes_at = sitting.closes_at

    reply = client_for(citra).post(address(sitting, "tutup"))

    assert reply.status_code == 400
    assert make.fresh(sitting).closes_at == closes_at
