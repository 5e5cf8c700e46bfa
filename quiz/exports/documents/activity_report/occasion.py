"""What an activity report is made of: the event as it was written down, and its figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from quiz.assessment.analysis.sitting_report import MisreadSentence, SittingReport
from quiz.assessment.attendance import Attendance
from quiz.models import ActivityReport, Edition, Event, EventMinutes
from quiz.models.events.events import Phase
from quiz.queries.events.attendance import activity_report_of, attendance_of, minutes_of
from quiz.queries.events.events import roster_facts
from quiz.queries.people.settings import Installation, installation
from quiz.queries.scores.editions.published import figures_of as frozen_figures
from quiz.queries.scores.editions.published import newest_valid
from quiz.queries.scores.items.misread import misread
from quiz.queries.scores.reports import sitting_reports
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

    ``hard`` are the sentences still misread in the main one. ``by_day`` is who was there on each
    day, {} where that was not kept. ``edition`` is the number they are frozen under, if they are.
    """

    as_of: datetime
    attendance: Attendance
    by_day: Mapping[date, int]
    units: int
    reports: Sequence[SittingReport]
    hard: Sequence[MisreadSentence]
    edition: int | None = None

    @property
    def main(self) -> SittingReport | None:
        """The one the report is about."""
        return main_report(self.reports)

    @property
    def state(self) -> str:
        """Of which moment they are, in words."""
        return f"edisi {self.edition}, keadaan" if self.edition else "keadaan"

    def report(self, phase: Phase) -> SittingReport | None:
        """The one of a pre-test or a post-test that texts speak of: of several the one that the
        change is told of, else the last."""
        main = self.main
        if main is not None and main.sitting.phase == phase:
            return main
        found = [each for each in self.reports if each.sitting.phase == phase]
        if main is not None and main.change is not None:
            before = main.change.before.uid
            found = [each for each in found if each.sitting.uid == before] or found
        return found[-1] if found else None


def main_report(reports: Sequence[SittingReport]) -> SittingReport | None:
    """The post-test that a change is told of, else the last post-test, else the last of all."""
    changed = [each for each in reports if each.change is not None]
    tests = [each for each in reports if each.sitting.phase == Phase.POST]
    return next((found[-1] for found in (changed, tests, list(reports)) if found), None)


def figures_of(session: Session, event: Event, now: datetime) -> Figures:
    """Those of the event's newest edition, so that a report made again tells the same; before the
    first edition those its pages show at ``now``."""
    edition = newest_valid(session, event)
    return _live(session, event, now) if edition is None else _frozen(edition)


def _live(session: Session, event: Event, now: datetime) -> Figures:
    sittings = counted_sittings(session, event)
    reports = sitting_reports(session, sittings, now) if sittings else []
    main = main_report(reports)
    asked = next((each for each in sittings if main and each.uid == main.sitting.uid), None)
    hard = [each.plain for each in misread(session, asked, now)] if asked else []
    there = attendance_of(session, event)
    units = roster_facts(session, event).units
    return Figures(now, there.whole, there.by_day, units, reports, hard)


def _frozen(edition: Edition) -> Figures:
    figures = frozen_figures(edition)
    reports = [each.report() for each in figures.sittings]
    main = main_report(reports)
    told = figures.of(main.sitting.uid) if main else None
    if main is None or told is None:
        raise ValueError(f"edition {edition.number} tells of no sitting")
    return Figures(
        as_of=edition.as_of,
        attendance=main.units.total.attendance,
        by_day={},
        units=sum(len(row.units) for row in main.units.rows),
        reports=reports,
        hard=told.misread,
        edition=edition.number,
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
