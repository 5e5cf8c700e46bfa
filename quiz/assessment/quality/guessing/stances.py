"""Whether an option refuses the act its item asks about or lets it happen.

Its author declares it (`Option.stance`); where nobody did, the rule is its first word, and for a
statement whether it says that something is allowed or forbidden.
"""

import re
from collections.abc import Mapping

from quiz.assessment.items.item import Item, Option, Stance
from quiz.assessment.items.types import ITEM_TYPES

_FIRST_WORDS = {
    Stance.REFUSES: """
        menolak tolak tidak jangan dilarang terlarang melarang menghindari hindari membatalkan
        keluar mengembalikan mendiamkan mengabaikan menghapus menahan menghentikan menunda
        meninggalkan menurunkan mencopot melanggar pelanggaran bukan belum
    """,
    Stance.PERMITS: """
        boleh diperbolehkan membolehkan mengizinkan izinkan menerima terima menyetujui bersedia
        memenuhi mengabulkan meminjamkan menghadiri hadir datang ikut mengikuti bergabung memakai
        memasang menempelkan membagikan meneruskan mengirim mengirimkan menyebarkan menyukai
        mengomentari mengunggah memberi memberikan membiarkan menyerahkan menyalurkan melanjutkan
        melaksanakan menjalankan melayani membantu menandatangani membuka menyediakan
        mengantar mendampingi menyampaikan mengumumkan mengajak memilih ya wajib
    """,
}
FIRST_WORDS = {word: stance for stance, words in _FIRST_WORDS.items() for word in words.split()}

_FORBIDS = re.compile(
    r"\b(?:dilarang|terlarang|melanggar|(?:tidak|tak|belum) (?:boleh|dapat|berhak)"
    r"|(?:harus|wajib|sebaiknya) (?:menolak|menghindari)|menolak)\b",
    re.IGNORECASE,
)
_ALLOWS = re.compile(
    r"(?<!tidak )(?<!tak )(?<!belum )\b(?:boleh|diperbolehkan|berhak)\b"
    r"|\b(?:tidak|bukan) (?:melanggar|dilarang|pelanggaran)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]+")

OTHER = {Stance.REFUSES: Stance.PERMITS, Stance.PERMITS: Stance.REFUSES}


def stances(item: Item) -> Mapping[str, Stance]:
    """Option id → stance, of those that have one."""
    found = {option.id: stance for option in item.options if (stance := _of(item, option))}
    if ITEM_TYPES[item.type].shuffles or len(found) != 1:
        return found
    [(known, stance)] = found.items()
    return found | {option.id: OTHER[stance] for option in item.options if option.id != known}


def two_sided(item: Item) -> bool:
    """Whether an item comes down to yes or no: a statement, or all options refuse or let happen."""
    kind = ITEM_TYPES[item.type]
    if kind.multiple:
        return False
    held = stances(item)
    return not kind.shuffles or (len(held) == len(item.options) and len(set(held.values())) > 1)


def _of(item: Item, option: Option) -> Stance | None:
    if option.stance is not None:
        return option.stance
    if ITEM_TYPES[item.type].shuffles:
        first = _WORD.search(option.text.lower())
        return FIRST_WORDS.get(first[0]) if first else None
    if option is not item.options[0]:
        return None
    forbids, allows = _FORBIDS.search(_without(_ALLOWS, item.stem)), _ALLOWS.search(item.stem)
    if bool(forbids) == bool(allows):
        return None
    return Stance.REFUSES if forbids else Stance.PERMITS


def _without(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(" ", text)
