"""What is derived from this installation's card key, for whoever handles a request."""

from flask import current_app

from quiz.codes import receipt
from quiz.models import Attempt


def card_key() -> bytes:
    """The key personal codes, cards and receipts are derived from."""
    key: bytes = current_app.extensions["quiz.settings"].card_key
    return key


def receipt_of(attempt: Attempt) -> str:
    """The attempt's receipt: six characters, the same whether already stored or not."""
    return attempt.receipt or receipt(attempt.uid, card_key())
