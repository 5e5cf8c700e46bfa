"""The checker's queue, and a decision: the key is kept, or a ruling answers."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from quiz.formats import date_id
from quiz.models import AuditEntry, BankItem, Contest, StoredRuling, User
from quiz.models.events.events import Phase
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
)
from tests.views.scores.contests.contested import ANSWER, WORDS, contested

ClientFor = Callable[..., HouseClient]


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
    for _ in range(5):
        contested(make, item, name="Zulkifli Rekaan")
    make.session.commit()
    browser = client_for(hadi)

    queue = browser.get("/soal/sanggahan")
    page = browser.get("/soal/ADA-1/sanggahan?versi=1")

    assert [row[:2] for row in table_rows(queue)] == [
        ["Apa itu netral? ADA-1 · versi 1", "5"],
        ["Lain? LAIN-1 · versi 1", "kurang dari 5"],
    ]
    assert {row[2] for row in table_rows(queue)} == {date_id(make.now)}
    assert WORDS in page.text
    assert "Zulkifli" not in queue.text + page.text
    codes = [contest.attempt.sitting.event.code for contest in stored(make, Contest)]
    assert [code for code in codes if code in queue.text + page.text] == []


def test_the_menu_counts_what_waits_for_a_checker(
    make: Make, client_for: ClientFor, item: BankItem, hadi: User, dewi: User
) -> None:
    for _ in range(2):
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
        "Peserta menyanggah dari halaman pembahasannya. Ke bank soal"
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
