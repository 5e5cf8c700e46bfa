"""The page that crosses pre-test and post-test, and what the other pages say of it."""

import pytest
from sqlalchemy import select

from quiz.assessment.forms.crossing import FormName
from quiz.models import AuditEntry
from quiz.models.events.events import Phase
from quiz.permissions import Role
from quiz.queries.events.prepared import stored_forms
from quiz.web import moments

CODE = "UJI-SILANG"
PAGE = f"/kegiatan/{CODE}/silang"


@pytest.fixture
def desk(client_for, citra):
    return client_for(citra)


@pytest.fixture
def event(make, ani):
    event = make.event(code=CODE)
    make.enrolment(event, ani)
    return event


@pytest.fixture
def tests(make, event):
    quiz = make.quiz(("makna", None, None, 3))
    return [
        make.sitting(event, phase, prepared=False, quiz=quiz) for phase in (Phase.PRE, Phase.POST)
    ]


def fill(make, count):
    for _ in range(count):
        make.bank_item(make.item(references=()))


def forms(make, sitting):
    make.session.commit()
    return stored_forms(make.session, sitting)


def deeds(make):
    make.session.commit()
    return list(make.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_crossing_prepares_both_and_every_page_says_so(make, desk, event, tests):
    fill(make, 8)
    pre, post = tests

    before = desk.get(PAGE).text
    reply = desk.post_form(PAGE)

    assert "Silangkan dan siapkan" in before
    assert (reply.status_code, list(forms(make, pre))) == (303, list(FormName))
    assert forms(make, pre) == forms(make, post)
    assert "event_crossed" in deeds(make)
    after = desk.get(PAGE).text
    assert "Batalkan silang" in after
    assert "dua formulir soal yang setara, disilang" in after
    assert "bersilang dengan Post-test" in desk.get(f"/kegiatan/{CODE}").text
    page = desk.get(f"/kegiatan/{CODE}/sesi/{pre.uid}").text
    assert ("Formulir A</h3>" in page, "Formulir B</h3>" in page) == (True, True)
    assert f"/kegiatan/{CODE}/sesi/{pre.uid}/coba/pns/B" in page
    assert "keduanya disiapkan bersama" in desk.get(f"/kegiatan/{CODE}/sesi/{pre.uid}/siapkan").text


def test_a_try_out_shows_the_form_it_names(make, desk, event, tests):
    fill(make, 8)
    desk.post_form(PAGE)
    pre, _ = tests
    address = f"/kegiatan/{CODE}/sesi/{pre.uid}/coba/pns"

    first, second = desk.get(address).text, desk.get(f"{address}/B").text

    assert ("formulir A" in first, "formulir B" in second) == (True, True)
    assert f"{address}/B/selesai" in second
    assert desk.get(f"{address}/A").status_code == 308
    assert desk.get(f"{address}/C").status_code == 404


def test_taking_it_back_leaves_both_to_be_prepared(make, desk, event, tests):
    fill(make, 8)
    desk.post_form(PAGE)

    reply = desk.post_form(f"{PAGE}/batal")

    assert reply.status_code == 303
    for sitting in tests:
        assert (make.fresh(sitting).crossed, forms(make, sitting)) == (False, {})
    assert deeds(make)[-1] == "event_uncrossed"
    assert desk.post_form(f"{PAGE}/batal").status_code == 303


def test_a_bank_too_small_is_told_and_changes_nothing(make, desk, event, tests):
    fill(make, 2)

    reply = desk.post_form(PAGE)

    assert reply.status_code == 400
    assert "Kurang 1 soal topik" in reply.text
    assert [make.fresh(sitting).crossed for sitting in tests] == [False, False]


def test_an_event_that_cannot_be_crossed_says_why(make, desk, event):
    make.sitting(event, Phase.PRE, prepared=False)

    page, reply = desk.get(PAGE).text, desk.post_form(PAGE)

    assert "1 pre-test dan 0 post-test" in page
    assert "Silangkan dan siapkan" not in page
    assert reply.status_code == 409


def test_once_somebody_has_begun_it_stays(make, desk, event, tests):
    fill(make, 8)
    desk.post_form(PAGE)
    make.attempt(make.fresh(tests[0]), event.enrolments[0])

    page, reply = desk.get(PAGE).text, desk.post_form(f"{PAGE}/batal")

    assert "Batalkan silang" not in page
    assert "sudah dikerjakan" in page
    assert reply.status_code == 409


def test_another_quiz_for_one_of_them_uncrosses_both(make, desk, event, tests):
    fill(make, 8)
    desk.post_form(PAGE)
    pre, post = tests
    other = make.quiz(("makna", None, None, 2))
    page = f"/kegiatan/{CODE}/sesi/{pre.uid}/ubah"
    day, clock = moments.show(pre.opens_at)
    close_day, close = moments.show(pre.closes_at)
    reply = desk.post_form(
        page,
        {
            "phase": "pre",
            "quiz": other.uid,
            "open_day": day,
            "open": clock,
            "close_day": close_day,
            "close": close,
            "feedback": "",
            "grace": 10,
        },
    )

    assert reply.status_code == 303
    assert [make.fresh(each).crossed for each in (pre, post)] == [False, False]
    assert [forms(make, each) for each in (pre, post)] == [{}, {}]
    assert "tidak lagi bersilang" in desk.get(f"/kegiatan/{CODE}").text


def test_the_ready_package_offers_crossing(make, desk, event):
    fill(make, 40)

    page = desk.get(f"/kegiatan/{CODE}/paket").text
    desk.post_form(f"/kegiatan/{CODE}/paket", {"crossed": "y"})

    assert "Silangkan: separuh peserta mendapat formulir A dulu" in page
    make.session.commit()
    make.session.refresh(event)
    assert [sitting.crossed for sitting in event.sittings] == [True, True]


def test_the_report_and_its_files_say_how_the_tests_are_alike(make, desk, event, tests):
    fill(make, 8)
    desk.post_form(PAGE)
    words = "Pre-test dan Post-test memakai dua formulir soal yang setara, disilang"

    pages = [
        desk.get(f"/laporan/{CODE}").text,
        desk.get(f"/laporan/{CODE}/unit").text,
        desk.get(f"/laporan/{CODE}/peserta").text,
        desk.get(f"/laporan/{CODE}/unit.json").text,
        desk.get(f"/laporan/{CODE}/peserta.json").text,
    ]

    assert [words in page for page in pages] == [True] * 5
    assert words not in desk.get(f"/laporan/{CODE}/unit.csv").text


@pytest.mark.parametrize("role", Role)
def test_only_who_runs_events_crosses(make, client_for, event, tests, role):
    fill(make, 8)

    client_for(make.user(username="seseorang", role=role)).post_form(PAGE)

    assert make.fresh(tests[0]).crossed == (role in {Role.OFFICER, Role.ADMIN})
