"""Participants are told what became of their contest, and of corrections made for others."""

from collections.abc import Callable

from quiz.formats import date_id, datetime_id
from quiz.models import Attempt, BankItem, Enrolment, User
from quiz.models.events.events import Phase
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import (
    texts,
)
from tests.views.scores.contests.contested import ANSWER, WORDS, contested

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]


def told(client_for: ClientFor, enrolment: Enrolment, attempt: Attempt) -> list[str]:
    """What home, feedback and one's own data say of contests and corrections."""
    browser = client_for(enrolment)
    home = texts(browser.get("/"), "aside")
    beside = [
        said
        for said in texts(browser.get(f"/kuis/{attempt.uid}/hasil"), "aside")
        if "anggahan" in said or "Dikoreksi" in said
    ]
    own = [said for said in texts(browser.get("/data-saya"), "panel") if WORDS in said]
    return [*home, *beside, *own]


def dated(make: Make, *sentences: str) -> list[str]:
    return [
        sentence.replace("{day}", date_id(make.now)).replace("{time}", datetime_id(make.now))
        for sentence in sentences
    ]


def test_a_waiting_contest_is_told_everywhere(
    make: Make, client_for: ClientFor, attempt: Attempt
) -> None:
    make.contest(attempt, 1, WORDS)

    assert told(client_for, attempt.enrolment, attempt) == dated(
        make,
        "Sanggahan Anda pada Post-test: 1 menunggu putusan. Lihat di pembahasan",
        "Sanggahan Anda, {day}. Menunggu putusan pemeriksa hukum.",
        "Post-test, {time} " + WORDS + " Menunggu putusan pemeriksa hukum.",
    )


def test_a_kept_key_is_told_with_its_explanation(
    make: Make, client_for: ClientFor, attempt: Attempt, hadi: User
) -> None:
    make.contest(attempt, 1, WORDS).keep_key(ANSWER, hadi, make.now)
    make.session.commit()

    assert told(client_for, attempt.enrolment, attempt) == dated(
        make,
        "Sanggahan Anda pada Post-test: 1 kunci tetap. Lihat di pembahasan",
        "Sanggahan Anda, {day}. Diputus {day}: kunci tetap. " + ANSWER,
        "Post-test, {time} " + WORDS + " Diputus {day}: kunci tetap. " + ANSWER,
    )


def test_a_ruling_is_told_beside_the_item_and_the_verdict_follows_it(
    make: Make, client_for: ClientFor, item: BankItem, ani: User
) -> None:
    second = item.published.item.options[1].id
    sitting = make.sitting(phase=Phase.POST, items=[item], shuffle_options=False)
    attempt = make.attempt(sitting, make.enrolment(sitting.event, ani))
    make.response(attempt, 1, [second])
    attempt.submitted_at, attempt.receipt = make.now, "ABCDEF"
    make.score(attempt, make.now)
    contest = make.contest(attempt, 1, WORDS)
    contest.answer_with(make.ruling(item.published, "accept", options=[second]))
    make.session.commit()

    page = client_for(attempt.enrolment).get(f"/kuis/{attempt.uid}/hasil")

    assert told(client_for, attempt.enrolment, attempt) == dated(
        make,
        "Sanggahan Anda pada Post-test: 1 diterima. Lihat di pembahasan",
        "Dikoreksi pemeriksa hukum, {day}. Diterima juga: “Opsi 2”. Pasalnya berkata lain.",
        "Sanggahan Anda, {day}. Diterima {day}.",
        "Post-test, {time} " + WORDS + " Diterima {day}. Pasalnya berkata lain.",
    )
    assert texts(page, "verdict") == ["Jawaban tepat", "Pilihan Anda, tepat"]
    assert texts(page, "big") == ["1 dari 1 soal pengetahuan tepat"]


def test_a_ruling_is_told_to_those_who_did_not_contest_too(
    make: Make, client_for: ClientFor, item: BankItem, attempt: Attempt
) -> None:
    make.ruling(item.published)

    assert told(client_for, attempt.enrolment, attempt) == dated(
        make,
        "Dikoreksi pemeriksa hukum, {day}. "
        "Soal ini dibatalkan dan tidak dihitung. Pasalnya berkata lain.",
    )


def test_a_withdrawn_ruling_is_told_too(
    make: Make, client_for: ClientFor, item: BankItem, attempt: Attempt, hadi: User
) -> None:
    contest, row = make.contest(attempt, 1, WORDS), make.ruling(item.published)
    contest.answer_with(row)
    row.withdrawn_at, row.withdrawn_by, row.withdraw_reason = make.now, hadi, "Ternyata tepat."
    make.session.commit()

    assert (
        told(client_for, attempt.enrolment, attempt)[1]
        == dated(
            make,
            "Sanggahan Anda, {day}. "
            "Diterima {day}, lalu putusan itu dicabut {day}. Ternyata tepat.",
        )[0]
    )


def test_nobody_is_told_of_anothers_contest(
    make: Make, client_for: ClientFor, attempt: Attempt, budi: User
) -> None:
    make.contest(attempt, 1, WORDS)
    other = make.finished(attempt.sitting, make.enrolment(attempt.sitting.event, budi))

    assert told(client_for, other.enrolment, other) == []


def test_pages_run_as_many_queries_for_three_contests_as_for_one(
    make: Make,
    client_for: ClientFor,
    item: BankItem,
    attempt: Attempt,
    hadi: User,
    count_queries: Count,
) -> None:
    make.contest(attempt, 1)
    second = item.published.item.options[1].id
    ruling = make.ruling(item.published, "accept", options=[second])
    contested(make, item).answer_with(ruling)
    make.session.commit()
    phone, desk = client_for(attempt.enrolment), client_for(hadi)
    acts = [
        lambda: phone.get("/"),
        lambda: phone.get(f"/kuis/{attempt.uid}/hasil"),
        lambda: phone.get("/data-saya"),
        lambda: desk.get("/soal/sanggahan"),
        lambda: desk.get("/soal/ADA-1/sanggahan"),
    ]
    for act in acts:
        act()
    one = [count_queries(act) for act in acts]
    make.contest(attempt, 2)
    contested(make, item).answer_with(ruling)
    contested(make, make.bank_item())
    make.session.commit()

    three = [count_queries(act) for act in acts]

    assert three == one
