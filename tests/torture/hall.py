"""What the tortured server serves: one event, people with cards, and sittings to take in turn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from quiz.config.settings import Settings, read_settings
from quiz.database import make_engine
from quiz.database.migrating import upgrade
from quiz.models import BankItem
from quiz.models.events.events import Phase
from tests.factories import Make


@dataclass(frozen=True)
class Crowd:
    """Cards of people and the sittings open to all of them."""

    settings: Settings
    environ: dict[str, str]
    cards: list[str]
    sittings: list[str]


def crowd(
    instance: Path,
    database_url: str,
    *,
    people: int = 1,
    sittings: int = 1,
    items: int | Callable[[Make], Sequence[BankItem]] = 6,
    **changes: Any,
) -> Crowd:
    """Fill an empty database with ``people`` on one roster and ``sittings`` of some ``items``.

    ``changes`` go to the sittings, ``time_limit_minutes=20`` for instance.
    """
    environ = {"QUIZ_INSTANCE": str(instance), "QUIZ_DATABASE_URL": database_url}
    settings = read_settings(environ)
    engine = make_engine(database_url)
    upgrade(engine)
    with Session(engine, expire_on_commit=False) as session:
        make = Make(session, settings.card_key)
        event, unit = make.event(), make.unit()
        asked = items(make) if callable(items) else [make.bank_item() for _ in range(items)]
        opened = [
            make.sitting(event, Phase.POST, items=asked, **changes).uid for _ in range(sittings)
        ]
        cards = [make.token(make.enrolment(event, unit=unit)) for _ in range(people)]
    engine.dispose()
    return Crowd(settings, environ, cards, opened)
