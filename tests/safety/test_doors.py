"""Every address, by every method, as everybody: who may not pass does not, and nothing changes."""

from collections.abc import Iterator

import pytest
from flask import Flask

from quiz.permissions import Permission
from tests.client import HouseClient
from tests.safety.everybody import CARD, NOBODY, WHO, browser_of
from tests.safety.places import address_of, everything, plain, written

METHODS = {"GET", "POST", "PUT"}
UNUSED = ("PATCH", "TRACE", "PROPFIND")
"""No door has any of these, as none has DELETE."""


def built(app: Flask) -> dict[tuple[str, str], Permission]:
    """Method and address, and what the program says of them."""
    return {
        (method, plain(rule)): getattr(app.view_functions[rule.endpoint], "permission", None)
        for rule in app.url_map.iter_rules()
        for method in METHODS & (rule.methods or set())
        if rule.endpoint != "static"
    }


def closed_doors(who: str) -> Iterator[tuple[str, str]]:
    """Method and address of every door that this kind of person may not pass."""
    for (method, rule), permission in written().items():
        if permission is not Permission.PUBLIC and permission not in WHO[who]:
            yield method, rule


def ask(client: HouseClient, method: str, address: str) -> int:
    """The status of a request as our pages would send it, its CSRF token included."""
    headers = {"X-CSRFToken": client.csrf_token(), "Accept": "text/html"}
    return client.open(address, method=method, headers=headers).status_code


def test_table_of_doors_says_what_is_built(world):
    assert written() == built(world.app)


@pytest.mark.parametrize("who", WHO)
def test_closed_door_lets_nobody_in_and_nothing_change(world, who):
    client, before = browser_of(world, who), everything(world)

    statuses = {
        (method, rule): ask(client, method, address_of(world, rule))
        for method, rule in closed_doors(who)
    }

    refusals = {302, 401} if who == NOBODY else {403}
    assert {door: status for door, status in statuses.items() if status not in refusals} == {}
    assert everything(world) == before


@pytest.mark.parametrize("who", WHO)
def test_open_door_is_not_refused_and_looking_changes_nothing(world, who):
    client, before = browser_of(world, who), everything(world)
    open_to = [
        rule
        for (method, rule), permission in written().items()
        if method == "GET" and (permission is Permission.PUBLIC or permission in WHO[who])
    ]

    refused = [r for r in open_to if ask(client, "GET", address_of(world, r)) in {401, 403}]

    without_password = ["/sandi", *(rule for rule in open_to if rule.startswith("/akun"))]
    assert sorted(refused) == (sorted(without_password) if who == CARD else [])
    changed = {name for name, rows in everything(world).items() if rows != before[name]}
    assert changed <= ({"attempt"} if who == CARD else set())  # its page and feedback were opened


@pytest.mark.parametrize(
    "method",
    ["PUT", "DELETE", *(pytest.param(m, marks=pytest.mark.long) for m in UNUSED)],
)
def test_method_without_a_door_is_not_allowed(world, method):
    client = browser_of(world, CARD)
    without = {rule for _, rule in written() if (method, rule) not in written()}

    statuses = {rule: ask(client, method, address_of(world, rule)) for rule in without}

    assert {rule: status for rule, status in statuses.items() if status != 405} == {}
