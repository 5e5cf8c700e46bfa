"""The hall's name: told to who asks, left to who has it already; and the door without a port."""

import asyncio
import http.client
import socket
import threading
from collections.abc import Iterator
from ipaddress import IPv4Address

import pytest
from flask import Flask
from zeroconf import AddressResolverIPv4, IPVersion, ServiceInfo, Zeroconf

from quiz.cli import server
from quiz.cli.server.connections import server_on
from quiz.cli.server.doorways import front_door
from quiz.cli.server.naming import SERVICE, NoName, address_to_announce, announced
from tests.servers import HUNG, cut_off

HERE = IPv4Address("127.0.0.1")
PATIENCE = int(HUNG * 1000)


@pytest.fixture(autouse=True)
def no_loop_of_another() -> Iterator[None]:
    """Playwright leaves its loop running in this thread, and Zeroconf would take it for its own."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)


@pytest.fixture
def phone(no_loop_of_another: None) -> Iterator[Zeroconf]:
    """Another machine on the network, which is this machine's own."""
    with Zeroconf(interfaces=[str(HERE)], ip_version=IPVersion.V4Only) as phone:
        yield phone


def test_a_phone_that_asks_for_the_name_is_told_the_address(phone: Zeroconf) -> None:
    asked = AddressResolverIPv4("kuis.local.")

    with announced(HERE, 8000):
        answered = asked.request(phone, PATIENCE)

    assert (answered, asked.parsed_addresses()) == (True, [str(HERE)])


def test_a_name_another_machine_has_is_left_to_it(phone: Zeroconf) -> None:
    other = ServiceInfo(
        SERVICE, f"Lain.{SERVICE}", port=80, server="kuis.local.", parsed_addresses=["192.0.2.7"]
    )
    phone.register_service(other)

    with pytest.raises(NoName, match="sudah dipakai komputer lain"), announced(HERE, 8000):
        pass


def test_a_server_that_starts_again_gets_its_name_again(phone: Zeroconf) -> None:
    with announced(HERE, 8000):
        pass
    with announced(HERE, 8000):
        asked = AddressResolverIPv4("kuis.local.")
        assert asked.request(phone, PATIENCE)


@pytest.mark.parametrize(
    ("hall", "why"),
    [("http://laptop:8000", "belum tersambung"), ("http://[fd00::2]:8000", "IPv4")],
)
def test_a_machine_without_a_number_of_that_kind_says_so(hall: str, why: str) -> None:
    with pytest.raises(NoName, match=why):
        address_to_announce(hall)


def test_a_front_door_that_is_taken_or_the_only_one_is_done_without() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        assert server.listen_in_front("127.0.0.1", 8000, front=port) is None
        assert server.listen_in_front("127.0.0.1", port, front=port) is None


@pytest.mark.parametrize(
    ("host", "place"),
    [
        ("kuis.local", "http://192.168.8.2:8000/g/LJN-482?dari=layar"),
        ("192.168.8.2", "http://192.168.8.2:8000/g/LJN-482?dari=layar"),
        ("127.0.0.1", "http://127.0.0.1:8000/g/LJN-482?dari=layar"),
    ],
)
def test_whoever_leaves_out_the_port_is_sent_to_where_phones_work(
    app: Flask, host: str, place: str
) -> None:
    app.extensions["quiz.hall_address"] = "http://192.168.8.2:8000"
    with server.listen("127.0.0.1", 0) as listening, server.listen("127.0.0.1", 0) as front:
        house = server_on(listening, app)
        door = server_on(front, front_door(app, 8000), house)
        loop = threading.Thread(target=house.run)
        loop.start()
        browser = http.client.HTTPConnection(*front.getsockname(), timeout=HUNG)

        browser.request("GET", "/g/LJN-482?dari=layar", headers={"Host": host})
        reply = browser.getresponse()
        reply.read()

        browser.close()
        house.task_dispatcher.shutdown()
        cut_off(door)
        cut_off(house)
        loop.join(HUNG)
    assert (reply.status, reply.getheader("Location")) == (302, place)
    assert reply.getheader("Cache-Control") == "no-store"
