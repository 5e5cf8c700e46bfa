"""Selects on items, drafts, review, citations, panel, import and export."""
