"""Pages of an event's attendance and its papers."""

from quiz.views.events.attendance import activity_report, attendance, evaluations, minutes

BLUEPRINTS = (activity_report.bp, attendance.bp, evaluations.bp, minutes.bp)
