"""What every page must keep. A new rule here covers every page that any test opens.

``faults`` takes a page as sent and says what is wrong and how to mend it; [] when nothing is.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

CONTROLS = {"select", "textarea", "input"}
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
POINTERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "form", "list")
_TOKEN = re.compile(r'(name="csrf_token"[^>]* value=")[^"]*')
LOADERS = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


def faults(html: str, *, partial: bool = False) -> list[str]:
    """Every house rule this page breaks; ``partial`` for a piece of a page fetched by a script."""
    return list(_faults(_TOKEN.sub(r"\1", html), partial))


@lru_cache
def _faults(html: str, partial: bool) -> tuple[str, ...]:
    """A page that is the same but for its token is looked at once: most refusals are."""
    root, errors = _parse(html, partial=partial)
    found = [*errors, *_ids(root, partial), *_controls(root), *_forms(root), *_inline(root)]
    found += [*_names(root), *_third_parties(root), *_leaks(root)]
    if not partial:
        found += _head(root)
    return tuple(found)


def _parse(html: str, *, partial: bool) -> tuple[Element, list[str]]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parseFragment(html) if partial else parser.parse(html)
    errors = []
    for (line, _column), code, variables in parser.errors:
        words = html5lib.constants.E.get(code, code) % variables
        text = html.splitlines()[line - 1].strip()[:120] if html else ""
        errors.append(f"invalid HTML at line {line}: {words} Mend: {text!r}")
    return root, errors


def _head(root: Element) -> Iterator[str]:
    if root.get("lang") != "id":
        yield 'the page has no lang="id"; extend base.html'
    headings = [_text(heading) for heading in root.iter("h1")]
    if len(headings) != 1:
        yield f"the page has {len(headings)} h1, it must have one; base.html makes it of the title"
    title = _text(next(root.iter("title"), None))
    if headings and not title.startswith(headings[0]):
        yield f"the title {title!r} must begin with the h1 {headings[0]!r}; set block title only"


def _ids(root: Element, partial: bool) -> Iterator[str]:
    counted = Counter(node.get("id") for node in root.iter() if node.get("id") is not None)
    for name, times in counted.items():
        if times > 1:
            yield f"id {name!r} stands {times} times; give each its own"
        if not name or " " in name:
            yield f"id {name!r} is empty or holds a space"
    if partial:
        return
    for node in root.iter():
        for attribute in POINTERS:
            for name in node.get(attribute, "").split():
                if name not in counted:
                    yield f"{_show(node)}: {attribute} points to {name!r}, which no element has"
        target = node.get("href", "")
        if node.tag == "a" and target.startswith("#") and target[1:] not in counted:
            yield f"{_show(node)} leads to {target!r}, which no element has"


def _controls(root: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in root.iter("label") if _text(label)}
    wrapped = {
        control
        for label in root.iter("label")
        if _text(label)
        for control in label.iter()
        if control.tag in CONTROLS
    }
    for node in root.iter():
        if node.tag not in CONTROLS or node.get("type") in UNLABELLED:
            continue
        named = node.get("aria-label") or node.get("aria-labelledby")
        if node.get("id") not in labelled and node not in wrapped and not named:
            yield f"{_show(node)} has no label; use macros/fields.html"


def _forms(root: Element) -> Iterator[str]:
    for form in root.iter("form"):
        method = (form.get("method") or "").lower()
        fields = {node.get("name") for node in form.iter("input")}
        if "action" not in form.attrib or method not in {"get", "post"}:
            yield f"{_show(form)} must say its action and its method, get or post"
        if method == "post" and "csrf_token" not in fields:
            yield f"{_show(form)} posts without csrf_token; add form.hidden_tag()"
        if method == "get" and "csrf_token" in fields:
            yield f"{_show(form)} sends csrf_token by GET, so it lands in addresses"


def _inline(root: Element) -> Iterator[str]:
    for node in root.iter():
        if node.tag == "style":
            yield "a <style> element: write it in static/css"
        if node.tag == "script" and not node.get("src") and node.get("type") != "application/json":
            yield "an inline <script>: write it in static/js"
        for attribute in node.attrib:
            if attribute == "style" or attribute.startswith("on"):
                yield f"{_show(node)} has the attribute {attribute}: use a class, or static/js"
        if node.get("href", "").lower().startswith("javascript:"):
            yield f"{_show(node)} runs a script from its address; use a button and static/js"


def _names(root: Element) -> Iterator[str]:
    for node in root.iter():
        if node.tag in {"a", "button"} and not _named(node):
            yield f"{_show(node)} says nothing; give it words or aria-label"
        if node.tag == "a" and not node.get("href"):
            yield f"{_show(node)} leads nowhere; give it an href or make it a button"
        if node.tag == "img" and node.get("alt") is None:
            yield f"{_show(node)} has no alt"


def _third_parties(root: Element) -> Iterator[str]:
    for node in root.iter():
        address = node.get(LOADERS.get(str(node.tag), ""), "")
        if address.startswith(("http:", "https:", "//")):
            yield f"{_show(node)} is fetched from somebody else; serve it from static/"


def _leaks(root: Element) -> Iterator[str]:
    for node in root.iter():
        for text in (node.text or "", node.tail or ""):
            if node.tag != "script" and text.strip() in {"None", "()", "[]", "{}"}:
                yield f"{text.strip()!r} shows inside {_show(node)}; write what it means"


def _named(node: Element) -> bool:
    pictures = any(picture.get("alt") for picture in node.iter("img"))
    return bool(_text(node) or node.get("aria-label") or node.get("aria-labelledby") or pictures)


def _text(node: Element | None) -> str:
    return "" if node is None else " ".join("".join(node.itertext()).split())


def _show(node: Any) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in list(node.attrib.items())[:4])
    return f"<{node.tag}{attributes}>"
