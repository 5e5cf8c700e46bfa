"""Editions on both databases: frozen, numbered, compared with those before, withdrawn."""

import json
from datetime import timedelta

import pytest

from quiz.actions.scores.publishing import new_unit_link, publish, withdraw_edition
from quiz.assessment.analysis.editions.figures import SittingFigures
from quiz.codes import unit_link_token
from quiz.models import Attempt, Edition, Event, Sitting, User
from quiz.models.events.events import FeedbackMode, Phase
from quiz.models.refusals import Refused
from quiz.permissions import Role
from quiz.queries.scores.editions.drafting import draft
from quiz.queries.scores.editions.published import figures_of, link_with_index
from quiz.queries.scores.reports import sitting_report
from tests.factories import Make

HOUR = timedelta(hours=1)


@pytest.fixture
def officer(make: Make) -> User:
    return make.user("Citra Ningsih", username="citra", role=Role.OFFICER)


def hall(
    make: Make, sizes: dict[str, int], phase: Phase = Phase.PRE, event: Event | None = None
) -> Sitting:
    """A closed sitting of three items; in each unit so many got two of them right."""
    opens = make.now - (3 if phase is Phase.PRE else 2) * HOUR
    sitting = make.sitting(event, phase, opens_at=opens, closes_at=opens + HOUR, grace_minutes=0)
    for name, size in sizes.items():
        unit = make.unit(name, "desa")
        for _ in range(size):
            enrolment = make.enrolment(sitting.event, unit=unit)
            make.finished(sitting, enrolment, right=2, started_at=opens)
    return sitting


def published(make: Make, event: Event, officer: User) -> Edition:
    found = draft(make.session, event, make.now)
    edition = publish(make.session, event, found, officer, make.now)
    make.session.commit()
    return edition


def told(edition: Edition) -> SittingFigures:
    [sitting] = figures_of(edition).sittings
    return sitting


def corrected(make: Make, sitting: Sitting, unit: str, people: int) -> None:
    """So many people of the unit have one point less now, as if a ruling had taken it."""
    attempts = [
        one
        for one in make.session.query(Attempt).order_by(Attempt.id)
        if one.sitting_id == sitting.id and one.enrolment.unit_name == unit
    ]
    for attempt in attempts[:people]:
        [score] = [one for one in attempt.scores if one.current]
        score.items = [
            [*item[:4], "0", *item[5:]] if place == 0 else item
            for place, item in enumerate(score.items)
        ]
        score.knowledge_points -= 1
    make.session.commit()


def test_an_edition_tells_what_the_report_tells(make: Make, officer: User) -> None:
    sitting = hall(make, {"Desa A": 6, "Desa B": 3, "Desa C": 3})

    edition = published(make, sitting.event, officer)

    live = sitting_report(make.session, sitting, make.now)
    frozen = told(edition)
    assert (edition.number, edition.as_of) == (1, make.now)
    assert frozen.units == live.units
    assert frozen.report().turnout == live.turnout
    assert list(frozen.measured.sentences) == live.measured.sentences
    assert list(frozen.caveats.sentences) == live.caveats.sentences


def test_figures_and_pools_name_nobody(make: Make, officer: User) -> None:
    sitting = hall(make, {"Desa A": 6})

    edition = published(make, sitting.event, officer)

    written = json.dumps([edition.figures, edition.pools])
    people = [attempt.enrolment for attempt in make.session.query(Attempt)]
    assert "Desa A" in written
    assert [one for one in people if one.user.name in written or one.uid in written] == []


@pytest.mark.parametrize("closed", [False, True])
def test_nothing_is_published_while_no_sitting_has_results(
    make: Make, officer: User, closed: bool
) -> None:
    sitting = make.sitting(closes_at=make.now if closed else make.now + HOUR, grace_minutes=0)
    if not closed:
        for _ in range(6):
            make.finished(sitting)

    with pytest.raises(Refused, match="Belum ada hasil yang dapat diterbitkan"):
        published(make, sitting.event, officer)


def test_nothing_is_published_twice(make: Make, officer: User) -> None:
    sitting = hall(make, {"Desa A": 6})
    published(make, sitting.event, officer)

    with pytest.raises(Refused, match="Tidak ada yang berubah sejak edisi 1"):
        published(make, sitting.event, officer)


def test_two_who_publish_at_once_make_one_edition(make: Make, officer: User) -> None:
    sitting = hall(make, {"Desa A": 6})
    late = draft(make.session, sitting.event, make.now)
    published(make, sitting.event, officer)

    with pytest.raises(Refused, match="Edisi 1 baru saja diterbitkan"):
        publish(make.session, sitting.event, late, officer, make.now)


def test_a_sitting_that_ends_later_comes_with_the_next_edition(make: Make, officer: User) -> None:
    pre = hall(make, {"Desa A": 6, "Desa B": 3, "Desa C": 3})
    published(make, pre.event, officer)
    hall(make, {"Desa D": 7}, Phase.POST, pre.event)

    edition = published(make, pre.event, officer)

    labels = [each.sitting.label for each in figures_of(edition).sittings]
    assert (edition.number, labels) == (2, ["Pre-test", "Post-test"])


def test_five_corrected_results_are_told_anew(make: Make, officer: User) -> None:
    sitting = hall(make, {"Desa A": 8, "Desa B": 7})
    before = told(published(make, sitting.event, officer))
    corrected(make, sitting, "Desa A", 5)

    after = told(published(make, sitting.event, officer))

    means = [{row.name: row.mean for row in each.units.rows} for each in (before, after)]
    assert means[1]["Desa A"] < means[0]["Desa A"]
    assert means[1]["Desa B"] == means[0]["Desa B"]
    assert after.kept == ()


def test_fewer_stay_as_they_were_and_the_edition_says_so(make: Make, officer: User) -> None:
    sitting = hall(make, {"Desa A": 8, "Desa B": 7})
    before = told(published(make, sitting.event, officer))
    corrected(make, sitting, "Desa A", 4)
    corrected(make, sitting, "Desa B", 5)

    after = told(published(make, sitting.event, officer))

    rows = [{row.name: row for row in each.units.rows} for each in (before, after)]
    assert rows[1]["Desa A"] == rows[0]["Desa A"]
    assert rows[1]["Desa B"].mean < rows[0]["Desa B"].mean
    weighed = sum(row.mean * row.submitted for row in after.units.rows)
    assert after.units.total.mean == weighed / 15
    [words] = after.kept
    assert words.startswith(
        "Angka Desa A tetap seperti edisi 1: sejak itu hasil kurang dari 5 orang"
    )


@pytest.mark.parametrize(("people", "anew"), [(4, False), (5, True)])
def test_what_a_kind_finds_hardest_is_told_anew_with_five_results(
    make: Make, officer: User, people: int, anew: bool
) -> None:
    sitting = hall(make, {"Desa A": 12})
    sitting.released_at = sitting.closes_at
    make.session.commit()
    first = told(published(make, sitting.event, officer))
    corrected(make, sitting, "Desa A", people)
    office = make.unit("Kantor B", "kecamatan")  # so that there is something to publish
    for _ in range(12):
        enrolment = make.enrolment(sitting.event, unit=office)
        make.finished(sitting, enrolment, right=3, started_at=sitting.opens_at)

    second = told(published(make, sitting.event, officer))

    [order] = first.kinds.values()
    assert len(order) == 1
    assert len(second.kinds["desa"]) == 1 + anew


def test_before_the_keys_are_out_no_kind_has_an_order(make: Make, officer: User) -> None:
    sitting = hall(make, {"Desa A": 12})
    sitting.feedback_mode, sitting.released_at = FeedbackMode.DELAYED, None
    make.session.commit()

    edition = told(published(make, sitting.event, officer))

    assert (edition.waiting, edition.kinds) == (True, {})


def test_an_edition_of_the_same_numbers_is_refused(make: Make, officer: User) -> None:
    sitting = hall(make, {"Desa A": 8})
    published(make, sitting.event, officer)
    corrected(make, sitting, "Desa A", 4)

    with pytest.raises(Refused, match="menyangkut kurang dari 5 orang"):
        published(make, sitting.event, officer)


def test_pools_of_an_edition_stay_and_are_only_joined(make: Make, officer: User) -> None:
    sitting = hall(make, {"Desa A": 3, "Desa B": 3, "Desa C": 9})
    edition = published(make, sitting.event, officer)
    for name in ("Desa A", "Desa B"):
        unit = next(u for u in make.session.query(Attempt) if u.enrolment.unit_name == name)
        for _ in range(6):
            enrolment = make.enrolment(sitting.event, unit=unit.enrolment.unit)
            make.finished(sitting, enrolment, right=1, started_at=sitting.opens_at)

    live = sitting_report(make.session, sitting, make.now).units
    after = told(published(make, sitting.event, officer)).units

    [pool] = edition.pools[sitting.uid]
    assert live.pools == after.pools == (tuple(pool),)
    assert after.total.submitted == 27


def test_a_withdrawn_edition_says_why_and_is_withdrawn_once(make: Make, officer: User) -> None:
    edition = published(make, hall(make, {"Desa A": 6}).event, officer)

    withdraw_edition(edition, "Kunci soal 3 keliru.", officer, make.now)
    make.session.commit()

    assert (edition.valid, edition.withdraw_reason) == (False, "Kunci soal 3 keliru.")
    with pytest.raises(Refused, match="sudah ditarik"):
        withdraw_edition(edition, "Sekali lagi.", officer, make.now)


def test_after_a_withdrawal_the_same_may_be_published_again(make: Make, officer: User) -> None:
    edition = published(make, hall(make, {"Desa A": 6}).event, officer)
    withdraw_edition(edition, "Salah kegiatan, bukan ini.", officer, make.now)

    again = published(make, edition.event, officer)

    assert (again.number, told(again).units) == (2, told(edition).units)


def test_a_reopened_sitting_stands_as_it_was_told(make: Make, officer: User) -> None:
    pre = hall(make, {"Desa A": 6})
    first = told(published(make, pre.event, officer))
    hall(make, {"Desa B": 6}, Phase.POST, pre.event)
    pre.closes_at = make.now + HOUR
    make.session.commit()

    edition = published(make, pre.event, officer)

    again = next(each for each in figures_of(edition).sittings if each.sitting.phase == "pre")
    assert (again.units, again.as_of) == (first.units, first.as_of)
    assert again.kept == ("Angka sesi ini tetap seperti edisi 1: sesinya dibuka lagi.",)


def test_sentences_wait_until_the_keys_are_out(make: Make, officer: User) -> None:
    sitting = hall(make, {"Desa A": 8})
    waiting = told(published(make, sitting.event, officer))
    sitting.released_at = make.now
    make.session.commit()

    after = told(published(make, sitting.event, officer))

    assert (waiting.waiting, waiting.misread) == (True, ())
    assert (after.waiting, len(after.misread)) == (False, 1)


def test_a_link_is_found_by_its_token_and_stores_none(make: Make, officer: User) -> None:
    unit, event = make.unit("Desa A"), make.event()

    link = new_unit_link(event, unit, days=30, key=make.key, by=officer, now=make.now)
    make.session.add(link)
    make.session.commit()

    token = unit_link_token(make.key, link.uid)
    assert token not in {link.uid, link.token_index}
    assert link_with_index(make.session, link.token_index) is link
    assert [link.valid(make.now + timedelta(days=days)) for days in (29, 30)] == [True, False]
