"""Rulings on both databases: new current scores for everybody concerned, and nothing else."""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from functools import partial

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from quiz.actions.scores.ruling import make_ruling, withdraw_ruling
from quiz.assessment.scores.effect import Effect, ShownEffect
from quiz.assessment.scores.ruling import Ruling
from quiz.models import BankItem, ItemVersion, Score, StoredResponse, StoredRuling, User
from quiz.models.events.events import Phase
from quiz.models.refusals import Refused
from quiz.queries.scores.computed import computed_score
from quiz.queries.scores.contested.effects import consequence, effect_on, rulings_digest, would_make
from quiz.queries.taking.asked import asked_in
from tests.factories import Make

REASON = "Pasal 9 berkata lain."


def version_of(item: BankItem) -> ItemVersion:
    assert item.published is not None
    return item.published


@pytest.fixture
def items(make: Make) -> list[BankItem]:
    """Two single-choice items."""
    return [make.bank_item(), make.bank_item()]


@pytest.fixture
def contested(items: list[BankItem]) -> ItemVersion:
    """The version that stands first in every form here."""
    return version_of(items[0])


def wrong(version: ItemVersion) -> str:
    """A distractor of the version."""
    return next(option.id for option in version.item.options if not option.is_key)


def accept(version: ItemVersion) -> Ruling:
    return Ruling(version.uid, "accept", options=(wrong(version),))


def current(session: Session) -> list[Score]:
    query = select(Score).where(Score.current).order_by(Score.attempt_id)
    return list(session.scalars(query))


def points(session: Session) -> list[tuple[Fraction, Fraction]]:
    return [(score.knowledge_points, score.knowledge_max) for score in current(session)]


def counted(session: Session, act: Callable[[], object]) -> int:
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:  # type: ignore[no-untyped-def]
        if statement != "BEGIN":
            statements.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    act()
    event.remove(engine, "before_cursor_execute", note)
    return len(statements)


def three_attempts(make: Make, items: list[BankItem]) -> None:
    """One right, one with the wrong option, one blank at the first item; the second all right."""
    sitting = make.sitting(items=items, pass_mark=100)
    chosen = [None, [wrong(version_of(items[0]))], []]
    for values in chosen:
        attempt = make.attempt(sitting)
        make.response(attempt, 1, values)
        make.response(attempt, 2)
        attempt.submitted_at, attempt.receipt = make.now, "ABCDEF"
        make.score(attempt, make.now)


def test_accepting_an_option_raises_who_chose_it_and_nobody_else(
    session: Session, make: Make, items: list[BankItem], contested: ItemVersion, hadi: User
) -> None:
    three_attempts(make, items)

    _, rescored = make_ruling(session, contested, accept(contested), REASON, hadi, make.now)
    session.commit()

    assert points(session) == [(2, 2), (2, 2), (1, 2)]
    assert effect_on(contested, rescored) == Effect(up=1, same=2, newly_passed=1)


def test_moving_the_key_raises_some_and_lowers_others(
    session: Session, make: Make, items: list[BankItem], contested: ItemVersion, hadi: User
) -> None:
    three_attempts(make, items)
    [key] = contested.item.keys
    moved = Ruling(contested.uid, "weights", {key: Fraction(0), wrong(contested): Fraction(1)})

    _, rescored = make_ruling(session, contested, moved, REASON, hadi, make.now)
    session.commit()

    assert points(session) == [(1, 2), (2, 2), (1, 2)]
    assert effect_on(contested, rescored) == Effect(
        up=1, down=1, same=1, newly_passed=1, newly_failed=1
    )


def test_a_void_item_leaves_every_score(
    session: Session, make: Make, items: list[BankItem], contested: ItemVersion, hadi: User
) -> None:
    three_attempts(make, items)

    void = Ruling(contested.uid, "void")
    _, rescored = make_ruling(session, contested, void, REASON, hadi, make.now)
    session.commit()

    assert points(session) == [(1, 1), (1, 1), (1, 1)]
    assert effect_on(contested, rescored) == Effect(up=2, same=1, newly_passed=2)


def test_old_scores_versions_and_responses_stay_as_they_were(
    session: Session, make: Make, items: list[BankItem], contested: ItemVersion, hadi: User
) -> None:
    three_attempts(make, items)
    content, uid = dict(contested.content), contested.uid
    before = [(r.id, r.chosen, r.revision) for r in session.scalars(select(StoredResponse))]

    make_ruling(session, contested, accept(contested), REASON, hadi, make.now)
    session.commit()
    session.expire_all()

    old = session.scalars(select(Score).where(~Score.current).order_by(Score.attempt_id)).all()
    assert [score.knowledge_points for score in old] == [2, 1, 1]
    assert [(r.id, r.chosen, r.revision) for r in session.scalars(select(StoredResponse))] == before
    assert (contested.content, contested.uid) == (content, uid)


def test_the_new_rows_are_what_is_computed_from_the_responses(
    session: Session, make: Make, items: list[BankItem], contested: ItemVersion, hadi: User
) -> None:
    three_attempts(make, items)

    make_ruling(session, contested, accept(contested), REASON, hadi, make.now)
    session.commit()

    for row in current(session):
        computed = computed_score(session, row.attempt, make.now)
        assert (row.items, row.ruling_digest) == (computed.items, computed.ruling_digest)


def test_withdrawing_brings_every_score_back(
    session: Session, make: Make, items: list[BankItem], contested: ItemVersion, hadi: User
) -> None:
    three_attempts(make, items)
    before = [(score.items, score.ruling_digest) for score in current(session)]
    row = make.ruling(contested, "accept", options=[wrong(contested)])

    rescored = withdraw_ruling(session, row, "Ternyata keliru.", hadi, make.now)
    session.commit()

    assert [(score.items, score.ruling_digest) for score in current(session)] == before
    assert effect_on(contested, rescored) == Effect(down=1, same=2, newly_failed=1)
    assert (row.withdrawn_by, row.withdraw_reason) == (hadi, "Ternyata keliru.")


def test_a_second_ruling_stands_on_the_first(
    session: Session, make: Make, items: list[BankItem], contested: ItemVersion
) -> None:
    three_attempts(make, items)
    first = make.ruling(contested, "accept", options=[wrong(contested)])

    make.ruling(contested, "void")

    assert points(session) == [(1, 1), (1, 1), (1, 1)]
    assert first.withdrawn_at is None


def test_looking_first_changes_nothing(
    session: Session, make: Make, items: list[BankItem], contested: ItemVersion
) -> None:
    three_attempts(make, items)
    digest = rulings_digest(session, contested)

    rescored = would_make(session, contested, accept(contested), make.now)
    session.commit()

    assert effect_on(contested, rescored) == Effect(up=1, same=2, newly_passed=1)
    assert points(session) == [(2, 2), (1, 2), (1, 2)]
    assert rulings_digest(session, contested) == digest
    assert session.query(StoredRuling).count() == 0


def test_a_running_attempt_is_scored_by_the_ruling_when_it_is_submitted(
    session: Session, make: Make, items: list[BankItem], contested: ItemVersion
) -> None:
    attempt = make.attempt(make.sitting(items=items))
    make.response(attempt, 1, [wrong(contested)])

    make.ruling(contested, "accept", options=[wrong(contested)])
    before = points(session)
    attempt.submitted_at, attempt.receipt = make.now, "ABCDEF"
    make.score(attempt, make.now)

    assert (before, points(session)) == ([], [(1, 2)])


def test_an_attempt_ended_by_time_without_a_score_gets_one(
    session: Session, make: Make, items: list[BankItem], contested: ItemVersion
) -> None:
    hour = timedelta(hours=1)
    sitting = make.sitting(items=items, opens_at=make.now - 2 * hour, closes_at=make.now - hour)
    attempt = make.attempt(sitting, started_at=make.now - 3 * hour / 2)
    make.response(attempt, 1, [wrong(contested)])

    make.ruling(contested, "accept", options=[wrong(contested)])

    assert points(session) == [(1, 2)]


def test_practice_gets_new_scores_but_stands_in_no_figure(
    session: Session, make: Make, items: list[BankItem], contested: ItemVersion, hadi: User
) -> None:
    make.finished(make.sitting(phase=Phase.PRACTICE, items=items))

    void = Ruling(contested.uid, "void")
    _, rescored = make_ruling(session, contested, void, REASON, hadi, make.now)

    assert points(session) == [(1, 1)]
    assert effect_on(contested, rescored) == Effect()
    found = consequence(session, contested, rescored, make.now)
    assert (found.effect, found.counted, found.others) == (None, [], [])


def test_voided_attempts_and_other_items_are_left_alone(
    session: Session, make: Make, items: list[BankItem], contested: ItemVersion, hadi: User
) -> None:
    make.finished(make.sitting(items=items)).void(hadi, "HP mati", make.now)
    make.finished(make.sitting(items=[items[1]]))
    before = [score.id for score in current(session)]

    make.ruling(contested)

    assert [score.id for score in current(session)] == before


def test_the_effect_is_told_of_sittings_with_enough_people(
    session: Session, make: Make, items: list[BankItem], contested: ItemVersion, hadi: User
) -> None:
    early = make.now - timedelta(hours=3)
    before = make.sitting(items=items, opens_at=early, closes_at=make.now)
    small = make.sitting(before.event, Phase.FOLLOW_UP, items=items, closes_at=make.now)
    after = make.sitting(before.event, Phase.POST, items=items)
    for sitting, people in ((after, 6), (before, 5), (small, 4)):
        for _ in range(people):
            make.finished(sitting, right=2)

    void = Ruling(contested.uid, "void")
    _, rescored = make_ruling(session, contested, void, REASON, hadi, make.now)
    found = consequence(session, contested, rescored, make.now)

    assert found.effect == ShownEffect(
        attempts=5, up=(0, 2), down=(0, 2), same=(3, 7), newly_passed=(0, 2), newly_failed=(0, 2)
    )
    assert (found.counted, found.others) == ([(before, 5)], [small, after])


def test_judgement_rises_and_falls_on_its_own_scale_and_nobody_passes(
    session: Session, make: Make, hadi: User
) -> None:
    dilemma = make.bank_item(make.item("judgement"))
    version = version_of(dilemma)
    attempt = make.attempt(make.sitting(items=[dilemma, make.bank_item()]))
    worst = min(version.item.options, key=lambda option: option.weight)
    make.response(attempt, 1, [worst.id])
    attempt.submitted_at, attempt.receipt = make.now, "ABCDEF"
    make.score(attempt, make.now)

    raised = Ruling(version.uid, "weights", {worst.id: Fraction(1, 2)})
    _, rescored = make_ruling(session, version, raised, REASON, hadi, make.now)

    assert effect_on(version, rescored) == Effect(up=1)
    [score] = current(session)
    assert (score.judgement_points, score.knowledge_points) == (Fraction(1, 2), 0)


def test_nobody_rules_on_a_key_of_their_own(
    session: Session, make: Make, items: list[BankItem], contested: ItemVersion, hadi: User
) -> None:
    make.sitting(items=items)
    contested.author = hadi
    session.commit()

    with pytest.raises(Refused, match="Anda tulis sendiri"):
        make_ruling(session, contested, Ruling(contested.uid, "void"), REASON, hadi, make.now)


def test_nobody_rules_on_a_key_they_contested_themselves(
    session: Session, make: Make, items: list[BankItem], contested: ItemVersion, hadi: User
) -> None:
    sitting = make.sitting(items=items)
    attempt = make.finished(sitting, make.enrolment(sitting.event, hadi))
    asked = asked_in(session, attempt)
    [position] = [at for at, each in asked.items() if each.version_id == contested.id]
    make.contest(attempt, position)

    with pytest.raises(Refused, match="Anda sendiri menyanggah"):
        make_ruling(session, contested, Ruling(contested.uid, "void"), REASON, hadi, make.now)


def test_an_unused_version_is_edited_and_not_ruled_on(
    session: Session, make: Make, contested: ItemVersion, hadi: User
) -> None:
    with pytest.raises(Refused, match="belum dipakai"):
        make_ruling(session, contested, Ruling(contested.uid, "void"), REASON, hadi, make.now)


def test_a_ruling_that_makes_no_sense_is_refused(
    session: Session, make: Make, items: list[BankItem], contested: ItemVersion, hadi: User
) -> None:
    make.sitting(items=items)

    with pytest.raises(Refused, match="Pilih paling sedikit satu opsi"):
        make_ruling(session, contested, Ruling(contested.uid, "accept"), REASON, hadi, make.now)


def test_a_ruling_is_withdrawn_once(
    session: Session, make: Make, items: list[BankItem], contested: ItemVersion, hadi: User
) -> None:
    make.sitting(items=items)
    row = make.ruling(contested)
    withdraw_ruling(session, row, REASON, hadi, make.now)

    with pytest.raises(Refused, match="sudah dicabut"):
        withdraw_ruling(session, row, REASON, hadi, make.now)


def test_thirty_attempts_take_as_many_statements_as_three(
    session: Session, make: Make, items: list[BankItem], hadi: User
) -> None:
    for item, people in zip(items, (3, 30), strict=True):
        sitting = make.sitting(items=[item])
        for _ in range(people):
            make.finished(sitting)

    def rule(version: ItemVersion) -> None:
        make_ruling(session, version, Ruling(version.uid, "void"), REASON, hadi, make.now)

    three, thirty = (counted(session, partial(rule, version_of(item))) for item in items)

    assert (thirty, len(points(session))) == (three, 33)
