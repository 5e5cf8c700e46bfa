"""Kinds of question that other programs have and this house does not."""

from quiz.exchange.questions.imported import ImportedItem

NAMES = {
    "shortanswer": "Isian singkat",
    "essay": "Esai",
    "matching": "Menjodohkan",
    "match": "Menjodohkan",
    "numerical": "Angka",
    "calculated": "Hitungan",
    "calculatedsimple": "Hitungan",
    "calculatedmulti": "Hitungan",
    "cloze": "Isian dalam teks",
    "multianswer": "Isian dalam teks",
    "description": "Keterangan tanpa jawaban",
    "ordering": "Mengurutkan",
    "gapselect": "Isian dalam teks",
    "ddwtos": "Seret ke teks",
    "ddimageortext": "Seret ke gambar",
    "ddmarker": "Seret ke gambar",
}


def not_ours(number: int, where: str, stem: str, kind: str, code: str = "") -> ImportedItem:
    """An item that cannot be taken, and why; ``kind`` is the other program's word."""
    name = NAMES.get(kind, kind)
    return ImportedItem(
        number=number,
        where=where,
        stem=stem,
        type="",
        code=code,
        faults=(
            f"Jenis “{name}” tidak ada di aplikasi ini. Tulis ulang sebagai pilihan ganda, atau "
            "lewati.",
        ),
    )
