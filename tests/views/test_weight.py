"""A participant's journey as sent, headers included: 60 KB in all, 20 KB to the first item.

Counted on the socket of a real server with a cold cache, by a client that fetches what a browser
would: styles, scripts, icons. The attempt's own script comes once its page can be read. On plain
HTTP browsers offer gzip; brotli comes with HTTPS.
"""

import json
import re
import socket
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from quiz.actions.bank.loading import load_questions
from quiz.config.settings import carried
from quiz.models import BankItem
from quiz.models.events.events import FeedbackMode
from tests.torture.hall import crowd
from tests.torture.server import Server

ITEMS = 20
WHOLE = 60 * 1024
TO_FIRST_ITEM = 20 * 1024

LOADED = re.compile(r'<(?:link|script|img|use)\b[^>]*?(?:href|src)="([^"#]+)')
LATER = re.compile(r'<script\b[^>]*?data-script="([^"]+)')
CSRF = re.compile(r'name="csrf[-_]token"[^>]*?(?:content|value)="([^"]+)"')
CHOICE = re.compile(r'name="jawaban-(\d+)"[^>]*?value="(\w+)"')


class Scales:
    """A browser on one connection that counts every byte it receives, by address."""

    def __init__(self, port: int, encodings: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.file = self.socket.makefile("rb")
        self.encodings, self.cookie, self.token = encodings, "", ""
        self.weights: dict[str, int] = {}
        self.jar: dict[str, str] = {}
        self.headers: dict[str, str] = {}

    @property
    def total(self) -> int:
        return sum(self.weights.values())

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str]:
        """Status, and Location or the decoded body."""
        lines = [
            f"{method} {path} HTTP/1.1",
            "Host: 127.0.0.1",
            f"Accept-Encoding: {self.encodings}",
            f"Cookie: {self.cookie}",
            f"X-CSRFToken: {self.token}",
            *([f"Content-Type: {kind}"] if kind else []),
            f"Content-Length: {len(body)}",
        ]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        head = self._head()
        content = self.file.read(int(self.headers.get("content-length", 0)))
        name = f"{method} {re.sub(r'[^/]{20,}', '…', path.partition('?')[0])}"
        self.weights[name] = self.weights.get(name, 0) + len(head) + len(content)
        self.cookie = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        return int(head.split()[1]), self.headers.get("location") or self._text(content)

    def _head(self) -> bytes:
        lines = []
        while (line := self.file.readline()) not in {b"\r\n", b""}:
            lines.append(line)
        pairs = [line.decode().rstrip("\r\n").partition(": ") for line in lines[1:]]
        self.headers = {name.lower(): value for name, _, value in pairs}
        cookies = (v.partition(";")[0] for n, _, v in pairs if n.lower() == "set-cookie")
        self.jar |= {name: value for name, _, value in (c.partition("=") for c in cookies)}
        assert "transfer-encoding" not in self.headers, "count chunks too"
        return b"".join([*lines, b"\r\n"])

    def _text(self, content: bytes) -> str:
        import gzip

        import brotli

        unpack = {"gzip": gzip.decompress, "br": brotli.decompress, "": bytes}
        return unpack[self.headers.get("content-encoding", "")](content).decode()

    def open(self, path: str) -> str:
        """A page with everything it loads that is not in the cache yet."""
        status, page = self.ask("GET", path)
        assert status == 200, f"{path}: {status}"
        if found := CSRF.search(page):
            self.token = found[1]
        for loaded in dict.fromkeys(LOADED.findall(page)):
            if f"GET {loaded.partition('?')[0]}" not in self.weights:
                assert self.ask("GET", loaded)[0] == 200
        return page

    def send(self, method: str, path: str, payload: object) -> str:
        status, text = self.ask(method, path, json.dumps(payload).encode(), "application/json")
        assert status == 200, f"{path}: {status} {text}"
        return text

    def heaviest(self) -> str:
        """The weights in words, for a failing test."""
        rows = sorted(self.weights.items(), key=lambda row: -row[1])
        return "\n".join([f"{self.total} bytes", *(f"{size:6} {name}" for name, size in rows)])

    def close(self) -> None:
        self.file.close()
        self.socket.close()


def from_all_topics(make):
    """Twenty items of the starting stock, spread over its topics."""
    load_questions(make.session, carried("questions"), make.now)
    make.session.commit()
    stock = make.session.scalars(
        select(BankItem).where(BankItem.published_id.is_not(None)).order_by(BankItem.code)
    ).all()
    return stock[:: len(stock) // ITEMS][:ITEMS]


@pytest.fixture
def served(empty_sqlite, tmp_path):
    """``served(items)``: the port of a real server and the cards of two people on its roster."""
    servers = []

    def serve(items):
        hall = crowd(
            tmp_path / "instance",
            empty_sqlite,
            people=2,
            items=items,
            feedback_mode=FeedbackMode.AFTER_SUBMIT,
            time_limit_minutes=20,
            asks_confidence=True,
        )
        servers.append(Server(hall.environ, tmp_path / "log"))
        servers[0].start()
        return servers[0].port, hall.cards

    yield serve
    for server in servers:
        server.close()


def test_whole_journey_weighs_at_most_60_kb_and_20_to_the_first_item(served):
    port, cards = served(from_all_topics)

    for card, encodings in zip(cards, ("gzip, deflate", "gzip, deflate, br"), strict=True):
        to_first_item, scales = journey(port, card, encodings)

        print(f"{encodings}: {to_first_item} to the first item, {scales.heaviest()}")
        assert to_first_item <= TO_FIRST_ITEM, scales.heaviest()
        assert scales.total <= WHOLE, scales.heaviest()


def journey(port, card, encodings):
    """From the card to the feedback: bytes up to the first item, and the scales."""
    scales = Scales(port, encodings)
    assert scales.ask("GET", f"/k/{card}") == (303, "/")
    start = re.search(r'action="(/sesi/[^"]+/mulai)"', scales.open("/"))
    assert start is not None
    form = urlencode({"csrf_token": scales.token}).encode()
    _, address = scales.ask("POST", start[1], form, "application/x-www-form-urlencoded")
    page = scales.open(address)
    to_first_item = scales.total
    assert scales.ask("GET", LATER.findall(page)[0])[0] == 200
    choices = dict(CHOICE.findall(page))
    for number, (position, chosen) in enumerate(choices.items(), start=1):
        payload = {"chosen": [chosen], "confidence": 2, "revision": 1_000_000 + number, "at": None}
        scales.send("PUT", f"{address}/jawaban/{position}", payload)
    receipt = json.loads(scales.send("POST", f"{address}/selesai", {"responses": []}))
    feedback = scales.open(receipt["next"])
    scales.close()
    assert (len(choices), receipt["receipt"] in feedback) == (ITEMS, True)
    return to_first_item, scales


def test_static_files_are_compressed_fingerprinted_and_kept_for_a_year(served):
    port, cards = served(3)
    scales = Scales(port, "gzip, deflate")
    scales.ask("GET", f"/k/{cards[0]}")
    _, page = scales.ask("GET", "/")
    addresses = dict.fromkeys(LOADED.findall(page))

    told = {}
    for address in addresses:
        scales.ask("GET", address)
        told[address] = scales.headers

    scales.close()
    assert len(told) >= 3
    for address, headers in told.items():
        assert re.fullmatch(r"/static/\S+\?v=[0-9a-f]{10}", address)
        kept = headers["cache-control"].replace("public, ", "").replace(", immutable", "")
        assert kept == "max-age=31536000"
        assert headers["content-encoding"] == "gzip"


def test_static_file_without_its_fingerprint_is_not_kept_for_long(client):
    reply = client.get("/static/css/app.css")

    assert reply.cache_control.max_age == 300
    assert reply.text
