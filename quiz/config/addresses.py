"""Web addresses, of the environment and of the settings page alike: how they are read."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

EXAMPLE = "http://192.168.8.2:8000"

LOOPBACK_HOSTS = {"localhost", "127.0.0.1", "[::1]"}
"""How the machine calls itself."""

LOCAL_NAME = "kuis.local"
"""What phones in the hall may type instead of its number."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
_PORT = re.compile(r":\d*$")
_NAME = re.compile(rf"(?=.{{1,253}}$){_LABEL}(\.{_LABEL})*")


def read_address(text: str) -> str:
    """``text`` as scheme, host and port, lower case, without what browsers leave out.

    Raises ValueError with an Indonesian sentence for anything else.
    """
    text = text.strip()
    if re.search(r"[\s\x00-\x1f\x7f]", text):
        raise ValueError("Alamat tidak boleh memuat spasi.")
    if not re.match(r"https?://", text, re.IGNORECASE):
        raise ValueError(f"Awali alamat dengan http:// atau https://, misalnya {EXAMPLE}.")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ValueError(
            "Nomor port atau kurung pada alamat ini keliru. Port: bilangan 1 sampai 65535."
        ) from error
    if "@" in parts.netloc:
        raise ValueError("Alamat tidak boleh memuat nama pengguna atau kata sandi (sebelum @).")
    if port == 0:
        raise ValueError("Port harus bilangan 1 sampai 65535.")
    base = f"{parts.scheme}://{_host(parts)}"
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        base += f":{port}"
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(f"Alamat berhenti sesudah nama dan port. Tulis {base} saja.")
    return base


def host_of(address: str) -> str:
    """The host of an address as a browser names it, without port, IPv6 in brackets."""
    name = urlsplit(address).hostname or ""
    return f"[{name}]" if ":" in name else name


def host_in(header: str) -> str:
    """The name in a Host header: lower case, without port and final dot."""
    return _PORT.sub("", header).rstrip(".").lower()


def only_here(address: str) -> bool:
    """Whether only the machine itself can open this address."""
    host = host_of(address).strip("[]")
    literal = _literal(host)
    return literal.is_loopback if literal else host == "localhost" or host.endswith(".localhost")


def number_of(address: str) -> str | None:
    """The host of an address where it is an IP number; None for a name."""
    literal = _literal(host_of(address).strip("[]"))
    return str(literal) if literal else None


def _host(parts: SplitResult) -> str:
    """The host, checked; IPv6 in brackets."""
    name = (parts.hostname or "").rstrip(".")
    literal = _literal(name)
    if literal is None:
        numeric = name.rpartition(".")[2].isdigit()  # browsers take such a name for a number
        if numeric or not _NAME.fullmatch(name):
            raise ValueError(
                f"Nama atau nomor komputer pada alamat ini tidak dapat dibaca. Contoh: {EXAMPLE}."
            )
        return name
    if literal.is_unspecified:
        raise ValueError(
            f"{literal} berarti semua alamat komputer ini, bukan alamat yang dapat dibuka. Tulis "
            f"nomor komputer ini di jaringan, misalnya {EXAMPLE}."
        )
    return f"[{literal}]" if isinstance(literal, IPv6Address) else str(literal)


def _literal(name: str) -> IPv4Address | IPv6Address | None:
    """The number ``name`` is, if it is one without a zone."""
    try:
        return None if "%" in name else ip_address(name)
    except ValueError:
        return None
