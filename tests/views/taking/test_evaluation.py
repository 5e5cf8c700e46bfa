"""What participants say of an event: offered at the end, without a name, told in batches."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from quiz.models import AuditEntry, EvaluationBox
from quiz.models.events.events import Phase
from tests.reading import faults, link_texts, root, stored, table_rows, texts, words

SHEET = {"useful": "5", "clear": "4", "orderly": "3", "remark": ""}
OFFER = "Isi evaluasi kegiatan, tanpa nama"


@pytest.fixture
def event(make):
    return make.event(code="UJI-101")


@pytest.fixture
def post_test(make, event):
    return make.sitting(event, Phase.POST)


def somebody(make, sitting):
    """Somebody who has handed in the last test."""
    return make.finished(sitting, make.enrolment(sitting.event)).enrolment


def hand_in(client_for, enrolment, **changes):
    return client_for(enrolment).post_form(f"/evaluasi/{enrolment.uid}", SHEET | changes)


def offered(client_for, enrolment):
    return OFFER in link_texts(client_for(enrolment).get("/"))


def test_it_is_offered_after_the_last_test_only(make, client_for, event, post_test):
    pre_test = make.sitting(event)
    enrolment = make.enrolment(event)
    make.finished(pre_test, enrolment)

    assert not offered(client_for, enrolment)
    make.finished(post_test, enrolment)
    assert offered(client_for, enrolment)


def test_who_waits_for_a_follow_up_is_asked_already(make, client_for, event, post_test):
    make.sitting(event, Phase.FOLLOW_UP, opens_at=make.now + timedelta(days=7))

    assert offered(client_for, somebody(make, post_test))


def test_a_test_still_to_come_is_waited_for_and_one_missed_is_not(make, client_for, event):
    enrolment = make.enrolment(event)
    make.finished(make.sitting(event), enrolment)
    later = make.sitting(event, Phase.POST, opens_at=make.now + timedelta(minutes=20))

    assert not offered(client_for, enrolment)
    later.opens_at = make.now - timedelta(hours=2)
    later.closes_at = make.now - timedelta(hours=1)
    make.session.commit()
    assert offered(client_for, enrolment)


def test_who_has_taken_nothing_is_not_asked_whatever_address_they_open(
    make, client_for, event, post_test
):
    enrolment = make.enrolment(event)

    reply = hand_in(client_for, enrolment)

    assert reply.status_code == 409
    assert "tidak sedang ditawarkan" in words(root(reply))
    assert stored(make, EvaluationBox) == []


def test_a_sheet_keeps_nothing_that_leads_back_to_its_person(make, client_for, event, post_test):
    enrolment = somebody(make, post_test)

    reply = hand_in(client_for, enrolment, remark="Ruang panas.")

    assert reply.status_code == 303
    [row] = stored(make, EvaluationBox)
    columns = {column.name for column in EvaluationBox.__table__.columns}
    assert columns == {"id", "event_id", "read", "sealed"}
    assert row.sealed == {
        "counts": [[0, 0, 0, 0, 1], [0, 0, 0, 1, 0], [0, 0, 1, 0, 0]],
        "remarks": ["Ruang panas."],
    }
    assert make.fresh(enrolment).evaluated
    assert stored(make, AuditEntry) == []


def test_nobody_hands_in_twice(make, client_for, event, post_test):
    enrolment = somebody(make, post_test)
    hand_in(client_for, enrolment)

    again = hand_in(client_for, enrolment, useful="1")

    assert texts(again, "participant")
    assert "sudah bercampur dengan lembar lain" in words(root(again))
    assert stored(make, EvaluationBox)[0].box.sheets == 1
    assert not offered(client_for, enrolment)


def test_it_cannot_be_handed_in_for_somebody_else(make, client_for, event, post_test):
    mine, theirs = somebody(make, post_test), somebody(make, post_test)

    assert client_for(mine).post_form(f"/evaluasi/{theirs.uid}", SHEET).status_code == 404
    assert stored(make, EvaluationBox) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"useful": ""}, "Isi kegiatan berguna untuk pekerjaan saya: Pilih salah satu."),
        ({"clear": "6"}, "Penjelasan narasumber mudah dipahami: Pilih salah satu dari daftar."),
        ({"orderly": "x"}, "Kegiatan berjalan tertib dan tepat waktu: Pilih salah satu"),
        ({"remark": "a" * 501}, "Saran: Paling banyak 500 huruf."),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_kept(
    make, client_for, event, post_test, changes, said
):
    reply = hand_in(client_for, somebody(make, post_test), **changes)

    assert reply.status_code == 400
    assert faults(reply)[0].startswith(said)
    assert stored(make, EvaluationBox) == []


def test_staff_see_nothing_before_five_and_then_all_five_together(
    make, client_for, citra, event, post_test
):
    desk = client_for(citra)
    told = []
    for number in range(1, 7):
        hand_in(client_for, somebody(make, post_test), remark=f"Saran {number}")
        told.append(words(root(desk.get("/laporan/UJI-101"))))

    assert ["Saran" in page for page in told] == [False] * 4 + [True] * 2
    assert "0 dari 4 lembar dibaca" in told[3]
    assert all(f"Saran {number}" in told[4] for number in range(1, 6))
    assert "Saran 6" not in told[5]
    assert "5 dari 6 lembar dibaca" in told[5]
    rows = table_rows(desk.get("/laporan/UJI-101"))
    assert rows[0] == [
        "Isi kegiatan berguna untuk pekerjaan saya",
        "5,0 dari 5",
        "0",
        "0",
        "0",
        "0",
        "5",
    ]


def test_remarks_stand_in_an_order_that_is_not_that_of_their_coming(
    make, client_for, event, post_test
):
    handed_in = [f"Saran {number}" for number in range(5)]
    for remark in handed_in:
        hand_in(client_for, somebody(make, post_test), remark=remark)

    kept = stored(make, EvaluationBox)[0].box.read.remarks

    assert sorted(kept) == handed_in
    assert list(kept) != handed_in


def test_an_officer_switches_it_off_and_on(make, client_for, citra, event, post_test):
    desk, enrolment = client_for(citra), somebody(make, post_test)

    desk.post_form("/kegiatan/UJI-101/evaluasi/hentikan")
    off = offered(client_for, enrolment), hand_in(client_for, enrolment).status_code
    desk.post_form("/kegiatan/UJI-101/evaluasi/tawarkan")

    assert off == (False, 409)
    assert offered(client_for, enrolment)
    assert [line.action for line in stored(make, AuditEntry)] == [
        "evaluation_withheld",
        "evaluation_offered",
    ]


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_boxes_are_kept_on_both_databases(make, client_for, event, post_test):
    for _ in range(5):
        hand_in(client_for, somebody(make, post_test))

    assert stored(make, EvaluationBox)[0].box.read.sheets == 5
    assert make.session.scalars(
        select(text("count(*)")).select_from(text("evaluation_box"))
    ).all() == [1]
