"""A demonstration: an invented event of believable people, the same for the same seed."""

from quiz.demo.filling import Cast, fill
from quiz.demo.seeds import card_key
from quiz.demo.staging import Stage

__all__ = ["Cast", "Stage", "card_key", "fill"]
