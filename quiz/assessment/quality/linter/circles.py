"""Whom a law binds, read off its names, and whether a stem says whose law it asks about."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from quiz.assessment.items.item import ASN, EVERYBODY, Status
from quiz.assessment.question_file.content import Reference

_CIVIL_SERVANTS = re.compile(
    r"(?<!non-)(?<!non )(?<!bukan )(?:\b(?:ASN|PNS|PPPK)\b|\baparatur sipil|\bpegawai negeri\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Circle:
    """People under the same law: what they are called, the law's names, and theirs in a stem."""

    label: str
    statuses: frozenset[Status]
    law: re.Pattern[str]
    named: re.Pattern[str]


CIRCLES = (
    Circle(
        "ASN",
        ASN,
        re.compile(
            r"\baparatur sipil\b|(?<!non-)(?<!non )\bASN\b|\bSKB\b|\bkeputusan bersama\b"
            r"|\bUU (?:20/2023|5/2014)\b",
            re.IGNORECASE,
        ),
        _CIVIL_SERVANTS,
    ),
    Circle(
        "PNS",
        ASN - {Status.PPPK},
        re.compile(
            r"\bpegawai negeri\b|(?<!non-)(?<!non )\bPNS\b"
            r"|\bPP (?:94/2021|53/2010|42/2004|11/2017|17/2020)\b",
            re.IGNORECASE,
        ),
        _CIVIL_SERVANTS,
    ),
    Circle(
        "PPPK",
        frozenset({Status.PPPK}),
        re.compile(r"\bperjanjian kerja\b|\bPPPK\b|\bPP 49/2018\b", re.IGNORECASE),
        _CIVIL_SERVANTS,
    ),
    Circle(
        "pemerintah desa",
        frozenset(
            {
                Status.KEPALA_DESA,
                Status.PENJABAT_KEPALA_DESA,
                Status.PERANGKAT_DESA,
                Status.BPD,
            }
        ),
        re.compile(r"\bdesa\b|\bUU (?:6/2014|3/2024)\b", re.IGNORECASE),
        re.compile(r"\bdesa\b|\bkades\b|\bBPD\b", re.IGNORECASE),
    ),
    Circle(
        "pegawai non-ASN",
        frozenset({Status.NON_ASN}),
        re.compile(r"\bnon[- ](?:ASN|PNS)\b|\bhonorer\b|\bSE Menpan-RB 1/2023\b", re.IGNORECASE),
        re.compile(r"\b(?:non[- ]|bukan )(?:ASN|PNS)\b|\bhonorer\b", re.IGNORECASE),
    ),
)


def circles_of(references: Iterable[Reference]) -> list[Circle]:
    """The circles these articles are about; [] when any of them binds everybody, or none is given.

    A law that names none of them, such as an election law, binds everybody.
    """
    found: list[Circle] = []
    for reference in references:
        named = f"{reference.law} {reference.title}"
        bound = [circle for circle in CIRCLES if circle.law.search(named)]
        if not bound:
            return []
        found += bound
    return list(dict.fromkeys(found))


def bound_by(circles: Iterable[Circle]) -> frozenset[Status]:
    """Everybody in one of the circles; without circles everybody."""
    return frozenset().union(*(circle.statuses for circle in circles)) or EVERYBODY
