"""Which person a roster's row means: somebody known, somebody new, or a question about it.

The rule: the same NIP is the same person, though another name has to be confirmed; where one side
has no NIP, the same name and unit in this event is the same person; two candidates, two NIPs or
another unit are asked about.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from quiz.exchange.rosters.names import normalise_name
from quiz.exchange.rosters.reading import RosterRow
from quiz.formats import mask_nip
from quiz.models import Attempt, Enrolment, Event, User
from quiz.queries.events.plan import NEW, SAME, SKIP, Choice, Decisions, Question
from quiz.queries.people.merges import merged_person, read_merges

MOST_CANDIDATES = 5
SKIP_CHOICE = Choice(SKIP, "Lewati baris ini")


@dataclass(frozen=True)
class People:
    """Everybody a roster could mean, and what they have to do with the event."""

    by_nip: Mapping[str, User]
    by_name: Mapping[str, Sequence[User]]
    enrolments: Mapping[int, Enrolment]
    attempted: frozenset[int]

    def enrolment(self, user: User) -> Enrolment | None:
        """The person's place on this event's roster, removed ones included."""
        return self.enrolments.get(user.id)

    def unit_here(self, user: User) -> int | None:
        """The person's unit in this event; None when not on the roster."""
        enrolment = self.enrolment(user)
        return None if enrolment is None else enrolment.unit_id

    def namesakes(self, row: RosterRow) -> Sequence[User]:
        """Known people whose name is the row's, titles aside."""
        return self.by_name.get(normalise_name(row.name), ())


def read_people(session: Session, event: Event, rows: Sequence[RosterRow]) -> People:
    """Everybody whose NIP or name stands in ``rows``, and the event's roster. Four queries."""
    merges = read_merges(session)
    enrolled = session.scalars(
        select(Enrolment)
        .where(Enrolment.event_id == event.id)
        .options(joinedload(Enrolment.user, innerjoin=True))
    ).all()
    attempted = session.scalars(
        select(Attempt.enrolment_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Enrolment.event_id == event.id, Attempt.voided_at.is_(None))
        .distinct()
    )
    users = session.scalars(
        select(User)
        .where(
            or_(
                User.nip.in_({row.nip for row in rows if row.nip}),
                User.normalised_name.in_({normalise_name(row.name) for row in rows}),
                User.id.in_(set(merges.values())),
            )
        )
        .options(joinedload(User.unit))
        .order_by(User.id)
    ).all()
    by_id = {user.id: user for user in users}
    current = {user.id: by_id[merged_person(user.id, merges)] for user in users}
    by_name: dict[str, list[User]] = {}
    for user in users:
        if user.merged_into_id is None:
            by_name.setdefault(user.normalised_name, []).append(user)
    return People(
        by_nip={user.nip: current[user.id] for user in users if user.nip},
        by_name=by_name,
        enrolments={merged_person(each.user_id, merges): each for each in enrolled},
        attempted=frozenset(attempted),
    )


@dataclass(frozen=True)
class Match:
    """What a row means. ``open`` is a question not answered yet; ``skip`` an answered wish."""

    user: User | None = None
    question: Question | None = None
    open: bool = False
    skip: bool = False


def match_people(
    rows: Sequence[RosterRow],
    units: Mapping[int, int | None],
    people: People,
    decisions: Decisions,
) -> dict[int, Match]:
    """Row number → what it means; ``units`` gives the unit each row names, None for a new one.

    NIPs are looked up first, so that a namesake with a row of his own is nobody's candidate.
    """
    matches: dict[int, Match] = {}
    claimed: dict[int, int] = {}
    for row in rows:
        owner = people.by_nip.get(row.nip) if row.nip else None
        if owner is not None:
            match = _by_nip(row, owner, decisions)
            matches[row.row_number] = _unless_claimed(row, match, claimed, decisions)
    for row in rows:
        if row.row_number in matches:
            continue
        free = [user for user in people.namesakes(row) if user.id not in claimed]
        match = _by_name(row, units[row.row_number], free, people, decisions)
        if match.user is not None:
            claimed[match.user.id] = row.row_number
        matches[row.row_number] = match
    return matches


def _by_nip(row: RosterRow, owner: User, decisions: Decisions) -> Match:
    if owner.normalised_name == normalise_name(row.name):
        return Match(owner)
    text = (
        f"NIP {mask_nip(row.nip)} tercatat atas nama “{owner.name}”{_at(owner)}, di berkas "
        f"“{row.name}”. Orang yang sama?"
    )
    same = Choice(f"{SAME}{owner.uid}", f"Ya, orang yang sama; namanya menjadi “{row.name}”")
    question = Question(f"person:{row.row_number}", text, (same, SKIP_CHOICE))
    return _answered(question, [owner], decisions)


def _by_name(
    row: RosterRow,
    unit_id: int | None,
    free: Iterable[User],
    people: People,
    decisions: Decisions,
) -> Match:
    def near(user: User) -> bool:
        places = (people.unit_here(user), user.unit_id)
        return unit_id is not None and unit_id in places

    others = list(free)
    one_nip = [user for user in others if not (user.nip and row.nip)]
    two_nips = [user for user in others if user.nip and row.nip and near(user)]
    here = [user for user in one_nip if unit_id is not None and people.unit_here(user) == unit_id]
    if len(here) == 1 and not two_nips:
        return Match(here[0])
    candidates = here or [*one_nip, *two_nips]
    if not candidates:
        return Match()
    likely = [user for user in candidates if near(user)]
    sure = len(candidates) == len(likely) == 1 and not two_nips
    choices = [
        Choice(f"{SAME}{user.uid}", f"Sama dengan {_described(user, row, people)}")
        for user in candidates[:MOST_CANDIDATES]
    ]
    question = Question(
        f"person:{row.row_number}",
        f"“{row.name}” mungkin sudah dikenal. Orang yang sama?",
        (*choices, Choice(NEW, "Bukan, ini orang lain"), SKIP_CHOICE),
        suggested=choices[0].value if sure else None,
    )
    return _answered(question, candidates, decisions)


def _unless_claimed(
    row: RosterRow, match: Match, claimed: dict[int, int], decisions: Decisions
) -> Match:
    """The match, or a question when a row above is that person already, by a merged NIP."""
    if match.user is None:
        return match
    above = claimed.setdefault(match.user.id, row.row_number)
    if above == row.row_number:
        return match
    question = Question(
        f"twice:{row.row_number}",
        f"“{row.name}” sudah ada di baris {above}. Bagaimana baris ini?",
        (SKIP_CHOICE,),
    )
    return _answered(question, [], decisions)


def _answered(question: Question, candidates: Sequence[User], decisions: Decisions) -> Match:
    answer = question.answer(decisions)
    if answer is None:
        return Match(question=question, open=True)
    if answer == SKIP:
        return Match(question=question, skip=True)
    uid = answer.removeprefix(SAME) if answer.startswith(SAME) else None
    user = next((user for user in candidates if user.uid == uid), None)
    return Match(user=user, question=question)


def _described(user: User, row: RosterRow, people: People) -> str:
    """Who a candidate is, and what would change about them."""
    enrolment = people.enrolment(user)
    place = f", di kegiatan ini pada {enrolment.unit_name}" if enrolment else _at(user)
    nip = f", NIP {mask_nip(user.nip)}" if user.nip else ", tanpa NIP"
    change = f"; NIP-nya menjadi {mask_nip(row.nip)}" if row.nip and user.nip else ""
    return f"{user.name}{place}{nip}{change}"


def _at(user: User) -> str:
    return f", {user.unit.name}" if user.unit else ""
