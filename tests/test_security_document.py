"""docs/keamanan.md: every requirement once, and every test it names is there."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs/keamanan.md"

LEVEL_TWO = """
    1.1:1-2 1.2:1-9 1.3:1-11 1.4:1-3 1.5:1-2 2.1:1-3 2.2:1-3 2.3:1-4 2.4:1 3.2:1-2 3.3:1-4
    3.4:1-6 3.5:1-5 3.7:1-2 4.1:1-3 4.2:1 4.3:1-2 4.4:1-4 5.1:1 5.2:1-3 5.3:1-2 5.4:1-3
    6.1:1-3 6.2:1-12 6.3:1-4 6.4:1-4 6.5:1-5 6.6:1-3 6.8:1-4 7.1:1-3 7.2:1-4 7.3:1-2 7.4:1-5
    7.5:1-2 7.6:1-2 8.1:1-2 8.2:1-3 8.3:1 8.4:1 9.1:1-3 9.2:1-4 10.1:1-2 10.2:1-2 10.3:1-4
    10.4:1-11 10.5:1-5 10.6:1-2 10.7:1-3 11.1:1-2 11.2:1-3 11.3:1-3 11.4:1-4 11.5:1 11.6:1
    12.1:1-3 12.2:1-2 12.3:1-4 13.1:1 13.2:1-5 13.3:1-2 13.4:1-5 14.1:1-2 14.2:1-4 14.3:1-3
    15.1:1-3 15.2:1-3 15.3:1-7 16.1:1 16.2:1-5 16.3:1-4 16.4:1-3 16.5:1-3 17.1:1 17.2:1-4
    17.3:1-2
"""
"""The requirements of OWASP ASVS 5.0.0 up to level 2, section by section."""

STATES = {"dipenuhi", "sebagian", "menyimpang", "tidak berlaku"}
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
ROW = re.compile(r"^\| (V[\d.]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def required() -> list[str]:
    found = []
    for section, _, spans in (part.partition(":") for part in LEVEL_TWO.split()):
        for span in spans.split(","):
            first, _, last = span.partition("-")
            found += [f"V{section}.{n}" for n in range(int(first), int(last or first) + 1)]
    return found


def rows() -> list[tuple[str, str, str, str]]:
    return ROW.findall(DOCUMENT.read_text(encoding="utf-8"))


def test_every_requirement_of_level_two_stands_there_once() -> None:
    _, text = DOCUMENT.read_text(encoding="utf-8").split("## OWASP ASVS 5.0", 1)
    in_words = [line for line in text.splitlines() if line.startswith("Tidak berlaku,")]

    told = [number for number, *_ in rows()]
    told += [number for line in in_words for number in re.findall(r"V\d+\.\d+\.\d+", line)]

    assert len(required()) == 253
    assert Counter(told) == Counter(required())


def documents_in(reason: str) -> list[str]:
    """The documents of ours that it names, which have to be there."""
    named = re.findall(r"`([\w./-]+\.md)`", reason)
    assert all((ROOT / name).is_file() for name in named), named
    return named


def test_what_is_met_names_its_test_or_its_document_and_everything_else_its_reason() -> None:
    wrong = [
        number
        for number, state, reason, tests in rows()
        if state not in STATES
        or len(reason) < 5
        or (state == "dipenuhi" and not NAMED.search(tests) and not documents_in(reason))
    ]

    assert wrong == []


def test_the_tests_it_names_are_there() -> None:
    named = set(NAMED.findall(DOCUMENT.read_text(encoding="utf-8")))

    gone = [
        f"{path}::{name}"
        for path, name in sorted(named)
        if not (ROOT / path).is_file()
        or f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8")
    ]

    assert len(named) > 100
    assert gone == []


def test_its_sum_is_right() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    counted = Counter(state for _, state, _, _ in rows())
    counted["tidak berlaku"] = len(required()) - sum(
        counted[each] for each in STATES - {"tidak berlaku"}
    )

    assert all(f"{counted[state]} {state}" in text for state in STATES)
