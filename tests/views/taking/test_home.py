"""The start page: what a limit really leaves, days with their dates, and noticing an opening."""

from datetime import UTC, datetime, timedelta

import pytest

from quiz.formats import datetime_id, time_id
from quiz.models.events.events import Phase
from tests.reading import root, words

MINUTE = timedelta(minutes=1)


@pytest.fixture
def enrolment(make, ani):
    return make.enrolment(user=ani)


@pytest.fixture
def phone(client_for, enrolment):
    return client_for(enrolment)


def home(phone):
    return words(root(phone.get("/")))


def test_limit_the_closing_cuts_is_said_before_starting(phone, make, enrolment):
    make.sitting(enrolment.event, time_limit_minutes=20, closes_at=make.now + 4 * MINUTE)

    assert "Waktunya tinggal 4 menit, bukan 20 menit, karena sesi ditutup" in home(phone)


def test_limit_is_that_of_the_person(phone, make, enrolment):
    enrolment.extra_percent = 30
    make.sitting(enrolment.event, time_limit_minutes=20)

    assert "3 soal, 26 menit. Ditutup" in home(phone)


def test_limit_of_a_person_with_more_time_can_be_cut_where_others_have_theirs(
    phone, make, enrolment
):
    enrolment.extra_percent = 30
    make.sitting(enrolment.event, time_limit_minutes=20, closes_at=make.now + 23 * MINUTE)

    assert "Waktunya tinggal 23 menit, bukan 26 menit" in home(phone)


def test_officer_who_opens_late_is_told_that_the_closing_cuts_the_limit(
    make, client_for, citra, enrolment
):
    sitting = make.sitting(
        enrolment.event,
        time_limit_minutes=20,
        opens_at=make.now + 2 * MINUTE,
        closes_at=make.now + 10 * MINUTE,
    )

    page = client_for(citra).get(f"/kegiatan/{enrolment.event.code}/sesi/{sitting.uid}/buka")

    assert "Waktunya tinggal 10 menit, bukan 20 menit" in words(root(page))


@pytest.mark.parametrize("days", [0, 6])
def test_closing_has_its_date_when_it_is_another_day(phone, make, enrolment, days):
    now = datetime.now(UTC)
    closes = now.replace(hour=15, minute=59) if days == 0 else now + timedelta(days=days)
    if closes <= now:
        pytest.skip("the last minute of the day in WITA")
    make.sitting(enrolment.event, Phase.FOLLOW_UP, closes_at=closes)

    said = home(phone)

    same_day = days == 0 and now.hour < 16
    assert f"Ditutup {time_id(closes) if same_day else datetime_id(closes)}." in said


def test_waiting_page_changes_its_word_when_the_sitting_opens(phone, make, enrolment):
    sitting = make.sitting(enrolment.event, opens_at=make.now + 5 * MINUTE)
    before = phone.get("/menunggu").json["word"]
    page = phone.get("/").text
    sitting.opens_at = make.now
    make.session.commit()

    assert f'data-word="{before}"' in page
    assert phone.get("/menunggu").json["word"] != before
    assert "data-wait" not in phone.get("/").text


def test_waiting_page_notices_a_sitting_that_is_planned_only_now(phone, make, enrolment):
    before = phone.get("/menunggu").json["word"]
    make.sitting(enrolment.event)

    assert phone.get("/menunggu").json["word"] != before


def test_asking_costs_the_same_whatever_the_number_of_people(phone, make, enrolment, count_queries):
    sitting = make.sitting(enrolment.event)
    make.finished(sitting, enrolment)
    alone = count_queries(lambda: phone.get("/menunggu"))
    for _ in range(3):
        make.finished(sitting, make.enrolment(enrolment.event))

    assert count_queries(lambda: phone.get("/menunggu")) == alone


@pytest.mark.parametrize("way", ["card", "code"])
@pytest.mark.parametrize(
    ("days", "said"), [(3, "Baru dapat dipakai mulai"), (-100, "Kegiatannya sudah berlalu")]
)
def test_card_and_code_say_when_they_work(make, client, ani, way, days, said):
    starts = make.now + timedelta(days=days)
    event = make.event(starts_at=starts, ends_at=starts + timedelta(hours=3))
    enrolment = make.enrolment(event, ani)

    if way == "card":
        reply = client.get(f"/k/{make.token(enrolment)}")
    else:
        reply = client.post_form("/masuk", {"code": make.code(enrolment)})

    assert reply.status_code == 409
    assert said in reply.text
    assert event.title in reply.text
    if days > 0:
        assert datetime_id(event.admits_from) in reply.text
