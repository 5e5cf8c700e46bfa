"""Tables of items, drafts, review, citations, panel, import and export."""
