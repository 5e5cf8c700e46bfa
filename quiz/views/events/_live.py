"""Parts of pages that many browsers ask for again and again: made once a second for all of them.

Such a part is the same for whoever may see it, and holds no form of its own: buttons in it belong
to a form beside it, which has the token. It goes out with a word of its content; a browser that has
this word already is answered without a body.
"""

import hashlib
import threading
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import NamedTuple

from flask import Flask, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

SHARED_FOR = timedelta(seconds=1)


class Fragment(NamedTuple):
    """A part of a page as it was at ``made_at``, and its word."""

    html: Markup
    word: str
    made_at: datetime


class Fragments:
    """What this process has made within the last second."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Fragment] = {}
        self._lock = threading.Lock()

    def get(
        self, key: Hashable, now: datetime, render: Callable[[], str], *, anew: bool
    ) -> Fragment:
        """The fragment of ``key``, made by ``render`` unless there is one; one makes, all wait."""
        with self._lock:
            kept = self._made.get(key)
            if kept is not None and not anew and abs(now - kept.made_at) < SHARED_FOR:
                return kept
            html = render()
            self._made = {
                each: old for each, old in self._made.items() if abs(now - old.made_at) < SHARED_FOR
            }
            word = hashlib.sha256(html.encode()).hexdigest()[:12]
            self._made[key] = Fragment(Markup(html), word, now)  # noqa: S704  # a template made it
            return self._made[key]


def shared(
    key: Hashable, now: datetime, render: Callable[[], str], *, anew: bool = False
) -> Fragment:
    """The fragment of ``key``, shared for a second; ``anew`` for who has just acted."""
    return _fragments(current_app).get(key, now, render, anew=anew)


def _fragments(app: Flask) -> Fragments:
    found: Fragments = app.extensions.setdefault("quiz.fragments", Fragments())
    return found


def reply(fragment: Fragment) -> ResponseReturnValue:
    """What a script that watches is answered: 204 where it has this very content."""
    if request.args.get("kata") == fragment.word:
        return "", 204, {"Content-Type": "application/json"}
    return jsonify(word=fragment.word, html=fragment.html)
