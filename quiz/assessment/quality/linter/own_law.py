"""Rules about what is told as somebody's own: his sanction, his leave.

People take what a situation says for their own unless its stem says whose it is.
"""

import re
from collections.abc import Iterator

from quiz.assessment.items.item import ASN, Category, Item, Status
from quiz.assessment.quality.linter.circles import CIRCLES
from quiz.assessment.quality.linter.rule import Note, Register, item_rule
from quiz.assessment.quality.linter.texts import Part, option_name, parts, sentences

OWN = "Aturan pakai fakta 5: tiap status bertemu hukumnya sendiri"

_SAYS_CIVIL_SERVANT = CIRCLES[0].named
_SAYS_PNS = re.compile(r"(?<!non-)(?<!non )\bPNS\b|\bpegawai negeri\b", re.IGNORECASE)
_DISCIPLINE = re.compile(
    r"\bhukuman disiplin\b|\bPP 94\b|\bPeraturan Pemerintah (?:Nomor )?94\b|\bmajelis kode etik\b"
    r"|\bpenurunan (?:pangkat|jabatan)\b|\bpotong(?:an|\w*) tunjangan kinerja\b"
    r"|\bpelanggaran (?:disiplin|kode etik)\b",
    re.IGNORECASE,
)
_LEAVE = re.compile(r"\bcuti di luar tanggungan\b", re.IGNORECASE)
_OF_CIVIL_SERVANTS = {Category.DISCIPLINE, Category.ETHICS}


@item_rule(
    "sanksi-sendiri",
    "error",
    reason="Kepala desa dan pegawai non-ASN tidak dijatuhi hukuman disiplin pegawai.",
    source=OWN,
)
def nobody_meets_anothers_sanction(item: Item, register: Register) -> Iterator[Note]:
    """Discipline and ethics of civil servants go to others only where the stem names them."""
    if item.audience <= ASN or _SAYS_CIVIL_SERVANT.search(item.stem):
        return
    for part, found in _told(item, _DISCIPLINE, _SAYS_CIVIL_SERVANT):
        yield part.note(
            f"“{found}” bukan sanksi bagi yang bukan ASN. Sebut pada pokok soal bahwa "
            "pelakunya pegawai, atau hapus centang status yang lain."
        )
    for n, option in enumerate(item.options):
        if option.category in _OF_CIVIL_SERVANTS:
            yield Note(
                option_name(n),
                f"Kategori “{option.category.label}” bukan bagi yang bukan ASN. Pakai kategori "
                "hukum desa, atau hapus centang status yang lain.",
                ("options", n, "category"),
            )


@item_rule(
    "cuti-sendiri",
    "error",
    reason="PPPK tidak mempunyai cuti di luar tanggungan negara (PP 49/2018 Pasal 77).",
    source=OWN,
)
def nobody_is_told_of_a_leave_he_lacks(item: Item, register: Register) -> Iterator[Note]:
    """Leave outside the State's charge is told to PPPK only as that of a PNS."""
    if Status.PPPK not in item.audience or _SAYS_PNS.search(item.stem):
        return
    for part, _ in _told(item, _LEAVE, _SAYS_PNS):
        yield part.note(
            "PPPK tidak mempunyai cuti di luar tanggungan negara. Sebut PNS pada pokok soal, atau "
            "hapus centang PPPK."
        )


def _told(
    item: Item, told: re.Pattern[str], of_whom: re.Pattern[str]
) -> Iterator[tuple[Part, str]]:
    """The parts that say it is so, in a sentence that does not say of whom; distractors do not."""
    wrong = {n for n, option in enumerate(item.options) if not option.weight}
    for part in parts(item):
        if part.place[0] == "options" and part.place[1] in wrong:
            continue
        for sentence in sentences(part.text):
            found = told.search(sentence)
            if found and not of_whom.search(sentence):
                yield part, found[0]
