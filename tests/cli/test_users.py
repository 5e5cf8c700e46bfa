"""``quiz user``: accounts and their one-time addresses."""

import sys
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.actions.people.accounts import find_link, verify_password
from quiz.actions.people.second_step import set_up
from quiz.models import SecondStep, User
from quiz.permissions import Role
from tests.cli.conftest import Run
from tests.factories import Make


def test_user_add_takes_the_password_from_stdin(
    run: Run, session: Session, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    unit = make.unit(code="KESBANGPOL")
    monkeypatch.setattr(sys, "stdin", io.StringIO("kuda-laut-berenang\n"))

    status, out, _ = run(
        *("user", "add", "--username", "Citra", "--name", "Citra  Ningsih", "--role", "petugas"),
        *("--unit", "KESBANGPOL", "--password-stdin"),
    )

    user = session.query(User).one()
    assert (status, out) == (0, "Akun citra (Petugas) dibuat untuk Citra Ningsih.\n")
    assert (user.username, user.role, user.unit_id) == ("citra", Role.OFFICER, unit.id)
    assert verify_password(user.password_hash, "kuda-laut-berenang")


def test_user_add_without_a_password_prints_an_address_that_works(
    run: Run, session: Session
) -> None:
    arguments = ("--username", "eka", "--name", "Eka", "--role", "admin")

    status, out, _ = run("user", "add", *arguments)

    token = out.split("/sandi/")[1].split()[0]
    link = find_link(session, token, datetime.now(UTC))
    assert status == 0
    assert link is not None
    assert link.user is not None
    assert link.user.username == "eka"


def test_user_link_ends_the_earlier_address(run: Run, session: Session, eka: User) -> None:
    first = run("user", "link", "--username", "eka")[1].split("/sandi/")[1].split()[0]
    second = run("user", "link", "--username", "eka")[1].split("/sandi/")[1].split()[0]

    now = datetime.now(UTC)
    assert find_link(session, first, now) is None
    assert find_link(session, second, now) is not None


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["link", "--username", "siapa"], "Tidak ada akun dengan nama pengguna siapa."),
        (["add", "--username", "eka", "--name", "E", "--role", "admin"], "Nama pengguna eka sudah"),
        (["add", "--username", "e k", "--name", "E", "--role", "admin"], "Nama pengguna hanya"),
        (
            ["add", "--username", "x", "--name", "E", "--role", "admin", "--unit", "Z"],
            "Tidak ada unit dengan kode Z.",
        ),
    ],
)
def test_user_commands_refuse_with_a_sentence(
    run: Run, session: Session, eka: User, arguments: list[str], sentence: str
) -> None:
    status, _, err = run("user", *arguments)

    assert status == 1
    assert err.startswith(sentence)
    assert session.query(User).count() == 1


def test_user_one_step_lets_in_the_last_admin_who_lost_the_phone(
    run: Run, session: Session, eka: User
) -> None:
    set_up(session, eka, "benih", 0, [], datetime.now(UTC))
    session.commit()

    first, again = (run("user", "one-step", "--username", "eka") for _ in range(2))

    assert first[:2] == (0, "Akun eka sekarang masuk dengan kata sandi saja.\n")
    assert session.scalars(select(SecondStep)).all() == []
    assert again[0] != 0
    assert "tidak terpasang" in again[2]
