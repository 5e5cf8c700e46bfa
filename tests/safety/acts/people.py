"""Accounts, units and settings."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.actions.people.settings import trust_clock
from quiz.models import Event, SecondStep
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from tests.safety.clerk import ADMIN, OFFICER, Clerk
from tests.safety.everybody import CARD, browser_of


def accounts(clerk: Clerk) -> None:
    press = clerk.press
    new = {"name": "Hari Rekaan", "username": "hari", "role": "narasumber"}
    link = Action.ACCOUNT_LINK_MADE
    press(ADMIN, "/orang/tambah", "", Action.ACCOUNT_ADDED, link, **new)
    person = clerk.link(ADMIN, "/orang?cari=Hari", r"/orang/[\w-]{20,}")
    press(ADMIN, person, "/alamat", link)
    press(ADMIN, person, "", Action.ACCOUNT_CHANGED, role="pemeriksa")
    press(ADMIN, person, "/keluarkan", Action.ACCOUNT_LOGGED_OUT)
    press(ADMIN, f"{person}/nonaktif", "", Action.ACCOUNT_DISABLED)
    press(ADMIN, person, "/aktif", Action.ACCOUNT_ENABLED)
    nobody = f"/orang/{clerk.world.owner_of_attempt().user.uid}"
    press(ADMIN, nobody, nobody, Action.ACCOUNT_CHANGED, role="petugas")
    press(ADMIN, nobody, "/akun", Action.ACCOUNT_ADDED, link, username="indah")


def second_step(clerk: Clerk) -> None:
    """Somebody's phone with the app is lost."""
    person = clerk.world.staff(Permission.SIGN_ITEMS)
    moment = datetime.now(UTC)
    second = SecondStep(
        user_id=person.id, seed="A" * 22, step=0, set_up_at=moment, codes_made_at=moment
    )
    with Session(clerk.world.app.extensions["quiz.engine"]) as session:
        session.add(second)
        session.commit()
    taken = f"/orang/{person.uid}/dua-langkah"
    clerk.press(ADMIN, taken, taken, Action.SECOND_STEP_TAKEN_OFF)


def units(clerk: Clerk) -> None:
    press = clerk.press
    for code in ("UJI-1", "UJI-2"):
        press(OFFICER, "/unit/tambah", "", Action.UNIT_ADDED, name=f"Dinas {code}", code=code)
    press(OFFICER, "/unit/UJI-1", "", Action.UNIT_RENAMED, name="Dinas Uji Satu")
    press(OFFICER, "/unit/UJI-1", "/pensiun", Action.UNIT_RETIRED)
    press(OFFICER, "/unit/UJI-1", "/pakai-lagi", Action.UNIT_RESTORED)
    press(OFFICER, "/unit/UJI-1/gabung", "", Action.UNIT_MERGED, target="UJI-2")
    press(OFFICER, "/unit/UJI-1", "/pisah", Action.UNIT_MERGE_UNDONE)
    press(OFFICER, "/unit/jenis/tambah", "", Action.UNIT_KIND_ADDED, name="Rumah sakit")
    kind = clerk.link(OFFICER, "/unit", r"/unit/jenis/(?!tambah)\S+")
    press(OFFICER, kind, "", Action.UNIT_KIND_RENAMED, name="Nama jenis baru")


def settings(clerk: Clerk) -> None:
    press = clerk.press
    press(ADMIN, "/setelan", "", Action.SETTING_CHANGED, privacy_contact="0541 000000")
    press(ADMIN, "/setelan/masa-simpan", "", Action.SETTING_CHANGED, days="120")
    press(OFFICER, "/setelan/cadangan", "", Action.DATABASE_BACKED_UP)
    sealing = clerk.link(ADMIN, "/setelan/cadangan", r"/setelan/cadangan/\S+/bersandi")
    press(ADMIN, sealing, "", Action.BACKUP_DOWNLOADED)
    outline = "/setelan/laporan-pelaksanaan"
    press(OFFICER, outline, "", Action.OUTLINE_CHANGED, title="Laporan {kegiatan}")
    press(OFFICER, f"{outline}/bawaan", "", Action.OUTLINE_RESTORED)


def retention(clerk: Clerk) -> None:
    """The last that happens: the clock leaps, is found right, and people of long ago go."""
    page, long_ago = "/setelan/masa-simpan", timedelta(days=1000)
    with Session(clerk.world.app.extensions["quiz.engine"]) as session:
        trust_clock(session, datetime.now(UTC) - timedelta(days=31))
        event = session.scalars(select(Event).where(Event.code == clerk.world.event)).one()
        event.starts_at, event.ends_at = event.starts_at - long_ago, event.ends_at - long_ago
        for sitting in event.sittings:
            sitting.opens_at, sitting.closes_at = (
                sitting.opens_at - long_ago,
                sitting.closes_at - long_ago,
            )
        for other in session.scalars(select(Event).where(Event.id != event.id)):
            other.ends_at, other.starts_at = event.ends_at, event.starts_at
            other.keep_until = datetime.now(UTC) + long_ago
            for sitting in other.sittings:
                sitting.opens_at, sitting.closes_at = event.starts_at, event.ends_at
        session.commit()
    clerk.press(OFFICER, page, "/jam", Action.CLOCK_CONFIRMED)
    clerk.press(OFFICER, page, "/hapus", Action.EVENT_ERASED)


def requests(clerk: Clerk) -> None:
    queue, one = "/data-pribadi/permintaan", r"/data-pribadi/permintaan/[\w-]{20,}"
    asked = clerk.link(OFFICER, queue, one)
    clerk.press(OFFICER, asked, "/jawab", Action.REQUEST_ANSWERED, reply="Sudah diteliti.")
    phone = browser_of(clerk.world, CARD)
    wish = {"kind": "position", "wanted": "Kepala Seksi", "text": ""}
    assert phone.post_form("/data-saya/permintaan", wish).status_code == 303
    asked = clerk.link(OFFICER, queue, one)
    clerk.press(OFFICER, asked, "/betulkan", Action.REQUEST_GRANTED)
