"""The activity report as it is before an office changes it: the structure of a naskah laporan."""

from quiz.models.people.outline import Level, Outline, Part, Section

_A, _B, _C = Level.SECTION, Level.SUBSECTION, Level.ANNEX

FIRST_OUTLINE = Outline(
    title="Laporan tentang pelaksanaan {kegiatan}",
    basis="",
    sections=(
        Section(_A, "A.", "Pendahuluan"),
        Section(
            _B,
            "1.",
            "Umum",
            "Dalam rangka memperkuat pemahaman tentang netralitas aparatur sipil negara dan "
            "aparatur pemerintahan desa, {penyelenggara} menyelenggarakan {kegiatan}.\n"
            "Pemahaman peserta diukur dengan kuis, supaya pembinaan berikutnya bertumpu pada hal "
            "yang memang belum dipahami.",
        ),
        Section(
            _B,
            "2.",
            "Maksud dan Tujuan",
            "Laporan ini dimaksudkan sebagai pertanggungjawaban pelaksanaan kegiatan. Tujuannya "
            "memberi gambaran tentang pelaksanaan, hasil, serta hal yang masih perlu dibahas "
            "dalam pembinaan.",
        ),
        Section(
            _B,
            "3.",
            "Ruang Lingkup",
            "Laporan ini memuat waktu dan acara, kehadiran, hasil kuis, hambatan, simpulan, dan "
            "saran. Yang diukur ialah pengetahuan peserta pada saat kegiatan, bukan perilaku "
            "sesudahnya; hasilnya untuk pembinaan, bukan untuk hukuman disiplin.",
        ),
        Section(_B, "4.", "Dasar", part=Part.BASIS),
        Section(_A, "B.", "Kegiatan yang Dilaksanakan"),
        Section(
            _B,
            "1.",
            "Waktu, Tempat, dan Acara",
            "{kegiatan} dilaksanakan pada {tanggal}, pukul {pukul}, bertempat di {tempat}.\n"
            "Narasumber dan panitia: {narasumber}",
            Part.TIMETABLE,
        ),
        Section(
            _B,
            "2.",
            "Peserta",
            "Terdaftar {terdaftar} dari {unit}; tercatat hadir {hadir}.",
            Part.PARTICIPATION,
        ),
        Section(_B, "3.", "Uraian Kegiatan", part=Part.ACCOUNT),
        Section(_A, "C.", "Hasil yang Dicapai"),
        Section(
            _B,
            "1.",
            "Hasil Kuis",
            "Nilai rata-rata pre-test: {rata_pre}. Nilai rata-rata post-test: {rata_post}. Batas "
            "lulus {batas_lulus} dicapai: {lulus_post}.",
            Part.CHANGE,
        ),
        Section(_B, "2.", "Hal yang Masih Keliru Dipahami", part=Part.MISREAD),
        Section(_B, "3.", "Faktor, Hambatan, dan Pemecahannya", part=Part.OBSTACLES),
        Section(_A, "D.", "Simpulan dan Saran"),
        Section(_B, "1.", "Simpulan", "{temuan}"),
        Section(_B, "2.", "Saran", part=Part.ADVICE),
        Section(
            _A,
            "E.",
            "Penutup",
            "Berita acara, daftar hadir bertanda tangan, dan foto kegiatan dilampirkan "
            "tersendiri.\n"
            "Demikian laporan ini dibuat sebagai bahan evaluasi dan pembinaan selanjutnya.",
        ),
        Section(_C, "Lampiran 1.", "Hasil per Unit Kerja", part=Part.UNITS),
        Section(_C, "Lampiran 2.", "Cara Mengukur", part=Part.METHOD),
    ),
)
"""Formal and complete enough to be signed; its figures are filled in for each event."""
