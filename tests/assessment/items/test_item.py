import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.items.beside import beside, with_beside
from quiz.assessment.items.item import (
    ASN,
    Item,
    Level,
    Option,
    Stance,
    Status,
    content_hash,
    lettered,
)
from quiz.assessment.items.stages import Stage
from tests.assessment import samples


@given(samples.items())
def test_json_gives_the_same_item_back(item: Item) -> None:
    stored = json.loads(json.dumps(item.to_json()))

    assert Item.from_json(stored) == item


def test_json_keeps_extra_content_and_exact_weights() -> None:
    item = samples.item(options=samples.options(1, "1/3", 0), extra={"kartu": ["SIMULASI"]})

    stored = item.to_json()

    assert [o["weight"] for o in stored["options"]] == ["1", "1/3", "0"]
    assert Item.from_json(stored) == item


def test_hash_is_the_same_on_every_machine() -> None:
    item = samples.item()

    assert content_hash(item) == "7fd49e026150ef6ff8015789541a80f4"


def test_hash_ignores_ids_line_endings_unicode_form_and_outer_space() -> None:
    item = samples.item(stem="Baris satu\nKafé")
    same = replace(
        item,
        stem="  Baris satu\r\nKafe\u0301 \n",
        options=tuple(replace(o, id=o.id.upper()) for o in item.options),
    )

    assert content_hash(same) == content_hash(item)


@pytest.mark.parametrize(
    "change",
    [
        {"code": "MKN-002"},
        {"type": "multiple_choice"},
        {"topic": "dasar"},
        {"level": Level.MENERAPKAN},
        {"audience": ASN},
        {"stem": "Lain."},
        {"options": samples.options(0, 1, 0, 0)},
        {"explanation": "Lain."},
        {"passages": ()},
        {"claims": ()},
        {"references": ()},
        {"law_as_of": date(2024, 11, 23)},
        {"extra": {"a": 1}},
        {"turns_on": "Seandainya ia pedagang, ia boleh."},
    ],
)
def test_hash_changes_with_every_part_of_the_content(change: dict[str, object]) -> None:
    item = samples.item()

    changed = replace(item, **change)  # type: ignore[arg-type]

    assert content_hash(changed) != content_hash(item)


@pytest.mark.parametrize(
    "change",
    [
        {"not_with": ("MKN-002",)},
        {"pair": "unggahan"},
        {"scenario": "balai-desa"},
        {"stages": frozenset({Stage.QUIET})},
        {"basis_words": ("bebas dari pengaruh",)},
        {"options": tuple(replace(o, stance=Stance.REFUSES) for o in samples.item().options)},
    ],
)
def test_what_only_selection_and_linter_read_makes_no_new_version(
    change: dict[str, object],
) -> None:
    item = samples.item()

    changed = replace(item, **change)  # type: ignore[arg-type]

    assert content_hash(changed) == content_hash(item)
    assert lettered(changed).keys == lettered(item).keys
    assert Item.from_json(changed.to_json()) == changed
    assert Item.from_json(with_beside(item.to_json(), changed)) == changed
    assert Item.from_json(with_beside(changed.to_json(), item)) == item
    assert beside(item.to_json()) == {} != beside(changed.to_json())


@given(samples.items())
def test_lettering_deals_each_letter_once_and_keeps_the_authors_order(item: Item) -> None:
    dealt = lettered(item)

    assert sorted(o.id for o in dealt.options) == list("abcdef")[: len(item.options)]
    assert [o.text for o in dealt.options] == [o.text for o in item.options]


@given(samples.items(), st.randoms())
def test_lettering_does_not_depend_on_the_ids_before(item: Item, rng: object) -> None:
    renamed = replace(item, options=tuple(replace(o, id=f"x{o.id}") for o in item.options))

    assert lettered(renamed) == lettered(item)
    assert lettered(lettered(item)) == lettered(item)


def test_no_letter_is_the_key_much_more_often_than_another() -> None:
    drawn = [lettered(samples.item(code=f"X-{n}")).keys[0] for n in range(400)]

    counts = {letter: drawn.count(letter) for letter in "abcd"}

    assert min(counts.values()) > 70


def test_lettering_refuses_more_options_than_letters() -> None:
    item = samples.item(options=tuple(Option(str(n), f"{n}", Fraction(0), "-") for n in range(27)))

    with pytest.raises(ValueError, match="26"):
        lettered(item)


def test_option_is_found_by_its_id_only() -> None:
    item = samples.item()

    assert item.option("b") is item.options[1]
    with pytest.raises(KeyError):
        item.option("z")


def test_statuses_and_levels_have_indonesian_labels() -> None:
    assert [status.label for status in Status] == [
        "PNS",
        "Calon PNS",
        "PPPK",
        "Kepala desa",
        "Penjabat kepala desa",
        "Perangkat desa",
        "Anggota BPD",
        "Pegawai non-ASN",
    ]
    assert [level.label for level in Level] == ["Mengingat", "Memahami", "Menerapkan"]


def test_village_officials_are_not_asn_but_an_acting_head_is() -> None:
    assert sorted(ASN) == ["calon_pns", "penjabat_kepala_desa", "pns", "pppk"]
