"""Fixtures that let a session compile once what every application, engine and process of the
program would compile anew.

It took half of the time of the tests of views.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

import quiz

REGISTER = quiz._register_blueprints

OF_A_BLUEPRINT = (
    "after_request_funcs",
    "before_request_funcs",
    "error_handler_spec",
    "teardown_request_funcs",
    "template_context_processors",
    "url_default_functions",
    "url_value_preprocessors",
)
"""Where an application keeps what its blueprints ask for, by their names."""


@pytest.fixture(scope="session", autouse=True)
def program_compiled_once(once_a_run: Path) -> Iterator[None]:
    """The processes that tests start compile the program once, also where none may be written
    beside it (containers say so), which took a third of their time."""
    with pytest.MonkeyPatch.context() as patch:
        if sys.dont_write_bytecode:
            patch.setenv("PYTHONDONTWRITEBYTECODE", "")
            patch.setenv("PYTHONPYCACHEPREFIX", str(once_a_run / "bytecode"))
        yield


@pytest.fixture(scope="session", autouse=True)
def blueprints_registered_once() -> Iterator[None]:
    """Every application answers at the same addresses: the later ones take them from the first.

    A test that adds an address has an application ``with_own_addresses``.
    """
    registered: list[Flask] = []

    def register_or_take(app: Flask) -> None:
        if not registered:
            of_all = [len(getattr(app, name)[None]) for name in OF_A_BLUEPRINT]
            REGISTER(app)
            now = [len(getattr(app, name)[None]) for name in OF_A_BLUEPRINT]
            assert now == of_all, "a blueprint asks something of every page: let the later take it"
            app.url_map.update()
            registered.append(app)
            return
        first: Flask = registered[0]
        app.url_map = first.url_map
        app.blueprints |= first.blueprints
        app.view_functions = first.view_functions | app.view_functions
        for name in OF_A_BLUEPRINT:
            asked = {owner: each for owner, each in getattr(first, name).items() if owner}
            getattr(app, name).update(asked)
        for word, meant in first.jinja_env.globals.items():
            app.jinja_env.globals.setdefault(word, meant)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quiz, "_register_blueprints", register_or_take)
        yield


@pytest.fixture
def with_own_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Applications made after this one share their addresses with none."""
    monkeypatch.setattr(quiz, "_register_blueprints", REGISTER)


@pytest.fixture(scope="session", autouse=True)
def addresses_compiled_once() -> Iterator[None]:
    """What a rule of addresses is made into follows from its words; no map of ours changes them."""
    compiled: dict[object, tuple[Any, ...]] = {}
    compile_one = Rule.compile

    def compile_rule(rule: Rule) -> None:
        key = (rule.rule, rule.subdomain, rule.host, rule.merge_slashes, str(rule.defaults))
        if key not in compiled:
            compile_one(rule)
            builders = (rule._build.__func__, rule._build_unknown.__func__)  # type: ignore[attr-defined]
            compiled[key] = (rule._parts, rule._trace, rule._converters, rule.arguments, *builders)
        parts, trace, rule._converters, arguments, build, build_unknown = compiled[key]
        rule._parts, rule._trace, rule.arguments = [*parts], [*trace], {*arguments}
        rule._build, rule._build_unknown = build.__get__(rule), build_unknown.__get__(rule)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "compile", compile_rule)
        yield


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    """Engines of one kind share what they made of a statement; every test has its own engines."""
    kept: defaultdict[type, LRUCache[Any, Any]] = defaultdict(lambda: LRUCache(10_000))
    shared = property(lambda engine: kept[type(engine.dialect)], lambda engine, own: None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "_compiled_cache", shared, raising=False)
        patch.setattr(DefaultDialect, "__eq__", lambda one, other: type(one) is type(other))
        patch.setattr(DefaultDialect, "__hash__", lambda dialect: hash(type(dialect)))
        yield
