"""When the sittings of an event stand open: two tests on its day, and follow-ups at home."""

from datetime import datetime, timedelta

WINDOW = timedelta(minutes=25)
"""How long each is open: the time limit, and five minutes for whoever is slow to begin."""

LIMIT_MINUTES = 20

STEP = timedelta(minutes=5)
ARRIVAL, CLOSING = timedelta(minutes=25), timedelta(minutes=35)
"""What is kept for arriving and for the last words, in an event of half a day; less in less."""

SHORTEST_BETWEEN = timedelta(minutes=10)

Window = tuple[datetime, datetime]


def before_and_after(
    starts_at: datetime, ends_at: datetime, now: datetime
) -> tuple[Window, Window] | None:
    """When pre-test and post-test open and close in what is left of an event.

    A half day from 08.00 to 11.15 gives 08.25 to 08.50 and 10.15 to 10.40. None where too little
    time is left for both with something between them.
    """
    begin = max(starts_at, now + (starts_at - now) % STEP)
    left = ends_at - begin
    arrival = min(ARRIVAL, left // 7 // STEP * STEP)
    closing = min(CLOSING, left // 5 // STEP * STEP)
    pre, post = begin + arrival, ends_at - closing - WINDOW
    if post - (pre + WINDOW) < SHORTEST_BETWEEN:
        return None
    return (pre, pre + WINDOW), (post, post + WINDOW)


FOLLOW_UPS = (timedelta(days=7), timedelta(days=40))
"""How long after an event its follow-ups are, where nobody says another day."""

AT_HOME = timedelta(hours=36)
"""How long a follow-up is open: on the day, and until the evening of the next."""
