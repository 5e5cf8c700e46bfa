"""What merging two places of a roster would do, and why it, or its undoing, cannot be done."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from quiz.assessment.forms.crossing import FormName
from quiz.assessment.scores.counting import Work, counting
from quiz.formats import mask_nip
from quiz.models import Attempt, AttemptMove, Enrolment, PeopleMerge, StoredResponse, User
from quiz.queries.events.doubles.forms_meet import asked_alike, met_twice
from quiz.queries.taking.turnout import CHOSEN


@dataclass(frozen=True)
class Done:
    """An attempt and how many of its items are answered."""

    attempt: Attempt
    answered: int


@dataclass(frozen=True)
class Clash:
    """Both people have an attempt at one sitting: which counts, and which is set aside."""

    counts: Done
    aside: Done


@dataclass(frozen=True)
class MergePlan:
    """Two places made one. ``moves`` are the absorbed place's attempts that go to the kept one,
    ``done`` every attempt of either."""

    kept: Enrolment
    absorbed: Enrolment
    moves: tuple[Done, ...]
    clashes: tuple[Clash, ...]
    done: tuple[Done, ...]
    refusals: tuple[str, ...]

    @property
    def form_met_twice(self) -> FormName | None:
        """The form that the one person they make was asked in both sittings of a crossed pair."""
        aside = {clash.aside.attempt for clash in self.clashes}
        return met_twice(each.attempt for each in self.done if each.attempt not in aside)

    @property
    def days(self) -> list[date]:
        """On which days of the event the person was there, at either place."""
        return sorted({one.day for each in (self.kept, self.absorbed) for one in each.presences})

    @property
    def checked_in_at(self) -> datetime | None:
        """When the person was first there, at either place."""
        known = [at for at in (self.kept.checked_in_at, self.absorbed.checked_in_at) if at]
        return min(known, default=None)

    @property
    def extra_percent(self) -> int:
        """The larger share of extra time."""
        return max(self.kept.extra_percent, self.absorbed.extra_percent)

    @property
    def basis(self) -> str:
        """A digest of what is shown and decided here, to notice what has changed meanwhile."""
        facts = [
            [(each.uid, each.user.name, each.unit_name) for each in (self.kept, self.absorbed)],
            sorted(done.attempt.uid for done in self.moves),
            sorted((clash.counts.attempt.uid, clash.aside.attempt.uid) for clash in self.clashes),
            self.form_met_twice,
            self.refusals,
        ]
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def person_of(enrolment: Enrolment) -> User:
    """Whose place it is after all merges. Reads the people one by one."""
    user = enrolment.user
    while user.merged_into is not None:
        user = user.merged_into
    return user


def plan_merge(session: Session, kept: Enrolment, absorbed: Enrolment) -> MergePlan:
    """What making one place of two would do. Changes nothing; one query, and two for each form that
    differs by status and is not in memory."""
    done = _attempts(session, kept, absorbed)
    of_kept = {each.attempt.sitting_id: each for each in done[kept.id] if _counts(each.attempt)}
    clashes, moves, otherwise = [], [], []
    for each in done[absorbed.id]:
        alike = asked_alike(session, each.attempt, kept)
        other = of_kept.get(each.attempt.sitting_id) if _counts(each.attempt) else None
        clash = _clash(other, each) if other else None
        if clash:
            clashes.append(clash)
        if alike:
            moves.append(each)
        elif _counts(each.attempt) and (clash is None or clash.counts is each):
            otherwise.append(each.attempt.sitting.label)
    return MergePlan(
        kept=kept,
        absorbed=absorbed,
        moves=tuple(moves),
        clashes=tuple(clashes),
        done=(*done[kept.id], *done[absorbed.id]),
        refusals=tuple(_refusals(kept, absorbed, otherwise)),
    )


def _counts(attempt: Attempt) -> bool:
    return attempt.counted and attempt.voided_at is None


def _attempts(session: Session, kept: Enrolment, absorbed: Enrolment) -> dict[int, list[Done]]:
    answered = (
        select(func.count())
        .where(StoredResponse.attempt_id == Attempt.id, CHOSEN)
        .correlate(Attempt)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Attempt, answered)
        .where(Attempt.enrolment_id.in_([kept.id, absorbed.id]))
        .options(joinedload(Attempt.sitting, innerjoin=True), joinedload(Attempt.enrolment))
        .order_by(Attempt.started_at, Attempt.id)
    )
    found: dict[int, list[Done]] = {kept.id: [], absorbed.id: []}
    for attempt, number in rows:
        found[attempt.enrolment_id].append(Done(attempt, number))
    return found


def _clash(one: Done, other: Done) -> Clash:
    both = (one, other)
    first = counting(
        [
            Work(each.answered, each.attempt.started_at, each.attempt.submitted_at is not None)
            for each in both
        ]
    )
    return Clash(both[first], both[1 - first])


def _refusals(kept: Enrolment, absorbed: Enrolment, otherwise: Sequence[str]) -> Iterator[str]:
    one, other = person_of(kept), person_of(absorbed)
    if one is other and kept.user is not one and absorbed.user is one:
        yield (
            f"Pada kegiatan lain {kept.user.name} sudah digabung ke {one.name}. Tukar: pilih "
            f"{one.name} sebagai yang tetap."
        )
    if one is not other:
        yield from _two_people(one, other)
    if otherwise:
        yield (
            f"Status keduanya berbeda ({kept.status.label} dan {absorbed.status.label}), dan soal "
            f"{', '.join(otherwise)} yang dikerjakan {absorbed.user.name} bukan soal untuk status "
            "itu. Tukar siapa yang tetap; bila keduanya sudah mengerjakan, batalkan dulu "
            "pengerjaan yang keliru dengan Ulangi dari awal."
        )


def _two_people(kept: User, absorbed: User) -> Iterator[str]:
    if kept.nip and absorbed.nip:
        yield (
            f"NIP keduanya berbeda ({mask_nip(kept.nip, absorbed.nip)} dan "
            f"{mask_nip(absorbed.nip, kept.nip)}), jadi tercatat sebagai dua orang. Bila salah "
            "satu salah ketik, perbaiki dulu NIP-nya di halaman orangnya."
        )
    if absorbed.username and kept.username:
        yield (
            f"{kept.name} dan {absorbed.name} masing-masing punya akun dengan kata sandi, jadi "
            "tidak dapat digabung."
        )
    elif absorbed.username:
        yield (
            f"{absorbed.name} punya akun dengan kata sandi, dan akun itu akan tertutup. Tukar: "
            f"pilih {absorbed.name} sebagai yang tetap."
        )


def refusal_to_undo(session: Session, merge: PeopleMerge) -> str | None:
    """Why the merge cannot be taken back as things stand; None where it can."""
    kept = merge.kept
    if merge.undone_at is not None:
        return "Penggabungan ini sudah dibatalkan."
    if kept.merged_into is not None:
        return (
            f"{kept.user.name} sesudah itu digabung ke {kept.merged_into.user.name}. Batalkan "
            "penggabungan yang lebih baru dulu."
        )
    return _moved_on(merge) or _begun_again(session, merge) or leaned_on(session, merge)


def _moved_on(merge: PeopleMerge) -> str | None:
    for move in merge.moves:
        holder = move.attempt.enrolment
        if move.undone_at is None and holder.id != move.to_id:
            return (
                f"{move.attempt.sitting.label} sudah dialihkan kepada {holder.user.name}. Batalkan "
                "pengalihan itu dulu."
            )
    return None


def _begun_again(session: Session, merge: PeopleMerge) -> str | None:
    """Whoever would have two attempts that count at one sitting, after both are given back."""
    own = {move.attempt_id: move for move in merge.moves if move.undone_at is None}
    places = (merge.kept, merge.absorbed)
    attempts = session.scalars(
        select(Attempt).where(
            Attempt.enrolment_id.in_([place.id for place in places]), Attempt.counted
        )
    )
    after: Counter[tuple[int, int]] = Counter()
    for attempt in attempts:
        move = own.get(attempt.id)
        place_id = move.from_id if move else attempt.enrolment_id
        if attempt.voided_at is None or (move and set_aside_by(move)):
            after[place_id, attempt.sitting_id] += 1
            if after[place_id, attempt.sitting_id] > 1:
                name = next(place.user.name for place in places if place.id == place_id)
                return (
                    f"{name} sudah mulai lagi {attempt.sitting.label} sesudah digabung, dan dua "
                    "pengerjaan pada satu sesi tidak dapat terhitung. Batalkan dulu salah satunya "
                    "dengan Ulangi dari awal."
                )
    return None


def set_aside_by(move: AttemptMove) -> bool:
    """Whether the attempt is voided, and by this very merge."""
    return move.set_aside and move.attempt.voided_at == move.made_at


def leaned_on(session: Session, merge: PeopleMerge) -> str | None:
    """Another event where the two were put together because this merge says they are one."""
    if merge.joined_person_id is None:
        return None
    kept, absorbed = merge.kept.user_id, merge.absorbed.user_id
    later = session.scalars(
        select(PeopleMerge)
        .where(
            PeopleMerge.id > merge.id,
            PeopleMerge.undone_at.is_(None),
            PeopleMerge.joined_person_id.is_(None),
        )
        .options(
            joinedload(PeopleMerge.kept).joinedload(Enrolment.event),
            joinedload(PeopleMerge.absorbed),
        )
    )
    for each in later:
        if {each.kept.user_id, each.absorbed.user_id} == {kept, absorbed}:
            return (
                f"Pada kegiatan {each.kept.event.code} keduanya juga sudah digabung. Batalkan di "
                "sana dulu."
            )
    return None
