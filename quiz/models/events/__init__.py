"""Tables of events, roster, cards, quizzes, sittings, forms."""
