"""Keys leave the server only when nobody is awaited, and a form whose keys are out is spent."""

from datetime import timedelta

import pytest

from quiz.models import Attempt
from quiz.models.events.events import FeedbackMode, Phase
from quiz.queries.scores.items.complete import Scope
from quiz.queries.scores.items.meetings import meetings_by_version
from quiz.queries.scores.reports import sitting_report
from quiz.queries.taking.asked import asked_in

MINUTE = timedelta(minutes=1)
WITHHELD = [FeedbackMode.DELAYED, FeedbackMode.AFTER_CLOSE]


@pytest.fixture
def enrolment(make, ani):
    return make.enrolment(user=ani)


@pytest.fixture
def desk(client_for, citra):
    return client_for(citra)


def address(sitting, step):
    return f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}/{step}"


def closed(make, enrolment, mode, ago=MINUTE):
    """A counted sitting that closed a minute ago, with ten minutes' grace."""
    return make.sitting(enrolment.event, Phase.POST, feedback_mode=mode, closes_at=make.now - ago)


def shows_keys(make, phone, attempt):
    page = phone.get(f"/kuis/{attempt.uid}/hasil").text
    return asked_in(make.session, attempt)[1].item.explanation in page


@pytest.mark.parametrize("mode", [*WITHHELD, FeedbackMode.AFTER_SUBMIT])
def test_nobody_reads_feedback_while_somebody_is_awaited(
    make, client_for, desk, enrolment, budi, mode
):
    sitting = closed(make, enrolment, mode)
    mine = make.finished(sitting, enrolment)
    other = make.attempt(sitting, make.enrolment(enrolment.event, budi))
    desk.post_form(address(sitting, "rilis"))
    phone = client_for(enrolment)

    during = shows_keys(make, phone, mine), "Pembahasan" in phone.get("/").text
    late = phone.get(f"/kuis/{mine.uid}/sanggah/1").status_code
    client_for(other.enrolment).send_json(
        f"/kuis/{other.uid}/selesai", {"responses": []}, method="POST"
    )

    assert (during[0], late) == (False, 409)
    assert shows_keys(make, phone, mine) is True


def test_late_answers_within_the_grace_are_not_marked_as_given_after_a_release(
    make, client_for, desk, enrolment
):
    sitting = closed(make, enrolment, FeedbackMode.DELAYED)
    attempt = make.attempt(sitting, enrolment)
    desk.post_form(address(sitting, "rilis"))
    given = {"chosen": ["a"], "revision": 1_000_001, "at": (make.now - 5 * MINUTE).isoformat()}

    reply = client_for(enrolment).send_json(f"/kuis/{attempt.uid}/jawaban/1", given)

    assert reply.status_code == 200
    assert make.fresh(attempt).after_release is False


@pytest.mark.parametrize("mode", WITHHELD)
def test_sitting_whose_feedback_was_opened_is_not_opened_again_and_the_way_out_is_named(
    make, client_for, desk, enrolment, mode
):
    sitting = closed(make, enrolment, mode, ago=30 * MINUTE)
    attempt = make.finished(sitting, enrolment, started_at=make.now - 50 * MINUTE)
    if mode is FeedbackMode.DELAYED:
        desk.post_form(address(sitting, "rilis"))
    assert shows_keys(make, client_for(enrolment), attempt)
    before = make.fresh(sitting).closes_at

    again = desk.post_form(
        address(sitting, "perpanjang"), {"minutes": 10, "closes": before.isoformat()}
    )
    edited = desk.post_form(address(sitting, "ubah"), {"close_day": "2099-01-01", "close": "10:00"})

    assert (again.status_code, edited.status_code) == (409, 400)
    assert "tambah sesi baru" in again.text
    assert make.fresh(sitting).closes_at == before
    assert "Buka lagi" not in desk.get(f"/kegiatan/{sitting.event.code}").text


def test_unread_feedback_after_closing_keeps_nobody_from_opening_again(make, desk, enrolment):
    sitting = closed(make, enrolment, FeedbackMode.AFTER_CLOSE, ago=30 * MINUTE)
    make.finished(sitting, enrolment, started_at=make.now - 50 * MINUTE)
    before = sitting.closes_at

    desk.post_form(address(sitting, "perpanjang"), {"minutes": 10, "closes": before.isoformat()})

    assert make.fresh(sitting).closes_at > make.now


def test_answers_given_after_a_release_are_marked_and_stand_in_no_figure(
    make, session, client_for, desk, enrolment, budi
):
    sitting = make.sitting(enrolment.event, released_at=make.now - MINUTE)
    make.finished(sitting, make.enrolment(enrolment.event, budi))
    sitting_attempts = session.query(Attempt).all()
    for row in sitting_attempts:
        row.after_release = False
    session.commit()
    phone = client_for(enrolment)
    phone.post_form(f"/sesi/{sitting.uid}/mulai")
    late = session.query(Attempt).filter_by(enrolment_id=enrolment.id).one()
    phone.send_json(f"/kuis/{late.uid}/jawaban/1", {"chosen": ["a"], "revision": 1_000_001})
    phone.send_json(f"/kuis/{late.uid}/selesai", {"responses": []}, method="POST")

    report = sitting_report(session, sitting, make.now + MINUTE)
    listed = desk.get(f"/laporan/{enrolment.event.code}/peserta").text
    met = meetings_by_version(session, Scope(), make.now + timedelta(hours=3))

    assert make.fresh(late).after_release is True
    assert (report.units.total.submitted, report.caveats.after_release) == (1, 1)
    assert "sesudah pembahasan dibuka" in listed
    people = {sum(len(group.meetings) for group in groups) for groups in met.values()}
    assert people == {1}


def test_new_try_of_somebody_who_has_read_the_feedback_is_marked(make, client_for, desk, enrolment):
    sitting = make.sitting(enrolment.event, Phase.POST)
    first = make.finished(sitting, enrolment)
    phone = client_for(enrolment)
    shows_keys(make, phone, first)
    reset = f"/laporan/{enrolment.event.code}/peserta/{enrolment.uid}/ulang/{first.uid}"
    warned = desk.get(reset).text
    desk.post_form(reset, {"reason": "Terkirim keliru."})
    phone.post_form(f"/sesi/{sitting.uid}/mulai")

    marks = [row.after_release for row in make.session.query(Attempt).order_by(Attempt.id)]

    assert "tidak masuk angka laporan" in warned
    assert marks == [False, True]


def test_practice_is_never_spent(make, client_for, enrolment):
    sitting = make.sitting(enrolment.event, Phase.PRACTICE)
    attempt = make.finished(sitting, enrolment)
    shows_keys(make, client_for(enrolment), attempt)

    assert make.fresh(sitting).refusal_to_reopen(make.now + timedelta(hours=3)) is None
