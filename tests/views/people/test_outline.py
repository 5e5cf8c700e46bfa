"""The office's outline on its page: kept, moved, refused with its place, and given back."""

from dataclasses import replace
from typing import Any

import pytest

from quiz.models import Setting
from quiz.models.people.first_outline import FIRST_OUTLINE
from quiz.models.people.outline import Level, Outline, Part, Section
from quiz.permissions import ROLE_PERMISSIONS, Permission, Role
from quiz.queries.people.settings import outline
from quiz.views.people.outline import MOST_SECTIONS
from tests.reading import faults, notices, stored, table_rows, texts

PAGE = "/setelan/laporan-pelaksanaan"

OUTLINE = Outline(
    "Laporan {kegiatan}",
    "Peraturan Bupati Rekaan",
    (
        Section(Level.SECTION, "A.", "Umum", "Hadir {hadir}."),
        Section(Level.SUBSECTION, "1.", "Dasar", "", Part.BASIS),
        Section(Level.ANNEX, "", "Hasil", "", Part.UNITS),
    ),
)


def typed(wanted: Outline = OUTLINE, **changes: str) -> dict[str, str]:
    """What a browser sends for it: each section in its place, and a blank row."""
    fields: dict[str, Any] = {"title": wanted.title, "basis": wanted.basis}
    blank = Section(Level.SUBSECTION, "", "")
    for at, section in enumerate([*wanted.sections, blank]):
        place = "" if section is blank else str(at + 1)
        row = {"place": place, "level": section.level.value, "part": section.part.value}
        row |= {"number": section.number, "heading": section.heading, "text": section.text}
        fields |= {f"sections-{at}-{name}": value for name, value in row.items()}
    return fields | changes


@pytest.fixture
def desk(client_for, citra):
    return client_for(citra)


def held(make) -> Outline:
    make.session.commit()
    return outline(make.session)


@pytest.mark.parametrize("role", Role)
def test_whoever_manages_events_changes_it(make, client_for, role):
    browser = client_for(make.user(username="seseorang", role=role))
    may = Permission.MANAGE_EVENTS in ROLE_PERMISSIONS[role]

    assert browser.get(PAGE).status_code == (200 if may else 403)
    assert browser.post_form(PAGE, typed()).status_code == (303 if may else 403)
    assert held(make) == (OUTLINE if may else FIRST_OUTLINE)


def test_what_is_kept_is_told_and_shown_again(make, client_for, eka):
    browser = client_for(eka)
    browser.post_form(PAGE, typed(), follow_redirects=True)
    changed = typed(**{"sections-0-text": "Hadir {hadir} orang."})

    reply = browser.post_form(PAGE, changed, follow_redirects=True)

    assert notices(reply) == ["Susunan tersimpan. Laporan yang diunduh sesudah ini memakainya."]
    assert "Hadir {hadir} orang." in reply.text
    assert table_rows(browser.get("/audit?tindakan=outline_changed"))[0][2:] == [
        "mengubah susunan laporan pelaksanaan",
        "instalasi",
        "judul: A. Umum",
    ]


def test_nothing_changed_is_said_and_leaves_no_line(make, client_for, eka):
    browser = client_for(eka)
    as_sent = {name: text.replace("\n", "\r\n") for name, text in typed(FIRST_OUTLINE).items()}

    reply = browser.post_form(PAGE, as_sent, follow_redirects=True)

    assert notices(reply) == ["Tidak ada yang berubah."]
    assert stored(make, Setting) == []
    assert table_rows(browser.get("/audit?tindakan=outline_changed")) == []


@pytest.mark.parametrize(
    ("places", "order"),
    [
        (("1", "2", "3"), ["Umum", "Dasar", "Hasil"]),
        (("1", "3", "2"), ["Umum", "Hasil", "Dasar"]),
        (("1", "", "3"), ["Umum", "Hasil", "Dasar"]),
        (("1", "3", "3"), ["Umum", "Hasil", "Dasar"]),
        (("1", "2", "1"), ["Umum", "Hasil", "Dasar"]),
        (("1", "2", "0"), ["Hasil", "Umum", "Dasar"]),
    ],
)
def test_sections_go_behind_what_has_their_place(make, desk, places, order):
    moved = {f"sections-{at}-place": place for at, place in enumerate(places)}

    desk.post_form(PAGE, typed(**moved))

    assert [section.heading for section in held(make).sections] == order


def test_a_section_is_added_in_the_blank_row_and_an_emptied_one_goes(make, desk):
    added = {"sections-3-heading": "Penutup", "sections-3-level": "section"}
    gone = {"sections-1-heading": "", "sections-1-text": "", "sections-1-part": ""}

    desk.post_form(PAGE, typed(**added, **gone))

    assert [section.heading for section in held(make).sections] == ["Umum", "Hasil", "Penutup"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"sections-0-text": "Ada {hadirr}."},
            "Bagian 1, teks: {hadirr} tidak dikenal; mungkin {hadir}.",
        ),
        (
            {"sections-1-heading": "Dasar {"},
            "Bagian 2, judul: Kurung kurawal yang tidak berpasangan.",
        ),
        ({"title": "Laporan {acara}"}, "Judul laporan: {acara} tidak dikenal"),
        ({"title": ""}, "Tulis judul laporan."),
        ({"title": "L" * 301}, "Judul laporan: Paling banyak 300 huruf."),
        ({"basis": "D" * 4001}, "Dasar kantor: Paling banyak 4000 huruf."),
        ({"sections-2-heading": ""}, "Bagian 3, judul: Tulis judulnya; untuk menghapus"),
        ({"sections-0-heading": "U" * 161}, "Bagian 1, judul: Paling banyak 160 huruf."),
        ({"sections-0-number": "9" * 21}, "Bagian 1, nomor: Paling banyak 20 huruf."),
        ({"sections-0-text": "T" * 4001}, "Bagian 1, teks: Paling banyak 4000 huruf."),
        ({"sections-0-place": "satu"}, "Bagian 1, urutan: Isi dengan bilangan bulat"),
        ({"sections-0-place": "-1"}, "Bagian 1, urutan: Isi antara 0 dan 999."),
        ({"sections-0-part": "nilai"}, "Bagian 1, isi sesudah teks: Pilih salah satu"),
        ({"sections-0-level": "apa"}, "Bagian 1, tingkat: Pilih salah satu"),
        ({"sections-0-level": "subsection"}, "Tingkat bagian Umum: yang pertama harus Bagian"),
    ],
)
def test_a_fault_is_said_with_its_place_and_nothing_is_kept(make, desk, changes, said):
    reply = desk.post_form(PAGE, typed(**changes))

    assert reply.status_code == 400
    assert [fault for fault in faults(reply) if fault.startswith(said)] == faults(reply) != []
    assert "Peraturan Bupati Rekaan" in reply.text or "basis" in changes
    assert stored(make, Setting) == []


def test_an_outline_without_sections_is_refused(make, desk):
    reply = desk.post_form(PAGE, {"title": "Laporan", "basis": ""})

    assert reply.status_code == 400
    assert faults(reply) == [
        "Susunan tanpa satu bagian pun tidak dapat dicetak. Tulis sedikitnya satu."
    ]
    assert stored(make, Setting) == []


def test_the_first_outline_is_given_back_after_saying_what_happens(make, client_for, eka):
    browser = client_for(eka)
    browser.post_form(PAGE, typed())

    asked = browser.get(f"{PAGE}/bawaan")
    assert held(make) == OUTLINE
    reply = browser.post_form(f"{PAGE}/bawaan", {}, follow_redirects=True)

    assert "diganti dengan yang bawaan" in texts(asked, "panel")[0]
    assert notices(reply) == ["Susunan bawaan berlaku lagi."]
    assert held(make) == FIRST_OUTLINE
    assert table_rows(browser.get("/audit?tindakan=outline_restored"))[0][2] == (
        "mengembalikan susunan laporan bawaan"
    )


def test_as_many_sections_as_fit_are_kept_and_opened_again(make, desk):
    many = [Section(Level.SECTION, f"{n}.", f"Bagian {n}") for n in range(MOST_SECTIONS + 3)]

    desk.post_form(PAGE, typed(replace(OUTLINE, sections=many)))

    assert len(held(make).sections) == MOST_SECTIONS
    assert len(texts(desk.get(PAGE), "panel")) == MOST_SECTIONS + 2


def test_giving_back_what_holds_already_leaves_no_line(client_for, eka):
    browser = client_for(eka)

    browser.post_form(f"{PAGE}/bawaan", {})

    assert table_rows(browser.get("/audit?tindakan=outline_restored")) == []


def test_the_settings_page_leads_to_it(desk):
    assert f'href="{PAGE}"' in desk.get("/setelan").text
