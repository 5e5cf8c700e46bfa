"""Every page that can be opened without typing anything, on a demonstration, as everybody."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from quiz.models import Enrolment, User
from tests.client import HouseClient
from tests.demo.conftest import Demo

CODES = {"/soal/": "MKN-001", "/unit/jenis/": "desa", "/unit/": "KEC-LJN"}
"""What <code> means under these addresses, the first that fits; elsewhere it is the event's."""


REFUSED = "/akun/dua-langkah/"
"""Under here is what a demonstration does not have: no phone belongs to an invented account."""


def addresses(app: Flask, event: str) -> Iterator[tuple[str, Rule]]:
    """Every page that needs no more than a code, with that of the event, an item or a unit."""
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments <= {"code"}:
            code = next((c for start, c in CODES.items() if rule.rule.startswith(start)), event)
            yield rule.rule.replace("<code>", code), rule


def wrong(client: HouseClient, address: str, rule: Rule) -> list[str]:
    """What is wrong with a page: it crashes, breaks a house rule, or does not open at all.

    With a code it may be 404: not every code is of the kind the page wants. Pages that are not
    for this person may send them to log in, or refuse.
    """
    try:
        status = client.get(address).status_code
    except AssertionError as error:
        return [str(error)]
    fine = {200, 302, 303, 403} | ({400, 404, 409} if rule.arguments else set())
    if address.startswith(REFUSED):
        fine = {409} | (fine - {200})
    return [] if status in fine else [f"{address}: {status}"]


@pytest.mark.parametrize(
    "stage",
    [
        "before",
        pytest.param("open", marks=pytest.mark.long),  # as live, but for who has begun
        "live",
        pytest.param("over", marks=pytest.mark.long),  # safety/test_doors.py opens all its pages
    ],
)
def test_no_page_crashes_or_breaks_a_house_rule(
    app: Flask,
    demo: Demo,
    client_for: Callable[..., HouseClient],
    session: Session,
    stage: str,
) -> None:
    found = demo(stage)
    accounts = session.scalars(select(User).where(User.username.is_not(None))).all()
    guest = session.scalars(select(Enrolment).order_by(Enrolment.id).limit(1)).one()

    faults = [
        fault
        for client in map(client_for, [*accounts, guest])
        for address, rule in addresses(app, found["event"])
        for fault in wrong(client, address, rule)
    ]

    assert len(accounts) == 5
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("stage", ["before", "over"])
def test_the_officers_pages_of_the_event_open(
    demo: Demo, client_for: Callable[..., HouseClient], session: Session, stage: str
) -> None:
    event = demo(stage)["event"]
    client = client_for(session.scalars(select(User).where(User.username == "citra")).one())
    pages = ["/kegiatan", f"/kegiatan/{event}", "/laporan", f"/laporan/{event}"]
    pages += [f"/laporan/{event}/unit", f"/laporan/{event}/unit.xlsx", "/unit", "/kuis-bank"]

    statuses = {page: client.get(page).status_code for page in pages}

    assert statuses == dict.fromkeys(pages, 200)
