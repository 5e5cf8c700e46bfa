"""Views read the clock; in their tests it stands, so that it says ``make.now`` exactly."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine


@pytest.fixture(autouse=True)
def standing_clock() -> Iterator[None]:
    with time_machine.travel(datetime.now(UTC), tick=False):
        yield
