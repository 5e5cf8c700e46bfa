"""The preview of a roster: what every row would do, and what only a person can decide."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from quiz.assessment.items.item import Status
from quiz.exchange.rosters.names import normalise_name, written_alike
from quiz.exchange.rosters.namesakes import Listed, told_apart, with_words
from quiz.exchange.rosters.roster_file import RosterRow
from quiz.formats import mask_nip
from quiz.models import Enrolment, Event, User
from quiz.queries.events.plan import (
    CHANGE,
    KEEP,
    Absent,
    Choice,
    Decisions,
    Difference,
    Question,
    RosterPlan,
    RowAction,
    RowPlan,
    UnitPlan,
)
from quiz.queries.events.roster_blanks import Filled, fill_blanks
from quiz.queries.events.roster_people import Match, People, match_people, read_people
from quiz.queries.events.roster_units import UnitRegister, plan_units, read_units

NOTHING_DECIDED = Decisions()


def plan_roster(
    session: Session,
    event: Event,
    rows: Sequence[RosterRow],
    decisions: Decisions = NOTHING_DECIDED,
) -> RosterPlan:
    """What taking ``rows`` over would do, given these answers. Changes nothing; seven queries.

    A row whose status or unit is not decided asks nothing else: who is meant may depend on it.
    """
    register = read_units(session)
    filled, asked = fill_blanks(rows, register, decisions)
    wanted = [each.row for each in filled if each.row.unit and not each.skip]
    units = plan_units(wanted, register, decisions)
    known_units = {unit.unit_id for unit in units.values() if unit.unit_id is not None}
    people = read_people(session, event, rows, known_units)
    settled = [
        each.row for each in filled if not (each.open or each.skip) and units[each.row.unit].decided
    ]
    places = {row.key: units[row.unit].unit_id for row in settled}
    matches = match_people(settled, places, people, decisions)
    planned = tuple(
        _row_plan(
            each,
            units.get(each.row.unit, UnitPlan(each.row.unit, ())),
            matches.get(each.row.key),
            people,
            decisions,
        )
        for each in filled
    )
    known = {match.user.id for match in matches.values() if match.user}
    return RosterPlan(
        rows=planned,
        asked=asked,
        units=tuple(dict.fromkeys(units.values())),
        absent=_absent(people, known, planned),
        basis=_basis(people, register),
        listed=sum(each.removed_at is None for each in people.enrolments.values()),
    )


def roster_basis(session: Session, event: Event, rows: Sequence[RosterRow]) -> str:
    """The basis a plan of ``rows`` would have now, without planning. Six queries."""
    return _basis(read_people(session, event, rows), read_units(session))


def _row_plan(
    filled: Filled, unit: UnitPlan, match: Match | None, people: People, decisions: Decisions
) -> RowPlan:
    row = filled.row
    plan = RowPlan(
        key=row.key,
        place=row.place,
        name=row.name,
        normalised_name=normalise_name(row.name),
        nip=row.nip,
        status=row.status,
        position=row.position,
        unit=unit,
        action=RowAction.SKIP if filled.skip else RowAction.ASK,
        questions=filled.questions,
    )
    if match is None:
        return plan
    questions = (*filled.questions, *([match.question] if match.question else ()))
    if match.open or match.skip:
        action = RowAction.ASK if match.open else RowAction.SKIP
        return replace(plan, action=action, questions=questions)
    if match.user is None:
        return replace(plan, action=RowAction.ADD, questions=questions)
    plan = replace(plan, user_id=match.user.id, questions=questions)
    if row.nip in people.by_nip and match.user.nip != row.nip:
        plan = replace(plan, nip=match.user.nip)  # a record merged into this person holds it
    return _for_known(plan, match.user, people, decisions)


def _for_known(plan: RowPlan, user: User, people: People, decisions: Decisions) -> RowPlan:
    enrolment = people.enrolment(user)
    if enrolment is None:
        return replace(plan, action=RowAction.ADD)
    attempted = enrolment.id in people.attempted
    note = ""
    if attempted and plan.status != enrolment.status:
        kept = Status(enrolment.status)
        note = f"Status tetap {kept.label}: soalnya sudah dikerjakan menurut status itu."
        plan = replace(plan, status=kept, note=note)
    differences = tuple(_differences(plan, user, enrolment, attempted=attempted))
    if not differences:
        return replace(plan, action=RowAction.NOTHING)
    plan = replace(plan, differences=differences, action=RowAction.UPDATE)
    asks = attempted and any(not each.harmless for each in differences)
    return _after_attempt(plan, decisions) if asks else plan


def _after_attempt(plan: RowPlan, decisions: Decisions) -> RowPlan:
    """An update of somebody who has worked already needs a yes."""
    question = Question(
        f"change:{plan.key}",
        f"“{plan.name}” sudah mengerjakan. Tetap ubah datanya?",
        (Choice(CHANGE, "Ya, ubah"), Choice(KEEP, "Tidak, biarkan seperti semula")),
    )
    answer = question.answer(decisions)
    action = {CHANGE: RowAction.UPDATE, KEEP: RowAction.NOTHING}.get(answer or "", RowAction.ASK)
    return replace(plan, action=action, questions=(*plan.questions, question))


def _differences(
    plan: RowPlan, user: User, enrolment: Enrolment, *, attempted: bool
) -> list[Difference]:
    """What would change; after an attempt other capitals in the same name are not worth it.

    Titles and degrees of the same name may be corrected at any time without a question.
    """
    found = []
    same_name = plan.normalised_name == normalise_name(user.name)
    alike = written_alike(plan.name, user.name)
    if enrolment.removed_at is not None:
        found.append(Difference("Daftar", "dikeluarkan", "dimasukkan lagi"))
    if plan.unit.unit_id != enrolment.unit_id:
        found.append(Difference("Unit", enrolment.unit_name, plan.unit.text))
    if plan.status is not None and plan.status != enrolment.status:
        found.append(Difference("Status", enrolment.status.label, plan.status.label))
    if plan.name != user.name and not (attempted and alike):
        found.append(Difference("Nama", user.name, plan.name, harmless=same_name))
    if plan.nip and plan.nip != user.nip:
        before = mask_nip(user.nip, plan.nip) or "tanpa NIP"
        found.append(Difference("NIP", before, mask_nip(plan.nip, user.nip)))
    if plan.position and plan.position != user.position:
        found.append(Difference("Jabatan", user.position or "kosong", plan.position))
    return found


def _absent(people: People, known: set[int], planned: Sequence[RowPlan]) -> tuple[Absent, ...]:
    """Those on the roster whom no row means; nobody while rows are still open."""
    if any(row.action is RowAction.ASK for row in planned):
        return ()
    here = {
        user_id: enrolment
        for user_id, enrolment in people.enrolments.items()
        if enrolment.removed_at is None
    }
    words = told_apart(
        Listed(each.id, each.user.normalised_name, each.unit_name, each.user.position)
        for each in here.values()
    )
    return tuple(
        Absent(
            each.uid,
            with_words(each.user.name, words.get(each.id)),
            each.unit_name,
            _stays(people, each),
        )
        for user_id, each in sorted(here.items(), key=_by_unit_and_name)
        if user_id not in known
    )


def _by_unit_and_name(entry: tuple[int, Enrolment]) -> tuple[str, str, int]:
    place = entry[1]
    return place.unit_name, place.user.normalised_name, place.id


def _stays(people: People, enrolment: Enrolment) -> str | None:
    """Why somebody may not be taken off the roster; None for who may."""
    if enrolment.id in people.attempted:
        return "sudah mengerjakan"
    return "sudah hadir" if enrolment.checked_in_at is not None else None


def _basis(people: People, register: UnitRegister) -> str:
    """A digest of what the plan was computed from, to notice changes made meanwhile."""
    users = {user.id: user for users in people.by_name.values() for user in users}
    users |= {user.id: user for user in people.by_nip.values()}
    facts = [
        sorted(
            (
                each.uid,
                each.unit_id,
                str(each.status),
                each.removed_at is None,
                each.checked_in_at is None,
                each.user.name,
            )
            for each in people.enrolments.values()
        ),
        sorted((user.uid, user.name, user.nip or "") for user in users.values()),
        sorted(people.attempted),
        [(unit.uid, unit.name, unit.active) for unit in register.units],
    ]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]
