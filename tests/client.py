"""The test client: as a browser would, and it notices when a page breaks a house rule."""

import secrets
from datetime import UTC, datetime
from typing import Any

from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from quiz.models import Enrolment, User
from quiz.web.identity import enter_as_account, enter_as_participant
from tests.house_rules import faults


class HouseClient(FlaskClient):
    """Opens pages; fails the test for a crash or a broken house rule.

    ``partial=True`` for a piece of a page, ``crash=True`` where a crash is what the test is about.
    """

    def open(
        self, *args: Any, partial: bool = False, crash: bool = False, **kwargs: Any
    ) -> TestResponse:
        reply = super().open(*args, **kwargs)
        where = f"{reply.request.method} {reply.request.path} ({reply.status_code})"
        if reply.status_code >= 500 and not crash:
            raise AssertionError(f"{where} crashed; its traceback stands in the captured log")
        if reply.mimetype == "text/html" and not 300 <= reply.status_code < 400:
            found = faults(reply.text, partial=partial)
            if found:
                listed = "\n".join(f"- {fault}" for fault in found)
                raise AssertionError(f"{where} breaks {len(found)} house rules:\n{listed}")
        return reply

    def csrf_token(self) -> str:
        """A token that this browser's session accepts."""
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", secrets.token_hex(20))
        serializer = URLSafeTimedSerializer(str(self.application.secret_key), salt="wtf-csrf-token")
        return str(serializer.dumps(raw))

    def post_form(
        self, url: str, data: dict[str, Any] | None = None, **kwargs: Any
    ) -> TestResponse:
        """POST a form as a page of ours would send it; lists become repeated fields."""
        return self.post(url, data={"csrf_token": self.csrf_token(), **(data or {})}, **kwargs)

    def send_json(self, url: str, payload: Any, method: str = "PUT", **kwargs: Any) -> TestResponse:
        """PUT (or POST) JSON as our script sends it."""
        headers = {"X-CSRFToken": self.csrf_token(), **kwargs.pop("headers", {})}
        return self.open(url, method=method, json=payload, headers=headers, **kwargs)

    def log_in(self, person: User | Enrolment) -> "HouseClient":
        """Give this browser the session that entering as ``person`` gives."""
        with self.application.test_request_context() as context:
            if isinstance(person, Enrolment):
                enter_as_participant(person)
            else:
                enter_as_account(person, datetime.now(UTC))
            serializer = SecureCookieSessionInterface().get_signing_serializer(self.application)
            assert serializer is not None
            self.set_cookie("session", str(serializer.dumps(dict(context.session))))
        return self
