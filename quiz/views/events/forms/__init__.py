"""Pages of prepared forms: two of them crossed, and one item swapped by hand."""

from quiz.views.events.forms import crossing, swapping

BLUEPRINTS = (crossing.bp, swapping.bp)
