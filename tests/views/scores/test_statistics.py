"""The page for statisticians: what it tells, from how many, and nothing while people still work."""

from collections.abc import Callable
from datetime import timedelta

from quiz.models import Sitting, User
from quiz.models.events.events import Phase
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import root, table_rows, words

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]


def hall(make: Make, people: int = 32) -> tuple[Sitting, Sitting]:
    """Two tests of the same two items: the first right before, both right after; all very sure."""
    items = [make.bank_item(make.item(code=f"UJI-{number}")) for number in (1, 2)]
    event = make.event()
    pre = make.sitting(
        event, items=items, closes_at=make.now - timedelta(minutes=50), grace_minutes=0
    )
    post = make.sitting(
        event,
        Phase.POST,
        items=items,
        opens_at=make.now - timedelta(minutes=40),
        closes_at=make.now - timedelta(minutes=1),
        grace_minutes=0,
        asks_confidence=True,
    )
    units = [make.unit("Kantor A"), make.unit("Kantor B", "upt_teknis")]
    for person in range(people):
        enrolment = make.enrolment(event, unit=units[person % 2])
        make.finished(pre, enrolment, right=1, started_at=make.now - timedelta(minutes=59))
        attempt = make.attempt(post, enrolment, started_at=make.now - timedelta(minutes=30))
        for position in (1, 2):
            make.response(attempt, position, confidence=3)
        make.score(attempt, make.now)
    return pre, post


def address(sitting: Sitting) -> str:
    return f"/laporan/{sitting.event.code}/statistik?sesi={sitting.uid}"


def test_it_tells_shape_sureness_pass_shares_and_items_met_twice(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    _, post = hall(make)

    page = client_for(citra).get(address(post))

    text = words(root(page))
    assert "Orang 32 Rata-rata dan simpangan baku 100,0 dan 0,0 poin" in text
    assert "semua nilai sama" in text
    assert "perlu 30 orang dengan 8 soal yang sama" in text
    assert table_rows(page) == [
        ["Sangat yakin", "64", "100 (94 sampai 100)"],
        ["Kantor A", "16 dari 16", "16 dari 16", "0 (-19 sampai +19)", "belum dapat dibedakan"],
        ["Kantor B", "16 dari 16", "16 dari 16", "0 (-19 sampai +19)", "belum dapat dibedakan"],
        ["UJI-1", "32", "belum dapat dibedakan"],
        ["UJI-2", "32", "lebih banyak yang menjadi tepat, bukti kuat"],
    ]


def test_of_few_people_it_says_how_many_are_missing(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    _, post = hall(make, people=4)

    page = client_for(citra).get(address(post))

    text = words(root(page))
    assert table_rows(page) == []
    assert "Belum cukup: perlu 30 orang." in text
    assert "Belum cukup: sebuah tingkat keyakinan tampil mulai 10 jawaban dari 5 orang" in text
    assert "Belum cukup: perlu 5 orang dalam sebuah unit dan di luarnya." in text
    assert "Tidak ada soal yang dikerjakan 20 orang atau lebih pada kedua tes." in text


def test_while_somebody_may_still_answer_it_tells_nothing(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    sitting = make.sitting()
    for _ in range(6):
        make.finished(sitting, make.enrolment(sitting.event))

    page = client_for(citra).get(address(sitting))

    assert table_rows(page) == []
    assert "Hasilnya tampil setelah sesi ditutup" in words(root(page))
    assert "Sebaran" not in words(root(page))


def test_a_sitting_that_asks_for_no_sureness_says_so(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    pre, _ = hall(make, people=2)

    assert "Sesi ini tidak menanyakan keyakinan." in words(
        root(client_for(citra).get(address(pre)))
    )


def test_more_people_are_no_more_queries(
    make: Make, client_for: ClientFor, citra: User, count_queries: Count
) -> None:
    _, few = hall(make, people=2)
    browser = client_for(citra)
    browser.get(address(few))
    first = count_queries(lambda: browser.get(address(few)))
    for _ in range(5):
        enrolment = make.enrolment(few.event)
        make.finished(few, enrolment, started_at=make.now - timedelta(minutes=30))

    assert count_queries(lambda: browser.get(address(few))) == first
