"""An event's page for the projector: its address is made and withdrawn by the officer."""

from quiz.codes import screen_index, screen_token
from quiz.models.events.events import Event


def make_screen(event: Event, key: bytes) -> None:
    """Give the event an address for its projector; one made before opens nothing any more."""
    event.screen_issue += 1
    event.screen_index = screen_index(key, screen_token(key, event.uid, event.screen_issue))


def withdraw_screen(event: Event) -> None:
    """Let the address open nothing any more."""
    event.screen_index = None


def token_of_screen(event: Event, key: bytes) -> str | None:
    """The token in the address as it is now; None while there is none."""
    if event.screen_index is None:
        return None
    return screen_token(key, event.uid, event.screen_issue)
