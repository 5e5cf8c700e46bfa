"""The roster in the officer's browser: the list, checking in, one person by hand."""

from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from quiz.assessment.items.item import Status
from quiz.models import AuditEntry, Enrolment, Event, Unit, User
from quiz.models.events.events import Phase
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import faults, link_texts, notices, root, stored, table_rows, texts, words

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

NIP = "198001012005014471"


@pytest.fixture
def event(make: Make) -> Event:
    return make.event(code="LJN-482")


def logged(make: Make) -> list[str]:
    return [entry.action for entry in stored(make, AuditEntry)]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    "place", ["", "/baru", "/{uid}", "/{uid}/ubah", "/{uid}/pindah", "/{uid}/keluarkan"]
)
def test_only_officers_and_admins_see_a_roster(
    make: Make, client_for: ClientFor, event: Event, role: Role, place: str
) -> None:
    uid = make.enrolment(event).uid
    browser = client_for(make.user(username="seseorang", role=role))

    reply = browser.get(f"/kegiatan/LJN-482/peserta{place.format(uid=uid)}")

    assert reply.status_code == (200 if role in {Role.OFFICER, Role.ADMIN} else 403)


def test_an_empty_roster_leads_to_the_upload(
    client_for: ClientFor, citra: User, event: Event
) -> None:
    reply = client_for(citra).get("/kegiatan/LJN-482/peserta")

    assert texts(reply, "empty") == ["Daftar peserta masih kosong. Unggah daftar dari Excel"]


def test_the_list_shows_people_by_unit_with_the_end_of_their_nip_and_what_they_did(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    sitting = make.sitting(event)
    ani = make.enrolment(
        event, make.user("Ani Lestari", nip=NIP, position="Bidan"), make.unit("Puskesmas Rekaan")
    )
    budi = make.user("Budi Hartono", status=Status.KEPALA_DESA)
    make.enrolment(event, budi, make.unit("Desa Rekaan", "desa"))
    make.attempt(sitting, ani)

    reply = client_for(citra).get("/kegiatan/LJN-482/peserta")

    assert table_rows(reply) == [
        ["Desa Rekaan"],
        ["Budi Hartono", "Kepala desa", "tanpa NIP", "belum mulai", "Catat hadir"],
        ["Puskesmas Rekaan"],
        ["Ani Lestari Bidan", "PNS", "…4471", "Pre-test sedang dikerjakan", "Catat hadir"],
    ]
    assert NIP not in reply.text


def test_the_list_is_searched_and_filtered(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    unit = make.unit("Unit Satu")
    make.enrolment(event, make.user("Ani Lestari"), unit, checked_in_at=make.now)
    make.enrolment(event, make.user("Budi Hartono"), unit)
    browser = client_for(citra)

    found = browser.get("/kegiatan/LJN-482/peserta?cari=budi")
    present = browser.get("/kegiatan/LJN-482/peserta?tampil=hadir")
    nobody = browser.get("/kegiatan/LJN-482/peserta?cari=zzz")

    assert [row[0] for row in table_rows(found)] == ["Unit Satu", "Budi Hartono"]
    assert [row[0] for row in table_rows(present)] == ["Unit Satu", "Ani Lestari"]
    assert texts(nobody, "empty") == [
        "Tidak ada peserta yang cocok dengan “zzz”. Lihat semua peserta"
    ]
    assert texts(found, "filters") == ["Semua 2 Hadir 1 Belum tercatat 1"]


def test_a_long_roster_is_paged_and_its_queries_do_not_grow(
    make: Make, client_for: ClientFor, citra: User, event: Event, count_queries: Count
) -> None:
    sitting, unit = make.sitting(event), make.unit("Unit A")
    browser = client_for(citra)
    address = "/kegiatan/LJN-482/peserta"
    make.attempt(sitting, make.enrolment(event, make.user("Orang"), unit))
    browser.get(address)
    one = count_queries(lambda: browser.get(address))
    for number in range(51):
        make.enrolment(event, make.user(f"Orang {number:02}"), unit)
    make.attempt(sitting, make.enrolment(event, unit=make.unit("Unit B")))

    many = count_queries(lambda: browser.get(address))
    first, second = browser.get(address), browser.get(f"{address}?halaman=2")

    assert many == one
    assert [len(table_rows(reply)) for reply in (first, second)] == [51, 5]
    assert "Halaman 2 dari 2" in texts(second, "pager")[0]


# Being there


def test_the_officer_checks_somebody_in_and_returns_to_the_same_part_of_the_list(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    enrolment = make.enrolment(event, make.user("Ani Lestari"))

    reply = client_for(citra).post_form(
        f"/kegiatan/LJN-482/peserta/{enrolment.uid}/hadir", {"tampil": "belum", "cari": "ani"}
    )

    assert reply.location == "/kegiatan/LJN-482/peserta?tampil=belum&cari=ani"
    assert make.fresh(enrolment).checked_in_at is not None
    assert logged(make) == ["check_in"]


def test_a_second_click_keeps_the_first_time(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    enrolment = make.enrolment(event, checked_in_at=make.now)

    client_for(citra).post_form(f"/kegiatan/LJN-482/peserta/{enrolment.uid}/hadir")

    assert make.fresh(enrolment).checked_in_at == make.now
    assert logged(make) == []


def test_a_mistaken_check_in_is_taken_back(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    enrolment = make.enrolment(event, checked_in_at=make.now)

    client_for(citra).post_form(f"/kegiatan/LJN-482/peserta/{enrolment.uid}/batal-hadir")

    assert make.fresh(enrolment).checked_in_at is None
    assert logged(make) == ["check_in_undone"]


def test_somebody_of_another_event_is_not_found(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    stranger = make.enrolment()

    reply = client_for(citra).post_form(f"/kegiatan/LJN-482/peserta/{stranger.uid}/hadir")

    assert reply.status_code == 404
    assert make.fresh(stranger).checked_in_at is None


# One person by hand


def typed(unit: Unit, changes: dict[str, str] | None = None) -> dict[str, str]:
    fields = {
        "name": "Siti Aminah, S.Pd.",
        "nip": "",
        "status": "pns",
        "unit": unit.uid,
        "position": "",
        "arrival": "invited",
    }
    return fields | (changes or {})


def test_somebody_new_is_added_and_the_card_follows(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    unit = make.unit("Puskesmas Rekaan", "upt-kesehatan")

    reply = client_for(citra).post_form(
        "/kegiatan/LJN-482/peserta/baru", typed(unit, {"nip": "1980 0101 200501 4471"})
    )

    [enrolment] = stored(make, Enrolment)
    assert reply.location == f"/kegiatan/LJN-482/kartu?orang={enrolment.uid}"
    assert (enrolment.user.name, enrolment.user.nip) == ("Siti Aminah, S.Pd.", NIP)
    assert enrolment.user.normalised_name == "siti aminah"
    assert (enrolment.unit_name, enrolment.walked_in, enrolment.checked_in_at) == (
        "Puskesmas Rekaan",
        False,
        None,
    )
    assert logged(make) == ["enrolment_added"]


def test_a_walk_in_is_there_at_once(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    client_for(citra).post_form(
        "/kegiatan/LJN-482/peserta/baru", typed(make.unit(), {"arrival": "walked_in"})
    )

    [enrolment] = stored(make, Enrolment)
    assert enrolment.walked_in
    assert enrolment.checked_in_at is not None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "Tulis nama lengkap."),
        ({"name": "123"}, "Nama lengkap: Nama harus memuat huruf."),
        ({"status": ""}, "Pilih status."),
        (
            {"unit": ""},
            "Pilih unit kerja, atau tulis nama unit yang belum ada.",
        ),
        ({"unit": "tidak-ada"}, "Unit kerja: Pilih salah satu dari daftar."),
        (
            {"nip": "1980"},
            "4 angka. NIP harus 18 angka. Periksa angkanya, atau kosongkan bila orang ini tidak "
            "punya NIP.",
        ),
    ],
)
def test_a_wrong_field_is_named_and_nobody_is_added(
    make: Make,
    client_for: ClientFor,
    citra: User,
    event: Event,
    wrong: dict[str, str],
    sentence: str,
) -> None:
    reply = client_for(citra).post_form("/kegiatan/LJN-482/peserta/baru", typed(make.unit(), wrong))

    assert (reply.status_code, faults(reply)) == (400, [sentence])
    assert stored(make, Enrolment) == []


def question(reply: TestResponse) -> str:
    [asked] = [
        node.get("value", "") for node in root(reply).iter("input") if node.get("name") == "asked"
    ]
    return asked


def test_a_namesake_elsewhere_is_asked_about_and_the_answer_counts(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    known = make.user("Siti Aminah", unit=make.unit("Desa Rekaan", "desa"))
    unit, browser = make.unit("Puskesmas Rekaan"), client_for(citra)

    asked = browser.post_form("/kegiatan/LJN-482/peserta/baru", typed(unit))
    people_before = len(stored(make, User))
    answer = {"asked": question(asked), "answer": f"same:{known.uid}"}
    browser.post_form("/kegiatan/LJN-482/peserta/baru", typed(unit, answer))

    [enrolment] = stored(make, Enrolment)
    assert asked.status_code == 400
    assert "Sama dengan Siti Aminah, Desa Rekaan, tanpa NIP" in asked.text
    assert (enrolment.user_id, len(stored(make, User))) == (known.id, people_before)


def test_somebody_already_listed_is_not_added_twice(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    unit = make.unit()
    make.enrolment(event, make.user("Siti Aminah", nip=NIP), unit)

    reply = client_for(citra).post_form("/kegiatan/LJN-482/peserta/baru", typed(unit, {"nip": NIP}))

    assert faults(reply) == [
        "Nama lengkap: Orang ini sudah ada di daftar peserta. Cari namanya di daftar untuk "
        "memindahkan."
    ]
    assert len(stored(make, Enrolment)) == 1


def test_somebody_from_a_unit_nobody_knows_is_added_without_leaving_the_page(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    browser = client_for(citra)
    form = {
        "name": "Siti Aminah",
        "status": "perangkat_desa",
        "unit": "",
        "new_unit": "Desa Baru Rekaan",
        "arrival": "walked_in",
    }

    asked = browser.post_form("/kegiatan/LJN-482/peserta/baru", form)
    answer = {"asked": question(asked), "answer": "kind:desa"}
    browser.post_form("/kegiatan/LJN-482/peserta/baru", form | answer)

    assert "Unit “Desa Baru Rekaan” belum terdaftar. Buat unit ini?" in asked.text
    [enrolment] = stored(make, Enrolment)
    assert (enrolment.unit_name, enrolment.kind_name) == ("Desa Baru Rekaan", "Pemerintah desa")


def test_two_questions_about_one_person_are_asked_one_after_the_other(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    known = make.user("Siti Aminah", unit=make.unit("Desa Lain", "desa"))
    browser = client_for(citra)
    form = typed(make.unit(), {"unit": "", "new_unit": "Desa Baru Rekaan"})

    first = browser.post_form("/kegiatan/LJN-482/peserta/baru", form)
    answered = form | {"asked": question(first), "answer": "kind:desa"}
    second = browser.post_form("/kegiatan/LJN-482/peserta/baru", answered)
    [before] = [n.get("value", "") for n in root(second).iter("input") if n.get("name") == "before"]
    last = {"before": before, "asked": question(second), "answer": f"same:{known.uid}"}
    browser.post_form("/kegiatan/LJN-482/peserta/baru", form | last)

    [enrolment] = stored(make, Enrolment)
    assert (enrolment.unit_name, enrolment.user_id) == ("Desa Baru Rekaan", known.id)


# Corrections


def test_name_nip_and_position_are_corrected_and_the_card_stays(
    make: Make, client_for: ClientFor, client: HouseClient, citra: User, event: Event
) -> None:
    enrolment = make.enrolment(event, make.user("Katimin"))
    address = f"/kegiatan/LJN-482/peserta/{enrolment.uid}/ubah"

    reply = client_for(citra).post_form(
        address, {"name": "Katimin, S.Pd.", "nip": "19800101 200501 4471", "position": "Guru"}
    )

    user = make.fresh(enrolment).user
    assert reply.location == f"/kegiatan/LJN-482/peserta/{enrolment.uid}"
    assert (user.name, user.normalised_name, user.nip, user.position) == (
        "Katimin, S.Pd.",
        "katimin",
        NIP,
        "Guru",
    )
    assert client.get(f"/k/{make.token(enrolment)}").status_code == 303
    assert logged(make) == ["person_corrected"]


def test_a_nip_stays_when_none_is_typed_and_goes_when_there_is_none(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    enrolment = make.enrolment(event, make.user("Ani", nip=NIP))
    browser, address = client_for(citra), f"/kegiatan/LJN-482/peserta/{enrolment.uid}/ubah"

    shown = browser.get(address)
    browser.post_form(address, {"name": "Ani Lestari"})
    kept = make.fresh(enrolment.user).nip
    browser.post_form(address, {"name": "Ani Lestari", "without_nip": "y"})

    assert NIP not in shown.text
    assert (kept, make.fresh(enrolment.user).nip) == (NIP, None)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Tulis nama lengkap."),
        ({"name": "123"}, "Nama lengkap: Nama harus memuat huruf."),
        ({"nip": "12"}, "2 angka. NIP harus 18 angka."),
        ({"nip": NIP}, "NIP ini sudah tercatat atas nama Budi Hartono."),
    ],
)
def test_a_correction_that_cannot_be_is_refused_at_its_field(
    make: Make,
    client_for: ClientFor,
    citra: User,
    event: Event,
    wrong: dict[str, str],
    sentence: str,
) -> None:
    make.user("Budi Hartono", nip=NIP)
    enrolment = make.enrolment(event, make.user("Ani Lestari"))

    reply = client_for(citra).post_form(
        f"/kegiatan/LJN-482/peserta/{enrolment.uid}/ubah", {"name": "Ani L."} | wrong
    )

    assert reply.status_code == 400
    assert sentence in faults(reply)[0]
    assert make.fresh(enrolment.user).name == "Ani Lestari"


# Moving, removing, a new card


def test_somebody_is_moved_to_another_unit(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    enrolment, unit = make.enrolment(event), make.unit("Unit Baru")

    client_for(citra).post_form(
        f"/kegiatan/LJN-482/peserta/{enrolment.uid}/pindah",
        {"unit": str(unit.id), "status": "pppk"},
    )

    moved = make.fresh(enrolment)
    assert (moved.unit_name, moved.status) == ("Unit Baru", Status.PPPK)
    assert logged(make) == ["enrolment_moved"]


def test_another_status_after_an_attempt_is_refused_at_the_field(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    enrolment = make.enrolment(event)
    make.attempt(make.sitting(event), enrolment)

    reply = client_for(citra).post_form(
        f"/kegiatan/LJN-482/peserta/{enrolment.uid}/pindah",
        {"unit": str(enrolment.unit_id), "status": "bpd"},
    )

    assert reply.status_code == 400
    assert "Soal yang dijawab dipilih menurut status itu." in faults(reply)[0]
    assert make.fresh(enrolment).status is Status.PNS


def test_a_removed_person_is_listed_no_more_and_their_card_is_dead(
    make: Make, client_for: ClientFor, client: HouseClient, citra: User, event: Event
) -> None:
    enrolment = make.enrolment(event, make.user("Ani Lestari"))
    browser = client_for(citra)
    address = f"/kegiatan/LJN-482/peserta/{enrolment.uid}/keluarkan"

    page = browser.get(address)
    before = make.fresh(enrolment).removed_at
    reply = browser.post_form(address, follow_redirects=True)

    assert (page.status_code, before) == (200, None)
    assert make.fresh(enrolment).removed_at is not None
    assert notices(reply) == ["Ani Lestari dikeluarkan dari daftar."]
    assert client.get(f"/k/{make.token(enrolment)}").status_code == 404
    assert logged(make) == ["enrolment_removed"]


def test_somebody_who_has_worked_is_not_removed_and_the_page_says_why(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    enrolment = make.enrolment(event, make.user("Ani Lestari"))
    make.attempt(make.sitting(event), enrolment)
    browser = client_for(citra)

    page = browser.get(f"/kegiatan/LJN-482/peserta/{enrolment.uid}")
    reply = browser.post_form(f"/kegiatan/LJN-482/peserta/{enrolment.uid}/keluarkan")

    assert "Keluarkan dari daftar" not in link_texts(page)
    assert reply.status_code == 409
    assert "Ani Lestari tidak dapat dikeluarkan: sudah mulai mengerjakan Pre-test" in reply.text
    assert make.fresh(enrolment).removed_at is None


def test_a_new_card_replaces_the_old_one_once_however_often_it_is_clicked(
    make: Make, client_for: ClientFor, client: HouseClient, citra: User, event: Event
) -> None:
    enrolment = make.enrolment(event)
    old = make.token(enrolment)
    browser = client_for(citra)
    address = f"/kegiatan/LJN-482/peserta/{enrolment.uid}/kartu-baru"

    first = browser.post_form(address, {"issue": "1"})
    browser.post_form(address, {"issue": "1"})

    assert first.location == f"/kegiatan/LJN-482/kartu?orang={enrolment.uid}"
    assert make.fresh(enrolment).issue == 2
    assert client.get(f"/k/{old}").status_code == 404
    assert client.get(f"/k/{make.token(enrolment)}").status_code == 303
    assert logged(make) == ["card_reissued"]


def test_the_persons_page_shows_what_the_officer_needs_and_no_whole_nip(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    enrolment = make.enrolment(event, make.user("Ani Lestari", nip=NIP), make.unit("Unit Satu"))

    reply = client_for(citra).get(f"/kegiatan/LJN-482/peserta/{enrolment.uid}")

    pairs = {
        words(pair[0]): words(pair[1])
        for pair in root(reply).iter("div")
        if len(pair) == 2 and pair[0].tag == "dt"
    }
    assert pairs == {
        "Unit": "Unit Satu",
        "Status": "PNS",
        "Jabatan": "tidak diisi",
        "NIP": "…4471",
        "Undangan": "diundang",
        "Kehadiran": "belum tercatat",
        "Pengerjaan": "belum mulai",
    }
    assert NIP not in reply.text


# Beginning again


def test_a_wrong_hand_in_is_taken_back_from_the_persons_page(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    attempt = make.finished(make.sitting(event))
    person = f"/kegiatan/LJN-482/peserta/{attempt.enrolment.uid}"
    browser = client_for(citra)

    [again] = [
        link.get("href", "")
        for link in root(browser.get(person)).iter("a")
        if words(link) == "Ulangi Pre-test dari awal"
    ]
    told = browser.get(again)
    done = browser.post_form(again, {"reason": "Salah menekan Kirim"})

    assert "Yang akan terjadi" in told.text
    assert [words(link) for link in root(told).iter("a") if link.get("href") == person] == [
        "Tidak jadi"
    ]
    assert done.location == person
    assert make.fresh(attempt).voided_at is not None
    assert "dapat mulai dari awal" in notices(browser.get(person))[0]
    assert "Ulangi Pre-test" not in browser.get(person).text


def test_a_reset_without_a_reason_still_leads_back_to_the_person(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    attempt = make.finished(make.sitting(event))
    where = f"/laporan/LJN-482/peserta/{attempt.enrolment.uid}/ulang/{attempt.uid}?kembali=orang"

    reply = client_for(citra).post_form(where, {"reason": ""})

    [form] = [each for each in root(reply).iter("form") if "/ulang/" in each.get("action", "")]
    assert (reply.status_code, form.get("action")) == (400, where)


def test_each_counted_attempt_can_be_begun_again_and_practice_needs_it_not(
    make: Make, client_for: ClientFor, citra: User, event: Event
) -> None:
    enrolment = make.enrolment(event)
    for phase in (Phase.PRE, Phase.POST, Phase.PRACTICE):
        make.finished(make.sitting(event, phase), enrolment)

    reply = client_for(citra).get(f"/kegiatan/LJN-482/peserta/{enrolment.uid}")

    links = [words(link) for link in root(reply).iter("a")]
    assert [link for link in links if link.startswith("Ulangi")] == [
        "Ulangi Pre-test dari awal",
        "Ulangi Post-test dari awal",
    ]
