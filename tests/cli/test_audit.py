"""``quiz audit``, as an operator calls it."""

import pytest
from flask import Flask
from sqlalchemy import text

from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.models import User
from quiz.models.people.audit import Action
from tests.cli.conftest import Run
from tests.factories import Make
from tests.views.scores.editions.publishing import hall, published


def test_audit_verify_names_the_broken_line(run: Run, make: Make, eka: User) -> None:
    record(make.session, make.now, eka.id, Action.LOGIN, ("user", eka.uid))
    record(make.session, make.now, eka.id, Action.LOGIN, ("user", eka.uid))
    make.session.commit()
    sound = run("audit", "verify")
    make.session.execute(text("DELETE FROM audit_entry WHERE id = 1"))
    make.session.commit()

    status, _, err = run("audit", "verify")

    assert sound == (0, "Rantai jejak audit utuh.\n", "")
    assert status == 1
    assert err.startswith("Rantai jejak audit putus pada baris 2:")


@pytest.fixture
def logged(app: Flask, make: Make, eka: User) -> None:
    """Three lines that the application wrote, each with a detail."""
    make.session.commit()
    with app.app_context():
        for number in range(3):
            with db.writing() as session:
                record(session, make.now, eka.id, Action.LOGIN, ("user", eka.uid), version=number)


@pytest.mark.usefixtures("logged")
@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("DELETE FROM audit_entry WHERE id = 3", "baris 3, yang menurut"),
        ("DELETE FROM audit_entry WHERE id > 1", "baris 3, yang menurut"),
        ("DELETE FROM audit_entry", "baris 3, yang menurut"),
        ("DELETE FROM audit_entry WHERE id = 1", "putus pada baris 2"),
        ("UPDATE audit_entry SET actor_id = NULL WHERE id = 3", "putus pada baris 3"),
        ("UPDATE audit_entry SET detail_id = NULL WHERE id = 2", "perincian jejak audit baris 2"),
        (
            "UPDATE audit_detail SET content = '{}' WHERE id = 2",
            "perincian jejak audit baris 2 pernah diubah",
        ),
    ],
)
@pytest.mark.parametrize("command", [("audit", "verify"), ("db", "check")])
def test_whatever_is_taken_from_the_log_is_noticed(
    run: Run, make: Make, statement: str, sentence: str, command: tuple[str, str]
) -> None:
    assert run(*command)[0] == 0
    make.session.execute(text(statement))
    make.session.commit()

    status, _, err = run(*command)

    assert status == 1
    assert sentence in err.replace("Perincian", "perincian").replace("Baris", "baris")


@pytest.mark.usefixtures("logged")
def test_lines_cut_off_and_written_anew_are_noticed(
    run: Run, make: Make, app: Flask, eka: User
) -> None:
    make.session.execute(text("DELETE FROM audit_entry WHERE id > 1"))
    make.session.commit()
    for _ in range(2):  # by somebody who writes straight into the table, in a proper chain
        record(make.session, make.now, eka.id, Action.PASSWORD_SET, ("user", eka.uid))
    make.session.commit()

    status, _, err = run("audit", "verify")

    assert status == 1
    assert "baris 3, yang menurut" in err


@pytest.mark.usefixtures("logged")
@pytest.mark.parametrize(
    "statement", ["DELETE FROM audit_entry", "UPDATE edition SET log_digest = 'x'"]
)
def test_an_edition_holds_the_log_it_was_published_under(
    run: Run, make: Make, eka: User, statement: str
) -> None:
    edition = published(make, hall(make).event, eka)
    assert edition.log_digest is not None
    sound = run("audit", "verify")
    make.session.execute(text(statement))
    make.session.commit()

    status, _, err = run("audit", "verify")

    assert sound[0] == 0
    assert status == 1
    assert f"disebut edisi 1 laporan {edition.event.code}" in err
