"""Which person a roster's row means: somebody known, somebody new, or a question about it.

The rule: the same NIP is the same person, though another name has to be confirmed; where one side
has no NIP, the same name and unit in this event is the same person, unless the positions say
otherwise; two candidates, two NIPs or another unit are asked about, and so is a name that is nearly
one the file no longer holds. Names and positions written alike go before names that only mean the
same, and these before likeness.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from quiz.exchange.rosters.likeness import LikeIndex
from quiz.exchange.rosters.names import (
    full_words,
    like_names,
    normalise_name,
    plain_words,
    written_alike,
)
from quiz.exchange.rosters.roster_file import RosterRow
from quiz.formats import mask_nip
from quiz.models import Attempt, Enrolment, Event, User
from quiz.queries.events.plan import NEW, SAME, SKIP, Choice, Decisions, Question
from quiz.queries.people.merges import merged_person, places_by_person, read_merges

MOST_CANDIDATES = 5
SKIP_CHOICE = Choice(SKIP, "Lewati baris ini")


@dataclass(frozen=True)
class People:
    """Everybody a roster could mean, and what they have to do with the event.

    ``neighbours`` are by unit: those on the roster there, and those whose unit it is today.
    """

    by_nip: Mapping[str, User]
    by_name: Mapping[str, Sequence[User]]
    neighbours: Mapping[int, LikeIndex[User]]
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


def read_people(
    session: Session, event: Event, rows: Sequence[RosterRow], unit_ids: Collection[int] = ()
) -> People:
    """Everybody whose NIP or name stands in ``rows``, and the event's roster. Five queries.

    Neighbours are read of the units ``unit_ids``.
    """
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
                User.id.in_({*merges.values(), *(each.user_id for each in enrolled)}),
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
            by_name.setdefault(normalise_name(user.name), []).append(user)
    enrolments = places_by_person(enrolled, merges)
    return People(
        by_nip={user.nip: current[user.id] for user in users if user.nip},
        by_name=by_name,
        neighbours=_neighbours(session, unit_ids, enrolments, by_id),
        enrolments=enrolments,
        attempted=frozenset(attempted),
    )


def _neighbours(
    session: Session,
    unit_ids: Collection[int],
    enrolments: Mapping[int, Enrolment],
    by_id: Mapping[int, User],
) -> dict[int, LikeIndex[User]]:
    """Unit id → those on the roster there, then those whose unit it is. One query at most."""
    if not unit_ids:
        return {}
    today = session.scalars(
        select(User)
        .where(User.unit_id.in_(unit_ids), User.merged_into_id.is_(None))
        .options(joinedload(User.unit))
        .order_by(User.id)
    )
    here = [
        (enrolment.unit_id, by_id[user_id])
        for user_id, enrolment in enrolments.items()
        if enrolment.removed_at is None and enrolment.unit_id in unit_ids
    ]
    others = [(user.unit_id or 0, user) for user in today if user.id not in enrolments]
    found: defaultdict[int, LikeIndex[User]] = defaultdict(LikeIndex)
    for unit_id, user in here + others:
        found[unit_id].add(full_words(normalise_name(user.name)), user)
    return dict(found)


@dataclass(frozen=True)
class Match:
    """What a row means. ``open`` is a question not answered yet; ``skip`` an answered wish."""

    user: User | None = None
    question: Question | None = None
    open: bool = False
    skip: bool = False


def match_people(
    rows: Sequence[RosterRow],
    units: Mapping[str, int | None],
    people: People,
    decisions: Decisions,
) -> dict[str, Match]:
    """Row key → what it means; ``units`` gives the unit each row names, None for a new one.

    NIPs are looked up first, then names from the most to the least alike, so that a namesake with
    a row of his own is nobody's candidate, and who is only like a name is left for last.
    """
    matches: dict[str, Match] = {}
    claimed: dict[int, str] = {}
    for row in rows:
        owner = people.by_nip.get(row.nip) if row.nip else None
        if owner is not None:
            match = _by_nip(row, owner, decisions)
            matches[row.key] = _unless_claimed(row, match, claimed, decisions)
    named = [row for row in rows if row.key not in matches]
    for row in sorted(named, key=lambda row: _distance(row, units[row.key], people)):
        free = [user for user in people.namesakes(row) if user.id not in claimed]
        match = _by_name(row, units[row.key], free, people, decisions)
        if match.user is not None:
            claimed[match.user.id] = row.place
        matches[row.key] = match
    for row in named:
        if matches[row.key] == Match():
            match = _by_likeness(row, units[row.key], claimed, people, decisions)
            matches[row.key] = _unless_claimed(row, match, claimed, decisions)
    return matches


def _distance(row: RosterRow, unit_id: int | None, people: People) -> int:
    """How far the nearest person of that name in the unit is: name and position, name, neither."""
    here = [user for user in people.namesakes(row) if people.unit_here(user) == unit_id]
    alike = [user for user in here if written_alike(user.name, row.name)]
    if any(_same_position(user, row) for user in alike):
        return 0
    return 1 if alike else 2


def _same_position(user: User, row: RosterRow) -> bool:
    return bool(row.position and user.position) and plain_words(row.position or "") == plain_words(
        user.position or ""
    )


def _other_position(user: User, row: RosterRow) -> bool:
    """Whether both positions are known and differ: in every word for a name written alike."""
    if not (row.position and user.position):
        return False
    words, others = set(plain_words(row.position)), set(plain_words(user.position))
    return not words & others if written_alike(user.name, row.name) else words != others


def _by_nip(row: RosterRow, owner: User, decisions: Decisions) -> Match:
    if owner.normalised_name == normalise_name(row.name):
        return Match(owner)
    text = (
        f"NIP {mask_nip(row.nip)} tercatat atas nama “{owner.name}”{_at(owner)}, di berkas "
        f"“{row.name}”. Orang yang sama?"
    )
    same = Choice(f"{SAME}{owner.uid}", f"Ya, orang yang sama; namanya menjadi “{row.name}”")
    question = Question(f"person:{row.key}", text, (same, SKIP_CHOICE))
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
    here = [user for user in here if written_alike(user.name, row.name)] or here
    here = [user for user in here if _same_position(user, row)] or here
    if len(here) == 1 and not two_nips and not _other_position(here[0], row):
        return Match(here[0])
    candidates = here or [*one_nip, *two_nips]
    if not candidates:
        return Match()
    likely = [user for user in candidates if near(user)]
    sure = (
        len(candidates) == len(likely) == 1
        and not two_nips
        and not _other_position(candidates[0], row)
    )
    choices = [
        Choice(f"{SAME}{user.uid}", f"Sama dengan {_described(user, row, people)}")
        for user in candidates[:MOST_CANDIDATES]
    ]
    question = Question(
        f"person:{row.key}",
        f"“{row.name}” mungkin sudah dikenal. Orang yang sama?",
        (*choices, Choice(NEW, "Bukan, ini orang lain"), SKIP_CHOICE),
        suggested=choices[0].value if sure else None,
    )
    return _answered(question, candidates, decisions)


def _by_likeness(
    row: RosterRow,
    unit_id: int | None,
    claimed: Collection[int],
    people: People,
    decisions: Decisions,
) -> Match:
    """A question about those of the unit whom no row means and whose name is nearly the row's."""
    name = normalise_name(row.name)
    neighbours = people.neighbours.get(unit_id or 0)
    near = [
        user
        for user in (neighbours.worth_comparing(full_words(name)) if neighbours else ())
        if user.id not in claimed
        and not (user.nip and row.nip)
        and like_names(name, normalise_name(user.name))
    ][:MOST_CANDIDATES]
    if not near:
        return Match()
    choices = [
        Choice(
            f"{SAME}{user.uid}",
            f"Ya, sama dengan {_described(user, row, people)}; namanya menjadi “{row.name}”",
        )
        for user in near
    ]
    question = Question(
        f"person:{row.key}",
        f"“{row.name}” belum dikenal, tetapi di unit ini ada nama yang mirip dan tidak ada di "
        "berkas. Orang yang sama?",
        (*choices, Choice(NEW, "Bukan, ini orang lain"), SKIP_CHOICE),
    )
    return _answered(question, near, decisions)


def _unless_claimed(
    row: RosterRow, match: Match, claimed: dict[int, str], decisions: Decisions
) -> Match:
    """The match, or a question when another row is that person already."""
    if match.user is None:
        return match
    other = claimed.setdefault(match.user.id, row.place)
    if other == row.place:
        return match
    question = Question(
        f"twice:{row.key}",
        f"“{row.name}” sudah ada di {other}. Bagaimana baris ini?",
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
    nip = f", NIP {mask_nip(user.nip, row.nip)}" if user.nip else ", tanpa NIP"
    change = f"; NIP-nya menjadi {mask_nip(row.nip, user.nip)}" if row.nip and user.nip else ""
    position = f", {user.position}" if user.position else ""
    return f"{user.name}{position}{place}{nip}{change}"


def _at(user: User) -> str:
    return f", {user.unit.name}" if user.unit else ""
