"""A server that runs for days: a request leaves nothing behind in memory."""

import gc
import weakref
from collections.abc import Callable

import pytest

ROUNDS = 100


def objects() -> int:
    """How many there are, but for weak references, which are thrown away by the hundred."""
    gc.collect()
    return sum(type(each) is not weakref.ref for each in gc.get_objects())


def kept_alive(act: Callable[[], object]) -> int:
    """How many more objects there are after many rounds than after a few."""
    for _ in range(20):
        act()
    before = objects()
    for _ in range(ROUNDS):
        act()
    return objects() - before


@pytest.mark.parametrize("refused", [False, True])
def test_saves_keep_nothing_alive(client_for, make, ani, refused):
    enrolment = make.enrolment(make.event(), ani)
    attempt = make.attempt(make.sitting(enrolment.event), enrolment)
    phone = client_for(enrolment)
    revision = attempt.revision_base

    def save() -> None:
        nonlocal revision
        revision += 1
        sent = {"chosen": ["z" if refused else "a"], "confidence": None, "revision": revision}
        reply = phone.send_json(f"/kuis/{attempt.uid}/jawaban/1", sent)
        assert reply.status_code == (422 if refused else 200)

    assert kept_alive(save) < ROUNDS / 10


@pytest.mark.parametrize("path", ["/", "/masuk", "/ada/yang/hilang"])
def test_pages_keep_nothing_alive(client_for, make, ani, path):
    phone = client_for(make.enrolment(make.event(), ani))

    assert kept_alive(lambda: phone.get(path)) < ROUNDS / 10
