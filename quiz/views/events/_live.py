"""Parts of pages that many browsers ask for again and again: made once for all of them.

A part is made at most once a second, and rarely enough to take a tenth of one processor at most.

Such a part is the same for whoever may see it, and holds no form of its own: buttons in it belong
to a form beside it, which has the token. It goes out with a word of its content; a browser that has
this word already is answered without a body.
"""

import hashlib
import threading
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from time import perf_counter
from typing import NamedTuple

from flask import Flask, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

SHARED_FOR = timedelta(seconds=1)
REST = 9
"""Times as long as making it took, until a part is made again."""


class Fragment(NamedTuple):
    """A part of a page as it was at ``made_at``, its word, and how long it is shared."""

    html: Markup
    word: str
    made_at: datetime
    shared_for: timedelta

    def serves(self, now: datetime) -> bool:
        """Whether it is still shared; a clock that was set back ends it too."""
        return abs(now - self.made_at) < self.shared_for


class Fragments:
    """What this process has made lately."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Fragment] = {}
        self._lock = threading.Lock()

    def get(
        self, key: Hashable, now: datetime, render: Callable[[], str], *, anew: bool
    ) -> Fragment:
        """The fragment of ``key``, made by ``render`` unless there is one; one makes, all wait."""
        with self._lock:
            kept = self._made.get(key)
            if kept is not None and not anew and kept.serves(now):
                return kept
            begun = perf_counter()
            html = render()
            took = timedelta(seconds=perf_counter() - begun)
            word = hashlib.sha256(html.encode()).hexdigest()[:12]
            markup = Markup(html)  # noqa: S704  # a template made it
            self._made = {each: old for each, old in self._made.items() if old.serves(now)}
            self._made[key] = Fragment(markup, word, now, max(SHARED_FOR, REST * took))
            return self._made[key]


def shared(
    key: Hashable, now: datetime, render: Callable[[], str], *, anew: bool = False
) -> Fragment:
    """The fragment of ``key``, made for everybody; ``anew`` for who may just have acted."""
    return _fragments(current_app).get(key, now, render, anew=anew)


def _fragments(app: Flask) -> Fragments:
    found: Fragments = app.extensions.setdefault("quiz.fragments", Fragments())
    return found


def reply(fragment: Fragment) -> ResponseReturnValue:
    """What a script that watches is answered: 204 where it has this very content."""
    if request.args.get("kata") == fragment.word:
        return "", 204, {"Content-Type": "application/json"}
    return jsonify(word=fragment.word, html=fragment.html)
