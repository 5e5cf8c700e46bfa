"""Rules about what a key rests on: claims that are sure enough, and law that binds whom it should.

Statuses and laws follow the table of the fact file: PP 94/2021, PP 42/2004 and PP 49/2018 bind
civil servants, UU 6/2014 binds village heads, their staff and the village council. Of any other law
its own names tell whom it binds (``circles``).
"""

import re
from collections.abc import Iterator
from datetime import date

from quiz.assessment.items.fields import Place, lower_first
from quiz.assessment.items.item import ASN, EVERYBODY, Item, Status
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.quality.linter.circles import Circle, bound_by, circles_of
from quiz.assessment.quality.linter.dates import MONTHS
from quiz.assessment.quality.linter.rule import GUIDE, Note, Register, item_rule
from quiz.assessment.quality.linter.texts import stem

CLAIMS: Place = ("claims",)
REFERENCES: Place = ("references",)
AUDIENCE: Place = ("audience",)

FACTS = "Aturan pakai fakta 2: tinggi, atau sedang bila soal menyebut sumbernya"

_CIVIL_SERVICE_LAW = ("PP 94/2021", "PP 42/2004", "PP 49/2018")
_VILLAGE_LAW = ("UU 6/2014",)
_VILLAGE = frozenset({Status.KEPALA_DESA, Status.PERANGKAT_DESA, Status.BPD})
_NAMES_SOURCE = re.compile(r"\bmenurut\b", re.IGNORECASE)
_PUNISHED = re.compile(
    r"\bdipidana\b|\b(?:di|meng)?ancam(?:an)? pidana\b|\bpenjara\b|\bdenda\b", re.IGNORECASE
)
_DATED = re.compile(r"\byang berlaku\b.{0,20}\b20[0-9]{2}", re.IGNORECASE)


@item_rule(
    "dasar-fakta",
    "error",
    reason="Kunci tanpa fakta yang diperiksa tidak dapat dipertahankan bila disanggah.",
    source=GUIDE,
)
def keys_rest_on_claims(item: Item, register: Register) -> Iterator[Note]:
    """An item of the knowledge scale cites at least one claim."""
    if ITEM_TYPES[item.type].scale == "knowledge" and not item.claims:
        yield Note(
            "dasar", "Belum mengutip satu fakta pun: pilih fakta yang menopang kunci.", CLAIMS
        )


@item_rule(
    "keyakinan-fakta",
    "error",
    reason="Fakta yang belum pasti tidak boleh menjadi kunci tanpa menyebut siapa yang berkata.",
    source=FACTS,
)
def claims_are_sure_enough(item: Item, register: Register) -> Iterator[Note]:
    """No claim of confidence rendah; with sedang, the stem names the source ("menurut …")."""
    for n, code in enumerate(item.claims):
        claim = register.claims.get(code)
        if claim is None:
            yield Note("dasar", f"Fakta {code} tidak ada dalam daftar.", (*CLAIMS, n))
        elif claim.confidence == "rendah":
            yield Note("dasar", f"Keyakinan {code} rendah. Pakai fakta lain.", (*CLAIMS, n))
        elif claim.confidence == "sedang" and not _NAMES_SOURCE.search(item.stem):
            yield stem(item).note(
                f"Keyakinan {code} sedang. Sebut sumbernya pada pokok soal: “Menurut …”."
            )


@item_rule(
    "pasal-berlaku",
    "error",
    reason="Kunci mengikuti hukum pada tanggal soal itu, bukan hukum sebelum atau sesudahnya.",
    source="Aturan pakai fakta 3: titik waktu",
)
def articles_were_law(item: Item, register: Register) -> Iterator[Note]:
    """Every article cited is registered and in force on the item's own date."""
    for n, code in enumerate(item.references):
        if code not in register.references:
            yield Note("dasar", f"Pasal {code} tidak ada dalam daftar.", (*REFERENCES, n))
    yield from _not_in_force(item, register, item.law_as_of)


@item_rule(
    "pasal-hari-kegiatan",
    "warning",
    reason="Soal yang pasalnya tidak berlaku pada hari kegiatan tidak dipilih untuk sesinya.",
    source="Aturan pakai fakta 3: titik waktu",
)
def articles_are_law_on_the_day(item: Item, register: Register) -> Iterator[Note]:
    """Every article is in force on the day of the event, where one is given."""
    if register.on is not None and register.on != item.law_as_of:
        yield from _not_in_force(item, register, register.on)


@item_rule(
    "hukum-sesuai-status",
    "error",
    reason="Kepala desa bukan ASN, dan ASN tidak diatur Undang-Undang Desa.",
    source="Aturan pakai fakta 5",
)
def people_meet_their_own_law(item: Item, register: Register) -> Iterator[Note]:
    """Nobody is asked as their own a law that binds others.

    An item for village officials alone cites no law of civil servants, nor the other way; whoever
    may be both, a civil servant acting as village head, is under both, and is not asked on village
    law alone. An item for more people than its claims and articles bind says in its stem whose law
    it asks about.
    """
    foreign = list(_foreign_laws(item, register))
    yield from foreign or _others_than_bound(item, register)
    yield from _half_the_law(item, register)


def _foreign_laws(item: Item, register: Register) -> Iterator[Note]:
    laws = {
        register.references[code].law for code in item.references if code in register.references
    }
    if item.audience <= _VILLAGE | {Status.NON_ASN}:
        for law in sorted(laws & set(_CIVIL_SERVICE_LAW)):
            message = f"{law} tidak mengikat kepala desa dan perangkatnya. Ganti dasar."
            yield Note("dasar", message, REFERENCES)
    if item.audience <= ASN - {Status.PENJABAT_KEPALA_DESA}:
        for law in sorted(laws & set(_VILLAGE_LAW)):
            yield Note("dasar", f"{law} tidak mengikat ASN. Ganti dasar.", REFERENCES)


def _half_the_law(item: Item, register: Register) -> Iterator[Note]:
    if Status.PENJABAT_KEPALA_DESA not in item.audience or item.audience == EVERYBODY:
        return
    cited = [register.references[code] for code in item.references if code in register.references]
    bound = bound_by(circles_of(cited))
    if Status.PENJABAT_KEPALA_DESA in bound and Status.PNS not in bound:
        yield Note(
            "dasar",
            "Penjabat kepala desa adalah PNS; dasarnya baru Undang-Undang Desa. Kutip juga aturan "
            "yang mengikatnya sebagai PNS, atau hapus centangnya dan tulis soal baginya sendiri.",
            REFERENCES,
        )


def _others_than_bound(item: Item, register: Register) -> Iterator[Note]:
    circles = _circles(item, register)
    widest = [one for one in circles if not any(one.statuses < wider.statuses for wider in circles)]
    others = [status for status in Status if status in item.audience - bound_by(circles)]
    if others and not any(circle.named.search(item.stem) for circle in circles):
        bound = _listed([circle.label for circle in widest])
        yield Note(
            "status peserta",
            f"Dasarnya hanya mengikat {bound}, tetapi soal ini juga untuk "
            f"{_listed([lower_first(status.label) for status in others])}. Hapus centang status "
            f"itu, sebut pada pokok soal bahwa yang diatur {bound}, atau kutip juga dasar yang "
            "mengikat mereka.",
            AUDIENCE,
        )


def _circles(item: Item, register: Register) -> list[Circle]:
    """Whose law the item's claims and articles are; [] when one of them is everybody's.

    A claim that rests on no article, such as what a speaker said, is everybody's, and what nobody
    registered may be.
    """
    if not register.claims.keys() >= set(item.claims):
        return []
    bases = [register.claims[code].references for code in item.claims]
    found: list[Circle] = []
    for codes in [*bases, *([code] for code in item.references)]:
        known = [register.references[code] for code in codes if code in register.references]
        circles = circles_of(known)
        if not circles:
            return []
        found += circles
    return list(dict.fromkeys(found))


@item_rule(
    "ancaman-bertanggal",
    "error",
    reason="Ancaman pidana berubah sesudah 2024; tanpa tanggal, soal menjadi keliru.",
    source="Aturan pakai fakta 8: “menurut undang-undang yang berlaku pada November 2024”",
)
def threats_are_dated(item: Item, register: Register) -> Iterator[Note]:
    """A stem that speaks of punishment by a court says of when the text is."""
    asked = " ".join([item.stem, *(option.text for option in item.options if option.is_key)])
    if _PUNISHED.search(asked) and not _DATED.search(item.stem):
        yield stem(item).note(
            "Tulis “Menurut undang-undang yang berlaku pada November 2024” pada soal pidana."
        )


def _not_in_force(item: Item, register: Register, day: date) -> Iterator[Note]:
    for n, code in enumerate(item.references):
        reference = register.references.get(code)
        if reference is not None and not reference.in_force(day):
            yield Note(
                "dasar",
                f"{reference.law} {reference.article} tidak berlaku pada {_in_words(day)}. "
                "Pakai pasal yang berlaku pada tanggal itu.",
                (*REFERENCES, n),
            )


def _listed(names: list[str]) -> str:
    """ "a", "a dan b", "a, b, dan c"."""
    *before, last = names
    return f"{', '.join(before)}{',' if before[1:] else ''} dan {last}" if before else last


def _in_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
