"""Two rows become one in whatever order they come."""

from functools import reduce
from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from quiz.exchange.events.meeting import met
from quiz.exchange.events.table import Table
from quiz.exchange.events.tables import BY_NAME

ATTEMPT, RESPONSE, PRESENCE = BY_NAME["attempt"], BY_NAME["response"], BY_NAME["presence"]

moments = st.sampled_from(
    [None, *(f"2026-11-29T0{hour}:00:00+00:00" for hour in range(4)), "2026-11-29T03:00:00.5+00:00"]
)


def rows(table: Table) -> st.SearchStrategy[dict[str, Any]]:
    """Rows of one name, as different installations may tell it."""
    parts: dict[str, st.SearchStrategy[Any]] = {}
    for column in table.columns:
        if column in table.key:
            parts[column] = st.just("same")
        elif column.endswith("_at") or column == "at":
            parts[column] = moments
        elif column in {"extra_seconds", "opened", "waiting", "revision"}:
            parts[column] = st.integers(0, 3)
        elif column in {"after_release", "late"}:
            parts[column] = st.booleans()
        elif column == "chosen":
            parts[column] = st.lists(st.sampled_from("abc"), max_size=2)
        elif column in {"void_reason", "enrolment_id", "item_version_id"}:
            parts[column] = st.sampled_from(["", "x", "y"])
        else:
            parts[column] = st.just("same")
    return st.fixed_dictionaries(parts)


def together(table: Table, several: list[dict[str, Any]]) -> dict[str, Any]:
    return dict(reduce(lambda one, other: dict(met(table, one, other, ("", "")).row), several))


@given(st.lists(rows(ATTEMPT), min_size=3, max_size=3))
def test_attempts_of_three_machines_meet_alike_in_every_order(several) -> None:
    every = [together(ATTEMPT, list(order)) for order in permutations(several)]

    assert every == [every[0]] * len(every)


@given(st.lists(rows(RESPONSE), min_size=2, max_size=3))
def test_responses_of_three_machines_meet_alike_in_every_order(several) -> None:
    every = [together(RESPONSE, list(order)) for order in permutations(several)]

    assert every == [every[0]] * len(every)


@given(rows(PRESENCE), rows(PRESENCE))
def test_somebody_was_there_from_the_earlier_moment(one, other) -> None:
    assert together(PRESENCE, [one, other]) == together(PRESENCE, [other, one])


@given(rows(ATTEMPT), rows(ATTEMPT))
def test_two_attempts_meet_alike_in_both_orders(one, other) -> None:
    assert together(ATTEMPT, [one, other]) == together(ATTEMPT, [other, one])


@given(rows(ATTEMPT))
def test_the_same_row_changes_nothing(row) -> None:
    found = met(ATTEMPT, row, row, ("", ""))

    assert (found.row, found.loser) == (row, None)


@given(rows(ATTEMPT), rows(ATTEMPT))
def test_a_row_that_has_met_another_meets_it_again_without_change(one, other) -> None:
    once = together(ATTEMPT, [one, other])

    assert together(ATTEMPT, [once, other]) == once


def test_the_higher_revision_counts_whatever_the_clock_says() -> None:
    here = dict.fromkeys(RESPONSE.columns, "same") | {"revision": 7, "chosen": ["a"]}
    theirs = here | {"revision": 8, "chosen": ["b"], "saved_at": "2020-01-01T00:00:00+00:00"}

    found = met(RESPONSE, here, theirs, ("", ""))

    assert found.row["chosen"] == ["b"]
    assert found.loser == here
    assert not found.here_counts


def test_who_was_changed_last_according_to_the_log_counts() -> None:
    event = BY_NAME["event"]
    here = dict.fromkeys(event.columns, "same") | {
        "place": "Aula",
        "created_at": "2026-11-01T00:00:00+00:00",
        "archived_at": None,
    }
    theirs = here | {"place": "Balai"}

    later = met(event, here, theirs, ("2026-11-29T01:00:00+00:00", "2026-11-29T02:00:00+00:00"))
    earlier = met(event, here, theirs, ("2026-11-29T03:00:00+00:00", "2026-11-29T02:00:00+00:00"))

    assert (later.row["place"], earlier.row["place"]) == ("Balai", "Aula")
