"""How the figures were made, for the annex of a report; docs/metode.md begins with the same."""

METHOD = (
    "Laporan ini mengukur pengetahuan peserta pada saat kegiatan, bukan perilaku sesudahnya. "
    "Yang dihitung ialah pengerjaan pertama tiap orang pada pre-test, post-test, dan tindak "
    "lanjut; latihan tidak ikut. Soal yang dilewati dihitung keliru. Butir yang dibatalkan "
    "atau dikoreksi oleh pemeriksa hukum dihitung menurut putusannya, dan laporan "
    "menyebutkannya.",
    "Nilai rata-rata selalu disertai jumlah orang dan rentang 95%: rentang yang, bila "
    "pengukuran seperti ini diulang, pada 95 dari 100 ulangan memuat nilai sesungguhnya. "
    "Makin sedikit orangnya, makin lebar rentangnya. Perbedaan hanya disebut bila rentangnya "
    "mendukung; selain itu tertulis belum dapat dibedakan. Dari banyak unit, kira-kira satu "
    "dari dua puluh tampak berbeda karena kebetulan saja. Tidak ada peringkat; unit diurutkan "
    "menurut abjad.",
    "Perubahan dari pre-test ke post-test dihitung hanya dari orang yang mengerjakan "
    "keduanya; yang tidak berpasangan disebut jumlahnya. Selisihnya ialah selisih angka yang "
    "tampil: bilangan bulat, atau satu desimal bila bilangan bulat menyesatkan dan orangnya "
    "sedikitnya 50. Tidak ada kelompok pembanding, jadi sebagian kenaikan dapat berasal dari "
    "mengerjakan dua kali. Bila kisi-kisi kedua tes berbeda, selisihnya bukan ukuran kenaikan, "
    "dan laporan mengatakannya.",
    "Nilai tampil mulai lima orang. Unit yang lebih kecil digabung dengan unit kecil lain "
    "sejenisnya, bila perlu dengan unit terkecil yang cukup besar; anggota gabungan disebut. "
    "Yang digabung pada satu sesi tetap digabung pada sesi berikutnya. Bila satu jenis tetap "
    "kurang dari lima orang, hasilnya tidak ditampilkan, bersama sesedikit mungkin orang "
    "lain, supaya tidak dapat dihitung balik dari jumlah semua peserta. Topik menurut unit "
    "hanya tampil bila hal yang sama terpenuhi untuk setiap topik.",
)
"""Its paragraphs."""
