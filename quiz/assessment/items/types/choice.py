"""What the types with options share: checks, reading, describing."""

from collections import Counter

from quiz.assessment.items.item import BadResponse, Chosen, Item, Option, normal_text

BLANK = "(tidak dijawab)"


def content_problems(item: Item) -> list[str]:
    """What is missing in any item, whatever its type."""
    found = []
    if not normal_text(item.stem):
        found.append("Pokok soal masih kosong.")
    if not normal_text(item.explanation):
        found.append("Pembahasan masih kosong.")
    if not item.audience:
        found.append("Belum ada status peserta yang dituju.")
    return found


def option_problems(item: Item, fewest: int, most: int) -> list[str]:
    """What is wrong with the options themselves; `fewest` to `most` of them are wanted."""
    found = []
    if not fewest <= len(item.options) <= most:
        wanted = str(fewest) if fewest == most else f"{fewest} sampai {most}"
        found.append(f"Jumlah opsi harus {wanted}, sekarang {len(item.options)}.")
    for number, option in enumerate(item.options, start=1):
        found += _single_option_problems(number, option)
    return found + _repeated_texts(item)


def _single_option_problems(number: int, option: Option) -> list[str]:
    found = []
    if not normal_text(option.text):
        found.append(f"Opsi ke-{number} belum berisi teks.")
    if not normal_text(option.feedback):
        found.append(f"Opsi ke-{number} belum mempunyai penjelasan.")
    if not 0 <= option.weight <= 1:
        found.append(f"Bobot opsi ke-{number} harus antara 0 dan 1, sekarang {option.weight}.")
    return found


def _repeated_texts(item: Item) -> list[str]:
    texts = Counter(" ".join(option.text.split()).casefold() for option in item.options)
    repeated = [text for text, times in texts.items() if text and times > 1]
    return [f"Opsi “{text}” ditulis lebih dari sekali." for text in repeated]


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


def describe_options(item: Item, chosen: Chosen) -> str:
    """The texts of the chosen options in the author's order, parted by semicolons."""
    texts = [option.text for option in item.options if option.id in chosen]
    return "; ".join(texts) if texts else BLANK
