"""XML from outside as a tree, measured before it is built: no entities, no bombs, no abyss."""

from typing import TYPE_CHECKING
from xml.parsers import expat

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # only its type; parsing is defusedxml's

MAX_ELEMENTS = 200_000
"""Two to three seconds' work; a document of 200 pages has up to 150,000."""

MAX_DEPTH = 200


class BadXml(ValueError):
    """What is no XML at all; the message is the parser's, in English."""


class XmlBomb(BadXml):
    """XML with a DOCTYPE: entities can grow without bound, and no office program writes them."""


class OverweightXml(BadXml):
    """XML with more elements, or deeper ones, than the bounds."""


def xml_tree(content: bytes, most: int = MAX_ELEMENTS) -> "Element":
    """The root element of at most ``most`` elements. Raises BadXml."""
    _measure(content, most)
    try:
        root: Element = defusedxml.ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException as fault:
        raise XmlBomb(str(fault)) from fault
    except (SyntaxError, ValueError, LookupError) as fault:
        raise BadXml(str(fault)) from fault
    return root


def local_name(element: "Element") -> str:
    """An element's name without its namespace; "" for comments and processing instructions."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _measure(content: bytes, most: int) -> None:
    counted = depth = 0

    def start(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal counted, depth
        counted += 1
        depth += 1
        if counted > most or depth > MAX_DEPTH:
            raise OverweightXml

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = _refuse_doctype
    read_through(parser, content, BadXml)


def read_through(parser: "expat.XMLParserType", content: bytes, refusal: type[ValueError]) -> None:
    """Let ``parser`` read all of ``content``; a ``refusal`` its handlers raise passes as it is.

    Raises BadXml for everything the parser itself does not take: an encoding that nobody knows, or
    that stands for no letters, too.
    """
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as fault:
        if isinstance(fault, refusal):
            raise
        raise BadXml(str(fault)) from fault


def _refuse_doctype(*_declaration: object) -> None:
    raise XmlBomb
