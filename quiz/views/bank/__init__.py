"""Pages of items, drafts, review, citations, panel, import and export."""

from quiz.views.bank import drafts, editor, export, imports, items, panel, review

BLUEPRINTS = (
    drafts.bp,
    editor.bp,
    export.bp,
    imports.bp,
    items.bp,
    panel.bp,
    review.bp,
)
