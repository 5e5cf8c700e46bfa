"""Logs: whose lines they are, what they never hold, and that nobody can write one into them."""

import logging
import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from quiz.cli.serving import LogLines
from tests.conftest import BOTH_DATABASES

FORGED = "2026-11-29 09:00:00 203.0.113.9 u:x GET /orang 200 1 ms"


@pytest.fixture
def lines(caplog):
    """``lines()``: what was written to the access log, one string a record."""
    caplog.set_level(logging.INFO, "quiz.access_log")
    return lambda: [record.getMessage() for record in caplog.records]


def test_a_line_has_address_uid_and_no_name(client_for, citra, lines):
    client_for(citra).get("/kegiatan")

    assert re.fullmatch(rf"127\.0\.0\.1 u:{citra.uid} GET /kegiatan 200 \d+ ms", lines()[-1])


def test_a_participant_is_named_by_the_place_on_the_roster(client_for, make, ani, lines):
    enrolment = make.enrolment(user=ani)
    client_for(enrolment).get("/data-saya")

    assert f" p:{enrolment.uid} GET /data-saya 200 " in lines()[-1]


@pytest.mark.parametrize("break_", ["%0a", "%0d", "%0d%0a", "%0b", "%c2%85", "%e2%80%a8", "%1b[2K"])
def test_an_address_cannot_begin_a_line(client, lines, break_):
    client.get(f"/tiada{break_}{FORGED.replace(' ', '%20')}")

    line = lines()[-1]
    assert line.splitlines() == [line]
    assert line.isprintable() and line.isascii()


@pytest.mark.parametrize(
    "path",
    [
        "/k/RAHASIA",
        "/x//k/RAHASIA",
        "/K/RAHASIA",
        "/k//RAHASIA",
        "/sandi/RAHASIA/",
        "/u/RAHASIA/lembar-apel.pdf",
    ],
)
def test_what_gives_access_is_never_logged(client, lines, path):
    client.get(path)

    assert "RAHASIA" not in "".join(lines())


def test_a_record_of_many_lines_shows_where_it_goes_on():
    made = LogLines("%(asctime)s %(message)s")
    record = logging.makeLogRecord({"msg": f"kata\n{FORGED}\x1b[2K\u2028{FORGED}"})

    first, *rest = made.format(record).split("\n")

    assert first.endswith(" kata")
    assert rest == [f"    {FORGED}\\x1b[2K", f"    {FORGED}"]


def test_a_traceback_cannot_forge_a_line():
    made = LogLines("%(asctime)s %(message)s")
    try:
        raise ValueError(f"isian\n{FORGED}")
    except ValueError as error:
        record = logging.makeLogRecord({"msg": "x", "exc_info": (ValueError, error, None)})

    assert [
        line for line in made.format(record).split("\n")[1:] if not line.startswith("    ")
    ] == []


@pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)
def test_failing_sql_tells_no_value(engine):
    person = {"n": "Ani Rahasia", "nip": "199001012020121001"}
    insert = text(
        'INSERT INTO "user" (uid, name, normalised_name, nip, status, role, created_at, '
        "session_epoch) VALUES (:n, :n, :n, :nip, 'pns', 'peserta', '2026-01-01', 0)"
    )
    no_name = text(str(insert).replace("VALUES (:n, :n", "VALUES (:n, NULL"))
    with engine.begin() as connection:
        connection.execute(insert, person)

    for statement in (insert, no_name):
        with pytest.raises(DBAPIError) as caught, engine.begin() as connection:
            connection.execute(statement, person)

        said = f"{caught.value} {caught.value.orig} {caught.value!r} {caught.value.orig!r}"
        assert isinstance(caught.value, IntegrityError)
        assert person["n"] not in said and person["nip"] not in said
