"""Pages of prepared forms: two of them crossed, one item swapped by hand, and on paper."""

from quiz.views.events.forms import crossing, question_sheets, swapping

BLUEPRINTS = (crossing.bp, question_sheets.bp, swapping.bp)
