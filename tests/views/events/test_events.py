"""Events in the officer's browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from quiz.assessment.items.item import Status
from quiz.formats import parse_wita
from quiz.models import AuditEntry, Event, FormChoice, Sitting, User
from quiz.models.events.events import Phase
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import faults, notices, stored, table_rows, texts, with_class, words

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

TYPED = {
    "title": "Sosialisasi Netralitas ASN",
    "place": "Pendopo Kecamatan Rekaan",
    "day": "2026-11-22",
    "start": "08:00",
    "end": "11:15",
    "last_day": "",
    "organiser": "Kesbangpol",
    "speakers": "Dewi Larasati, narasumber\n\n  Hadi   Prakoso ",
    "code": "ljn-482",
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("address", ["/kegiatan", "/kegiatan/baru"])
def test_only_officers_and_admins_manage_events(
    make: Make, client_for: ClientFor, role: Role, address: str
) -> None:
    browser = client_for(make.user(username="seseorang", role=role))

    reply = browser.get(address)

    assert reply.status_code == (200 if role in {Role.OFFICER, Role.ADMIN} else 403)


def test_a_card_opens_no_event_page_even_of_an_officer(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    enrolment = make.enrolment(user=citra)
    browser = client_for(enrolment)

    assert browser.get(f"/kegiatan/{enrolment.event.code}").status_code == 403


def test_an_empty_list_shows_the_way_to_the_first_event(client_for: ClientFor, citra: User) -> None:
    reply = client_for(citra).get("/kegiatan")

    assert texts(reply, "empty") == [
        "Belum ada kegiatan. Buat kegiatan, masukkan daftar peserta, lalu siapkan sesinya. "
        "Buat kegiatan pertama"
    ]


def test_the_list_shows_each_event_with_its_counts(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    event = make.event("Sosialisasi Rekaan", code="LJN-482", place="Pendopo")
    make.enrolment(event, checked_in_at=make.now)
    make.sitting(event)

    [row] = table_rows(client_for(citra).get("/kegiatan"))

    assert row[0] == "Sosialisasi Rekaan Pendopo"
    assert row[2:] == ["LJN-482", "1", "1", "1", "Berlangsung"]


def test_many_events_are_paged_and_searched(make: Make, client_for: ClientFor, citra: User) -> None:
    for number in range(51):
        make.event(f"Kegiatan ke-{number}", starts_at=make.now - timedelta(days=number))
    browser = client_for(citra)

    first, second = browser.get("/kegiatan"), browser.get("/kegiatan?halaman=2")
    found = browser.get("/kegiatan?cari=ke-49")
    beyond = browser.get("/kegiatan?halaman=9")

    assert (len(table_rows(first)), len(table_rows(second))) == (50, 1)
    assert [row[0] for row in table_rows(found)] == ["Kegiatan ke-49"]
    assert texts(beyond, "empty") == ["Halaman ini sudah di luar daftar. Ke halaman pertama"]


def test_the_list_runs_as_many_queries_for_three_events_as_for_one(
    make: Make, client_for: ClientFor, citra: User, count_queries: Count
) -> None:
    make.sitting(make.enrolment().event)
    browser = client_for(citra)
    browser.get("/kegiatan")
    one = count_queries(lambda: browser.get("/kegiatan"))
    for _ in range(2):
        make.sitting(make.enrolment().event)

    assert count_queries(lambda: browser.get("/kegiatan")) == one


def test_an_event_is_made_in_wita_and_leads_to_its_page(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    reply = client_for(citra).post_form("/kegiatan/baru", TYPED)

    [event] = stored(make, Event)
    assert reply.location == "/kegiatan/LJN-482"
    assert (event.code, event.title, event.created_by_id) == ("LJN-482", TYPED["title"], citra.id)
    assert event.starts_at == parse_wita("2026-11-22", "08.00")
    assert event.ends_at == parse_wita("2026-11-22", "11.15")
    assert event.speakers == "Dewi Larasati, narasumber\nHadi Prakoso"
    assert [entry.action for entry in stored(make, AuditEntry)] == ["event_added"]


def test_a_code_left_empty_is_made_of_the_places_initials(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    client_for(citra).post_form("/kegiatan/baru", TYPED | {"code": ""})

    [event] = stored(make, Event)
    assert event.code.startswith("PKR-")
    assert 100 <= int(event.code.removeprefix("PKR-")) <= 999


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "Tulis judul kegiatan."),
        ({"day": ""}, "Isi tanggalnya."),
        (
            {"day": "besok"},
            "Tanggal “besok” tidak dikenal. Tulis seperti 22/11/2024.",
        ),
        ({"day": "0001-01-01"}, "Tanggal: Tahun 1 tidak mungkin. Isi tahun antara 1945 dan 2099."),
        (
            {"last_day": "9999-12-31"},
            "Tanggal selesai: Tahun 9999 tidak mungkin. Isi tahun antara 1945 dan 2099.",
        ),
        ({"end": "08:00"}, "Selesai (WITA): Jam selesai harus sesudah jam mulai."),
        (
            {"code": "LJN-\u0664\u0668\u0662"},
            "Kode kegiatan: Kode terdiri atas 2 sampai 8 huruf, strip, dan 3 angka. "
            "Contoh: LJN-482.",
        ),
        (
            {"code": "LOA JANAN"},
            "Kode kegiatan: Kode terdiri atas 2 sampai 8 huruf, strip, dan 3 angka. "
            "Contoh: LJN-482.",
        ),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_made(
    make: Make, client_for: ClientFor, citra: User, wrong: dict[str, str], sentence: str
) -> None:
    reply = client_for(citra).post_form("/kegiatan/baru", TYPED | wrong)

    assert (reply.status_code, faults(reply)) == (400, [sentence])
    assert stored(make, Event) == []


def test_a_code_that_is_taken_names_the_other_event(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    make.event("Kegiatan Lama", code="LJN-482")

    reply = client_for(citra).post_form("/kegiatan/baru", TYPED)

    assert faults(reply) == [
        "Kode kegiatan: Kode ini sudah dipakai kegiatan Kegiatan Lama. Pilih kode lain, atau "
        "kosongkan."
    ]


def test_an_event_of_several_days_ends_on_its_last_day(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    client_for(citra).post_form(
        "/kegiatan/baru", TYPED | {"last_day": "2026-11-24", "end": "07:00"}
    )

    [event] = stored(make, Event)
    assert event.ends_at == parse_wita("2026-11-24", "07.00")


def test_a_new_event_says_what_it_lacks(make: Make, client_for: ClientFor, citra: User) -> None:
    event = make.event()

    reply = client_for(citra).get(f"/kegiatan/{event.code}")

    [box] = with_class(reply, "missing")
    assert [words(fact) for fact in box.iter("b")] == [
        "Daftar peserta masih kosong",
        "Belum ada sesi",
        "Alamat untuk HP peserta belum disetel",
    ]
    assert words(next(box.iter("h2"))) == "Tiga hal masih kurang"
    links = ["Unggah daftar", "Pakai paket 15 soal", "Buka Setelan"]
    assert [words(link) for link in box.iter("a")] == links


def test_what_an_event_to_come_lacks_stands_before_its_opening(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    event = make.enrolment(make.event(starts_at=make.now + timedelta(hours=5))).event
    for phase, opens in ((Phase.PRE, 5), (Phase.POST, 6)):
        at = make.now + timedelta(hours=opens)
        make.sitting(event, phase, prepared=False, opens_at=at, closes_at=at + timedelta(hours=1))

    page = client_for(citra).get(f"/kegiatan/{event.code}")

    [box] = with_class(page, "missing")
    assert words(next(box.iter("h2"))) == "Dua hal masih kurang sebelum kegiatan dapat dibuka"
    assert words(next(box.iter("b"))) == "2 sesi belum disiapkan"
    assert words(next(box.iter("a"))) == "Siapkan semua"
    assert texts(page, "blocked") == ["Buka sekarang"]


def test_sittings_that_lack_several_statuses_name_each_once(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    event = make.event()
    for phase in (Phase.PRE, Phase.POST):
        make.sitting(event, phase)
    kades, pppk = Status.KEPALA_DESA, Status.PPPK
    for status in (kades, kades, pppk):
        make.enrolment(event, make.user(status=status))
    [pre, _] = stored(make, Sitting)
    for choice in stored(make, FormChoice):
        if choice.status is kades or (choice.status is pppk and choice.slot.sitting_id == pre.id):
            make.session.delete(choice)
    make.session.commit()

    page = client_for(citra).get(f"/kegiatan/{event.code}")

    [box] = with_class(page, "missing")
    assert words(next(box.iter("b"))) == "2 sesi belum lengkap untuk PPPK, Kepala desa"
    assert "3 orang belum punya soal" in words(next(box.iter("li")))


def test_an_unprepared_sitting_past_its_opening_stays_shut_and_the_page_says_so(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    event = make.enrolment().event
    opened = parse_wita("2026-11-22", "08.28")
    make.sitting(event, prepared=False, opens_at=min(opened, make.now - timedelta(minutes=9)))

    reply = client_for(citra).get(f"/kegiatan/{event.code}")

    [box] = with_class(reply, "missing")
    assert words(next(box.iter("b"))).startswith(
        "Pre-test tetap tertutup: belum disiapkan saat jam buka "
    )


def test_the_address_on_the_wall_is_the_halls_own(
    make: Make, app: object, client_for: ClientFor, citra: User
) -> None:
    app.extensions["quiz.hall_address"] = "http://192.168.8.2:8000"  # type: ignore[attr-defined]
    event = make.event(code="LJN-482")

    reply = client_for(citra).get(f"/kegiatan/{event.code}")

    assert "192.168.8.2:8000/g/LJN-482" in reply.text
    assert "Alamat untuk HP peserta belum disetel" not in reply.text


def test_a_ready_event_shows_its_people_its_sittings_and_what_to_open(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    event = make.event()
    make.enrolment(event)
    soon = make.now + timedelta(minutes=5)
    make.sitting(event, quiz=make.quiz(title="Kuis awal"), opens_at=soon, time_limit_minutes=10)
    ended = make.now - timedelta(minutes=5)
    make.sitting(event, Phase.POST, quiz=make.quiz(title="Kuis akhir"), closes_at=ended)

    reply = client_for(citra).get(f"/kegiatan/{event.code}")

    assert [[row[0], *row[2:]] for row in table_rows(reply)] == [
        ["Post-test Kuis akhir Pembahasan: setelah kirim", "3", "sampai ditutup", "Ditutup"],
        ["Pre-test Kuis awal Pembahasan: sesudah dirilis", "3", "10 menit", "Terjadwal"],
    ]
    assert "Buka sekarang" in texts(reply, "button")


def test_the_page_runs_as_many_queries_for_three_sittings_as_for_one(
    make: Make, client_for: ClientFor, citra: User, count_queries: Count
) -> None:
    event = make.enrolment().event
    make.finished(make.sitting(event))
    browser = client_for(citra)
    address = f"/kegiatan/{event.code}"
    browser.get(address)
    one = count_queries(lambda: browser.get(address))
    for phase in (Phase.POST, Phase.FOLLOW_UP):
        make.finished(make.sitting(event, phase))

    assert count_queries(lambda: browser.get(address)) == one


def test_degrees_of_a_speaker_belong_to_the_name_and_not_to_the_role(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    make.event(
        code="LJN-482",
        speakers="Drs. I Dewa Putu Arka, M.Pd., narasumber\nDewi Larasati, S.H., M. Si.\n"
        "Hadi, moderator",
    )

    reply = client_for(citra).get("/kegiatan/LJN-482")

    assert texts(reply, "people") == [
        "Drs. I Dewa Putu Arka, M.Pd. Narasumber Dewi Larasati, S.H., M. Si. Hadi Moderator"
    ]


def test_names_with_markup_are_shown_as_they_are_written(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    event = make.event("<script>alert(1)</script>", speakers="<b>Dewi</b>, narasumber")

    reply = client_for(citra).get(f"/kegiatan/{event.code}")

    assert "<script>alert" not in reply.text
    assert "<b>Dewi</b>," not in reply.text
    assert texts(reply, "people") == ["<b>Dewi</b> Narasumber"]


def test_an_unknown_event_is_a_page_that_says_so(client_for: ClientFor, citra: User) -> None:
    reply = client_for(citra).get("/kegiatan/XYZ-999")

    assert reply.status_code == 404
    assert "Kegiatan dengan kode XYZ-999 tidak ada." in reply.text


def test_an_edited_event_keeps_its_code(make: Make, client_for: ClientFor, citra: User) -> None:
    event = make.event(code="LJN-482")

    reply = client_for(citra).post_form(
        "/kegiatan/ljn-482/ubah", TYPED | {"title": "Judul baru", "code": "ABC-123"}
    )

    stored_event = make.fresh(event)
    assert reply.location == "/kegiatan/LJN-482"
    assert (stored_event.title, stored_event.code) == ("Judul baru", "LJN-482")
    assert [entry.action for entry in stored(make, AuditEntry)] == ["event_changed"]


def test_another_date_reminds_that_sittings_have_to_be_prepared_anew(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    event = make.event(starts_at=parse_wita("2026-11-22", "08.00"))
    browser = client_for(citra)

    same = browser.post_form(f"/kegiatan/{event.code}/ubah", TYPED, follow_redirects=True)
    other = browser.post_form(
        f"/kegiatan/{event.code}/ubah", TYPED | {"day": "2026-11-23"}, follow_redirects=True
    )

    assert [len(notices(reply)) for reply in (same, other)] == [1, 2]


def test_the_edit_page_shows_what_is_stored(make: Make, client_for: ClientFor, citra: User) -> None:
    event = make.event(
        starts_at=parse_wita("2026-11-22", "08.00"), ends_at=parse_wita("2026-11-23", "11.15")
    )

    reply = client_for(citra).get(f"/kegiatan/{event.code}/ubah")

    values = {node.get("name"): node.get("value") for node in with_class(reply, "control")}
    assert (values["day"], values["start"]) == ("2026-11-22", "08:00")
    assert (values["last_day"], values["end"]) == ("2026-11-23", "11:15")


def test_event_that_is_over_asks_for_no_hall_address(client_for, make, citra):
    now = make.event(code="KINI-101")
    over = make.event(
        code="DULU-101",
        starts_at=make.now - timedelta(days=3),
        ends_at=make.now - timedelta(days=2),
    )
    desk = client_for(citra)

    pages = [desk.get(f"/kegiatan/{event.code}").text for event in (now, over)]

    words = "Alamat untuk HP peserta belum disetel"
    assert [words in page for page in pages] == [True, False]
