"""Planning and changing a sitting in the officer's browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from quiz.assessment.items.item import Status
from quiz.formats import parse_wita
from quiz.models import AuditEntry, Event, Quiz, Sitting, User
from quiz.models.events.events import FeedbackMode, Phase
from quiz.web import moments
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import faults, notices, stored, texts, with_class

ClientFor = Callable[..., HouseClient]


@pytest.fixture
def event(make: Make) -> Event:
    return make.event(
        code="LJN-482",
        starts_at=parse_wita("2026-11-22", "08.00"),
        ends_at=parse_wita("2026-11-22", "11.15"),
    )


@pytest.fixture
def quiz(make: Make) -> Quiz:
    return make.quiz(title="Kuis awal")


def typed(quiz: Quiz, changes: dict[str, str] | None = None) -> dict[str, str]:
    fields = {
        "phase": "pre",
        "quiz": quiz.uid,
        "open_day": "2026-11-22",
        "open": "08:28",
        "close_day": "2026-11-22",
        "close": "08:38",
        "feedback": "",
        "grace": "10",
    }
    return fields | (changes or {})


@pytest.mark.parametrize(
    ("phase", "mode"),
    [
        ("pre", FeedbackMode.DELAYED),
        ("post", FeedbackMode.AFTER_SUBMIT),
        ("follow_up", FeedbackMode.AFTER_SUBMIT),
        ("practice", FeedbackMode.PER_ITEM),
    ],
)
def test_a_sitting_is_planned_in_wita_with_its_phases_feedback(
    make: Make, client_for: ClientFor, citra: User, event: Event, quiz: Quiz, phase: str, mode: str
) -> None:
    reply = client_for(citra).post_form(
        "/kegiatan/LJN-482/sesi/baru", typed(quiz, {"phase": phase, "asks_confidence": "y"})
    )

    [sitting] = stored(make, Sitting)
    assert reply.location == "/kegiatan/LJN-482"
    assert (sitting.event_id, sitting.quiz_id, sitting.phase) == (event.id, quiz.id, phase)
    assert sitting.opens_at == parse_wita("2026-11-22", "08.28")
    assert sitting.closes_at == parse_wita("2026-11-22", "08.38")
    assert (sitting.feedback_mode, sitting.grace_minutes, sitting.asks_confidence) == (
        mode,
        10,
        True,
    )
    assert sitting.prepared_at is None
    assert [entry.action for entry in stored(make, AuditEntry)] == ["sitting_added"]


@pytest.mark.parametrize(
    ("wrong", "sentences"),
    [
        ({"quiz": ""}, ["Pilih kuis."]),
        ({"quiz": "tidak-ada"}, ["Kuis: Pilih salah satu dari daftar."]),
        ({"open": ""}, ["Buka (WITA): Isi jamnya."]),
        (
            {"close": "08:28"},
            ["Tutup (WITA): Sesi harus ditutup sesudah dibuka. Periksa jam dan tanggalnya."],
        ),
        ({"grace": "61"}, ["Masa tenggang 0 sampai 60 menit."]),
        ({"grace": "lama"}, ["Masa tenggang: Isi dengan bilangan bulat, misalnya 20."]),
        (
            {"feedback": "per_soal"},
            ["Pembahasan: Per soal hanya untuk latihan dan tindak lanjut."],
        ),
        (
            {"open_day": "2025-11-22", "close_day": "2025-11-22"},
            [
                "Tanggal buka: Kartu dan kode kegiatan ini berlaku 21 November 2026 pukul "
                "08.00 WITA sampai 20 Februari 2027 pukul 11.15 WITA. Pilih waktu di antaranya."
            ],
        ),
        (
            {"feedback": "per_soal", "close": "07:00"},
            [
                "Tutup (WITA): Sesi harus ditutup sesudah dibuka. Periksa jam dan tanggalnya.",
                "Pembahasan: Per soal hanya untuk latihan dan tindak lanjut.",
            ],
        ),
    ],
)
def test_every_wrong_field_is_named_at_once_and_nothing_is_planned(
    make: Make,
    client_for: ClientFor,
    citra: User,
    event: Event,
    quiz: Quiz,
    wrong: dict[str, str],
    sentences: list[str],
) -> None:
    reply = client_for(citra).post_form("/kegiatan/LJN-482/sesi/baru", typed(quiz, wrong))

    assert (reply.status_code, faults(reply)) == (400, sentences)
    assert stored(make, Sitting) == []


def test_without_a_quiz_the_page_leads_to_making_one(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    make.quiz(retired_at=make.now)

    reply = client_for(citra).get("/kegiatan/LJN-482/sesi/baru")

    assert texts(reply, "empty") == [
        "Belum ada kuis. Sesi memakai satu kuis: kisi-kisi yang menentukan berapa soal dari "
        "topik apa. Buat kuis dulu"
    ]


def test_no_quiz_is_chosen_already_when_there_are_several(
    make: Make, client_for: ClientFor, citra: User, event: Event, quiz: Quiz
) -> None:
    browser = client_for(citra)
    alone = browser.get("/kegiatan/LJN-482/sesi/baru")
    make.quiz(title="Kuis lain")
    several = browser.get("/kegiatan/LJN-482/sesi/baru")

    assert [offered(reply, "quiz") for reply in (alone, several)] == [
        ["Kuis awal"],
        ["Pilih kuis", "Kuis awal", "Kuis lain"],
    ]


def offered(reply: TestResponse, name: str) -> list[str]:
    [select] = [node for node in with_class(reply, "control") if node.get("name") == name]
    return [option.text or "" for option in select.iter("option")]


def chosen(reply: TestResponse, name: str) -> str | None:
    [select] = [node for node in with_class(reply, "control") if node.get("name") == name]
    [option] = [each for each in select.iter("option") if "selected" in each.attrib]
    return option.get("value")


def test_a_post_test_is_offered_towards_the_end_of_the_event(
    client_for: ClientFor, citra: User, event: Event, quiz: Quiz
) -> None:
    reply = client_for(citra).get("/kegiatan/LJN-482/sesi/baru?tahap=post")

    values = {node.get("name"): node.get("value") for node in with_class(reply, "control")}
    assert (values["open"], values["close"]) == ("10:15", "11:15")


def test_each_further_sitting_is_offered_in_the_phase_that_is_still_missing(
    make: Make, client_for: ClientFor, citra: User, event: Event, quiz: Quiz
) -> None:
    browser, offers = client_for(citra), []
    for phase in (Phase.PRE, Phase.POST, Phase.FOLLOW_UP, Phase.FOLLOW_UP):
        reply = browser.get("/kegiatan/LJN-482/sesi/baru")
        values = {node.get("name"): node.get("value") for node in with_class(reply, "control")}
        offers.append((chosen(reply, "phase"), values["open_day"], values["open"]))
        make.sitting(event, phase, prepared=False, quiz=quiz)

    assert offers == [
        ("pre", "2026-11-22", "08:00"),
        ("post", "2026-11-22", "10:15"),
        ("follow_up", "2026-11-29", "08:00"),
        ("follow_up", "2027-01-01", "08:00"),
    ]


# Changing it


@pytest.fixture
def planned(make: Make, event: Event, quiz: Quiz) -> Sitting:
    return make.sitting(
        event,
        quiz=quiz,
        opens_at=parse_wita("2026-11-22", "08.28"),
        closes_at=parse_wita("2026-11-22", "08.38"),
    )


def test_new_times_leave_a_prepared_form_as_it_is(
    make: Make, client_for: ClientFor, citra: User, quiz: Quiz, planned: Sitting
) -> None:
    before = planned.prepared_at

    client_for(citra).post_form(
        f"/kegiatan/LJN-482/sesi/{planned.uid}/ubah", typed(quiz, {"close": "08:45"})
    )

    sitting = make.fresh(planned)
    assert sitting.closes_at == parse_wita("2026-11-22", "08.45")
    assert (sitting.prepared_at, len(sitting.slots)) == (before, 3)
    assert [entry.action for entry in stored(make, AuditEntry)] == ["sitting_changed"]


@pytest.mark.parametrize("change", ["quiz", "phase"])
def test_another_quiz_or_phase_has_to_be_prepared_anew(
    make: Make, client_for: ClientFor, citra: User, quiz: Quiz, planned: Sitting, change: str
) -> None:
    other = {"quiz": make.quiz().uid, "phase": "post"}[change]

    reply = client_for(citra).post_form(
        f"/kegiatan/LJN-482/sesi/{planned.uid}/ubah",
        typed(quiz, {change: other}),
        follow_redirects=True,
    )

    sitting = make.fresh(planned)
    assert (sitting.prepared_at, sitting.seed, sitting.slots) == (None, None, [])
    assert notices(reply)[:2] == [
        "Tersimpan.",
        "Tahap atau kuisnya berubah, jadi sesi ini perlu disiapkan lagi.",
    ]


def begin(make: Make, sitting: Sitting) -> None:
    make.attempt(
        sitting,
        make.enrolment(sitting.event, make.user(status=Status.PNS)),
        started_at=sitting.opens_at + timedelta(minutes=1),
    )


def test_once_begun_only_closing_and_feedback_change(
    make: Make, client_for: ClientFor, citra: User, quiz: Quiz, planned: Sitting
) -> None:
    begin(make, planned)
    other = typed(
        make.quiz(),
        {
            "phase": "post",
            "open": "07:00",
            "close": "08:50",
            "grace": "0",
            "feedback": "setelah_ditutup",
        },
    )
    browser = client_for(citra)
    address = f"/kegiatan/LJN-482/sesi/{planned.uid}/ubah"

    page = browser.get(address)
    browser.post_form(address, other)

    sitting = make.fresh(planned)
    names = {node.get("name") for node in with_class(page, "control")}
    assert names == {"close_day", "close", "feedback"}
    assert (sitting.quiz_id, sitting.phase, sitting.grace_minutes) == (quiz.id, Phase.PRE, 10)
    assert sitting.opens_at == parse_wita("2026-11-22", "08.28")
    assert sitting.closes_at == parse_wita("2026-11-22", "08.50")
    assert sitting.feedback_mode is FeedbackMode.AFTER_CLOSE


def test_per_item_feedback_is_neither_put_on_nor_taken_off_once_begun(
    make: Make, client_for: ClientFor, citra: User, event: Event, quiz: Quiz
) -> None:
    times = moments.show(event.starts_at)
    sitting = make.sitting(
        event,
        Phase.FOLLOW_UP,
        quiz=quiz,
        opens_at=event.starts_at,
        closes_at=event.ends_at,
        feedback_mode=FeedbackMode.PER_ITEM,
    )
    begin(make, sitting)

    reply = client_for(citra).post_form(
        f"/kegiatan/LJN-482/sesi/{sitting.uid}/ubah",
        {"close_day": times[0], "close": "11:15", "feedback": "setelah_kirim"},
    )

    assert faults(reply) == [
        "Sesi sudah dikerjakan: pembahasan per soal tidak dapat lagi dipasang atau dilepas."
    ]
    assert make.fresh(sitting).feedback_mode is FeedbackMode.PER_ITEM


def test_the_edit_page_shows_what_is_stored(
    client_for: ClientFor, citra: User, planned: Sitting
) -> None:
    reply = client_for(citra).get(f"/kegiatan/LJN-482/sesi/{planned.uid}/ubah")

    values = {node.get("name"): node.get("value") for node in with_class(reply, "control")}
    assert (values["open"], values["close"], values["grace"]) == ("08:28", "08:38", "10")
