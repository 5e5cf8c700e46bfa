"""Rules that keep the quiz itself neutral: the tool of an office must not be accusable.

The lists hold words, never a judgement about whoever uses them; they are checked without regard
to capitals except where only capitals tell a party from a common word.
"""

import re
from collections.abc import Iterator

from quiz.assessment.items.item import Item
from quiz.assessment.quality.linter.rule import GUIDE, Note, Register, item_rule
from quiz.assessment.quality.linter.texts import option_texts, parts, stem

NEUTRAL = "Aturan pakai fakta 6: tanpa nama calon, partai, nomor urut, atau warna"

_BALLOT = re.compile(
    r"\bnomor urut\b|\bno\.? ?urut\b|\bpaslon (?:nomor )?[0-9]+\b|\bcoblos (?:nomor|no\.?)"
    r"|\b(?:calon|paslon|pilih|dukung) (?:nomor|no\.?) ?(?:[0-9]+|satu|dua|tiga|empat|lima)\b",
    re.IGNORECASE,
)
_HAND = re.compile(
    r"\b(?:satu|dua|tiga|empat|lima|[1-5]) jari\b|\bjari (?:satu|dua|tiga|empat|lima|[1-5])\b"
    r"|\b(?:jempol|telunjuk|kelingking|kepalan|mengepal\w*|acungan|salam metal)\b",
    re.IGNORECASE,
)
_COLOUR = re.compile(
    r"\b(?:merah|kuning|hijau|biru|jingga|oranye|ungu|putih|hitam|cokelat|coklat|toska|emas)\b",
    re.IGNORECASE,
)
_PARTY_SHORT = re.compile(r"\b(?:PDIP|PDI-P|PKB|PKS|PAN|PPP|PSI|PBB|PKN|PDI|PKPI|PRIMA)\b")
_PARTY_NAME = re.compile(
    r"\b(?:golkar|gerindra|nasdem|demokrat|perindo|hanura|gelora|partai (?:garuda|buruh|ummat|"
    r"berkarya|prima|amanat nasional|keadilan sejahtera|kebangkitan bangsa|persatuan pembangunan|"
    r"bulan bintang|solidaritas indonesia)|pdi perjuangan)\b",
    re.IGNORECASE,
)
_CHARGED = re.compile(
    r"\b(?:petahana|inkumben|incumbent|jagoan|dua periode|tiga periode|ganti presiden"
    r"|salam perubahan|pemimpin baru|putra daerah|penantang|cebong|kampret|golput)\b|lanjutkan!",
    re.IGNORECASE,
)
_REVEALS = re.compile(
    r"\bsiapa(?:kah)? yang (?:akan |hendak |ingin )?anda (?:pilih|dukung|coblos)\b"
    r"|\banda (?:akan |hendak |ingin )?(?:memilih|mendukung|mencoblos) (?:siapa|calon mana|paslon)"
    r"|\bpilihan anda (?:pada|dalam|untuk|di) (?:pilkada|pemilu|pemilihan|bilik|tps)\b"
    r"|\b(?:calon|paslon|partai) (?:yang |mana yang )?(?:anda|saya) (?:pilih|dukung|sukai)\b"
    r"|\bsaya (?:akan )?(?:memilih|mendukung) (?:paslon|calon)\b",
    re.IGNORECASE,
)
_SIDE = re.compile(r"\b[Pp]aslon +(\w+)")
_PEOPLE = re.compile(
    r"\b(?:orang|suku|warga|pemuda) (?:jawa|bugis|banjar|dayak|madura|batak|minang|sunda)\b"
    r"|\bkodrat (?:perempuan|wanita)\b|\bperempuan memang\b|\bibu-ibu (?:memang|suka)\b",
    re.IGNORECASE,
)
_SIDES = {"X", "Y"}
_AFTER_PASLON = _SIDES | {"lain", "itu", "mana", "tersebut", "saja", "lawan", "yang", "dan"}


def _notes(item: Item, pattern: re.Pattern[str], remedy: str) -> Iterator[Note]:
    for part in parts(item):
        for found in pattern.findall(part.text):
            yield part.note(f"“{found}” {remedy}")


@item_rule(
    "nomor-urut",
    "error",
    reason="Nomor urut menunjuk satu pihak, juga bila tidak dimaksudkan.",
    source=NEUTRAL,
)
def no_ballot_number(item: Item, register: Register) -> Iterator[Note]:
    """No ballot number."""
    yield from _notes(item, _BALLOT, "menunjuk nomor calon. Tulis Paslon X atau Paslon Y.")


@item_rule(
    "isyarat-tangan",
    "error",
    reason="Isyarat tangan dipakai sebagai tanda dukungan dan maknanya berbeda tiap pemilihan.",
    source="Fakta D-08: hindari gestur apa pun yang dapat dibaca sebagai dukungan",
)
def no_hand_sign(item: Item, register: Register) -> Iterator[Note]:
    """No named hand sign; "pose tanda dukungan" says enough."""
    yield from _notes(item, _HAND, "adalah isyarat tangan. Tulis “pose tanda dukungan”.")


@item_rule(
    "warna",
    "error",
    reason="Warna mewakili partai; satu kata warna cukup untuk menuduh kuis memihak.",
    source=NEUTRAL,
)
def no_colour(item: Item, register: Register) -> Iterator[Note]:
    """No colour but grey is named."""
    yield from _notes(item, _COLOUR, "adalah nama warna. Hapus, atau tulis abu-abu.")


@item_rule(
    "partai-nyata",
    "error",
    reason="Nama partai nyata membuat butir soal menjadi pernyataan tentang partai itu.",
    source=NEUTRAL,
)
def no_real_party(item: Item, register: Register) -> Iterator[Note]:
    """No real party, by name or in short."""
    remedy = "adalah nama partai. Tulis “sebuah partai politik”."
    yield from _notes(item, _PARTY_SHORT, remedy)
    yield from _notes(item, _PARTY_NAME, remedy)


@item_rule(
    "kata-bermuatan",
    "error",
    reason="Semboyan dan sebutan seperti ini mengarah kepada orang atau pihak yang nyata.",
    source="Fakta D-23: jangan menyebut petahana atau pasangan calon; aturan pakai fakta 6",
)
def no_slogan(item: Item, register: Register) -> Iterator[Note]:
    """No slogan, and no word that points at whoever holds or seeks the office."""
    yield from _notes(item, _CHARGED, "bermuatan kampanye. Pakai kata yang datar.")


@item_rule(
    "pihak-rekaan",
    "error",
    reason="Sebutan lain dari X dan Y dapat dibaca sebagai pasangan yang nyata.",
    source=GUIDE,
)
def only_invented_sides(item: Item, register: Register) -> Iterator[Note]:
    """A pair of candidates with a name is called Paslon X or Paslon Y."""
    for part in parts(item):
        for name in _SIDE.findall(part.text):
            if name not in _SIDES and name.lower() not in _AFTER_PASLON:
                yield part.note(f"“Paslon {name}” bukan sebutan rekaan. Pakai Paslon X atau Y.")


@item_rule(
    "membuka-pilihan",
    "error",
    reason="Peserta tidak boleh diminta membuka pilihan politiknya; data itu pun tidak diperlukan.",
    source="UU 27/2022 tentang Pelindungan Data Pribadi; UU 1/2015: pemilihan rahasia",
)
def nobody_reveals_a_preference(item: Item, register: Register) -> Iterator[Note]:
    """Neither stem nor option asks whom the participant votes for or supports."""
    for part in (stem(item), *option_texts(item)):
        found = _REVEALS.search(part.text)
        if found:
            yield part.note(f"“{found[0]}” meminta pilihan politik peserta. Tulis tokoh ketiga.")


@item_rule(
    "prasangka",
    "warning",
    reason="Prasangka terhadap suku atau jenis kelamin tidak ada hubungannya dengan netralitas.",
    source="Pasal 28I ayat (2) UUD 1945: bebas dari perlakuan diskriminatif",
)
def no_stereotype(item: Item, register: Register) -> Iterator[Note]:
    """No generalisation about an ethnic group or a sex."""
    yield from _notes(item, _PEOPLE, "dapat terbaca sebagai prasangka. Tulis orangnya saja.")
