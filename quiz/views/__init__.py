"""HTTP: one blueprint per kind of work, in the rooms of the people who do it."""

from quiz.views import bank, events, people, scores, sources, taking

BLUEPRINTS = (
    *people.BLUEPRINTS,
    *sources.BLUEPRINTS,
    *bank.BLUEPRINTS,
    *events.BLUEPRINTS,
    *taking.BLUEPRINTS,
    *scores.BLUEPRINTS,
)
