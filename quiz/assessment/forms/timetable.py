"""When the sittings of an event stand open: two tests on its day, and follow-ups at home."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

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


OPENS_AT_HOME, AT_HOME = time(8), timedelta(hours=36)
"""When a follow-up opens on its day, and how long it is open: until the evening of the next."""

FOLLOW_UPS = (timedelta(days=7), timedelta(days=40))
"""How long after an event its follow-ups are, where nobody says another day."""


def follow_up_on(day: date, zone: tzinfo) -> Window:
    """When a follow-up of this day opens and closes, in UTC; ``zone`` is where people live."""
    opens_at = datetime.combine(day, OPENS_AT_HOME, tzinfo=zone).astimezone(UTC)
    return opens_at, opens_at + AT_HOME


def usual_follow_up(ends_at: datetime, number: int, zone: tzinfo) -> Window:
    """The window of an event's ``number``-th follow-up (from 0), where nobody says another day."""
    after = FOLLOW_UPS[min(number, len(FOLLOW_UPS) - 1)]
    return follow_up_on((ends_at + after).astimezone(zone).date(), zone)
