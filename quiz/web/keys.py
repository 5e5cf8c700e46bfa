"""The settings of this installation and what is derived from its card key, within a request."""

from flask import current_app

from quiz.codes import receipt
from quiz.config import Settings
from quiz.models import Attempt


def settings() -> Settings:
    """What the environment decided when the application was made."""
    found: Settings = current_app.extensions["quiz.settings"]
    return found


def card_key() -> bytes:
    """The key personal codes, cards and receipts are derived from."""
    return settings().card_key


def receipt_of(attempt: Attempt) -> str:
    """The attempt's receipt: six characters, the same whether already stored or not."""
    return attempt.receipt or receipt(attempt.uid, card_key())
