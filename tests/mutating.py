"""Loaded by mutmut in place of the conftest (`pyproject.toml`): a mutant meets few drawn examples,
the same each time and none made smaller, and those only if it survives what draws nothing."""

import sys

import pytest
from hypothesis import HealthCheck, Phase, is_hypothesis_test, settings

settings.register_profile(
    "mutants",
    max_examples=20,
    derandomize=True,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=tuple(HealthCheck),
)
settings.load_profile("mutants")


def pytest_sessionstart() -> None:
    """Each mutant is tried in a copy of the process that ran the tests before: what that has
    computed and kept is forgotten, or no mutant behind a cache would ever be called."""
    kept = (
        getattr(each, "cache_clear", None)
        for name, module in list(sys.modules.items())
        if name.startswith(("quiz.assessment.", "quiz.exchange."))
        for each in list(vars(module).values())
    )
    for forget in filter(callable, kept):
        forget()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What draws comes last."""
    items.sort(key=lambda item: is_hypothesis_test(getattr(item, "obj", None)))
