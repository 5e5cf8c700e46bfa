"""Cells of a workbook whose text is partly raised or lowered, as plain text."""

from xml.etree.ElementTree import tostring  # only writes; parsing is defusedxml's

from quiz.exchange.raised import raised
from quiz.exchange.tables.xml_tree import BadXml, local_name, xml_tree


def with_raised_letters(content: bytes) -> bytes:
    """A part of a workbook in which raised runs hold raised letters; most parts have none.

    A part too heavy to be looked into stays as it is.
    """
    if b"vertAlign" not in content:
        return content
    try:
        root = xml_tree(content)
    except BadXml:
        return content
    for run in root.iter():
        if local_name(run) == "r":
            place = next((e.get("val", "") for e in run.iter() if local_name(e) == "vertAlign"), "")
            for text in run:
                if local_name(text) == "t":
                    text.text = raised(text.text or "", place)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
