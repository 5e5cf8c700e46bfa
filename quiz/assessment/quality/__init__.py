"""Whether a bank of items is sound: linter, similarity, likeness, suggestions, coverage."""
