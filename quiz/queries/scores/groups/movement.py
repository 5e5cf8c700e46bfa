"""How people moved on what was talked about, beside everything else, in words."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.assessment.analysis.beside_rows import (
    Items,
    Standing,
    beside_change,
    meetings_at,
    places_of,
)
from quiz.assessment.analysis.change_report import ChangeReport
from quiz.assessment.analysis.disclosure import countable_versions
from quiz.assessment.analysis.display import NOT_APART, NOT_ENOUGH, Direction, ShownChange
from quiz.assessment.analysis.groups.movement import Movement, Parts, movement, parts
from quiz.assessment.analysis.statistics.change import PairedChange
from quiz.assessment.analysis.suppression import SPEAKER_MINIMUM
from quiz.formats import Number, signed_id
from quiz.models import CoveredPassage, ItemVersion
from quiz.models.base import fraction
from quiz.queries.scores.changes import Pair, SittingChange, interval_words
from quiz.queries.scores.standings import standings

CHOSEN_LOW = (
    "Kalimat di papan dipilih karena hasil pre-testnya terendah, dan yang terendah cenderung naik "
    "juga tanpa dibahas. Tanpa kelompok pembanding, selisih ini belum membuktikan pengaruh bahasan."
)


@dataclass(frozen=True)
class Moved:
    """The movement between ``tests`` on ``ticks`` and on the rest; ``found`` is None where it may
    not be told. ``hidden``: because figures of items beside it would tell of a few people."""

    tests: Pair
    change: SittingChange
    ticks: Sequence[CoveredPassage]
    found: Movement | None
    hidden: bool = False

    @property
    def sentences(self) -> list[str]:
        """It in words: both changes, whether they can be told apart, and what qualifies that."""
        if self.found is None:
            return [self._why_not()]
        return [*self._changes(self.found), CHOSEN_LOW]

    def _why_not(self) -> str:
        if self.change.found.counted < SPEAKER_MINIMUM:
            return (
                f"Pergerakannya tidak ditampilkan: {NOT_ENOUGH} yang mengerjakan kedua tes; perlu "
                f"{SPEAKER_MINIMUM} orang."
            )
        if self.hidden:
            return (
                "Pergerakannya tidak ditampilkan, supaya jawaban beberapa orang tidak dapat "
                "dihitung balik dari angka soal."
            )
        return (
            "Pergerakannya tidak dapat dihitung: tidak setiap orang ditanya kalimat yang dicentang "
            f"dan kalimat lain pada {self.tests[0].label} dan pada {self.tests[1].label}."
        )

    def _changes(self, found: Movement) -> Iterator[str]:
        further = found.shown
        interval = interval_words(further.low, further.high, further.places)
        yield (
            f"{found.n} orang yang mengerjakan keduanya: pada kalimat yang dicentang nilainya "
            f"berubah {_points(further.after, found.covered, further.places)}, pada kalimat lain "
            f"{_points(further.before, found.rest, further.places)}."
        )
        yield (
            f"Selisih kedua perubahan {signed_id(further.change, further.places)} poin"
            f"{interval}: {self._verdict(further)}."
        )

    def _verdict(self, further: ShownChange) -> str:
        if not self.change.comparable:
            return "kisi-kisi kedua tes berbeda, jadi ini bukan ukuran kenaikan"
        match further.direction:
            case Direction.UP:
                return "kalimat yang dicentang lebih naik daripada kalimat lain"
            case Direction.DOWN:
                return "kalimat yang dicentang kurang naik daripada kalimat lain"
            case Direction.UNCLEAR:
                return NOT_APART
            case None:
                return "semua berubah sama besar, jadi rentangnya tidak dapat dihitung"


def moved(
    session: Session,
    tests: Pair,
    change: SittingChange,
    ticks: Sequence[CoveredPassage],
    now: datetime,
) -> Moved | None:
    """How those in ``change``, which is between these tests, moved on what is ticked.

    None of frozen figures: they name nobody.

    Three queries at most; where attempts ended by time have no stored score, some more.
    """
    if not isinstance(change.found, ChangeReport):
        return None
    people = frozenset(change.found.people)
    everybody: dict[int, dict[str, Items]] = {each.id: {} for each in tests}
    for one in standings(session, tests, now):
        if one.score is not None and one.percent is not None:
            everybody[one.sitting.id][one.enrolment.uid] = one.score.items
    if not all(_hides(of, people) for of in everybody.values()):
        return Moved(tests, change, ticks, None, hidden=True)
    items = {
        test: {person: each for person, each in of.items() if person in people}
        for test, of in everybody.items()
    }
    met = {entry[1] for of in items.values() for each in of.values() for entry in each}
    covered = _resting_on(session, met, {tick.passage.code for tick in ticks})
    before, after = (
        {person: _parts(each, covered) for person, each in items[test.id].items()} for test in tests
    )
    return Moved(tests, change, ticks, movement(change.found.people, before, after))


def _hides(items: Mapping[str, Items], people: Collection[str]) -> bool:
    """Whether the change of ``people`` may be told of some positions beside those of all."""
    _, versions = places_of(items.values())
    standing = {person: Standing(None, person in people) for person in items}
    met = meetings_at((each, standing[person]) for person, each in items.items())
    return beside_change(countable_versions(versions), met)


def _resting_on(session: Session, versions: Iterable[str], codes: set[str]) -> frozenset[str]:
    """Which of these versions (by uid) rest on one of these passages."""
    rows = session.execute(
        select(ItemVersion.uid, ItemVersion.content).where(ItemVersion.uid.in_(list(versions)))
    )
    return frozenset(uid for uid, content in rows if codes & {*content.get("passages", ())})


def _parts(items: Items, covered: frozenset[str]) -> Parts:
    return parts(
        (
            (version, fraction(points), fraction(most))
            for _position, version, _topic, scale, points, most in items
            if scale == "knowledge"
        ),
        covered,
    )


def _points(shown: Number, change: PairedChange, places: int) -> str:
    return f"{signed_id(shown, places)} poin{interval_words(change.low, change.high, places)}"
