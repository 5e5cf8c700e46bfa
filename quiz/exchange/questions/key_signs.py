"""Signs by which people mark the option that is the key: *, ✓, [x], →, (kunci)."""

import re
from dataclasses import dataclass
from enum import IntEnum

_TICK = r"[*✓√✔✅☑►▶➤★⭐●◉]|\[\s?[vV✓√✔*]\s?\]|\(\s?[vV✓√✔*]\s?\)|[→⇒⟶➔➜]|[-=]{1,2}>|>>"
_CROSS_BOX = r"\[\s?[xX]\s?\]|\(\s?[xX]\s?\)|☒"
_WRONG = r"[✗✘❌✖]"
_EMPTY_BOX = r"\[\s{0,3}\]|\(\s{0,3}\)|[☐□◻○◯⬜]"
_WORDS = (
    r"(?:[<←-]{0,3}\s?)?[(\[]\s?(?:(?:ini\s)?(?:kunci|benar|jawaban|jwb)(?:\s(?:jawaban|benar))?"
    r"|correct|right|key|answer)\s?[)\]]|(?:<-{1,2}|←)\s?(?:kunci|benar|jawaban)?(?:\sbenar)?"
)
ANY_SIGN = rf"(?:{_TICK}|{_CROSS_BOX}|{_WRONG}|{_EMPTY_BOX})"
BOX = rf"(?:{_CROSS_BOX}|\[\s?[vV✓√✔*]\s?\]|\(\s?[vV✓√✔*]\s?\)|[☑✅❌]|{_EMPTY_BOX})"

_LEADING = re.compile(rf"\s{{0,8}}(?P<sign>{ANY_SIGN})\s{{0,8}}")
_TRAILING = re.compile(rf"\s{{0,8}}(?P<sign>{ANY_SIGN}|{_WORDS})\s{{0,8}}$", re.IGNORECASE)
_IS_TICK = re.compile(rf"{_TICK}|{_WORDS}", re.IGNORECASE)
_IS_CROSS_BOX = re.compile(_CROSS_BOX)
_TAIL = 40


class Sign(IntEnum):
    """How a sign speaks for its option."""

    NONE = 0
    AGAINST = 1
    CROSSED = 2
    """[x], which marks a key unless ticks do."""
    FOR = 3


@dataclass(frozen=True)
class Signed:
    """An option's text without its sign, and what the sign says."""

    text: str
    sign: Sign


def signed(text: str) -> Signed:
    """An option's text without the signs at its ends."""
    plain, sign = text.strip(), Sign.NONE
    for _ in range(3):
        found = _LEADING.match(plain)
        if found is None or found.end() == len(plain):
            break
        plain, sign = plain[found.end() :], max(sign, _said(found["sign"]))
    for _ in range(3):
        start = max(0, len(plain) - _TAIL)
        tail = _TRAILING.search(plain[start:])
        if tail is None or (start + tail.start()) == 0:
            break
        plain, sign = plain[: start + tail.start()], max(sign, _said(tail["sign"]))
    return Signed(plain.strip(), sign)


def marked_places(signs: list[Sign]) -> frozenset[int]:
    """The places of options that their signs make keys; none when all bear the same."""
    for wanted in (Sign.FOR, Sign.CROSSED):
        found = frozenset(place for place, sign in enumerate(signs) if sign is wanted)
        if found:
            return found if len(found) < len(signs) else frozenset()
    return frozenset()


def _said(sign: str) -> Sign:
    sign = sign.strip()
    if _IS_TICK.fullmatch(sign):
        return Sign.FOR
    return Sign.CROSSED if _IS_CROSS_BOX.fullmatch(sign) else Sign.AGAINST
