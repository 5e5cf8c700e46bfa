"""What an edition stores is read as exactly what was shown, and names nobody."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.analysis.change_report import Work, change_report
from quiz.assessment.analysis.editions.figures import (
    EditionFigures,
    SittingFigures,
    hardest_for,
    held_sentences,
    sitting_figures,
    unit_part,
)
from quiz.assessment.analysis.editions.frozen import freeze, thaw
from quiz.assessment.analysis.item_analysis import Facility
from quiz.assessment.analysis.sitting_report import (
    ItemKey,
    Measured,
    MisreadSentence,
    ReportedEvent,
    ReportedSitting,
    Said,
    SittingChange,
    SittingReport,
)
from quiz.assessment.analysis.statistics.reliability import Reliability
from quiz.assessment.analysis.unit_report import AttemptFact, unit_report
from tests.assessment.analysis.editions.test_renewing import fact

NOON = datetime(2026, 11, 29, 4, 0, tzinfo=UTC)
SITTING = ReportedSitting(
    "uid-sesi", "post", "Post-test", NOON, NOON, NOON, 70, ReportedEvent("UJI-1", "Uji", "", NOON)
)


def sentence(code: str, value: Fraction, n: int, topic: str = "t") -> MisreadSentence:
    facility = Facility(value, 0.1, 0.9, 3, n)
    return MisreadSentence(code, 1, topic, "Soal?", ("Kalimat.",), ("Pasal 9",), facility, False)


def figures(facts: list[AttemptFact]) -> SittingFigures:
    """The figures of one sitting, with the change to it of the people who scored evenly."""
    done = [one for one in facts if one.percent is not None]
    works = {one.person: Work(None, one.percent, one.topic_scores) for one in done}
    before = {person: Work(None, Fraction(10), work.topics) for person, work in works.items()}
    change = SittingChange(SITTING, SITTING, change_report(before, works), True, ("Berubah.",))
    report = SittingReport(
        SITTING,
        NOON,
        unit_report(facts),
        {"t": "Topik", "lain": "Tidak ditanyakan"},
        Said(("Kisi-kisi sama.", "Awas."), "Kisi-kisi sama."),
        Measured(("Diukur.",), Reliability(0.5, 0.2, 0.7, 1.25, 40, 9)),
        change,
    )
    kinds = {"desa": (ItemKey("A-1", 2), ItemKey("A-2", 1)), "upt": ()}
    return sitting_figures(report, [sentence("A-1", Fraction(1, 3), 12)], ["Tetap."], kinds=kinds)


@st.composite
def halls(draw: st.DrawFn) -> list[AttemptFact]:
    units = draw(st.lists(st.sampled_from("ABCD"), max_size=40))
    values = st.none() | st.integers(0, 10)
    return [
        fact(f"orang-{n}", unit, draw(values), draw(st.integers(0, 10)))
        for n, unit in enumerate(units)
    ]


@given(halls())
def test_figures_come_back_from_json_as_they_were(facts: list[AttemptFact]) -> None:
    edition = EditionFigures((figures(facts),))

    again = thaw(EditionFigures, json.loads(json.dumps(freeze(edition))))

    assert again == edition
    assert again.sittings[0].report().asked_topics == edition.sittings[0].report().asked_topics
    assert again.sittings[0].report().headline == edition.sittings[0].report().headline


@given(halls())
def test_facts_come_back_from_json_as_they_were(facts: list[AttemptFact]) -> None:
    written = json.loads(json.dumps(freeze(facts)))

    assert [thaw(AttemptFact, one) for one in written] == facts


def test_figures_name_nobody() -> None:
    facts = [fact(f"orang-{n}", "C", n % 10) for n in range(12)]

    written = json.dumps(freeze(figures(facts)))

    assert "Berubah." in written
    assert "orang-" not in written


def test_what_has_no_frozen_form_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        freeze({"what": object()})


def test_what_was_kept_is_said_before_everything_but_a_withdrawal() -> None:
    report = figures([]).report("Ditarik.")

    assert report.caveats.sentences == ("Ditarik.", "Tetap.", "Kisi-kisi sama.", "Awas.")


def test_everybody_alone_has_no_unit() -> None:
    facts = [fact(f"p{n}", "ABCD"[n % 4], n % 10) for n in range(24)]

    alone = figures(facts).report().of_everybody

    assert (alone.units.rows, alone.units.participation) == ((), ())
    assert alone.units.total == figures(facts).units.total


@pytest.mark.parametrize(("people", "told"), [(9, False), (10, True)])
def test_everybody_alone_is_told_from_ten_people(people: int, told: bool) -> None:
    facts = [fact(f"p{n}", "C", n % 10) for n in range(people)]

    alone = figures(facts).report().of_everybody

    assert (alone.units.total.submitted, alone.units.minimum) == (people, 10)
    shown = (alone.units.total.mean, alone.asked_topics, alone.change)
    assert [bool(each) for each in shown] == [told] * 3


def test_two_editions_tell_the_same_whenever_they_were_made() -> None:
    first = figures([fact("p", "C", 4)])
    later = replace(first, as_of=datetime(2026, 12, 1, tzinfo=UTC), kept=())

    assert EditionFigures((first,)).tells_as(EditionFigures((later,)))
    assert not EditionFigures((first,)).tells_as(EditionFigures(()))
    assert not first.tells_as(figures([fact("p", "C", None)]))


@pytest.mark.parametrize(
    ("value", "n", "kept"),
    [
        (Fraction(6, 12), 12, False),  # the same
        (Fraction(9, 12), 12, True),  # three more points
        (Fraction(11, 12), 12, False),  # five more points
        (Fraction(6, 16), 16, True),  # four more people
        (Fraction(6, 17), 17, False),
    ],
)
def test_a_sentences_figures_change_with_five_peoples_answers(
    value: Fraction, n: int, kept: bool
) -> None:
    told = [sentence("A-1", Fraction(6, 12), 12)]

    [found], some = held_sentences([sentence("A-1", value, n)], [told])

    assert some is kept
    assert found.facility == (told[0] if kept else sentence("A-1", value, n)).facility


def test_a_sentence_is_compared_with_every_edition_before() -> None:
    told = [[sentence("A-1", Fraction(2, 20), 20)], [sentence("A-1", Fraction(9, 20), 20)]]

    [found], some = held_sentences([sentence("A-1", Fraction(3, 20), 20)], told)

    assert (found.facility, some) == (told[1][0].facility, True)


def test_the_head_of_a_pooled_unit_sees_its_own_people_and_the_pools_figures() -> None:
    facts = [fact(f"a{n}", "A", 4) for n in range(3)] + [fact(f"b{n}", "B", 6) for n in range(4)]
    facts += [fact(f"c{n}", "C", 9) for n in range(6)]

    part = unit_part(figures(facts).units, "A")

    assert part is not None and part.told is not None
    assert (part.own.name, part.own.submitted, part.own.mean) == ("A", 3, None)
    assert (part.told.pooled, part.told.submitted) == (("A", "B"), 7)


def test_the_head_of_a_withheld_unit_sees_its_own_people_alone() -> None:
    facts = [fact(f"c{n}", "C", 4) for n in range(3)] + [fact(f"d{n}", "D", 6) for n in range(4)]

    part = unit_part(figures(facts).units, "C")

    assert part is not None
    assert (part.own.submitted, part.told) == (3, None)


def test_a_unit_that_is_not_on_the_roster_has_no_part() -> None:
    assert unit_part(figures([fact("p", "C", 4)]).units, "D") is None


def test_what_was_published_before_a_field_came_is_read_with_its_default() -> None:
    written = freeze(figures([fact("p", "C", 4)]))
    del written["kinds"], written["kept"]

    again = thaw(SittingFigures, written)

    assert (again.kinds, again.kept) == ({}, ())
    with pytest.raises(TypeError, match="units"):
        thaw(SittingFigures, {key: each for key, each in written.items() if key != "units"})


def test_what_a_kind_finds_hardest_comes_first_then_everybodys_by_topic() -> None:
    of_all = [
        sentence(code, Fraction(1, 2), n, topic)
        for code, n, topic in (("1", 10, "x"), ("2", 10, "y"), ("3", 9, "y"), ("4", 30, "y"))
    ]
    kinds = {"desa": (ItemKey("9", 1), ItemKey("4", 1)), "upt": ()}
    found = replace(figures([]), misread=tuple(of_all), kinds=kinds)

    orders = {kind: hardest_for(found, kind, "y") for kind in ("desa", "upt", "camat")}

    assert {kind: "".join(key.code for key in each.items) for kind, each in orders.items()} == {
        "desa": "9421",
        "upt": "241",
        "camat": "241",
    }
    assert [each.of_kind is None for each in orders.values()] == [False, False, True]
