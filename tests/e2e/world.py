"""The demonstration as a running world: who is in it, and what its addresses are made of."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser, Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz import create_app
from quiz.config.settings import read_settings
from quiz.database import make_engine
from quiz.models import (
    Attempt,
    Enrolment,
    FormChoice,
    ItemVersion,
    Sitting,
    SubjectRequest,
    Unit,
    User,
)
from quiz.permissions import ROLE_PERMISSIONS, Permission, Role
from tests.client import HouseClient
from tests.e2e.hall import Hall
from tests.e2e.phones import PATIENCE
from tests.kept import Demonstration

Rows = dict[str, dict[str, object]]


class World:
    """The demonstration, running, and what its addresses are made of."""

    def __init__(self, app: Flask, hall: Hall, session: Session, event: str) -> None:
        self.app, self.hall, self.session, self.event = app, hall, session, event

    def values(self, endpoint: str, rows: Rows | None = None) -> dict[str, object]:
        """What stands for the variable parts of an endpoint's address, looked up unless given."""
        items = {"items", "drafts", "review", "panel"}
        blueprint = endpoint.partition(".")[0]
        code = "MKN-001" if blueprint in items else self.event
        by_endpoint: dict[str, dict[str, object]] = {
            "contests.decide": {"code": "MKN-001"},
            "panel.page": {"code": "SIK-001"},
        }
        own = (rows or self.rows()).get(blueprint, {}) | by_endpoint.get(endpoint, {})
        return {"code": code, "position": 1} | own

    def rows(self) -> Rows:
        """What the addresses of each blueprint name; they stay while nothing changes."""
        user = self._one(User, User.username == "citra")
        sitting = self._one(Sitting, Sitting.phase == "post")
        attempt = self._one(
            Attempt, Attempt.sitting_id == sitting.id, Attempt.submitted_at.is_not(None)
        )
        enrolment = self._one(Enrolment, Enrolment.id == attempt.enrolment_id)
        other = self._one(
            Enrolment, Enrolment.event_id == enrolment.event_id, Enrolment.id != enrolment.id
        )
        worked = select(Attempt.enrolment_id).where(Attempt.sitting_id == sitting.id)
        without = self._one(
            Enrolment, Enrolment.event_id == sitting.event_id, Enrolment.id.not_in(worked)
        )
        return {
            "answering": {"uid": self._asked_request()},
            "help": {"uid": enrolment.uid},
            "contests": {"uid": attempt.uid, "position": 1},
            "doubles": {"uid": enrolment.uid, "other": other.uid},
            "enrolments": {"uid": enrolment.uid},
            "evaluation": {"uid": enrolment.uid},
            "feedback": {"uid": attempt.uid},
            "attempts": {"uid": attempt.uid},
            "responses": {"uid": attempt.uid},
            "participants": {"uid": enrolment.uid, "attempt_uid": attempt.uid},
            "moved_attempts": {
                "uid": enrolment.uid,
                "attempt_uid": attempt.uid,
                "other": other.uid,
            },
            "paper_sheets": {"uid": sitting.uid},
            "question_sheets": {"uid": sitting.uid},
            "paper_typing": {"uid": sitting.uid, "person": without.uid},
            "people": {"uid": user.uid},
            "quizzes": {"uid": sitting.quiz.uid},
            "sittings": {"uid": sitting.uid},
            "sitting_plans": {"uid": sitting.uid},
            "swapping": {"uid": sitting.uid, "form": "A"},
            "trials": {"uid": sitting.uid, "status": "pns", "form": "A"},
            "references": {"code": "UU-20-2023-P9-2"},
            "claims": {"code": "F-DEF-01"},
            "material_editor": {"code": "LJN-01", "material_code": "loa-janan"},
            "rulings": {"code": self._asked_item()},
            "analysis": {"code": self._asked_item()},
            "edition_pages": {"number": 1, "stem": "unit", "ending": "csv"},
            "publishing": {"number": 1},
            "units": {"code": self._one(Unit).code},
            "unit_kinds": {"code": self._one(Unit).kind.code},
        }

    def _asked_request(self) -> str:
        """What somebody asked about their data and still waits for."""
        return self._one(SubjectRequest, SubjectRequest.answered_at.is_(None)).uid

    def _asked_item(self) -> str:
        """The code of an item that stood in a form."""
        asked = select(FormChoice.item_version_id)
        return self._one(ItemVersion, ItemVersion.id.in_(asked)).bank_item.code

    def owner_of_attempt(self) -> Enrolment:
        sitting = self._one(Sitting, Sitting.phase == "post")
        attempt = self._one(
            Attempt, Attempt.sitting_id == sitting.id, Attempt.submitted_at.is_not(None)
        )
        return self._one(Enrolment, Enrolment.id == attempt.enrolment_id)

    def staff(self, permission: Permission) -> User:
        """Somebody whose role has ``permission``."""
        role = next(role for role in Role if permission in ROLE_PERMISSIONS[role])
        return self._one(User, User.role == role, User.username.is_not(None))

    def browser_of(
        self, browser: Browser, person: User | Enrolment | None, **options: object
    ) -> Page:
        """A fresh browser in which ``person`` is logged in."""
        context = browser.new_context(**({"base_url": self.hall.url, "locale": "id-ID"} | options))
        context.set_default_timeout(PATIENCE)
        if person is not None:
            client = self.app.test_client()
            assert isinstance(client, HouseClient)
            cookie = client.log_in(person).get_cookie("session")
            assert cookie is not None
            context.add_cookies([{"name": "session", "value": cookie.value, "url": self.hall.url}])
        return context.new_page()

    def _one(self, model, *conditions):  # type: ignore[no-untyped-def]
        return self.session.scalars(select(model).where(*conditions).limit(1)).one()


@contextmanager
def demonstration(
    folder: Path, made: Demonstration, templates: FileSystemBytecodeCache
) -> Iterator[World]:
    """A copy of a demonstration, served from ``folder``."""
    made.copy_to(folder)
    settings = read_settings({"QUIZ_INSTANCE": str(folder)})
    engine = make_engine(settings.database_url)
    app = create_app(settings)
    app.jinja_env.bytecode_cache = templates
    app.test_client_class = HouseClient
    hall = Hall(app)
    hall.start()
    reading = engine.execution_options(read_only=True)
    with Session(reading, expire_on_commit=False) as session:
        yield World(app, hall, session, made.said["event"])
    hall.close()
    engine.dispose()
