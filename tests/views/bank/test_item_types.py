"""Simulations and dilemmas as a participant meets them, before and after answering."""

from collections.abc import Callable

import pytest

from quiz.models import Attempt, BankItem
from quiz.models.events.events import FeedbackMode
from tests.assessment.samples import options
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import root, texts, with_class, words

ClientFor = Callable[..., HouseClient]


@pytest.fixture
def feed(make: Make) -> BankItem:
    """A simulated group of one message; its first two actions are allowed."""
    return make.bank_item(make.item("feed"))


@pytest.fixture
def dilemma(make: Make) -> BankItem:
    """A judgement item no panel has rated."""
    return make.bank_item(make.item("judgement", options=options("3/4", 1, 0)))


def running(make: Make, *items: BankItem, **changes: object) -> Attempt:
    return make.attempt(make.sitting(items=items, **changes))


def finished(make: Make, *items: BankItem, chosen: dict[int, list[str]]) -> Attempt:
    attempt = running(make, *items, feedback_mode=FeedbackMode.AFTER_SUBMIT)
    for position, ids in chosen.items():
        make.response(attempt, position, ids, confidence=3)
    attempt.submitted_at, attempt.receipt = attempt.started_at, "ABC234"
    make.session.commit()
    return attempt


def test_a_simulation_says_so_above_below_and_on_every_message(
    make: Make, client_for: ClientFor, feed: BankItem
) -> None:
    attempt = running(make, feed)

    page = client_for(attempt.enrolment).get(f"/kuis/{attempt.uid}")

    [simulation] = with_class(page, "simulation")
    assert words(simulation) == (
        "SIMULASI · orang dan pesan rekaan Grup Arisan RT 05 34 anggota "
        "Pak Darto SIMULASI Gambar berisi tulisan: “Paslon X” Teruskan ya. 19.42 SIMULASI"
    )
    assert texts(page, "simulation-band") == ["SIMULASI · orang dan pesan rekaan", "SIMULASI"]
    assert (simulation.get("role"), simulation.get("aria-label")) == (
        "group",
        "Simulasi: Grup Arisan RT 05",
    )


def test_a_simulation_is_answered_by_labelled_boxes_and_shows_no_law_yet(
    make: Make, client_for: ClientFor, feed: BankItem
) -> None:
    attempt = running(make, feed)

    page = client_for(attempt.enrolment).get(f"/kuis/{attempt.uid}")

    boxes = [n for n in root(page).iter("input") if n.get("name") == "jawaban-1"]
    assert [box.get("type") for box in boxes] == ["checkbox"] * 4
    assert "Pelanggaran disiplin" not in page.text
    assert "Penjelasan" not in page.text


def test_feedback_names_the_legal_category_of_every_action(
    make: Make, client_for: ClientFor, feed: BankItem
) -> None:
    attempt = finished(make, feed, chosen={1: ["a", "c"]})

    page = client_for(attempt.enrolment).get(f"/kuis/{attempt.uid}/hasil")

    reasons = sorted(texts(page, "reason"))
    assert reasons == [
        "Boleh. Penjelasan 1.",
        "Boleh. Penjelasan 2.",
        "Pelanggaran disiplin. Penjelasan 3.",
        "Pelanggaran disiplin. Penjelasan 4.",
    ]
    assert len(with_class(page, "simulation")) == 1


def test_feedback_item_by_item_names_the_category_too(
    make: Make, client_for: ClientFor, feed: BankItem
) -> None:
    attempt = running(make, feed, feedback_mode=FeedbackMode.PER_ITEM)
    sent = {"chosen": ["a"], "confidence": None, "revision": 1_000_001, "at": None}

    reply = client_for(attempt.enrolment).send_json(f"/kuis/{attempt.uid}/jawaban/1", sent)

    assert {option["feedback"] for option in reply.json["feedback"]["options"]} == {
        "Boleh. Penjelasan 1.",
        "Boleh. Penjelasan 2.",
        "Pelanggaran disiplin. Penjelasan 3.",
        "Pelanggaran disiplin. Penjelasan 4.",
    }


def test_a_post_says_that_everybody_can_see_it(make: Make, client_for: ClientFor) -> None:
    plain = make.item("feed")
    extra = {name: part for name, part in plain.extra.items() if name != "members"}
    item = make.bank_item(
        make.item("feed", extra={**extra, "kind": "unggahan", "title": "Sahabat Paslon Y"})
    )
    attempt = running(make, item)

    page = client_for(attempt.enrolment).get(f"/kuis/{attempt.uid}")

    [head] = texts(page, "simulation-head")
    assert head == "Sahabat Paslon Y Unggahan terbuka"


def test_a_dilemma_nobody_rated_says_so(
    make: Make, client_for: ClientFor, dilemma: BankItem
) -> None:
    attempt = running(make, dilemma)

    page = client_for(attempt.enrolment).get(f"/kuis/{attempt.uid}")

    assert "Contoh, belum dinilai panel. Nilainya dari penulis soal dan tidak dihitung." in texts(
        page, "quiet"
    )


def test_a_rated_dilemma_says_whose_values_these_are(make: Make, client_for: ClientFor) -> None:
    item = make.item("judgement", options=options("3/4", 1, 0), extra={"panel": {"raters": 3}})
    attempt = running(make, make.bank_item(item))

    page = client_for(attempt.enrolment).get(f"/kuis/{attempt.uid}")

    assert "Nilai tiap pilihan ditetapkan panel narasumber." in texts(page, "quiet")


def test_feedback_on_a_dilemma_gives_every_value_and_calls_nothing_wrong(
    make: Make, client_for: ClientFor, dilemma: BankItem
) -> None:
    attempt = finished(make, dilemma, chosen={1: ["a"]})

    page = client_for(attempt.enrolment).get(f"/kuis/{attempt.uid}/hasil")

    assert sorted(texts(page, "reason")) == [
        "Nilai 1 dari 5. Penjelasan 3.",
        "Nilai 4 dari 5. Penjelasan 1.",
        "Nilai 5 dari 5. Penjelasan 2.",
    ]
    assert sorted(texts(page, "verdict")) == ["Dinilai terbaik", "Pilihan Anda"]
    assert with_class(page, "reviewed-wrong") == []
    assert texts(page, "head-panel") == []
