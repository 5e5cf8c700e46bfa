"""HTTP: one blueprint per kind of work."""

from flask import Blueprint

from quiz.views import attempts, auth, pages, passwords

BLUEPRINTS: tuple[Blueprint, ...] = (
    auth.bp,
    passwords.bp,
    pages.bp,
    attempts.bp,
)
