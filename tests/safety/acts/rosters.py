"""Who is on the roster, at the desk and in the hall."""

import re

from quiz.models.people.audit import Action
from tests.reading import words
from tests.safety.clerk import OFFICER, Clerk


def roster(clerk: Clerk) -> None:
    press, people = clerk.press, "/kegiatan/UJI-101/peserta"
    unit = clerk.choices(OFFICER, f"{people}/baru", "unit")[0]
    new = {"name": "Dedi Rekaan", "status": "pns", "unit": unit}
    press(OFFICER, f"{people}/baru", "", Action.ENROLMENT_ADDED, **new)
    person = clerk.link(OFFICER, f"{people}?cari=Dedi", rf"{people}/[\w-]{{20,}}")
    press(OFFICER, f"{person}/ubah", "", Action.PERSON_CORRECTED, name="Dedi Rekaan, S.Sos.")
    press(OFFICER, f"{person}/pindah", "", Action.ENROLMENT_MOVED, status="pppk")
    press(OFFICER, f"{person}/kartu-baru", "", Action.CARD_REISSUED)
    press(OFFICER, f"{person}/waktu", "", Action.EXTRA_SHARE_SET, share="y")
    press(OFFICER, person, "/hadir", Action.CHECK_IN)
    press(OFFICER, person, "/batal-hadir", Action.CHECK_IN_UNDONE)
    press(OFFICER, f"{person}/keluarkan", "", Action.ENROLMENT_REMOVED)
    press(OFFICER, f"{people}/dikeluarkan", "", Action.ENROLMENTS_RESTORED)
    other = clerk.link(OFFICER, f"{people}?cari=Ani", rf"{people}/[\w-]{{20,}}")
    merge = f"{person}/gabung/{other.rsplit('/', 1)[1]}"
    press(OFFICER, merge, "", Action.PEOPLE_MERGED)
    press(OFFICER, f"{people}/ganda", "/batal", Action.PEOPLE_MERGE_UNDONE)


def desk(clerk: Clerk) -> None:
    press, event = clerk.press, "/kegiatan/UJI-101"
    cards = words(clerk.page(OFFICER, f"{event}/kartu"))
    codes = re.findall(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", cards)
    press(OFFICER, f"{event}/meja", "/meja", Action.CHECK_IN, kartu=codes[0])
    person = clerk.link(OFFICER, f"{event}/peserta?cari=Cici", rf"{event}/peserta/[\w-]{{20,}}")
    clerk.send(OFFICER, person.replace("/peserta/", "/meja/"), Action.CHECK_IN)
    there = clerk.link(OFFICER, f"{event}/kehadiran", rf"{event}/kehadiran/[\w-]{{20,}}")
    press(OFFICER, f"{event}/kehadiran", there, Action.CHECK_IN)
    clerk.send(OFFICER, f"{there}/batal", Action.CHECK_IN_UNDONE)
    guest = {"name": "Eka Rekaan", "unit": "Kantor Camat Loa Janan", "status": "pns"}
    added = (Action.ENROLMENT_ADDED, Action.CHECK_IN)
    press(OFFICER, f"{event}/meja/tamu", "", *added, **guest)
    for name in ("Fani Rekaan", "Gita Rekaan"):
        phone = clerk.world.app.test_client()
        asked = {"name": name, "unit": "Kantor Camat Loa Janan", "position": "Guru"}
        assert phone.post_form("/g/UJI-101/daftar", asked).status_code == 303
    press(OFFICER, f"{event}/meja", "/tolak", Action.JOIN_REFUSED)
    waiting = clerk.link(OFFICER, f"{event}/meja", rf"{event}/meja/daftar-tunggu/[\w-]+")
    press(OFFICER, waiting, "", *added, Action.JOIN_ADMITTED, status="pns")


def moved(clerk: Clerk) -> None:
    """What one person did is another's, and a paper is typed, of an event that is over."""
    press, world = clerk.press, clerk.world
    event, at = f"/kegiatan/{world.event}", world.values("moved_attempts.move")
    other = world.values("paper_typing.type_in")
    choose = f"{event}/peserta/{at['uid']}/alihkan/{at['attempt_uid']}"
    press(OFFICER, f"{choose}/{other['person']}", "", Action.ATTEMPT_MOVED)
    press(OFFICER, f"{event}/peserta/ganda", "/batal", Action.ATTEMPT_MOVE_UNDONE)
    paper = f"{event}/sesi/{other['uid']}/kertas/{other['person']}"
    typed = {f"huruf-{position}": "A" for position in range(1, 16)}
    typed |= {"filled": clerk.value(OFFICER, paper, "filled"), "simpan": "y"}
    press(OFFICER, paper, "", Action.PAPER_TYPED, **typed)
    press(OFFICER, f"{paper}/ulang", "", Action.PAPER_RETYPED, **typed)
