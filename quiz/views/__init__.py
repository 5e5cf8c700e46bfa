"""HTTP: one blueprint per kind of work."""

from flask import Blueprint

from quiz.views import (
    attempts,
    audit,
    auth,
    items,
    pages,
    passwords,
    people,
    quizzes,
    reports,
    unit_kinds,
    units,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    auth.bp,
    passwords.bp,
    pages.bp,
    attempts.bp,
    audit.bp,
    items.bp,
    people.bp,
    quizzes.bp,
    reports.bp,
    unit_kinds.bp,
    units.bp,
)
