"""Units and their kinds in the browser."""

from collections.abc import Callable

import pytest

from quiz.models import AuditEntry, Unit, User
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import faults, notices, stored, table_rows

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("address", ["/unit", "/unit/tambah", "/unit/jenis/tambah"])
def test_only_officers_and_admins_manage_units(
    make: Make, client_for: ClientFor, role: Role, address: str
) -> None:
    browser = client_for(make.user(username="seseorang", role=role))

    reply = browser.get(address)

    assert reply.status_code == (200 if role in {Role.OFFICER, Role.ADMIN} else 403)


def test_a_card_opens_no_unit_page_even_of_an_officer(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    browser = client_for(make.enrolment(user=citra))

    assert browser.get("/unit").status_code == 403


def test_the_list_shows_each_kind_with_its_units_and_people(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    unit = make.unit("UPT Pertanian", "upt-teknis", code="UPT-TAN")
    make.user(unit=unit)
    make.unit("UPT Kehutanan", "upt-teknis", code="UPT-HUT", retired_at=make.now)

    rows = table_rows(client_for(citra).get("/unit"))

    start = next(i for i, row in enumerate(rows) if row[0].startswith("UPT teknis"))
    assert rows[start + 1 : start + 3] == [
        ["UPT Pertanian", "UPT-TAN", "Dipakai", "1"],
        ["UPT Kehutanan", "UPT-HUT", "Tidak dipakai", "0"],
    ]


def test_the_list_runs_as_many_queries_for_three_units_as_for_one(
    make: Make, client_for: ClientFor, citra: User, count_queries: Count
) -> None:
    make.user(unit=make.unit())
    browser = client_for(citra)
    browser.get("/unit")
    one = count_queries(lambda: browser.get("/unit"))
    first, second = make.unit(), make.unit("Unit Lain", "desa")
    first.merge_into(second)
    make.user(unit=first)

    three = count_queries(lambda: browser.get("/unit"))

    assert three == one


def test_a_unit_is_added(make: Make, client_for: ClientFor, citra: User) -> None:
    browser = client_for(citra)
    kind = make.kind("desa")

    reply = browser.post_form(
        "/unit/tambah", {"name": " Desa  Rekaan ", "code": "DS-R", "kind": kind.id}
    )

    [unit] = stored(make, Unit)
    assert (reply.status_code, reply.location) == (303, "/unit")
    assert (unit.name, unit.code, unit.kind.code) == ("Desa Rekaan", "DS-R", "desa")
    assert [entry.action for entry in stored(make, AuditEntry)] == ["unit_added"]


@pytest.mark.parametrize(
    ("name", "code", "expected"),
    [
        ("", "DS-R", "Tulis nama unit."),
        ("  ", "DS-R", "Tulis nama unit."),
        ("Desa Baru", "", "Tulis kode unit."),
        ("upt lama", "BARU", "Nama unit ini sudah dipakai, kode UPT-1. Pilih nama lain."),
        ("Desa Baru", "upt-1", "Kode ini sudah dipakai UPT Lama. Pilih kode lain."),
        ("Desa Baru", "Jenis", "Kode Jenis dipakai aplikasi ini. Pilih kode lain."),
        (
            "Desa Baru",
            "DS R/1",
            "Kode hanya huruf, angka, titik, dan strip, tanpa spasi. Contoh: UPT-KES.",
        ),
    ],
)
def test_a_unit_that_cannot_be_added_says_why_and_keeps_what_was_typed(
    make: Make, client_for: ClientFor, citra: User, name: str, code: str, expected: str
) -> None:
    make.unit("UPT Lama", code="UPT-1")
    browser = client_for(citra)

    reply = browser.post_form(
        "/unit/tambah", {"name": name, "code": code, "kind": make.kind("desa").id}
    )

    assert reply.status_code == 400
    assert faults(reply) == [expected]
    assert f'value="{code}"' in reply.text
    assert len(stored(make, Unit)) == 1


def test_a_kind_that_is_not_offered_is_refused(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    reply = client_for(citra).post_form(
        "/unit/tambah", {"name": "Desa Baru", "code": "DS", "kind": 999}
    )

    assert (reply.status_code, faults(reply)) == (400, ["Jenis: Pilih salah satu dari daftar."])


def test_renaming_reaches_an_event_that_is_on(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    unit = make.unit("UPT Lama", code="UPT-1")
    enrolment = make.enrolment(unit=unit)

    client_for(citra).post_form(
        "/unit/upt-1", {"name": "UPT Baru", "kind": make.kind("upt-kesehatan").id}
    )

    assert make.fresh(enrolment).unit_name == "UPT Baru"
    [entry] = stored(make, AuditEntry)
    assert entry.detail.content == {
        "before": "UPT Lama",
        "after": "UPT Baru",
        "kind": "UPT kesehatan",
    }


def test_a_unit_may_keep_its_own_name_but_not_take_anothers(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    unit = make.unit("UPT A", code="UPT-A")
    make.unit("UPT B", code="UPT-B")
    browser = client_for(citra)

    kept = browser.post_form("/unit/UPT-A", {"name": "UPT A", "kind": unit.kind_id})
    taken = browser.post_form("/unit/UPT-A", {"name": "UPT B", "kind": unit.kind_id})

    assert (kept.status_code, taken.status_code) == (303, 400)
    assert faults(taken) == ["Nama unit ini sudah dipakai, kode UPT-B. Pilih nama lain."]


def test_an_unknown_unit_is_not_found(client_for: ClientFor, citra: User) -> None:
    browser = client_for(citra)

    replies = [browser.get(f"/unit/TIDAK-ADA{rest}") for rest in ("", "/gabung")]
    replies += [browser.post_form(f"/unit/TIDAK-ADA/{verb}") for verb in ("pensiun", "pisah")]

    assert [reply.status_code for reply in replies] == [404, 404, 404, 404]


def test_merging_says_what_will_happen_and_can_be_undone(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    small, large = make.unit("UPT Kecil", code="KCL"), make.unit("UPT Besar", code="BSR")
    make.user(unit=small)
    enrolment = make.enrolment(unit=small)
    browser = client_for(citra)

    before = browser.get("/unit/KCL/gabung")
    merged = browser.post_form("/unit/KCL/gabung", {"target": "BSR"})
    stored = make.fresh(small).merged_into_id
    browser.post_form("/unit/KCL/pisah")

    assert "1 orang di UPT Kecil terhitung pada unit yang Anda pilih." in before.text
    assert (merged.status_code, stored) == (303, large.id)
    assert make.fresh(small).merged_into_id is None
    assert make.fresh(enrolment).unit_name == "UPT Kecil"


@pytest.mark.parametrize("target", ["KCL", "LMA", "TIDAK-ADA", ""])
def test_a_unit_is_merged_only_into_another_that_is_active(
    make: Make, client_for: ClientFor, citra: User, target: str
) -> None:
    small = make.unit("UPT Kecil", code="KCL")
    make.unit("UPT Tutup", code="LMA", retired_at=make.now)

    reply = client_for(citra).post_form("/unit/KCL/gabung", {"target": target})

    assert reply.status_code == 400
    assert len(faults(reply)) == 1
    assert make.fresh(small).merged_into_id is None


def test_a_merged_unit_cannot_be_merged_again(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    small, large = make.unit(code="KCL"), make.unit(code="BSR")
    small.merge_into(large)
    make.session.commit()

    reply = client_for(citra).post_form("/unit/KCL/gabung", {"target": "BSR"})

    assert reply.status_code == 409


def test_a_unit_is_retired_and_used_again(make: Make, client_for: ClientFor, citra: User) -> None:
    unit = make.unit("UPT A", code="A")
    browser = client_for(citra)

    browser.post_form("/unit/A/pensiun")
    retired = make.fresh(unit).active
    page = browser.get("/unit/A")
    browser.post_form("/unit/A/pakai-lagi")

    assert (retired, make.fresh(unit).active) == (False, True)
    assert notices(page)[0] == "UPT A tidak ditawarkan lagi. Laporan lama tidak berubah."


def test_a_kind_is_added_and_renamed(make: Make, client_for: ClientFor, citra: User) -> None:
    enrolment = make.enrolment(unit=make.unit(kind="desa"))
    browser = client_for(citra)

    browser.post_form("/unit/jenis/tambah", {"name": "UPT Kesehatan, lama!"})
    browser.post_form("/unit/jenis/desa", {"name": "Desa dan kelurahan"})

    assert make.kind("upt-kesehatan-lama").name == "UPT Kesehatan, lama!"
    assert make.fresh(enrolment).kind_name == "Desa dan kelurahan"


def test_two_kinds_never_share_a_name_and_may_share_the_letters_of_a_code(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    browser = client_for(citra)

    same = browser.post_form("/unit/jenis/tambah", {"name": "pemerintah desa"})
    near = browser.post_form("/unit/jenis/tambah", {"name": "Desa!"})

    assert faults(same) == ["Nama jenis: Jenis dengan nama ini sudah ada. Pilih nama lain."]
    assert near.status_code == 303
    assert make.kind("desa-2").name == "Desa!"
