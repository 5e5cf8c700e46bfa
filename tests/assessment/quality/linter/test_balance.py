"""Rules about the whole bank: what it gives away, and what it favours."""

from dataclasses import replace
from typing import Any

from quiz.assessment.items.item import Item
from quiz.assessment.quality.linter import lint
from tests.assessment import samples
from tests.assessment.quality.linter.checking import (
    CLAIMS,
    REFERENCES,
    found,
    stem,
    worded,
)


def bank(count: int, make: Any) -> list[Item]:
    return [replace(make(n), code=f"UJI-{n:03}") for n in range(count)]


def placed(n: int, *, longest: bool) -> Item:
    """A single choice of four whose key stands at place n, and is or is not the longest."""
    texts = [f"Opsi {place} yang biasa" for place in range(4)]
    texts[n % 4] += " dan lebih lengkap" if longest else ""
    weights = [int(place == n % 4) for place in range(4)]
    options = samples.options(*weights)
    return samples.item(
        options=tuple(replace(o, text=text) for o, text in zip(options, texts, strict=True))
    )


def test_a_bank_whose_keys_are_longest_is_named() -> None:
    items = bank(20, lambda n: placed(n, longest=n < 7))

    [finding] = found("kunci-terpanjang", items)

    assert (finding.item, finding.where) == (None, "seluruh bank")
    assert finding.message.startswith(
        "Pada 20 soal pilihan tunggal, opsi terpanjang adalah kunci 51 persen, sedangkan "
        "kebetulan 25 persen."
    )


def test_a_bank_whose_options_are_alike_is_not() -> None:
    assert found("kunci-terpanjang", bank(20, lambda n: placed(n, longest=n < 1))) == []


def test_a_bank_too_small_to_tell_is_left_alone() -> None:
    items = bank(19, lambda n: replace(placed(0, longest=True), stem="Paslon X?"))
    statements = bank(19, lambda n: samples.item("true_false"))

    found = {f.rule for f in lint(items + statements, REFERENCES, CLAIMS, []) if f.item is None}
    told_of_texts = {"kalimat-berulang", "kata-pasal-ditulis", "pasal-disebut"}
    assert found - told_of_texts == set(), "what counts, not chance"


def test_several_keys_are_held_to_their_own_share() -> None:
    def ticked(n: int) -> Item:
        long = ("Melapor kepada pengawas", "Menolak", "Membagikan", "Menyukai")
        return worded(*long, type="multiple_choice", keys=2)

    [finding] = found("kunci-terpanjang", bank(20, ticked))

    assert finding.message.startswith(
        "Pada 20 soal pilihan ganda, opsi terpanjang adalah kunci 100 persen, sedangkan "
        "kebetulan 50 persen."
    )


def test_keys_that_stand_first_too_often_are_named() -> None:
    items = bank(20, lambda n: placed(0 if n < 8 else n, longest=False))

    messages = [f.message for f in found("letak-kunci", items)]

    assert messages == [
        "Kunci berada pada opsi A sebanyak 11 dari 20 soal; kebetulan 5. Tukar urutan opsi "
        "beberapa soal."
    ]


def test_keys_spread_over_all_places_are_not() -> None:
    assert found("letak-kunci", bank(20, lambda n: placed(n, longest=False))) == []


def statements(true: int) -> list[Item]:
    return bank(
        20, lambda n: samples.item("true_false", options=samples.true_false_options(int(n < true)))
    )


def test_too_many_true_statements_are_named() -> None:
    [finding] = found("benar-salah-seimbang", statements(13))

    assert finding.message.startswith("65 persen dari 20 pernyataan benar.")
    assert found("benar-salah-seimbang", statements(12)) == []
    assert len(found("benar-salah-seimbang", statements(7))) == 1


def sides(x: int) -> list[Item]:
    return bank(20, lambda n: stem(f"Tim Paslon {'X' if n < x else 'Y'} datang. Apa yang tepat?"))


def test_a_side_that_is_named_more_often_is_named() -> None:
    [finding] = found("pihak-rekaan-seimbang", sides(12))

    assert finding.message.startswith("Paslon X muncul pada 12 soal dan Paslon Y pada 8.")
    assert found("pihak-rekaan-seimbang", sides(11)) == []
