"""``quiz routes`` and ``quiz access``."""

from quiz.permissions import Role
from tests.cli.conftest import Run


def test_routes_lists_every_address(run: Run) -> None:
    status, out, _ = run("routes")

    assert status == 0
    assert "GET,POST   /awal/<token>" in out


def test_access_shows_who_may_open_the_accounts(run: Run) -> None:
    status, out, _ = run("access")

    rows = [line.split("\t") for line in out.splitlines()]
    accounts = next(row for row in rows if row[:2] == ["GET", "/orang"])
    assert status == 0
    assert rows[0][3:9] == [role.label for role in Role]
    assert accounts[2:9] == ["manage_accounts", "-", "-", "-", "-", "-", "✓"]
