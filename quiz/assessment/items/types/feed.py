"""Feed: a simulated chat group or post, and which actions on it are allowed.

`Item.extra` holds what is simulated: `kind` ("grup" or "unggahan"), `title`, `members` (people in
the group, 2 or more; groups only) and `messages`, each with `from`, `time` ("19.42"), `text`, and
perhaps `poster`, the words on a picture, which is only ever described.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from quiz.assessment.items.fields import Field, Group, Part, Problem, Rows, extra_problems
from quiz.assessment.items.item import Category, Item, Option
from quiz.assessment.items.types.choice import (
    CATEGORY,
    FEEDBACK,
    KEY_OR_NOT,
    OPTIONS,
    TEXT,
    option_rows,
)
from quiz.assessment.items.types.multiple_choice import MultipleChoice

GROUP, POST = "grup", "unggahan"

MEMBERS = Field(
    "members",
    "members",
    "Anggota grup",
    blank=2,
    short=True,
    whole=True,
    optional=True,
    only_with=("kind", GROUP),
)
SIMULATION = Group(
    ("extra",),
    "extra",
    (
        Field(
            "kind",
            "kind",
            "Jenis simulasi",
            blank=GROUP,
            choices=((GROUP, "Grup percakapan"), (POST, "Unggahan terbuka")),
        ),
        Field("title", "title", "Judul simulasi"),
        MEMBERS,
    ),
)
MESSAGES = Rows(
    ("extra", "messages"),
    "pesan",
    "Pesan",
    (
        Field("from", "pengirim", "Pengirim", hint="Nama rekaan."),
        Field(
            "time",
            "jam",
            "Jam",
            short=True,
            pattern=r"([01][0-9]|2[0-3])\.[0-5][0-9]",
            like="19.42",
            hint="Seperti 19.42.",
        ),
        Field("text", "isi", "Isi", lines=2),
        Field("poster", "gambar", "Tulisan pada gambar", hint="Bila ada.", optional=True),
    ),
    fewest=1,
    most=5,
)


class Feed(MultipleChoice):
    """Several actions may be right; each says what the law calls it."""

    name = "feed"
    label = "Simulasi percakapan atau unggahan"
    options = option_rows(4, 8, TEXT, KEY_OR_NOT, CATEGORY, FEEDBACK)
    parts: tuple[Part, ...] = (SIMULATION, MESSAGES, options)

    def problems(self, item: Item) -> list[Problem]:
        """As multiple choice; wants the simulation whole and a legal category at every option.

        A key is an allowed action and nothing else is.
        """
        found = super().problems(item) + list(extra_problems(self.parts, item.extra))
        found += _member_problems(item.extra)
        for place, option in enumerate(item.options):
            called = self.options.called((place, CATEGORY.key))
            if option.category is None:
                sentence = f"{called} belum dipilih."
            elif option.is_key != (option.category is Category.ALLOWED):
                sentence = f"{called} tidak sesuai bobotnya: kunci ialah boleh."
            else:
                continue
            found.append(Problem(sentence, (*OPTIONS, place, CATEGORY.key)))
        return found

    def reason(self, option: Option) -> str:
        """What the law calls the action, then the option's own feedback."""
        called = f"{option.category.label}. " if option.category else ""
        return called + option.feedback

    def scene(self, item: Item) -> list[str]:
        """The group or post, then its messages; the first line says that all of it is invented."""
        shown, title = item.extra, item.extra["title"]
        group = shown["kind"] == GROUP
        where = f"{title}, {shown[MEMBERS.key]} anggota" if group else f"{title}, unggahan terbuka"
        return [
            "SIMULASI: orang dan pesan rekaan.",
            where,
            *(_message(message) for message in shown["messages"]),
        ]


def _message(message: Mapping[str, Any]) -> str:
    poster = message.get("poster")
    picture = f" Gambar berisi tulisan: “{poster}”." if poster else ""
    return f"{message['time']}, {message['from']}: {message['text']}{picture}"


def _member_problems(extra: Mapping[str, Any]) -> Iterator[Problem]:
    members = extra.get(MEMBERS.key)
    if extra.get("kind") == GROUP and not (type(members) is int and members >= 2):
        wrong = "harus bilangan bulat, paling sedikit 2"
    elif extra.get("kind") == POST and members is not None:
        wrong = "tidak diisi untuk unggahan"
    else:
        return
    yield Problem(f"{MEMBERS.label} {wrong}.", (*SIMULATION.place, MEMBERS.key))
