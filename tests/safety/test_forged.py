"""Requests that another site makes a browser send: without our token nothing changes."""

import pytest

from quiz.permissions import Permission, Role
from tests.safety.everybody import CARD, WHO, browser_of
from tests.safety.places import address_of, everything, written

CHANGES = {door: needs for door, needs in written().items() if door[0] in {"POST", "PUT"}}


@pytest.mark.parametrize("who", [CARD, *(role.value for role in Role if role.value in WHO)])
@pytest.mark.parametrize("token", ["", "x.y.z"])
def test_change_without_our_token_is_refused(world, who, token):
    client, before = browser_of(world, who), everything(world)
    mine = [
        door for door, needs in CHANGES.items() if needs is Permission.PUBLIC or needs in WHO[who]
    ]

    statuses = {
        (method, rule): client.open(
            address_of(world, rule), method=method, headers={"X-CSRFToken": token}
        ).status_code
        for method, rule in mine
    }

    assert {door: status for door, status in statuses.items() if status != 400} == {}
    assert everything(world) == before


@pytest.mark.parametrize("who", WHO)
def test_token_of_another_browser_does_not_serve(world, who):
    client, theirs = browser_of(world, who), browser_of(world, CARD).csrf_token()

    reply = client.post("/keluar", headers={"X-CSRFToken": theirs})

    assert reply.status_code == 400
