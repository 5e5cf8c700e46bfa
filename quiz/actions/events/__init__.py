"""What changes events, roster, cards, quizzes, sittings, forms."""
