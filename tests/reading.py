"""What a page says, taken out of its HTML, so that tests compare words and not markup."""

from typing import TypeVar
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.test import TestResponse

from tests.factories import Make

Row = TypeVar("Row")


def stored(make: Make, table: type[Row]) -> list[Row]:
    """Every row of a table as it is now, after requests have changed it."""
    make.session.commit()
    return make.session.query(table).order_by("id").populate_existing().all()


def root(reply: TestResponse) -> Element:
    """The page as a tree."""
    tree: Element = html5lib.HTMLParser(namespaceHTMLElements=False).parse(reply.text)
    return tree


def words(node: Element) -> str:
    """All text inside, with single spaces."""
    return " ".join("".join(node.itertext()).split())


def with_class(reply: TestResponse, name: str) -> list[Element]:
    """The elements that carry this class."""
    return [node for node in root(reply).iter() if name in node.get("class", "").split()]


def texts(reply: TestResponse, name: str) -> list[str]:
    """The words of every element that carries this class."""
    return [words(node) for node in with_class(reply, name)]


def table_rows(reply: TestResponse, name: str = "table") -> list[list[str]]:
    """Every row in the bodies of tables of this class, cell by cell."""
    return [
        [words(cell) for cell in row]
        for table in with_class(reply, name)
        for body in table.iter("tbody")
        for row in body.iter("tr")
    ]


def faults(reply: TestResponse) -> list[str]:
    """The sentences of the error summary."""
    return [words(item) for box in with_class(reply, "errors") for item in box.iter("li")]


def notices(reply: TestResponse) -> list[str]:
    """The calm sentences: flashed messages and notices of the page."""
    return texts(reply, "notice")


def link_texts(reply: TestResponse) -> list[str]:
    """The words of every link."""
    return [words(link) for link in root(reply).iter("a")]
