"""A demonstration: an invented event of believable people, the same for the same seed."""

from quiz.demo.filling import SHOWN_GUESTS, Cast, fill
from quiz.demo.moving import seed_of_moving, step
from quiz.demo.seeds import card_key
from quiz.demo.staging import Stage

__all__ = ["SHOWN_GUESTS", "Cast", "Stage", "card_key", "fill", "seed_of_moving", "step"]
