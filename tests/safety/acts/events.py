"""An event from its first page to its last."""

from sqlalchemy import select

from quiz.models import Attempt, Enrolment, Sitting, User
from quiz.models.people.audit import Action
from tests.safety.clerk import ADMIN, OFFICER, TRAINER, Clerk

ROSTER = """Nama;Unit;Status;Jabatan
Ani Rekaan;Kantor Camat Loa Janan;PNS;Analis
Budi Rekaan;Kantor Camat Loa Janan;PPPK;Guru
Cici Rekaan;Kantor Camat Loa Janan;PNS;Guru
"""
PURPOSE = {"purpose": "penilaian", "reason": "Surat tugas nomor 1 tahun 2031."}


def planning(clerk: Clerk) -> None:
    press = clerk.press
    new = {"title": "Sosialisasi kedua", "place": "Aula", "code": "UJI-101"}
    times = {"start": "00:00", "end": "23:59"}
    event = press(OFFICER, "/kegiatan/baru", "", Action.EVENT_ADDED, **new, **times)
    press(OFFICER, f"{event}/ubah", "", Action.EVENT_CHANGED, title="Sosialisasi ketiga")
    press(OFFICER, f"{event}/tujuan", "", Action.PURPOSE_CHANGED, **PURPOSE)
    waiting = press(OFFICER, f"{event}/peserta/unggah", "", file=("daftar.csv", ROSTER.encode()))
    press(OFFICER, waiting, waiting, Action.ROSTER_APPLIED)
    press(OFFICER, f"{event}/hp/wifi", "", Action.EVENT_CHANGED, wifi_name="Aula")
    later = {"day": "2031-05-05", "reason": "Pemeriksaan masih berjalan."}
    press(OFFICER, f"{event}/masa-simpan", "", Action.EVENT_KEPT_LONGER, **later)
    press(OFFICER, f"{event}/masa-simpan", "/biasa", Action.EVENT_KEPT_LONGER)
    press(OFFICER, f"{event}/salin", "", Action.EVENT_COPIED, day="2031-05-05", code="UJI-102")
    press(OFFICER, f"{event}/arsip", "", Action.EVENT_ARCHIVED)
    press(OFFICER, event, "/arsip/kembalikan", Action.EVENT_RESTORED)
    away_and_back(clerk, "/kegiatan/UJI-102")
    press(OFFICER, "/kegiatan/UJI-102/hapus", "", Action.EVENT_DELETED)


def away_and_back(clerk: Clerk, event: str) -> None:
    """Taken along as a file, deleted here, and read in again."""
    press = clerk.press
    press(OFFICER, f"{event}/berkas", "", Action.EVENT_EXPORTED)
    file = clerk.browser(OFFICER).post_form(f"{event}/berkas").data
    press(OFFICER, f"{event}/hapus", "", Action.EVENT_DELETED)
    waiting = press(OFFICER, "/kegiatan/muat-berkas", "", file=("kegiatan.zip", file))
    press(OFFICER, waiting, "", Action.EVENT_IMPORTED)


def quizzes(clerk: Clerk) -> None:
    press = clerk.press
    lines = {"lines-0-topic": "makna", "lines-0-count": "3"}
    press(OFFICER, "/kuis-bank/baru", "", Action.QUIZ_ADDED, title="Kuis uji", **lines)
    pages = clerk.page(OFFICER, "/kuis-bank").xpath("//a[contains(., 'Kuis uji')]/@href")
    quiz = str(pages[0])
    press(OFFICER, quiz, quiz, Action.QUIZ_CHANGED, title="Kuis uji lain")
    press(OFFICER, quiz, "/tarik", Action.QUIZ_RETIRED)
    press(OFFICER, quiz, "/pakai-lagi", Action.QUIZ_RESTORED)


def sittings(clerk: Clerk) -> None:
    press, event = clerk.press, "/kegiatan/UJI-101"
    prepared = Action.SITTING_PREPARED
    four = [Action.SITTING_ADDED, prepared] * 4
    press(OFFICER, f"{event}/paket", "", Action.QUIZ_ADDED, Action.QUIZ_ADDED, *four)
    press(OFFICER, f"{event}/silang", "/batal", Action.EVENT_UNCROSSED)
    press(OFFICER, f"{event}/silang", "/silang", Action.EVENT_CROSSED)
    press(OFFICER, f"{event}/silang", "/batal", Action.EVENT_UNCROSSED)
    sitting = clerk.link(OFFICER, event, rf"{event}/sesi/[\w-]{{20,}}")
    press(OFFICER, f"{sitting}/ubah", "", Action.SITTING_CHANGED, grace="12")
    press(OFFICER, f"{sitting}/siapkan", "", Action.SITTING_PREPARED)
    swap = clerk.link(OFFICER, sitting, rf"{sitting}/soal/A/1")
    other = clerk.choices(OFFICER, swap, "soal")
    press(OFFICER, swap, swap, Action.ITEM_SWAPPED, **({"soal": other[0]} if other else {}))
    press(OFFICER, swap, "/semula", Action.ITEM_SWAP_UNDONE)
    quiz = clerk.choices(OFFICER, f"{event}/sesi/baru", "quiz")[0]
    before = _sittings(clerk)
    press(OFFICER, f"{event}/sesi/baru", "", Action.SITTING_ADDED, quiz=quiz)
    [uid] = _sittings(clerk) - before
    practice = f"{event}/sesi/{uid}"
    press(OFFICER, f"{event}/siapkan", "", prepared, prepared)
    unit = clerk.choices(OFFICER, f"{event}/peserta/baru", "unit")[0]
    head = {"name": "Hasan Rekaan", "status": "kepala_desa", "unit": unit}
    press(OFFICER, f"{event}/peserta/baru", "", Action.ENROLMENT_ADDED, **head)
    press(OFFICER, f"{practice}/lengkapi", "", Action.SITTING_COMPLETED)
    press(OFFICER, f"{practice}/hapus", "", Action.SITTING_DELETED)
    backed_up = Action.DATABASE_BACKED_UP
    press(OFFICER, f"{sitting}/buka", "", backed_up, Action.SITTING_OPENED)
    _hall(clerk, sitting)
    press(OFFICER, f"{event}/papan", f"{sitting[-22:]}/tambah", Action.SITTING_EXTENDED)
    press(OFFICER, f"{sitting}/perpanjang", "", Action.SITTING_EXTENDED)
    press(OFFICER, f"{event}/papan", "/layar", Action.SCREEN_MADE)
    press(OFFICER, f"{event}/papan", "/layar/cabut", Action.SCREEN_WITHDRAWN)
    press(OFFICER, f"{sitting}/tutup", "", Action.SITTING_CLOSED, backed_up)
    for button, line in (("dibahas", Action.PASSAGE_COVERED), ("batal", Action.PASSAGE_UNCOVERED)):
        clerk.send(TRAINER, f"{event}/celah/{button}", line, codes="LJN-01")
    press(OFFICER, f"{sitting}/rilis", "", Action.SITTING_RELEASED)


def _sittings(clerk: Clerk) -> set[str]:
    clerk.world.session.rollback()
    return set(clerk.world.session.scalars(select(Sitting.uid)))


def _hall(clerk: Clerk, sitting: str) -> None:
    """Somebody is at work, and gets help."""
    session, event = clerk.world.session, "/kegiatan/UJI-101"
    person = session.scalars(
        select(Enrolment).join(Enrolment.user).where(User.name == "Budi Rekaan")
    ).one()
    phone = clerk.world.app.test_client().log_in(person)
    assert phone.post_form(f"/sesi/{sitting[-22:]}/mulai").status_code == 303
    session.rollback()
    attempt = session.scalars(select(Attempt).where(Attempt.enrolment_id == person.id)).one()
    given = Action.EXTRA_MINUTES_GIVEN
    one = f"{event}/papan/{sitting[-22:]}/tambah/{attempt.uid}"
    clerk.send(OFFICER, one, given, had=str(attempt.extra_seconds))
    extra = f"{event}/peserta/{person.uid}/waktu"
    clerk.press(OFFICER, extra, f"/waktu/{attempt.uid}", given, minutes="5")


def papers(clerk: Clerk) -> None:
    """What is written about an event that is over."""
    press, event = clerk.press, f"/kegiatan/{clerk.world.event}"
    press(OFFICER, f"{event}/berita-acara/ubah", "", Action.MINUTES_CHANGED, number="400/1")
    report = f"{event}/laporan-pelaksanaan"
    press(OFFICER, report, "", Action.ACTIVITY_REPORT_CHANGED, account="Berjalan baik.")
    press(OFFICER, f"{event}/kehadiran", "/evaluasi/hentikan", Action.EVALUATION_WITHHELD)
    press(OFFICER, f"{event}/kehadiran", "/evaluasi/tawarkan", Action.EVALUATION_OFFERED)
    for address in ("http://10.0.0.1:8000", "http://10.0.0.2:8000"):
        press(ADMIN, "/setelan", "", Action.SETTING_CHANGED, hall_url=address)
        cards = clerk.page(OFFICER, f"{event}/kartu")
    assert cards is not None
    press(OFFICER, f"{event}/kartu", "/dicetak-ulang", Action.CARDS_PRINTED)
