"""Contesting a key from the feedback, deciding it, and being told."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from quiz.formats import date_id, datetime_id
from quiz.models import Attempt, AuditEntry, BankItem, Contest, Enrolment, StoredRuling, User
from quiz.models.events.events import FeedbackMode, Phase
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import (
    faults,
    link_texts,
    notices,
    root,
    stored,
    table_rows,
    texts,
    with_class,
    words,
)

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

WORDS = "Menurut Pasal 9, jawaban kedua juga tepat."
ANSWER = "Pasal 9 hanya menyebut yang pertama."
TO_CONTEST = "Menurut saya kuncinya keliru: sanggah soal ini"


@pytest.fixture
def item(make: Make) -> BankItem:
    return make.bank_item(make.item(code="ADA-1", stem="Apa itu netral?"))


@pytest.fixture
def attempt(make: Make, item: BankItem, ani: User) -> Attempt:
    """Ani's submitted post-test of two items, feedback at once, in the author's order."""
    sitting = make.sitting(phase=Phase.POST, items=[item, make.bank_item()], shuffle_items=False)
    return make.finished(sitting, make.enrolment(sitting.event, ani))


def contested(make: Make, item: BankItem, words: str = WORDS, name: str | None = None) -> Contest:
    """A contest of the item by somebody else."""
    sitting = make.sitting(phase=Phase.POST, items=[item])
    person = make.enrolment(sitting.event, make.user(name))
    return make.contest(make.finished(sitting, person), 1, words)


def form_address(attempt: Attempt, position: int = 1) -> str:
    return f"/kuis/{attempt.uid}/sanggah/{position}"


# Filing


def test_each_item_of_the_feedback_can_be_contested(
    client_for: ClientFor, attempt: Attempt
) -> None:
    browser = client_for(attempt.enrolment)

    page = browser.get(f"/kuis/{attempt.uid}/hasil")

    assert link_texts(page).count(TO_CONTEST) == 2
    assert [link.get("href") for link in with_class(page, "link") if words(link) == TO_CONTEST] == [
        form_address(attempt, 1),
        form_address(attempt, 2),
    ]


def test_a_contest_is_filed_and_waits(
    make: Make, client_for: ClientFor, attempt: Attempt, ani: User
) -> None:
    browser = client_for(attempt.enrolment)

    form = browser.get(form_address(attempt))
    reply = browser.post_form(form_address(attempt), {"words": f"  {WORDS}\r\n"})

    [contest] = stored(make, Contest)
    [line] = stored(make, AuditEntry)
    page = browser.get(f"/kuis/{attempt.uid}/hasil")
    assert texts(form, "stem") == ["Apa itu netral?"]
    assert (reply.status_code, reply.location) == (
        303,
        f"/kuis/{attempt.uid}/hasil#sanggahan-1",
    )
    assert (contest.position, contest.text, contest.open) == (1, WORDS, True)
    assert contest.item_version_id == attempt.sitting.slots[0].choices[0].item_version_id
    assert (line.action, line.actor_id, line.subject_uid, line.detail) == (
        "contest_filed",
        ani.id,
        "ADA-1",
        None,
    )
    assert "Menunggu putusan pemeriksa hukum." in page.text
    assert link_texts(page).count(TO_CONTEST) == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "Menurut saya kuncinya keliru, karena: Tulis dulu isinya."),
        (
            "   pendek   ",
            "Menurut saya kuncinya keliru, karena: Tulis 10 sampai 1000 karakter.",
        ),
        ("x" * 1001, "Menurut saya kuncinya keliru, karena: Tulis 10 sampai 1000 karakter."),
    ],
)
def test_a_contest_has_ten_to_a_thousand_characters(
    make: Make, client_for: ClientFor, attempt: Attempt, text: str, fault: str
) -> None:
    browser = client_for(attempt.enrolment)

    reply = browser.post_form(form_address(attempt), {"words": text})

    assert (reply.status_code, faults(reply)) == (400, [fault])
    assert stored(make, Contest) == []


def test_an_item_is_contested_once_at_a_time(
    make: Make, client_for: ClientFor, attempt: Attempt
) -> None:
    make.contest(attempt, 1)
    browser = client_for(attempt.enrolment)

    again = browser.post_form(form_address(attempt, 1), {"words": WORDS})
    other = browser.post_form(form_address(attempt, 2), {"words": WORDS})

    assert (again.status_code, other.status_code) == (409, 303)
    assert "Anda sudah menyanggah soal ini." in again.text
    assert [contest.position for contest in stored(make, Contest)] == [1, 2]


def test_after_a_decision_it_can_be_contested_again(
    make: Make, client_for: ClientFor, attempt: Attempt, hadi: User
) -> None:
    make.contest(attempt, 1).keep_key(ANSWER, hadi, make.now)
    make.session.commit()
    browser = client_for(attempt.enrolment)

    page = browser.get(f"/kuis/{attempt.uid}/hasil")
    reply = browser.post_form(form_address(attempt), {"words": WORDS})

    assert "Sanggah lagi soal ini" in link_texts(page)
    assert reply.status_code == 303


@pytest.mark.parametrize("method", ["get", "post_form"])
def test_somebody_elses_attempt_is_not_found(
    make: Make, client_for: ClientFor, attempt: Attempt, budi: User, method: str
) -> None:
    browser = client_for(make.enrolment(attempt.sitting.event, budi))

    reply = getattr(browser, method)(form_address(attempt))

    assert reply.status_code == 404
    assert stored(make, Contest) == []


def test_a_position_the_attempt_does_not_have_is_not_found(
    client_for: ClientFor, attempt: Attempt
) -> None:
    browser = client_for(attempt.enrolment)

    assert browser.get(form_address(attempt, 3)).status_code == 404
    assert browser.post_form(form_address(attempt, 0), {"words": WORDS}).status_code == 404


def test_before_the_feedback_is_released_nothing_is_contested_or_shown(
    make: Make, client_for: ClientFor, attempt: Attempt
) -> None:
    attempt.sitting.feedback_mode = FeedbackMode.DELAYED
    make.session.commit()
    browser = client_for(attempt.enrolment)

    form = browser.get(form_address(attempt))
    reply = browser.post_form(form_address(attempt), {"words": WORDS})

    assert (form.status_code, reply.status_code) == (409, 409)
    assert "Penjelasan 1" not in form.text
    assert stored(make, Contest) == []


def test_a_running_attempt_contests_nothing(
    make: Make, client_for: ClientFor, item: BankItem
) -> None:
    attempt = make.attempt(make.sitting(phase=Phase.POST, items=[item]))
    browser = client_for(attempt.enrolment)

    assert browser.post_form(form_address(attempt), {"words": WORDS}).status_code == 409


# Deciding


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("address", ["/soal/sanggahan", "/soal/ADA-1/sanggahan"])
def test_only_a_legal_checker_sees_contests(
    make: Make, client_for: ClientFor, item: BankItem, role: Role, address: str
) -> None:
    contested(make, item)

    reply = client_for(make.user(username="seseorang", role=role)).get(address)

    assert reply.status_code == (200 if role is Role.LEGAL_CHECKER else 403)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LEGAL_CHECKER}))
def test_nobody_else_decides(make: Make, client_for: ClientFor, item: BankItem, role: Role) -> None:
    contest = contested(make, item)
    browser = client_for(make.user(username="seseorang", role=role))

    reply = browser.post_form(
        "/soal/ADA-1/sanggahan", {"contests": contest.uid, "explanation": ANSWER}
    )

    assert (reply.status_code, make.fresh(contest).open) == (403, True)


def test_the_queue_groups_by_version_and_says_no_name(
    make: Make, client_for: ClientFor, item: BankItem, hadi: User
) -> None:
    other = make.bank_item(make.item(code="LAIN-1", stem="Lain?"))
    contested(make, other).filed_at = make.now + timedelta(minutes=1)
    for _ in range(2):
        contested(make, item, name="Zulkifli Rekaan")
    make.session.commit()
    browser = client_for(hadi)

    queue = browser.get("/soal/sanggahan")
    page = browser.get("/soal/ADA-1/sanggahan?versi=1")

    assert [row[:2] for row in table_rows(queue)] == [
        ["Apa itu netral?ADA-1 · versi 1", "2"],
        ["Lain?LAIN-1 · versi 1", "1"],
    ]
    assert WORDS in page.text
    assert "Zulkifli" not in queue.text + page.text


def test_the_menu_counts_what_waits_for_a_checker(
    make: Make, client_for: ClientFor, item: BankItem, hadi: User, dewi: User
) -> None:
    contested(make, item)

    entries = [
        [text for text in link_texts(client_for(person).get("/soal")) if "Sanggahan" in text]
        for person in (hadi, dewi)
    ]

    assert entries == [["Sanggahan 1"], []]


def test_an_empty_queue_says_where_contests_come_from(client_for: ClientFor, hadi: User) -> None:
    page = client_for(hadi).get("/soal/sanggahan")

    assert texts(page, "empty") == [
        "Tidak ada sanggahan yang menunggu. "
        "Peserta menyanggah dari halaman pembahasannya.Ke bank soal"
    ]


def test_the_key_is_kept_with_an_explanation(
    make: Make, client_for: ClientFor, item: BankItem, hadi: User
) -> None:
    first, second = contested(make, item), contested(make, item)
    browser = client_for(hadi)

    reply = browser.post_form(
        "/soal/ADA-1/sanggahan?versi=1", {"contests": [first.uid], "explanation": ANSWER}
    )

    [line] = stored(make, AuditEntry)
    assert (reply.status_code, reply.location) == (303, "/soal/sanggahan")
    assert notices(browser.get(reply.location)) == ["Kunci ADA-1 tetap. 1 sanggahan dijawab."]
    make.fresh(first)
    assert (first.explanation, first.decided_by_id, first.ruling_id) == (ANSWER, hadi.id, None)
    assert make.fresh(second).open
    assert (line.action, line.detail.content) == (
        "contest_kept",
        {"version": 1, "contests": 1, "reason": ANSWER},
    )
    assert stored(make, StoredRuling) == []


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"explanation": ANSWER}, "Sanggahan yang dijawab: Pilih paling sedikit satu."),
        ({"explanation": ""}, "Mengapa kuncinya tetap: Tulis dulu isinya."),
    ],
)
def test_a_decision_needs_an_explanation_and_a_contest(
    make: Make,
    client_for: ClientFor,
    item: BankItem,
    hadi: User,
    sent: dict[str, str],
    fault: str,
) -> None:
    contest = contested(make, item)
    chosen = {} if sent["explanation"] else {"contests": contest.uid}

    reply = client_for(hadi).post_form("/soal/ADA-1/sanggahan", {**sent, **chosen})

    assert (reply.status_code, faults(reply)) == (400, [fault])
    assert make.fresh(contest).open


def test_a_contest_of_another_item_is_not_decided_here(
    make: Make, client_for: ClientFor, item: BankItem, hadi: User
) -> None:
    contested(make, item)
    other = contested(make, make.bank_item(make.item(code="LAIN-1")))

    reply = client_for(hadi).post_form(
        "/soal/ADA-1/sanggahan", {"contests": other.uid, "explanation": ANSWER}
    )

    assert (reply.status_code, make.fresh(other).open) == (400, True)


def test_nobody_decides_on_a_key_of_their_own(
    make: Make, client_for: ClientFor, item: BankItem, hadi: User
) -> None:
    item.published.author = hadi
    contest = contested(make, item)
    browser = client_for(hadi)

    page = browser.get("/soal/ADA-1/sanggahan")
    reply = browser.post_form(
        "/soal/ADA-1/sanggahan", {"contests": contest.uid, "explanation": ANSWER}
    )

    assert notices(page) == [
        "Soal ini Anda tulis sendiri. Minta pemeriksa lain yang memutus kuncinya."
    ]
    assert "Pertahankan kunci" not in page.text
    assert (reply.status_code, make.fresh(contest).open) == (409, True)


def test_nobody_decides_their_own_contest(
    make: Make, client_for: ClientFor, item: BankItem, hadi: User
) -> None:
    sitting = make.sitting(phase=Phase.POST, items=[item])
    own = make.contest(make.finished(sitting, make.enrolment(sitting.event, hadi)), 1)
    browser = client_for(hadi)

    page = browser.get("/soal/ADA-1/sanggahan")
    reply = browser.post_form("/soal/ADA-1/sanggahan", {"contests": own.uid, "explanation": ANSWER})

    assert "Pertahankan kunci" not in page.text
    assert (reply.status_code, make.fresh(own).open) == (409, True)


def test_a_ruling_answers_the_contests_it_is_made_for(
    make: Make, client_for: ClientFor, item: BankItem, hadi: User
) -> None:
    first, second = contested(make, item), contested(make, item)
    browser = client_for(hadi)
    preview = browser.get("/soal/ADA-1/putusan/pratinjau?jenis=batal")
    controls = list(root(preview).iter("input"))
    checked = [
        box.get("value")
        for box in controls
        if box.get("name") == "contests" and box.get("checked") is not None
    ]
    digest = next(field.get("value") for field in controls if field.get("name") == "dasar")

    browser.post_form(
        "/soal/ADA-1/putusan",
        {
            "versi": 1,
            "jenis": "batal",
            "dasar": digest,
            "contests": [first.uid],
            "reason": "Tidak ada jawaban yang benar.",
        },
    )

    [row] = stored(make, StoredRuling)
    assert checked == [first.uid, second.uid]
    assert (make.fresh(first).ruling_id, make.fresh(first).decided_by_id) == (row.id, hadi.id)
    assert make.fresh(second).open


# Being told


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
        "Dikoreksi pemeriksa hukum, {day}. Diterima juga: “Opsi 2”.Pasalnya berkata lain.",
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
        "Soal ini dibatalkan dan tidak dihitung.Pasalnya berkata lain.",
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
    second = item.published.item.options[1].id
    contested(make, item).answer_with(make.ruling(item.published, "accept", options=[second]))
    contested(make, make.bank_item())
    make.session.commit()

    three = [count_queries(act) for act in acts]

    assert three == one
