"""What the attempt page and its feedback show: items in a person's order, with what is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.assessment.forms.selection import display_order, option_order
from quiz.assessment.items.item import VERY_SURE, Chosen, Item, Option, option_letter
from quiz.assessment.items.types import ITEM_TYPES, ItemType
from quiz.assessment.scores.ruling import as_ruled
from quiz.assessment.scores.scoring import score_response
from quiz.models import Attempt, Passage, Reference, Sitting, StoredResponse
from quiz.queries.scores.computed import rulings_for
from quiz.queries.taking.asked import Asked, Sheet, asked_in, form_for, responses_of, sheet_of


@dataclass(frozen=True)
class ShownOption:
    """An option as this person sees it; ``letter`` is its place on the page, not its id."""

    id: str
    letter: str
    text: str


@dataclass(frozen=True)
class ReviewedOption:
    """An option with what the person may now know of it."""

    id: str
    letter: str
    text: str
    is_key: bool
    partial: bool
    chosen: bool
    reason: str


@dataclass(frozen=True)
class Basis:
    """A legal basis: where it stands, in whose words, and whether it was law on the event's day."""

    code: str
    short: str
    article: str
    text: str
    in_force: bool
    verbatim: bool


@dataclass(frozen=True)
class Taught:
    """A passage of the material that teaches what was asked."""

    code: str
    text: str


@dataclass(frozen=True)
class Review:
    """Why an item's answer is what it is. ``points`` of ``maximum`` (0: the item is void).

    ``turns_on`` is the one detail that would change it, or "".
    """

    points: Fraction
    maximum: Fraction
    options: tuple[ReviewedOption, ...]
    explanation: str
    turns_on: str
    references: tuple[Basis, ...]
    passages: tuple[Taught, ...]

    @property
    def right(self) -> bool:
        """True when the whole point was earned."""
        return self.maximum > 0 and self.points == self.maximum


@dataclass(frozen=True)
class PageItem:
    """One item on the page. ``position`` is the form's slot, ``number`` its place on the page."""

    position: int
    number: int
    item: Item
    options: tuple[ShownOption, ...]
    multiple: bool
    chosen: Chosen
    confidence: int | None
    revision: int
    locked: bool
    feedback: Review | None

    @property
    def wrong(self) -> bool:
        """True for a knowledge item that did not earn its whole point; judgement is never wrong."""
        review = self.feedback
        judged = ITEM_TYPES[self.item.type].scale != "knowledge"
        return review is not None and review.maximum > 0 and not review.right and not judged

    @property
    def sure_but_wrong(self) -> bool:
        """True when the person was very sure and did not earn the point."""
        return self.wrong and self.confidence == VERY_SURE

    @property
    def provisional(self) -> str | None:
        """Why this item is practised but not scored yet; None for all others."""
        return ITEM_TYPES[self.item.type].provisional(self.item)


def items_to_answer(session: Session, attempt: Attempt) -> list[PageItem]:
    """The items in this person's order; feedback only where *per soal* has locked a response."""
    responses = responses_of(session, attempt)
    locked = attempt.sitting.per_item
    answered = {p for p, row in responses.items() if row.chosen} if locked else set()
    return items_on(session, sheet_of(attempt), responses, reviewed=answered)


def items_with_feedback(session: Session, attempt: Attempt) -> list[PageItem]:
    """The items in this person's order, each with its review. A constant number of queries."""
    responses = responses_of(session, attempt)
    every = set(asked_in(session, attempt))
    return items_on(session, sheet_of(attempt), responses, reviewed=every)


def review_of_locked(session: Session, attempt: Attempt, position: int) -> Review | None:
    """The review of one item that *per soal* has locked; None for all others. Five queries."""
    responses = responses_of(session, attempt)
    row = responses.get(position)
    if row is None or not row.chosen or not attempt.sitting.per_item:
        return None
    sheet = sheet_of(attempt)
    asked = form_for(session, sheet.sitting, sheet.status, sheet.form)
    return _reviews(session, sheet, asked, responses, {position})[position]


def items_on(
    session: Session,
    sheet: Sheet,
    responses: Mapping[int, StoredResponse],
    reviewed: set[int],
) -> list[PageItem]:
    """The items of a sheet in its order, with their reviews at the positions in ``reviewed``."""
    asked = form_for(session, sheet.sitting, sheet.status, sheet.form)
    reviews = _reviews(session, sheet, asked, responses, reviewed) if reviewed else {}
    order = display_order(asked, sheet.seed, sheet.sitting.shuffle_items)
    return [
        _entry(sheet, asked[position], number, responses.get(position), reviews.get(position))
        for number, position in enumerate(order, start=1)
    ]


def _entry(
    sheet: Sheet, asked: Asked, number: int, row: StoredResponse | None, review: Review | None
) -> PageItem:
    return PageItem(
        position=asked.position,
        number=number,
        item=asked.item,
        options=shown_options(
            options_as_seen(asked.item, sheet.sitting, sheet.seed, asked.position)
        ),
        multiple=ITEM_TYPES[asked.item.type].multiple,
        chosen=tuple(row.chosen) if row else (),
        confidence=row.confidence if row else None,
        revision=row.revision if row else 0,
        locked=review is not None,
        feedback=review,
    )


def options_as_seen(item: Item, sitting: Sitting, seed: str, position: int) -> list[Option]:
    """The options in the order of whoever has this seed: A, B, C on their page."""
    shuffled = sitting.shuffle_options and ITEM_TYPES[item.type].shuffles
    ids = [option.id for option in item.options]
    return [item.option(each) for each in option_order(ids, seed, position, shuffled)]


def _reviews(
    session: Session,
    sheet: Sheet,
    asked: Mapping[int, Asked],
    responses: Mapping[int, StoredResponse],
    positions: set[int],
) -> dict[int, Review]:
    shown = [asked[position] for position in positions]
    day = sheet.sitting.opens_at.date()
    bases = _bases(session, shown, day)
    passages = _passages(session, shown)
    rulings = rulings_for(session, [a.version_uid for a in shown])
    reviews = {}
    for a in shown:
        row = responses.get(a.position)
        chosen: Chosen = tuple(row.chosen) if row else ()
        applying = [ruling for ruling in rulings if ruling.item_version == a.version_uid]
        earned = score_response(a.item, chosen, applying)
        ruled = as_ruled(a.item, applying)
        reviews[a.position] = Review(
            points=earned.points,
            maximum=earned.maximum,
            options=_reviewed(
                ITEM_TYPES[a.item.type],
                options_as_seen(ruled, sheet.sitting, sheet.seed, a.position),
                chosen,
            ),
            explanation=a.item.explanation,
            turns_on=a.item.turns_on,
            references=tuple(bases[code] for code in a.item.references if code in bases),
            passages=tuple(passages[code] for code in a.item.passages if code in passages),
        )
    return reviews


def _reviewed(kind: ItemType, ordered: list[Option], chosen: Chosen) -> tuple[ReviewedOption, ...]:
    return tuple(
        ReviewedOption(
            id=option.id,
            letter=option_letter(place),
            text=option.text,
            is_key=option.is_key,
            partial=0 < option.weight < 1,
            chosen=option.id in chosen,
            reason=kind.reason(option),
        )
        for place, option in enumerate(ordered)
    )


def shown_options(ordered: list[Option]) -> tuple[ShownOption, ...]:
    """Options as they stand on the page, with the letters of their places."""
    return tuple(
        ShownOption(option.id, option_letter(place), option.text)
        for place, option in enumerate(ordered)
    )


def _bases(session: Session, shown: list[Asked], day: date) -> dict[str, Basis]:
    codes = {code for asked in shown for code in asked.item.references}
    rows = session.scalars(select(Reference).where(Reference.code.in_(codes)))
    return {
        row.code: Basis(row.code, row.law, row.article, row.text, row.in_force(day), row.verbatim)
        for row in rows
    }


def _passages(session: Session, shown: list[Asked]) -> dict[str, Taught]:
    codes = {code for asked in shown for code in asked.item.passages}
    rows = session.scalars(select(Passage).where(Passage.code.in_(codes)))
    return {row.code: Taught(row.code, row.text) for row in rows}


def practised_item(item: Item, chosen: Chosen, *, reviewed: bool) -> PageItem:
    """The practice item as an entry of its own: position 1, author's order, nothing stored."""
    earned = score_response(item, chosen)
    ordered = list(item.options)
    review = Review(
        points=earned.points,
        maximum=earned.maximum,
        options=_reviewed(ITEM_TYPES[item.type], ordered, chosen),
        explanation=item.explanation,
        turns_on=item.turns_on,
        references=(),
        passages=(),
    )
    return PageItem(
        position=1,
        number=1,
        item=item,
        options=shown_options(ordered),
        multiple=ITEM_TYPES[item.type].multiple,
        chosen=chosen,
        confidence=None,
        revision=0,
        locked=reviewed,
        feedback=review if reviewed else None,
    )
