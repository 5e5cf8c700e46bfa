"""A whole day at the speed of the machine: fifty people, one laptop, and what goes wrong.

Four phones and the laptop are real browsers, two people write on paper, everybody else speaks what
phones speak. The server is a process of its own; it is killed in the middle and started again.
"""

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quiz.actions.bank.loading import load_questions
from quiz.assessment.items.item import Status
from quiz.config.settings import carried, read_settings
from quiz.database import make_engine
from quiz.database.migrating import upgrade
from quiz.models import Attempt, Enrolment, Event, Sitting, StoredResponse, User
from quiz.models.events.events import Phase
from quiz.permissions import Role
from quiz.queries.taking.papers import sheets_of
from tests.e2e.page import arrived, heading, press, saved, send
from tests.e2e.phones import Phones
from tests.e2e.test_desk import CARD, said, scanner
from tests.e2e.test_officer import WITA
from tests.e2e.test_preparing import DESK, log_in
from tests.factories import Make
from tests.servers import HUNG, wait_until
from tests.torture.saver import Saver
from tests.torture.server import Server
from tests.torture.verdict import broken_promises, doubles, soundness, unscored

UNITS = {
    "Kantor Camat Rekaan": ("kecamatan", Status.PNS, 12),
    "UPT Pendidikan Rekaan": ("upt-pendidikan", Status.PPPK, 14),
    "Puskesmas Rekaan": ("upt-kesehatan", Status.PNS, 13),
    "Desa Rekaan": ("desa", Status.KEPALA_DESA, 8),
}
GUESTS = ("Rina Wati", "Joko Susilo", "Tono Hartanto")
BROWSERS, PAPERS = 4, 2


class Pause:
    """Where everybody waits until the hall goes on."""

    def __init__(self) -> None:
        self._go_on, self._there = threading.Event(), count(1)
        self.there = 0

    def wait(self) -> None:
        self.there = next(self._there)
        if not self._go_on.wait(HUNG):
            raise TimeoutError("the hall never went on")

    def go_on(self) -> None:
        self._go_on.set()


class Visitor(Saver):
    """Answers every item of one sitting in turn and sends; stands still where the hall does."""

    def __init__(self, port: int, card: str, sitting: str, seed: int, pauses: dict[int, Pause]):
        super().__init__(port, card, [sitting], seed)
        self.pauses = pauses
        self.shut_out = 0

    def take(self, sitting: str, *, last: bool) -> None:
        self.uid = self.start_attempt(sitting)
        self.read_page()
        for turn, position in enumerate(self.offered, start=1):
            if turn in self.pauses:
                self.pauses[turn].wait()
            self.save(position)
        self.submit()

    def attempt_once(self, method: str, path: str, payload: object = None) -> tuple[int, str, str]:
        """A sitting that was closed by mistake is no fault: the phone keeps it and sends again."""
        status, text, location = super().attempt_once(method, path, payload)
        if status == 409 and method == "PUT":
            self.shut_out += 1
            return 0, text, location
        return status, text, location


class House:
    """The program's data as the test reads it, and the server that works on it."""

    def __init__(self, folder: Path) -> None:
        database = f"sqlite:///{folder / 'quiz.sqlite'}"
        environ = {"QUIZ_INSTANCE": str(folder), "QUIZ_DATABASE_URL": database}
        self.key = read_settings(environ).card_key
        self.engine: Engine = make_engine(database)
        upgrade(self.engine)
        with Session(self.engine, expire_on_commit=False) as session:
            load_questions(session, carried("questions"), datetime.now(UTC))
            make = Make(session, self.key)
            make.user("Citra Ningsih", role=Role.OFFICER, username="citra")
            for name, (kind, _status, _people) in UNITS.items():
                make.unit(name, kind)
            session.commit()
        self.server = Server(environ, folder / "log")

    def session(self) -> Session:
        return Session(self.engine, expire_on_commit=False)

    def one(self, model, *conditions):  # type: ignore[no-untyped-def]
        with self.session() as session:
            return session.scalars(select(model).where(*conditions)).one()

    def people(self) -> list[Enrolment]:
        """Everybody on the roster, as they stand there."""
        with self.session() as session:
            return list(session.scalars(select(Enrolment).order_by(Enrolment.id)))

    def name(self, enrolment: Enrolment) -> str:
        return str(self.one(User, User.id == enrolment.user_id).name)

    def sheets(self, sitting: Sitting, people: list[Enrolment]) -> list[str]:
        """The codes on these people's papers."""
        with self.session() as session:
            return [sheet.code for sheet in sheets_of(session, sitting, people, self.key)]

    def card(self, enrolment: Enrolment) -> str:
        with self.session() as session:
            return Make(session, self.key).token(enrolment)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with ExitStack() as stack:
        folder = tmp_path / "instance"
        folder.mkdir()
        house = House(folder)
        stack.callback(house.engine.dispose)
        stack.callback(house.server.close)
        house.server.start()
        yield house


@pytest.fixture
def pocket(chromium: Browser, house: House) -> Iterator[Callable[..., Page]]:
    """``pocket(**context)``: a browser of somebody in the hall."""
    phones = Phones(f"http://127.0.0.1:{house.server.port}")
    yield lambda **options: phones.new(chromium, **options)
    phones.close()
    assert phones.faults == []


def roster_file() -> bytes:
    blob = BytesIO()
    book = xlsxwriter.Workbook(blob)
    sheet = book.add_worksheet("Peserta")
    rows = [
        (f"Orang {unit.split()[1]} {number:02}", status.label, unit)
        for unit, (_kind, status, people) in UNITS.items()
        for number in range(people)
    ]
    for line, row in enumerate([("Nama", "Status", "Unit"), *rows]):
        sheet.write_row(line, 0, row)
    book.close()
    return blob.getvalue()


# The officer


def make_event(desk: Page) -> str:
    start, end = (datetime.now(WITA) + timedelta(minutes=m) for m in (20, 260))
    desk.goto("/kegiatan/baru")
    desk.get_by_label("Judul kegiatan").fill("Sosialisasi Netralitas Rekaan")
    desk.get_by_label("Tanggal", exact=True).fill(f"{start:%Y-%m-%d}")
    desk.get_by_label("Mulai (WITA)").fill(f"{start:%H:%M}")
    desk.get_by_label("Selesai (WITA)").fill(f"{end:%H:%M}")
    desk.get_by_label("Tanggal selesai").fill(f"{end:%Y-%m-%d}")
    press(desk, "Buat kegiatan")
    heading(desk, "Sosialisasi Netralitas Rekaan")
    return desk.url.rsplit("/", 1)[1]


def upload_roster(desk: Page, code: str) -> None:
    desk.goto(f"/kegiatan/{code}/peserta/unggah")
    desk.get_by_label("Berkas daftar peserta").set_input_files(
        {"name": "peserta.xlsx", "mimeType": "application/octet-stream", "buffer": roster_file()}
    )
    press(desk, "Unggah dan periksa")
    press(desk, "Masukkan ke daftar peserta")
    expect(desk.get_by_text("47 orang ditambahkan")).to_be_visible()


def plan_the_day(desk: Page, code: str) -> None:
    desk.goto(f"/kegiatan/{code}")
    desk.get_by_role("link", name="Pakai paket 15 soal").first.click()
    press(desk, "Buat semua sesi")
    expect(desk.get_by_text("Pre-test, post-test, dan dua tindak lanjut siap.")).to_be_visible()


def take_in(desk: Page, code: str, guest: str) -> None:
    desk.goto(f"/kegiatan/{code}/meja/tamu")
    expect(desk.get_by_label("Nama lengkap")).to_be_focused()
    for typed in (guest, "Puskesmas Rekaan", "PNS"):
        desk.keyboard.type(typed)
        desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text(f"{guest} masuk daftar dan tercatat hadir.")).to_be_visible()


def give_new_card(desk: Page, code: str, name: str) -> None:
    desk.goto(f"/kegiatan/{code}/meja")
    expect(desk.locator("#kartu")).to_be_focused()
    scanner(desk, name.lower())
    desk.get_by_role("link", name=f"Kartu baru: {name}").click()
    press(desk, "Buat kartu baru")
    expect(desk.get_by_text(f"Kartu baru untuk {name} siap")).to_be_visible()


def do(desk: Page, address: str, button: str) -> None:
    desk.goto(address)
    press(desk, button)
    heading(desk, "Sosialisasi Netralitas Rekaan")


def type_paper(desk: Page, code: str, sheet: str, items: int) -> None:
    desk.goto(f"/kegiatan/{code}/kertas")
    expect(desk.locator("#cari")).to_be_focused()
    scanner(desk, sheet)
    arrived(desk, re.compile("Ketik kertas: "))
    for _ in range(items):
        scanner(desk, "a")
    expect(desk.get_by_role("button", name="Simpan")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Tanda terima")).to_be_visible()


# The people


def begin(phone: Page, card: str, label: str) -> Page:
    """The phone, with three items answered."""
    phone.goto(f"/k/{card}")
    press(phone, f"Mulai {label}")
    heading(phone, "Soal 1 dari 15")
    answer(phone, until=3)
    return phone


def answer(phone: Page, until: int) -> None:
    """The first option of every item up to this one, which stays on the screen."""
    for number in range(_shown(phone), until + 1):
        phone.locator(".item:not([hidden]) .option input").first.check()
        saved(phone)
        if number < until:
            press(phone, "Berikutnya")
            heading(phone, f"Soal {number + 1} dari 15")


def _shown(phone: Page) -> int:
    return int(phone.get_by_role("heading", level=1).inner_text().split()[1])


def hand_in(phone: Page) -> None:
    press(phone, "Periksa")
    send(phone)
    expect(phone.get_by_text("Tanda terima").first).to_be_visible()


@pytest.mark.long
def test_a_whole_day_of_fifty_people(house: House, pocket: Callable[..., Page]) -> None:
    desk = pocket(**DESK)
    log_in(desk)
    code = make_event(desk)
    upload_roster(desk, code)
    plan_the_day(desk, code)
    pre, post = (house.one(Sitting, Sitting.phase == phase) for phase in (Phase.PRE, Phase.POST))

    everybody_arrives(house, desk, code)
    before = run_sitting(house, desk, pocket, pre, mishaps=True)
    after = run_sitting(house, desk, pocket, post, mishaps=False)

    assert sum(visitor.shut_out for visitor in before) > 0
    assert broken_promises(house.engine, before + after) == []
    assert doubles(house.engine) == []
    assert unscored(house.engine) == 0
    assert soundness(house.engine) == []
    everything_is_stored(house)
    the_report_counts_everybody(desk, code, (pre, post))


def everybody_arrives(house: House, desk: Page, code: str) -> None:
    """Three guests are taken in, one card was lost, every other card is scanned."""
    for guest in GUESTS:
        take_in(desk, code, guest)
    lost = house.people()[0]
    old_card = house.card(lost)
    give_new_card(desk, code, house.name(lost))
    desk.goto(f"/kegiatan/{code}/meja")
    expect(desk.locator("#kartu")).to_be_focused()
    for place in house.people():
        if place.checked_in_at is None:
            scanner(desk, CARD.format(house.card(place)))
            said(desk, house.name(place), "Hadir")
    scanner(desk, CARD.format(old_card))
    expect(desk.locator(".outcome")).to_contain_text("diganti")
    expect(desk.locator(".count")).to_contain_text("50 dari 50")


def run_sitting(
    house: House, desk: Page, pocket: Callable[..., Page], sitting: Sitting, *, mishaps: bool
) -> list[Visitor]:
    """Open, let everybody work and send, type the papers, close; those whose promises to check."""
    code = house.one(Event).code
    address = f"/kegiatan/{code}/sesi/{sitting.uid}"
    do(desk, f"{address}/buka", "Buka sekarang")
    people = house.people()
    cards, on_paper = [house.card(each) for each in people[:-PAPERS]], people[-PAPERS:]
    pauses = {4: Pause(), 9: Pause()}
    visitors = [
        Visitor(house.server.port, card, sitting.uid, number, pauses)
        for number, card in enumerate(cards[BROWSERS:])
    ]
    for visitor in visitors:
        visitor.start()
    phones = [begin(pocket(), card, sitting.phase.label) for card in cards[:BROWSERS]]
    wait_for_all(visitors, pauses[4])
    if mishaps:
        close_by_mistake(desk, address, visitors, pauses[4])
    pauses[4].go_on()
    wait_for_all(visitors, pauses[9])
    if mishaps:
        house.server.kill()
        pauses[9].go_on()
        house.server.start()
    pauses[9].go_on()
    for phone in phones:
        answer(phone, until=15)
        hand_in(phone)
    for visitor in visitors:
        visitor.join(HUNG)
    assert [fault for visitor in visitors for fault in visitor.faults] == []
    for sheet in house.sheets(sitting, on_paper):
        type_paper(desk, code, sheet, items=15)
    do(desk, f"{address}/tutup", "Tutup sekarang")
    return visitors


def wait_for_all(visitors: list[Visitor], pause: Pause) -> None:
    wait_until(lambda: pause.there == len(visitors) or any(visitor.faults for visitor in visitors))


def close_by_mistake(desk: Page, address: str, visitors: list[Visitor], pause: Pause) -> None:
    """*Tutup* pressed while all are at it, noticed once phones are refused, and taken back."""
    do(desk, f"{address}/tutup", "Tutup sekarang")
    pause.go_on()
    wait_until(lambda: any(visitor.shut_out for visitor in visitors))
    desk.goto(f"{address}/perpanjang")
    desk.locator("input[name=minutes]").last.check()
    press(desk, "Buka lagi")
    heading(desk, "Sosialisasi Netralitas Rekaan")


def everything_is_stored(house: House) -> None:
    """Fifty attempts a test, each handed in with fifteen answers, two of them from paper."""
    with house.session() as session:
        rows = session.execute(
            select(Attempt.sitting_id, Attempt.id, Attempt.submitted_at, Attempt.typed_by_id)
        ).all()
        given = Counter(session.scalars(select(StoredResponse.attempt_id)))
        assert len(session.scalars(select(Event)).all()) == 1
    assert sorted(Counter(row.sitting_id for row in rows).values()) == [50, 50]
    assert all(row.submitted_at is not None for row in rows)
    assert {given[row.id] for row in rows} == {15}
    assert sum(row.typed_by_id is not None for row in rows) == 2 * PAPERS


def the_report_counts_everybody(desk: Page, code: str, sittings: tuple[Sitting, ...]) -> None:
    for sitting in sittings:
        reply = desk.request.get(f"/laporan/{code}/unit.json?sesi={sitting.uid}")
        total = reply.json()["total"]
        assert (total["invited"], total["attended"], total["submitted"]) == (50, 50, 50)
