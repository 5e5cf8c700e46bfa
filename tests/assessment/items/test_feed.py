"""The simulated chat or post: its parts, and the law named at every action."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from quiz.assessment.items.fields import Problem
from quiz.assessment.items.item import Category, Item, content_hash
from quiz.assessment.items.types import ITEM_TYPES
from tests.assessment import samples

FEED = ITEM_TYPES["feed"]


def sentences(item: Item) -> list[str]:
    return [problem.sentence for problem in FEED.problems(item)]


def simulated(**changes: Any) -> Item:
    item = samples.item("feed")
    return replace(item, extra={**item.extra, **changes})


def message(**changes: Any) -> dict[str, Any]:
    fields = {"from": "Bu Sari", "time": "07.05", "text": "Selamat pagi."} | changes
    return {name: value for name, value in fields.items() if value is not None}


def test_a_post_has_no_members() -> None:
    item = simulated(kind="unggahan")
    without = replace(item, extra={k: v for k, v in item.extra.items() if k != "members"})

    assert sentences(item) == ["Anggota grup tidak diisi untuk unggahan."]
    assert FEED.problems(without) == []


@pytest.mark.parametrize(
    ("changes", "sentence", "place"),
    [
        ({"kind": "status"}, "Jenis simulasi harus grup atau unggahan.", ("kind",)),
        ({"kind": ""}, "Jenis simulasi belum dipilih.", ("kind",)),
        ({"title": "  "}, "Judul simulasi masih kosong.", ("title",)),
        ({"members": 1}, "Anggota grup harus bilangan bulat, paling sedikit 2.", ("members",)),
        ({"members": "34"}, "Anggota grup harus bilangan bulat, paling sedikit 2.", ("members",)),
        ({"messages": []}, "Jumlah pesan harus 1 sampai 5, sekarang 0.", ("messages",)),
        ({"messages": "Halo"}, "Jumlah pesan harus 1 sampai 5, sekarang 0.", ("messages",)),
        (
            {"messages": [message()] * 6},
            "Jumlah pesan harus 1 sampai 5, sekarang 6.",
            ("messages",),
        ),
        ({"theme": "hijau"}, "Isian “theme” tidak dikenal.", ("theme",)),
        ({"messages": ["Halo"]}, "Pesan 1 harus terdiri dari from, time, text.", ("messages", 0)),
        (
            {"messages": [message(**{"from": ""})]},
            "Pengirim pesan 1 masih kosong.",
            ("messages", 0, "from"),
        ),
        (
            {"messages": [message(), message(time="7.05")]},
            "Jam pesan 2 harus seperti 19.42.",
            ("messages", 1, "time"),
        ),
        ({"messages": [message(time="")]}, "Jam pesan 1 masih kosong.", ("messages", 0, "time")),
        (
            {"messages": [message(time=1942)]},
            "Jam pesan 1 harus berupa teks, misalnya 19.42; apit dengan tanda kutip.",
            ("messages", 0, "time"),
        ),
        ({"messages": [message(text=None)]}, "Isi pesan 1 masih kosong.", ("messages", 0, "text")),
        (
            {"messages": [message(poster="")]},
            "Tulisan pada gambar pesan 1 masih kosong; hapus bila tidak ada.",
            ("messages", 0, "poster"),
        ),
        (
            {"messages": [message(likes=3)]},
            "Pesan 1: isian “likes” tidak dikenal.",
            ("messages", 0, "likes"),
        ),
    ],
)
def test_what_is_wrong_with_a_simulation_is_named_with_its_place(
    changes: dict[str, Any], sentence: str, place: tuple[int | str, ...]
) -> None:
    assert FEED.problems(simulated(**changes)) == [Problem(sentence, ("extra", *place))]


def test_every_action_says_what_the_law_calls_it() -> None:
    item = samples.item("feed", options=samples.options(1, 1, 0, 0))

    assert sentences(item) == [f"Kategori hukum opsi {n} belum dipilih." for n in "ABCD"]


def test_a_key_is_an_allowed_action_and_nothing_else_is() -> None:
    first, second, third, fourth = samples.feed_options(1, 1, 0, 0)
    crime, allowed = (
        replace(first, category=Category.CRIME),
        replace(third, category=Category.ALLOWED),
    )

    found = sentences(samples.item("feed", options=(crime, second, allowed, fourth)))

    assert found == [
        "Kategori hukum opsi A tidak sesuai bobotnya: kunci ialah boleh.",
        "Kategori hukum opsi C tidak sesuai bobotnya: kunci ialah boleh.",
    ]


def test_up_to_eight_actions_may_be_offered() -> None:
    eight = samples.item("feed", options=samples.feed_options(1, 1, 1, 0, 0, 0, 0, 0))
    nine = samples.item("feed", options=samples.feed_options(1, 1, 1, 0, 0, 0, 0, 0, 0))

    assert FEED.problems(eight) == []
    assert sentences(nine) == ["Jumlah opsi harus 4 sampai 8, sekarang 9."]


def test_a_feed_scores_as_multiple_choice() -> None:
    item = samples.item("feed", options=samples.feed_options(1, 1, 0, 0))

    earned = [FEED.score(item, chosen) for chosen in (("a", "b"), ("a",), ("a", "c"), ("c",))]

    assert earned == [1, Fraction(1, 2), 0, 0]


def test_the_reason_begins_with_the_legal_category() -> None:
    [first, *_] = samples.feed_options(1, 0, 0, 0)

    assert FEED.reason(first) == "Boleh. Penjelasan 1."


def test_an_item_without_categories_keeps_the_fingerprint_it_always_had() -> None:
    item = samples.item(options=samples.options(1, 0, 0))

    assert content_hash(item) == "aa95f83c9ce9e733e20d6e28d7999753"


def test_a_category_and_the_simulation_are_part_of_the_content() -> None:
    item = samples.item("feed")
    stored = Item.from_json(item.to_json())

    assert stored == item
    assert content_hash(simulated(title="Grup lain")) != content_hash(item)
