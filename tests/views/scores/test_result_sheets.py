"""Who may have a person's sheet, what having it changes, and what the log keeps of it."""

from datetime import timedelta

import pytest

from quiz.models import AuditEntry
from quiz.models.events.events import FeedbackMode
from quiz.models.people.audit import Action
from quiz.permissions import ROLE_PERMISSIONS, Permission, Role
from tests.papers import pdf_text
from tests.reading import root, stored

HOUR = timedelta(hours=1)


@pytest.fixture
def place(make, ani):
    return make.enrolment(make.event(code="UJI-LEMBAR"), ani)


@pytest.fixture
def attempt(make, place):
    """Ani's, in a sitting that has closed for good and shows feedback after the closing."""
    sitting = make.sitting(place.event, feedback_mode=FeedbackMode.AFTER_CLOSE)
    attempt = make.finished(sitting, place, right=1)
    sitting.opens_at, sitting.closes_at = make.now - 3 * HOUR, make.now - HOUR
    make.session.commit()
    return attempt


def own(place, ending="pdf"):
    return f"/data-saya/{place.uid}/lembar-hasil.{ending}"


def of_office(place, ending="pdf"):
    return f"/laporan/{place.event.code}/peserta/{place.uid}/lembar-hasil.{ending}"


def links(page):
    return [link.get("href") for link in root(page).iter("a")]


@pytest.mark.parametrize("by_card", [True, False])
def test_a_person_has_their_own_sheet_by_card_and_by_password(
    make, client_for, ani, place, attempt, by_card
):
    reply = client_for(place if by_card else ani).get(own(place))

    assert reply.headers["Content-Disposition"].endswith("lembar-hasil-UJI-LEMBAR.pdf")
    assert "1 dari 3" in pdf_text(reply.data)


def test_nobody_has_somebody_elses(make, client_for, budi, place, attempt):
    other = make.enrolment(place.event, budi)

    for person in (budi, other):
        assert client_for(person).get(own(place)).status_code == 404
        assert client_for(person).get(of_office(place)).status_code == 403


def test_a_card_has_the_sheet_of_its_own_event_only(make, client_for, ani, place, attempt):
    elsewhere = make.enrolment(make.event(), ani)

    assert client_for(elsewhere).get(own(place)).status_code == 404


def test_whoever_was_taken_off_the_roster_has_none(make, client_for, ani, place, attempt):
    place.removed_at = make.now
    make.session.commit()

    assert client_for(ani).get(own(place)).status_code == 404


@pytest.mark.parametrize("role", Role)
def test_the_office_has_it_with_a_line_in_the_log(make, client_for, place, attempt, role):
    person = make.user(username="seseorang", role=role)

    reply = client_for(person).get(of_office(place, "docx"))

    left = [(e.action, e.subject_type, e.subject_uid) for e in stored(make, AuditEntry)]
    if Permission.SEE_NAMED_SCORES in ROLE_PERMISSIONS[role]:
        assert reply.status_code == 200
        assert left == [(Action.RESULT_SHEET_MADE, "enrolment", place.uid)]
    else:
        assert reply.status_code == 403
        assert Action.RESULT_SHEET_MADE not in [action for action, *_ in left]


def test_the_own_sheet_leaves_no_line(make, client_for, place, attempt):
    client_for(place).get(own(place))

    assert Action.RESULT_SHEET_MADE not in [e.action for e in stored(make, AuditEntry)]


@pytest.mark.parametrize("by_office", [True, False])
def test_having_it_counts_as_having_read_the_feedback(
    make, client_for, citra, place, attempt, by_office
):
    client_for(citra if by_office else place).get((of_office if by_office else own)(place))

    assert make.fresh(attempt).feedback_at == make.now
    assert make.fresh(attempt.sitting).released_at == make.now


def test_looking_whether_it_is_there_reads_nothing(make, client_for, place, attempt):
    client_for(place).head(own(place), partial=True)

    assert make.fresh(attempt).feedback_at is None


def test_an_attempt_whose_feedback_waits_is_left_as_it_is(make, client_for, place, attempt):
    attempt.sitting.closes_at = make.now + HOUR
    make.session.commit()

    reply = client_for(place).get(own(place))

    assert "tampil bersama pembahasannya" in pdf_text(reply.data)
    assert make.fresh(attempt).feedback_at is None
    assert make.fresh(attempt.sitting).released_at is None


def test_result_page_and_own_data_lead_there(make, client_for, place, attempt):
    browser = client_for(place)

    assert own(place) in links(browser.get(f"/kuis/{attempt.uid}/hasil"))
    assert own(place) in links(browser.get("/data-saya"))


def test_the_persons_page_of_the_office_leads_there(make, client_for, citra, place, attempt):
    page = client_for(citra).get(f"/laporan/{place.event.code}/peserta/{place.uid}")

    assert {of_office(place), of_office(place, "docx")} <= set(links(page))


def test_somebody_off_the_roster_is_refused_in_words(make, client_for, citra, place, attempt):
    place.removed_at = make.now
    make.session.commit()

    reply = client_for(citra).get(of_office(place))

    assert reply.status_code == 409
    assert "tidak ada lagi pada daftar peserta UJI-LEMBAR" in reply.text
    assert stored(make, AuditEntry) == []
