"""What the next edition of an event would tell, after all that the editions before have told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from quiz.assessment.analysis.editions.figures import (
    EditionFigures,
    SittingFigures,
    held_sentences,
    sitting_figures,
)
from quiz.assessment.analysis.editions.frozen import thaw
from quiz.assessment.analysis.editions.renewing import Renewal, renewal, rows_of, same_results
from quiz.assessment.analysis.sitting_report import SittingReport
from quiz.assessment.analysis.suppression import OFFICE_MINIMUM
from quiz.assessment.analysis.unit_report import AttemptFact
from quiz.assessment.attempt_state import SittingState
from quiz.models import Edition, Event, Sitting
from quiz.queries.scores.changes import first_pair
from quiz.queries.scores.editions.kind_order import Before, kind_orders
from quiz.queries.scores.editions.published import figures_of, next_number
from quiz.queries.scores.items.complete import Scope
from quiz.queries.scores.items.item_analysis import analysed_items
from quiz.queries.scores.items.misread import misread_among
from quiz.queries.scores.reports import EventFacts, read_facts, reports_on
from quiz.queries.taking.keys import keys_are_out

NOBODY = (
    "Belum ada hasil yang dapat diterbitkan. Edisi memuat sesi yang sudah ditutup, yang tidak "
    "menunggu kiriman lagi, dan yang dikerjakan sedikitnya satu orang."
)


OLDER_CHANGE = (
    "Perubahan antarsesi dihitung sekali, sebelum hasilnya berubah, dan tetap seperti itu: selisih "
    "dua perhitungan dapat membuka nilai beberapa orang."
)
NO_CHANGE = (
    "Perubahan antarsesi tidak disebut: hasil salah satu sesi berubah sesudah terbit, dan "
    "selisihnya dapat membuka nilai beberapa orang."
)


@dataclass(frozen=True)
class Told:
    """One edition before: what it told, and of what that was made."""

    number: int
    valid: bool
    figures: EditionFigures
    facts: Mapping[str, Sequence[AttemptFact]]


@dataclass(frozen=True)
class Draft:
    """What would be frozen; ``refusal`` says why it cannot be, None where it can."""

    number: int
    as_of: datetime
    figures: EditionFigures
    told: Mapping[str, Sequence[AttemptFact]]
    refusal: str | None

    @property
    def pools(self) -> dict[str, list[list[str]]]:
        """Sitting uid → the units told as one."""
        return {
            each.sitting.uid: [list(pool) for pool in each.units.pools]
            for each in self.figures.sittings
        }


def draft(session: Session, event: Event, now: datetime) -> Draft:
    """The next edition of the event.

    The queries of a report, one for the editions before and those of the misread sentences for
    each sitting, however many people.
    """
    before = _told(session, event)
    read = read_facts(session, event, now)
    renewals = {each.id: _renewal(read, each, before) for each in _settled(read)}
    facts = {**read.facts, **{key: found.facts for key, found in renewals.items()}}
    renewed = replace(read, facts=facts)
    reports = reports_on(session, renewed, [each for each in read.sittings if each.id in renewals])
    figures = EditionFigures(
        tuple(
            found
            for sitting in read.sittings
            if (found := _figures(session, renewed, sitting, reports, renewals, before))
        )
    )
    told = {
        sitting.uid: renewals[sitting.id].facts
        if sitting.id in renewals
        else _last_of(before, sitting.uid).facts[sitting.uid]
        for sitting in read.sittings
        if figures.of(sitting.uid)
    }
    number = next_number(session, event)
    return Draft(number, now, figures, told, _refusal(figures, before))


def _told(session: Session, event: Event) -> list[Told]:
    rows = session.scalars(
        select(Edition)
        .where(Edition.event_id == event.id)
        .options(undefer(Edition.figures), undefer(Edition.told))
        .order_by(Edition.number)
    )
    return [Told(row.number, row.valid, figures_of(row), _facts(row.told)) for row in rows]


def _facts(told: Mapping[str, Any]) -> dict[str, Sequence[AttemptFact]]:
    return {uid: [thaw(AttemptFact, fact) for fact in facts] for uid, facts in told.items()}


def _settled(read: EventFacts) -> list[Sitting]:
    """The sittings in which nobody can answer any more, and somebody has."""
    return [
        sitting
        for sitting in read.sittings
        if sitting.state(read.as_of) is SittingState.CLOSED
        and any(fact.state == "submitted" for fact in read.facts[sitting.id])
        and not any(fact.state == "running" for fact in read.facts[sitting.id])
    ]


def _renewal(read: EventFacts, sitting: Sitting, before: Sequence[Told]) -> Renewal:
    told = [
        (each.facts[sitting.uid], rows_of(of.units))
        for each in before
        if (of := each.figures.of(sitting.uid))
    ]
    return renewal(read.facts[sitting.id], told, read.pools.get(sitting.uid, ()))


def _last_of(before: Sequence[Told], uid: str) -> Told:
    """The latest edition with that sitting."""
    return next(each for each in reversed(before) if each.figures.of(uid))


def _figures(
    session: Session,
    read: EventFacts,
    sitting: Sitting,
    reports: Sequence[SittingReport],
    renewals: Mapping[int, Renewal],
    before: Sequence[Told],
) -> SittingFigures | None:
    """What is told of one sitting; None where it is not settled and never was told."""
    told = [(each, of) for each in before if (of := each.figures.of(sitting.uid))]
    found = renewals.get(sitting.id)
    if found is None or found.whole:
        if not told:
            return None
        last, figures = told[-1]
        again = f"Angka sesi ini tetap seperti edisi {last.number}: {_why(found)}."
        return replace(figures, kept=(again,))
    report = next(each for each in reports if each.sitting.uid == sitting.uid)
    waiting = not keys_are_out(sitting, read.as_of)
    scope = Scope(sitting=sitting.uid)
    rows = [] if waiting else analysed_items(session, scope, read.as_of)
    hard = [each.plain for each in misread_among(session, rows)]
    sentences, some = held_sentences(hard, [of.misread for _, of in told])
    orders = [Before(of, each.facts[sitting.uid]) for each, of in told]
    kinds = {} if found.kept else kind_orders(read, sitting, rows, found.facts, orders)
    kept = []
    if report.change and not _change_follows(read, sitting.uid, before):
        report = replace(report, change=told[-1][1].change if told else None)
        kept.append(OLDER_CHANGE if report.change else NO_CHANGE)
    if told:
        number, earlier = told[-1][0].number, told[-1][1]
        if found.kept:
            kept.append(_kept_units(report, found, number))
            report, kinds = replace(report, measured=earlier.measured), earlier.kinds
            if not (waiting and earlier.waiting):
                kept.append(_kept_sentences(earlier, number))
                sentences, waiting = list(earlier.misread), False
        elif some:
            kept.append(f"Angka sebagian kalimat tetap seperti edisi {number}: {_why(found)}.")
    return sitting_figures(report, sentences, kept, kinds=kinds, waiting=waiting)


def _why(found: Renewal | None) -> str:
    if found is None:
        return "sesinya dibuka lagi"
    return f"sejak itu yang berubah menyangkut kurang dari {OFFICE_MINIMUM} orang"


def _kept_units(report: SittingReport, found: Renewal, number: int) -> str:
    rows = (*report.units.participation, *report.units.rows)
    names = sorted({row.name for row in rows if not row.pooled and row.code in found.kept})
    return (
        f"Angka {', '.join(names) or 'sebagian unit'} tetap seperti edisi {number}: sejak itu "
        f"hasil kurang dari {OFFICE_MINIMUM} orang di dalamnya berubah."
    )


def _kept_sentences(earlier: SittingFigures, number: int) -> str:
    """What is said of sentences where units stay as they were: those who answered since then would
    stand in the figures of an item and in no other."""
    if earlier.waiting:
        return (
            "Kalimat yang masih keliru tidak disebut: angka sebagian unit tetap seperti edisi "
            f"{number}, dan selisihnya dapat membuka jawaban beberapa orang."
        )
    return f"Kalimat yang masih keliru juga tetap seperti edisi {number}."


def _change_follows(read: EventFacts, uid: str, before: Sequence[Told]) -> bool:
    """Whether the change that ends in this sitting may be told as it is now.

    It hides the few who did one test among the rows it was made for; so only while these are as
    they were told first.
    """
    pair = first_pair(read.sittings)
    if pair is None or pair[1].uid != uid:
        return True
    return all(
        same_results(each.facts[sitting.uid], read.facts[sitting.id])
        for sitting in pair
        for each in before
        if sitting.uid in each.facts
    )


def _refusal(figures: EditionFigures, before: Sequence[Told]) -> str | None:
    if not figures.sittings:
        return NOBODY
    valid = next((each for each in reversed(before) if each.valid), None)
    if valid is None or not figures.tells_as(valid.figures):
        return None
    if any(each.kept for each in figures.sittings):
        return (
            f"Yang berubah sejak edisi {valid.number} menyangkut kurang dari {OFFICE_MINIMUM} "
            "orang di tiap unit, jadi edisi baru memuat angka yang sama. Terbitkan lagi bila lebih "
            "banyak yang berubah."
        )
    return f"Tidak ada yang berubah sejak edisi {valid.number}."
