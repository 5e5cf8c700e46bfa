"""What an event's results are made into."""

from urllib.parse import urlencode

from quiz.models.people.audit import Action
from tests.safety.clerk import CHECKER, OFFICER, Clerk
from tests.safety.everybody import CARD, browser_of


def keys(clerk: Clerk) -> None:
    attempt = clerk.world.values("feedback.page")["uid"]
    phone = browser_of(clerk.world, CARD)
    words = {"words": "Menurut pasal 9 ayat (2) jawabannya yang lain."}
    assert phone.post_form(f"/kuis/{attempt}/sanggah/1", words).status_code == 303
    contested = clerk.link(CHECKER, "/soal/sanggahan", r"/soal/[A-Z]+-\d+/sanggahan")
    why = "Pasal 9 ayat (2) menyebut keduanya, jadi kuncinya tetap."
    clerk.press(CHECKER, contested, "", Action.CONTEST_KEPT, explanation=why)
    item = contested.removesuffix("/sanggahan")
    look = f"{item}/putusan/pratinjau?" + urlencode({"jenis": "batal"})
    clerk.press(CHECKER, look, "/putusan", Action.RULING_MADE, reason=why)
    taken_back = clerk.link(CHECKER, f"{item}/putusan", rf"{item}/putusan/[\w-]+/cabut")
    clerk.press(CHECKER, taken_back, "", Action.RULING_WITHDRAWN, reason=why)


def reporting(clerk: Clerk) -> None:
    press, event = clerk.press, clerk.world.event
    report = f"/laporan/{event}"
    withdraw = f"{report}/edisi/1/tarik"
    press(OFFICER, withdraw, "", Action.EDITION_WITHDRAWN, reason="Ada unit yang tertukar.")
    press(OFFICER, f"{report}/terbitkan", "", Action.EDITION_PUBLISHED)
    unit = clerk.choices(OFFICER, f"{report}/tautan", "unit")[0]
    press(OFFICER, f"{report}/tautan", "", Action.UNIT_LINK_MADE, unit=unit)
    press(OFFICER, f"{report}/tautan", "/cabut", Action.UNIT_LINK_WITHDRAWN)
    person = clerk.link(OFFICER, f"{report}/peserta", rf"{report}/peserta/[\w-]{{20,}}")
    reset = clerk.link(OFFICER, person, rf"{person}/ulang/[\w-]+")
    press(OFFICER, reset, "", Action.ATTEMPT_VOIDED, reason="HP-nya mati di tengah pengerjaan.")
