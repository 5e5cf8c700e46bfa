"""Question sheets over HTTP: what one is to say, as the address asks, and the file with its line in
the log."""

from collections.abc import Sequence

from flask import request
from flask.typing import ResponseReturnValue

from quiz.exports.documents.kinds import PAPER_KINDS
from quiz.exports.documents.paper import Paper
from quiz.exports.documents.question_sheet import Beside
from quiz.models.people.audit import Action, Detail, SubjectType
from quiz.web.access import log_apart
from quiz.web.downloads import saved_as

ENDINGS = f"<any({', '.join(PAPER_KINDS)}):ending>"
"""For routes: the kinds of file there are."""

BESIDE = (("kunci", "Kunci"), ("pembahasan", "Pembahasan"), ("dasar", "Dasar hukum dan bunyinya"))
"""What a sheet may say beside the items: in the address, and on the page."""


def beside_asked() -> Beside:
    """What this request wants beside the items."""
    return Beside(*(name in request.args for name, _ in BESIDE))


def sheet_file(
    paper: Paper,
    ending: str,
    names: Sequence[str],
    subject: tuple[SubjectType, str],
    codes: Sequence[str] = (),
) -> ResponseReturnValue:
    """The file, called after ``names``; who had it stands in the log, with the ``codes`` of items
    that no ``subject`` tells. Ends what was read."""
    kind = PAPER_KINDS[ending]
    beside = beside_asked()
    told = ["kunci"] if beside.anything else []
    reply = saved_as(
        f"{'-'.join(['naskah', *names, *told])}.{ending}", kind.write(paper), kind.media_type
    )
    words = "dengan kunci" if beside.anything else "tanpa kunci"
    said: Detail = {"format": ending, "kind": words}
    if codes:
        said["items"] = [*codes]
    log_apart(Action.QUESTION_SHEET_MADE, subject, **said)
    return reply
