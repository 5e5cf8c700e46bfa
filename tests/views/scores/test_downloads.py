"""What the registers say is what there is: every export as every kind of file, for whom it is."""

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from quiz.cli.reporting import units
from quiz.exports import EXPORTS
from quiz.exports.documents.kinds import PAPER_KINDS
from quiz.exports.documents.register import DOCUMENTS
from quiz.models import Attempt, AuditEntry, Sitting, User
from quiz.permissions import ROLE_PERMISSIONS, Permission, Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import root, stored, words

ClientFor = Callable[..., HouseClient]

ENDINGS = tuple({ending for export in EXPORTS.values() for ending in export.kinds})
OF_SITTINGS = {name: export for name, export in EXPORTS.items() if export.about == "sitting"}
FILES = [(name, ending) for name, export in EXPORTS.items() for ending in export.kinds]


def _address(sitting: Sitting, name: str, ending: str) -> str:
    if name not in OF_SITTINGS:
        return f"/laporan/{EXPORTS[name].stem}.{ending}"
    return f"/laporan/{sitting.event.code}/{EXPORTS[name].stem}.{ending}?sesi={sitting.uid}"


@pytest.fixture
def attempt(make: Make) -> Attempt:
    """One submitted attempt, so that there is something to download."""
    return make.finished()


@pytest.fixture(params=Role)
def role(request: pytest.FixtureRequest) -> Role:
    found: Role = request.param
    return found


@pytest.fixture
def browser(make: Make, client_for: ClientFor, role: Role) -> HouseClient:
    """Somebody with that role, who came by password."""
    return client_for(make.user(username="seseorang", role=role))


def _links(page: TestResponse) -> list[tuple[str, str]]:
    """Words and address of the links to files of a report."""
    links = [(words(a), str(a.get("href"))) for a in root(page).iter("a")]
    return [(text, url) for text, url in links if url.split("?")[0].endswith(ENDINGS)]


def test_every_file_comes_to_those_who_may_have_it(
    attempt: Attempt, browser: HouseClient, role: Role
) -> None:
    for name, ending in FILES:
        reply = browser.get(_address(attempt.sitting, name, ending))

        if EXPORTS[name].permission not in ROLE_PERMISSIONS[role]:
            assert reply.status_code == 403, (name, ending)
            continue
        code, phase = attempt.sitting.event.code, attempt.sitting.phase.value
        named = f"-{code}-{phase}" if name in OF_SITTINGS else ""
        saved = f"attachment; filename={EXPORTS[name].stem}{named}.{ending}"
        assert (reply.status_code, reply.mimetype) == (200, EXPORTS[name].kinds[ending].media_type)
        assert reply.headers["Content-Disposition"] == saved
        assert reply.data


def test_the_overview_offers_every_file_somebody_may_have(
    attempt: Attempt, browser: HouseClient, role: Role
) -> None:
    page = browser.get(f"/laporan/{attempt.sitting.event.code}")

    may = ROLE_PERMISSIONS[role]
    wanted = [
        (EXPORTS[name].kinds[ending].label, _address(attempt.sitting, name, ending))
        for name, ending in FILES
        if name in OF_SITTINGS and EXPORTS[name].permission in may
    ]
    wanted += [
        (kind.label, f"/laporan/{attempt.sitting.event.code}/{document.stem}.{ending}")
        for document in DOCUMENTS.values()
        if document.about == "event" and document.permission in may
        for ending, kind in PAPER_KINDS.items()
    ]
    assert page.status_code == (200 if Permission.SEE_REPORTS in may else 403)
    assert _links(page) == (wanted if page.status_code == 200 else [])


def test_a_page_that_shows_the_same_offers_its_files(
    app: Flask, attempt: Attempt, client_for: ClientFor, citra: User
) -> None:
    pages = {rule.rule for rule in app.url_map.iter_rules()}
    shown = [name for name in OF_SITTINGS if f"/laporan/<code>/{EXPORTS[name].stem}" in pages]
    browser = client_for(citra)

    offered = {
        name: _links(browser.get(f"/laporan/{attempt.sitting.event.code}/{EXPORTS[name].stem}"))
        for name in shown
    }

    assert {"units", "participants"} <= set(shown)
    assert offered == {
        name: [
            (kind.label, _address(attempt.sitting, name, ending))
            for ending, kind in EXPORTS[name].kinds.items()
        ]
        for name in shown
    }


@pytest.mark.parametrize(("name", "ending"), FILES)
def test_a_file_leaves_the_line_in_the_log_that_its_export_names(
    make: Make, attempt: Attempt, client_for: ClientFor, citra: User, name: str, ending: str
) -> None:
    client_for(citra).get(_address(attempt.sitting, name, ending))

    left = [(e.action, e.subject_uid, e.actor_id) for e in stored(make, AuditEntry)]
    logged = EXPORTS[name].logged
    assert left == ([(logged, attempt.sitting.uid, citra.id)] if logged else [])


@pytest.mark.parametrize("name", EXPORTS)
def test_its_view_asks_for_the_permission_of_the_export(app: Flask, name: str) -> None:
    view = app.view_functions[f"downloads.{name}"]

    assert vars(view)["permission"] is EXPORTS[name].permission


def test_named_scores_are_never_had_without_a_line_in_the_log() -> None:
    unlogged = [
        name
        for name, export in EXPORTS.items()
        if export.permission is Permission.SEE_NAMED_SCORES and not export.logged
    ]

    assert unlogged == []


def test_the_command_line_offers_the_same_kinds() -> None:
    [offered] = [option.type for option in units.params if option.name == "ending"]

    assert vars(offered)["choices"] == tuple(EXPORTS["units"].kinds)
