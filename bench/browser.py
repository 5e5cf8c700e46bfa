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
        self.cookies: dict[str, str] = {}
        self.token = ""

    @property
    def cookie(self) -> str:
        """What the header of that name says."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, str, str]:
        """Status, text and Location of one exchange; remembers cookie and token."""
        sent = {"Cookie": self.cookie, "Host": "127.0.0.1", **headers}
        self.connection.request(method, path, body, sent)
        reply = self.connection.getresponse()
        text = reply.read().decode()
        for cookie in reply.msg.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if found := CSRF.search(text):
            self.token = found[1]
        return reply.status, text, reply.getheader("Location") or ""

    def send_form(self, path: str, **fields: str) -> tuple[int, str, str]:
        """POST a form with the token of the last page."""
        body = urlencode({"csrf_token": self.token, **fields}).encode()
        return self.ask("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"})

    def send_file(self, path: str, name: str, blob: bytes) -> tuple[int, str, str]:
        """POST a form with a file in its field ``file``."""
        edge = "batas-bagian"
        said = 'Content-Disposition: form-data; name="{}"'
        parts = [
            f"--{edge}\r\n{said.format('csrf_token')}\r\n\r\n{self.token}\r\n".encode(),
            f'--{edge}\r\n{said.format("file")}; filename="{name}"\r\n\r\n'.encode(),
            blob,
            f"\r\n--{edge}--\r\n".encode(),
        ]
        kind = f"multipart/form-data; boundary={edge}"
        return self.ask("POST", path, b"".join(parts), **{"Content-Type": kind})

    def send_json(self, method: str, path: str, payload: object) -> tuple[int, str]:
        """PUT or POST JSON as our script does."""
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.token}
        status, text, _ = self.ask(method, path, json.dumps(payload).encode(), **headers)
        return status, text
