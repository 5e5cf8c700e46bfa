"""Feed: a simulated chat group or post, and which actions on it are allowed.

`Item.extra` holds what is simulated: `kind` ("grup" or "unggahan"), `title`, `members` (people in
the group, 2 or more; groups only) and `messages`, each with `from`, `time` ("19.42"), `text`, and
perhaps `poster`, the words on a picture, which is only ever described.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from quiz.assessment.items.item import Category, Item, Option, normal_text
from quiz.assessment.items.types.multiple_choice import MultipleChoice

GROUP, POST = "grup", "unggahan"
MOST_MESSAGES = 5

_TIME = re.compile(r"([01][0-9]|2[0-3])\.[0-5][0-9]")
_FIELDS = {"kind", "title", "members", "messages"}
_MESSAGE_FIELDS = {"from", "time", "text", "poster"}


class Feed(MultipleChoice):
    """Several actions may be right; each says what the law calls it."""

    name = "feed"
    label = "Simulasi percakapan atau unggahan"
    most_options = 8

    def blank_extra(self) -> dict[str, Any]:
        """A group of two with one message still to be written."""
        message = {"from": "", "time": "", "text": ""}
        return {"kind": GROUP, "title": "", "members": 2, "messages": [message]}

    def problems(self, item: Item) -> list[str]:
        """As multiple choice; wants the simulation whole and a legal category at every option.

        A key is an allowed action and nothing else is.
        """
        found = super().problems(item) + list(_simulation_problems(item.extra))
        for number, option in enumerate(item.options, start=1):
            if option.category is None:
                found.append(f"Opsi ke-{number} belum mempunyai kategori hukum.")
            elif option.is_key != (option.category is Category.ALLOWED):
                found.append(f"Kategori opsi ke-{number} tidak sesuai bobotnya: kunci ialah boleh.")
        return found

    def reason(self, option: Option) -> str:
        """What the law calls the action, then the option's own feedback."""
        called = f"{option.category.label}. " if option.category else ""
        return called + option.feedback


def _simulation_problems(extra: Mapping[str, Any]) -> Iterator[str]:
    yield from _unknown(extra, _FIELDS)
    if extra.get("kind") not in {GROUP, POST}:
        yield f"Jenis simulasi (`kind`) harus {GROUP} atau {POST}."
    if not _is_text(extra.get("title")):
        yield "Judul simulasi (`title`) masih kosong."
    members = extra.get("members")
    if extra.get("kind") == GROUP and not (type(members) is int and members >= 2):
        yield "Jumlah anggota grup (`members`) harus bilangan bulat, paling sedikit 2."
    if extra.get("kind") == POST and members is not None:
        yield "Unggahan tidak mempunyai anggota; hapus `members`."
    messages = extra.get("messages")
    if not isinstance(messages, list) or not 1 <= len(messages) <= MOST_MESSAGES:
        yield f"Simulasi harus memuat 1 sampai {MOST_MESSAGES} pesan (`messages`)."
        return
    for number, message in enumerate(messages, start=1):
        for problem in _message_problems(message):
            yield f"Pesan ke-{number}: {problem}"


def _message_problems(message: Any) -> Iterator[str]:
    if not isinstance(message, Mapping):
        yield "harus berupa kolom-kolom (`from`, `time`, `text`)."
        return
    yield from _unknown(message, _MESSAGE_FIELDS)
    if not _is_text(message.get("from")):
        yield "pengirim (`from`) masih kosong."
    time = message.get("time")
    if not isinstance(time, str) or not _TIME.fullmatch(time):
        yield 'waktu (`time`) harus seperti "19.42", dengan tanda kutip.'
    if not _is_text(message.get("text")):
        yield "isi (`text`) masih kosong."
    if "poster" in message and not _is_text(message["poster"]):
        yield "kata pada gambar (`poster`) masih kosong; hapus bila tidak ada gambar."


def _unknown(fields: Mapping[str, Any], known: set[str]) -> Iterator[str]:
    for name in sorted(fields.keys() - known):
        yield f"kolom `{name}` tidak dikenal."


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(normal_text(value))
