"""Which addresses are this machine's."""

import socket

from quiz.config.addresses import number_of


def is_ours(address: str) -> bool:
    """Whether the number in ``address`` is one of this machine's; True for a name, which says
    nothing. Only an own number can be bound, so no list of networks is needed."""
    number = number_of(address)
    if number is None:
        return True
    family = socket.AF_INET6 if ":" in number else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((number, 0))
    except OSError:
        return False
    return True
