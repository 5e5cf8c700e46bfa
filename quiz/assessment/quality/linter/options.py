"""Rules about the options of one item: alike in form, apart in meaning, no hint at the key."""

import re
from collections.abc import Callable, Iterable, Iterator

from quiz.assessment.items.item import Item, Option, option_letter
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.items.types.choice import OPTIONS
from quiz.assessment.quality.linter.balance import HALADYNA
from quiz.assessment.quality.linter.rule import Note, Register, item_rule
from quiz.assessment.quality.linter.texts import option_name, option_texts, words

MOST_TIMES_LONGER = 2
LETTERS_APART = 20

_SWEEPING = re.compile(
    r"\b(semua|seluruh) (jawaban|opsi|pilihan|yang|di|hal)\b.{0,20}\b(benar|salah|tepat|atas)\b"
    r"|\bsemua (benar|salah|tepat)\b"
    r"|\btidak (ada|satu ?pun)\b.{0,25}\b(benar|tepat|salah)\b"
    r"|\b[a-f] dan [a-f] (benar|salah|tepat)\b"
    r"|\bbukan salah satu\b",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(
    r"\b(selalu|pasti|mutlak|tanpa kecuali|tidak pernah|sama sekali|hanya|semata-mata)\b",
    re.IGNORECASE,
)
_COMMON_WORDS = """
adalah akan antara apakah atas atau bagaimana bagi bahwa bawah belum berikut boleh calon dalam dapat
dengan harus ialah karena kepada ketika langkah lebih lewat mana melakukan memakai menjadi menurut
menjelang orang paling paslon pegawai pemilihan perbuatan pernyataan pilih pilkada sebagai sebelum
seorang semua sesudah sikap siapa sudah suatu tanpa tepat terhadap tersebut tidak tindakan untuk
waktu walaupun yang
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_SHORTEST_CLUE = 5


@item_rule(
    "semua-benar",
    "error",
    reason="Opsi seperti “semua benar” menguji logika menebak, bukan isi.",
    source=f"{HALADYNA}, kaidah 25 dan 26",
)
def no_sweeping_option(item: Item, register: Register) -> Iterator[Note]:
    """No option says that all, none or some of the others are right.

    Who knows two right options knows that "all of the above" is the key.
    """
    for part in option_texts(item):
        if _SWEEPING.search(part.text):
            yield part.note(f"“{part.text}” menilai opsi lain. Ganti dengan opsi yang berisi.")


@item_rule(
    "opsi-saling-lepas",
    "error",
    reason="Bila satu opsi termuat dalam opsi lain, keduanya dapat benar sekaligus.",
    source=f"{HALADYNA}, kaidah 22",
)
def options_exclude_each_other(item: Item, register: Register) -> Iterator[Note]:
    """No option's words stand, in the same order, inside another option."""
    spoken = [(part, " ".join(words(part.text))) for part in option_texts(item)]
    for part, inner in spoken:
        for other, outer in spoken:
            if part.place != other.place and inner and f" {inner} " in f" {outer} ":
                yield part.note(f"Termuat dalam {other.where}. Buat keduanya saling meniadakan.")


@item_rule(
    "opsi-sebentuk",
    "error",
    reason="Opsi yang bentuknya lain sendiri menarik mata dan memberi petunjuk.",
    source=f"{HALADYNA}, kaidah 23 dan 28c",
)
def options_have_one_form(item: Item, register: Register) -> Iterator[Note]:
    """Options agree in four things: capital at the start, final stop, quotation, being a number."""
    for what, has in _FORMS:
        with_it = [option_letter(n) for n, o in enumerate(item.options) if has(o.text)]
        if 0 < len(with_it) < len(item.options):
            named = ", ".join(with_it)
            yield Note("opsi", f"Hanya opsi {named} {what}. Samakan semua opsi.", OPTIONS)


_FORMS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("diawali huruf besar", lambda text: text.lstrip("“\"'0123456789 ")[:1].isupper()),
    ("diakhiri titik", lambda text: text.rstrip("”\"'").endswith((".", "!", "?"))),
    ("diapit tanda kutip", lambda text: text.startswith(("“", '"'))),
    ("diawali angka", lambda text: text[:1].isdigit()),
)


@item_rule(
    "opsi-sepanjang",
    "warning",
    reason="Opsi yang jauh lebih panjang atau pendek dari yang lain memberi petunjuk.",
    source=f"{HALADYNA}, kaidah 24",
)
def options_are_about_as_long(item: Item, register: Register) -> Iterator[Note]:
    """The longest option is at most twice as long as the shortest, or within 20 letters of it."""
    lengths = [len(option.text) for option in item.options]
    if not lengths:
        return
    least, most = min(lengths), max(lengths)
    if most > MOST_TIMES_LONGER * least and most - least > LETTERS_APART:
        longest, shortest = (option_name(lengths.index(length)) for length in (most, least))
        yield Note(
            "opsi",
            f"Panjang {longest} {most} huruf, {shortest} hanya {least}. Ratakan panjangnya.",
            OPTIONS,
        )


@item_rule(
    "petunjuk-pokok-soal",
    "warning",
    reason="Kata pokok soal yang hanya berulang pada kunci membocorkan kunci.",
    source=f"{HALADYNA}, kaidah 28b",
)
def no_word_of_the_stem_in_the_key_alone(item: Item, register: Register) -> Iterator[Note]:
    """No content word of the stem stands in the key and in no other option.

    Content words have at least five letters and are not among the commonest. With several keys,
    only a word that stands in all of them points at them.
    """
    keys = [option for option in item.options if option.is_key]
    others = [option for option in item.options if not option.is_key]
    if not keys or not others or not ITEM_TYPES[item.type].shuffles:
        return
    told = set.intersection(*(_content_words(key.text) for key in keys))
    elsewhere = set().union(*(_content_words(option.text) for option in others))
    for word in sorted(told & _content_words(item.stem) - elsewhere):
        yield Note(
            "opsi kunci",
            f"Kata “{word}” dari pokok soal hanya muncul pada kunci. Pakai juga pada pengecoh, "
            "atau ganti kata pada kunci.",
            OPTIONS,
        )


@item_rule(
    "kata-mutlak",
    "warning",
    reason="Peserta yang terlatih mencoret opsi berkata mutlak tanpa membaca isinya.",
    source=f"{HALADYNA}, kaidah 28a",
)
def absolute_words_are_not_in_distractors_alone(item: Item, register: Register) -> Iterator[Note]:
    """A word such as "selalu" or "hanya" in a distractor stands in a key of the item too."""
    if any(_ABSOLUTE.search(option.text) for option in _keys(item)):
        return
    for part, option in zip(option_texts(item), item.options, strict=True):
        found = _ABSOLUTE.search(part.text)
        if found and not option.is_key:
            yield part.note(f"Kata “{found[0].lower()}” hanya ada pada pengecoh. Hapus kata itu.")


def _keys(item: Item) -> Iterable[Option]:
    return (option for option in item.options if option.is_key)


def _content_words(text: str) -> set[str]:
    plain = (word.removesuffix("nya") for word in words(text))
    return {word for word in plain if len(word) >= _SHORTEST_CLUE and word not in _COMMON}
