"""The laporan pelaksanaan kegiatan: the office's outline, filled with what the event's pages say.

Its figures come in as one value, so that those of an edition can be printed like those of now.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from quiz.exports.documents.activity_report.assembling import activity_report
from quiz.exports.documents.activity_report.occasion import figures_of, occasion_of
from quiz.exports.documents.paper import Paper
from quiz.models import Event
from quiz.queries.people.settings import outline


def activity_paper(session: Session, event: Event, now: datetime) -> Paper:
    """The report on an event as things stand at ``now``."""
    figures = figures_of(session, event, now)
    return activity_report(outline(session), occasion_of(session, event), figures, now)
