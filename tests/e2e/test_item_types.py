"""Simulations and dilemmas by keyboard and by what a screen reader is told."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from quiz.models import StoredResponse
from quiz.models.events.events import FeedbackMode, Phase
from tests.e2e.page import heading, press, saved


@pytest.fixture(scope="module")
def shipped(shipped_questions):
    """The shipped items by code."""
    return {item.code: item for item in shipped_questions.items}


@pytest.fixture(scope="module")
def actions(shipped):
    """The options of the simulation, in their author's order."""
    return [option.text for option in shipped["SIM-001"].options]


@pytest.fixture
def phone(shipped, make, event, enrolment, enter):
    """Ani's phone on a sitting of one simulation and one dilemma."""
    rows = [make.bank_item(shipped[code]) for code in ("SIM-001", "SIK-001")]
    sitting = make.sitting(
        event,
        Phase.PRACTICE,
        items=rows,
        shuffle_items=False,
        shuffle_options=False,
        feedback_mode=FeedbackMode.AFTER_SUBMIT,
    )
    attempt = make.attempt(sitting, enrolment, started_at=make.now - timedelta(seconds=30))
    page = enter(enrolment)
    page.goto(f"/kuis/{attempt.uid}")
    heading(page, "Soal 1 dari 2")
    return page


def focused(page) -> str:
    return page.evaluate("document.activeElement.closest('label')?.innerText.trim() ?? ''")


def test_a_simulation_is_a_named_group_before_its_question(phone, actions, accessible):
    simulation = phone.get_by_role("group", name="Simulasi: Grup Arisan RT 05")
    expect(simulation).to_be_visible()
    expect(simulation).to_contain_text("Gambar berisi tulisan: “Paslon X, hadiri kampanye Sabtu”")
    expect(simulation.get_by_text("SIMULASI", exact=True)).to_have_count(3)
    question = phone.get_by_role("group", name="Bayangkan Anda staf kecamatan")
    boxes = question.get_by_role("checkbox")
    expect(boxes).to_have_count(6)
    for action in actions:
        expect(question.get_by_role("checkbox", name=action)).to_be_visible()
    accessible(phone)


def test_every_action_of_a_simulation_is_reached_and_ticked_by_keyboard(phone, make, actions):
    phone.get_by_role("checkbox", name=actions[0]).focus()
    reached = []
    for _ in actions:
        reached.append(focused(phone))
        if focused(phone).startswith("M") and "bukti" in focused(phone):
            phone.keyboard.press("Space")
        phone.keyboard.press("Tab")

    assert reached == actions
    expect(phone.get_by_role("checkbox", name=actions[1])).to_be_checked()
    saved(phone)
    make.session.commit()
    [row] = make.session.query(StoredResponse).all()
    assert len(row.chosen) == 1


def test_a_dilemma_is_answered_by_arrow_keys_and_says_it_is_not_scored(phone, accessible):
    press(phone, "Berikutnya")
    heading(phone, "Soal 2 dari 2")

    expect(phone.get_by_text("Contoh, belum dinilai panel.")).to_be_visible()
    radios = phone.locator(".item:not([hidden])").get_by_role("radio")
    radios.first.focus()
    phone.keyboard.press("ArrowDown")

    expect(radios.nth(1)).to_be_focused()
    expect(radios.nth(1)).to_be_checked()
    saved(phone)
    accessible(phone)


def test_a_simulation_fits_a_small_phone_with_large_text(large_text, phone, make, enrolment):
    page = large_text(viewport={"width": 320, "height": 640})
    page.goto(f"/k/{make.token(enrolment)}")
    page.goto(phone.url)

    expect(page.get_by_role("group", name="Simulasi: Grup Arisan RT 05")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
