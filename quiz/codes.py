"""Personal codes, card tokens, receipts, random names: derived or drawn, never stored readable.

A personal code is eight characters of a 30-letter alphabet: 30**8 = 6.6e11, about 39 bits. It is
derived as HMAC-SHA256(key, label, enrolment uid, issue number), so a card can be printed again
without anything readable being kept; a reissue counts the issue number up. It is found by a second
HMAC over the code itself (``code_index``), the only thing a table holds. A card's token is derived
and found in the same way under labels of its own: 22 letters and digits, about 131 bits.

Every use of a key starts with its own label, so no value made for one purpose serves another.
"""

import base64
import hashlib
import hmac
import random
import re
import secrets
import string
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

ALPHABET = "0123456789ACDEFGHJKMNPQRTUVWXY"
"""Ten digits and twenty letters. Of each look-alike pair (0 O, 1 I L, 2 Z, 5 S, 8 B) only the digit
is kept, so what a reader mistakes can be put right: see ``SLIPS``."""

SLIPS = str.maketrans("OILZSB", "011258")
"""Letters that no code holds, and the digit each of them was read from."""

CODE_LENGTH = 8
RECEIPT_LENGTH = 6
SHEET_LENGTH = 6
RECOVERY_LENGTH = 10
PASSPHRASE_GROUPS, PASSPHRASE_GROUP = 5, 4
TOKEN_LENGTH = 22
ONE_TIME_LENGTH = 32
LONGEST_TYPED = 64
"""More than this was not typed from a card, and is not looked at."""

ALPHANUMERIC = string.ascii_letters + string.digits
"""No hyphen or underscore: messengers drop one at the end of an address."""

_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212._]+")
_EVENT_LETTERS = re.compile(r"[A-Z]{2,8}")


@dataclass(frozen=True)
class CardKeys:
    """The installation's own card key, and by their fingerprints those of others whose events were
    read in here: their cards go on opening what they opened."""

    own: bytes
    others: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def every(self) -> list[bytes]:
        """All of them, the own first."""
        return [self.own, *self.others.values()]

    def of(self, print: str | None) -> bytes:
        """The key with this fingerprint, None being the own. Raises KeyError for an unknown one."""
        return self.own if print is None else self.others[print]


def fingerprint(key: bytes) -> str:
    """What a card key is called where it must not stand itself: 16 hexadecimal digits."""
    return _mac(key, "fingerprint", "").hex()[:16]


def personal_code(key: bytes, enrolment_uid: str, issue: int) -> str:
    """The code of an enrolment: ``CODE_LENGTH`` characters of ``ALPHABET``.

    The same arguments give the same code. Two enrolments may collide (39 bits); the caller then
    takes the next ``issue``, which counts from 1.
    """
    return _derive(key, "personal-code", f"{enrolment_uid}/{issue}", ALPHABET, CODE_LENGTH)


def code_index(key: bytes, code: str) -> str:
    """What a normalised code is looked up by: 64 hexadecimal digits."""
    return _mac(key, "personal-code-index", code).hex()


def card_token(key: bytes, enrolment_uid: str, issue: int) -> str:
    """The token in a card's address: 22 letters and digits, safe in any URL."""
    return _derive(key, "card-token", f"{enrolment_uid}/{issue}", ALPHANUMERIC, TOKEN_LENGTH)


def token_index(key: bytes, token: str) -> str:
    """What a card's token is looked up by: 64 hexadecimal digits."""
    return _mac(key, "card-token-index", token).hex()


def screen_token(key: bytes, event_uid: str, issue: int) -> str:
    """The token in the address of an event's projector page, like that of a card."""
    return _derive(key, "screen-token", f"{event_uid}/{issue}", ALPHANUMERIC, TOKEN_LENGTH)


def screen_index(key: bytes, token: str) -> str:
    """What the token of a projector page is looked up by: 64 hexadecimal digits."""
    return _mac(key, "screen-token-index", token).hex()


def unit_link_token(key: bytes, link_uid: str) -> str:
    """The token in the address made for the head of a unit, like that of a card."""
    return _derive(key, "unit-link-token", link_uid, ALPHANUMERIC, TOKEN_LENGTH)


def unit_link_index(key: bytes, token: str) -> str:
    """What the token of such an address is looked up by: 64 hexadecimal digits."""
    return _mac(key, "unit-link-token-index", token).hex()


def receipt(attempt_uid: str, key: bytes) -> str:
    """The receipt of a submitted attempt: six characters of ``ALPHABET``, always the same ones.

    It shows that the server has the attempt; at 29 bits it is not meant as a secret.
    """
    return _derive(key, "receipt", attempt_uid, ALPHABET, RECEIPT_LENGTH)


def sheet_code(key: bytes, sitting_uid: str, holder: str, form: str) -> str:
    """The code of a paper sheet: as long as a receipt, always the same for the same paper.

    ``holder`` is whose it is, ``form`` a mark of the items on it: a sheet whose items are no longer
    the sitting's is found by nobody. It opens nothing.
    """
    return _derive(key, "sheet", f"{sitting_uid}/{holder}/{form}", ALPHABET, SHEET_LENGTH)


def normalise_code(text: str, length: int = CODE_LENGTH) -> str | None:
    """The code of ``length`` letters somebody meant by ``text``, or None when it cannot be one.

    Case, spaces, hyphens and dots do not matter; a letter that no code holds becomes the digit it
    looks like (O to 0, I and L to 1, Z to 2, S to 5, B to 8).
    """
    if len(text) > LONGEST_TYPED:
        return None
    plain = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper().translate(SLIPS)
    if len(plain) != length or any(letter not in ALPHABET for letter in plain):
        return None
    return plain


def show_code(code: str) -> str:
    """The code as printed and read aloud, in two halves: K7P2-QX4M."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"


def join_code(rng: random.Random, letters: str) -> str:
    """An event's code such as LJN-482: the given 2 to 8 letters and a number from 100 to 999.

    It is public (it stands on the wall) and may be taken already; the caller draws again.
    Raises ValueError for anything but letters A to Z.
    """
    prefix = letters.upper()
    if not _EVENT_LETTERS.fullmatch(prefix):
        raise ValueError(f"an event code needs 2 to 8 letters A to Z, not {letters!r}")
    return f"{prefix}-{rng.randrange(100, 1000)}"


def second_step_secret(key: bytes, user_uid: str, seed: str) -> str:
    """What an account's authenticator app is told: 160 bits in base 32 (RFC 4226, R6)."""
    return base64.b32encode(_mac(key, "second-step", f"{user_uid}/{seed}")[:20]).decode()


def recovery_code() -> str:
    """A random code of ``RECOVERY_LENGTH`` characters of ``ALPHABET``, 49 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_LENGTH))


def passphrase() -> str:
    """A random passphrase of groups one can copy by hand, K7P2-QX4M-…: 98 bits."""
    groups = (
        "".join(secrets.choice(ALPHABET) for _ in range(PASSPHRASE_GROUP))
        for _ in range(PASSPHRASE_GROUPS)
    )
    return "-".join(groups)


def one_time_token() -> str:
    """A random token for an address that works once: 32 letters and digits, 190 bits."""
    return "".join(secrets.choice(ALPHANUMERIC) for _ in range(ONE_TIME_LENGTH))


def _mac(key: bytes, label: str, message: str) -> bytes:
    """HMAC-SHA256 of a labelled message. Raises ValueError for an empty key."""
    if not key:
        raise ValueError("a code needs a key; an empty one would make it guessable")
    return hmac.new(key, f"{label}\0{message}".encode(), hashlib.sha256).digest()


def _derive(key: bytes, label: str, message: str, letters: str, length: int) -> str:
    """``length`` letters, each equally likely: a byte past the last whole round is passed over."""
    fair = 256 - 256 % len(letters)
    usable = (byte for byte in _byte_stream(key, label, message) if byte < fair)
    return "".join(letters[next(usable) % len(letters)] for _ in range(length))


def _byte_stream(key: bytes, label: str, message: str) -> Iterator[int]:
    """Bytes without end: the MACs of the message counted from 0."""
    block = 0
    while True:
        yield from _mac(key, label, f"{message}/{block}")
        block += 1
