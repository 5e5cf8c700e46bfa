"""``make.quiz()``, ``make.attempt()``: the least that is valid; a test says only what it is about.

Everything is committed at once, so a request made after it sees it. Times are around ``make.now``:
an event runs from an hour before it to seven hours after, a sitting from an hour before to an hour
after, unless a test says otherwise.
"""

import dataclasses
import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.actions.people.accounts import hash_password
from quiz.actions.scores.contesting import file_contest
from quiz.actions.scores.ruling import make_ruling
from quiz.actions.scores.scoring import score
from quiz.actions.taking.taking import Given, hand_in, respond, start_attempt
from quiz.assessment.items.item import EVERYBODY, Item, Status
from quiz.assessment.scores.ruling import Ruling, RulingKind
from quiz.codes import card_token, code_index, personal_code, receipt, token_index
from quiz.models import (
    Attempt,
    BankItem,
    Claim,
    Contest,
    Enrolment,
    Event,
    FormChoice,
    ItemVersion,
    Material,
    Passage,
    Quiz,
    QuizSlot,
    Reference,
    Score,
    Setting,
    Sitting,
    StoredResponse,
    StoredRuling,
    StoredSlot,
    Topic,
    Unit,
    UnitKind,
    User,
)
from quiz.models.bank.items import FIRST_STOCK
from quiz.models.base import new_uid
from quiz.models.events.events import DEFAULT_MODES, Phase
from quiz.permissions import Role
from quiz.queries.taking.asked import asked_in, responses_of
from tests.assessment import samples

Row = TypeVar("Row")
P = ParamSpec("P")

PASSWORD = "sandi-uji-yang-panjang"


def at_once(method: Callable[Concatenate["Make", P], Row]) -> Callable[Concatenate["Make", P], Row]:
    """Commits what a method makes together, at its end: a commit for each row took most time."""

    @functools.wraps(method)
    def committed(make: "Make", *args: P.args, **kwargs: P.kwargs) -> Row:
        with make.together():
            return method(make, *args, **kwargs)

    return committed


class Make:
    """Makes rows in ``session``, which it commits. ``key`` is the application's card key."""

    def __init__(self, session: Session, key: bytes) -> None:
        self.session, self.key = session, key
        self._depth = 0
        self.now = datetime.now(UTC)
        self._numbers = itertools.count(1)

    # Places and people

    def kind(self, code: str = "upt-teknis") -> UnitKind:
        """A kind of unit: one of those a new database has, or a new one."""
        stored = self.session.scalar(select(UnitKind).where(UnitKind.code == code))
        return stored or self._save(UnitKind(code=code, name=f"Jenis {code}"))

    @at_once
    def unit(self, name: str | None = None, kind: str = "upt-teknis", **changes: Any) -> Unit:
        """A unit of the kind with this code."""
        number = next(self._numbers)
        fields = {"code": f"UNIT-{number}", "name": name or f"Unit Rekaan {number}"}
        return self._save(Unit(kind=self.kind(kind), **(fields | changes)))

    @at_once
    def user(self, name: str | None = None, **changes: Any) -> User:
        """A person; with ``username`` an account whose password is ``PASSWORD``."""
        number = next(self._numbers)
        name = name or f"Orang Rekaan {number}"
        fields: dict[str, Any] = {
            "name": name,
            "normalised_name": " ".join(name.casefold().split()),
            "status": Status.PNS,
            "role": Role.PARTICIPANT,
            "created_at": self.now,
        }
        if changes.get("username"):
            fields["password_hash"] = hash_password(PASSWORD)
        return self._save(User(**(fields | changes)))

    # The bank

    def item(self, type: str = "single_choice", **changes: Any) -> Item:
        """A publishable item as a plain value, with a code of its own and its letters dealt."""
        fields = {"code": f"UJI-{next(self._numbers):03}"} | changes
        return samples.item(type, **fields)

    @at_once
    def bank_item(
        self, item: Item | None = None, *, published: bool = True, **fields: Any
    ) -> BankItem:
        """An item of the bank with one version, published unless a test wants the draft.

        ``fields`` go to the item's columns (``signed_at=...``).
        """
        item = item or self.item()
        row = BankItem(**({"code": item.code, "origin": FIRST_STOCK} | fields))
        self.session.add(row)
        version = row.version_of(item, self.now)
        self.session.flush()
        if published:
            row.published = version
        else:
            row.draft = version
        return self._save(row)

    def topic(self, code: str = "makna", **changes: Any) -> Topic:
        """A topic."""
        return self._save(Topic(**({"code": code, "name": code.capitalize()} | changes)))

    def reference(self, code: str = "UU-20-2023-P9-2", **changes: Any) -> Reference:
        """An article of law, in force since 31 October 2023."""
        fields = {
            "law": "UU 20/2023",
            "article": "Pasal 9 ayat (2)",
            "text": "Pegawai ASN bebas dari pengaruh golongan.",
            "valid_from": date(2023, 10, 31),
        }
        return self._save(Reference(code=code, **(fields | changes)))

    def claim(self, code: str = "F-DEF-04/rumusan-lama", **changes: Any) -> Claim:
        """A checked claim."""
        fields = {"statement": "Netral berarti tidak berpihak.", "confidence": "tinggi"}
        return self._save(Claim(code=code, **(fields | changes)))

    def passage(
        self, code: str = "LJN-01", material: Material | None = None, **changes: Any
    ) -> Passage:
        """A passage of a material."""
        material = material or Material(code=f"bahan-{next(self._numbers)}", title="Bahan")
        fields = {"position": 1, "text": "Pegawai tidak berpihak.", "checksum": "0" * 64}
        return self._save(Passage(code=code, material=material, **(fields | changes)))

    # Quizzes and events

    @at_once
    def quiz(self, *slots: tuple[str, str | None, str | None, int], **changes: Any) -> Quiz:
        """A blueprint of ``(topic, level, type, count)`` slots; by default three items on makna."""
        lines = [
            QuizSlot(position=place, topic=topic, level=level, type=type, count=count)
            for place, (topic, level, type, count) in enumerate(
                slots or [("makna", None, None, 3)], start=1
            )
        ]
        fields = {"title": f"Kuis {next(self._numbers)}", "created_at": self.now, "slots": lines}
        return self._save(Quiz(**(fields | changes)))

    def event(self, title: str = "Sosialisasi Netralitas ASN", **changes: Any) -> Event:
        """An event that is on now."""
        fields = {
            "code": f"UJI-{next(self._numbers) + 100}",
            "starts_at": self.now - timedelta(hours=1),
            "ends_at": self.now + timedelta(hours=7),
            "created_at": self.now,
        }
        return self._save(Event(title=title, **(fields | changes)))

    @at_once
    def enrolment(
        self,
        event: Event | None = None,
        user: User | None = None,
        unit: Unit | None = None,
        **changes: Any,
    ) -> Enrolment:
        """A person on an event's roster, in a unit, with a card and a code that work."""
        user, event = user or self.user(), event or self.event()
        unit = unit or user.unit or self.unit()
        issue, there = changes.pop("issue", 1), changes.pop("checked_in_at", None)
        row = Enrolment(uid=changes.pop("uid", new_uid()), issue=issue, status=user.status)
        row.place_in(unit)
        row.code_index = code_index(self.key, self.code(row))
        row.token_index = token_index(self.key, self.token(row))
        with self.session.no_autoflush:
            row.event, row.user = event, user
        for name, value in changes.items():
            setattr(row, name, value)
        if there is not None:
            row.check_in(there)
        return self._save(row)

    def code(self, enrolment: Enrolment) -> str:
        """The personal code of an enrolment."""
        return personal_code(self.key, enrolment.uid, enrolment.issue)

    def token(self, enrolment: Enrolment) -> str:
        """The token in the address of an enrolment's card."""
        return card_token(self.key, enrolment.uid, enrolment.issue)

    # Sittings and attempts

    @at_once
    def sitting(
        self,
        event: Event | None = None,
        phase: Phase = Phase.PRE,
        *,
        items: Iterable[BankItem] | None = None,
        prepared: bool = True,
        **changes: Any,
    ) -> Sitting:
        """A sitting that is open now, its form holding ``items`` for every status.

        By default one item of each type. ``prepared=False`` leaves the form empty.
        """
        fields: dict[str, Any] = {
            "event": event or self.event(),
            "quiz": changes.get("quiz") or self.quiz(),
            "opens_at": self.now - timedelta(hours=1),
            "closes_at": self.now + timedelta(hours=1),
            "feedback_mode": DEFAULT_MODES[phase],
        }
        if prepared:
            fields |= {"prepared_at": self.now - timedelta(hours=2), "seed": "benih"}
            fields["slots"] = self._slots(self._three_items() if items is None else list(items))
        return self._save(Sitting(phase=phase, **(fields | changes)))

    def _three_items(self) -> list[BankItem]:
        types = ("single_choice", "multiple_choice", "true_false")
        return [self.bank_item(self.item(type)) for type in types]

    def _slots(self, items: Sequence[BankItem]) -> list[StoredSlot]:
        return [
            StoredSlot(
                position=position,
                topic=item.published.topic,
                level=item.published.level,
                type=item.published.type,
                choices=[
                    FormChoice(status=status, version=item.published)
                    for status in Status
                    if status in EVERYBODY
                ],
            )
            for position, item in enumerate(items, start=1)
            if item.published is not None
        ]

    @at_once
    def attempt(
        self,
        sitting: Sitting | None = None,
        enrolment: Enrolment | None = None,
        **changes: Any,
    ) -> Attempt:
        """An attempt started half an hour ago (or, in a shorter sitting, at its opening)."""
        sitting = sitting or self.sitting()
        enrolment = enrolment or self.enrolment(sitting.event)
        at = changes.pop("started_at", max(sitting.opens_at, self.now - timedelta(minutes=30)))
        row = start_attempt(self.session, sitting, enrolment, at)
        for name, value in changes.items():
            setattr(row, name, value)
        return self._save(row)

    @at_once
    def response(
        self, attempt: Attempt, position: int = 1, chosen: Sequence[str] | None = None, **given: Any
    ) -> StoredResponse:
        """A stored response; by default the keys, given a minute after the attempt's start."""
        sent = self._given(attempt, position, chosen, **given)
        respond(self.session, attempt, sent, sent.given_at or self.now)
        return self._save(responses_of(self.session, attempt)[position])

    def _given(
        self, attempt: Attempt, position: int, chosen: Sequence[str] | None = None, **given: Any
    ) -> Given:
        item = asked_in(self.session, attempt)[position].item
        fields = {
            "confidence": None,
            "revision": 1,
            "given_at": attempt.started_at + timedelta(minutes=1),
        }
        values = list(item.keys if chosen is None else chosen)
        return Given(position=position, values=values, **(fields | given))

    @at_once
    def finished(
        self,
        sitting: Sitting | None = None,
        enrolment: Enrolment | None = None,
        *,
        right: int | None = None,
        **changes: Any,
    ) -> Attempt:
        """A submitted and scored attempt: ``right`` positions with their keys, the rest blank."""
        attempt = self.attempt(sitting, enrolment, **changes)
        asked = asked_in(self.session, attempt)
        positions = sorted(asked)[: len(asked) if right is None else right]
        given = [self._given(attempt, position) for position in positions]
        at = attempt.started_at + timedelta(minutes=5)
        hand_in(self.session, attempt, given, receipt(attempt.uid, self.key), at)
        self.score(attempt, at)
        return self._save(attempt)

    def score(self, attempt: Attempt, now: datetime) -> Score:
        """The stored score of a finished attempt."""
        return self._save(score(self.session, attempt, now))

    # Rulings and contests

    @at_once
    def ruling(
        self,
        version: ItemVersion,
        kind: RulingKind = "void",
        *,
        by: User | None = None,
        options: Sequence[str] = (),
        **weights: str,
    ) -> StoredRuling:
        """A ruling in force, every finished attempt at the version scored anew."""
        ruling = Ruling(
            version.uid, kind, {o: Fraction(w) for o, w in weights.items()}, tuple(options)
        )
        by = by or self.user(username=f"pemeriksa{next(self._numbers)}", role=Role.LEGAL_CHECKER)
        reason = "Pasalnya berkata lain."
        row, _ = make_ruling(self.session, version, ruling, reason, by, self.now)
        return self._save(row)

    @at_once
    def contest(
        self, attempt: Attempt, position: int = 1, words: str = "Pasalnya berkata lain."
    ) -> Contest:
        """An open contest of the key at a position."""
        version_id = asked_in(self.session, attempt)[position].version_id
        return self._save(
            file_contest(self.session, attempt, position, version_id, words, self.now)
        )

    def setting(self, key: str, value: str) -> Setting:
        """A fact the installation remembers."""
        return self._save(Setting(key=key, value=value))

    # Reading back

    def fresh(self, row: Row) -> Row:
        """The same row as it is stored now, after requests have changed it."""
        self.session.commit()
        self.session.refresh(row)
        return row

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is made inside is committed when it ends: for halls of many people."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
        self._commit()

    def _save(self, row: Row) -> Row:
        self.session.add(row)
        self._commit()
        return row

    def _commit(self) -> None:
        if self._depth:
            self.session.flush()
        else:
            self.session.commit()


def changed(item: Item, **changes: Any) -> Item:
    """The same item with some fields different."""
    return dataclasses.replace(item, **changes)
