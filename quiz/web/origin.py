"""Where a request came from: the machine itself, the hall's own network, or outside."""

import hashlib
import hmac
import logging
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from flask import current_app, request

from quiz.config.addresses import LOOPBACK_HOSTS
from quiz.web.keys import settings

FORWARDING_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto")

UNKNOWN_PROXY = (
    "Permintaan datang lewat proksi (ada header X-Forwarded-…), tetapi QUIZ_PROXY_HOPS=0. "
    "Setel QUIZ_PROXY_HOPS ke jumlah proksi di depan aplikasi ini, biasanya 1."
)
NO_ADDRESS = (
    "QUIZ_PROXY_HOPS disetel, tetapi proksi tidak menyebut alamat pengunjung. Setel proksi agar "
    "mengirim X-Forwarded-For; sampai itu, petugas hanya dapat masuk lewat HTTPS."
)

log = logging.getLogger(__name__)


def client_address() -> str:
    """The address of whoever asks, as far as it is known: behind proxies, what they report."""
    return request.remote_addr or ""


def address_key() -> str:
    """What guesses from an address are counted by: a keyed digest, of the /64 for IPv6."""
    peer = _peer()
    if isinstance(peer, IPv6Address):
        address = str(ip_network((peer, 64), strict=False))
    else:
        address = str(peer or client_address())
    return hmac.new(settings().secret_key.encode(), address.encode(), hashlib.sha256).hexdigest()


def staff_allowed_here() -> bool:
    """True when passwords and staff sessions may be used on this connection.

    Over HTTPS always; over plain HTTP only from the machine itself, unless
    ``QUIZ_STAFF_OVER_HTTP=1`` lifts that.
    """
    return request.is_secure or settings().staff_over_http or from_the_machine_itself()


def from_the_machine_itself() -> bool:
    """True when the browser runs on the server's own machine.

    The socket's peer is loopback, the Host header is a loopback name and no forwarding header is
    there; or, behind ``QUIZ_PROXY_HOPS`` proxies, the address they report is loopback. A proxy
    that reports none is taken for the internet.
    """
    peer = _peer()
    loopback = peer is not None and peer.is_loopback
    if settings().proxy_hops:
        if not _address_is_told():
            _warn_once(NO_ADDRESS)
        return loopback and _address_is_told()
    if _forwarded():
        _warn_once(UNKNOWN_PROXY)
        return False
    return loopback and host_name() in LOOPBACK_HOSTS


def from_outside() -> bool:
    """True when the request came by HTTPS or a proxy, not over the hall's own plain network."""
    return request.is_secure or settings().proxy_hops > 0 or _forwarded()


def from_another_machine() -> bool:
    """True when whoever asks is known to be elsewhere than on the server's own machine."""
    peer = _peer()
    return peer is not None and not peer.is_loopback


def host_name() -> str:
    """The name in the Host header, without its port."""
    return request.host if request.host.endswith("]") else request.host.rsplit(":", 1)[0]


def _peer() -> IPv4Address | IPv6Address | None:
    try:
        peer = ip_address(client_address())
    except ValueError:
        return None
    return peer.ipv4_mapped or peer if isinstance(peer, IPv6Address) else peer


def _address_is_told() -> bool:
    """Whether each configured proxy named who asked; else the peer is the last proxy itself."""
    told = ",".join(request.headers.getlist("X-Forwarded-For")).split(",")
    return sum(bool(each.strip()) for each in told) >= settings().proxy_hops


def _forwarded() -> bool:
    return any(header in request.headers for header in FORWARDING_HEADERS)


def _warn_once(sentence: str) -> None:
    warned: set[str] = current_app.extensions.setdefault("quiz.warned_of", set())
    if sentence not in warned:
        warned.add(sentence)
        log.warning(sentence)
