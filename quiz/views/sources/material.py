"""What people may read before and after a quiz: the material, and the law behind the items."""

from datetime import UTC, datetime
from itertools import groupby

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quiz.database import db
from quiz.formats import wita
from quiz.models.sources.kinds import ROLES
from quiz.permissions import Permission
from quiz.queries.sources.material import articles, materials
from quiz.web.access import requires

bp = Blueprint("material", __name__)

PARTS = ((None, ""), *((role, heading) for role, (_, heading) in ROLES.items()))
"""Role of a passage → heading above the passages of that role; the sosialisasi has no roles."""


@bp.get("/materi")
@requires(Permission.PUBLIC)
def index() -> ResponseReturnValue:
    """The sosialisasi and a lesson per topic; each passage has its code as anchor."""
    return render_template(
        "sources/material/index.html", materials=materials(db.session), parts=PARTS
    )


@bp.get("/materi/dasar-hukum")
@requires(Permission.PUBLIC)
def law() -> ResponseReturnValue:
    """The register of law in our words, law by law; each article has its code as anchor."""
    now = datetime.now(UTC)
    register = articles(db.session)
    laws = [(name, list(found)) for name, found in groupby(register, lambda article: article.law)]
    return render_template(
        "sources/material/law.html",
        laws=laws,
        known={article.code for article in register},
        today=wita(now).date(),
    )
