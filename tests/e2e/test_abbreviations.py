"""What an abbreviation stands for: listed before the quiz, and told by a touch on the word."""

import json

import pytest
from playwright.sync_api import Page, expect

from quiz.models import Setting
from quiz.models.people.settings import ABBREVIATIONS_KEY


@pytest.fixture
def told(make):
    """A register in which PNS and ASN stand."""
    register = {"PNS": "pegawai negeri sipil", "ASN": "aparatur sipil negara"}
    make.session.add(Setting(key=ABBREVIATIONS_KEY, value=json.dumps(register)))
    make.session.commit()


@pytest.fixture
def items(make):
    """One item in whose stem PNS stands twice, and in its explanation once."""
    stem = "Seorang PNS, seperti PNS lain, diajak. Apa yang tepat?"
    explanation = "Seorang PNS tidak memihak. Tolak dengan sopan."
    item = make.item(stem=stem, explanation=explanation, turns_on="Seandainya bukan PNS, boleh.")
    return [make.bank_item(item)]


def quiz(enter, enrolment, attempt, **options: object) -> Page:
    page = enter(enrolment, **options)
    page.goto(f"/kuis/{attempt.uid}")
    return page


def meaning(page: Page):
    return page.locator("#singkatan-PNS")


@pytest.mark.parametrize("script", [True, False])
def test_a_touch_on_the_word_tells_what_it_stands_for(
    told, enter, enrolment, attempt, accessible, script
) -> None:
    page = quiz(enter, enrolment, attempt, java_script_enabled=script)
    words = page.locator(".stem").get_by_role("button")
    expect(words).to_have_count(1)
    expect(meaning(page)).to_be_hidden()

    words.tap()

    expect(meaning(page)).to_be_visible()
    expect(meaning(page)).to_have_text("PNS pegawai negeri sipil")
    if script:
        accessible(page)


def test_the_keyboard_opens_and_closes_it(told, enter, enrolment, attempt) -> None:
    page = quiz(enter, enrolment, attempt)
    page.locator(".stem").get_by_role("button").focus()

    page.keyboard.press("Enter")
    expect(meaning(page)).to_be_visible()
    page.keyboard.press("Escape")

    expect(meaning(page)).to_be_hidden()


def test_what_the_quiz_abbreviates_is_listed_before_it_once(
    told, enter, enrolment, attempt
) -> None:
    page = quiz(enter, enrolment, attempt)

    page.get_by_text("Singkatan dalam kuis ini").tap()

    expect(page.locator(".abbreviations dt")).to_have_text(["PNS"])
    expect(page.locator(".abbreviations dd")).to_have_text(["pegawai negeri sipil"])


def test_without_a_register_words_stay_words(enter, enrolment, attempt) -> None:
    page = quiz(enter, enrolment, attempt)

    expect(page.locator(".stem")).to_be_visible()
    expect(page.locator(".stem").get_by_role("button")).to_have_count(0)
    expect(page.get_by_text("Singkatan dalam kuis ini")).to_have_count(0)


def test_feedback_says_what_the_answer_turns_on_and_explains_its_words(
    told, make, enter, enrolment, sitting, accessible
) -> None:
    finished = make.finished(sitting, enrolment)
    page = enter(enrolment)
    page.goto(f"/kuis/{finished.uid}/hasil")

    expect(page.get_by_text("Yang mengubah jawaban. Seandainya bukan PNS, boleh.")).to_be_visible()
    page.get_by_role("button", name="PNS").last.tap()

    expect(meaning(page)).to_have_text("PNS pegawai negeri sipil")
    accessible(page)
