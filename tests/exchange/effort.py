"""How much work something is; a slow or busy machine says the same as a quick one."""

import time
from collections.abc import Callable

ROUNDS = 1_000_000


def effort(act: Callable[[], object]) -> float:
    """Processor time of doing something, in seconds of a machine that counts to a million in 25 ms.

    The counting is done before and after on the machine at hand, so whatever slows the one slows
    the other.
    """
    before = _counted()
    took = _processor(act)
    return took / ((before + _counted()) / 2) * 0.025


def _counted() -> float:
    return _processor(lambda: sum(1 for _ in range(ROUNDS)))


def _processor(act: Callable[[], object]) -> float:
    started = time.process_time()
    act()
    return time.process_time() - started
