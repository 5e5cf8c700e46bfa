"""Whatever words somebody stored: no page takes them for its own marks."""

from collections.abc import Iterator
from typing import Any

import lxml.html
import pytest
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import JSON, String, update
from sqlalchemy.orm import Session

from quiz.database import make_engine
from quiz.demo import Stage
from quiz.models import Base
from quiz.permissions import Permission, Role
from tests.e2e.world import World, demonstration
from tests.kept import Demonstrations
from tests.safety.everybody import WHO, browser_of
from tests.safety.places import address_of, written

PLANTED = "'\"><i data-planted onmouseover='alert(1)'>&lt;"
WORDS = {
    *("statement", "basis", "title", "description", "source", "law", "article", "text", "name"),
    *("position", "place", "organiser", "speakers", "file_name", "roster_source", "unit_name"),
    *(
        "account",
        "obstacles",
        "kind_name",
        "note",
        "void_reason",
        "reason",
        "withdraw_reason",
        "explanation",
        "purpose_basis",
        "wanted",
    ),
}
"""The columns that hold what people wrote."""

STAFF = {role.value for role in Role} - {Role.PARTICIPANT.value, Role.UNIT_HEAD.value}


def planted(value: Any) -> Any:
    """``value`` with the mark at the end of each sentence in it."""
    if isinstance(value, dict):
        return {key: planted(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [planted(inner) for inner in value]
    return value + PLANTED if isinstance(value, str) and " " in value else value


def plant(session: Session) -> None:
    """The mark in every word that people wrote, of every table."""
    for table in Base.metadata.sorted_tables:
        words = [c for c in table.columns if c.name in WORDS and isinstance(c.type, String)]
        if words:
            session.execute(update(table).values({c: c + PLANTED for c in words}))
    for mapper in Base.registry.mappers:
        if "content" in mapper.columns and isinstance(mapper.columns["content"].type, JSON):
            for row in session.query(mapper.class_):
                row.content = planted(row.content)
    session.commit()


@pytest.fixture(scope="module")
def spoilt(
    tmp_path_factory: pytest.TempPathFactory,
    demonstrations: Demonstrations,
    compiled_templates: FileSystemBytecodeCache,
) -> Iterator[World]:
    """The demonstration in which everybody wrote marks."""
    folder = tmp_path_factory.mktemp("tanda")
    with demonstration(folder, demonstrations.of(Stage.OVER), compiled_templates) as world:
        engine = make_engine(f"sqlite:///{folder / 'quiz.sqlite'}")
        with Session(engine) as session:
            plant(session)
        engine.dispose()
        world.session.expire_all()
        yield world


@pytest.mark.parametrize("who", WHO)
def test_no_page_takes_stored_words_for_marks(spoilt, who):
    client = browser_of(spoilt, who)
    mine = [
        rule
        for (method, rule), needs in written().items()
        if method == "GET" and (needs is Permission.PUBLIC or needs in WHO[who])
    ]

    replies = {rule: client.get(address_of(spoilt, rule)) for rule in mine}

    pages = {rule: r.text for rule, r in replies.items() if r.mimetype == "text/html" and r.text}
    taken = [
        rule
        for rule, text in pages.items()
        if lxml.html.fromstring(text).xpath("//*[@data-planted]")
    ]
    assert taken == []
    assert sum("data-planted" in text for text in pages.values()) > (10 if who in STAFF else 1)
