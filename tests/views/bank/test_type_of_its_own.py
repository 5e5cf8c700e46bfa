"""A new item type is a module, a line in ITEM_TYPES and a template; nothing else knows its shape.

Two types the house does not have are added here as somebody would add them: one that puts options
in order, so it gives them no weight, and one that matches pairs, so it has no options at all.
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from quiz.actions.bank.editing import begin_new
from quiz.assessment.items.changes import item_changes
from quiz.assessment.items.drafting import blank_content
from quiz.assessment.items.fields import Field, Part, Problem, Rows, extra_problems
from quiz.assessment.items.item import Chosen, Item, Option
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.items.types.choice import (
    FEEDBACK,
    TEXT,
    content_problems,
    option_problems,
    option_rows,
    read_options,
)
from quiz.assessment.question_file import read_folder, write_folder
from quiz.models import BankItem, ItemDraft, User
from tests.assessment.question_folder import FILES, faults, write
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import root, stored, texts, with_class, words
from tests.views.bank.editor_form import fields_of

ClientFor = Callable[..., HouseClient]


class Ordering:
    """Options stand in the right order; whoever puts all of them so earns the point."""

    name = "ordering"
    label = "Mengurutkan"
    scale = "knowledge"
    multiple = False
    shuffles = True
    options = option_rows(3, 6, TEXT, FEEDBACK)
    parts: tuple[Part, ...] = (options,)

    def problems(self, item: Item) -> list[Problem]:
        return content_problems(item) + option_problems(item, self.options)

    def read(self, item: Item, values: list[str]) -> Chosen:
        read_options(item, values, most=len(item.options))
        return tuple(values)

    def score(self, item: Item, chosen: Chosen) -> Fraction:
        return Fraction(chosen == tuple(option.id for option in item.options))

    def provisional(self, item: Item) -> str | None:
        return None

    def reason(self, option: Option) -> str:
        return option.feedback

    def scene(self, item: Item) -> list[str]:
        return []


class Matching(Ordering):
    """Each statement belongs to one partner; some partners belong to none."""

    name = "matching"
    label = "Menjodohkan"
    parts = (
        Rows(
            ("extra", "pairs"),
            "pasangan",
            "Pasangan",
            (Field("left", "kiri", "Pernyataan"), Field("right", "kanan", "Jodoh")),
            fewest=2,
            most=6,
            begins=({}, {}),
        ),
        Rows(
            ("extra", "others"),
            "pengecoh",
            "Pengecoh",
            (Field("text", "teks", "Pengecoh {}"),),
            fewest=0,
            most=3,
            begins=(),
            lettered=True,
        ),
    )

    def problems(self, item: Item) -> list[Problem]:
        return content_problems(item) + list(extra_problems(self.parts, item.extra))


TEMPLATES = {
    "item_types/ordering.html": """
{%- import "item_types/_choice.html" as choice -%}
{%- import "item_types/_edit.html" as editing -%}
{%- set answer, review = choice.answer, choice.review -%}
{%- macro edit(form) -%}{{ editing.options(form, "Tulis berurutan.") }}{%- endmacro -%}
""",
    "item_types/matching.html": """
{%- import "item_types/_choice.html" as choice -%}
{%- import "item_types/_edit.html" as editing -%}
{%- set answer, review = choice.answer, choice.review -%}
{%- macro edit(form) -%}
{{ editing.rows(form, "pasangan", "Pasangan", "Tiap pernyataan dengan jodohnya.") }}
{{ editing.rows(form, "pengecoh", "Pengecoh", "Jodoh yang tidak dipakai.") }}
{%- endmacro -%}
""",
}
OF_ORDERING = {f"opsi-{n}-{part}": f"{part} {n}" for n in range(1, 5) for part in ("teks", "umpan")}
OF_MATCHING = {f"pasangan-{n}-{part}": f"{part} {n}" for n in (1, 2) for part in ("kiri", "kanan")}
EVERY_ITEM = {
    "stem": "Mana yang lebih dahulu?",
    "explanation": "Begini aturannya. Begini alasannya.",
    "level": "memahami",
    "audience": "pns",
    "claims": "F-DEF-04/rumusan-lama",
}


@pytest.fixture(autouse=True)
def more_types(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in (Ordering(), Matching()):
        monkeypatch.setitem(ITEM_TYPES, kind.name, kind)
    loader = ChoiceLoader([DictLoader(TEMPLATES), app.jinja_env.loader])
    monkeypatch.setattr(app.jinja_env, "loader", loader)


@pytest.fixture
def blank(make: Make, dewi: User) -> Callable[[str], ItemDraft]:
    """``blank(type)``: Dewi's draft of a new item of that type."""
    make.topic("makna", name="Makna netralitas")
    make.claim()

    def begun(name: str) -> ItemDraft:
        content = blank_content(name, "makna", "MAK-001", date(2024, 11, 22))
        draft = begin_new(make.session, content, dewi, make.now)
        make.session.commit()
        return draft

    return begun


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("ordering", ("Opsi A masih kosong.", "#opsi-1-teks")),
        ("matching", ("Pernyataan pasangan 1 masih kosong.", "#pasangan-1-kiri")),
    ],
)
def test_its_problems_lead_to_its_controls(
    client_for: ClientFor, dewi: User, blank: Callable, name: str, first: tuple[str, str]
) -> None:
    page = client_for(dewi).get(f"/soal/draf/{blank(name).uid}")

    [box] = with_class(page, "missing")
    links = {words(link): link.get("href") for link in box.iter("a")}
    assert first in links.items()
    ids = {f"#{node.get('id')}" for node in root(page).iter() if node.get("id")}
    assert set(links.values()) <= ids


@pytest.mark.parametrize(("name", "own"), [("ordering", OF_ORDERING), ("matching", OF_MATCHING)])
def test_it_is_written_sent_and_stored(
    make: Make,
    client_for: ClientFor,
    dewi: User,
    blank: Callable,
    name: str,
    own: dict[str, str],
) -> None:
    browser = client_for(dewi)
    draft = blank(name)
    fields = fields_of(browser, draft)
    for field, value in (EVERY_ITEM | own).items():
        fields[field] = value

    reply = browser.post(f"/soal/draf/{draft.uid}/kirim", data=fields)

    assert reply.location == "/soal/MAK-001?versi=1"
    [bank_item] = stored(make, BankItem)
    item = bank_item.draft.item
    assert item.type == name
    if name == "ordering":
        assert (item.options[0].text, item.options[0].feedback) == ("teks 1", "umpan 1")
    else:
        assert item.options == ()
        assert item.extra == {
            "pairs": [{"left": f"kiri {n}", "right": f"kanan {n}"} for n in (1, 2)],
            "others": [],
        }


def test_its_rows_have_buttons_of_their_own(
    make: Make, client_for: ClientFor, dewi: User, blank: Callable
) -> None:
    browser = client_for(dewi)
    draft = blank("matching")
    fields = fields_of(browser, draft)
    fields["pasangan-2-kiri"] = "Kedua"
    fields["tindakan"] = "pasangan.naik.2"

    reply = browser.post(f"/soal/draf/{draft.uid}", data=fields)
    again = fields_of(browser, draft)
    again["tindakan"] = "pengecoh.tambah"
    browser.post(f"/soal/draf/{draft.uid}", data=again)

    assert reply.location == f"/soal/draf/{draft.uid}#pasangan"
    extra = make.fresh(draft).content["extra"]
    assert [pair["left"] for pair in extra["pairs"]] == ["Kedua", ""]
    assert extra["others"] == [{"text": ""}]
    page = browser.get(f"/soal/draf/{draft.uid}")
    assert "Pengecoh A" in texts(page, "field")


def test_its_words_are_linted_and_compared_by_its_own_names(
    client_for: ClientFor, dewi: User, blank: Callable
) -> None:
    browser = client_for(dewi)
    draft = blank("matching")
    fields = fields_of(browser, draft)
    fields["pasangan-1-kanan"] = "Warna merah"
    pairs = [[name, value] for name, value in fields.items(multi=True)]

    reply = browser.send_json(
        f"/soal/draf/{draft.uid}/periksa", {"fields": pairs, "revision": 1}, method="POST"
    )

    assert reply.json["fields"] == {
        "pasangan-1-kanan": "Jodoh pasangan 1: “merah” adalah nama warna. "
        "Hapus, atau tulis abu-abu."
    }


def test_a_question_file_holds_it_and_names_its_faults(tmp_path: Path) -> None:
    text = """\
topic: makna
items:
  - code: URT-001
    type: ordering
    level: memahami
    audience: [semua]
    stem: Mana yang lebih dahulu?
    options:
      - {text: Satu, feedback: Pertama.}
      - {text: Dua, feedback: Kedua.}
      - {text: Tiga, feedback: Ketiga.}
    explanation: Begini aturannya.
    passages: []
    claims: []
    references: []
    law_as_of: 2024-11-22
  - code: JDH-001
    type: matching
    level: memahami
    audience: [semua]
    stem: Jodohkan.
    options: []
    extra:
      pairs:
        - {left: Satu, right: Pertama}
        - {left: Dua, right: Kedua}
      others: []
    explanation: Begini aturannya.
    passages: []
    claims: []
    references: []
    law_as_of: 2024-11-22
"""
    first = read_folder(write(tmp_path / "satu", FILES | {"02-lain.yaml": text}))
    second = read_folder(write(tmp_path / "dua", write_folder(first)))
    wrong = text.replace("{left: Dua, right: Kedua}", "{left: Dua}")

    [fault] = faults(write(tmp_path / "tiga", FILES | {"02-lain.yaml": wrong}))

    def own(folder: object) -> list[Item]:
        return [item for item in folder.items if item.type in {"ordering", "matching"}]

    assert len(own(first)) == 2
    assert own(second) == own(first)
    assert (fault.line, fault.message) == (
        26,
        "Soal JDH-001: Jodoh pasangan 2 masih kosong (`right`).",
    )
    [_, matching] = own(first)
    parts = [change.part for change in item_changes(None, matching)]
    assert {"Pasangan 1", "Pasangan 2"} <= set(parts)
