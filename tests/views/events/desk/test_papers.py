"""Quizzes on paper: sheets printed, typed, typed again, and what an attempt of it is."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from quiz.assessment.items.item import Status
from quiz.assessment.items.letters import letters_chosen
from quiz.models import Attempt, AuditEntry, Enrolment, Event, Sitting, User
from quiz.models.events.events import Phase
from quiz.queries.taking.asked import asked_in
from quiz.queries.taking.papers import blank_sheets, sheets_of
from tests.client import HouseClient
from tests.factories import Make

ClientFor = Callable[..., HouseClient]
KEYS = {1: "A", 2: "AB", 3: "A"}


@pytest.fixture
def event(make: Make) -> Event:
    return make.event()


@pytest.fixture
def enrolment(make: Make, event: Event, ani: User) -> Enrolment:
    return make.enrolment(event, ani)


@pytest.fixture
def sitting(make: Make, event: Event) -> Sitting:
    """One answer, several, true or false."""
    return make.sitting(event, Phase.POST)


@pytest.fixture
def desk(client_for: ClientFor, citra: User) -> HouseClient:
    return client_for(citra)


def place(sitting: Sitting, enrolment: Enrolment, more: str = "") -> str:
    return f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}/kertas/{enrolment.uid}{more}"


def letters(one: str, several: str, truth: str) -> dict[str, str]:
    return {"huruf-1": one, "huruf-2": several, "huruf-3": truth, "simpan": "1"}


def attempts(make: Make) -> list[Attempt]:
    make.session.commit()
    return list(
        make.session.scalars(
            select(Attempt).order_by(Attempt.id), execution_options={"populate_existing": True}
        )
    )


def typed_in(make: Make, attempt: Attempt) -> dict[int, str]:
    """Position → the letters stored there."""
    make.session.refresh(attempt)
    asked = asked_in(make.session, attempt)
    return {
        row.position: letters_chosen(asked[row.position].item, tuple(row.chosen))
        for row in attempt.responses
    }


def logged(make: Make, action: str) -> list[dict[str, str]]:
    make.session.commit()
    lines = make.session.scalars(select(AuditEntry).where(AuditEntry.action == action))
    return [line.detail.content if line.detail else {} for line in lines]


# Sheets


def test_a_sheet_holds_every_item_with_letters_and_no_key(
    desk: HouseClient, sitting: Sitting, enrolment: Enrolment, make: Make
) -> None:
    (sheet,) = sheets_of(make.session, sitting, [enrolment], make.key)

    page = desk.get(
        f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}/kertas?orang={enrolment.uid}"
    ).text

    assert page.count(f"<span>{sheet.code}</span>") == 3
    assert "Ani Lestari" in page
    for choice in sitting.slots:
        item = choice.choices[0].version.content
        assert item["stem"] in page
        assert item["explanation"] not in page
        for option in item["options"]:
            assert option["text"] in page
            assert not option.get("feedback") or option["feedback"] not in page
    assert make.token(enrolment) not in page
    assert "weight" not in page
    assert logged(make, "papers_opened") == [{}]


def test_options_stand_in_the_order_of_the_bank_though_phones_shuffle_them(
    desk: HouseClient, sitting: Sitting, enrolment: Enrolment
) -> None:
    assert sitting.shuffle_options
    item = sitting.slots[0].choices[0].version.content

    page = desk.get(
        f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}/kertas?orang={enrolment.uid}"
    ).text

    places = [page.index(option["text"]) for option in item["options"]]
    assert places == sorted(places)


def test_sheets_of_a_unit_of_everybody_and_blank_ones(
    desk: HouseClient, make: Make, sitting: Sitting, enrolment: Enrolment, budi: User
) -> None:
    make.enrolment(sitting.event, budi)
    here = f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}/kertas"

    def sheets(query: str) -> int:
        return desk.get(f"{here}?{query}").text.count('class="paper')  # and its head and items

    one = sheets(f"orang={enrolment.uid}")
    unit = enrolment.unit.uid
    assert sheets("") == 0
    assert sheets(f"unit={unit}") == one
    assert sheets("semua=ya") == 2 * one
    assert sheets("kosong=kepala_desa&banyak=3") == 3 * one
    assert sheets("kosong=kepala_desa&banyak=9999") == 60 * one
    assert sheets("kosong=raja&banyak=3") == 0
    assert sheets("kosong=pns&banyak=x") == 0


@pytest.mark.parametrize("fault", ["practice", "not prepared"])
def test_what_is_not_taken_on_paper_is_said(
    desk: HouseClient, make: Make, event: Event, fault: str
) -> None:
    sitting = (
        make.sitting(event, Phase.PRACTICE)
        if fault == "practice"
        else make.sitting(event, prepared=False)
    )

    reply = desk.get(f"/kegiatan/{event.code}/sesi/{sitting.uid}/kertas")

    assert reply.status_code == 409
    assert "tidak dicetak di kertas" in reply.text


def test_a_sheets_code_leads_to_where_it_is_typed(
    desk: HouseClient, make: Make, sitting: Sitting, enrolment: Enrolment, budi: User
) -> None:
    other = make.sitting(sitting.event, Phase.PRE)
    make.enrolment(sitting.event, budi)
    (mine,) = sheets_of(make.session, sitting, [enrolment], make.key)
    (theirs,) = sheets_of(make.session, other, [enrolment], make.key)
    assert mine.code != theirs.code

    found = [
        desk.get(f"/kegiatan/{sitting.event.code}/kertas?cari={sheet.code.lower()}").location
        for sheet in (mine, theirs)
    ]

    assert found == [place(sitting, enrolment), place(other, enrolment)]


def test_a_sheet_of_another_status_is_not_taken_for_the_persons(
    desk: HouseClient, make: Make, event: Event, enrolment: Enrolment
) -> None:
    """The code holds which items stand on the sheet."""
    items = [make.bank_item(), make.bank_item()]
    sitting = make.sitting(event, items=items[:1])
    for choice in sitting.slots[0].choices:
        if choice.status is Status.PPPK:
            choice.version = items[1].published
    make.session.commit()
    (old,) = sheets_of(make.session, sitting, [enrolment], make.key)
    enrolment.status = Status.PPPK
    make.session.commit()

    page = desk.get(f"/kegiatan/{event.code}/kertas?cari={old.code}")

    assert page.status_code == 200
    assert f"Tidak ada lembar atau nama “{old.code}”" in page.text


def test_a_blank_sheet_asks_whose_it_is_among_those_of_its_status(
    desk: HouseClient, make: Make, sitting: Sitting, enrolment: Enrolment
) -> None:
    head = make.user("Ani Marliana", status=Status.KEPALA_DESA)
    chief = make.enrolment(sitting.event, head)
    sheet = blank_sheets(make.session, sitting, Status.KEPALA_DESA, 2, make.key)[1]
    here = f"/kegiatan/{sitting.event.code}/kertas?cari={sheet.code}"

    asked, found = desk.get(here), desk.get(f"{here}&nama=ani")

    assert "lembar kosong nomor 2" in asked.text
    assert place(sitting, chief) in found.text
    assert place(sitting, enrolment) not in found.text


def test_a_name_finds_each_sitting_that_can_be_typed(
    desk: HouseClient, make: Make, sitting: Sitting, enrolment: Enrolment
) -> None:
    phone = make.sitting(sitting.event, Phase.PRE)
    make.finished(phone, enrolment)

    page = desk.get(f"/kegiatan/{sitting.event.code}/kertas?cari=lestari").text

    assert f'href="{place(sitting, enrolment)}"' in page
    assert f'href="{place(phone, enrolment)}"' not in page
    assert "Pre-test: sudah dikerjakan di HP" in page


# Typing


def test_a_typed_paper_is_an_ordinary_attempt_marked_as_paper(
    desk: HouseClient, make: Make, sitting: Sitting, enrolment: Enrolment, citra: User
) -> None:
    page = desk.get(place(sitting, enrolment))
    assert page.text.count("data-letters=") == 3

    reply = desk.post_form(place(sitting, enrolment), letters("a", "b a", "A"))

    assert reply.location == f"/kegiatan/{sitting.event.code}/kertas"
    (attempt,) = attempts(make)
    assert (attempt.typed_by_id, attempt.counted, attempt.after_release) == (citra.id, True, False)
    assert attempt.submitted_at is not None
    assert attempt.started_at == sitting.opens_at
    assert typed_in(make, attempt) == KEYS
    (score,) = attempt.scores
    assert (score.answered, score.knowledge_points, score.knowledge_max) == (3, 3, 3)
    told = desk.get(reply.location).text
    assert "3 terisi, 0 kosong" in told
    assert str(attempt.receipt) in told
    assert "Citra Ningsih" in told
    assert logged(make, "paper_typed") == [{"sitting": "Post-test"}]


def test_pages_that_list_people_say_that_it_was_paper(
    desk: HouseClient, make: Make, sitting: Sitting, enrolment: Enrolment
) -> None:
    desk.post_form(place(sitting, enrolment), letters("a", "", "b"))
    code = sitting.event.code
    pages = {
        "board": f"/kegiatan/{code}/papan?tampil=terkirim",
        "roster": f"/kegiatan/{code}/peserta",
        "results": f"/laporan/{code}/peserta",
        "file": f"/laporan/{code}/peserta.csv",
        "person": f"/laporan/{code}/peserta/{enrolment.uid}",
    }

    texts = {name: desk.get(address).get_data(as_text=True) for name, address in pages.items()}

    assert [name for name, text in texts.items() if ", kertas" not in text] == []
    assert "diketik Citra Ningsih" in texts["person"]


def test_blanks_are_kept_as_blanks(
    desk: HouseClient, make: Make, sitting: Sitting, enrolment: Enrolment
) -> None:
    desk.post_form(place(sitting, enrolment), letters("", "-", ""))

    (attempt,) = attempts(make)
    assert typed_in(make, attempt) == {}
    assert (attempt.scores[0].answered, attempt.scores[0].blank) == (0, 3)


def test_a_mistyped_letter_is_said_at_its_item_and_nothing_is_saved(
    desk: HouseClient, make: Make, sitting: Sitting, enrolment: Enrolment
) -> None:
    reply = desk.post_form(place(sitting, enrolment), letters("x", "ac", "ab"))

    assert reply.status_code == 400
    assert "Ada 2 hal yang perlu diperbaiki" in reply.text
    assert "Soal 1: X tidak ada pada soal ini: pilihannya A sampai D." in reply.text
    assert "Soal 3: Soal ini satu jawaban, terketik 2: AB." in reply.text
    assert 'value="ac"' in reply.text
    assert attempts(make) == []


def test_enter_alone_checks_and_saves_nothing(
    desk: HouseClient, make: Make, sitting: Sitting, enrolment: Enrolment
) -> None:
    typed = letters("a", "", "b")
    del typed["simpan"]

    reply = desk.post_form(place(sitting, enrolment), typed | {"periksa": "1"})

    assert reply.status_code == 200
    assert "2 terisi, 1 kosong (soal 2). Belum tersimpan" in reply.text
    assert attempts(make) == []


def test_a_paper_of_somebody_who_began_on_a_phone_is_refused(
    desk: HouseClient, make: Make, sitting: Sitting, enrolment: Enrolment
) -> None:
    begun = make.attempt(sitting, enrolment)

    replies = [
        desk.get(place(sitting, enrolment)),
        desk.post_form(place(sitting, enrolment), letters("a", "", "")),
    ]

    for reply in replies:
        assert reply.status_code == 409
        assert "Ani Lestari sudah mengerjakan Post-test di HP" in reply.text
    assert [each.id for each in attempts(make)] == [begun.id]


def test_the_phone_of_somebody_whose_paper_was_typed_gets_its_receipt(
    desk: HouseClient, make: Make, client_for: ClientFor, sitting: Sitting, enrolment: Enrolment
) -> None:
    desk.post_form(place(sitting, enrolment), letters("a", "", ""))
    (attempt,) = attempts(make)

    reply = client_for(enrolment).post_form(f"/sesi/{sitting.uid}/mulai", follow_redirects=True)

    assert reply.request.path == f"/kuis/{attempt.uid}/hasil"
    assert len(attempts(make)) == 1


def test_a_voided_paper_can_be_typed_anew(
    desk: HouseClient, make: Make, sitting: Sitting, enrolment: Enrolment, citra: User
) -> None:
    desk.post_form(place(sitting, enrolment), letters("a", "", ""))
    attempts(make)[0].void(citra, "Kertas orang lain.", make.now)
    make.session.commit()

    desk.post_form(place(sitting, enrolment), letters("b", "", ""))

    assert [typed_in(make, each) for each in attempts(make)] == [{1: "A"}, {1: "B"}]


def test_papers_are_typed_after_the_closing_too_but_not_before_the_opening(
    desk: HouseClient, make: Make, sitting: Sitting, enrolment: Enrolment
) -> None:
    sitting.opens_at = make.now + timedelta(minutes=5)
    make.session.commit()
    early = desk.post_form(place(sitting, enrolment), letters("a", "", ""))
    sitting.opens_at, sitting.closes_at = (
        make.now - timedelta(hours=9),
        make.now - timedelta(hours=8),
    )
    make.session.commit()

    late = desk.post_form(place(sitting, enrolment), letters("a", "", ""))

    assert early.status_code == 409
    assert "Post-test baru dibuka" in early.text
    assert late.status_code == 303
    assert [each.started_at for each in attempts(make)] == [sitting.opens_at]


@pytest.mark.parametrize(
    ("filled", "stands_apart", "reason"),
    [
        ("before", False, "diisi sebelum pembahasan dibuka"),
        ("after", True, "diisi sesudah pembahasan dibuka"),
    ],
)
def test_after_the_release_when_it_was_filled_in_has_to_be_said(
    desk: HouseClient,
    make: Make,
    sitting: Sitting,
    enrolment: Enrolment,
    filled: str,
    stands_apart: bool,
    reason: str,
) -> None:
    sitting.released_at = make.now - timedelta(minutes=1)
    make.session.commit()
    asked = desk.post_form(place(sitting, enrolment), letters("a", "", ""))
    assert asked.status_code == 400
    assert "Pilih kapan kertas ini diisi." in asked.text
    assert attempts(make) == []

    desk.post_form(place(sitting, enrolment), letters("a", "", "") | {"filled": filled})

    assert [each.after_release for each in attempts(make)] == [stands_apart]
    assert logged(make, "paper_typed") == [{"sitting": "Post-test", "reason": reason}]


def test_before_the_release_nobody_is_asked_and_nothing_sent_stands_apart(
    desk: HouseClient, make: Make, sitting: Sitting, enrolment: Enrolment
) -> None:
    assert 'name="filled"' not in desk.get(place(sitting, enrolment)).text

    desk.post_form(place(sitting, enrolment), letters("a", "", "") | {"filled": "after"})

    assert [each.after_release for each in attempts(make)] == [False]


def test_who_read_the_feedback_of_a_voided_attempt_stands_apart_on_paper_too(
    desk: HouseClient, make: Make, sitting: Sitting, enrolment: Enrolment, citra: User
) -> None:
    read = make.finished(sitting, enrolment)
    read.feedback_at = make.now
    read.void(citra, "HP rusak.", make.now)
    make.session.commit()

    desk.post_form(place(sitting, enrolment), letters("a", "", ""))

    assert attempts(make)[-1].after_release is True


@pytest.mark.parametrize("who", ["eka", "dewi"])
def test_only_who_handles_cards_types_papers(
    client_for: ClientFor,
    make: Make,
    sitting: Sitting,
    enrolment: Enrolment,
    request: pytest.FixtureRequest,
    who: str,
) -> None:
    browser = client_for(request.getfixturevalue(who))

    assert browser.post_form(place(sitting, enrolment), letters("a", "", "")).status_code == 403
    assert attempts(make) == []


def test_a_paper_of_somebody_at_another_event_is_not_found(
    desk: HouseClient, make: Make, sitting: Sitting
) -> None:
    stranger = make.enrolment(make.event())

    assert desk.get(place(sitting, stranger)).status_code == 404


# The second typing


def test_the_second_typing_that_agrees_is_noted(
    desk: HouseClient,
    make: Make,
    client_for: ClientFor,
    sitting: Sitting,
    enrolment: Enrolment,
    eka: User,
) -> None:
    desk.post_form(place(sitting, enrolment), letters("a", "ba", ""))
    again = desk.get(place(sitting, enrolment))
    assert again.location == place(sitting, enrolment, "/ulang")
    page = desk.get(again.location).text
    assert "Sudah diketik Citra Ningsih" in page
    assert re.findall(r'value="([A-Da-d]+)"', page) == []  # the first typing is not shown

    reply = desk.post_form(again.location, letters("A", "ab", ""))

    assert "kedua ketikan sama" in desk.get(reply.location).text
    (attempt,) = attempts(make)
    assert attempt.retyped_by is not None
    assert logged(make, "paper_retyped") == [{"sitting": "Post-test"}]


def test_where_the_typings_differ_the_paper_is_looked_at_before_the_second_holds(
    desk: HouseClient, make: Make, sitting: Sitting, enrolment: Enrolment
) -> None:
    desk.post_form(place(sitting, enrolment), letters("b", "ab", ""))
    again = place(sitting, enrolment, "/ulang")

    asked = desk.post_form(again, letters("a", "ab", "a"))

    assert asked.status_code == 400
    assert "2 soal berbeda dari ketikan pertama" in asked.text
    assert "Pertama diketik B." in asked.text
    assert "Pertama diketik kosong." in asked.text
    (attempt,) = attempts(make)
    assert typed_in(make, attempt) == {1: "B", 2: "AB"}
    shown = re.search(r'name="apart"[^>]* value="([^"]*)"', asked.text)
    assert shown is not None

    desk.post_form(again, letters("a", "ab", "a") | {"apart": shown[1]})

    (attempt,) = attempts(make)
    assert typed_in(make, attempt) == KEYS
    current = [each for each in attempt.scores if each.current]
    assert [each.knowledge_points for each in current] == [3]
    assert logged(make, "paper_retyped") == [
        {
            "sitting": "Post-test",
            "before": "soal 1 B, soal 3 kosong",
            "after": "soal 1 A, soal 3 A",
        }
    ]


def test_a_letter_is_taken_away_by_the_second_typing(
    desk: HouseClient, make: Make, sitting: Sitting, enrolment: Enrolment
) -> None:
    desk.post_form(place(sitting, enrolment), letters("b", "", ""))
    again = place(sitting, enrolment, "/ulang")

    desk.post_form(again, letters("", "", "") | {"apart": "1:B"})

    (attempt,) = attempts(make)
    assert typed_in(make, attempt) == {1: ""}
    assert [each.answered for each in attempt.scores if each.current] == [0]


def test_a_phones_attempt_is_not_typed_over(
    desk: HouseClient, make: Make, sitting: Sitting, enrolment: Enrolment
) -> None:
    make.finished(sitting, enrolment)

    reply = desk.post_form(place(sitting, enrolment, "/ulang"), letters("b", "", ""))

    assert reply.status_code == 404


def test_the_page_of_papers_costs_the_same_however_many_there_are(
    desk: HouseClient, make: Make, sitting: Sitting, count_queries
) -> None:
    here = f"/kegiatan/{sitting.event.code}/kertas?cari=orang"

    def typed(number: int) -> None:
        for _ in range(number):
            person = make.enrolment(sitting.event)
            desk.post_form(place(sitting, person), letters("a", "", ""))

    typed(1)
    desk.get(here)
    alone = count_queries(lambda: desk.get(here))
    typed(3)

    assert count_queries(lambda: desk.get(here)) == alone


def test_sheets_cost_the_same_however_many_there_are(
    desk: HouseClient, make: Make, sitting: Sitting, count_queries
) -> None:
    here = f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}/kertas?semua=ya"
    make.enrolment(sitting.event)
    desk.get(here)
    alone = count_queries(lambda: desk.get(here))
    for _ in range(4):
        make.enrolment(sitting.event)

    assert count_queries(lambda: desk.get(here)) == alone
