"""One whole journey through nginx with TLS, as an office would serve the quiz."""

import http
import http.client
import json
import re
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from tests.factories import PASSWORD
from tests.servers import OwnPort, accepts, wait_until

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed: apt install nginx-light"),
]

SITE = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    client_max_body_size 9m;
    location / {{
      proxy_pass http://127.0.0.1:{behind};
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto $scheme;
    }}
  }}
}}
"""
PHONE = "127.0.0.2"
"""Where the browsers of this test come from; the proxy comes from 127.0.0.1."""


class Browser:
    """Speaks TLS, keeps cookies, and claims to come from elsewhere."""

    def __init__(self, port: int, certificate: Path) -> None:
        self.port, self.cookies = port, dict[str, str]()
        self.context = ssl.create_default_context(cafile=certificate)

    def ask(
        self, method: str, path: str, body: str = "", **headers: str
    ) -> http.client.HTTPResponse:
        line = http.client.HTTPSConnection(
            "127.0.0.1", self.port, context=self.context, source_address=(PHONE, 0)
        )
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        claimed = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http"}
        referer = {"Referer": f"https://127.0.0.1:{self.port}/"}
        line.request(method, path, body, {**claimed, **referer, "Cookie": cookies, **headers})
        reply = line.getresponse()
        reply.text = reply.read().decode("utf-8", "replace")  # type: ignore[attr-defined]
        line.close()
        for each in reply.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(each).items():
                assert morsel["secure"] and morsel["httponly"] and not morsel["domain"], each
                assert name.startswith("__Host-" if morsel["path"] == "/" else "__Secure-"), each
                self.cookies[name] = morsel.value
        if reply.status != http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE:  # the proxy's own answer
            assert reply.headers["Strict-Transport-Security"].startswith("max-age=")
        assert not reply.headers.get("Location", "").startswith("http:")
        return reply

    def page(self, path: str) -> str:
        reply = self.ask("GET", path)
        if 300 <= reply.status < 400:
            return self.page(onward(reply))
        assert reply.status == 200, (path, reply.status)
        self.token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', reply.text)[:1]  # type: ignore[attr-defined]
        return reply.text  # type: ignore[attr-defined, no-any-return]

    def send(self, path: str, **fields: str) -> http.client.HTTPResponse:
        body = urlencode({"csrf_token": self.token[0], **fields})
        return self.ask("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"})

    def send_json(self, method: str, path: str, sent: object) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.token[0]}
        reply = self.ask(method, path, json.dumps(sent), **headers)
        assert reply.status == 200, reply.text  # type: ignore[attr-defined]
        return dict(json.loads(reply.text))  # type: ignore[attr-defined]


def onward(reply: http.client.HTTPResponse) -> str:
    parts = urlsplit(reply.headers["Location"])
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@pytest.fixture
def served(settings, make, tmp_path) -> Iterator[tuple[int, Path]]:
    """The program behind nginx: the port outside, and what the program wrote."""
    make.session.commit()
    keys = ["-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"]
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    certify = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    subprocess.run([*certify, *names, *keys], check=True, capture_output=True)
    environment = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": ":".join(sys.path),
        "QUIZ_INSTANCE": str(settings.instance),
        "QUIZ_DATABASE_URL": settings.database_url,
        "QUIZ_PROXY_HOPS": "1",
    }
    with OwnPort() as outside, OwnPort() as behind, (tmp_path / "log").open("w") as log:
        site = tmp_path / "nginx.conf"
        site.write_text(SITE.format(folder=tmp_path, port=outside.number, behind=behind.number))
        program = [sys.executable, "-m", "quiz", "serve", "--port", str(behind.number)]
        running = [
            subprocess.Popen(program, env=environment, stdout=log, stderr=log),
            subprocess.Popen([NGINX, "-p", tmp_path, "-c", site], stdout=log, stderr=log),
        ]
        try:
            wait_until(lambda: all(accepts(each.number) for each in (outside, behind)))
            yield outside.number, tmp_path
        finally:
            for each in running:
                each.terminate()
                each.wait()


def test_a_whole_journey_behind_nginx_with_tls(served, make, citra):
    port, folder = served
    sitting = make.sitting()
    enrolment = make.enrolment(sitting.event)

    phone = Browser(port, folder / "cert.pem")
    phone.page(f"/k/{make.token(enrolment)}")
    phone.page("/")
    attempt = onward(phone.send(f"/sesi/{sitting.uid}/mulai"))
    fields = dict(re.findall(r'name="jawaban-(\d+)" value="(\w+)"', phone.page(attempt)))
    for position, option in fields.items():
        given = {"chosen": [option], "confidence": 2, "revision": 1_000_001, "at": None}
        phone.send_json("PUT", f"{attempt}/jawaban/{position}", given)
    assert phone.send_json("POST", f"{attempt}/selesai", {"responses": []})["receipt"]

    desk = Browser(port, folder / "cert.pem")
    desk.page("/masuk/petugas")
    entered = desk.send("/masuk/petugas", username="citra", password=PASSWORD)
    assert entered.status == 303
    desk.page(f"/laporan/{sitting.event.code}")
    file = desk.ask("GET", f"/laporan/{sitting.event.code}/unit.csv")
    assert (file.status, file.headers.get_content_type()) == (200, "text/csv")
    desk.page(f"/kegiatan/{sitting.event.code}/peserta/unggah")
    large = desk.ask("POST", f"/kegiatan/{sitting.event.code}/peserta/unggah", "x" * 10_000_000)
    assert large.status == 413
    written = (folder / "log").read_text(encoding="utf-8")
    assert f"{PHONE} u:{citra.uid} GET /laporan/" in written
    assert "203.0.113.9" not in written
    assert make.token(enrolment) not in written and PASSWORD not in written
