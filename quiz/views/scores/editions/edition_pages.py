"""An edition as it was published: read by everybody who may, never changed.

Kesbangpol reads every edition; speakers and checkers the newest that holds, without units.
"""

from dataclasses import replace
from typing import Any, NamedTuple

from flask import Blueprint, abort, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quiz.assessment.analysis.editions.figures import EditionFigures, SittingFigures
from quiz.assessment.analysis.sitting_report import MisreadSentence, SittingReport
from quiz.assessment.analysis.suppression import SPEAKER_MINIMUM
from quiz.database import db
from quiz.exports.documents.kinds import PAPER_KINDS, PaperKind
from quiz.exports.documents.paper import Paper
from quiz.exports.documents.unit_report import report_paper
from quiz.exports.files import FILE_KINDS, FileKind
from quiz.exports.files.table_out import Head, TableOut
from quiz.exports.misread_sentences import HOW, sentence_table
from quiz.exports.unit_figures import unit_table
from quiz.formats import datetime_id
from quiz.models import Edition, Event
from quiz.permissions import Permission
from quiz.queries.people.settings import is_demo
from quiz.queries.scores.caveats import INVENTED, PURPOSE
from quiz.queries.scores.editions import published
from quiz.views.scores._report import report_context
from quiz.web.access import can, refuse, requires
from quiz.web.downloads import saved_as
from quiz.web.loaders.events import event_or_404
from quiz.web.loaders.scores import edition_or_404, figures_or_404

bp = Blueprint("edition_pages", __name__)

TABLES = {"unit": "Hasil per unit", "kalimat": "Kalimat yang masih keliru"}
STEMS, ENDINGS = ", ".join(TABLES), ", ".join([*PAPER_KINDS, *FILE_KINDS])


class Open(NamedTuple):
    """An edition that whoever asks may read; ``head`` is what stands before everything in it."""

    event: Event
    edition: Edition
    figures: EditionFigures
    head: tuple[str, ...] = ()


@bp.get("/laporan/<code>/edisi/<int:number>")
@requires(Permission.SEE_EDITIONS)
def edition(code: str, number: int) -> ResponseReturnValue:
    opened = _opened(code, number)
    sittings = opened.figures.sittings
    return render_template(
        "scores/edition_pages/edition.html",
        reports=[_report(each, opened._replace(head=())) for each in sittings],
        head_words=opened.head,
        files={each.sitting.uid: _files(opened, each) for each in sittings},
        purpose=PURPOSE,
        **_place(opened),
    )


@bp.get("/laporan/<code>/edisi/<int:number>/unit")
@requires(Permission.SEE_EDITIONS)
def units(code: str, number: int) -> ResponseReturnValue:
    opened = _opened(code, number)
    figures = figures_or_404(opened.figures)
    return render_template(
        "scores/edition_pages/units.html",
        sitting=figures.sitting,
        files=_files(opened, figures, "unit"),
        **report_context(_report(figures, opened)),
        **_place(opened),
    )


@bp.get("/laporan/<code>/edisi/<int:number>/kalimat")
@requires(Permission.SEE_EDITIONS)
def sentences(code: str, number: int) -> ResponseReturnValue:
    opened = _opened(code, number)
    figures = figures_or_404(opened.figures)
    return render_template(
        "scores/edition_pages/sentences.html",
        sitting=figures.sitting,
        files=_files(opened, figures, "kalimat"),
        rows=_sentences(figures),
        waiting=figures.waiting,
        caveats=_report(figures, opened).caveats,
        how=HOW,
        purpose=PURPOSE,
        now=figures.as_of,
        **_place(opened),
    )


@bp.get(f"/laporan/<code>/edisi/<int:number>/<any({STEMS}):stem>.<any({ENDINGS}):ending>")
@requires(Permission.SEE_EDITIONS)
def file(code: str, number: int, stem: str, ending: str) -> ResponseReturnValue:
    opened = _opened(code, number)
    figures = figures_or_404(opened.figures)
    kind = _kinds(stem).get(ending) or refuse()
    blob = (
        kind.write(_paper(figures, opened))
        if isinstance(kind, PaperKind)
        else kind.write(_table(stem, figures, opened))
    )
    name = f"edisi-{number}-{stem}-{opened.event.code}-{figures.sitting.phase}.{ending}"
    return saved_as(name, blob, kind.media_type)


def _kinds(stem: str) -> dict[str, FileKind | PaperKind]:
    """The kinds of file whoever asks may have: papers are for those who see units."""
    papers = PAPER_KINDS if stem == "unit" and can(Permission.SEE_REPORTS) else {}
    return {**papers, **FILE_KINDS}


def _paper(figures: SittingFigures, opened: Open) -> Paper:
    """The document to be signed, which says of what edition it is."""
    report = _report(figures, opened)
    paper = report_paper(db.session, opened.event, report, figures.misread)
    number = opened.edition.number
    return replace(
        paper,
        subtitles=[*paper.subtitles, f"Edisi {number}"],
        foot=f"{paper.foot}, edisi {number}",
    )


def _table(stem: str, figures: SittingFigures, opened: Open) -> TableOut:
    """The file's table, which says in its title and in every row of what edition it is."""
    report = _report(figures, opened)
    if stem == "unit":
        table = unit_table(report)
    else:
        said = report.caveats.sentences
        table = sentence_table(figures.sitting, _sentences(figures), said, figures.as_of)
    which = f"{opened.edition.number}{'' if opened.edition.valid else ', DITARIK'}"
    invented = (INVENTED,) if is_demo(db.session) else ()
    facts = {"edition": opened.edition.number, "withdrawn": not opened.edition.valid}
    return replace(
        table,
        title=f"Edisi {which}: {table.title}",
        heads=[Head("edition", "Edisi"), *table.heads],
        rows=[[which, *row] for row in table.rows],
        notes=(*opened.head, *table.notes, *invented),
        json=None if table.json is None else facts | dict(table.json),
    )


def _opened(code: str, number: int) -> Open:
    """The edition, or where to go instead."""
    event = event_or_404(code, erased_too=True)
    edition = edition_or_404(event, number)
    figures = published.figures_of(edition)
    if can(Permission.SEE_REPORTS):
        return Open(event, edition, figures, _withdrawn_words(edition))
    newest = published.newest_valid(db.session, event)
    if not edition.valid:
        page = render_template(
            "scores/edition_pages/withdrawn.html",
            event=event,
            edition=edition,
            newest=newest,
            words=published.withdrawal_words(edition),
        )
        abort(make_response(page, 410))
    if newest is not None and newest.number != number:
        abort(redirect(url_for("edition_pages.edition", code=code, number=newest.number)))
    return Open(event, edition, figures)


def _withdrawn_words(edition: Edition) -> tuple[str, ...]:
    """What stands at the head of a withdrawn edition; nothing of another."""
    if edition.withdrawn_at is None:
        return ()
    return (
        f"Edisi {edition.number} ditarik pada {datetime_id(edition.withdrawn_at)}: "
        f"{edition.withdraw_reason} Jangan mengutip angkanya.",
    )


def _report(figures: SittingFigures, opened: Open) -> SittingReport:
    report = figures.report(*opened.head)
    return report if can(Permission.SEE_REPORTS) else report.of_everybody


def _sentences(figures: SittingFigures) -> list[MisreadSentence]:
    """The sentences that whoever asks may see."""
    least = 0 if can(Permission.SEE_REPORTS) else SPEAKER_MINIMUM
    return [each for each in figures.misread if each.facility.n >= least]


def _place(opened: Open) -> dict[str, Any]:
    """What every page of an edition is given."""
    return {
        "event": opened.event,
        "edition": opened.edition,
        "sittings": [each.sitting for each in opened.figures.sittings],
    }


class Button(NamedTuple):
    """A file of an edition."""

    label: str
    kind: str
    url: str


def _files(opened: Open, figures: SittingFigures, only: str | None = None) -> list[Button]:
    return [
        Button(
            label,
            kind.label,
            url_for(
                "edition_pages.file",
                code=opened.event.code,
                number=opened.edition.number,
                stem=stem,
                ending=ending,
                sesi=figures.sitting.uid,
            ),
        )
        for stem, label in TABLES.items()
        if only in {None, stem}
        for ending, kind in _kinds(stem).items()
    ]
