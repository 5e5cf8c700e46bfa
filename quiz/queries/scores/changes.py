"""What changed from an event's pre-test to its post-test, and how it is said."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from quiz.assessment.analysis.change_report import ChangeReport, Work
from quiz.assessment.analysis.display import NOT_ENOUGH, Direction
from quiz.assessment.analysis.sitting_report import ReportedSitting, SittingChange
from quiz.assessment.analysis.unit_report import AttemptFact, UnitReport
from quiz.formats import Number, decimal_id, signed_id
from quiz.models import Sitting
from quiz.models.events.events import Phase

__all__ = ["Pair", "SittingChange", "first_pair", "interval_words", "sitting_change", "works"]

Pair = tuple[Sitting, Sitting]
"""A pre-test and a post-test."""


def sitting_change(
    before: ReportedSitting, after: ReportedSitting, found: ChangeReport, comparable: bool
) -> SittingChange:
    """The change between two sittings, in words with everybody it does not hold."""
    change = SittingChange(before, after, found, comparable)
    return replace(change, sentences=(*_whole(change), _people(change)))


def _whole(change: SittingChange) -> Iterator[str]:
    labels = f"{change.before.label} ke {change.after.label}"
    if change.shown is None:
        yield (
            f"Perubahan dari {labels} tidak ditampilkan: {NOT_ENOUGH} yang mengerjakan keduanya."
        )
        return
    whole = change.shown.whole
    interval = interval_words(whole.low, whole.high, whole.places)
    yield (
        f"Dari {labels}, {change.found.counted} orang yang mengerjakan keduanya: rata-rata "
        f"{decimal_id(whole.before, whole.places)} menjadi "
        f"{decimal_id(whole.after, whole.places)}, berubah "
        f"{signed_id(whole.change, whole.places)} poin{interval}: {_verdict(change)}."
    )
    if change.gain is not None:
        yield (
            f"Kenaikan ternormalisasi (Hake) {decimal_id(change.gain, 2)}, {change.gain_band}. "
            "Tanpa kelompok pembanding, sebagian dapat berasal dari mengerjakan dua kali."
        )


def _verdict(change: SittingChange) -> str:
    if not change.comparable:
        return "kisi-kisi kedua tes berbeda, jadi ini bukan ukuran kenaikan"
    if change.direction is None:
        return "semua berubah sama besar, jadi rentangnya tidak dapat dihitung"
    away = " dari tidak berubah" if change.direction is Direction.UNCLEAR else ""
    return f"{change.direction}{away}"


def _people(change: SittingChange) -> str:
    found = change.found
    words = (
        f"Tidak berpasangan: {found.only_before} orang hanya {change.before.label}, "
        f"{found.only_after} orang hanya {change.after.label}."
    )
    if found.left_out and found.whole is not None:
        words += (
            f" {found.left_out} orang lain mengerjakan keduanya tetapi tidak dihitung di sini, "
            "supaya nilai beberapa orang tidak dapat dihitung balik."
        )
    return words


def first_pair(sittings: Sequence[Sitting]) -> Pair | None:
    """The first post-test that has a pre-test before it, and the latest such pre-test.

    ``sittings`` are an event's, by opening time. One pair only: of two changes the difference would
    tell of the few who are in one of them.
    """
    for place, post in enumerate(sittings):
        before = [each for each in sittings[:place] if each.phase is Phase.PRE]
        if post.phase is Phase.POST and before:
            return before[-1], post
    return None


def works(report: UnitReport, facts: Iterable[AttemptFact]) -> dict[str, Work]:
    """Person → what they did in a sitting, with the row of its report they stand in."""
    rows = {code: row.units for row in report.rows if row.mean is not None for code in row.units}
    return {
        fact.person: Work(rows.get(fact.unit_code), fact.percent, fact.topic_scores)
        for fact in facts
        if fact.percent is not None
    }


def interval_words(low: Number | None, high: Number | None, places: int) -> str:
    """The interval of a change in brackets, after a space; nothing where there is none."""
    if low is None or high is None:
        return ""
    return f" (rentang 95% {signed_id(low, places)} sampai {signed_id(high, places)})"
