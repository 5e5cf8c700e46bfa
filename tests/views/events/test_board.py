"""The live board: what it counts, who it says may need help, and what its buttons do."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from werkzeug.test import TestResponse

from quiz.actions.taking.taking import HandedInBy, hand_in
from quiz.models import Attempt, AuditEntry, Enrolment, Sitting, User
from quiz.permissions import Role
from tests.client import HouseClient
from tests.conftest import BOTH_DATABASES
from tests.factories import Make
from tests.reading import link_texts, notices, root, stored, table_rows, texts, words

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

CALM = "Tidak ada yang tampak menunggu."


@pytest.fixture
def sitting(make: Make) -> Sitting:
    """Open for an hour yet, half an hour for each."""
    return make.sitting(make.event(), time_limit_minutes=30)


@pytest.fixture
def ani_there(make: Make, sitting: Sitting, ani: User) -> Enrolment:
    return make.enrolment(sitting.event, ani, checked_in_at=make.now)


def address(sitting: Sitting, step: str = "") -> str:
    return f"/kegiatan/{sitting.event.code}/papan{step}"


def counts(reply: TestResponse) -> list[str]:
    return texts(reply, "count")


def needing(reply: TestResponse) -> list[str]:
    """Name, and why: one for each person."""
    return [words(item) for people in with_people(reply) for item in people.iter("li")]


def with_people(reply: TestResponse):
    return [node for node in root(reply).iter("ul") if node.get("class") == "people"]


def begun(make: Make, sitting: Sitting, enrolment: Enrolment, minutes: int = 1) -> Attempt:
    return make.attempt(sitting, enrolment, started_at=make.now - timedelta(minutes=minutes))


def clocked(make: Make, attempt: Attempt) -> Attempt:
    """What its phone handed in by itself when time was up."""
    hand_in(make.session, attempt, (), "K7P2QX", attempt.times.end_at, HandedInBy.CLOCK)
    make.session.commit()
    return attempt


@pytest.mark.parametrize("role", Role)
def test_only_officers_and_admins_watch(
    make: Make, client_for: ClientFor, sitting: Sitting, role: Role
) -> None:
    browser = client_for(make.user(username="seseorang", role=role))

    page, part = browser.get(address(sitting)), browser.get(address(sitting, "/isi"))

    allowed = role in {Role.OFFICER, Role.ADMIN}
    assert (page.status_code, part.status_code) == ((200, 200) if allowed else (403, 403))


@pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)
def test_the_board_counts_who_is_there_works_and_has_handed_in(
    make: Make, client_for: ClientFor, citra: User, sitting: Sitting, ani_there: Enrolment
) -> None:
    event, unit = sitting.event, make.unit("Kecamatan Rekaan", "kecamatan")
    begun(make, sitting, make.enrolment(event, unit=unit))
    make.finished(sitting, make.enrolment(event, unit=unit, checked_in_at=make.now))
    make.enrolment(event, unit=unit)
    make.enrolment(event, unit=unit, removed_at=make.now)

    reply = client_for(citra).get(address(sitting))

    assert counts(reply) == [
        "2 dari 4 hadir 1 orang mengerjakan tanpa tercatat hadir",
        "1 mengerjakan 2 mulai, rata-rata terjawab 0 dari 3 soal",
        "1 terkirim termasuk yang habis waktu dengan jawaban",
        "0 HP menunggu sinyal semua jawaban yang dikabarkan HP sudah di server",
    ]
    assert table_rows(reply) == [
        [
            "Kecamatan Rekaan 1 orang mengerjakan tanpa tercatat hadir",
            "1 dari 3",
            "2",
            "1",
            "",
        ],
        ["UPT Pendidikan Rekaan", "1 dari 1", "0", "0", ""],
    ]
    assert needing(reply) == []


def test_an_event_without_sittings_has_a_way_on(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    reply = client_for(citra).get(f"/kegiatan/{make.event().code}/papan")

    assert texts(reply, "empty") == ["Belum ada sesi pada kegiatan ini. Siapkan kegiatan"]


def test_a_board_of_many_asks_as_much_as_one_of_one(
    make: Make, client_for: ClientFor, citra: User, count_queries: Count
) -> None:
    one, many = make.sitting(), make.sitting()
    begun(make, one, make.enrolment(one.event))
    for _ in range(4):
        enrolment = make.enrolment(many.event, unit=make.unit())
        make.response(begun(make, many, enrolment, minutes=9))
    browser = client_for(citra)
    browser.get(address(one))

    assert count_queries(lambda: browser.get(address(many))) == count_queries(
        lambda: browser.get(address(one))
    )


def test_sixty_boards_within_a_second_ask_only_who_they_are(
    make: Make, client_for: ClientFor, citra: User, sitting: Sitting, count_queries: Count
) -> None:
    browsers = [client_for(citra) for _ in range(60)]
    browsers[0].get(address(sitting, "/isi"))
    alone = count_queries(lambda: browsers[0].get("/sehat"))

    asked = count_queries(lambda: [each.get(address(sitting, "/isi")) for each in browsers])

    assert (alone, asked) == (1, 60)


def test_who_has_the_newest_board_is_answered_without_a_body(
    make: Make, client_for: ClientFor, citra: User, sitting: Sitting, ani_there: Enrolment
) -> None:
    browser = client_for(citra)
    first = browser.get(address(sitting, "/isi")).get_json()
    same = browser.get(address(sitting, f"/isi?kata={first['word']}"))

    begun(make, sitting, ani_there)
    with time_machine.travel(make.now + timedelta(minutes=10), tick=False):
        later = browser.get(address(sitting, f"/isi?kata={first['word']}"))

    assert (same.status_code, same.data) == (204, b"")
    assert later.get_json()["word"] != first["word"]


def test_the_part_a_script_fetches_is_the_part_of_the_page(
    client_for: ClientFor, citra: User, sitting: Sitting, ani_there: Enrolment
) -> None:
    browser = client_for(citra)

    page, part = browser.get(address(sitting)), browser.get(address(sitting, "/isi"))

    assert part.get_json()["html"] in page.text


# Who may need help


def test_answers_that_stay_on_a_phone_are_said_with_when_it_was_heard(
    make: Make, client_for: ClientFor, citra: User, sitting: Sitting, ani_there: Enrolment
) -> None:
    attempt = begun(make, sitting, ani_there, minutes=3)
    phone = client_for(ani_there)
    given = {"chosen": ["a"], "confidence": None, "revision": 1, "at": None, "waiting": 4}

    reply = phone.send_json(f"/kuis/{attempt.uid}/jawaban/1", given)
    page = client_for(citra).get(address(sitting))

    assert reply.status_code == 200
    assert counts(page)[3] == "1 HP menunggu sinyal 4 jawaban masih di HP saat terakhir terhubung"
    (person,) = needing(page)
    assert person.startswith("Ani Lestari UPT Pendidikan Rekaan. 4 jawaban masih di HP.")


def test_a_repeated_answer_says_that_the_phone_was_heard_of(
    make: Make, client_for: ClientFor, sitting: Sitting, ani_there: Enrolment
) -> None:
    attempt = begun(make, sitting, ani_there, minutes=3)
    phone = client_for(ani_there)
    given = {"chosen": ["a"], "confidence": None, "revision": 1, "at": None, "waiting": 0}

    phone.send_json(f"/kuis/{attempt.uid}/jawaban/1", given)
    once = make.fresh(attempt).heard_at
    phone.send_json(f"/kuis/{attempt.uid}/jawaban/1", given)
    with time_machine.travel(make.now + timedelta(minutes=2), tick=False):
        phone.send_json(f"/kuis/{attempt.uid}/jawaban/1", given)

    assert once is None
    assert make.fresh(attempt).heard_at == make.now + timedelta(minutes=2)


def test_who_has_waited_longest_stands_first(
    make: Make, client_for: ClientFor, citra: User, sitting: Sitting
) -> None:
    for minutes in (6, 20, 2, 12):
        user = make.user(f"Orang {minutes}")
        begun(make, sitting, make.enrolment(sitting.event, user), minutes)

    people = needing(client_for(citra).get(address(sitting)))

    assert [person.split(" Tidak ada kabar")[0] for person in people] == [
        f"Orang {minutes} {unit}." for minutes, unit in zip((20, 12, 6), units(make), strict=True)
    ]


def units(make: Make) -> list[str]:
    rows = {row.user.name: row.unit_name for row in stored(make, Enrolment)}
    return [rows[f"Orang {minutes}"] for minutes in (20, 12, 6)]


def test_time_is_up_and_nothing_has_come(
    make: Make, client_for: ClientFor, citra: User, sitting: Sitting, ani_there: Enrolment
) -> None:
    begun(make, sitting, ani_there, minutes=32)

    page = client_for(citra).get(address(sitting))

    assert counts(page)[3] == "1 HP menunggu sinyal menunggu kiriman terakhir dari HP"
    assert "kiriman HP ditunggu" in needing(page)[0]


def test_whom_the_clock_stopped_goes_on_by_a_button(
    make: Make, client_for: ClientFor, citra: User, sitting: Sitting, ani_there: Enrolment
) -> None:
    attempt = clocked(make, begun(make, sitting, ani_there, minutes=32))
    browser = client_for(citra)
    page = browser.get(address(sitting))

    path = address(sitting, f"/{sitting.uid}/tambah/{attempt.uid}")
    reply = browser.post_form(path, {"had": "0"}, follow_redirects=True)

    assert "Lanjutkan lagi, 5 menit" in needing(page)[0]
    assert 'aria-label="Lanjutkan lagi, 5 menit: Ani Lestari"' in page.text
    assert make.fresh(attempt).extra_seconds == 300
    assert notices(reply)[0].startswith("Waktu Ani Lestari kini habis ")
    assert "Tidak ada kabar dari HP" in needing(reply)[0]


def test_two_clicks_give_one_person_their_minutes_once(
    make: Make, client_for: ClientFor, citra: User, sitting: Sitting, ani_there: Enrolment
) -> None:
    attempt = begun(make, sitting, ani_there)
    browser = client_for(citra)
    path = address(sitting, f"/{sitting.uid}/tambah/{attempt.uid}")

    browser.post_form(path, {"had": "0"})
    browser.post_form(path, {"had": "0"})

    assert make.fresh(attempt).extra_seconds == 300
    assert [entry.action for entry in stored(make, AuditEntry)] == ["extra_minutes_given"]


def test_who_has_handed_in_is_given_no_minutes(
    make: Make, client_for: ClientFor, citra: User, sitting: Sitting, ani_there: Enrolment
) -> None:
    attempt = make.finished(sitting, ani_there)
    path = address(sitting, f"/{sitting.uid}/tambah/{attempt.uid}")

    reply = client_for(citra).post_form(path, {"had": "0"})

    assert reply.status_code == 409
    assert make.fresh(attempt).extra_seconds == 0


def test_an_attempt_of_another_sitting_is_not_found(
    make: Make, client_for: ClientFor, citra: User, sitting: Sitting
) -> None:
    attempt = make.attempt()
    path = address(sitting, f"/{sitting.uid}/tambah/{attempt.uid}")

    assert client_for(citra).post_form(path, {"had": "0"}).status_code == 404


# Minutes for everybody


@pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)
def test_minutes_for_all_move_the_closing_and_the_limits_of_those_under_way(
    make: Make, client_for: ClientFor, citra: User, sitting: Sitting, ani_there: Enrolment
) -> None:
    running = begun(make, sitting, ani_there)
    sent = make.finished(sitting, make.enrolment(sitting.event))
    before = sitting.closes_at
    browser = client_for(citra)
    path = address(sitting, f"/{sitting.uid}/tambah")

    for _ in range(2):
        browser.post_form(path, {"tutup": before.isoformat()})

    assert make.fresh(sitting).closes_at == before + timedelta(minutes=3)
    assert (make.fresh(running).extra_seconds, make.fresh(sent).extra_seconds) == (180, 0)
    assert [entry.action for entry in stored(make, AuditEntry)] == ["sitting_extended"]


def test_a_closed_sitting_is_not_given_minutes(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    closed = make.sitting(closes_at=make.now - timedelta(minutes=1))
    path = address(closed, f"/{closed.uid}/tambah")

    reply = client_for(citra).post_form(path, {"tutup": closed.closes_at.isoformat()})

    assert reply.status_code == 409


# Which sitting, which people, and back


def test_the_board_shows_what_is_open_then_what_is_awaited_then_what_comes(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    event, minute = make.event(), timedelta(minutes=1)
    make.sitting(event, opens_at=make.now - 60 * minute, closes_at=make.now + 5 * minute)
    make.sitting(event, "post", opens_at=make.now + 40 * minute, closes_at=make.now + 60 * minute)
    browser = client_for(citra)
    shown = []

    for passed in (0, 6, 16, 45, 200):
        with time_machine.travel(make.now + passed * minute, tick=False):
            page = client_for(citra).get(f"/kegiatan/{event.code}/papan")
            shown.append(words(next(root(page).iter("h1"))))

    assert [each.removeprefix("Papan langsung: ") for each in shown] == [
        "Pre-test",
        "Pre-test",
        "Post-test",
        "Post-test",
        "Post-test",
    ]
    assert browser is not None


def test_who_has_not_sent_is_listed_by_name(
    make: Make, client_for: ClientFor, citra: User, sitting: Sitting, ani_there: Enrolment
) -> None:
    make.finished(sitting, make.enrolment(sitting.event, make.user("Budi Hartono")))

    unsent = client_for(citra).get(address(sitting, "?tampil=belum"))
    sent = client_for(citra).get(address(sitting, "?tampil=terkirim"))

    assert [row[0].split(" UPT")[0] for row in table_rows(unsent)] == ["Ani Lestari"]
    assert table_rows(unsent)[0][1:3] == ["hadir, belum mulai", "–"]
    assert table_rows(sent)[0][0].startswith("Budi Hartono")
    assert "Ulangi dari awal: Budi Hartono" in link_texts(sent)


@pytest.mark.parametrize("wrong", ["?tampil=apa", "?halaman=x", "?sesi="])
def test_what_the_address_asks_wrongly_is_passed_over(
    client_for: ClientFor, citra: User, sitting: Sitting, wrong: str
) -> None:
    assert client_for(citra).get(address(sitting, wrong)).status_code == 200


def test_a_sitting_of_another_event_is_not_on_this_board(
    make: Make, client_for: ClientFor, citra: User, sitting: Sitting
) -> None:
    reply = client_for(citra).get(address(sitting, f"?sesi={make.sitting().uid}"))

    assert reply.status_code == 404


def test_a_step_taken_from_the_board_leads_back_to_it(
    client_for: ClientFor, citra: User, sitting: Sitting
) -> None:
    browser = client_for(citra)
    step = f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}/tutup?kembali=papan"
    (form,) = [
        f for f in root(browser.get(step)).iter("form") if f.get("action", "").endswith("papan")
    ]

    reply = browser.post_form(form.get("action", ""))

    assert reply.location == address(sitting, f"?sesi={sitting.uid}")


def test_watching_keeps_no_staff_session_awake(
    make: Make, client_for: ClientFor, citra: User, sitting: Sitting
) -> None:
    browser = client_for(citra)
    statuses = []

    for minutes in (20, 40, 59, 61):
        with time_machine.travel(make.now + timedelta(minutes=minutes), tick=False):
            statuses.append(browser.get(address(sitting, "/isi")).status_code)

    assert statuses == [200, 200, 200, 401]
