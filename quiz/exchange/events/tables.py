"""Every table of an event file in the order of reading, and what stays out of it."""

from quiz.exchange.events.of_event import HALL, OF_EVENT
from quiz.exchange.events.of_office import OF_OFFICE
from quiz.exchange.events.table import Table

TABLES: tuple[Table, ...] = (*OF_OFFICE, *OF_EVENT)
"""``id`` is of one database and stands in none."""

BY_NAME = {table.name: table for table in TABLES}

LEFT_OUT = {
    "audit_detail": "goes with the audit log, which travels as lines of its own",
    "audit_entry": "travels as lines of its own, chain by chain",
    "ended_session": "sessions are of the machine that opened them",
    "failure": "counts wrong passwords at one door for an hour",
    "foreign_line": "travels as lines of its own, chain by chain",
    "item_draft": "what somebody is still writing is of the bank",
    "item_import": "an upload that waits for a day",
    "join_request": "waits at one door; who was admitted stands on the roster",
    "one_time_link": "opens an account",
    "panel_rating": "is of the bank, not of an event",
    "recovery_code": "opens an account",
    "review_note": "is of the bank, not of an event",
    "roster_draft": "an upload that waits for a day",
    "score": "follows from responses, versions and rulings; reckoned anew",
    "second_step": "opens an account",
    "setting": "is of the installation",
    "unit_link": HALL,
}
"""Every other table, and why it stays."""

NUMBERED = {
    "people_merge": {"before": {"places": "enrolment", "people": "user"}},
    "erasure": {"unit_ids": {"": "unit"}},
}
"""Columns of JSON that hold numbers of rows, and of which table; "" is the whole of it."""
