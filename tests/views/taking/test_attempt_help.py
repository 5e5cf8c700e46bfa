"""Extra time for one person, and what a receipt stands for."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from quiz.formats import datetime_id, when_id
from quiz.models import Attempt, AuditEntry, Enrolment, Sitting, User
from quiz.models.events.events import Phase
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import faults, link_texts, notices, root, stored, texts

ClientFor = Callable[..., HouseClient]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def enrolment(make: Make, ani: User) -> Enrolment:
    return make.enrolment(user=ani)


@pytest.fixture
def sitting(make: Make, enrolment: Enrolment) -> Sitting:
    """Open for another hour; 20 minutes for each person."""
    return make.sitting(enrolment.event, time_limit_minutes=20)


@pytest.fixture
def attempt(make: Make, sitting: Sitting, enrolment: Enrolment) -> Attempt:
    """Begun ten minutes ago."""
    return make.attempt(sitting, enrolment, started_at=make.now - 10 * MINUTE)


@pytest.fixture
def desk(client_for: ClientFor, citra: User) -> HouseClient:
    return client_for(citra)


def of(enrolment: Enrolment, rest: str = "") -> str:
    return f"/kegiatan/{enrolment.event.code}/peserta/{enrolment.uid}/waktu{rest}"


def give(desk: HouseClient, attempt: Attempt, minutes: object, had: int = 0):  # type: ignore[no-untyped-def]
    fields = {f"{attempt.uid}-minutes": minutes, f"{attempt.uid}-had": had}
    return desk.post_form(of(attempt.enrolment, f"/{attempt.uid}"), fields)


def actions(make: Make) -> list[tuple[str, str]]:
    return [(entry.action, entry.subject_uid) for entry in stored(make, AuditEntry)]


# 130 %


def test_share_makes_a_later_attempt_longer(make, desk, sitting, enrolment):
    desk.post_form(of(enrolment), {"share": "y"})

    attempt = make.attempt(sitting, make.fresh(enrolment), started_at=make.now)
    assert attempt.times.end_at == make.now + 26 * MINUTE


def test_share_reaches_an_attempt_that_runs(make, desk, attempt):
    desk.post_form(of(attempt.enrolment), {"share": "y"})

    assert make.fresh(attempt).times.end_at == attempt.started_at + 26 * MINUTE


def test_share_given_twice_gives_nothing_twice(make, desk, attempt):
    for share in ("y", "", "y"):
        desk.post_form(of(attempt.enrolment), {"share": share} if share else {})

    assert make.fresh(attempt).extra_seconds == 6 * 60


def test_share_taken_back_leaves_a_running_attempt_its_time(make, desk, attempt):
    desk.post_form(of(attempt.enrolment), {"share": "y"})
    desk.post_form(of(attempt.enrolment))

    assert make.fresh(attempt).extra_seconds == 6 * 60
    assert make.fresh(attempt.enrolment).extra_percent == 0


def test_share_changes_no_finished_attempt(make, desk, sitting, enrolment):
    done = make.finished(sitting, enrolment)

    desk.post_form(of(enrolment), {"share": "y"})

    assert make.fresh(done).extra_seconds == 0


def test_share_is_recorded_with_before_and_after(make, desk, enrolment):
    desk.post_form(of(enrolment), {"share": "y"})

    [entry] = stored(make, AuditEntry)
    assert (entry.action, entry.subject_uid) == ("extra_share_set", enrolment.uid)
    assert entry.detail.content == {"before": "100 %", "after": "130 %"}


def test_page_shows_the_share_that_was_set(desk, enrolment):
    reply = desk.post_form(of(enrolment), {"share": "y"}, follow_redirects=True)

    [box] = [node for node in root(reply).iter("input") if node.get("id") == "share"]
    assert "checked" in box.keys()  # noqa: SIM118  # an element is no dict
    assert notices(reply) == [
        "Ani Lestari mendapat 130 % waktu, juga pada pengerjaan yang sedang berjalan."
    ]


# Minutes


def test_minutes_lengthen_a_running_attempt(make, desk, attempt):
    reply = give(desk, attempt, 7)

    assert reply.status_code == 303
    assert make.fresh(attempt).times.end_at == attempt.started_at + 27 * MINUTE
    assert actions(make) == [("extra_minutes_given", attempt.uid)]


def test_minutes_within_the_grace_let_the_person_answer_again(
    make, desk, client_for, sitting, enrolment
):
    attempt = make.attempt(sitting, enrolment, started_at=make.now - 22 * MINUTE)
    phone = client_for(enrolment)
    payload = {"chosen": ["a"], "confidence": None, "revision": 1_000_001, "at": None}
    before = phone.send_json(f"/kuis/{attempt.uid}/jawaban/1", payload)

    give(desk, attempt, 5)

    after = phone.send_json(f"/kuis/{attempt.uid}/jawaban/1", payload)
    state = phone.get(f"/kuis/{attempt.uid}/keadaan").json
    assert (before.json["error"], after.status_code) == ("closed", 200)
    assert state["state"] == "running"


def test_minutes_sent_twice_from_one_page_are_given_once(make, desk, attempt):
    give(desk, attempt, 5)
    again = give(desk, attempt, 5)

    assert again.status_code == 303
    assert make.fresh(attempt).extra_seconds == 5 * 60


def test_minutes_add_up_page_by_page(make, desk, attempt):
    give(desk, attempt, 5)
    give(desk, attempt, 5, had=5 * 60)

    assert make.fresh(attempt).extra_seconds == 10 * 60


@pytest.mark.parametrize("minutes", ["", "0", "121", "-5", "lima"])
def test_minutes_that_cannot_be_are_named_at_their_field(make, desk, attempt, minutes):
    reply = give(desk, attempt, minutes)

    assert (reply.status_code, len(faults(reply))) == (400, 1)
    assert make.fresh(attempt).extra_seconds == 0


def test_finished_attempt_gets_no_minutes(make, desk, sitting, enrolment):
    done = make.finished(sitting, enrolment)

    reply = give(desk, done, 5)

    assert reply.status_code == 409
    assert "sudah selesai" in reply.text


def test_minutes_do_not_reach_somebody_elses_attempt(make, desk, attempt, budi):
    other = make.enrolment(attempt.enrolment.event, budi)

    reply = desk.post_form(of(other, f"/{attempt.uid}"), {f"{attempt.uid}-minutes": 5})

    assert reply.status_code == 409
    assert make.fresh(attempt).extra_seconds == 0


def test_attempt_without_a_limit_points_to_extending(make, desk, enrolment):
    attempt = make.attempt(make.sitting(enrolment.event), enrolment)

    page = desk.get(of(enrolment))
    reply = give(desk, attempt, 5)

    assert "Perpanjang Pre-test" in link_texts(page)
    assert (reply.status_code, make.fresh(attempt).extra_seconds) == (409, 0)


# When the sitting closes before


def test_page_says_when_the_sitting_closes_before_the_extra_time_ends(make, desk, enrolment):
    sitting = make.sitting(enrolment.event, time_limit_minutes=20, closes_at=make.now + 12 * MINUTE)
    attempt = make.attempt(sitting, enrolment, started_at=make.now - 10 * MINUTE)
    calm = notices(desk.get(of(enrolment)))

    give(desk, attempt, 10)

    page = desk.get(of(enrolment))
    end, closing = (
        when_id(at, make.now) for at in (attempt.started_at + 30 * MINUTE, sitting.closes_at)
    )
    assert calm == []
    assert notices(page)[-1] == (
        f"Waktu Ani Lestari baru habis {end}, tetapi sesi ditutup {closing}. "
        "Perpanjang sesi agar waktunya utuh; batas waktu orang lain tidak berubah."
    )
    assert "Perpanjang Pre-test" in link_texts(page)


def test_extending_the_sitting_gives_the_extra_time_in_full(make, desk, enrolment):
    sitting = make.sitting(enrolment.event, time_limit_minutes=20, closes_at=make.now + 12 * MINUTE)
    attempt = make.attempt(sitting, enrolment, started_at=make.now - 10 * MINUTE)
    give(desk, attempt, 5)

    desk.post_form(
        f"/kegiatan/{enrolment.event.code}/sesi/{sitting.uid}/perpanjang",
        {"minutes": 10, "closes": sitting.closes_at.isoformat()},
    )

    make.fresh(sitting)
    assert make.fresh(attempt).times.end_at == attempt.started_at + 25 * MINUTE
    assert notices(desk.get(of(enrolment)))[-1].startswith("Pre-test kini ditutup")


def test_page_warns_before_the_person_has_begun(make, desk, enrolment):
    make.sitting(enrolment.event, time_limit_minutes=20, closes_at=make.now + 22 * MINUTE)
    calm = notices(desk.get(of(enrolment)))

    desk.post_form(of(enrolment), {"share": "y"})
    desk.get(of(enrolment))

    said = notices(desk.get(of(enrolment)))
    assert (calm, len(said)) == ([], 1)
    assert said[0].startswith("Bila Ani Lestari mulai sekarang, waktunya habis")


def test_page_without_anything_to_lengthen_says_so(desk, enrolment):
    page = desk.get(of(enrolment))

    assert texts(page, "empty") == [
        "Ani Lestari tidak sedang mengerjakan, dan tidak ada sesi yang terbuka baginya. "
        "Lihat sesi kegiatan ini"
    ]


# Who may


@pytest.mark.parametrize("role", Role)
def test_only_who_manages_events_gives_time(make, client_for, attempt, role):
    browser = client_for(make.user(username="seseorang", role=role))

    replies = [
        browser.get(of(attempt.enrolment)),
        browser.post_form(of(attempt.enrolment), {"share": "y"}),
        give(browser, attempt, 5, had=6 * 60),
    ]

    allowed = role in {Role.OFFICER, Role.ADMIN}
    wanted = [200, 303, 303] if allowed else [403] * 3
    assert [reply.status_code for reply in replies] == wanted
    assert make.fresh(attempt).extra_seconds == (11 * 60 if allowed else 0)


def test_person_of_another_event_is_not_found(make, desk, enrolment):
    other = make.event()

    assert desk.get(f"/kegiatan/{other.code}/peserta/{enrolment.uid}/waktu").status_code == 404


def test_persons_page_leads_to_extra_time(desk, enrolment):
    page = desk.get(f"/kegiatan/{enrolment.event.code}/peserta/{enrolment.uid}")

    assert f'href="{of(enrolment)}"' in page.text


# Receipts


def look_up(desk: HouseClient, code: str, typed: str):  # type: ignore[no-untyped-def]
    return desk.get(f"/kegiatan/{code}/tanda-terima", query_string={"kode": typed})


def facts(reply) -> list[str]:  # type: ignore[no-untyped-def]
    return texts(reply, "facts")


def test_receipt_tells_person_unit_sitting_time_and_number_but_no_score(make, desk, enrolment):
    done = make.finished(make.sitting(enrolment.event, Phase.POST), enrolment, right=2)

    page = look_up(desk, enrolment.event.code, done.receipt)

    assert "Ani Lestari" in page.text
    assert facts(page) == [
        f"Tanda terima {done.receipt} Unit {enrolment.unit_name} Sesi Post-test "
        f"Keadaan Terkirim {datetime_id(done.submitted_at)} Jawaban di server 2 dari 3 soal"
    ]


def test_receipt_is_found_however_it_was_typed(make, desk, enrolment):
    done = make.finished(make.sitting(enrolment.event), enrolment)
    typed = f" {done.receipt[:3].lower()}-{done.receipt[3:].lower().replace('0', 'o')} "

    assert len(facts(look_up(desk, enrolment.event.code, typed))) == 1


def test_receipt_of_an_attempt_that_ran_out_is_found_too(make, desk, client_for, enrolment):
    sitting = make.sitting(enrolment.event, closes_at=make.now - 11 * MINUTE)
    attempt = make.attempt(sitting, enrolment)
    make.response(attempt)
    shown = texts(client_for(enrolment).get(f"/kuis/{attempt.uid}/hasil"), "receipt-code")

    page = look_up(desk, enrolment.event.code, shown[0])

    assert facts(page)[0].endswith("Jawaban di server 1 dari 3 soal")
    assert make.fresh(attempt).receipt is None


def test_receipt_of_a_voided_attempt_says_that_it_does_not_count(make, desk, enrolment, citra):
    done = make.finished(make.sitting(enrolment.event), enrolment)
    done.void(citra, "HP mati", make.now)
    make.session.commit()

    page = look_up(desk, enrolment.event.code, done.receipt)

    assert len(notices(page)) == 1
    assert notices(page)[0].startswith("Pengerjaan ini dibatalkan petugas")


def test_receipt_of_another_event_is_not_found_here_and_the_page_says_what_to_do(
    make, desk, enrolment
):
    done = make.finished(make.sitting(enrolment.event), enrolment)
    other = make.event()

    page = look_up(desk, other.code, done.receipt)

    assert notices(page) == [f"Tanda terima {done.receipt} tidak ada pada kegiatan {other.code}."]
    assert "minta HP itu tetap terbuka" in page.text


@pytest.mark.parametrize("typed", ["K7P2", "K7P2QX4M", "?!", "K7P2Q#"])
def test_what_is_no_receipt_is_said_so(desk, enrolment, typed):
    page = look_up(desk, enrolment.event.code, typed)

    assert notices(page) == [
        f"{typed.upper()} bukan tanda terima: isinya enam huruf dan angka, contoh K7P2QX."
    ]


def test_empty_look_up_asks_nothing_of_anybody(desk, enrolment):
    page = look_up(desk, enrolment.event.code, "")

    assert (notices(page), page.status_code) == ([], 200)


@pytest.mark.parametrize("role", Role)
def test_only_who_handles_cards_looks_receipts_up(make, client_for, enrolment, role):
    browser = client_for(make.user(username="seseorang", role=role))

    reply = look_up(browser, enrolment.event.code, "K7P2QX")

    assert reply.status_code == (200 if role is Role.OFFICER else 403)


def test_looking_up_costs_the_same_queries_whatever_the_number_of_attempts(
    make, desk, enrolment, count_queries
):
    sitting = make.sitting(enrolment.event)
    done = make.finished(sitting, enrolment)
    address = f"/kegiatan/{enrolment.event.code}/tanda-terima?kode={done.receipt}"
    desk.get(address)
    one = count_queries(lambda: desk.get(address))

    for _ in range(3):
        make.finished(sitting)
        make.attempt(sitting)

    assert count_queries(lambda: desk.get(address)) == one
