"""The gap board: what stands on it and when, who ticks, and what has moved afterwards."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from quiz.actions.events.crossing import cross
from quiz.models import AuditEntry, CoveredPassage, Passage, Sitting, User
from quiz.models.events.events import Phase
from quiz.permissions import Role
from quiz.queries.taking.asked import form_for
from tests.client import HouseClient
from tests.conftest import BOTH_DATABASES
from tests.factories import Make
from tests.reading import stored, texts, with_class, words
from tests.views.scores.speaking import answer, closed, given, items_on, post_test

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]


def board(sitting: Sitting) -> str:
    return f"/kegiatan/{sitting.event.code}/celah"


def tick(browser: HouseClient, sitting: Sitting, *codes: str, button: str = "dibahas"):
    sent = {"codes": " ".join(codes), "csrf_token": browser.csrf_token()}
    return browser.post(f"{board(sitting)}/{button}", data=sent)


@pytest.fixture
def pre(make: Make) -> Sitting:
    """Twelve people who found the first sentence easy, the second hardest, the third so so."""
    sitting = closed(make, items_on(make, "K1", "K2", "K3"))
    for person in range(12):
        attempt = make.attempt(sitting, make.enrolment(sitting.event))
        given(make, attempt, [True, person < 3, person < 6])
    return sitting


def test_confident_errors_stand_first_easy_sentences_not_at_all(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    sitting = closed(make, items_on(make, "K1", "K2", "K3"))
    for person in range(12):
        attempt = make.attempt(sitting, make.enrolment(sitting.event))
        given(make, attempt, [True, person < 3, True])
    for person in range(12):
        attempt = make.attempt(sitting, make.enrolment(sitting.event))
        given(make, attempt, [True, True, person < 2], wrong=3)

    page = client_for(dewi).get(board(sitting))

    assert texts(page, "gap-sentence") == ["Kalimat K3.", "Kalimat K2."]
    figures = texts(page, "gap-figures")
    assert figures[0].startswith("58% tepat (39 sampai 76), 24 orang")
    assert figures[1] == "63% tepat (43 sampai 79), 24 orang"
    assert ["Yakin tetapi keliru 8–12 jawaban" in each for each in figures] == [True, False]
    assert "UU 20/2023 Pasal 9 ayat (2)" in texts(page, "gap-words")[0]


def test_nothing_of_what_was_asked_stands_on_it(
    make: Make, client_for: ClientFor, dewi: User, pre: Sitting
) -> None:
    asked = form_for(make.session, pre, make.user().status).values()

    page = client_for(dewi).get(board(pre)).text

    said = [a.item.stem for a in asked] + [o.text for a in asked for o in a.item.options]
    assert [words for words in said if words in page] == []


def test_statuses_that_can_be_told_apart_are_named(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    sitting = closed(make, items_on(make, "K1"))
    for status, right in (("pns", 12), ("kepala_desa", 1)):
        for person in range(12):
            place = make.enrolment(sitting.event, status=status)
            given(make, make.attempt(sitting, place), [person < right])

    (figures,) = texts(client_for(dewi).get(board(sitting)), "gap-figures")

    assert figures.endswith("Berbeda menurut status: Kepala desa lebih sering keliru daripada PNS.")


@pytest.mark.parametrize(
    ("people", "later", "said"),
    [
        (9, timedelta(0), "9 orang mengirim Pre-test. Papan ini tampil mulai 10 orang"),
        (12, timedelta(hours=1), "Papan ini terisi sesudah Pre-test ditutup"),
    ],
)
def test_fewer_than_ten_and_a_running_pre_test_say_why_there_is_nothing(
    make: Make, client_for: ClientFor, dewi: User, people: int, later: timedelta, said: str
) -> None:
    sitting = closed(make, items_on(make, "K1"), closes_at=make.now + later)
    for _ in range(people):
        make.finished(sitting, right=0)

    page = client_for(dewi).get(board(sitting))

    assert texts(page, "gap") == []
    assert texts(page, "empty")[0].startswith(said)


def test_while_one_is_awaited_there_is_nothing_to_subtract(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    sitting = closed(make, items_on(make, "K1"), grace_minutes=10)
    for _ in range(12):
        make.finished(sitting, right=0)
    late = make.attempt(sitting)
    make.response(late, 1)

    page = client_for(dewi).get(board(sitting))

    assert texts(page, "gap") == []
    assert "kiriman dari 1 orang masih ditunggu" in texts(page, "empty")[0]


@pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)
def test_a_tick_says_who_and_when_once_and_can_be_taken_back(
    make: Make, client_for: ClientFor, dewi: User, citra: User, pre: Sitting
) -> None:
    speaker, officer = client_for(dewi), client_for(citra)

    first, again = tick(speaker, pre, "K2"), tick(officer, pre, "K2")
    (kept,) = stored(make, CoveredPassage)
    page = speaker.get(board(pre))
    back = tick(officer, pre, "K2", button="batal")

    assert [reply.status_code for reply in (first, again, back)] == [303, 303, 303]
    assert (kept.by_id, kept.passage.code, kept.event_id) == (dewi.id, "K2", pre.event_id)
    assert [words(one).split()[:3] for one in with_class(page, "covered")] == [
        ["Kalimat", "K2.", "UU"]
    ]
    assert "Sudah dibahas Dewi Kartika" in texts(page, "gap-tick")[0]
    assert stored(make, CoveredPassage) == []
    assert [line.action for line in stored(make, AuditEntry)][-2:] == [
        "passage_covered",
        "passage_uncovered",
    ]


def test_a_tick_without_a_token_or_a_passage_is_refused(
    make: Make, client_for: ClientFor, dewi: User, pre: Sitting
) -> None:
    browser = client_for(dewi)

    without = browser.post(f"{board(pre)}/dibahas", data={"codes": "K2", "csrf_token": "bukan"})

    assert without.status_code == 400
    assert tick(browser, pre, "K2", "TIDAK-ADA").status_code == 404
    assert tick(browser, pre).status_code == 400
    assert stored(make, CoveredPassage) == []


def test_ticks_are_locked_before_and_after(
    make: Make, client_for: ClientFor, dewi: User, pre: Sitting
) -> None:
    browser, items = client_for(dewi), [slot.choices[0].version.bank_item for slot in pre.slots]
    pre.closes_at = make.now + timedelta(hours=1)
    make.session.commit()
    early = tick(browser, pre, "K2")
    pre.closes_at = make.now
    make.session.commit()
    tick(browser, pre, "K2")
    post_test(make, pre, items)

    late = [tick(browser, pre, "K3"), tick(browser, pre, "K2", button="batal")]

    assert (early.status_code, [reply.status_code for reply in late]) == (409, [409, 409])
    assert "Centang dikunci sejak Post-test ditutup" in late[0].text
    assert [one.passage.code for one in stored(make, CoveredPassage)] == ["K2"]
    assert "Batalkan" not in browser.get(board(pre)).text


def test_an_archived_event_keeps_its_ticks(
    make: Make, client_for: ClientFor, dewi: User, pre: Sitting
) -> None:
    pre.event.archived_at = make.now
    make.session.commit()
    browser = client_for(dewi)

    assert browser.get(board(pre)).status_code == 200
    assert tick(browser, pre, "K2").status_code == 409


def moved_event(make: Make, browser: HouseClient, right: tuple[int, int]) -> Sitting:
    """Twelve people who did both tests after K2 was ticked; so many had K1 and K2 right after."""
    items = items_on(make, "K1", "K2")
    pre = closed(make, items)
    places = [make.enrolment(pre.event) for _ in range(12)]
    for number, place in enumerate(places):
        given(make, make.attempt(pre, place), [number < 6, number < 3])
    assert tick(browser, pre, "K2").status_code == 303
    post = post_test(make, pre, items)
    for number, place in enumerate(places):
        given(make, make.attempt(post, place), [number < right[0], number < right[1]])
    return post


@pytest.mark.parametrize(
    ("right", "verdict"),
    [
        ((6, 12), "kalimat yang dicentang lebih naik daripada kalimat lain."),
        ((7, 5), "belum dapat dibedakan."),
    ],
)
def test_afterwards_the_board_shows_the_movement_and_the_report_leads_there(
    make: Make,
    client_for: ClientFor,
    dewi: User,
    citra: User,
    right: tuple[int, int],
    verdict: str,
) -> None:
    post = moved_event(make, client_for(dewi), right)

    told = client_for(dewi).get(board(post)).text
    report = client_for(citra).get(f"/laporan/{post.event.code}/unit?sesi={post.uid}").text

    assert "Pergerakan pada kalimat yang dibahas" in told
    assert verdict in told
    assert "cenderung naik juga tanpa dibahas" in told
    assert "1 kalimat dicentang sudah dibahas narasumber" in report
    assert f'href="{board(post)}#pergerakan"' in report


def test_where_everything_was_covered_there_is_no_rest_to_move_beside(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    browser = client_for(dewi)
    post = moved_event(make, browser, (6, 12))
    passage = make.session.query(Passage).filter_by(code="K1").one()
    ticked = {"event_id": post.event_id, "by": dewi, "at": make.now}
    make.session.add(CoveredPassage(passage=passage, **ticked))
    make.session.commit()

    page = browser.get(board(post)).text

    assert "Pergerakannya tidak dapat dihitung" in page


@pytest.mark.parametrize("role", Role)
def test_speakers_and_officers_see_it_and_nobody_else(
    make: Make, client_for: ClientFor, pre: Sitting, role: Role
) -> None:
    browser = client_for(make.user(username="seseorang", role=role))

    reply, ticked = browser.get(board(pre)), tick(browser, pre, "K2")

    may = role in {Role.TRAINER, Role.LEGAL_CHECKER, Role.OFFICER, Role.ADMIN}
    assert (reply.status_code, ticked.status_code) == ((200, 303) if may else (403, 403))


def test_more_people_and_sentences_cost_no_more_queries(
    make: Make, client_for: ClientFor, dewi: User, pre: Sitting, count_queries: Count
) -> None:
    browser = client_for(dewi)
    tick(browser, pre, "K2")
    browser.get(board(pre))
    few = count_queries(lambda: browser.get(board(pre)))
    tick(browser, pre, "K3")
    answer(make, pre, [1, 1, 1], 6)

    assert count_queries(lambda: browser.get(board(pre))) == few


def test_crossed_forms_stand_together_and_tell_no_item_while_the_post_test_is_to_come(
    make: Make, client_for: ClientFor, dewi: User
) -> None:
    for passage in ("K1", "K2", "K3", "K4"):
        make.passage(passage, text=f"Kalimat {passage}.")
        make.bank_item(
            make.item(passages=(passage,), references=(), stem=f"Rahasia tentang {passage}?")
        )
    event, quiz = make.event(), make.quiz(("makna", None, None, 2))
    pre, post = (
        make.sitting(event, phase, prepared=False, quiz=quiz) for phase in (Phase.PRE, Phase.POST)
    )
    places = [make.enrolment(event, uid=f"tempat-{n}") for n in range(40)]
    assert cross(make.session, event, make.now - timedelta(hours=2), "benih") == []
    make.session.commit()
    for place in places:
        make.finished(pre, place, right=0)
    pre.closes_at, pre.grace_minutes = make.now, 0
    post.opens_at = make.now + timedelta(minutes=30)
    make.session.commit()

    page = client_for(dewi).get(board(pre))

    assert sorted(texts(page, "gap-sentence")) == [f"Kalimat K{n}." for n in (1, 2, 3, 4)]
    people = [int(words.split()[-2]) for words in texts(page, "gap-figures")]
    assert (sum(people), min(people) >= 10) == (2 * len(places), True)
    assert "Rahasia" not in page.text
