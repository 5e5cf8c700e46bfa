"""What an item's states and the steps of its life are called on pages."""

STATES = {
    "published": ("published", "Terbit"),
    "draft": ("draft", "Draf"),
    "in_review": ("waiting", "Menunggu pemeriksa"),
    "retired": ("retired", "Ditarik"),
}
"""An item's state → kind and words of its badge."""

ACTIONS = {
    "item_cleared": "menandai soal sudah ditinjau",
    "item_commented": "memberi catatan pada soal",
    "item_draft_dropped": "membuang draf soal",
    "item_published": "mengesahkan dan menerbitkan soal",
    "item_restored": "memakai lagi soal",
    "item_retired": "menarik soal",
    "item_returned": "mengembalikan soal dengan catatan",
    "item_sent": "mengirim soal ke pemeriksa",
    "item_signed": "mengesahkan soal",
    "passage_added": "menambah kalimat bahan",
    "passage_changed": "mengubah kalimat bahan",
    "reference_added": "menambah dasar hukum",
    "reference_changed": "mengubah dasar hukum",
}
"""Steps in the audit log → what the person did."""
