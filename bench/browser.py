"""A protocol client without a browser: keeps its connection, cookies and CSRF token."""

import http.client
import json
import re
from urllib.parse import urlencode

CSRF = re.compile(r'name="csrf(?:-|_)token"[^>]*?(?:content|value)="([^"]+)"')


class Browser:
    """One person's connection to a server on this machine."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookie = ""
        self.token = ""

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, str, str]:
        """Status, text and Location of one exchange; remembers cookie and token."""
        sent = {"Cookie": self.cookie, "Host": "127.0.0.1", **headers}
        self.connection.request(method, path, body, sent)
        reply = self.connection.getresponse()
        text = reply.read().decode()
        if cookie := reply.getheader("Set-Cookie"):
            self.cookie = cookie.partition(";")[0]
        if found := CSRF.search(text):
            self.token = found[1]
        return reply.status, text, reply.getheader("Location") or ""

    def send_form(self, path: str, **fields: str) -> tuple[int, str, str]:
        """POST a form with the token of the last page."""
        body = urlencode({"csrf_token": self.token, **fields}).encode()
        return self.ask("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"})

    def send_json(self, method: str, path: str, payload: object) -> tuple[int, str]:
        """PUT or POST JSON as our script does."""
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.token}
        status, text, _ = self.ask(method, path, json.dumps(payload).encode(), **headers)
        return status, text
