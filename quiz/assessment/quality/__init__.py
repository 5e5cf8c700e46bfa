"""Whether a bank of items is sound: linter, similarity, coverage."""
