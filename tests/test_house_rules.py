"""Each house rule is broken once, so that none of them can sleep."""

import pytest

from tests.house_rules import faults

PAGE = (
    '<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Unit - Kuis</title></head>'
    "<body><h1>Unit</h1>{body}</body></html>"
)


def page(body: str = "") -> str:
    return PAGE.format(body=body)


def test_a_page_that_keeps_every_rule_has_no_fault() -> None:
    body = (
        '<form method="post" action="/unit"><input type="hidden" name="csrf_token" value="x">'
        '<label for="nama">Nama</label><input id="nama" name="nama" aria-describedby="bantu">'
        '<p id="bantu">Nama resmi.</p><button type="submit">Simpan</button></form>'
        '<label><input type="checkbox" name="a"> Setuju</label>'
        '<a href="#bantu">Bantuan</a><img src="/static/a.png" alt="">'
    )

    assert faults(page(body)) == []


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("<p><div></p>", "invalid HTML"),
        ("<h1>Dua</h1>", "2 h1"),
        ('<p id="a"></p><p id="a"></p>', "2 times"),
        ('<p id="a b"></p>', "holds a space"),
        ('<p aria-describedby="tidak-ada">x</p>', "no element has"),
        ('<a href="#tidak-ada">x</a>', "no element has"),
        ('<input name="a">', "has no label"),
        ('<label for="a"></label><select id="a"></select>', "has no label"),
        ('<form method="post"><button>x</button></form>', "its action and its method"),
        ('<form method="post" action="/"><button>x</button></form>', "without csrf_token"),
        ('<form method="get" action="/"><input type="hidden" name="csrf_token"></form>', "by GET"),
        ("<script>1</script>", "inline <script>"),
        ('<p style="color:red">x</p>', "attribute style"),
        ('<p onclick="x()">x</p>', "attribute onclick"),
        ('<a href="javascript:x()">x</a>', "runs a script"),
        ('<a href="/"></a>', "says nothing"),
        ("<a>x</a>", "leads nowhere"),
        ('<img src="/a.png">', "no alt"),
        ('<script src="https://contoh.example/a.js"></script>', "somebody else"),
        ("<p>None</p>", "'None' shows"),
    ],
)
def test_each_broken_rule_is_named(body: str, word: str) -> None:
    found = faults(page(body))

    assert [fault for fault in found if word in fault], found


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('lang="id"', 'lang="en"', "lang"),
        ("<title>Unit", "<title>Lain", "must begin with"),
        ("<h1>Unit</h1>", "", "0 h1"),
        ("<meta", "<style>p{}</style><meta", "<style>"),
        ("<!doctype html>", "", "invalid HTML"),
    ],
)
def test_each_broken_rule_of_the_head_is_named(old: str, new: str, word: str) -> None:
    found = faults(page().replace(old, new))

    assert [fault for fault in found if word in fault], found


def test_a_piece_of_a_page_needs_no_head() -> None:
    assert faults("<p>Tiga orang menjawab.</p>", partial=True) == []
