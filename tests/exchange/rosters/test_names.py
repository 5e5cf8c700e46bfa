import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.exchange.rosters.names import name_and_role, normalise_name
from quiz.exchange.rosters.unit_names import UnitNames, names_a_unit


@pytest.mark.parametrize(
    "written",
    [
        "Ahmad Ma'ruf",
        "AHMAD MA’RUF",
        "  ahmad   maruf ",
        "Drs. H. Ahmad Ma'ruf, S.Pd., M.Si.",
        "H.Ahmad Ma`ruf,S.Pd,M.Si",
        "Ahmad Ma'ruf S.Pd. M.AP",
        "AHMAD MARUF, SH, MH",
        "AHMAD MARUF SE",
        "Dr. Ir. Ahmad Ma'ruf, A.Md.Keb., S.Tr.Keb",
        "Ahmád Maruf",
    ],
)
def test_titles_degrees_case_and_punctuation_do_not_make_another_person(written):
    assert normalise_name(written) == "ahmad maruf"


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("M. Yusuf", "m yusuf"),
        ("Sy. Abdullah", "sy abdullah"),
        ("St. Aminah, S.Pd.", "st aminah"),
        ("Mh. Said", "mh said"),
        ("Sh. Maulana, SH", "sh maulana"),
        ("Ma. Fatimah S. Pd.", "ma fatimah"),
        ("S.H. Rahman", "s h rahman"),
        ("Ahmad, Sp.OG(K)", "ahmad"),
        ("M.Yusuf", "m yusuf"),
        ("Siti Nur-Aini", "siti nur aini"),
        ("H.", "h"),
        ("S.Pd.", "s pd"),
        ("Hj.", "hj"),
        ("Dr. Dr", "dr"),
        ("Sri Mei", "sri mei"),
        ("Sri, M.E.I.", "sri"),
        ("Ahmad, Kepala Seksi", "ahmad kepala seksi"),
        ("<script>alert(1)</script>", "script alert 1 script"),
        ("", ""),
    ],
)
def test_what_may_be_part_of_a_name_is_kept(written, normal):
    assert normalise_name(written) == normal


@given(name=st.text(max_size=60))
def test_a_normal_name_has_no_doubled_or_outer_spaces(name):
    normal = normalise_name(name)

    assert normal == " ".join(normal.split())


@pytest.mark.parametrize("name", ["Ani Lestari", "Budi", "Citra Dewi Putri"])
def test_normalising_twice_changes_nothing(name):
    once = normalise_name(f"Hj. {name}, S.Sos.")

    assert once == name.casefold()
    assert normalise_name(once) == once


@pytest.mark.parametrize(
    ("line", "parted"),
    [
        (
            "Drs. I Dewa Putu Arka, M.Pd., narasumber",
            ("Drs. I Dewa Putu Arka, M.Pd.", "narasumber"),
        ),
        ("Dewi, S.H., M. Si., narasumber, Rekaan", ("Dewi, S.H., M. Si.", "narasumber, Rekaan")),
        ("Hadi, moderator", ("Hadi", "moderator")),
        ("Hadi", ("Hadi", "")),
    ],
)
def test_a_line_with_a_role_is_parted_behind_the_degrees(line, parted):
    assert name_and_role(line) == parted


UNITS = ["Desa Sungai Contoh", "Desa Batu Contoh", "Kantor Kecamatan Contoh", "Puskesmas Contoh"]


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("desa sungai cotoh", "Desa Sungai Contoh"),
        ("Ds. Batu Contoh", "Desa Batu Contoh"),
        ("Kantor Kec. Contoh", "Kantor Kecamatan Contoh"),
        ("PKM Contoh", "Puskesmas Contoh"),
        ("Batu", "Desa Batu Contoh"),
    ],
)
def test_a_mistyped_unit_gets_the_nearest_first(written, first):
    assert UnitNames(UNITS).near(written)[0] == first


@pytest.mark.parametrize("written", ["Xyz", "Desa Hulu", "Posyandu Batu Contoh", "SDN 003"])
def test_nothing_near_gives_no_suggestion(written):
    assert UnitNames([*UNITS, "SDN 004"]).near(written) == []
    assert UnitNames([]).near(written) == []


def test_three_suggestions_at_most():
    names = UnitNames(
        ["Desa Contoh Hulu", "Desa Contoh Hilir", "Desa Contoh Darat", "Desa Contoh Laut"]
    )

    assert len(names.near("Desa Contoh")) == 3


@pytest.mark.parametrize(
    ("text", "is_unit"),
    [
        ("DESA BAKUNGAN", True),
        ("Kantor Kecamatan A", True),
        ("SDN 003", True),
        ("Kepala Desa", False),
        ("Budi Desa", False),
        ("Desa", False),
    ],
)
def test_what_begins_as_an_office_does_is_known(text, is_unit):
    assert names_a_unit(text) is is_unit
