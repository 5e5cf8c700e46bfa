"""Papers of a crossed pair: each is of one form, and nobody meets a form twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from quiz.actions.events.crossing import cross
from quiz.assessment.forms.crossing import FormName
from quiz.assessment.items.item import Status
from quiz.models import Attempt, Enrolment, Sitting, User
from quiz.models.events.events import Phase
from quiz.queries.taking.asked import form_for
from quiz.queries.taking.crossing import form_of
from quiz.queries.taking.papers import blank_sheets, sheets_of
from quiz.queries.taking.receipts import attempts_by_receipt
from tests.client import HouseClient
from tests.factories import Make

A, B = FormName.A, FormName.B
ClientFor = Callable[..., HouseClient]


@pytest.fixture
def enrolment(make: Make, ani: User) -> Enrolment:
    return make.enrolment(make.event(), ani)


@pytest.fixture
def pair(make: Make, enrolment: Enrolment) -> tuple[Sitting, Sitting]:
    """Three items each of six that say which they are; both open since a minute."""
    for number in range(6):
        make.bank_item(make.item(references=(), stem=f"Butir rekaan nomor {number}?"))
    quiz = make.quiz(("makna", None, None, 3))
    pre, post = (
        make.sitting(enrolment.event, phase, prepared=False, quiz=quiz)
        for phase in (Phase.PRE, Phase.POST)
    )
    assert cross(make.session, enrolment.event, make.now - timedelta(hours=3), "benih") == []
    make.session.commit()
    return pre, post


@pytest.fixture
def desk(client_for: ClientFor, citra: User) -> HouseClient:
    return client_for(citra)


def stems(make: Make, sitting: Sitting, form: FormName) -> set[str]:
    return {each.item.stem for each in form_for(make.session, sitting, Status.PNS, form).values()}


def shown(make: Make, text: str, sitting: Sitting) -> list[FormName]:
    """The forms whose every item stands on a page."""
    return [form for form in FormName if all(stem in text for stem in stems(make, sitting, form))]


def place(sitting: Sitting, enrolment: Enrolment, more: str = "") -> str:
    return f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}/kertas/{enrolment.uid}{more}"


def letters(letter: str) -> dict[str, str]:
    return {f"huruf-{position}": letter for position in (1, 2, 3)} | {"simpan": "1"}


def attempt_in(make: Make, sitting: Sitting) -> Attempt:
    make.session.commit()
    return make.session.scalars(
        select(Attempt).where(Attempt.sitting_id == sitting.id).order_by(Attempt.id.desc())
    ).first()


def test_a_sheet_its_code_and_what_is_typed_from_it_are_of_the_persons_form(
    make: Make, desk: HouseClient, pair: tuple[Sitting, Sitting], enrolment: Enrolment
) -> None:
    for sitting in pair:
        mine = form_of(make.session, sitting, enrolment)
        here = f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}/kertas?orang={enrolment.uid}"
        (sheet,) = sheets_of(make.session, sitting, [enrolment], make.key)

        printed = desk.get(here).text
        found = desk.get(f"/kegiatan/{sitting.event.code}/kertas?cari={sheet.code}")
        desk.post_form(found.location, letters("a"))

        assert shown(make, printed, sitting) == [mine]
        assert f"<p>Formulir {mine}</p>" in printed
        assert found.location == place(sitting, enrolment, f"?formulir={mine}")
        assert attempt_in(make, sitting).form is mine

    assert {attempt_in(make, sitting).form for sitting in pair} == {A, B}


def test_blank_sheets_are_of_both_forms_in_turn_and_typed_in_theirs(
    make: Make, desk: HouseClient, pair: tuple[Sitting, Sitting], enrolment: Enrolment
) -> None:
    pre, _ = pair
    sheets = blank_sheets(make.session, pre, Status.PNS, 4, make.key)
    other = form_of(make.session, pre, enrolment).other
    sheet = next(each for each in sheets if each.form is other)

    page = desk.get(f"/kegiatan/{pre.event.code}/sesi/{pre.uid}/kertas?kosong=pns&banyak=2").text
    found = desk.get(f"/kegiatan/{pre.event.code}/kertas?cari={sheet.code}&nama=ani").text
    desk.post_form(place(pre, enrolment, f"?formulir={other}"), letters("a"))

    assert [each.form for each in sheets] == [A, B, A, B]
    assert shown(make, page, pre) == [A, B]
    assert f"formulir {other}" in found
    assert place(pre, enrolment, f"?formulir={other}") in found
    assert attempt_in(make, pre).form is other
    assert {row.version.content["stem"] for row in attempt_in(make, pre).responses} == stems(
        make, pre, other
    )


def test_nobody_is_typed_in_the_form_they_met_in_the_other_sitting(
    make: Make, desk: HouseClient, pair: tuple[Sitting, Sitting], enrolment: Enrolment
) -> None:
    pre, post = pair
    met = make.finished(pre, enrolment).form
    sheets = blank_sheets(make.session, post, Status.PNS, 2, make.key)
    sheet = next(each for each in sheets if each.form is met)
    address = place(post, enrolment, f"?formulir={met}")

    found = desk.get(f"/kegiatan/{post.event.code}/kertas?cari={sheet.code}&nama=ani").text
    replies = [desk.get(address), desk.post_form(address, letters("a"))]

    assert place(post, enrolment) not in found
    assert f"yang belum menemui formulir {met}" in found
    for reply in replies:
        assert reply.status_code == 409
        assert f"sudah menemui soal formulir {met}" in reply.text
    assert attempt_in(make, post) is None


def test_the_second_typing_asks_the_items_of_the_first(
    make: Make, desk: HouseClient, pair: tuple[Sitting, Sitting], enrolment: Enrolment
) -> None:
    pre, _ = pair
    other = form_of(make.session, pre, enrolment).other
    desk.post_form(place(pre, enrolment, f"?formulir={other}"), letters("a"))
    again = place(pre, enrolment, "/ulang")

    page = desk.get(again).text
    reply = desk.post_form(again, letters("a"))

    assert shown(make, page, pre) == [other]
    assert "kedua ketikan sama" in desk.get(reply.location).text
    assert attempt_in(make, pre).form is other


def test_a_receipt_counts_the_items_of_the_attempts_own_form(
    make: Make, pair: tuple[Sitting, Sitting], enrolment: Enrolment
) -> None:
    sitting = next(each for each in pair if form_of(make.session, each, enrolment) is B)
    make.session.delete(next(slot for slot in sitting.slots if slot.form is A))
    make.session.commit()
    attempt = make.finished(sitting, enrolment)

    (received,) = attempts_by_receipt(
        make.session, sitting.event, str(attempt.receipt), lambda uid: uid
    )

    assert received.asked == 3
