"""Quizzes: blueprints in the browser."""

from collections.abc import Callable
from typing import Any

import pytest

from quiz.models import AuditEntry, Quiz, User
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import faults, link_texts, notices, root, stored, table_rows, texts, with_class

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]


def _form(*lines: tuple[str, str, str, str], **changes: str) -> dict[str, Any]:
    fields = {
        "title": "Kuis rekaan",
        "description": "",
        "time_limit": "30",
        "pass_mark": "70",
        "shuffle_items": "y",
    }
    for place, line in enumerate(lines or [("makna", "", "", "3")]):
        for name, value in zip(("topic", "level", "type", "count"), line, strict=True):
            fields[f"lines-{place}-{name}"] = value
    return fields | changes


def _blueprint(quiz: Quiz) -> list[tuple[str, str | None, str | None, int]]:
    return [(slot.topic, slot.level, slot.type, slot.count) for slot in quiz.slots]


@pytest.fixture
def browser(make: Make, client_for: ClientFor, citra: User) -> HouseClient:
    """The officer's browser, with two topics to choose from."""
    make.topic("makna")
    make.topic("mengapa")
    return client_for(citra)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("address", ["/kuis-bank", "/kuis-bank/baru", "/kuis-bank/{uid}"])
def test_only_officers_and_admins_manage_quizzes(
    make: Make, client_for: ClientFor, role: Role, address: str
) -> None:
    somebody = client_for(make.user(username="seseorang", role=role))
    make.topic("makna")

    reply = somebody.get(address.format(uid=make.quiz().uid))

    assert reply.status_code == (200 if role in {Role.OFFICER, Role.ADMIN} else 403)


def test_a_quiz_is_made_with_its_blueprint(make: Make, browser: HouseClient) -> None:
    reply = browser.post_form(
        "/kuis-bank/baru",
        _form(
            ("makna", "memahami", "single_choice", "4"), ("", "", "", "5"), ("mengapa", "", "", "2")
        ),
    )

    [quiz] = stored(make, Quiz)
    assert reply.location == f"/kuis-bank/{quiz.uid}"
    assert _blueprint(quiz) == [
        ("makna", "memahami", "single_choice", 4),
        ("mengapa", None, None, 2),
    ]
    assert (quiz.title, quiz.time_limit_minutes, quiz.pass_mark) == ("Kuis rekaan", 30, 70)
    assert (quiz.shuffle_items, quiz.shuffle_options) == (True, False)
    assert [entry.action for entry in stored(make, AuditEntry)] == ["quiz_added"]


def test_a_quiz_is_changed_and_lines_go(make: Make, browser: HouseClient) -> None:
    quiz = make.quiz(("makna", None, None, 3), ("mengapa", None, None, 4), title="Lama")

    browser.post_form(
        f"/kuis-bank/{quiz.uid}", _form(("mengapa", "", "", "1"), title="Baru", time_limit="")
    )

    fresh = make.fresh(quiz)
    assert (fresh.title, fresh.time_limit_minutes, _blueprint(fresh)) == (
        "Baru",
        None,
        [("mengapa", None, None, 1)],
    )


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (_form(title=" "), ["Tulis judul kuis."]),
        (_form(title="KUIS LAMA"), ["Kuis dengan judul ini sudah ada. Pilih judul lain."]),
        (
            _form(("", "", "", "3")),
            ["Kisi-kisi masih kosong. Pilih topik paling sedikit satu baris."],
        ),
        (_form(("makna", "", "", "0")), ["Jumlah soal 1 sampai 100."]),
        (_form(("makna", "", "", "lima")), ["Jumlah: Isi dengan bilangan bulat, misalnya 20."]),
        (_form(("entah", "", "", "3")), ["Topik: Pilih salah satu dari daftar."]),
        (_form(("makna", "sulit", "", "3")), ["Tingkat: Pilih salah satu dari daftar."]),
        (
            _form(("makna", "", "", "60"), ("mengapa", "", "", "41")),
            ["Kisi-kisi: Jumlah semua soal 101. Paling banyak 100."],
        ),
        (_form(time_limit="lama"), ["Batas waktu: Isi dengan bilangan bulat, misalnya 20."]),
        (_form(time_limit="0"), ["Batas waktu 1 sampai 480 menit."]),
        (_form(pass_mark="101"), ["Batas lulus 0 sampai 100."]),
        (_form(pass_mark=""), ["Tulis batas lulus."]),
    ],
)
def test_a_quiz_that_cannot_be_kept_says_why(
    make: Make, browser: HouseClient, form: dict[str, Any], expected: list[str]
) -> None:
    make.quiz(title="Kuis lama")

    reply = browser.post_form("/kuis-bank/baru", form)

    assert (reply.status_code, faults(reply)) == (400, expected)
    assert len(stored(make, Quiz)) == 1


def test_a_button_adds_a_line_and_saves_nothing(make: Make, browser: HouseClient) -> None:
    reply = browser.post_form("/kuis-bank/baru", _form(title="", tambah="1"))

    assert (reply.status_code, faults(reply)) == (200, [])
    assert len(with_class(reply, "line")) == 2
    assert 'value="30"' in reply.text
    assert stored(make, Quiz) == []


def test_a_button_removes_the_line_it_stands_by(make: Make, browser: HouseClient) -> None:
    quiz = make.quiz(("makna", None, None, 3), ("mengapa", None, None, 4))

    reply = browser.post_form(
        f"/kuis-bank/{quiz.uid}",
        _form(("makna", "", "", "3"), ("mengapa", "", "", "4"), title="Diketik", hapus="0"),
    )

    assert len(with_class(reply, "line")) == 1
    assert '<option selected value="mengapa">' in reply.text
    assert 'value="Diketik"' in reply.text
    assert len(make.fresh(quiz).slots) == 2


@pytest.mark.parametrize("line", ["9", "x", ""])
def test_removing_a_line_there_is_not_keeps_all(
    make: Make, browser: HouseClient, line: str
) -> None:
    reply = browser.post_form("/kuis-bank/baru", _form(hapus=line))

    assert (reply.status_code, len(with_class(reply, "line"))) == (200, 1)


def test_the_page_says_what_is_available_and_warns_when_short(
    make: Make, browser: HouseClient
) -> None:
    for _ in range(2):
        make.bank_item(make.item(references=()))
    make.bank_item(make.item(references=("TIDAK-ADA",)))
    make.bank_item(make.item(references=()), published=False)
    make.bank_item(make.item(references=()), retired_at=make.now)
    quiz = make.quiz(("makna", None, None, 3))

    page = browser.get(f"/kuis-bank/{quiz.uid}")

    assert texts(page, "line-foot") == [
        "Tersedia: ASN 2, desa 2, non-ASN 2 Kurang 1 soal untuk ASN Kurang 1 soal untuk desa "
        "Kurang 1 soal untuk non-ASN Hapus baris 1"
    ]


def test_a_quiz_in_use_says_that_prepared_sittings_keep_their_copy(
    make: Make, browser: HouseClient
) -> None:
    quiz = make.quiz()
    make.sitting(quiz=quiz)
    make.sitting(quiz=quiz, prepared=False)

    page = browser.get(f"/kuis-bank/{quiz.uid}")

    assert notices(page)[0].startswith("1 sesi sudah disiapkan dari kuis ini")
    assert [row[1:] for row in table_rows(browser.get("/kuis-bank"))] == [
        ["3", "sampai ditutup", "70", "2"]
    ]


def test_a_prepared_sitting_keeps_its_prescriptions(make: Make, browser: HouseClient) -> None:
    quiz = make.quiz(pass_mark=70)
    sitting = make.sitting(quiz=quiz, pass_mark=70)

    browser.post_form(f"/kuis-bank/{quiz.uid}", _form(pass_mark="90"))

    assert (make.fresh(quiz).pass_mark, make.fresh(sitting).pass_mark) == (90, 70)


def test_a_quiz_is_retired_and_used_again(make: Make, browser: HouseClient) -> None:
    quiz = make.quiz(title="Kuis lama")

    browser.post_form(f"/kuis-bank/{quiz.uid}/tarik")
    in_use, retired = (
        table_rows(browser.get(address)) for address in ("/kuis-bank", "/kuis-bank?tampil=ditarik")
    )
    browser.post_form(f"/kuis-bank/{quiz.uid}/pakai-lagi")

    assert (in_use, [row[0] for row in retired]) == ([], ["Kuis lama"])
    assert make.fresh(quiz).retired_at is None


def test_an_unknown_quiz_is_not_found(browser: HouseClient) -> None:
    replies = [browser.get("/kuis-bank/tidak-ada"), browser.post_form("/kuis-bank/x/tarik")]

    assert [reply.status_code for reply in replies] == [404, 404]


def test_pages_run_as_many_queries_for_three_as_for_one(
    make: Make, browser: HouseClient, count_queries: Count
) -> None:
    quiz = make.quiz(("makna", None, None, 1))
    make.bank_item()
    addresses = ("/kuis-bank", f"/kuis-bank/{quiz.uid}")
    for address in addresses:
        browser.get(address)
    one = [count_queries(lambda a=address: browser.get(a)) for address in addresses]
    make.quiz(("makna", None, None, 1), ("mengapa", None, None, 1))
    make.quiz()
    for _ in range(2):
        make.bank_item(make.item(topic="mengapa"))
    make.sitting(quiz=quiz)

    three = [count_queries(lambda a=address: browser.get(a)) for address in addresses]

    assert three == one


# The way back to the event


def test_from_an_event_without_quizzes_one_comes_back_to_it(
    make: Make, browser: HouseClient
) -> None:
    event = make.event()
    back = f"Kembali ke kegiatan {event.code}"

    empty = browser.get(f"/kegiatan/{event.code}/sesi/baru")
    address = f"/kuis-bank/baru?kegiatan={event.code}"
    saved = browser.post_form(address, _form(), follow_redirects=True)

    assert f'href="{address}"' in empty.text
    assert back in link_texts(browser.get(address))
    assert back in link_texts(saved)


def test_a_changed_quiz_still_leads_back(make: Make, browser: HouseClient) -> None:
    quiz, event = make.quiz(), make.event()

    reply = browser.post_form(
        f"/kuis-bank/{quiz.uid}?kegiatan={event.code}", _form(), follow_redirects=True
    )

    assert f"Kembali ke kegiatan {event.code}" in link_texts(reply)


@pytest.mark.parametrize("code", ["", "TIDAK-ADA", "//jahat.example"])
def test_an_unknown_event_leads_nowhere(make: Make, browser: HouseClient, code: str) -> None:
    reply = browser.get(f"/kuis-bank/{make.quiz().uid}?kegiatan={code}")

    assert not [text for text in link_texts(reply) if text.startswith("Kembali")]


def test_a_quiz_names_its_events_and_those_that_could_take_it(
    make: Make, browser: HouseClient
) -> None:
    quiz, taking, waiting = make.quiz(), make.event("Memakai"), make.event("Menunggu")
    make.sitting(taking, quiz=quiz, prepared=False)

    links = link_texts(browser.get(f"/kuis-bank/{quiz.uid}"))
    form = browser.get(f"/kegiatan/{waiting.code}/sesi/baru?kuis={quiz.uid}")

    assert [
        text.split(":")[0] for text in links if taking.code in text or waiting.code in text
    ] == [
        f"Buka kegiatan {taking.code}",
        f"Tambah sesi dengan kuis ini pada {waiting.code}",
    ]
    [chosen] = [
        option.get("value")
        for option in root(form).iter("option")
        if option.get("selected") == "" and option.get("value") == quiz.uid
    ]
    assert chosen == quiz.uid
