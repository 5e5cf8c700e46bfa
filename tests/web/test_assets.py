"""Static files: fingerprinted, small, kept for a year; the parts of a page are one file."""

import gzip
import re
from itertools import combinations

import brotli
import pytest

from quiz.config.settings import carried
from quiz.web.assets import BUNDLES, STATIC, asset


@pytest.fixture
def address(app):
    def of(name):
        with app.test_request_context():
            return asset(name)

    return of


def test_file_asked_for_by_its_fingerprint_is_kept_for_a_year(client, address):
    reply = client.get(address("css/app.css"))

    assert reply.headers["Cache-Control"] == "public, max-age=31536000"
    assert reply.headers["Content-Type"] == "text/css; charset=utf-8"


@pytest.mark.parametrize("query", ["", "?v=", "?v=0000000000"])
def test_file_asked_for_by_any_other_address_is_kept_for_minutes(client, query):
    reply = client.get(f"/static/css/app.css{query}")

    assert reply.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize(
    ("accepts", "encoding", "undo"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("", None, bytes),
    ],
)
def test_file_comes_in_the_best_encoding_a_browser_takes(client, accepts, encoding, undo):
    reply = client.get("/static/icons.svg", headers={"Accept-Encoding": accepts})

    assert reply.headers.get("Content-Encoding") == encoding
    assert undo(reply.data) == (STATIC / "icons.svg").read_bytes()


@pytest.mark.parametrize("name", ["js/none.js", "css", "../codes.py", "js/../../codes.py"])
def test_what_is_no_static_file_is_not_found(client, name):
    assert client.get(f"/static/{name}").status_code == 404


def test_bundle_holds_its_scripts_in_order(client):
    page = client.get("/static/js/attempt.js").text

    places = [
        page.index(f"function {name}(") for name in ("createClock", "openJournal", "createView")
    ]
    assert places == sorted(places)
    assert page.count('"use strict"') == 1


def test_bundle_holds_its_styles_in_order(client):
    page = client.get("/static/css/app.css").text

    places = [page.index(part) for part in (":root", "main{", ".field{", ".option{", ".dock{")]
    assert places == sorted(places)


@pytest.mark.parametrize("kind", ["css", "js"])
def test_every_style_and_script_is_in_a_bundle_or_loaded_by_a_page(kind):
    there = {path.relative_to(STATIC).as_posix() for path in (STATIC / kind).rglob(f"*.{kind}")}
    pages = "".join(path.read_text() for path in carried("templates").rglob("*.html"))

    alone = {name for name in there if f"asset('{name}')" in pages}
    bundled = {part for parts in BUNDLES.values() for part in parts if part.endswith(kind)}
    assert there == alone | bundled


@pytest.mark.parametrize("name", [*BUNDLES, "css/print.css", "js/taking/start.js"])
def test_what_only_its_writers_read_is_left_out(client, name):
    sent = client.get(f"/static/{name}").text

    assert "/*" not in sent
    assert [line for line in sent.splitlines() if line.startswith((" ", "//"))] == []


def test_sums_of_lengths_keep_the_spaces_that_make_them_sums(client):
    assert "calc(50% - 18rem + 16px)" in client.get("/static/css/app.css").text


def test_a_class_of_the_staffs_pages_is_drawn_in_one_file():
    """Two parts that choose one name would dress each other's pages; base and general parts may."""
    parts = sorted((STATIC / "css/staff").glob("*.css"))
    drawn = {
        path.name: set(re.findall(r"^(\.[\w-]+)(?=[,\s{])", path.read_text(), re.MULTILINE))
        for path in parts
        if path.name not in {"page.css", "parts.css"}
    }

    shared = {
        (name, one, other)
        for one, other in combinations(drawn, 2)
        for name in drawn[one] & drawn[other]
    }

    assert len(drawn) > 4
    assert shared == set()
