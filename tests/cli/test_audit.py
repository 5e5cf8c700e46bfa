"""``quiz audit``, as an operator calls it."""

from sqlalchemy import text

from quiz.actions.people.auditing import record
from quiz.models import User
from quiz.models.people.audit import Action
from tests.cli.conftest import Run
from tests.factories import Make


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
