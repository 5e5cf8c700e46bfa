"""What the pages that move a sitting's closing say alike."""

KEYS_KNOWN = (
    "Pembahasan {phase} sudah dibuka: kuncinya diketahui, jadi sesi ini tidak dibuka lagi dengan "
    "soal yang sama. Jalan keluarnya: tambah sesi baru pada kegiatan ini, lalu siapkan. Soalnya "
    "dipilih yang lain selama bank soal cukup."
)
