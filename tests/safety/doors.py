"""Every address of the program, and what its door asks for: written by hand, to be compared."""

from quiz.permissions import Permission

DOORS: dict[Permission, str] = {
    Permission.PUBLIC: """
        GET /
        GET POST /awal/<token>
        GET /g/<code>
        GET POST /g/<code>/daftar
        GET /g/<code>/daftar/keadaan
        POST /g/<code>/daftar/masuk
        GET /g/<code>/daftar/tunggu
        GET POST /k/<token>
        GET /layar/<token>
        GET /layar/<token>/isi
        POST /keluar
        GET POST /masuk
        GET POST /masuk/kode
        GET POST /masuk/pasang
        GET POST /masuk/petugas
        GET /materi
        GET /materi/dasar-hukum
        GET /privasi
        GET POST /sandi/<token>
        GET /sehat
        GET /tentang
        GET /u/<token>
        GET /u/<token>/lembar-apel.<ending>
    """,
    Permission.TAKE_QUIZ: """
        POST /
        GET POST /evaluasi/<uid>
        GET POST /kuis/<uid>
        GET /kuis/<uid>/hasil
        GET /kuis/<uid>/hasil/simpan
        PUT /kuis/<uid>/jawaban/<position>
        GET /kuis/<uid>/keadaan
        GET POST /kuis/<uid>/sanggah/<position>
        POST /kuis/<uid>/selesai
        GET POST /latihan
        GET /menunggu
        POST /sesi/<uid>/mulai
    """,
    Permission.OWN_DATA: """
        GET /akun
        GET POST /akun/dua-langkah/kode-pemulihan
        GET POST /akun/dua-langkah/lepas
        GET POST /akun/dua-langkah/pasang
        POST /akun/keluarkan
        GET /data-saya
        GET /data-saya.json
        GET POST /data-saya/permintaan
        GET /data-saya/<uid>/lembar-hasil.<ending>
        GET POST /sandi
    """,
    Permission.EDIT_ITEMS: """
        GET /soal
        GET /soal/<code>
        GET /soal/<code>/analisis
        POST /soal/<code>/catatan
        GET POST /soal/<code>/panel
        GET /soal/<code>/periksa-hukum
        GET POST /soal/<code>/sunting
        GET POST /soal/ambil
        GET POST /soal/ambil/<uid>
        GET /soal/ambil/<uid>/hasil
        GET POST /soal/ambil/<uid>/lengkapi
        GET /soal/analisis
        GET POST /soal/baru
        GET POST PUT /soal/draf/<uid>
        POST /soal/draf/<uid>/buang
        POST /soal/draf/<uid>/kirim
        POST /soal/draf/<uid>/periksa
        GET /soal/ekspor
        GET /soal/ekspor/<format>
        POST /soal/kirim
        GET POST /soal/naskah
        GET /soal/naskah.<ending>
        GET /soal/serupa
        GET /soal/templat.docx
        GET /soal/templat.xlsx
    """,
    Permission.SIGN_ITEMS: """
        POST /soal/<code>/kembalikan
        POST /soal/<code>/pakai-lagi
        POST /soal/<code>/sudah-ditinjau
        POST /soal/<code>/terbitkan
        GET /soal/pengesahan
        POST /soal/pengesahan/kembalikan
        POST /soal/sahkan
        POST /soal/tarik
    """,
    Permission.KEEP_LAW: """
        GET /hukum
        GET POST /hukum/<code>
        GET POST /hukum/baru
        POST /hukum/berkas/pakai/<kind>/<code>
        POST /hukum/berkas/tetap/<kind>/<code>
        GET /hukum/pernyataan
        GET POST /hukum/pernyataan/<code>
        GET POST /hukum/pernyataan/baru
        GET /materi/sunting
        GET POST /materi/sunting/<code>
        GET POST /materi/sunting/bahan/<material_code>/baru
    """,
    Permission.RULE_ON_KEYS: """
        GET POST /soal/<code>/putusan
        GET POST /soal/<code>/putusan/<uid>/cabut
        GET /soal/<code>/putusan/pratinjau
        GET POST /soal/<code>/sanggahan
        GET /soal/sanggahan
    """,
    Permission.MANAGE_QUIZZES: """
        GET /kuis-bank
        GET POST /kuis-bank/<uid>
        POST /kuis-bank/<uid>/pakai-lagi
        POST /kuis-bank/<uid>/tarik
        GET POST /kuis-bank/baru
    """,
    Permission.MOVE_EVENTS: """
        GET POST /kegiatan/<code>/berkas
        GET POST /kegiatan/muat-berkas
        GET POST /kegiatan/muat-berkas/<uid>
    """,
    Permission.MANAGE_EVENTS: """
        GET /kegiatan
        GET /kegiatan/<code>
        GET POST /kegiatan/<code>/arsip
        POST /kegiatan/<code>/arsip/kembalikan
        GET /kegiatan/<code>/berita-acara
        GET POST /kegiatan/<code>/berita-acara/ubah
        POST /kegiatan/<code>/evaluasi/hentikan
        POST /kegiatan/<code>/evaluasi/tawarkan
        GET POST /kegiatan/<code>/hapus
        GET POST /kegiatan/<code>/laporan-pelaksanaan
        GET /kegiatan/<code>/hp
        GET /kegiatan/<code>/hp/layar
        GET /kegiatan/<code>/hp/pesan
        GET /kegiatan/<code>/hp/poster
        GET POST /kegiatan/<code>/hp/wifi
        GET /kegiatan/<code>/kertas
        POST /kegiatan/<code>/layar
        POST /kegiatan/<code>/layar/cabut
        GET POST /kegiatan/<code>/masa-simpan
        POST /kegiatan/<code>/masa-simpan/biasa
        GET POST /kegiatan/<code>/paket
        GET /kegiatan/<code>/papan
        POST /kegiatan/<code>/papan/<uid>/tambah
        POST /kegiatan/<code>/papan/<uid>/tambah/<attempt_uid>
        GET /kegiatan/<code>/papan/isi
        GET POST /kegiatan/<code>/peserta/<uid>/waktu
        POST /kegiatan/<code>/peserta/<uid>/waktu/<attempt_uid>
        GET POST /kegiatan/<code>/salin
        GET POST /kegiatan/<code>/tujuan
        GET /kegiatan/<code>/siap
        GET /kegiatan/<code>/siap/isi
        GET /kegiatan/<code>/sesi/<uid>
        GET POST /kegiatan/<code>/sesi/<uid>/buka
        GET /kegiatan/<code>/sesi/<uid>/coba/<status>
        GET /kegiatan/<code>/sesi/<uid>/coba/<status>/<form>
        GET /kegiatan/<code>/sesi/<uid>/coba/<status>/<form>/selesai
        GET /kegiatan/<code>/sesi/<uid>/coba/<status>/selesai
        GET POST /kegiatan/<code>/sesi/<uid>/hapus
        GET /kegiatan/<code>/sesi/<uid>/kertas
        GET POST /kegiatan/<code>/sesi/<uid>/lengkapi
        GET /kegiatan/<code>/sesi/<uid>/naskah
        GET /kegiatan/<code>/sesi/<uid>/naskah.<ending>
        GET POST /kegiatan/<code>/sesi/<uid>/perpanjang
        GET POST /kegiatan/<code>/sesi/<uid>/rilis
        GET POST /kegiatan/<code>/sesi/<uid>/siapkan
        GET POST /kegiatan/<code>/sesi/<uid>/soal/<form>/<position>
        POST /kegiatan/<code>/sesi/<uid>/soal/<form>/<position>/semula
        GET POST /kegiatan/<code>/sesi/<uid>/tutup
        GET POST /kegiatan/<code>/sesi/<uid>/ubah
        GET POST /kegiatan/<code>/sesi/baru
        GET POST /kegiatan/<code>/siapkan
        GET POST /kegiatan/<code>/silang
        POST /kegiatan/<code>/silang/batal
        GET POST /kegiatan/<code>/ubah
        GET POST /kegiatan/baru
        GET POST /laporan/<code>/peserta/<uid>/ulang/<attempt_uid>
        GET POST /setelan/laporan-pelaksanaan
        GET POST /setelan/laporan-pelaksanaan/bawaan
        POST /setelan/masa-simpan/hapus
        POST /setelan/masa-simpan/jam
    """,
    Permission.MANAGE_ROSTERS: """
        GET /kegiatan/<code>/daftar-hadir
        GET /kegiatan/<code>/kehadiran
        POST /kegiatan/<code>/kehadiran/<uid>
        POST /kegiatan/<code>/kehadiran/<uid>/batal
        GET POST /kegiatan/<code>/meja
        POST /kegiatan/<code>/meja/<uid>
        GET /kegiatan/<code>/meja/isi
        GET POST /kegiatan/<code>/meja/tamu
        GET /kegiatan/<code>/peserta
        GET /kegiatan/<code>/peserta/<uid>
        GET /kegiatan/<code>/peserta/<uid>/alihkan/<attempt_uid>
        GET POST /kegiatan/<code>/peserta/<uid>/alihkan/<attempt_uid>/<other>
        POST /kegiatan/<code>/peserta/<uid>/batal-hadir
        GET /kegiatan/<code>/peserta/<uid>/gabung
        GET POST /kegiatan/<code>/peserta/<uid>/gabung/<other>
        POST /kegiatan/<code>/peserta/<uid>/hadir
        GET POST /kegiatan/<code>/peserta/<uid>/keluarkan
        GET POST /kegiatan/<code>/peserta/<uid>/pindah
        GET POST /kegiatan/<code>/peserta/<uid>/ubah
        POST /kegiatan/<code>/peserta/alihan/<uid>/batal
        GET POST /kegiatan/<code>/peserta/baru
        GET POST /kegiatan/<code>/peserta/dikeluarkan
        POST /kegiatan/<code>/peserta/gabungan/<uid>/batal
        GET /kegiatan/<code>/peserta/ganda
        GET POST /kegiatan/<code>/peserta/unggah
        GET POST /kegiatan/<code>/peserta/unggah/<uid>
        GET /kegiatan/templat-peserta.csv
        GET /kegiatan/templat-peserta.xlsx
    """,
    Permission.HANDLE_CARDS: """
        GET /kegiatan/<code>/daftar-meja
        GET /kegiatan/<code>/hp/pesan/peserta
        GET /kegiatan/<code>/kartu
        POST /kegiatan/<code>/kartu/dicetak-ulang
        GET POST /kegiatan/<code>/meja/daftar-tunggu/<uid>
        POST /kegiatan/<code>/meja/daftar-tunggu/<uid>/tolak
        GET POST /kegiatan/<code>/peserta/<uid>/kartu-baru
        GET POST /kegiatan/<code>/sesi/<uid>/kertas/<person>
        GET POST /kegiatan/<code>/sesi/<uid>/kertas/<person>/ulang
        GET /kegiatan/<code>/tanda-terima
    """,
    Permission.ANSWER_REQUESTS: """
        GET /data-pribadi
        GET /data-pribadi/catatan-pemrosesan.<ending>
        GET /data-pribadi/penilaian-dampak.<ending>
        GET /data-pribadi/permintaan
        GET /data-pribadi/permintaan/<uid>
        POST /data-pribadi/permintaan/<uid>/betulkan
        POST /data-pribadi/permintaan/<uid>/jawab
    """,
    Permission.NAME_AFFECTED: """
        GET /data-pribadi/kebocoran
        GET /data-pribadi/kebocoran/daftar.<ending>
        GET /data-pribadi/kebocoran/surat.<ending>
    """,
    Permission.MANAGE_UNITS: """
        GET /unit
        GET POST /unit/<code>
        GET POST /unit/<code>/gabung
        POST /unit/<code>/pakai-lagi
        POST /unit/<code>/pensiun
        POST /unit/<code>/pisah
        GET POST /unit/jenis/<code>
        GET POST /unit/jenis/tambah
        GET POST /unit/tambah
    """,
    Permission.SEE_GROUP_FIGURES: """
        GET /kegiatan/<code>/celah
        POST /kegiatan/<code>/celah/batal
        POST /kegiatan/<code>/celah/dibahas
        GET /kelompok
        GET /kelompok/<code>
    """,
    Permission.SEE_EDITIONS: """
        GET /laporan
        GET /laporan/<code>/edisi/<number>
        GET /laporan/<code>/edisi/<number>/<stem>.<ending>
        GET /laporan/<code>/edisi/<number>/kalimat
        GET /laporan/<code>/edisi/<number>/unit
    """,
    Permission.SEE_OWN_UNIT: """
        GET /unit-saya
        GET /unit-saya/<code>/lembar-apel.<ending>
    """,
    Permission.SEE_REPORTS: """
        GET /laporan/<code>
        GET POST /laporan/<code>/edisi/<number>/tarik
        GET POST /laporan/<code>/tautan
        POST /laporan/<code>/tautan/<uid>/cabut
        GET POST /laporan/<code>/terbitkan
        GET /laporan/<code>/laporan-pelaksanaan.<ending>
        GET /laporan/<code>/lembar-apel.<ending>
        GET /laporan/<code>/pesan
        GET /laporan/<code>/unit
        GET /laporan/<code>/unit.<ending>
        GET /laporan/<code>/kalimat
        GET /laporan/<code>/kalimat.<ending>
        GET /laporan/<code>/statistik
        GET /laporan/tren
        GET /laporan/tren.<ending>
    """,
    Permission.SEE_NAMED_SCORES: """
        GET /kegiatan/<code>/berkas/dikesampingkan
        GET /laporan/<code>/peserta
        GET /laporan/<code>/peserta.<ending>
        GET /laporan/<code>/peserta/<uid>
        GET /laporan/<code>/peserta/<uid>/lembar-hasil.<ending>
    """,
    Permission.MANAGE_ACCOUNTS: """
        GET /orang
        GET POST /orang/<uid>
        POST /orang/<uid>/aktif
        POST /orang/<uid>/akun
        POST /orang/<uid>/alamat
        GET POST /orang/<uid>/dua-langkah
        POST /orang/<uid>/keluarkan
        GET POST /orang/<uid>/nonaktif
        GET POST /orang/tambah
    """,
    Permission.SEE_SETTINGS: """
        GET /setelan
        GET /setelan/masa-simpan
    """,
    Permission.BACK_UP: """
        GET POST /setelan/cadangan
    """,
    Permission.HOLD_BACKUPS: """
        GET /setelan/cadangan/<name>
        GET POST /setelan/cadangan/<name>/bersandi
    """,
    Permission.CHANGE_SETTINGS: """
        POST /setelan
        POST /setelan/masa-simpan
    """,
    Permission.SEE_AUDIT: """
        GET /audit
        GET /audit.<ending>
    """,
}
