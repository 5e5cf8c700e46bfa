"""Reading properties of a .docx by their local names, whichever namespace the program wrote."""

from typing import TYPE_CHECKING

from quiz.exchange.tables.xml_tree import local_name

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OFF = frozenset({"0", "false", "off", "none"})
_PLAIN_COLOURS = frozenset({"", "auto", "000000", "none", "ffffff"})


def child(element: "Element | None", name: str) -> "Element | None":
    """The first child of this local name."""
    if element is None:
        return None
    return next((each for each in element if local_name(each) == name), None)


def value(element: "Element | None", default: str = "") -> str:
    """The ``val`` of an element; ``default`` without either."""
    return default if element is None else attribute(element, "val", default)


def attribute(element: "Element", name: str, default: str = "") -> str:
    """An attribute by its local name."""
    found = (v for key, v in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(found, default)


def is_on(properties: "Element | None", name: str) -> bool | None:
    """Whether a switch like bold is on; None when the properties do not say."""
    switch = child(properties, name)
    return None if switch is None else value(switch, "1").casefold() not in _OFF


def highlighted(properties: "Element | None") -> bool:
    """Whether letters are underlined, highlighted, shaded or coloured."""
    if properties is None:
        return False
    underlined = is_on(properties, "u") is True
    highlight = value(child(properties, "highlight"), "none").casefold() != "none"
    colour = value(child(properties, "color")).casefold() not in _PLAIN_COLOURS
    shade = child(properties, "shd")
    shaded = shade is not None and attribute(shade, "fill").casefold() not in _PLAIN_COLOURS
    return underlined or highlight or colour or shaded
