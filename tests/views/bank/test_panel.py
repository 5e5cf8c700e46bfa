"""A panel of trainers rates a judgement item in the browser."""

from collections.abc import Callable

import pytest

from quiz.actions.bank.rating import rate
from quiz.models import AuditEntry, BankItem, PanelRating, User
from quiz.permissions import ROLE_PERMISSIONS, Permission, Role
from tests.assessment.samples import options
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import faults, link_texts, notices, root, stored, table_rows, texts

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

RATED = {"nilai-1": 5, "nilai-2": 3, "nilai-3": 1}


@pytest.fixture
def dilemma(make: Make) -> BankItem:
    """A published judgement item of three options."""
    item = make.item("judgement", code="SIK-900", options=options("1/2", 1, 0), references=())
    return make.bank_item(item)


def rated_by_others(make: Make, dilemma: BankItem, *ratings: tuple[int, int, int]) -> None:
    for values in ratings:
        rate(make.session, dilemma, make.user().id, dict(enumerate(values, start=1)), make.now)
    make.session.commit()


@pytest.mark.parametrize("role", Role)
def test_whoever_edits_items_may_rate(
    make: Make, client_for: ClientFor, dilemma: BankItem, role: Role
) -> None:
    browser = client_for(make.user(username="seseorang", role=role))

    statuses = [
        browser.get("/soal/SIK-900/panel").status_code,
        browser.post_form("/soal/SIK-900/panel", RATED).status_code,
    ]

    may = Permission.EDIT_ITEMS in ROLE_PERMISSIONS[role]
    assert statuses == ([200, 303] if may else [403, 403])


@pytest.mark.parametrize("code", ["TIDAK-ADA", "UJI-1"])
def test_only_judgement_items_have_a_panel(
    make: Make, client_for: ClientFor, dewi: User, code: str
) -> None:
    make.bank_item(make.item(code="UJI-1"))

    assert client_for(dewi).get(f"/soal/{code}/panel").status_code == 404


def test_a_rater_sees_nothing_of_others_or_of_the_author(
    make: Make, client_for: ClientFor, dilemma: BankItem, dewi: User
) -> None:
    rated_by_others(make, dilemma, (5, 2, 1), (4, 2, 1))

    reply = client_for(dewi).get("/soal/SIK-900/panel")

    assert table_rows(reply) == []
    assert notices(reply) == []
    assert "Penjelasan 1." not in reply.text
    assert reply.text.count('type="radio"') == 15
    assert "checked" not in reply.text


def test_a_rating_is_stored_and_shows_those_of_others(
    make: Make, client_for: ClientFor, dilemma: BankItem, dewi: User
) -> None:
    rated_by_others(make, dilemma, (4, 3, 1))
    browser = client_for(dewi)

    reply = browser.post_form("/soal/SIK-900/panel", RATED)
    shown = browser.get(reply.location)

    assert (reply.status_code, reply.location) == (303, "/soal/SIK-900/panel")
    assert table_rows(shown) == [
        ["Opsi 1", "5", "0 orang", "0 orang", "0 orang", "1 orang", "1 orang", "belum"],
        ["Opsi 2", "3", "0 orang", "0 orang", "2 orang", "0 orang", "0 orang", "belum"],
        ["Opsi 3", "1", "2 orang", "0 orang", "0 orang", "0 orang", "0 orang", "belum"],
    ]
    assert notices(shown) == [
        "Penilaian Anda tersimpan.",
        "Baru 2 penilai. Kunci mengikuti panel mulai dari 3 penilai.",
    ]
    assert [entry.action for entry in stored(make, AuditEntry)] == ["item_rated"]


def test_the_third_rating_that_agrees_gives_the_item_its_key(
    make: Make, client_for: ClientFor, dilemma: BankItem, dewi: User
) -> None:
    rated_by_others(make, dilemma, (5, 3, 1), (4, 3, 1))
    browser = client_for(dewi)

    browser.post_form("/soal/SIK-900/panel", RATED)
    shown = browser.get("/soal/SIK-900/panel")

    published = make.fresh(dilemma).published
    assert published is not None
    assert [str(o.weight) for o in published.item.options] == ["1", "1/2", "0"]
    assert [row[-1] for row in table_rows(shown)] == ["5", "3", "1"]
    assert texts(shown, "badge") == ["Kunci menurut panel"]
    assert notices(shown)[1:] == [
        "Panel sepakat. Kunci mengikuti nilai yang paling sering diberikan."
    ]
    assert [entry.action for entry in stored(make, AuditEntry)] == ["item_rated", "item_keyed"]


def test_a_tie_is_said_and_settles_nothing(
    make: Make, client_for: ClientFor, dilemma: BankItem, dewi: User
) -> None:
    rated_by_others(make, dilemma, (4, 3, 1), (3, 3, 1))
    browser = client_for(dewi)

    browser.post_form("/soal/SIK-900/panel", RATED)
    shown = browser.get("/soal/SIK-900/panel")

    assert notices(shown)[1:] == [
        "Belum sepakat: nilai terbanyak seri pada pilihan ke-1. Perlu penilai lagi."
    ]
    assert [row[-1] for row in table_rows(shown)] == ["seri", "3", "1"]
    assert texts(shown, "badge") == ["Belum dinilai panel"]


def test_an_option_without_a_value_is_named_and_the_others_stay(
    make: Make, client_for: ClientFor, dilemma: BankItem, dewi: User
) -> None:
    reply = client_for(dewi).post_form(
        "/soal/SIK-900/panel", {"nilai-1": 5, "nilai-2": 9, "nilai-3": ""}
    )

    assert reply.status_code == 400
    assert faults(reply) == ["Beri nilai pilihan ke-2.", "Beri nilai pilihan ke-3."]
    kept = next(node for node in root(reply).iter("input") if node.get("id") == "nilai-1-5")
    assert kept.get("checked") is not None
    assert stored(make, PanelRating) == []


def test_nobody_rates_twice(
    make: Make, client_for: ClientFor, dilemma: BankItem, dewi: User
) -> None:
    browser = client_for(dewi)
    browser.post_form("/soal/SIK-900/panel", RATED)

    again = browser.post_form("/soal/SIK-900/panel", RATED)

    assert again.status_code == 409
    assert "Anda sudah menilai soal ini. Penilaian tidak dapat diubah." in again.text
    assert len(stored(make, PanelRating)) == 3


def test_a_card_opens_no_panel_even_of_a_trainer(
    make: Make, client_for: ClientFor, dilemma: BankItem, dewi: User
) -> None:
    assert client_for(make.enrolment(user=dewi)).get("/soal/SIK-900/panel").status_code == 403


def test_the_item_leads_to_its_panel_and_others_do_not(
    make: Make, client_for: ClientFor, dilemma: BankItem, dewi: User
) -> None:
    make.bank_item(make.item(code="UJI-1"))
    browser = client_for(dewi)

    assert "Panel penilai" in link_texts(browser.get("/soal/SIK-900"))
    assert "Panel penilai" not in link_texts(browser.get("/soal/UJI-1"))


def test_more_raters_cost_no_more_queries(
    make: Make, client_for: ClientFor, dilemma: BankItem, dewi: User, count_queries: Count
) -> None:
    browser = client_for(dewi)
    rated_by_others(make, dilemma, (5, 3, 1))
    browser.get("/soal/SIK-900/panel")
    one = count_queries(lambda: browser.get("/soal/SIK-900/panel"))
    rated_by_others(make, dilemma, (4, 3, 1), (3, 3, 1))

    assert count_queries(lambda: browser.get("/soal/SIK-900/panel")) == one
