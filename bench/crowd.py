"""People who may slow a hall, each for as long as the process lives: ``CROWDS`` by name."""

import io
import itertools
import json
import selectors
import socket
import threading
import time
from collections.abc import Callable

from xlsxwriter import Workbook

from bench.browser import Browser
from bench.saving import enter

PAGES, SOCKETS, DRIPPING = 800, 40, 1_100
ROWS, ITEMS, HELD = 5_000, 300, 4_900
BOARDS, ASKING = 60, 2.5
EVENT = "/kegiatan/{}/peserta/unggah"


class Visit:
    """Where the crowd is: the server, a card, and what staff need to come in."""

    def __init__(self, port: int, card: str, staff: dict[str, tuple[str, str]], event: str) -> None:
        self.port, self.card, self.staff, self.event = port, card, staff, event

    def work(self, role: str) -> Browser:
        """The browser of somebody of the staff."""
        browser = Browser(self.port)
        browser.ask("GET", "/masuk/petugas")
        username, password = self.staff[role]
        status, _, _ = browser.send_form("/masuk/petugas", username=username, password=password)
        assert status == 303, f"{username} is not let in"
        return browser


def reads_slowly(visit: Visit) -> None:
    """800 pages asked for at once over 40 sockets that take a kilobyte at a time."""
    browser, address, _ = enter(visit.port, visit.card)
    page = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {browser.cookie}\r\n\r\n"
    asked = page.encode() * (PAGES // SOCKETS)
    _keep_open(visit.port, SOCKETS, asked, lambda sock: sock.recv(1_024), 0.05)


def drips(visit: Visit) -> None:
    """1,100 sockets that send a head by the letter."""
    head = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: "
    _keep_open(visit.port, DRIPPING, head, lambda sock: sock.send(b"a"), 1.0)


def _keep_open(
    port: int, number: int, first: bytes, act: Callable[[socket.socket], object], rest: float
) -> None:
    """Hold ``number`` sockets that begin with ``first`` and then act every ``rest`` seconds."""
    held: list[socket.socket | None] = [None] * number
    while True:
        for place, sock in enumerate(held):
            if sock is None or _is_shut(sock):
                held[place] = _begun(port, first)
                continue
            try:
                act(sock)
            except BlockingIOError:
                continue
            except OSError:
                sock.close()
                held[place] = None
        time.sleep(rest)


def _begun(port: int, first: bytes) -> socket.socket | None:
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    sock.settimeout(0.2)
    try:
        sock.connect(("127.0.0.1", port))
        sock.send(first)
    except OSError:
        sock.close()
        return None
    sock.setblocking(False)
    return sock


def _is_shut(sock: socket.socket) -> bool:
    """Whether the server has closed it and everything sent was read."""
    with selectors.DefaultSelector() as waiting:
        waiting.register(sock, selectors.EVENT_READ)
        if not waiting.select(0):
            return False
    try:
        shut = not sock.recv(1, socket.MSG_PEEK)
    except OSError:
        shut = True
    if shut:
        sock.close()
    return shut


def hands_in_much(visit: Visit) -> None:
    """A phone that hands in 4,900 responses again and again."""
    browser, address, _ = enter(visit.port, visit.card)
    held = [{"position": 1, "chosen": [], "revision": 1}] * HELD
    for _ in itertools.count():
        browser.send_json("POST", f"{address}/selesai", {"responses": held})


def confirms_nothing(visit: Visit) -> None:
    """A trainer who confirms 300 items and has chosen none."""
    browser = visit.work("narasumber")
    browser.ask("GET", "/soal/ambil")
    status, _, address = browser.send_form("/soal/ambil", text=_questions())
    assert status == 303, "the questions were not taken in"
    browser.ask("GET", address)
    for _ in itertools.count():
        browser.send_form(address, law_as_of="2024-11-22")


def _questions() -> str:
    one = "{}. Bagaimana sikap pegawai nomor {} menjelang pemungutan suara?\nA. Diam\nB. Ikut\n"
    return "\n".join(one.format(n, n) + "C. Lapor\nKunci: A\n" for n in range(1, ITEMS + 1))


def uploads(visit: Visit) -> None:
    """An officer who uploads 5,000 people again and again."""
    browser = visit.work("petugas")
    address = EVENT.format(visit.event)
    browser.ask("GET", address)
    blob = _roster()
    for _ in itertools.count():
        browser.send_file(address, "peserta.xlsx", blob)


def _roster() -> bytes:
    out = io.BytesIO()
    with Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("Nama", "NIP", "Status", "Unit", "Jabatan"))
        for number in range(1, ROWS + 1):
            unit = f"Unit Rekaan {number % 40}"
            sheet.write_row(number, 0, (f"Rekaan {number}", "", "PNS", unit, "Staf"))
    return out.getvalue()


def backs_up(visit: Visit) -> None:
    """An officer who makes one backup after the other."""
    browser = visit.work("petugas")
    browser.ask("GET", "/setelan/cadangan")
    for _ in itertools.count():
        status, _, _ = browser.send_form("/setelan/cadangan")
        assert status == 303, f"the backup answers {status}"


def watches(visit: Visit) -> None:
    """Sixty boards that ask as their script does, and a report opened again and again."""
    report, boards = visit.work("petugas"), visit.work("petugas")
    address = f"/laporan/{visit.event}/unit"
    threading.Thread(target=_opens_again, args=(report, address), daemon=True).start()
    word = ""
    for _ in itertools.count():
        status, text, _ = boards.ask("GET", f"/kegiatan/{visit.event}/papan/isi?kata={word}")
        assert status in {200, 204}, f"the board answers {status}"
        word = json.loads(text)["word"] if status == 200 else word
        time.sleep(ASKING / BOARDS)


def _opens_again(browser: Browser, address: str) -> None:
    for _ in itertools.count():
        browser.ask("GET", address)


CROWDS: dict[str, Callable[[Visit], None]] = {
    "800 halaman dibaca pelan": reads_slowly,
    "1.100 sambungan menetes": drips,
    "4.900 jawaban dikirim berulang": hands_in_much,
    "impor 300 soal tanpa pilihan": confirms_nothing,
    "unggahan 5.000 baris": uploads,
    "60 papan dan laporan terbuka": watches,
    "cadangan terus-menerus": backs_up,
}
