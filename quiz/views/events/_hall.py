"""The address phones in the hall use."""

from flask import request

from quiz.config.addresses import only_here
from quiz.models import Event
from quiz.web.keys import hall_address


def hall_url(path: str = "") -> str:
    """The address of ``path`` as phones reach it; as this request came where none is known."""
    return (hall_address() or request.host_url.rstrip("/")) + path


def hall_reachable() -> bool:
    """False when cards would lead to this very machine, which no phone can open."""
    return not only_here(hall_url())


def cards_lead_elsewhere(event: Event) -> bool:
    """True when the cards in people's hands were printed for another address than this one."""
    return event.cards_base is not None and event.cards_base != hall_url()


def without_scheme(url: str) -> str:
    """An address as people type it: 192.168.8.2:8000/g/LJN-482."""
    return url.split("://", 1)[-1]
