"""Texts for heads of units: the edition's figures and no others, and never a name."""

import re
from datetime import timedelta
from fractions import Fraction

import pytest

from quiz.models import Attempt
from quiz.permissions import ROLE_PERMISSIONS, Permission, Role
from tests.reading import root, words
from tests.views.scores.editions.publishing import published

HOUR = timedelta(hours=1)


CAMAT = {"Kantor Camat": [40, 55, 60, 70, 75, 80, 95]}
SCHOOLS = {"SD Satu": [50, 60, 90], "SD Dua": [20, 30, 40]}
VILLAGES = {"Desa Hulu": [31], "Desa Hilir": [99]}


@pytest.fixture
def sitting(make, citra):
    """Seven in an office, two villages of one each, two schools of three; an edition tells it."""
    return told(make, citra, CAMAT | SCHOOLS | VILLAGES)


def told(make, citra, scores):
    """A sitting that is over, with these percents by unit, and its edition."""
    sitting = over(make, scores)
    published(make, sitting.event, citra)
    return sitting


def over(make, scores, right=1):
    make.topic("makna", name="Makna netralitas")
    sitting = make.sitting(make.event(code="UJI-TEKS", place="Pendopo"), pass_mark=70)
    kinds = {"Desa": "desa", "SD": "upt-pendidikan"}
    for name, percents in scores.items():
        unit = make.unit(name, kinds.get(name.split()[0], "kecamatan"))
        for percent in percents:
            place = make.enrolment(sitting.event, unit=unit)
            attempt = make.finished(sitting, place, right=right)
            [score] = attempt.scores
            score.knowledge_points, score.knowledge_max = Fraction(percent), Fraction(100)
    sitting.closes_at = make.now - HOUR / 2
    make.session.commit()
    return sitting


@pytest.fixture
def desk(client_for, citra):
    return client_for(citra)


def texts(browser, sitting, **arguments):
    """Unit → its two texts."""
    query = "&".join(f"{name}={value}" for name, value in arguments.items())
    page = browser.get(f"/laporan/{sitting.event.code}/pesan?sesi={sitting.uid}&{query}")
    assert page.status_code == 200
    found = {}
    for panel in root(page).iter("section"):
        if panel.get("class") == "panel":
            name = words(next(panel.iter("h2")))
            found[name] = [words(text) for text in panel.iter("textarea")]
    return found


def test_everybody_comes_first_then_each_unit_by_name(sitting, desk):
    assert list(texts(desk, sitting)) == [
        "Semua peserta",
        "Desa Hilir",
        "Desa Hulu",
        "Kantor Camat",
        "SD Dua",
        "SD Satu",
    ]


def test_a_unit_that_may_be_told_of_has_its_own_figures(sitting, desk):
    figures, answer = texts(desk, sitting)["Kantor Camat"]

    assert "Yth. Pimpinan Kantor Camat" in figures
    assert "Sosialisasi Netralitas ASN Pre-test" in figures
    assert "Kantor Camat: 7 terdaftar, 0 hadir, 7 mengirim" in figures
    assert "Nilai rata-rata 68 (rentang" in figures
    assert "dari 7 orang; 4 dari 7 mencapai batas lulus 70." in figures
    assert "Topik yang paling lemah: Makna netralitas." in figures
    assert "Kesbangpol Kutai Kartanegara" in figures
    assert "Nama dan nilai perorangan tidak kami sampaikan" in answer
    assert "Yang paling sulit, dari 7 orang: Makna netralitas" in answer


def test_where_everything_was_right_nothing_is_hardest(make, desk, citra):
    sitting = over(make, CAMAT, right=None)
    published(make, sitting.event, citra)

    figures, answer = texts(desk, sitting)["Kantor Camat"]

    assert "Topik yang paling lemah" not in figures
    assert "Dari 7 orang: tidak ada topik yang lebih sulit daripada yang lain." in answer


def test_a_small_unit_has_those_of_its_pool_and_none_of_its_own(make, desk, citra):
    found = texts(desk, told(make, citra, CAMAT | SCHOOLS))

    for name in ("SD Satu", "SD Dua"):
        figures, answer = found[name]
        assert f"{name}: 3 terdaftar" in figures
        assert "Angka gabungan 2 unit (SD Dua, SD Satu)" in figures
        assert "dari 6 orang" in figures
        assert "Angka gabungan 2 unit" in answer


def test_a_unit_that_may_not_be_told_of_has_its_participation(sitting, desk):
    found = texts(desk, sitting)

    for name in ("Desa Hulu", "Desa Hilir"):
        figures, answer = found[name]
        assert f"{name}: 1 terdaftar, 0 hadir, 1 mengirim" in figures
        for text in (figures, answer):
            assert "Nilainya tidak disebut: kurang dari 5 orang" in text
            assert "rata-rata" not in text
            assert [number for number in ("31", "99") if f" {number}" in text] == []


def test_the_figures_are_those_of_the_report(sitting, desk):
    report = words(root(desk.get(f"/laporan/UJI-TEKS/unit?sesi={sitting.uid}")))

    found = {
        name: re.findall(r"rata-rata (\d+) \(rentang (\d+) sampai (\d+)\)", figures)
        for name, (figures, _) in texts(desk, sitting).items()
    }

    assert [name for name, row in found.items() if row] == ["Semua peserta", "Kantor Camat"]
    for [(mean, low, high)] in filter(None, found.values()):
        assert re.search(rf"\b{mean}\D+{low}\D+{high}\b", report)


def test_no_text_has_a_name_of_anybody(make, sitting, desk):
    every = " ".join(text for both in texts(desk, sitting).values() for text in both)

    names = [place.user.name for place in sitting.event.enrolments]
    assert names
    assert [name for name in names if name in every] == []


def test_a_text_stays_as_its_edition_whatever_changes_since(make, sitting, desk, citra):
    before = texts(desk, sitting)
    assert "Edisi 1, keadaan pada" in before["Kantor Camat"][0]

    for place in sitting.event.enrolments:
        place.checked_in_at = make.now
    for attempt in make.session.query(Attempt):
        attempt.void(citra, "Diulang.", make.now)
    make.session.commit()

    assert texts(desk, sitting) == before


@pytest.mark.parametrize("withdrawn", [True, False])
def test_without_a_valid_edition_there_is_no_text_and_the_way_to_one(make, desk, citra, withdrawn):
    sitting = over(make, CAMAT)
    if withdrawn:
        published(make, sitting.event, citra).withdraw("Keliru hitung.", citra, make.now)
        make.session.commit()

    page = desk.get("/laporan/UJI-TEKS/pesan")

    assert "belum mempunyai edisi yang berlaku" in words(root(page))
    assert list(root(page).iter("textarea")) == []


def test_what_to_do_next_comes_from_the_material_while_keys_are_in(make, sitting, desk):
    make.passage("LAKU-1", role="instead", text="Tolak dengan sopan.")

    figures, answer = texts(desk, sitting)["Desa Hulu"]

    wanted = "Pada apel berikutnya, bahas lebih dulu: 1. Tolak dengan sopan."
    assert wanted in figures
    assert wanted in answer


def test_one_unit_is_chosen_by_its_code(sitting, desk):
    code = next(p.unit.code for p in sitting.event.enrolments if p.unit_name == "SD Dua")

    assert list(texts(desk, sitting, unit=code)) == ["SD Dua"]
    assert texts(desk, sitting, unit="karangan") == {}


def test_units_come_twenty_at_a_time(make, desk, citra):
    sitting = over(make, CAMAT)
    for number in range(20):
        make.enrolment(sitting.event, unit=make.unit(f"Unit {number:02}"))
    published(make, sitting.event, citra)

    first, second = (texts(desk, sitting, halaman=page) for page in (1, 2))

    assert (len(first), list(second)) == (21, ["Unit 19"])


def test_more_units_take_no_more_queries(make, sitting, desk, citra, count_queries):
    address = f"/laporan/UJI-TEKS/pesan?sesi={sitting.uid}"
    desk.get(address)
    few = count_queries(lambda: desk.get(address))
    for number in range(3):
        make.enrolment(sitting.event, unit=make.unit(f"Unit {number}"))
    published(make, sitting.event, citra)

    assert len(texts(desk, sitting)) == 9
    assert count_queries(lambda: desk.get(address)) == few


@pytest.mark.parametrize("role", Role)
def test_only_those_who_see_reports_have_them(make, client_for, sitting, role):
    browser = client_for(make.user(username="seseorang", role=role))

    allowed = Permission.SEE_REPORTS in ROLE_PERMISSIONS[role]
    assert browser.get("/laporan/UJI-TEKS/pesan").status_code == (200 if allowed else 403)


def test_the_overview_leads_there(sitting, desk):
    page = desk.get("/laporan/UJI-TEKS")

    assert f"/laporan/UJI-TEKS/pesan?sesi={sitting.uid}" in [
        link.get("href") for link in root(page).iter("a")
    ]
