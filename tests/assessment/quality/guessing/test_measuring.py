"""What guessers score, kind by kind, on banks made to be beaten and on banks made not to be."""

from dataclasses import replace
from fractions import Fraction

import pytest

from quiz.assessment.items.item import EVERYBODY, Item, Level, Status
from quiz.assessment.quality.guessing.forms import form_measures
from quiz.assessment.quality.guessing.learning import NAME, halves
from quiz.assessment.quality.guessing.measuring import (
    OTHERS,
    STATEMENTS,
    YES_OR_NO,
    Measure,
    chance,
    measures,
    permitted,
)
from tests.assessment import samples
from tests.assessment.quality.linter.checking import found, worded

REFUSE = ("Menolak, sebab dilarang", "Menolak, sebab hari libur", "Menerima, sebab diundang")


def bank(*items: Item, times: int = 10) -> list[Item]:
    return [
        replace(item, code=f"UJI-{n}-{turn:02}")
        for turn in range(times)
        for n, item in enumerate(items)
    ]


def statement(text: str, true: bool) -> Item:
    return samples.item("true_false", stem=text, options=samples.true_false_options(int(true)))


def measured(guesser: str, kind: str, items: list[Item]) -> Measure:
    [one] = [m for m in measures(items) if (m.guesser, m.kind) == (guesser, kind)]
    return one


@pytest.mark.parametrize(
    ("stem", "true", "right"),
    [
        ("PNS dilarang hadir.", True, 1),
        ("PNS wajib melapor.", False, 0),
        ("PNS boleh hadir asalkan cuti.", False, 1),
        ("PNS tidak boleh hadir.", True, 1),
        ("Masa tenang tiga hari.", True, Fraction(1, 2)),
    ],
)
def test_cue_words_tick_duty_as_true_and_licence_as_false(stem, true, right) -> None:
    found = measured("kata larangan dan kewajiban", STATEMENTS, bank(statement(stem, true)))

    assert (found.items, found.right, found.most) == (10, right, Fraction(60, 100))


def test_of_two_refusals_it_is_the_side_that_counts() -> None:
    refused = measured("selalu menolak", YES_OR_NO, bank(worded(*REFUSE)))
    accepted = measured("selalu menolak", YES_OR_NO, bank(worded(*reversed(REFUSE))))

    assert (refused.right, refused.over) == (1, True)
    assert (accepted.right, accepted.over) == (0, False)


def test_elsewhere_a_guesser_may_be_five_points_over_chance() -> None:
    long = worded("Satu jawaban yang lebih panjang", "Dua", "Tiga", "Empat")
    short = worded("Satu", "Dua jawaban yang lebih panjang", "Tiga", "Empat")

    paid = measured("selalu yang terpanjang", OTHERS, bank(long, short, times=5))
    fair = measured("selalu yang terpanjang", OTHERS, bank(long, short, short, short, times=5))

    assert (paid.right, paid.most, paid.over) == (Fraction(1, 2), Fraction(30, 100), True)
    assert (fair.right, fair.over) == (Fraction(1, 4), False)


def test_in_simulations_the_first_verb_is_tried() -> None:
    feed = samples.item("feed")
    texts = ("Menyimpan pesan itu", "Keluar dari grup", "Meneruskan pesan", "Menyukai pesan")
    options = tuple(replace(o, text=t) for o, t in zip(feed.options, texts, strict=True))
    items = bank(replace(feed, options=options))

    found = measured("kata kerja pertama pada simulasi", OTHERS, items)

    assert (found.right, found.over) == (1, True)


def test_words_learned_on_one_half_are_tried_on_the_other() -> None:
    told = bank(*(worded(f"Netral {n}", f"Curang {n}", f"Bebas {n}") for n in "abcd"))
    even = [
        replace(item, options=tuple(replace(o, text=f"Opsi {o.id}") for o in item.options))
        for item in told
    ]

    assert measured(NAME, OTHERS, told).right == 1
    assert measured(NAME, OTHERS, even).right == Fraction(1, 3)
    one, other = halves(told)
    assert {item.code for item in one} | {item.code for item in other} == {i.code for i in told}
    assert min(len(one), len(other)) > 5


def test_sides_of_a_pair_are_learned_in_one_half() -> None:
    sides = [replace(item, pair=f"p{n % 10}") for n, item in enumerate(bank(samples.item()))]

    one, other = halves([*sides, *sides])

    assert {item.pair for item in one}.isdisjoint(item.pair for item in other)


def test_few_items_tell_nothing() -> None:
    assert [m for m in measures(bank(worded(*REFUSE), times=9)) if m.over] == []


def test_judgements_are_not_guessed_at() -> None:
    assert measures(bank(samples.item("judgement"))) == []


@pytest.mark.parametrize("type", ["single_choice", "multiple_choice", "true_false", "feed"])
def test_no_guesser_prefers_an_option_where_nothing_tells_them_apart(type: str) -> None:
    item = samples.item(type, stem="Apa isinya?")
    alike = tuple(replace(option, text="Opsi") for option in item.options)
    shown = item if type == "true_false" else replace(item, options=alike)

    scores = {measure.right for measure in measures([shown])}

    assert scores == {chance(shown)}


def situations(*, allowed: int, refused: int) -> list[Item]:
    yes = replace(worded("Boleh, sebab tugas", "Tidak, sebab libur"), level=Level.MENERAPKAN)
    no = replace(worded("Tidak, sebab dilarang", "Boleh, sebab libur"), level=Level.MENERAPKAN)
    return bank(yes, times=allowed) + bank(no, times=refused)


def test_what_is_permitted_is_the_key_in_two_fifths_of_the_situations() -> None:
    assert (permitted(situations(allowed=4, refused=6)).share, 10) == (Fraction(4, 10), 10)
    assert permitted(situations(allowed=4, refused=6)).short is False
    assert permitted(situations(allowed=3, refused=7)).short is True
    assert permitted(situations(allowed=0, refused=9)).short is False


def test_the_linter_names_who_is_right_too_often_and_where() -> None:
    refused, accepted = worded(*REFUSE), worded(*reversed(REFUSE))
    village = frozenset({Status.KEPALA_DESA})
    parted = bank(
        replace(refused, audience=village),
        replace(accepted, audience=EVERYBODY - village),
        times=30,
    )

    [whole] = [f for f in found("penebak", bank(refused, times=60)) if "menolak”" in f.message]
    [of_some] = [f for f in found("penebak", parted) if "menolak”" in f.message]

    assert (whole.where, whole.item) == ("seluruh bank", None)
    assert whole.message == (
        "“selalu menolak” benar 100 persen pada 60 soal (menolak atau menerima); paling banyak 60 "
        "persen. Ubah sebagian kunci atau kata pengecohnya."
    )
    assert of_some.where == "soal bagi kepala desa"


def test_the_linter_asks_for_situations_that_are_permitted() -> None:
    [finding] = found("boleh-menjadi-kunci", situations(allowed=6, refused=54))

    assert finding.message.startswith(
        "Yang boleh atau wajib menjadi kunci pada 10 persen dari 60 soal situasi; paling sedikit "
        "40 persen."
    )
    assert found("boleh-menjadi-kunci", situations(allowed=24, refused=36)) == []


def test_forms_that_may_be_drawn_are_tried_for_every_status() -> None:
    refusing = worded(*REFUSE)
    items = [replace(refusing, code=f"UJI-{n:02}") for n in range(20)]

    measured = form_measures(items, ["makna"])

    refused = [m for m in measured if m.guesser == "selalu menolak"]
    assert {m.status for m in refused} == set(Status)
    assert {(m.right, m.passed, m.over) for m in refused} == {(Fraction(1, 2), 0, True)}
    assert form_measures(items[:10], ["makna"]) == []
