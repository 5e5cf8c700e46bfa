"""What the next edition tells of sentences where the figures of a unit stay as they were."""

from datetime import timedelta

import pytest

from quiz.assessment.analysis.editions.figures import EditionFigures
from quiz.assessment.analysis.editions.frozen import thaw
from quiz.models import Sitting, User
from quiz.queries.scores.editions.drafting import draft
from tests.factories import Make
from tests.views.scores.editions.publishing import published


@pytest.fixture
def sitting(make: Make) -> Sitting:
    """One item, which nobody of eight in either of two offices has right; the keys are out."""
    make.topic()
    sitting = make.sitting(
        items=[make.bank_item(make.item(topic="makna"))],
        opens_at=make.now - timedelta(hours=3),
        closes_at=make.now - timedelta(hours=2),
        released_at=make.now - timedelta(hours=2),
        grace_minutes=0,
    )
    units = [make.unit("Kantor A"), make.unit("Kantor B", "upt-teknis")]
    for number in range(16):
        add(make, sitting, units[number % 2])
    return sitting


def add(make: Make, sitting: Sitting, unit: object) -> None:
    place = make.enrolment(sitting.event, unit=unit, checked_in_at=sitting.opens_at)
    make.finished(sitting, place, right=0, started_at=sitting.opens_at)


def more_people(make: Make, sitting: Sitting) -> None:
    """Three more in an office, too few to tell it anew, and five in the other."""
    units = {place.unit for place in sitting.event.enrolments}
    few, enough = sorted(units, key=lambda unit: unit.name)
    for unit, people in ((few, 3), (enough, 5)):
        for _ in range(people):
            add(make, sitting, unit)


def test_sentences_are_of_the_people_whose_results_are_told(
    make: Make, sitting: Sitting, citra: User
) -> None:
    published(make, sitting.event, citra)
    more_people(make, sitting)

    [found] = draft(make.session, sitting.event, make.now).figures.sittings

    [sentence] = found.misread
    assert (found.units.total.submitted, sentence.facility.n) == (21, 16)
    assert any(
        "Kalimat yang masih keliru juga tetap seperti edisi 1" in each for each in found.kept
    )


def test_sentences_that_no_edition_told_wait_where_a_unit_stays_as_it_was(
    make: Make, sitting: Sitting, citra: User
) -> None:
    sitting.released_at = None
    published(make, sitting.event, citra)
    sitting.released_at = make.now
    more_people(make, sitting)

    [found] = draft(make.session, sitting.event, make.now).figures.sittings

    assert (found.misread, found.waiting) == ((), False)
    assert any("Kalimat yang masih keliru tidak disebut" in each for each in found.kept)


def test_that_sentences_wait_no_longer_is_told_once_though_no_number_is_new(
    make: Make, sitting: Sitting, citra: User
) -> None:
    sitting.released_at = None
    published(make, sitting.event, citra)
    more_people(make, sitting)
    second = published(make, sitting.event, citra)
    sitting.released_at = make.now

    before = thaw(EditionFigures, second.figures).sittings[0]
    once = draft(make.session, sitting.event, make.now)
    published(make, sitting.event, citra)
    again = draft(make.session, sitting.event, make.now)

    [found] = once.figures.sittings
    assert (before.waiting, found.waiting, found.units) == (True, False, before.units)
    assert any("Kalimat yang masih keliru tidak disebut" in each for each in found.kept)
    assert (once.refusal, again.refusal is None) == (None, False)


def test_where_every_unit_is_told_anew_so_are_the_sentences(
    make: Make, sitting: Sitting, citra: User
) -> None:
    published(make, sitting.event, citra)
    for unit in sorted({place.unit for place in sitting.event.enrolments}, key=lambda u: u.name):
        for _ in range(5):
            add(make, sitting, unit)

    [found] = draft(make.session, sitting.event, make.now).figures.sittings

    assert (found.units.total.submitted, found.misread[0].facility.n) == (26, 26)
