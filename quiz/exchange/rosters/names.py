"""Names of people, compared as people mean them rather than as they type them."""

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from quiz.assessment.items.item import without_accents

MOST_SUGGESTIONS = 3
CLOSE_ENOUGH = 0.6
_SHORTEST_PART = 4
_LONGEST_COMPARED = 60
_SLIP = 0.75
"""How like two words must be to be asked about; Rusly is Rusli (0.8), Ali is not Ani."""

_BEFORE = "apt dr dra drg drh drs h hj hajah haji ir kh ns prof tgh ust ustad ustadz ustadzah"
_TITLES = frozenset(_BEFORE.split())
"""Stand before a name, with or without a dot. "R." and "M." may be part of it and are kept."""

_AFTER = """
    amd amdak amdfarm amdgz amdkeb amdkep amdkes amdkom amdpd amk amapd apt bsc cfra llm ma mag map
    mba me mei mh mhum mip mkes mkeb mkep mkn mkom mkm mm mp mpa mpd mpdi mph mphil msc mse msi msos
    mt mtr ners ns phd sadm sag sak san sap sars sdt se sei sfarm sfil sgz sh shi shum shut siak
    siiwp sikom sip sipem skeb sked skel skep skes skg skh skm skom skpm smat spd spdi spdsd spi
    spsi spt ss ssi ssn ssos ssosi sst sstp st sth stkom stp strak strap strkeb strkep strkes
    strikom strsos sy
"""
_DEGREES = frozenset(_AFTER.split())
"""Degrees and diplomas without their dots."""

_PLAIN_DEGREES = _DEGREES - {"ma", "me", "mei", "san"}
"""Those that are no name when they end one without dot or comma."""

_DOTTED = re.compile(r"[a-z]{1,3}\.[a-z. ]{1,8}(\([a-z]+\))?\.?")
"""The shape of a degree nobody listed, such as Sp.OG(K); asked only of what follows a comma."""

_BEGUN = re.compile(r"[asmd]\.")
"""The first half of a degree written in two: S. Pd."""

_SHORTENED = re.compile(r"m|mh|mhd|moh|moch|muh|muhd|muhamad|mohamad|mohammad|mochamad|muchamad")


@lru_cache(maxsize=8_192)
def normalise_name(name: str) -> str:
    """The name without case, accents, punctuation, titles and degrees, for matching people.

    "Drs. H. AHMAD MA'RUF, S.Pd., M.Si." and "Ahmad Ma'ruf" give the same text. St., Sy., Mh., Sh.
    before a comma are part of a name (Siti, Syarifah, Muhammad, Syekh), whatever they mean behind
    it. A name that is nothing but titles keeps them.
    """
    plain = without_accents(name).casefold()
    before_comma, _, after_comma = plain.partition(",")
    words = _without_ending(before_comma.split())
    words += [part for part in _parts(after_comma) if not _is_degree(part)]
    words = plain_words(" ".join(words))
    while len(words) > 1 and words[-1] in _PLAIN_DEGREES:
        words.pop()
    while len(words) > 1 and words[0] in _TITLES:
        words.pop(0)
    return " ".join(words or plain_words(plain))


def written_alike(one: str, other: str) -> bool:
    """Whether two names differ in nothing but case, spaces and punctuation."""
    return plain_words(one) == plain_words(other)


def name_and_role(line: str) -> tuple[str, str]:
    """A line such as "Drs. Arka, M.Pd., narasumber" as the name with its degrees, and the role."""
    first, *rest = (part.strip() for part in line.split(","))
    degrees = 0
    while degrees < len(rest) and _is_degree(rest[degrees].casefold()):
        degrees += 1
    return ", ".join([first, *rest[:degrees]]), ", ".join(filter(None, rest[degrees:]))


def like_names(one: str, other: str) -> bool:
    """Whether two normalised names may be one person's: a slip, a word more, another order.

    Suhermn and Suherman bin Ali, Abdullah and Sy Abdullah, M Yusuf and Muhammad Yusuf.
    """
    words, others = full_words(one), full_words(other)
    short, long = sorted((words, others), key=len)
    if not short or _numbers(short) != _numbers(long):
        return False
    if set(short) <= set(long) or "".join(words) == "".join(others):
        return True
    return len(short) == len(long) and (
        all(map(_slip, words, others)) or all(map(_slip, sorted(words), sorted(others)))
    )


def near_names(
    name: str, candidates: Iterable[str], close_enough: float = CLOSE_ENOUGH
) -> list[str]:
    """The candidates that ``name`` may have been meant for, nearest first, three at most.

    For "maksud Anda …?": statuses and column heads. An equal name is a candidate like any other.
    ``close_enough`` is the least likeness, 0 to 1; a name contained in the other has
    ``CLOSE_ENOUGH``.
    """
    meant = _plain(name)
    likeness = {
        candidate: _likeness(meant, _plain(candidate), close_enough) for candidate in candidates
    }
    return _nearest(likeness, close_enough)


def _nearest(likeness: Mapping[str, float], least: float) -> list[str]:
    near = [candidate for candidate, like in likeness.items() if like >= least]
    return sorted(near, key=lambda candidate: -likeness[candidate])[:MOST_SUGGESTIONS]


def _likeness(one: str, other: str, least: float) -> float:
    """From 0 to 1, and 0 for anything below ``least``, which is quickly seen."""
    shorter, longer = sorted((one, other), key=len)
    contained = CLOSE_ENOUGH if len(shorter) >= _SHORTEST_PART and shorter in longer else 0.0
    matcher = difflib.SequenceMatcher(None, one, other)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return contained
    return max(matcher.ratio(), contained)


def _plain(name: str) -> str:
    return " ".join(plain_words(name[:_LONGEST_COMPARED]))


def full_words(name: str) -> list[str]:
    """The words of a normalised name, with the many ways to shorten Muhammad as one."""
    return ["muhammad" if _SHORTENED.fullmatch(word) else word for word in name.split()]


def _numbers(words: list[str]) -> set[str]:
    return {word for word in words if word.isdecimal()}


@lru_cache(maxsize=65_536)
def _slip(one: str, other: str) -> bool:
    """Whether one word may be written for the other: an initial of it, or a letter amiss."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return True
    if 2 * len(short) < _SLIP * (len(short) + len(long)):
        return False
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SLIP


def _without_ending(words: list[str]) -> list[str]:
    """The words before the comma without the degrees that end them: S.Pd. and S. Pd. alike."""
    kept = list(words)
    while len(kept) > 1:
        if "." in kept[-1].rstrip(".") and _is_degree(kept[-1]):
            kept.pop()
        elif len(kept) > 2 and _BEGUN.fullmatch(kept[-2]) and _is_degree("".join(kept[-2:])):
            del kept[-2:]
        else:
            break
    return kept


def _parts(after_comma: str) -> list[str]:
    """What stands behind the first comma, part by part; words where a part is not one degree."""
    parts = (part.strip() for part in after_comma.split(","))
    return [word for part in parts for word in ([part] if _is_degree(part) else part.split())]


def _is_degree(part: str) -> bool:
    return re.sub(r"[^a-z]", "", part) in _DEGREES or bool(_DOTTED.fullmatch(part.strip()))


def plain_words(text: str) -> list[str]:
    """The words in small letters without accents; an apostrophe joins (Ma'ruf), the rest parts."""
    joined = re.sub("['`\u2018\u2019\u02bc\u00b4]", "", without_accents(text).casefold())
    return re.sub(r"[\W_]+", " ", joined).split()
