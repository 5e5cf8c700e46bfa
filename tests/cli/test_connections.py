"""What one client may do to the others: half requests, many at once, more pages than threads."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from flask import Flask

from quiz.cli import server
from quiz.cli.server import connections
from quiz.cli.server.connections import DRAWING, PATIENCE, SLOWEST, Server, server_on
from tests.servers import HUNG, cut_off, wait_until

Connect = Callable[..., socket.socket]

PAGE = b"GET /halaman HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
SAVE = b"PUT /kuis/satu/jawaban/1 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n{}"
HALF = b"GET /halaman HTTP/1.1\r\nHost: 127."


class Hall(Flask):
    """Pages that wait until they may go on, and a place to save."""

    def __init__(self) -> None:
        super().__init__("aula")
        self.drawn, self.go_on = threading.Semaphore(0), threading.Event()
        self.add_url_rule("/halaman", "page", lambda: "halaman")
        self.add_url_rule("/lama", "slow", self.draw_slowly)
        self.add_url_rule("/kuis/satu/jawaban/1", "save", lambda: "tersimpan", methods=["PUT"])

    def draw_slowly(self) -> str:
        """A page that takes until the test says so."""
        self.drawn.release()
        return "lama" if self.go_on.wait(HUNG) else ""


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.fixture
def serving(hall: Hall) -> Iterator[Server]:
    """A server of ``hall`` that runs."""
    with server.listen("127.0.0.1", 0) as listening:
        running = server_on(listening, hall)
        loop = threading.Thread(target=running.run)
        loop.start()
        yield running
        hall.go_on.set()
        running.task_dispatcher.shutdown()
        cut_off(running)
        loop.join(HUNG)


@pytest.fixture
def connect(serving: Server) -> Iterator[Connect]:
    """``connect(b"…")``: a client that has sent this."""
    opened: list[socket.socket] = []

    def begin(sent: bytes = b"") -> socket.socket:
        client = socket.create_connection(("127.0.0.1", int(serving.effective_port)), HUNG)
        opened.append(client)
        client.sendall(sent)
        return client

    yield begin
    for client in opened:
        client.close()


def reply(client: socket.socket, ending: bytes) -> bytes:
    """What the server sends until it ends so."""
    got = b""
    while not got.endswith(ending):
        part = client.recv(65_536)
        assert part, f"the server has closed after {got!r}"
        got += part
    return got


def is_shut(client: socket.socket) -> bool:
    """Whether the server closes the connection; waits for it."""
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True


def heard(serving: Server, number: int) -> None:
    """Return once the server has the beginnings of so many requests."""
    wait_until(
        lambda: (
            sum(each.request is not None for each in [*serving.active_channels.values()]) == number
        )
    )


def test_of_requests_sent_at_once_the_first_is_answered(connect: Connect) -> None:
    client = connect(PAGE * 20)

    answered = reply(client, b"halaman")

    assert answered.count(b"HTTP/1.1 200") == 1
    assert b"Connection: close" in answered
    assert is_shut(client)


def test_requests_one_after_the_other_share_a_connection(connect: Connect) -> None:
    client = connect()

    for _ in range(3):
        client.sendall(PAGE)
        assert b"Connection: close" not in reply(client, b"halaman")


def test_a_head_that_drips_is_closed(serving: Server, connect: Connect) -> None:
    client, other = connect(HALF), connect(PAGE)
    reply(other, b"halaman")
    heard(serving, 1)

    serving.maintenance(time.time() + PATIENCE - 1)
    early = [each.will_close for each in serving.active_channels.values()]
    serving.maintenance(time.time() + PATIENCE + 1)
    serving.pull_trigger()

    assert early == [False, False]
    assert is_shut(client)
    other.sendall(PAGE)
    assert reply(other, b"halaman")


def test_a_large_request_may_take_longer(serving: Server, connect: Connect) -> None:
    size = SLOWEST * 20
    head = f"PUT /kuis/satu/jawaban/1 HTTP/1.1\r\nHost: a\r\nContent-Length: {size + 1}\r\n\r\n"
    client = connect(head.encode() + b"a" * size)
    wait_until(
        lambda: any(
            each.request is not None and each.request.arrived >= size
            for each in [*serving.active_channels.values()]
        )
    )

    serving.maintenance(time.time() + PATIENCE + 10)
    client.sendall(b"a")

    assert reply(client, b"tersimpan")


def test_a_file_that_drips_is_closed_and_others_save(serving: Server, connect: Connect) -> None:
    head = b"POST /halaman HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n"
    dripping, other = connect(head + b"a"), connect(SAVE)
    reply(other, b"tersimpan")
    heard(serving, 1)

    serving.maintenance(time.time() + PATIENCE + 2)
    serving.pull_trigger()

    assert is_shut(dripping)
    other.sendall(SAVE)
    assert reply(other, b"tersimpan")


def test_more_than_is_ever_taken_in_is_refused_before_it_is_sent(connect: Connect) -> None:
    head = f"POST /halaman HTTP/1.1\r\nHost: a\r\nContent-Length: {connections.LARGEST_BODY + 1}"

    client = connect(f"{head}\r\n\r\n".encode())

    assert client.recv(65_536).split(b"\r\n")[0].endswith(b"413 Request Entity Too Large")


def test_a_head_without_end_is_refused(connect: Connect) -> None:
    client = connect(HALF + b"a" * (connections.LARGEST_HEAD + 1))

    assert client.recv(65_536).startswith(b"HTTP/1.0 431")


def test_who_comes_to_a_full_server_takes_the_place_of_half_a_request(
    serving: Server, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "CONNECTIONS", 3)
    idle = connect(PAGE)
    reply(idle, b"halaman")
    first, second = connect(HALF), connect(HALF)
    heard(serving, 2)

    late = connect(PAGE)

    assert reply(late, b"halaman")
    assert is_shut(first)
    idle.sendall(PAGE)
    assert reply(idle, b"halaman")
    second.sendall(b"0.0.1\r\n\r\n")
    assert reply(second, b"halaman")


def test_two_full_doors_of_one_house_still_let_somebody_in(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "CONNECTIONS", 3)
    with (
        server.listen("127.0.0.1", 0) as listening,
        server.listen("127.0.0.1", 0) as listening_in_front,
        ExitStack() as guests,
    ):
        house = server_on(listening, hall)
        front = server_on(listening_in_front, hall, house)
        loop = threading.Thread(target=house.run)
        loop.start()

        def guest(door: Server) -> socket.socket:
            address = ("127.0.0.1", int(door.effective_port))
            client = guests.enter_context(socket.create_connection(address, HUNG))
            client.sendall(PAGE)
            return client

        early = [guest(door) for door in (house, front) for _ in range(3)]
        seen = [reply(client, b"halaman") for client in early]
        late = [reply(guest(door), b"halaman") for door in (house, front)]

        house.task_dispatcher.shutdown()
        cut_off(house)
        loop.join(HUNG)
    assert all([*seen, *late])


def test_phones_save_while_every_page_there_can_be_is_drawn(hall: Hall, connect: Connect) -> None:
    slow = PAGE.replace(b"halaman", b"lama")
    pages = [connect(slow) for _ in range(DRAWING * 3)]
    for _ in range(DRAWING):
        hall.drawn.acquire()

    saved = reply(connect(SAVE), b"tersimpan")
    hall.go_on.set()

    assert saved.startswith(b"HTTP/1.1 200")
    assert [reply(page, b"lama").count(b"200 OK") for page in pages] == [1] * len(pages)
