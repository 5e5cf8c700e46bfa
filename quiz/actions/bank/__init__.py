"""What changes items, drafts, review, citations, panel, import and export."""
