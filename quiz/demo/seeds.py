"""Everything random in a demonstration comes from its seed: the same seed, the same data."""

import base64
import hashlib
from random import Random


def rng(seed: str, purpose: str) -> Random:
    """A random source of its own for one purpose, so that adding another changes nothing else."""
    return Random(f"{seed}/{purpose}")  # noqa: S311  # invented data, no secret


def uid(seed: str, label: str) -> str:
    """A public identifier of 22 URL-safe characters, such as random ones have."""
    return base64.urlsafe_b64encode(_digest(seed, label)[:16]).decode().rstrip("=")


def card_key(seed: str) -> str:
    """What a demonstration keeps in ``kartu.key``: 64 hexadecimal digits."""
    return _digest(seed, "kartu").hex()


def password(seed: str, username: str) -> str:
    """A password that everybody may know: three words and a number."""
    source = rng(seed, f"sandi/{username}")
    return "-".join([*source.sample(_WORDS, 3), str(source.randrange(10, 100))])


def _digest(seed: str, label: str) -> bytes:
    return hashlib.sha256(f"peragaan/{seed}/{label}".encode()).digest()


_WORDS = tuple(
    """
    perahu ulin rotan mandau enggang pesut belida gaharu meranti sampan tenun anggrek rawa delta
    dermaga lamin sarung madu durian lontar
    """.split()
)
