"""What is held about a person is told to that person: as a page, and as a file."""

import json

import pytest

from quiz.actions.people.auditing import record
from quiz.models import Base
from quiz.models.events.events import FeedbackMode, Phase
from quiz.models.people.audit import Action
from quiz.queries.people.privacy.own_work import BY_PERSON, BY_PLACE, TOLD
from tests.conftest import BOTH_DATABASES


@pytest.fixture
def told(client_for):
    """``told(person)``: the file as that person's browser gets it."""

    def told(person):
        reply = client_for(person).get("/data-saya.json")
        assert reply.headers["Content-Disposition"] == "attachment; filename=data-saya.json"
        return json.loads(reply.data)

    return told


@pytest.fixture
def over(make, ani):
    """Ani's attempt, submitted, in a sitting whose feedback is open."""
    event = make.event()
    sitting = make.sitting(event, phase=Phase.POST)
    enrolment = make.enrolment(event, ani, extra_percent=30)
    return make.finished(sitting, enrolment, right=2)


def test_everything_held_is_in_the_file(told, make, ani, over, session):
    ani.position, ani.nip = "Analis Kebijakan", "198001012005012001"
    over.extra_seconds = 600
    session.commit()

    own = told(over.enrolment)

    person, [enrolment], [attempt] = own["person"], own["enrolments"], own["attempts"]
    assert (person["position"], person["name"]) == ("Analis Kebijakan", "Ani Lestari")
    assert "198001012005012001" not in json.dumps(own)
    assert (enrolment["days_present"], enrolment["evaluation_handed_in"]) == ([], False)
    assert (enrolment["extra_percent"], enrolment["unit"]) == (30, over.enrolment.unit_name)
    assert attempt["extra_seconds"] == 600
    assert attempt["started_at"] and attempt["submitted_at"] and attempt["receipt"]
    assert attempt["score"]["answered"] == 2
    assert [each["position"] for each in attempt["responses"]] == [1, 2]
    assert all(
        each["question"] and each["chosen"] and each["saved_at"] for each in attempt["responses"]
    )


def test_a_paper_is_told_as_one_and_no_form_is(told, client_for, over, citra, session):
    before = told(over.enrolment)["attempts"][0]
    over.typed_by = citra
    session.commit()

    [attempt] = told(over.enrolment)["attempts"]
    page = client_for(over.enrolment).get("/data-saya").text

    assert (before["on_paper"], attempt["on_paper"]) == (False, True)
    assert "di kertas, lalu diketik petugas" in page
    assert "form" not in attempt


def test_the_page_says_the_same(client_for, ani, over, session):
    ani.position = "Analis Kebijakan"
    over.extra_seconds = 600
    session.commit()

    page = client_for(over.enrolment).get("/data-saya").text

    for words in ("Analis Kebijakan", "30 % dari batas waktu", "10 menit", "2 jawaban tersimpan"):
        assert words in page


def test_a_score_waits_for_the_feedback(told, make, ani):
    event = make.event()
    sitting = make.sitting(event, phase=Phase.PRE, feedback_mode=FeedbackMode.DELAYED)
    attempt = make.finished(sitting, make.enrolment(event, ani), right=1)

    [own] = told(attempt.enrolment)["attempts"]

    assert (own["score"], own["score_withheld"]) == (None, True)
    assert len(own["responses"]) == 1


def test_lines_about_oneself_are_told_without_another_name(
    told, client_for, over, session, make, citra
):
    mine = ("enrolment", over.enrolment.uid)
    record(session, make.now, citra.id, Action.ENROLMENT_MOVED, mine, after="UPT")
    voided = ("attempt", over.uid)
    record(session, make.now, citra.id, Action.ATTEMPT_VOIDED, voided, reason="Listrik padam")
    record(session, make.now, citra.id, Action.ENROLMENT_MOVED, ("enrolment", "orang-lain"))
    session.commit()

    own = told(over.enrolment)
    page = client_for(over.enrolment).get("/data-saya").text

    assert [(line["by"], line["action"]) for line in own["log"]] == [
        ("Petugas", "membatalkan pengerjaan"),
        ("Petugas", "memindahkan peserta"),
    ]
    assert own["log"][0]["detail"] == {"reason": "Listrik padam"}
    assert "Petugas membatalkan pengerjaan" in page
    assert citra.name not in page


def test_a_card_tells_of_its_own_event_only(told, make, ani, over):
    other = make.enrolment(make.event("Kegiatan lain"), ani)

    own = told(other)

    assert [each["title"] for each in own["enrolments"]] == ["Kegiatan lain"]
    assert own["attempts"] == []


def test_an_account_is_told_of_its_own_doings(told, citra, session, make):
    record(session, make.now, citra.id, Action.EVENT_ADDED, ("event", "x"))
    session.commit()

    own = told(citra)

    assert [(line["by"], line["action"]) for line in own["log"]] == [("Anda", "membuat kegiatan")]
    assert own["person"]["username"] == "citra"


PEOPLE = {"attempt", "enrolment", "user"}
"""Tables whose rows are a person, or something only one person has."""


def test_every_way_in_which_a_row_can_name_a_person_is_told():
    ways = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name in PEOPLE
    }

    known = {**TOLD, **BY_PERSON, **BY_PLACE}
    assert ways - known.keys() == set(), (
        "say in quiz.queries.people.privacy.own_work.py how the person is told of it"
    )
    assert known.keys() - ways == set(), "no such column any more"


def test_what_is_told_in_full_stands_in_the_file(told, over, citra, make):
    own = told(over.enrolment)

    assert set(TOLD.values()) <= own.keys()


@pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)
def test_staff_are_told_what_names_them_in_words_and_number(told, client_for, citra, make, ani):
    make.event(created_by_id=citra.id)
    make.event(created_by_id=citra.id)
    make.event(created_by_id=ani.id)

    own = told(citra)
    page = client_for(citra).get("/data-saya").text

    assert own["counted"] == [{"what": "kegiatan yang Anda buat", "rows": 2}]
    assert "2 kegiatan yang Anda buat" in page


def test_a_card_is_not_told_of_staff_work(told, make, ani):
    make.event(created_by_id=ani.id)

    assert told(make.enrolment(make.event(), ani))["counted"] == []


def test_what_an_event_is_for_and_when_one_was_told_is_told(told, client_for, over, make):
    over.enrolment.notice(make.now)
    make.session.commit()

    [enrolment] = told(over.enrolment)["enrolments"]

    assert enrolment["purpose"] == over.sitting.event.purpose_line
    assert enrolment["noticed_at"]
    assert "Pemberitahuan data pribadi" in client_for(over.enrolment).get("/data-saya").text


def test_more_attempts_cost_no_more_queries(client_for, make, ani, count_queries):
    event = make.event()
    enrolment = make.enrolment(event, ani)
    browser = client_for(enrolment)
    browser.get("/data-saya")

    def cost():
        return count_queries(lambda: browser.get("/data-saya.json"))

    counted = []
    for phase in (Phase.PRE, Phase.POST, Phase.FOLLOW_UP):
        sitting = make.sitting(event, phase=phase)
        make.finished(sitting, enrolment, right=1)
        counted.append(cost())
    assert counted[0] == counted[2]
