"""What the steps in the audit log are called on pages."""

ACTIONS = {
    "claim_added": "menambah pernyataan",
    "claim_changed": "mengubah pernyataan",
    "contest_filed": "menyanggah soal",
    "contest_kept": "mempertahankan kunci atas sanggahan",
    "file_text_declined": "tetap memakai teks yang ada, bukan teks berkas",
    "file_text_taken": "memakai teks berkas",
    "item_cleared": "menandai soal sudah ditinjau",
    "item_commented": "memberi catatan pada soal",
    "item_draft_dropped": "membuang draf soal",
    "item_keyed": "memberi kunci soal menurut panel",
    "item_published": "mengesahkan dan menerbitkan soal",
    "item_rated": "menilai pilihan soal",
    "item_restored": "memakai lagi soal",
    "item_retired": "menarik soal",
    "item_returned": "mengembalikan soal dengan catatan",
    "item_sent": "mengirim soal ke pemeriksa",
    "item_signed": "mengesahkan soal",
    "items_imported": "mengambil soal dari berkas",
    "passage_added": "menambah kalimat bahan",
    "passage_changed": "mengubah kalimat bahan",
    "reference_added": "menambah dasar hukum",
    "reference_changed": "mengubah dasar hukum",
    "ruling_made": "membuat putusan atas kunci",
    "ruling_withdrawn": "mencabut putusan atas kunci",
}
"""Steps in the audit log → what the person did."""
