"""What the types with options share: what an author writes of each, checks, reading."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from quiz.assessment.items.fields import Field, Place, Problem, Rows
from quiz.assessment.items.item import BadResponse, Category, Chosen, Item, Option, normal_text

OPTIONS: Place = ("options",)

TEXT = Field("text", "teks", "Opsi {}", lines=2)
FEEDBACK = Field("feedback", "umpan", "Umpan balik bila {} dipilih", lines=2)
FEEDBACK_IF_ANY = replace(FEEDBACK, optional=True)
"""Where the explanation can say it all: the option is right or it is not."""

WEIGHT = Field(
    "weight",
    "bobot",
    "Bobot",
    blank="0",
    short=True,
    choices=(
        ("1", "1, kunci"),
        *((share, share) for share in ("3/4", "2/3", "1/2", "1/3", "1/4")),
        ("0", "0, pengecoh"),
    ),
)
KEY_OR_NOT = replace(WEIGHT, choices=(WEIGHT.choices[0], WEIGHT.choices[-1]))
CATEGORY = Field(
    "category",
    "kategori",
    "Kategori hukum",
    choices=(("", "Pilih"), *((category.value, category.label) for category in Category)),
    optional=True,
)


def option_rows(fewest: int, most: int, *fields: Field) -> Rows:
    """The options of a type, `fewest` to `most` of them; a new item has four."""
    return Rows(OPTIONS, "opsi", "Opsi", fields, fewest, most, begins=({},) * 4, lettered=True)


def content_problems(item: Item) -> list[Problem]:
    """What is missing in any item, whatever its type."""
    found = []
    if not normal_text(item.stem):
        found.append(Problem("Pokok soal masih kosong.", ("stem",)))
    if not normal_text(item.explanation):
        found.append(Problem("Pembahasan masih kosong.", ("explanation",)))
    if not item.audience:
        found.append(Problem("Belum ada status peserta yang dituju.", ("audience",)))
    return found


def option_problems(item: Item, rows: Rows) -> list[Problem]:
    """What is wrong with the number of options, and with each of them."""
    found = rows.count_problem(len(item.options))
    for place, option in enumerate(item.options):
        found += _single_option_problems(rows, place, option)
    return found + list(_repeated_texts(item))


def _single_option_problems(rows: Rows, place: int, option: Option) -> Iterator[Problem]:
    written = {TEXT.key: option.text, FEEDBACK.key: option.feedback}
    for field in (field for field in rows.fields if field.key in written):
        text = normal_text(written[field.key]) or None
        wrong = field.problem(text, rows.called((place, field.key)))
        if wrong:
            yield Problem(wrong, (*OPTIONS, place, field.key))
    if not 0 <= option.weight <= 1:
        called = rows.called((place, WEIGHT.key))
        sentence = f"{called} harus antara 0 dan 1, sekarang {option.weight}."
        yield Problem(sentence, (*OPTIONS, place, WEIGHT.key))


def _repeated_texts(item: Item) -> Iterator[Problem]:
    texts = [" ".join(option.text.split()).casefold() for option in item.options]
    for text, times in Counter(texts).items():
        if text and times > 1:
            again = texts.index(text, texts.index(text) + 1)
            place = (*OPTIONS, again, TEXT.key)
            yield Problem(f"Opsi “{text}” ditulis lebih dari sekali.", place)


def read_options(item: Item, values: list[str], most: int) -> Chosen:
    """The option ids in `values`, sorted; empty strings (a cleared control) are left out.

    Raises BadResponse for an id not offered, one sent twice, or more than `most`.
    """
    sent = [value for value in values if value]
    offered = {option.id for option in item.options}
    if not offered.issuperset(sent):
        raise BadResponse("Opsi yang dikirim tidak ada pada soal ini. Muat ulang halaman.")
    if len(set(sent)) < len(sent):
        raise BadResponse("Satu opsi terkirim lebih dari sekali. Muat ulang halaman.")
    if len(sent) > most:
        raise BadResponse(f"Pilih paling banyak {most} opsi untuk soal ini.")
    return tuple(sorted(sent))
