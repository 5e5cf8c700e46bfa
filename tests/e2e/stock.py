"""Items as participants meet them, with invented people only. The first option is the key."""

from fractions import Fraction

from quiz.assessment.items.item import Item, Option
from tests.factories import Make

TEXTS: list[tuple[str, str, list[str]]] = [
    (
        "single_choice",
        "Rekan memasukkan Anda ke grup WhatsApp relawan satu pasangan calon tanpa bertanya. "
        "Apa yang paling tepat?",
        [
            "Segera keluar dan tidak menanggapi",
            "Tetap di grup, asalkan diam saja",
            "Menyimak dulu agar tahu kabar terbaru",
            "Meneruskan isinya ke grup kantor sebagai peringatan",
        ],
    ),
    (
        "single_choice",
        "Bolehkah ASN mengikuti akun pemenangan semua pasangan calon supaya adil?",
        [
            "Tidak boleh, juga bila diikuti semuanya",
            "Boleh, karena semua diikuti sama rata",
            "Boleh, asalkan akun pribadi dikunci",
            "Boleh di luar jam kerja",
        ],
    ),
    (
        "multiple_choice",
        "Anda ASN dan anggota grup arisan. Pesan kampanye Paslon X masuk ke grup. "
        "Mana yang boleh Anda lakukan?",
        [
            "Menyimpan tangkapan layar sebagai bukti",
            "Memberi tanda suka",
            "Meneruskan ke grup kantor",
            "Membalas dengan kata semangat",
        ],
    ),
    ("true_false", "Pegawai ASN tetap berhak memilih di bilik suara.", ["Benar", "Salah"]),
    (
        "single_choice",
        "Mobil dinas hendak dipakai ke acara keluarga pada hari Minggu. Apa sikap yang tepat?",
        [
            "Tidak memakainya, hari apa pun",
            "Memakainya karena hari libur",
            "Memakainya dengan izin lisan rekan",
            "Memakainya bila bensin diganti",
        ],
    ),
    (
        "single_choice",
        "Foto bersama alumni memperlihatkan isyarat tangan dukungan. Apa yang Anda lakukan?",
        [
            "Tidak ikut berpose dan meminta foto tidak diunggah",
            "Ikut berpose, lalu mengunggah sendiri",
            "Ikut berpose asalkan di baris belakang",
            "Mengunggahnya tanpa keterangan",
        ],
    ),
]


def realistic_items(make: Make) -> list[Item]:
    """The six, as plain values with their letters dealt in the author's order."""
    return [_item(make, type_, stem, texts) for type_, stem, texts in TEXTS]


def _item(make: Make, type_: str, stem: str, texts: list[str]) -> Item:
    options = tuple(
        Option("abcd"[i], text, Fraction(i == 0), f"Penjelasan mengapa: {text.lower()}.")
        for i, text in enumerate(texts)
    )
    return make.item(
        type_,
        stem=stem,
        options=options,
        explanation="Netral berarti tidak tampak di pihak mana pun.",
    )
