"""Pages of items, drafts, completing, review, signing, citations, panel, import and export."""

from quiz.views.bank import (
    completing,
    drafts,
    editor,
    export,
    imports,
    items,
    panel,
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
    review.bp,
    signing.bp,
)
