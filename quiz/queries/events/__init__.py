"""Selects on events, roster, cards, quizzes, sittings, forms."""
