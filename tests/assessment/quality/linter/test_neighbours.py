"""Items that give each other away are proposed to be kept apart."""

from dataclasses import replace
from typing import Any

import pytest

from quiz.assessment.items.item import Item
from tests.assessment import samples
from tests.assessment.quality.linter.checking import found, worded

KEY = "Bentuk memberi dukungan kepada calon"


def asking(code: str = "UJI-001", **changes: Any) -> Item:
    options = (KEY, "Perbuatan yang diperbolehkan", "Urusan pribadi saja", "Bagian dari tugas")
    stem = "Bagaimana kehadiran itu dinilai?"
    return replace(worded(*options), code=code, stem=stem, **changes)


def telling(code: str = "UJI-002", **changes: Any) -> Item:
    stem = "Hadir dinilai sebagai bentuk memberi dukungan kepada calon, benarkah?"
    return samples.item(code=code, **({"stem": stem} | changes))


def test_a_key_that_another_stem_tells_is_named_with_the_remedy() -> None:
    [finding] = found("saling-membuka", [asking(), telling()])

    assert (finding.severity, finding.where) == ("warning", "soal UJI-001, opsi A")
    assert finding.message == (
        "“memberi dukungan kepada calon” pada kunci juga ada pada yang ditanyakan soal UJI-002. "
        "Ubah salah satunya, atau tulis `not_with: [UJI-002]`."
    )


def test_what_a_simulation_shows_is_asked_too() -> None:
    message = {"from": "Pak Darto", "time": "19.42", "text": f"{KEY}, begitu katanya."}
    extra = {"kind": "grup", "title": "Grup", "members": 3, "messages": [message]}

    assert (
        len(found("saling-membuka", [asking(), samples.item("feed", code="X", extra=extra)])) == 1
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"not_with": ("UJI-002",)}, {}),
        ({}, {"not_with": ("UJI-001",)}),
        ({"pair": "hadir"}, {"pair": "hadir"}),
        ({"scenario": "hadir"}, {"scenario": "hadir"}),
    ],
)
def test_items_that_are_kept_apart_may_tell(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert found("saling-membuka", [asking(**one), telling(**other)]) == []


def test_what_its_own_stem_or_a_distractor_says_tells_nothing() -> None:
    stem = f"{KEY} itu apa?"
    same = replace(worded(KEY, f"{KEY} lain", "Urusan pribadi saja"), code="UJI-001")

    assert found("saling-membuka", [replace(asking(), stem=stem), telling()]) == []
    assert found("saling-membuka", [same, telling()]) == []


def test_what_many_stems_say_is_the_way_people_speak() -> None:
    many = [telling(f"UJI-{n:03}") for n in range(2, 7)]

    assert found("saling-membuka", [asking(), *many]) == []
    assert len(found("saling-membuka", [asking(), *many[:4]])) == 4


def test_a_short_key_counts_as_a_whole() -> None:
    short = replace(worded("Surat tugas resmi", "Surat izin", "Kartu pegawai"), code="UJI-001")

    assert (
        len(found("saling-membuka", [short, telling(stem="Ada surat tugas resmi baginya.")])) == 1
    )
    assert found("saling-membuka", [short, telling(stem="Ada surat dan tugas resmi.")]) == []


def test_invented_sides_tell_nothing() -> None:
    side = replace(worded("Tim Paslon X meminta data", "Izin", "Kartu"), code="UJI-001")

    assert found("saling-membuka", [side, telling(stem="Tim Paslon X meminta data warga.")]) == []


def test_variants_of_one_scene_are_not_kept_apart() -> None:
    apart = samples.item(code="UJI-1", scenario="balai", not_with=("UJI-2", "UJI-3"))
    variant = samples.item(code="UJI-2", scenario="balai")
    other = samples.item(code="UJI-3", scenario="posko", not_with=("UJI-1",))

    [finding] = found("varian-dipisahkan", [apart, variant, other])

    assert (finding.severity, finding.where) == ("warning", "soal UJI-1")
    assert finding.message == (
        "Soal ini dan UJI-2 adalah varian skenario “balai” bagi status atau tahap yang lain. "
        "Hapus UJI-2 dari `not_with`."
    )
