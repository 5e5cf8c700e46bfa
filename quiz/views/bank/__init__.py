"""Pages of items, drafts, completing, review, signing, citations, panel, import and export."""

from quiz.views.bank import (
    completing,
    drafts,
    editor,
    export,
    imports,
    items,
    panel,
    question_sheets,
    review,
    signing,
)

BLUEPRINTS = (
    completing.bp,
    drafts.bp,
    editor.bp,
    export.bp,
    imports.bp,
    items.bp,
    panel.bp,
    question_sheets.bp,
    review.bp,
    signing.bp,
)
