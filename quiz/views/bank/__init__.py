"""Pages of items, drafts, review, signing, citations, panel, import and export."""

from quiz.views.bank import drafts, editor, export, imports, items, panel, review, signing

BLUEPRINTS = (
    drafts.bp,
    editor.bp,
    export.bp,
    imports.bp,
    items.bp,
    panel.bp,
    review.bp,
    signing.bp,
)
