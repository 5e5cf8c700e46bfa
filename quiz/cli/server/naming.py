"""The name phones may type instead of a number: ``kuis.local``, announced to the hall by mDNS."""

from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address, ip_address

from quiz.config.addresses import LOCAL_NAME, host_of

ASKING = 600
"""Milliseconds another machine has to say that the name is its own."""

SERVICE = "_http._tcp.local."


class NoName(Exception):
    """The name cannot be announced; the text says why, to follow "karena"."""


def address_to_announce(hall: str) -> IPv4Address:
    """The number this machine has in the hall, of the hall's address. Raises NoName without one."""
    try:
        found = ip_address(host_of(hall).strip("[]"))
    except ValueError as error:
        raise NoName("komputer ini belum tersambung ke jaringan") from error
    if not isinstance(found, IPv4Address):
        raise NoName("jaringannya tidak memakai alamat IPv4")
    return found


@contextmanager
def announced(address: IPv4Address, port: int) -> Iterator[None]:
    """While it lasts, whoever asks ``address``'s network for the name is told ``address``.

    Raises NoName where another machine has the name, or the network takes no announcement.
    """
    from zeroconf import (  # type: ignore[attr-defined]  # noqa: PLC0415  # slow to load, one use
        AddressResolverIPv4,
        Error,
        IPVersion,
        ServiceInfo,
        Zeroconf,
    )

    try:
        zeroconf = Zeroconf(interfaces=[str(address)], ip_version=IPVersion.V4Only)
    except OSError as error:
        raise NoName(f"jaringan tidak mengizinkannya ({error.strerror})") from error
    try:
        others = AddressResolverIPv4(f"{LOCAL_NAME}.")
        if others.request(zeroconf, ASKING) and str(address) not in others.parsed_addresses():
            raise NoName("nama itu sudah dipakai komputer lain di jaringan ini")
        service = ServiceInfo(
            SERVICE,
            f"Kuis Netralitas ASN.{SERVICE}",
            port=port,
            server=f"{LOCAL_NAME}.",
            parsed_addresses=[str(address)],
        )
        try:
            zeroconf.register_service(service, allow_name_change=True)
        except (Error, OSError) as error:
            raise NoName("jaringan tidak mengizinkannya") from error
        yield
    finally:
        zeroconf.close()
