"""Fixtures that let a session compile once what every application and engine would compile anew.

It took half of the time of the tests of views.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule


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
