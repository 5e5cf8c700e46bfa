"""Pages of an event's attendance and its papers."""

from quiz.views.events.attendance import attendance, evaluations, minutes

BLUEPRINTS = (attendance.bp, evaluations.bp, minutes.bp)
