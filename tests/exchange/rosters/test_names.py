import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.exchange.rosters.names import near_names, normalise_name


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
    assert near_names(written, UNITS)[0] == first


def test_nothing_near_gives_no_suggestion():
    assert near_names("Xyz", UNITS) == []
    assert near_names("Desa Batu", []) == []


def test_three_suggestions_at_most():
    assert len(near_names("Desa Contoh", [f"Desa Contoh {n}" for n in range(9)])) == 3
