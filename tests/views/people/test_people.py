"""Accounts: made, changed, disabled, and let in again."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from quiz.actions.people.accounts import find_link
from quiz.models import AuditEntry, OneTimeLink, User
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import faults, stored, table_rows

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

NEW = {
    "name": "Gita Rahmawati",
    "username": "gita",
    "role": "petugas",
    "unit": "0",
    "status": "pns",
}


def _token(page: str) -> str:
    found = re.search(r'value="http://localhost/sandi/(\w+)"', page)
    assert found is not None
    return found.group(1)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("address", ["/orang", "/orang/tambah", "/orang/{uid}"])
def test_only_admins_see_accounts(
    make: Make, client_for: ClientFor, role: Role, address: str
) -> None:
    someone = make.user(username="seseorang", role=role)

    reply = client_for(someone).get(address.format(uid=someone.uid))

    assert reply.status_code == (200 if role is Role.ADMIN else 403)


def test_the_list_shows_accounts_and_on_request_everybody(
    make: Make, client_for: ClientFor, eka: User, citra: User, ani: User
) -> None:
    browser = client_for(eka)

    accounts = [row[0] for row in table_rows(browser.get("/orang"))]
    everybody = [row[0] for row in table_rows(browser.get("/orang?tampil=semua"))]

    assert accounts == ["Citra Ningsih", "Eka Wulandari"]
    assert everybody == ["Ani Lestari", "Citra Ningsih", "Eka Wulandari"]


def test_search_takes_what_was_typed_literally(
    make: Make, client_for: ClientFor, eka: User, citra: User
) -> None:
    browser = client_for(eka)

    found = [table_rows(browser.get(f"/orang?cari={words}")) for words in ("CITRA", "%25", "_")]

    assert [[row[0] for row in rows] for rows in found] == [["Citra Ningsih"], [], []]


def test_the_list_is_paged_and_keeps_the_search(
    make: Make, client_for: ClientFor, eka: User
) -> None:
    for number in range(51):
        make.user(f"Orang {number:02}", username=f"orang{number}", password_hash="x")
    browser = client_for(eka)

    first = browser.get("/orang?cari=orang&_external=1&endpoint=x")
    second = browser.get("/orang?cari=orang&halaman=2")
    beyond = browser.get("/orang?halaman=99")

    assert len(table_rows(first)) == 50
    assert "Halaman 1 dari 2" in first.text
    assert [row[0] for row in table_rows(second)] == ["Orang 50"]
    assert "Halaman ini sudah di luar daftar." in beyond.text


def test_the_list_runs_as_many_queries_for_three_people_as_for_one(
    make: Make, client_for: ClientFor, eka: User, count_queries: Count
) -> None:
    browser = client_for(eka)
    browser.get("/orang")
    one = count_queries(lambda: browser.get("/orang"))
    make.user(username="satu", unit=make.unit())
    make.user(username="dua", unit=make.unit())

    assert count_queries(lambda: browser.get("/orang")) == one


def test_a_new_account_gets_an_address_that_is_shown_once(
    app: Flask, make: Make, client_for: ClientFor, eka: User
) -> None:
    browser = client_for(eka)

    reply = browser.post_form("/orang/tambah", NEW)

    gita = next(user for user in stored(make, User) if user.username == "gita")
    link = find_link(make.session, _token(reply.text), make.now)
    assert (gita.role, gita.unit_id, gita.password_hash) == (Role.OFFICER, None, None)
    assert link is not None
    assert link.user_id == gita.id
    assert _token(reply.text) not in browser.get(f"/orang/{gita.uid}").text
    assert [entry.action for entry in stored(make, AuditEntry)] == [
        "account_added",
        "account_link_made",
    ]


def test_the_new_address_lets_its_owner_set_a_password(
    app: Flask, make: Make, client_for: ClientFor, eka: User
) -> None:
    page = client_for(eka).post_form("/orang/tambah", NEW)
    somebody = app.test_client()

    reply = somebody.post_form(
        f"/sandi/{_token(page.text)}",
        {"password": "kata sandi Gita", "again": "kata sandi Gita"},
    )

    assert (reply.status_code, reply.location) == (303, "/")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"name": " "}, "Tulis nama lengkap."),
        ({"name": "..."}, "Nama lengkap harus memuat huruf."),
        ({"role": ""}, "Pilih peran."),
        ({"role": "dewa"}, "Peran: Pilih salah satu dari daftar."),
        ({"unit": "999"}, "Unit kerja: Pilih salah satu dari daftar."),
        ({"username": " "}, "Tulis nama pengguna."),
        (
            {"username": "CITRA"},
            "Nama pengguna ini sudah dipakai Citra Ningsih. Pilih yang lain.",
        ),
        ({"username": "gita r"}, "Nama pengguna hanya huruf kecil, angka, titik, dan strip."),
    ],
)
def test_an_account_that_cannot_be_made_says_why(
    make: Make,
    client_for: ClientFor,
    eka: User,
    citra: User,
    change: dict[str, str],
    expected: str,
) -> None:
    reply = client_for(eka).post_form("/orang/tambah", NEW | change)

    assert (reply.status_code, faults(reply)) == (400, [expected])
    assert len(stored(make, User)) == 2


def test_somebody_already_in_that_unit_is_not_made_twice(
    make: Make, client_for: ClientFor, eka: User, ani: User
) -> None:
    reply = client_for(eka).post_form(
        "/orang/tambah", NEW | {"name": "Ani Lestari, S.Pd.", "unit": str(ani.unit_id)}
    )

    assert faults(reply) == [
        "Nama lengkap: Orang bernama ini sudah ada di unit itu. "
        "Cari di Semua orang, lalu beri akun."
    ]


def test_a_name_with_markup_stays_text(make: Make, client_for: ClientFor, eka: User) -> None:
    browser = client_for(eka)

    browser.post_form("/orang/tambah", NEW | {"name": "<script>alert(1)</script> Gita"})

    names = [row[0] for row in table_rows(browser.get("/orang?tampil=semua"))]
    assert "<script>alert(1)</script> Gita" in names


def test_a_participant_has_no_password_but_the_one_of_another_role(
    make: Make, client_for: ClientFor, eka: User, ani: User
) -> None:
    gita = make.user(username="gita", role=Role.PARTICIPANT)
    browser = client_for(eka)

    page = browser.get(f"/orang/{ani.uid}")
    replies = [
        browser.post_form(f"/orang/{ani.uid}/akun", {"username": "ani"}),
        browser.post_form(f"/orang/{gita.uid}/alamat"),
        browser.post_form("/orang/tambah", NEW | {"role": "peserta"}),
    ]

    assert "Beri akun" not in page.text
    assert [reply.status_code for reply in replies] == [409, 409, 400]
    assert (make.fresh(ani).username, stored(make, OneTimeLink)) == (None, [])


def test_a_participant_who_also_teaches_is_given_an_account(
    make: Make, client_for: ClientFor, eka: User, ani: User
) -> None:
    browser = client_for(eka)
    browser.post_form(f"/orang/{ani.uid}", {"role": "narasumber", "unit": "0"})

    page = browser.get(f"/orang/{ani.uid}")
    reply = browser.post_form(f"/orang/{ani.uid}/akun", {"username": "Ani"})
    again = browser.post_form(f"/orang/{ani.uid}/akun", {"username": "ani2"})

    assert "Beri akun" in page.text
    assert make.fresh(ani).username == "ani"
    assert len(_token(reply.text)) == 32
    assert again.status_code == 409


def test_a_bad_user_name_says_why(make: Make, client_for: ClientFor, eka: User, ani: User) -> None:
    ani.role = Role.TRAINER
    make.session.commit()

    reply = client_for(eka).post_form(f"/orang/{ani.uid}/akun", {"username": "EKA"})

    assert (reply.status_code, faults(reply)) == (
        400,
        ["Nama pengguna ini sudah dipakai Eka Wulandari. Pilih yang lain."],
    )


def test_a_forgotten_password_gets_a_new_address_and_the_earlier_one_ends(
    make: Make, client_for: ClientFor, eka: User, citra: User
) -> None:
    browser = client_for(eka)
    first = _token(browser.post_form(f"/orang/{citra.uid}/alamat").text)

    second = _token(browser.post_form(f"/orang/{citra.uid}/alamat").text)

    make.session.commit()
    links = [find_link(make.session, token, datetime.now(UTC)) for token in (first, second)]
    assert [link is not None for link in links] == [False, True]
    assert len(stored(make, OneTimeLink)) == 2


def test_no_address_for_somebody_without_an_active_account(
    make: Make, client_for: ClientFor, eka: User, citra: User, ani: User
) -> None:
    citra.disable(make.now)
    make.session.commit()
    browser = client_for(eka)

    replies = [browser.post_form(f"/orang/{user.uid}/alamat") for user in (citra, ani)]

    assert [reply.status_code for reply in replies] == [409, 409]
    assert stored(make, OneTimeLink) == []


def test_role_and_unit_are_changed_and_recorded(
    make: Make, client_for: ClientFor, eka: User, dewi: User
) -> None:
    unit = make.unit("UPT A")

    client_for(eka).post_form(f"/orang/{dewi.uid}", {"role": "pemeriksa", "unit": unit.id})

    fresh = make.fresh(dewi)
    [entry] = stored(make, AuditEntry)
    assert (fresh.role, fresh.unit_id) == (Role.LEGAL_CHECKER, unit.id)
    assert entry.detail.content == {"before": "narasumber", "after": "pemeriksa"}


def test_what_the_form_does_not_ask_for_changes_nothing(
    make: Make, client_for: ClientFor, eka: User, dewi: User
) -> None:
    before = (dewi.username, dewi.name, dewi.password_hash, dewi.session_epoch)
    more = {"username": "lain", "name": "Lain", "password_hash": "x", "session_epoch": "9"}

    client_for(eka).post_form(
        f"/orang/{dewi.uid}?role=admin&unit=7", {"role": "pemeriksa", "unit": "0", **more}
    )

    fresh = make.fresh(dewi)
    assert (fresh.role, fresh.unit_id) == (Role.LEGAL_CHECKER, None)
    assert (fresh.username, fresh.name, fresh.password_hash, fresh.session_epoch) == before


def test_a_person_may_keep_a_unit_that_is_no_longer_offered(
    make: Make, client_for: ClientFor, eka: User
) -> None:
    unit = make.unit(retired_at=make.now)
    user = make.user(username="lama", unit=unit)

    reply = client_for(eka).post_form(f"/orang/{user.uid}", {"role": "petugas", "unit": unit.id})

    assert reply.status_code == 303


def test_the_last_admin_cannot_be_demoted_or_disabled(
    make: Make, client_for: ClientFor, eka: User
) -> None:
    make.user(username="tanpa-sandi", role=Role.ADMIN, password_hash=None)
    make.user(username="mati", role=Role.ADMIN, disabled_at=make.now)
    browser = client_for(eka)

    demoted = browser.post_form(f"/orang/{eka.uid}", {"role": "petugas", "unit": "0"})
    disabled = browser.post_form(f"/orang/{eka.uid}/nonaktif")

    assert (demoted.status_code, faults(demoted)) == (
        400,
        ["Peran: Eka Wulandari admin aktif terakhir. Jadikan orang lain admin lebih dahulu."],
    )
    assert disabled.status_code == 409
    assert (make.fresh(eka).role, make.fresh(eka).disabled_at) == (Role.ADMIN, None)


def test_an_admin_does_not_demote_themselves_by_accident(
    make: Make, client_for: ClientFor, eka: User
) -> None:
    other = make.user(username="admin2", role=Role.ADMIN)
    browser = client_for(eka)

    own = browser.post_form(f"/orang/{eka.uid}", {"role": "peserta", "unit": "0"})
    others = browser.post_form(f"/orang/{other.uid}", {"role": "peserta", "unit": "0"})

    assert (own.status_code, others.status_code) == (400, 303)
    assert faults(own) == [
        "Peran admin Anda sendiri tidak dapat Anda lepas. Minta admin lain melakukannya."
    ]


def test_an_admin_may_change_their_own_unit(make: Make, client_for: ClientFor, eka: User) -> None:
    unit = make.unit()

    client_for(eka).post_form(f"/orang/{eka.uid}", {"role": "admin", "unit": unit.id})

    assert make.fresh(eka).unit_id == unit.id


def test_disabling_says_what_will_happen_ends_sessions_and_can_be_undone(
    make: Make, client_for: ClientFor, eka: User, citra: User
) -> None:
    browser, citras = client_for(eka), client_for(citra)
    before = citras.get("/unit").status_code

    page = browser.get(f"/orang/{citra.uid}/nonaktif")
    browser.post_form(f"/orang/{citra.uid}/nonaktif")
    after = citras.get("/unit").status_code
    browser.post_form(f"/orang/{citra.uid}/aktif")

    assert "Yang akan terjadi" in page.text
    assert (before, after) == (200, 302)
    assert make.fresh(citra).disabled_at is None


def test_logging_out_everywhere_ends_sessions(
    make: Make, client_for: ClientFor, eka: User, citra: User
) -> None:
    citras = client_for(citra)
    before = citras.get("/unit").status_code

    client_for(eka).post_form(f"/orang/{citra.uid}/keluarkan")

    assert (before, citras.get("/unit").status_code) == (200, 302)


def test_a_whole_nip_is_never_shown(make: Make, client_for: ClientFor, eka: User) -> None:
    user = make.user(nip="198001012005011234")

    page = client_for(eka).get(f"/orang/{user.uid}").text

    assert "…1234" in page
    assert "198001012005011234" not in page


def test_an_unknown_or_merged_person_is_not_found(
    make: Make, client_for: ClientFor, eka: User, ani: User
) -> None:
    merged = make.user(merged_into=ani)
    browser = client_for(eka)

    replies = [browser.get(f"/orang/{uid}") for uid in ("tidak-ada", merged.uid)]

    assert [reply.status_code for reply in replies] == [404, 404]
