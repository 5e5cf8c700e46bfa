"""Files of a report: for every export in the register a route of its own, and its buttons."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from flask import Blueprint, abort, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.exports import EXPORTS, Export, Exported
from quiz.exports.documents.kinds import PAPER_KINDS
from quiz.exports.documents.register import DOCUMENTS, About, Document
from quiz.models import Sitting
from quiz.models.people.audit import SubjectType
from quiz.models.refusals import Refused
from quiz.web.access import can, me, requires
from quiz.web.downloads import saved_as
from quiz.web.loaders.events import event_or_404
from quiz.web.loaders.scores import (
    counted_sitting_or_404,
    linked_unit_or_gone,
    own_unit_at_or_404,
    participant_or_404,
)
from quiz.web.loaders.taking import own_place_or_404
from quiz.web.machine.described import machine

bp = Blueprint("downloads", __name__)


def view_of(export: Export) -> Callable[..., ResponseReturnValue]:
    """The view that sends files of this export, guarded as the register says."""
    source = _SOURCES[export.about]

    @requires(export.permission, writes=export.logged is not None)
    def file(ending: str, **address: str) -> ResponseReturnValue:
        now = datetime.now(UTC)
        subject = source.load(now, **address)
        named = source.named(subject)
        if export.logged:
            on = source.logged_as(subject)
            record(db.session, now, me().user_id, export.logged, on, format=ending)
            db.session.commit()
        blob = export.write(ending, db.session, subject, now)
        name = f"{'-'.join([export.stem, *named])}.{ending}"
        return saved_as(name, blob, export.kinds[ending].media_type)

    return file


class _Source(NamedTuple):
    """Where files about something are to be had, what the export is given, what the log calls it,
    and what tells its files apart."""

    address: str
    load: Callable[..., Any]
    logged_as: Callable[[Any], tuple[SubjectType, str]]
    named: Callable[[Any], list[str]]


_SOURCES: dict[Exported, _Source] = {
    "sitting": _Source(
        "/laporan/<code>",
        lambda now, code: counted_sitting_or_404(event_or_404(code), now)[1],
        lambda sitting: ("sitting", sitting.uid),
        lambda sitting: [sitting.event.code, sitting.phase.value],
    ),
    "events": _Source(
        "/laporan", lambda _: None, lambda _: ("installation", "/laporan"), lambda _: []
    ),
}

for _name, _export in EXPORTS.items():
    _endings = ", ".join(_export.kinds)
    bp.add_url_rule(
        f"{_SOURCES[_export.about].address}/{_export.stem}.<any({_endings}):ending>",
        _name,
        view_of(_export),
    )


def document_view(document: Document) -> Callable[..., ResponseReturnValue]:
    """The view that sends files of this document, guarded as the register says."""
    about = _ABOUT[document.about]

    @requires(document.permission, writes=bool(document.logged or document.handed))
    def file(ending: str, **address: str) -> ResponseReturnValue:
        now = datetime.now(UTC)
        with db.looking():
            subject = about.load(**address)
            on, code = about.logged_as(subject), about.code_of(subject)
            try:
                blob = document.write(ending, db.session, subject, now)
            except Refused as refusal:
                abort(409, description=str(refusal))
        if document.handed:
            document.handed(db.session, about.load(**address), now)
        if document.logged:
            record(db.session, now, me().user_id, document.logged, on, format=ending)
        if document.handed or document.logged:
            db.session.commit()
        name = f"{'-'.join(filter(None, [document.stem, code]))}.{ending}"
        return saved_as(name, blob, PAPER_KINDS[ending].media_type)

    return file


class _About(NamedTuple):
    """Where papers about something are to be had, what they are given, what the log calls it."""

    address: str
    load: Callable[..., Any]
    logged_as: Callable[[Any], tuple[SubjectType, str]]
    code_of: Callable[[Any], str]


_ABOUT: dict[About, _About] = {
    "event": _About(
        "/laporan/<code>",
        event_or_404,
        lambda event: ("event", event.uid),
        lambda event: event.code,
    ),
    "place": _About(
        "/laporan/<code>/peserta/<uid>",
        lambda code, uid: participant_or_404(event_or_404(code), uid),
        lambda place: ("enrolment", place.uid),
        lambda place: place.event.code,
    ),
    "own_place": _About(
        "/data-saya/<uid>",
        own_place_or_404,
        lambda place: ("enrolment", place.uid),
        lambda place: place.event.code,
    ),
    "own_unit": _About(
        "/unit-saya/<code>",
        own_unit_at_or_404,
        lambda at: ("unit", at.uid),
        lambda at: at.event.code,
    ),
    "linked_unit": _About(
        "/u/<token>", linked_unit_or_gone, lambda at: ("unit", at.uid), lambda at: at.event.code
    ),
    "installation": _About("/data-pribadi", machine, lambda _: ("installation", ""), lambda _: ""),
}

for _name, _document in DOCUMENTS.items():
    _endings = ", ".join(PAPER_KINDS)
    bp.add_url_rule(
        f"{_ABOUT[_document.about].address}/{_document.stem}.<any({_endings}):ending>",
        _name,
        document_view(_document),
    )


class Button(NamedTuple):
    """A file of an export: the export's words, the file kind's, and where it is to be had."""

    label: str
    kind: str
    url: str


@bp.app_template_global()
def downloads(sitting: Sitting | None, stem: str | None = None) -> list[Button]:
    """The files of this sitting, or of all events, that whoever asks may have; ``stem`` narrows
    them to one page."""
    about = "sitting" if sitting else "events"
    address: dict[str, Any] = {"code": sitting.event.code, "sesi": sitting.uid} if sitting else {}
    return [
        Button(export.label, kind.label, url_for(f"downloads.{name}", ending=ending, **address))
        for name, export in EXPORTS.items()
        if stem in {None, export.stem} and export.about == about and can(export.permission)
        for ending, kind in export.kinds.items()
    ]


@bp.app_template_global()
def papers(about: About, name: str | None = None, **address: Any) -> list[Button]:
    """The documents about something that whoever asks may have; ``name`` narrows them to one."""
    return [
        Button(document.label, kind.label, url_for(f"downloads.{each}", ending=ending, **address))
        for each, document in DOCUMENTS.items()
        if name in {None, each} and document.about == about and can(document.permission)
        for ending, kind in PAPER_KINDS.items()
    ]
