"""Which places on a roster may be one person's."""

import itertools

import pytest

from quiz.exchange.rosters.doubles import Place, Sign, likely_doubles, sign_of

NIP = "198001012005014471"
OTHER_NIP = "199002022010012233"


def place(name: str = "siti aminah", **fields: object) -> Place:
    number = next(NUMBERS)
    return Place(**({"key": number, "person": number, "name": name, "unit": 1} | fields))


NUMBERS = itertools.count(1)


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [
        (place(), place(), Sign.SAME_NAME),
        (place(nip=NIP), place(), Sign.SAME_NAME),
        (place(position="Bidan"), place(position="Bidan Ahli"), Sign.SAME_NAME),
        (place(position="Bidan"), place(position="Perawat"), Sign.OTHER_POSITION),
        (place(nip=NIP), place(nip=OTHER_NIP), None),
        (place(), place(unit=2), Sign.OTHER_UNIT),
        (place(position="Bidan"), place(position="Guru", unit=2), None),
        (place(), place("siti amina"), Sign.LIKE_NAME),
        (place("m yusuf"), place("muhammad yusuf"), Sign.LIKE_NAME),
        (place(position="Bidan"), place("siti amina", position="Guru"), None),
        (place(), place("siti amina", unit=2), None),
        (place(), place("budi hartono"), None),
        (place(person=7), place("budi hartono", person=7, unit=2), Sign.ONE_PERSON),
        (place(person=7, nip=NIP), place(person=7, nip=OTHER_NIP), Sign.ONE_PERSON),
    ],
)
def test_names_units_positions_and_nips_say_who_may_be_one(
    one: Place, other: Place, sign: Sign | None
) -> None:
    assert sign_of(one, other) == sign_of(other, one) == sign


def test_the_surest_pairs_come_first_and_each_once() -> None:
    siti, amina, elsewhere = place(), place("siti amina"), place(unit=2)
    again, nobody = place(), place("budi hartono")

    found = likely_doubles([siti, amina, elsewhere, again, nobody])

    assert [(each.sign, each.one.key, each.other.key) for each in found] == [
        (Sign.SAME_NAME, siti.key, again.key),
        (Sign.LIKE_NAME, siti.key, amina.key),
        (Sign.LIKE_NAME, amina.key, again.key),
        (Sign.OTHER_UNIT, siti.key, elsewhere.key),
        (Sign.OTHER_UNIT, elsewhere.key, again.key),
    ]


def test_a_roster_of_thousands_is_not_compared_pair_by_pair() -> None:
    people = [place(f"orang{number} rekaan{number}", unit=number % 40) for number in range(3000)]
    double = place("orang5 rekaan5", unit=5)

    [found] = [each for each in likely_doubles([*people, double]) if each.sign is Sign.SAME_NAME]

    assert (found.one, found.other) == (people[5], double)
