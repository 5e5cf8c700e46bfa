"""What changed from an event's pre-test to its post-test, and how it is said."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quiz.assessment.analysis.change_report import ChangeReport, Work
from quiz.assessment.analysis.display import NOT_ENOUGH, Direction
from quiz.assessment.analysis.statistics.change import PairedChange
from quiz.assessment.analysis.unit_report import AttemptFact, UnitReport
from quiz.formats import decimal_id, signed_id, whole_percent
from quiz.models import Sitting
from quiz.models.events.events import Phase

Pair = tuple[Sitting, Sitting]
"""A pre-test and a post-test."""


@dataclass(frozen=True)
class SittingChange:
    """The change from the sitting ``before`` to ``after``.

    It is no measure of what was learned, and has no verdict, where they are not ``comparable``.
    """

    before: Sitting
    after: Sitting
    found: ChangeReport
    comparable: bool

    @property
    def direction(self) -> Direction | None:
        """The change in a word; None without an interval or where tests are unlike."""
        return self.found.direction if self.comparable else None

    @property
    def gain(self) -> Fraction | None:
        """Hake's, where there is a change upwards to speak of."""
        return self.found.gain if self.comparable and self.found.gain_band else None

    @property
    def sentences(self) -> list[str]:
        """The change in words, with everybody it does not hold."""
        return [*self._whole(), self._people()]

    def _whole(self) -> Iterator[str]:
        found, whole = self.found, self.found.whole
        labels = f"{self.before.label} ke {self.after.label}"
        if whole is None:
            yield (
                f"Perubahan dari {labels} tidak ditampilkan: {NOT_ENOUGH} yang mengerjakan "
                "keduanya."
            )
            return
        yield (
            f"Dari {labels}, {whole.n} orang yang mengerjakan keduanya: rata-rata "
            f"{whole_percent(whole.before, self.before.pass_mark)} menjadi "
            f"{whole_percent(whole.after, self.after.pass_mark)}, berubah "
            f"{signed_id(whole.change)} poin{_interval(whole)}: {self._verdict()}."
        )
        if self.gain is not None:
            yield (
                f"Kenaikan ternormalisasi (Hake) {decimal_id(self.gain, 2)}, {found.gain_band}. "
                "Tanpa kelompok pembanding, sebagian dapat berasal dari mengerjakan dua kali."
            )

    def _verdict(self) -> str:
        if not self.comparable:
            return "kisi-kisi kedua tes berbeda, jadi ini bukan ukuran kenaikan"
        if self.found.direction is None:
            return "semua berubah sama besar, jadi rentangnya tidak dapat dihitung"
        away = " dari tidak berubah" if self.direction is Direction.UNCLEAR else ""
        return f"{self.direction}{away}"

    def _people(self) -> str:
        found = self.found
        words = (
            f"Tidak berpasangan: {found.only_before} orang hanya {self.before.label}, "
            f"{found.only_after} orang hanya {self.after.label}."
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


def _interval(change: PairedChange) -> str:
    if change.low is None or change.high is None:
        return ""
    return f" (rentang 95% {signed_id(change.low)} sampai {signed_id(change.high)})"
