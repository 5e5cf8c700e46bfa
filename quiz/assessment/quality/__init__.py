"""Whether a bank of items is sound: linter, guessers, similarity, coverage."""
