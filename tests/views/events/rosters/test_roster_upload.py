"""A roster from a file in the officer's browser: uploaded, looked at, taken over once."""

import io
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from quiz.assessment.items.item import Status
from quiz.exchange.rosters.reading import read_roster
from quiz.models import AuditEntry, Enrolment, Event, RosterDraft, Unit, User
from quiz.permissions import Role
from tests.client import HouseClient
from tests.exchange.tables.workbooks import Value, workbook
from tests.factories import Make
from tests.reading import faults, notices, root, stored, table_rows, texts

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

HEADS = ("Nama", "NIP", "Status", "Unit", "Jabatan")
NIP = "198001012005014471"
ANI: tuple[Value, ...] = ("Ani Lestari", NIP, "PNS", "Puskesmas Rekaan", "Bidan")
BUDI: tuple[Value, ...] = ("Budi Hartono", None, "Kepala desa", "Desa Rekaan", None)


@pytest.fixture
def event(make: Make) -> Event:
    make.unit("Puskesmas Rekaan", "upt-kesehatan", code="PKM")
    make.unit("Desa Rekaan", "desa", code="DESA")
    return make.event(code="LJN-482")


def send(
    browser: HouseClient, blob: bytes, name: str = "peserta.xlsx", **kwargs: bool
) -> TestResponse:
    form = {"file": (io.BytesIO(blob), name)}
    return browser.post_form("/kegiatan/LJN-482/peserta/unggah", form, **kwargs)


def book(*rows: Sequence[Value]) -> bytes:
    return workbook([HEADS, *rows])


def hidden(page: TestResponse, name: str) -> str:
    [value] = [
        node.get("value", "") for node in root(page).iter("input") if node.get("name") == name
    ]
    return value


def confirm(
    browser: HouseClient, page: TestResponse, answers: dict[str, str] | None = None
) -> TestResponse:
    form = {name: hidden(page, name) for name in ("basis", "shown")} | (answers or {})
    return browser.post_form(page.request.path, form)


def logged(make: Make) -> list[str]:
    return [entry.action for entry in stored(make, AuditEntry)]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    "address",
    [
        "/kegiatan/LJN-482/peserta/unggah",
        "/kegiatan/templat-peserta.xlsx",
        "/kegiatan/templat-peserta.csv",
    ],
)
def test_only_officers_and_admins_upload_rosters(
    make: Make, client_for: ClientFor, event: Event, role: Role, address: str
) -> None:
    browser = client_for(make.user(username="seseorang", role=role))

    reply = browser.get(address)

    assert reply.status_code == (200 if role in {Role.OFFICER, Role.ADMIN} else 403)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_template_reads_back_as_an_empty_roster(
    client_for: ClientFor, citra: User, event: Event, ending: str
) -> None:
    reply = client_for(citra).get(f"/kegiatan/templat-peserta.{ending}")

    read = read_roster(f"templat.{ending}", reply.data)
    assert reply.headers["Content-Disposition"] == (
        f"attachment; filename=templat-peserta.{ending}"
    )
    assert (read.rows, [fault.row for fault in read.faults]) == ([], [1])


def test_an_upload_shows_what_would_happen_and_saves_nobody(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    page = send(client_for(citra), book(ANI, BUDI), follow_redirects=True)

    assert table_rows(page) == [
        ["Ani Lestaribaris 2", "…4471", "PNS", "Puskesmas Rekaan", "Ditambahkan"],
        ["Budi Hartonobaris 3", "tanpa NIP", "Kepala desa", "Desa Rekaan", "Ditambahkan"],
    ]
    assert texts(page, "count") == ["2 ditambahkan", "0 diperbarui", "0 tetap"]
    assert NIP not in page.text
    assert stored(make, Enrolment) == []
    assert logged(make) == []


def test_a_confirmed_upload_is_taken_over_at_once(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    browser = client_for(citra)
    page = send(browser, book(ANI, BUDI), follow_redirects=True)

    reply = confirm(browser, page)

    ani, budi = stored(make, Enrolment)
    assert reply.location == "/kegiatan/LJN-482/peserta"
    assert (ani.user.nip, ani.user.position, ani.unit.code) == (NIP, "Bidan", "PKM")
    assert (budi.status, budi.unit_name) == (Status.KEPALA_DESA, "Desa Rekaan")
    assert make.fresh(event).roster_source == "peserta.xlsx"
    [entry] = stored(make, AuditEntry)
    assert entry.action == "roster_applied"
    assert entry.detail is not None
    assert entry.detail.content == {
        "file": "peserta.xlsx",
        "added": 2,
        "updated": 0,
        "removed": 0,
        "units": [],
    }


def test_the_waiting_rows_are_forgotten_once_they_are_taken_over(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    browser = client_for(citra)
    page = send(browser, book(ANI), follow_redirects=True)
    [draft] = stored(make, RosterDraft)
    waiting = draft.content["rows"][0]["nip"]

    confirm(browser, page)

    assert waiting == NIP
    assert make.fresh(draft).content == {}


def test_a_second_confirmation_changes_nothing(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    browser = client_for(citra)
    page = send(browser, book(ANI), follow_redirects=True)
    confirm(browser, page)

    again = confirm(browser, page)
    opened = browser.get(page.request.path)

    assert [reply.location for reply in (again, opened)] == ["/kegiatan/LJN-482/peserta"] * 2
    assert len(stored(make, Enrolment)) == 1
    assert logged(make) == ["roster_applied"]


def test_an_unanswered_question_is_pointed_at_and_nothing_is_half_saved(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    browser = client_for(citra)
    typo = ("Citra Dewi", None, "PNS", "Puskemas Rekaan", None)
    page = send(browser, book(ANI, typo), follow_redirects=True)

    reply = confirm(browser, page)

    assert (reply.status_code, faults(reply)) == (
        400,
        ["Unit “Puskemas Rekaan” belum terdaftar. Maksud Anda “Puskesmas Rekaan”?"],
    )
    assert [
        link.get("href") for link in root(reply).iter("a") if "Maksud" in (link.text or "")
    ] == ["#unit-1"]
    assert stored(make, Enrolment) == []


def test_the_answers_about_units_are_carried_out(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    browser = client_for(citra)
    puskesmas = stored(make, Unit)[0]
    typo = ("Citra Dewi", None, "PNS", "Puskemas Rekaan", None)
    new = ("Dewi Ayu", None, "PNS", "UPT Pertanian", None)
    page = send(browser, book(typo, new), follow_redirects=True)

    confirm(
        browser,
        page,
        {
            "unit:puskemasrekaan": f"unit:{puskesmas.uid}",
            "unit:uptpertanian": "kind:upt-teknis",
        },
    )

    assert [(row.unit_name, row.kind_name) for row in stored(make, Enrolment)] == [
        ("Puskesmas Rekaan", "UPT kesehatan"),
        ("UPT Pertanian", "UPT teknis"),
    ]
    assert stored(make, Unit)[-1].code == "UPT-PERTANIAN"


def test_a_question_about_a_person_is_asked_in_the_preview(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    known = make.user("Ani Sulastri", normalised_name="ani sulastri", nip=NIP)
    browser = client_for(citra)
    page = send(browser, book(ANI), follow_redirects=True)

    confirm(browser, page, {"person:2": f"same:{known.uid}"})

    [enrolment] = stored(make, Enrolment)
    assert texts(page, "checks") == [
        "Ya, orang yang sama; namanya menjadi “Ani Lestari” Lewati baris ini"
    ]
    assert (enrolment.user_id, make.fresh(known).name) == (known.id, "Ani Lestari")


def test_an_answer_that_was_not_offered_is_no_answer(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    make.user("Ani Sulastri", normalised_name="ani sulastri", nip=NIP)
    browser = client_for(citra)
    page = send(browser, book(ANI), follow_redirects=True)

    reply = confirm(browser, page, {"person:2": f"same:{citra.uid}"})

    assert reply.status_code == 400
    assert stored(make, Enrolment) == []


def test_what_changed_meanwhile_is_looked_at_again_first(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    browser = client_for(citra)
    page = send(browser, book(ANI), follow_redirects=True)
    make.enrolment(event, make.user("Dewi Ayu"))

    stale = confirm(browser, page)
    before = len(stored(make, Enrolment))
    confirm(browser, stale)

    assert faults(stale) == [
        "Data di aplikasi berubah sejak halaman ini dibuka. Periksa lagi, lalu masukkan."
    ]
    assert (before, len(stored(make, Enrolment))) == (1, 2)


def test_the_same_file_again_says_that_nothing_changes_and_lists_who_is_missing(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    browser = client_for(citra)
    confirm(browser, send(browser, book(ANI, BUDI), follow_redirects=True))

    page = send(browser, book(ANI), follow_redirects=True)
    confirm(browser, page)

    assert texts(page, "count") == ["0 ditambahkan", "0 diperbarui", "1 tetap"]
    assert texts(page, "people") == ["Budi Hartono Desa Rekaan"]
    assert [row.removed_at for row in stored(make, Enrolment)] == [None, None]


@pytest.fixture
def longer(client_for: ClientFor, citra: User, event: Event) -> HouseClient:
    """A browser in which a roster of four was taken over."""
    browser = client_for(citra)
    confirm(browser, send(browser, book(ANI, BUDI, CITRA, DEWI), follow_redirects=True))
    return browser


CITRA: tuple[Value, ...] = ("Citra Dewi", None, "PNS", "Desa Rekaan", None)
DEWI: tuple[Value, ...] = ("Dewi Ayu", None, "PNS", "Desa Rekaan", None)


def on_roster(make: Make) -> list[str]:
    return [row.user.name for row in stored(make, Enrolment) if row.removed_at is None]


def test_a_tick_takes_off_all_who_are_not_in_the_file_and_one_button_puts_them_back(
    make: Make, longer: HouseClient
) -> None:
    page = send(longer, book(ANI), follow_redirects=True)

    done = longer.get(confirm(longer, page, {"replace": "y"}).location)
    removed = longer.get("/kegiatan/LJN-482/peserta/dikeluarkan")

    assert on_roster(make) == ["Ani Lestari"]
    assert notices(done) == ["0 orang ditambahkan, 0 diperbarui, 3 dikeluarkan."]
    assert texts(removed, "people") == [
        "Budi Hartono Desa Rekaan Citra Dewi Desa Rekaan Dewi Ayu Desa Rekaan"
    ]

    longer.post_form("/kegiatan/LJN-482/peserta/dikeluarkan", {"saat": hidden(removed, "saat")})

    assert on_roster(make) == ["Ani Lestari", "Budi Hartono", "Citra Dewi", "Dewi Ayu"]
    assert logged(make)[-2:] == ["roster_applied", "enrolments_restored"]


def test_whoever_has_worked_or_is_there_stays_and_is_named(
    make: Make, event: Event, longer: HouseClient
) -> None:
    _, budi, citra, _ = stored(make, Enrolment)
    make.attempt(make.sitting(event), budi)
    citra.check_in(make.now)
    make.session.commit()

    page = send(longer, book(ANI), follow_redirects=True)
    confirm(longer, page, {"replace": "y"})

    assert texts(page, "people") == [
        "Dewi Ayu Desa Rekaan",
        "Budi Hartono Desa Rekaan, sudah mengerjakan Citra Dewi Desa Rekaan, sudah hadir",
    ]
    assert on_roster(make) == ["Ani Lestari", "Budi Hartono", "Citra Dewi"]


def test_who_arrives_while_the_preview_is_open_is_not_taken_off(
    make: Make, longer: HouseClient
) -> None:
    page = send(longer, book(ANI), follow_redirects=True)
    budi = stored(make, Enrolment)[1]
    budi.check_in(make.now)
    make.session.commit()

    reply = confirm(longer, page, {"replace": "y"})

    assert reply.status_code == 400
    assert faults(reply)[0].startswith("Data di aplikasi berubah")
    assert len(on_roster(make)) == 4


def test_nobody_is_taken_off_who_was_not_shown(make: Make, longer: HouseClient) -> None:
    """While the file leaves something open, nobody knows yet who is missing from it."""
    teacher = ("Eka Putri", None, "Guru", "Desa Rekaan", None)
    page = send(longer, book(ANI, teacher), follow_redirects=True)

    shown = confirm(longer, page, {"replace": "y", "status:guru": "pns"})

    assert shown.status_code == 400
    assert faults(shown) == [
        "3 orang akan dikeluarkan karena tidak ada di berkas. Lihat siapa, lalu tekan sekali lagi."
    ]
    assert "Budi Hartono Desa Rekaan" in texts(shown, "people")[0]
    confirm(longer, shown, {"replace": "y", "status:guru": "pns"})
    assert on_roster(make) == ["Ani Lestari", "Eka Putri"]


def test_putting_back_twice_says_that_they_are_back(make: Make, longer: HouseClient) -> None:
    confirm(longer, send(longer, book(ANI), follow_redirects=True), {"replace": "y"})
    removed = longer.get("/kegiatan/LJN-482/peserta/dikeluarkan")
    form = {"saat": hidden(removed, "saat")}
    longer.post_form("/kegiatan/LJN-482/peserta/dikeluarkan", form)

    again = longer.post_form("/kegiatan/LJN-482/peserta/dikeluarkan", form, follow_redirects=True)

    assert notices(again)[-1:] == ["Mereka sudah kembali ke daftar, atau belum pernah dikeluarkan."]


@pytest.mark.parametrize(
    "moment",
    [
        *("", "kemarin", "2026-11-27T08:00:00"),
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
    ],
)
def test_a_moment_nobody_drew_is_refused(longer: HouseClient, moment: str) -> None:
    reply = longer.post_form("/kegiatan/LJN-482/peserta/dikeluarkan", {"saat": moment})

    assert reply.status_code == 400


def test_faults_are_named_by_row_and_column_and_nothing_waits(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    number = ("Citra Dewi", 198001012005014471, "PNS", "Puskesmas Rekaan", None)
    short = ("Dewi Ayu", "1980", "PNS", "Desa Rekaan", None)
    shorter = ("Eka Putri", "198", "PNS", "Desa Rekaan", None)

    reply = send(client_for(citra), book(ANI, number, short, shorter))

    assert reply.status_code == 400
    assert faults(reply) == [
        "Baris 3 (Citra Dewi), kolom NIP (B): Excel menyimpan NIP sebagai angka sehingga digit "
        "terakhirnya hilang: ubah kolom menjadi Teks lalu ketik ulang.",
        "Kolom NIP (B): NIP harus 18 angka. Periksa angkanya, atau kosongkan bila orang ini tidak "
        "punya NIP. Ada di baris 4 (Dewi Ayu): 4 angka; baris 5 (Eka Putri): 3 angka.",
    ]
    assert stored(make, RosterDraft) == []


def test_a_word_that_is_no_status_is_decided_once_for_everybody_on_the_page(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    browser = client_for(citra)
    teachers = [(name, None, "Guru", "Puskesmas Rekaan", None) for name in ("Dewi", "Eka")]
    page = send(browser, book(ANI, *teachers), follow_redirects=True)

    unanswered = confirm(browser, page)
    confirm(browser, page, {"status:guru": "pppk"})

    assert faults(unanswered) == ["Status “Guru”, 2 orang: PNS, PPPK, atau yang lain?"]
    assert [link.get("href") for link in root(unanswered).iter("a") if "Guru" in (link.text or "")]
    assert [(row.user.name, row.status) for row in stored(make, Enrolment)] == [
        ("Ani Lestari", Status.PNS),
        ("Dewi", Status.PPPK),
        ("Eka", Status.PPPK),
    ]


def test_people_under_one_word_may_be_decided_one_by_one(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    browser = client_for(citra)
    teachers = [(name, None, "Guru", "Puskesmas Rekaan", None) for name in ("Dewi", "Eka")]
    page = send(browser, book(*teachers), follow_redirects=True)

    apart = confirm(browser, page, {"status:guru": "each"})
    answers = {"status:guru": "each", "status:guru:2": "pns", "status:guru:3": "skip"}
    confirm(browser, apart, answers)

    assert faults(apart) == [
        "Dewi: PNS, PPPK, atau yang lain?",
        "Eka: PNS, PPPK, atau yang lain?",
    ]
    assert [(row.user.name, row.status) for row in stored(make, Enrolment)] == [
        ("Dewi", Status.PNS)
    ]


def test_one_status_and_one_unit_are_chosen_for_a_file_that_says_neither(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    browser = client_for(citra)
    page = send(browser, workbook([("Nama",), ("Dewi",), ("Eka",)]), follow_redirects=True)

    unanswered = confirm(browser, page)
    confirm(
        browser,
        page,
        {
            "status:0.": "pns",
            "blank:0:baru": "UPT Pertanian",
            "unit:uptpertanian": "kind:upt-teknis",
        },
    )

    assert faults(unanswered) == [
        "Status 2 orang tidak tertulis: apa statusnya?",
        "Unit 2 orang tidak tertulis: dari unit mana?",
    ]
    assert [(row.user.name, row.status, row.unit_name) for row in stored(make, Enrolment)] == [
        ("Dewi", Status.PNS, "UPT Pertanian"),
        ("Eka", Status.PNS, "UPT Pertanian"),
    ]


@pytest.mark.parametrize(
    ("name", "blob", "sentence"),
    [
        (
            "foto.xlsx",
            b"\x89PNG\r\n\x1a\n" + bytes(64),
            "Berkas “foto.xlsx” sebenarnya gambar PNG, bukan tabel. Buka daftar aslinya di "
            "Excel, lalu pilih Simpan sebagai Excel (.xlsx).",
        ),
        (
            "kosong.csv",
            b"",
            "Berkas “kosong.csv” kosong. Isi daftarnya dulu, simpan, lalu unggah lagi.",
        ),
    ],
)
def test_a_file_that_is_no_table_says_what_it_is(
    client_for: ClientFor, citra: User, event: Event, name: str, blob: bytes, sentence: str
) -> None:
    reply = send(client_for(citra), blob, name)

    assert (reply.status_code, faults(reply)) == (400, [sentence])


def test_wrong_columns_are_named(client_for: ClientFor, citra: User, event: Event) -> None:
    reply = send(client_for(citra), workbook([("Peserta ke", "Umur"), ("Ani", "40")]))

    [fault] = faults(reply)
    assert reply.status_code == 400
    assert fault.startswith("Baris 1: Kolom “Nama” tidak ditemukan. Yang terbaca di baris ini:")


def test_no_file_is_asked_for(client_for: ClientFor, citra: User, event: Event) -> None:
    reply = client_for(citra).post_form("/kegiatan/LJN-482/peserta/unggah")

    assert (reply.status_code, faults(reply)) == (
        400,
        ["Berkas daftar peserta: Pilih berkasnya dulu."],
    )


def test_twenty_megabytes_are_refused_on_a_page_that_helps(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    reply = client_for(citra).post(
        "/kegiatan/LJN-482/peserta/unggah",
        input_stream=io.BytesIO(bytes(20_000_000)),
        content_length=20_000_000,
        content_type="multipart/form-data; boundary=batas",
    )

    assert reply.status_code == 413
    assert stored(make, RosterDraft) == []


def test_names_with_markup_are_shown_as_they_are_written(
    client_for: ClientFor, citra: User, event: Event
) -> None:
    script = ("<script>alert(1)</script>", None, "PNS", "<b>Desa</b> Entah", None)

    page = send(client_for(citra), book(script), follow_redirects=True)

    assert "<script>alert" not in page.text
    assert table_rows(page)[0][0] == "<script>alert(1)</script>baris 2"
    assert "Unit “<b>Desa</b> Entah” belum terdaftar." in " ".join(texts(page, "field"))


def test_an_upload_is_seen_only_by_whoever_made_it(
    make: Make, client_for: ClientFor, citra: User, eka: User, event: Event
) -> None:
    browser = client_for(citra)
    page = send(browser, book(ANI), follow_redirects=True)

    reply = client_for(eka).get(page.request.path)
    posted = client_for(eka).post_form(page.request.path, {"basis": hidden(page, "basis")})

    assert [answer.status_code for answer in (reply, posted)] == [404, 404]
    assert stored(make, Enrolment) == []


def test_an_upload_expires_after_a_day_and_is_forgotten_at_the_next(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    browser = client_for(citra)
    page = send(browser, book(ANI), follow_redirects=True)
    [draft] = stored(make, RosterDraft)
    draft.created_at = make.now - timedelta(days=1, minutes=1)
    make.session.commit()

    reply = browser.get(page.request.path, follow_redirects=True)
    posted = confirm(browser, page)
    send(browser, book(BUDI))

    assert notices(reply) == ["Unggahan ini sudah lebih dari sehari. Unggah lagi berkasnya."]
    assert posted.location == "/kegiatan/LJN-482/peserta/unggah"
    [left] = stored(make, RosterDraft)
    assert left.content["rows"][0]["name"] == "Budi Hartono"


def test_what_is_worth_a_look_is_said_without_stopping_the_upload(
    client_for: ClientFor, citra: User, event: Event
) -> None:
    twin = ("Ani Lestari", None, "PNS", "Puskesmas Rekaan", None)

    page = send(client_for(citra), book(ANI, twin), follow_redirects=True)

    said = [panel for panel in texts(page, "panel") if panel.startswith("Layak dilihat lagi")]
    assert len(said) == 1
    assert "Nama yang sama di unit yang sama sudah ada di baris 2." in said[0]


def test_a_thousand_people_are_previewed_with_as_many_queries_as_one(
    client_for: ClientFor, citra: User, event: Event, count_queries: Count
) -> None:
    browser = client_for(citra)

    def people(count: int) -> bytes:
        return book(*[(f"Orang {n:04}", None, "PNS", "Desa Rekaan", None) for n in range(count)])

    one, many = (send(browser, people(count)).location for count in (1, 1000))
    browser.get(one)

    assert count_queries(lambda: browser.get(many)) == count_queries(lambda: browser.get(one))
