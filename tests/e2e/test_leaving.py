"""A phone that goes from hand to hand: whoever left is not shown to the next person."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browsers import launch
from tests.e2e.page import choose, saved
from tests.e2e.phones import Phones


@pytest.fixture
def enter(playwright, fonts, hall, make):
    """As everywhere, on plain HTTP under a name, in a browser that keeps whole pages to go back to:
    browsers take 127.0.0.1 for as safe as HTTPS, and clear more there than in a hall."""
    browser = launch(
        playwright,
        "--host-resolver-rules=MAP * 127.0.0.1",
        fonts=fonts,
        left_out=["--disable-back-forward-cache"],
    )
    phones = Phones(hall.url.replace("127.0.0.1", "aula.test"))

    def opened(enrolment, **options):
        page = phones.new(browser, **options)
        page.goto(f"/k/{make.token(enrolment)}")
        return page

    yield opened
    phones.close()
    browser.close()
    assert phones.faults == []


MINE = ("Soal 1 dari 6", "Ani Lestari", "Segera keluar")


def leave(page):
    page.goto("/")
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Masuk kegiatan")


def nothing_of_ani(page):
    expect(page.get_by_role("heading", level=1)).to_have_text("Masuk kegiatan")
    for words in MINE:
        expect(page.get_by_text(words)).to_have_count(0)


@pytest.mark.parametrize("steps", [1, 2])
def test_going_back_after_leaving_shows_nothing(enter, enrolment, attempt, steps):
    phone = enter(enrolment)
    phone.goto(f"/kuis/{attempt.uid}")
    leave(phone)

    with phone.expect_event("framenavigated"):
        phone.evaluate(f"history.go(-{steps})")

    nothing_of_ani(phone)


def test_going_back_without_scripts_asks_the_server_again(new_phone, make, enrolment, attempt):
    phone = new_phone(java_script_enabled=False)
    phone.goto(f"/k/{make.token(enrolment)}")
    phone.goto(f"/kuis/{attempt.uid}")
    leave(phone)

    for _ in range(2):
        phone.go_back()
        nothing_of_ani(phone)
        assert [words for words in MINE if words in phone.content()] == []


def test_going_back_shows_nothing_without_the_network(enter, enrolment, attempt):
    phone = enter(enrolment)
    phone.goto(f"/kuis/{attempt.uid}")
    leave(phone)
    phone.context.set_offline(True)

    with phone.expect_event("framenavigated"):
        phone.evaluate("setTimeout(() => history.go(-2))")

    for words in MINE:
        assert not phone.get_by_text(words).is_visible()


def test_the_next_person_goes_back_to_nothing_of_the_last(
    enter, make, event, enrolment, attempt, budi
):
    phone = enter(enrolment)
    phone.goto(f"/kuis/{attempt.uid}")
    choose(phone, "Segera keluar")
    saved(phone)
    leave(phone)
    phone.goto(f"/k/{make.token(make.enrolment(event, budi))}")

    for _ in range(3):
        phone.evaluate("setTimeout(() => history.back())")
        for words in MINE:
            expect(phone.get_by_text(words)).to_have_count(0)


def test_going_back_to_ones_own_quiz_still_works(enter, enrolment, attempt):
    phone = enter(enrolment)
    phone.goto(f"/kuis/{attempt.uid}")
    phone.goto("/")

    phone.evaluate("setTimeout(() => history.back())")

    expect(phone.get_by_role("heading", level=1)).to_have_text("Soal 1 dari 6")
