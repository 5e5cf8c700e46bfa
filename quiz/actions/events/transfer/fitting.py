"""A row from elsewhere made to fit in here: numbers, names that are taken, what follows from it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.assessment.items.item import Item, content_hash, lettered
from quiz.codes import CardKeys, card_token, code_index, fingerprint, personal_code, token_index
from quiz.exchange.rosters.names import normalise_name
from quiz.models import Event, ItemVersion, Quiz, Unit, UnitKind
from quiz.models.people.users import ERASED_NAME
from quiz.permissions import Role

ORIGIN = "berkas kegiatan"

Row = Mapping[str, Any]


class Fitting:
    """``keys`` are this installation's card keys, ``brought`` those of the file by fingerprint."""

    def __init__(self, session: Session, keys: CardKeys, brought: Mapping[str, bytes]) -> None:
        self._session, self._own = session, fingerprint(keys.own)
        self._keys = dict(brought) | {self._own: keys.own}
        self._numbers: dict[int, int] = {}
        self._taken: dict[Any, set[str]] = {}

    def new(self, table: str, values: dict[str, Any]) -> dict[str, Any]:
        """The values of a new row; raises ValueError for what cannot be one."""
        fit = _FITS.get(table)
        return fit(self, values) if fit else values

    def cards(self, values: dict[str, Any]) -> dict[str, Any]:
        """A place with what follows from its key; raises ValueError for one without its key."""
        print = values["card_key"]
        key = self._keys.get(print)
        if key is None:
            raise ValueError("no such key")
        uid, issue = values["uid"], values["issue"]
        return values | {
            "card_key": None if print == self._own else print,
            "code_index": code_index(key, personal_code(key, uid, issue)),
            "token_index": token_index(key, card_token(key, uid, issue)),
        }

    def unit_kind(self, values: dict[str, Any]) -> dict[str, Any]:
        """With a code nobody has."""
        return values | {"code": self._free(UnitKind.code, values["code"], 40)}

    def unit(self, values: dict[str, Any]) -> dict[str, Any]:
        """With a code nobody has."""
        return values | {"code": self._free(Unit.code, values["code"], 40)}

    def quiz(self, values: dict[str, Any]) -> dict[str, Any]:
        """With a title nobody has."""
        return values | {"title": self._free(Quiz.title, values["title"], 160)}

    def event(self, values: dict[str, Any]) -> dict[str, Any]:
        """With a code nobody has."""
        return values | {"code": self._free(Event.code, values["code"], 12)}

    def user(self, values: dict[str, Any]) -> dict[str, Any]:
        """A person without an account."""
        if values["name"] == ERASED_NAME:
            raise ValueError("nobody")
        return self.renamed(values) | {"username": None, "role": Role.PARTICIPANT}

    def renamed(self, values: dict[str, Any]) -> dict[str, Any]:
        """With what follows from a new name, where there is one."""
        if "name" not in values:
            return values
        return values | {"normalised_name": normalise_name(values["name"])}

    def bank_item(self, values: dict[str, Any]) -> dict[str, Any]:
        """As what it is for the bank here."""
        return values | {"origin": ORIGIN}

    def item_version(self, values: dict[str, Any]) -> dict[str, Any]:
        """The next version of its item; raises ValueError where its uid is not that of its text."""
        try:
            item = Item.from_json(values["content"])
            content = lettered(item).to_json()
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("no item") from error
        if content_hash(item) != values["uid"] or content != values["content"]:
            raise ValueError("another item")
        owner = values["bank_item_id"]
        if not self._numbers:
            owners = select(ItemVersion.bank_item_id, func.max(ItemVersion.number))
            rows = self._session.execute(owners.group_by(ItemVersion.bank_item_id))
            self._numbers.update((owner_id, last) for owner_id, last in rows)
        self._numbers[owner] = self._numbers.get(owner, 0) + 1
        return values | {
            "number": self._numbers[owner],
            "topic": item.topic,
            "level": item.level,
            "type": item.type,
            "law_as_of": item.law_as_of,
        }

    def _free(self, column: Any, wanted: str, longest: int) -> str:
        """``wanted``, or with the next number behind it that nobody has."""
        taken = self._taken.setdefault(column, set())
        for number in range(1, 10_000):
            end = "" if number == 1 else f"-{number}"
            value = wanted[: longest - len(end)] + end
            held = self._session.scalar(select(column).where(column == value).limit(1))
            if held is None and value not in taken:
                taken.add(value)
                return value
        raise ValueError("nothing free")


_FITS = {
    "unit_kind": Fitting.unit_kind,
    "unit": Fitting.unit,
    "user": Fitting.user,
    "bank_item": Fitting.bank_item,
    "item_version": Fitting.item_version,
    "quiz": Fitting.quiz,
    "event": Fitting.event,
    "enrolment": Fitting.cards,
}


def moment(said: datetime | None) -> str:
    """When a log said something, as rows tell times; "" for never."""
    return said.isoformat() if said else ""
