"""A sitting's people as one group: what speakers and checkers may see, from ten results on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy.orm import Session

from quiz.assessment.analysis.suppression import SPEAKER_MINIMUM
from quiz.assessment.analysis.topic_shares import topic_shares
from quiz.assessment.analysis.unit_report import UnitRow
from quiz.models import Sitting
from quiz.queries.scores.changes import SittingChange
from quiz.queries.scores.items.misread import Misread, misread
from quiz.queries.scores.reports import SittingReport, sitting_report, topic_scores
from quiz.queries.scores.standings import standings


@dataclass(frozen=True)
class GroupReport:
    """The sitting's report without its units. ``topics`` are shares (0 to 100) by name."""

    report: SittingReport
    topics: Mapping[str, Fraction]
    misread: list[Misread]

    @property
    def total(self) -> UnitRow:
        """Everybody."""
        return self.report.units.total

    @property
    def told(self) -> bool:
        """Whether there is any result: the sitting is settled, with enough people."""
        return self.report.units.settled and self.total.submitted >= SPEAKER_MINIMUM

    @property
    def change(self) -> SittingChange | None:
        """What has changed since the pre-test, if enough people did both."""
        change = self.report.change
        if change is None or change.found.counted < SPEAKER_MINIMUM:
            return None
        return change


def group_report(session: Session, sitting: Sitting, now: datetime) -> GroupReport:
    """The report on everybody in one counted sitting.

    Nineteen queries; where attempts ended by time have no stored score, some more.
    """
    report = sitting_report(session, sitting, now)
    found = _topics(session, sitting, now) if report.units.settled else {}
    rows = [
        row
        for row in misread(session, sitting, now)
        if row.facility.n >= SPEAKER_MINIMUM and row.sentences
    ]
    return GroupReport(report, {report.topics.get(code, code): found[code] for code in found}, rows)


def _topics(session: Session, sitting: Sitting, now: datetime) -> Mapping[str, Fraction]:
    """The share of each topic by code, if each was asked of enough people."""
    scores = [
        topic_scores(one.score.items)
        for one in standings(session, [sitting], now)
        if one.score is not None and one.percent is not None
    ]
    return topic_shares(scores, SPEAKER_MINIMUM)
