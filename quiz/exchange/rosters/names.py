"""Names of people and units, compared as people mean them rather than as they type them."""

import difflib
import re
from collections.abc import Iterable

from quiz.assessment.items.item import without_accents

MOST_SUGGESTIONS = 3
CLOSE_ENOUGH = 0.6
_SHORTEST_PART = 4
_LONGEST_COMPARED = 60

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

_UNIT_WORDS = {
    "ds": "desa",
    "kab": "kabupaten",
    "kec": "kecamatan",
    "kel": "kelurahan",
    "pkm": "puskesmas",
}


def normalise_name(name: str) -> str:
    """The name without case, accents, punctuation, titles and degrees, for matching people.

    "Drs. H. AHMAD MA'RUF, S.Pd., M.Si." and "Ahmad Ma'ruf" give the same text. A name that is
    nothing but titles keeps them.
    """
    plain = without_accents(name).casefold()
    before_comma, _, after_comma = plain.partition(",")
    words = [word for word in before_comma.split() if "." not in word or not _is_degree(word)]
    words += [word for word in re.split(r"[\s,]+", after_comma) if not _is_degree(word)]
    words = _words(" ".join(words))
    while len(words) > 1 and words[-1] in _PLAIN_DEGREES:
        words.pop()
    while len(words) > 1 and words[0] in _TITLES:
        words.pop(0)
    return " ".join(words or _words(plain))


def near_names(
    name: str, candidates: Iterable[str], close_enough: float = CLOSE_ENOUGH
) -> list[str]:
    """The candidates that ``name`` may have been meant for, nearest first, three at most.

    For "maksud Anda …?": units, statuses, column heads. An equal name is a candidate like any
    other. ``close_enough`` is the least likeness, 0 to 1; a name contained in the other has
    ``CLOSE_ENOUGH``.
    """
    meant = _plain_unit(name[:_LONGEST_COMPARED])
    likeness = {
        candidate: _likeness(meant, _plain_unit(candidate[:_LONGEST_COMPARED]), close_enough)
        for candidate in candidates
    }
    near = [candidate for candidate, like in likeness.items() if like >= close_enough]
    return sorted(near, key=lambda candidate: -likeness[candidate])[:MOST_SUGGESTIONS]


def _likeness(one: str, other: str, least: float) -> float:
    """From 0 to 1, and 0 for anything below ``least``, which is quickly seen."""
    shorter, longer = sorted((one, other), key=len)
    contained = CLOSE_ENOUGH if len(shorter) >= _SHORTEST_PART and shorter in longer else 0.0
    matcher = difflib.SequenceMatcher(None, one, other)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return contained
    return max(matcher.ratio(), contained)


def _plain_unit(name: str) -> str:
    words = _words(without_accents(name).casefold())
    return " ".join(_UNIT_WORDS.get(word, word) for word in words)


def _is_degree(word: str) -> bool:
    return re.sub(r"[^a-z]", "", word) in _DEGREES


def _words(text: str) -> list[str]:
    """The words of a text; an apostrophe joins (Ma'ruf), all other punctuation parts."""
    joined = re.sub("['`\u2018\u2019\u02bc\u00b4]", "", text)
    return re.sub(r"[\W_]+", " ", joined).split()
