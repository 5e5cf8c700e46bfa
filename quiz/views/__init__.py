"""HTTP: one blueprint per kind of work."""

from flask import Blueprint

from quiz.views import (
    attempts,
    audit,
    auth,
    cards,
    enrolments,
    events,
    items,
    material,
    pages,
    participants,
    passwords,
    people,
    quizzes,
    reports,
    roster,
    roster_upload,
    sitting_plans,
    sittings,
    unit_kinds,
    units,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    auth.bp,
    passwords.bp,
    pages.bp,
    attempts.bp,
    audit.bp,
    cards.bp,
    enrolments.bp,
    events.bp,
    items.bp,
    material.bp,
    participants.bp,
    people.bp,
    quizzes.bp,
    reports.bp,
    roster.bp,
    roster_upload.bp,
    sitting_plans.bp,
    sittings.bp,
    unit_kinds.bp,
    units.bp,
)
