"""The simulated chat or post: its parts, and the law named at every action."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from quiz.assessment.items.item import Category, Item, content_hash
from quiz.assessment.items.types import ITEM_TYPES
from tests.assessment import samples

FEED = ITEM_TYPES["feed"]


def simulated(**changes: Any) -> Item:
    item = samples.item("feed")
    return replace(item, extra={**item.extra, **changes})


def message(**changes: Any) -> dict[str, Any]:
    fields = {"from": "Bu Sari", "time": "07.05", "text": "Selamat pagi."} | changes
    return {name: value for name, value in fields.items() if value is not None}


def test_a_post_has_no_members() -> None:
    item = simulated(kind="unggahan")
    without = replace(item, extra={k: v for k, v in item.extra.items() if k != "members"})

    assert FEED.problems(item) == ["Unggahan tidak mempunyai anggota; hapus `members`."]
    assert FEED.problems(without) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"kind": "status"}, "Jenis simulasi (`kind`) harus grup atau unggahan."),
        ({"title": "  "}, "Judul simulasi (`title`) masih kosong."),
        (
            {"members": 1},
            "Jumlah anggota grup (`members`) harus bilangan bulat, paling sedikit 2.",
        ),
        (
            {"members": "34"},
            "Jumlah anggota grup (`members`) harus bilangan bulat, paling sedikit 2.",
        ),
        ({"messages": []}, "Simulasi harus memuat 1 sampai 5 pesan (`messages`)."),
        ({"messages": [message()] * 6}, "Simulasi harus memuat 1 sampai 5 pesan (`messages`)."),
        ({"theme": "hijau"}, "kolom `theme` tidak dikenal."),
        (
            {"messages": ["Halo"]},
            "Pesan ke-1: harus berupa kolom-kolom (`from`, `time`, `text`).",
        ),
        ({"messages": [message(**{"from": ""})]}, "Pesan ke-1: pengirim (`from`) masih kosong."),
        (
            {"messages": [message(), message(time="7.05")]},
            'Pesan ke-2: waktu (`time`) harus seperti "19.42", dengan tanda kutip.',
        ),
        (
            {"messages": [message(time=Fraction(705, 100))]},
            'Pesan ke-1: waktu (`time`) harus seperti "19.42", dengan tanda kutip.',
        ),
        ({"messages": [message(text=None)]}, "Pesan ke-1: isi (`text`) masih kosong."),
        (
            {"messages": [message(poster="")]},
            "Pesan ke-1: kata pada gambar (`poster`) masih kosong; hapus bila tidak ada gambar.",
        ),
        ({"messages": [message(likes=3)]}, "Pesan ke-1: kolom `likes` tidak dikenal."),
    ],
)
def test_what_is_wrong_with_a_simulation_is_named(changes: dict[str, Any], problem: str) -> None:
    assert FEED.problems(simulated(**changes)) == [problem]


def test_every_action_says_what_the_law_calls_it() -> None:
    item = samples.item("feed", options=samples.options(1, 1, 0, 0))

    assert FEED.problems(item) == [
        f"Opsi ke-{n} belum mempunyai kategori hukum." for n in (1, 2, 3, 4)
    ]


def test_a_key_is_an_allowed_action_and_nothing_else_is() -> None:
    first, second, third, fourth = samples.feed_options(1, 1, 0, 0)
    crime, allowed = (
        replace(first, category=Category.CRIME),
        replace(third, category=Category.ALLOWED),
    )

    found = FEED.problems(samples.item("feed", options=(crime, second, allowed, fourth)))

    assert found == [
        "Kategori opsi ke-1 tidak sesuai bobotnya: kunci ialah boleh.",
        "Kategori opsi ke-3 tidak sesuai bobotnya: kunci ialah boleh.",
    ]


def test_up_to_eight_actions_may_be_offered() -> None:
    eight = samples.item("feed", options=samples.feed_options(1, 1, 1, 0, 0, 0, 0, 0))
    nine = samples.item("feed", options=samples.feed_options(1, 1, 1, 0, 0, 0, 0, 0, 0))

    assert FEED.problems(eight) == []
    assert FEED.problems(nine) == ["Jumlah opsi harus 4 sampai 8, sekarang 9."]


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
