"""Somebody of the staff who presses buttons on pages, and what each press wrote into the log."""

import re
from io import BytesIO
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml.html import HtmlElement
from sqlalchemy import func, select

from quiz.models import AuditEntry
from quiz.models.people.audit import Action
from quiz.permissions import Role
from tests.client import HouseClient
from tests.e2e.world import World
from tests.reading import words
from tests.safety.everybody import browser_of
from tests.safety.places import plain

OFFICER, CHECKER, TRAINER, ADMIN = Role.OFFICER, Role.LEGAL_CHECKER, Role.TRAINER, Role.ADMIN

File = tuple[str, bytes]
"""The name and the bytes of what is uploaded."""


class Clerk:
    """The whole staff, each in a browser.

    ``logged`` and ``silent`` are the doors that wrote the lines they were to write, or none;
    ``faults`` tells of whatever went otherwise.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.browsers: dict[Role, HouseClient] = {}
        self.logged: set[tuple[str, str]] = set()
        self.silent: set[tuple[str, str]] = set()
        self.faults: list[str] = []

    def browser(self, who: Role) -> HouseClient:
        if who not in self.browsers:
            self.browsers[who] = browser_of(self.world, who.value)
        return self.browsers[who]

    def page(self, who: Role, address: str) -> HtmlElement:
        reply = self.browser(who).get(address)
        if reply.status_code in {302, 303}:
            reply = self.browser(who).get(reply.location)
        return lxml.html.document_fromstring(reply.text)

    def link(self, who: Role, address: str, pattern: str) -> str:
        """The first address on the page that the pattern finds."""
        for href in self.page(who, address).xpath("//@href | //@action"):
            if re.fullmatch(pattern, urlsplit(href).path):
                return str(urlsplit(href).path)
        self.faults.append(f"{address}: no link {pattern}")
        return "/tidak-ada"

    def choices(self, who: Role, address: str, name: str) -> list[str]:
        """What a select of the page offers."""
        options = self.page(who, address).xpath(f"//select[@name='{name}']//option[@value!='']")
        return [str(option.get("value")) for option in options]

    def value(self, who: Role, address: str, name: str) -> str:
        """What stands first on the page under this name."""
        return str(self.page(who, address).xpath(f"//input[@name='{name}']/@value")[0])

    def press(
        self,
        who: Role,
        address: str,
        button: str,
        *lines: Action,
        **values: str | list[str] | File,
    ) -> str:
        """Send the form of the page whose address ends with ``button``, as it stands but for
        ``values``; it must write these lines and no others. Where it leads."""
        page, path = self.page(who, address), urlsplit(address).path
        posting = [form for form in page.forms if form.method.upper() == "POST"]
        buttons = []
        for other in page.xpath("//button[@formaction]"):
            form = other.get("form")
            [own] = page.xpath("//form[@id=$form]", form=form) if form else [_form_of(other)]
            buttons.append((_to(other.get("formaction"), path), own, other))
        buttons += [(_to(form.get("action") or path, path), form, form) for form in posting]
        found = [each for each in buttons if each[0].endswith(button or path)]
        if not found:
            there = sorted(to for to, *_ in buttons)
            self.faults.append(f"{address}: no button {button!r} among {there}")
            return path
        to, form, pressed = found[0]
        sent: dict[str, object] = {}
        if pressed.get("value"):
            sent[pressed.get("name")] = [pressed.get("value")]
        for name, value in form.form_values():
            sent.setdefault(name, []).append(value)  # type: ignore[attr-defined]
        return self.send(who, to, *lines, **(sent | values))

    def send(
        self, who: Role, to: str, *lines: Action, by_script: str = "", **values: object
    ) -> str:
        """Send these values to an address, ``by_script`` with this method as scripts do; they must
        write these lines and no others."""
        browser, last = self.browser(who), self._last_line()
        method, token = by_script or "POST", {"X-CSRFToken": browser.csrf_token()}
        if by_script:
            fields = {"fields": list(values.items()), "revision": int(str(values["revisi"]))}
            reply = browser.open(to, method=method, json=fields, headers=token)
        else:
            sent = {
                name: (BytesIO(value[1]), value[0]) if isinstance(value, tuple) else value
                for name, value in values.items()
            }
            reply = browser.open(to, method=method, data=sent, headers=token)
        written = self._lines_after(last)
        rule, _ = browser.application.url_map.bind("127.0.0.1").match(
            urlsplit(to).path, method, return_rule=True
        )
        if reply.status_code >= 400 or written != list(lines):
            told = " ".join(map(words, lxml.html.fromstring(reply.text or "<p/>").xpath("//main")))
            self.faults.append(f"{method} {to} ({reply.status_code}): {written} {told[:300]}")
        else:
            (self.logged if lines else self.silent).add((method, plain(rule)))
        return urlsplit(urljoin(to, reply.location or to)).path

    def _last_line(self) -> int:
        self.world.session.rollback()
        return self.world.session.scalar(select(func.max(AuditEntry.id))) or 0

    def _lines_after(self, last: int) -> list[str]:
        self.world.session.rollback()
        after = select(AuditEntry.action).where(AuditEntry.id > last).order_by(AuditEntry.id)
        return list(self.world.session.scalars(after))


def _form_of(button: HtmlElement) -> HtmlElement:
    return next(button.iterancestors("form"))


def _to(action: str, address: str) -> str:
    return urlsplit(urljoin(address, action)).path
