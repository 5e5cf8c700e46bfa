"""Requests as pages of ours would send them, and what somebody makes of them."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import quote_plus

import lxml.html
from werkzeug.test import TestResponse

from tests.client import HouseClient
from tests.web.test_hostile_fields import VALUES

MUCH = int(os.environ.get("QUIZ_FUZZ", "80")) // 20
"""Pages that each kind of person opens, a twentieth of the files that a reader is given."""

SHOWN = [value for value in VALUES if value != "None" and not re.search("[\1\uffff]", value)]
"""Values a page may repeat: the rules of the house refuse the others in every page."""

NUMBERS = [0, -1, 1, 2**31, 2**63, 10**30, 1.5, 1e308, float("nan"), float("-inf")]
PARAMETERS = [
    *("cari", "tampil", "urut", "unit", "sesi", "kegiatan", "orang", "status", "formulir", "kuis"),
    *("versi", "hal", "topik", "tingkat", "keadaan", "soal", "sesudah", "lanjut", "kembali"),
    *("tahap", "kosong", "banyak", "semua", "saya", "kata", "hari", "tanda", "jawaban-1", "kode"),
]
OURS = re.compile(r"[\w-]{22}|[A-Z]{2,}-[\w-]+|\d+")
"""A uid, a code or a number in an address."""


@dataclass(frozen=True)
class Filled:
    """A form of a page: where it goes and what its controls hold."""

    to: str
    fields: list[tuple[str, str]]


def forms_on(page: TestResponse, rng: Random) -> Iterator[Filled]:
    """Every form of ``page`` that changes something, filled by chance."""
    document = lxml.html.fromstring(page.text)
    for form in document.forms:
        to = form.get("action") or page.request.path
        if (form.method or "").upper() == "POST" and to != "/keluar":
            controls = form.xpath(".//input[@name]|.//select|.//textarea|.//button[@name]")
            yield Filled(to, [pair for control in controls for pair in _held(control, rng)])


def _held(control: Any, rng: Random) -> Iterator[tuple[str, str]]:
    kind = control.get("type")
    if control.tag == "select":
        choices = [choice.get("value", "") for choice in control.iter("option")]
        chosen = [choice.get("value", "") for choice in control.xpath(".//option[@selected]")]
        value = rng.choice(choices + 3 * chosen) if choices else ""
    elif control.tag == "button" or kind in {"radio", "checkbox"}:
        value = control.get("value", "")
        if rng.random() < 0.5:
            return
    else:
        value = control.get("value") or control.text or rng.choice(["", "Kata", "1", "2026-12-01"])
    if control.get("name") != "csrf_token":
        yield control.get("name"), value


def spoilt(fields: list[tuple[str, str]], rng: Random) -> list[tuple[str, str]]:
    """Some of the fields with other values, gone, doubled, or under names nobody gave them."""
    fields = [*fields, ("lain", "")]
    for _ in range(rng.choice([0, 1, 1, 2, 3, 8])):
        place = rng.randrange(len(fields))
        name, value = fields[place]
        odd = rng.choice(SHOWN)
        number = rng.choice(["99999", "-1", "x", "٣", "1" * 30])
        fields[place : place + 1] = rng.choice(
            [
                [(name, odd)],
                [(name, odd)],
                [(name, value + odd)],
                [(name, value), (name, odd)],
                [(re.sub(r"\d+", number, name, count=1), value)],
                [(name + rng.choice(["-0", "[]", "\ud800", "-99-x"]), odd), (name, value)],
                [] if len(fields) > 1 else [(name, odd)],
            ]
        )
    return fields


def encoded(fields: list[tuple[str, str]]) -> bytes:
    """As a browser sends fields, and as none does: halves of surrogate pairs too."""
    return "&".join(
        "=".join(quote_plus(text.encode("utf-8", "surrogatepass")) for text in pair)
        for pair in fields
    ).encode()


def post(client: HouseClient, filled: Filled, rng: Random) -> TestResponse:
    """Send the form, spoilt."""
    return client.post(
        filled.to,
        data=encoded(spoilt(filled.fields, rng)),
        content_type="application/x-www-form-urlencoded",
        headers={"X-CSRFToken": client.csrf_token(), "Accept": "text/html"},
    )


def odd_query(rng: Random) -> str:
    """A query string of names that pages know."""
    names = rng.choices(PARAMETERS, k=rng.randrange(1, 5))
    return encoded([(name, rng.choice(SHOWN)) for name in names]).decode()


def odd_json(sound: dict[str, Any], rng: Random) -> bytes:
    """``sound`` with other values in some of its places, or cut off."""
    body = json.loads(json.dumps(sound))
    for _ in range(rng.choice([1, 1, 2, 3])):
        rows = body.get("responses")
        part = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else body
        target = rng.choice([body, part])
        target[rng.choice(list(target))] = _odd(rng)
    text = json.dumps(body, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
    return text[: rng.randrange(len(text))] if rng.random() < 0.1 else text


def _odd(rng: Random, depth: int = 0) -> Any:
    kinds = [rng.choice(SHOWN), rng.choice(NUMBERS), rng.choice([None, True, "a", "clock"])]
    if depth < 4:
        kinds.append([_odd(rng, depth + 1) for _ in range(rng.randrange(3))])
        names = rng.choices(["chosen", "revision", "position", "at", "x"], k=2)
        kinds.append({name: _odd(rng, depth + 1) for name in names})
    return rng.choice(kinds)


def links_on(page: TestResponse) -> set[str]:
    """Addresses of ours that ``page`` leads to."""
    found = lxml.html.fromstring(page.text).xpath("//a/@href")
    return {to.partition("#")[0] for to in found if to.startswith("/") and "/static/" not in to}


def kind_of(address: str) -> str:
    """An address without what tells one row from another."""
    return OURS.sub("…", address.partition("?")[0])
