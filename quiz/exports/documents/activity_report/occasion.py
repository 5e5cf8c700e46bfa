"""What an activity report is made of: the event as it was written down, and its figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.models import ActivityReport, Event, EventMinutes
from quiz.models.events.events import Phase
from quiz.queries.events import events
from quiz.queries.events.attendance import (
    EventAttendance,
    activity_report_of,
    attendance_of,
    minutes_of,
)
from quiz.queries.people.settings import Installation, installation
from quiz.queries.scores.misread import Misread, misread
from quiz.queries.scores.reports import SittingReport, sitting_reports
from quiz.queries.scores.standings import counted_sittings
from quiz.queries.sources.laws import laws_of


@dataclass(frozen=True)
class Occasion:
    """An event with what an office wrote of it; None where nobody has. ``laws`` are titles."""

    event: Event
    minutes: EventMinutes | None
    written: ActivityReport | None
    laws: Sequence[str]
    here: Installation


@dataclass(frozen=True)
class Figures:
    """Everything counted, at ``as_of``: ``reports`` of the counted sittings by opening time.

    ``hard`` are the sentences still misread in the main one.
    """

    as_of: datetime
    attendance: EventAttendance
    units: int
    reports: Sequence[SittingReport]
    hard: Sequence[Misread]

    @property
    def main(self) -> SittingReport | None:
        """The one the report is about."""
        return main_report(self.reports)

    def report(self, phase: Phase) -> SittingReport | None:
        """The one of a pre-test or a post-test that texts speak of: of several the one that the
        change is told of, else the last."""
        main = self.main
        if main is not None and main.sitting.phase == phase:
            return main
        found = [each for each in self.reports if each.sitting.phase == phase]
        if main is not None and main.change is not None:
            found = [each for each in found if each.sitting == main.change.before] or found
        return found[-1] if found else None


def main_report(reports: Sequence[SittingReport]) -> SittingReport | None:
    """The post-test that a change is told of, else the last post-test, else the last of all."""
    changed = [each for each in reports if each.change is not None]
    tests = [each for each in reports if each.sitting.phase == Phase.POST]
    return next((found[-1] for found in (changed, tests, list(reports)) if found), None)


def figures_of(session: Session, event: Event, now: datetime) -> Figures:
    """The figures of an event as its pages show them at ``now``."""
    sittings = counted_sittings(session, event)
    reports = sitting_reports(session, sittings, now) if sittings else []
    main = main_report(reports)
    asked = next((each for each in sittings if main and each.uid == main.sitting.uid), None)
    return Figures(
        as_of=now,
        attendance=attendance_of(session, event),
        units=events.roster_facts(session, event).units,
        reports=reports,
        hard=misread(session, asked, now) if asked else (),
    )


def occasion_of(session: Session, event: Event) -> Occasion:
    """What is written of an event and of the office. Four queries."""
    return Occasion(
        event,
        minutes_of(session, event),
        activity_report_of(session, event),
        laws_of(session, event),
        installation(session),
    )
