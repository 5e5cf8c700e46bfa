"""An event goes to another installation and comes back, merged and never doubled."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from quiz.actions.events.merging import merge_people
from quiz.actions.people.auditing import record
from quiz.actions.scores.erasing import erase_event
from quiz.actions.scores.scoring import reckon
from quiz.codes import code_index, token_index
from quiz.models import (
    Attempt,
    BankItem,
    Enrolment,
    Event,
    ForeignLine,
    ItemVersion,
    Score,
    SetAside,
    Sitting,
    StoredResponse,
    Unit,
    User,
)
from quiz.models.events.events import Phase
from quiz.models.people.audit import Action
from quiz.models.people.users import ERASED_NAME
from quiz.models.refusals import Refused
from quiz.permissions import Role
from quiz.queries.events.card_key import lacking_key
from quiz.queries.events.doubles.merge_plan import plan_merge
from quiz.queries.events.transfer.logs import foreign_faults
from quiz.queries.people.entering import enrolment_by_code, enrolment_by_token
from quiz.queries.scores.standings import unscored
from tests.actions.events.transfer.sides import Side, parts, told
from tests.factories import Make
from tests.remains import marked_event

Laptop = Callable[[str], Side]


def held(make: Make, people: int = 4) -> Event:
    """An event with a prepared test and people, of whom nobody has begun; its officer made it."""
    officer = make.user("Citra Ningsih", username="citra", role=Role.OFFICER)
    event = make.event(created_by_id=officer.id)
    sitting, unit = make.sitting(event), make.unit()
    for number in range(people):
        user = make.user(f"Peserta {number}", nip=f"19800101200501{number:04}", unit=unit)
        make.enrolment(event, user)
    record(make.session, make.now, officer.id, Action.EVENT_ADDED, ("event", event.uid))
    make.session.commit()
    assert sitting.prepared_at is not None
    return event


def marked(make: Make) -> str:
    """The uid of an event with a row in every table, of cards that open."""
    uid = marked_event(make).uid
    make.session.execute(update(Enrolment).values(card_key=None))
    make.session.commit()
    return uid


def the_event(make: Make) -> Event:
    return make.session.scalars(select(Event)).one()


def place(make: Make, number: int) -> Enrolment:
    return make.session.scalars(
        select(Enrolment).join(Enrolment.user).where(User.name == f"Peserta {number}")
    ).one()


def work(side: Side, *numbers: int, at: int = 0) -> None:
    """Some people do the test there, so many minutes later."""
    with side.make() as make:
        sitting = make.session.scalars(select(Sitting)).one()
        for number in numbers:
            started = make.now + timedelta(minutes=at - 30)
            make.finished(sitting, place(make, number), started_at=started)


# Everything travels


def test_everything_of_an_event_travels_and_comes_out_as_it_went_in(
    office: Side, laptop: Laptop
) -> None:
    with office.make() as make:
        uid = marked(make)
    blob = office.export(uid)
    other = laptop("satu")

    merged = other.take(blob)

    assert merged.new
    assert merged.conflicts_in_all == 0
    assert parts(other.export(uid)) == parts(blob)
    assert parts(office.export(uid)) == parts(blob)
    for table in ("attempt", "response", "edition", "people_merge", "subject_request", "contest"):
        assert merged.counts[table].added == merged.counts[table].file > 0, table


def test_twice_is_the_same_as_once(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        uid = marked(make)
    blob, other = office.export(uid), laptop("satu")
    other.take(blob)
    before = other.rows()

    again = other.take(blob)

    assert again.known
    assert not again.changes
    assert other.rows() == before


def test_an_older_file_changes_nothing_where_it_was_made(office: Side) -> None:
    with office.make() as make:
        event = held(make)
    blob = office.export(event.uid)
    work(office, 0, 1)
    with office.session() as session:
        session.scalars(select(Event)).one().place = "Balai desa"
    before = office.rows()

    merged = office.take(blob)

    assert merged.known
    assert office.rows() == before


def test_staff_come_as_names_without_an_account_or_as_who_they_are_here(
    office: Side, laptop: Laptop
) -> None:
    with office.make() as make:
        event = held(make)
    blob = office.export(event.uid)
    strange, own = laptop("asing"), laptop("sendiri")
    with own.make() as make:
        make.user("Citra Ningsih", username="citra", role=Role.OFFICER)

    strange.take(blob)
    own.take(blob)

    with strange.session() as session:
        maker = session.scalars(select(User).where(User.name == "Citra Ningsih")).one()
        assert (maker.username, maker.password_hash, maker.role) == (None, None, Role.PARTICIPANT)
    with own.session() as session:
        maker = session.scalars(select(User).where(User.name == "Citra Ningsih")).one()
        assert (maker.username, maker.role) == ("citra", Role.OFFICER)
        assert session.scalars(select(Event.created_by_id)).one() == maker.id


# Two laptops


def test_two_laptops_make_the_union_in_whatever_order(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        event = held(make)
    start = office.export(event.uid)
    first, second = laptop("satu"), laptop("dua")
    for side, numbers in ((first, (0, 1)), (second, (2,))):
        side.take(start)
        work(side, *numbers)
    one, two = first.export(event.uid), second.export(event.uid)
    forward, backward = laptop("maju"), laptop("mundur")

    for side, blobs in ((forward, (one, two)), (backward, (two, one)), (office, (one, two))):
        for blob in blobs:
            side.take(blob)

    assert parts(forward.export(event.uid)) == parts(backward.export(event.uid))
    assert parts(office.export(event.uid)) == parts(forward.export(event.uid))
    assert len(told(office.export(event.uid), "attempt")) == 3


def test_the_newer_response_counts_and_the_other_is_kept(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        event = held(make)
        sitting = event.sittings[0]
        attempt = make.attempt(sitting, place(make, 0), opened=1)
        make.response(attempt, 1, revision=1_000_001)
        key = make.session.scalars(select(StoredResponse.chosen)).one()
    other = laptop("satu")
    other.take(office.export(event.uid))
    with other.session() as session:
        response = session.scalars(select(StoredResponse)).one()
        response.chosen, response.revision = ["c"], 1_000_002
    with office.session() as session:
        response = session.scalars(select(StoredResponse)).one()
        response.chosen, response.revision = ["b"], 1_000_003
    newer, older = office.export(event.uid), other.export(event.uid)
    assert key not in (["b"], ["c"])

    merged = office.take(older)
    other.take(newer)

    for side in (office, other):
        with side.session() as session:
            assert session.scalars(select(StoredResponse.chosen)).one() == ["b"]
    with office.session() as session:
        kept = session.scalars(select(SetAside)).one()
        assert (kept.kind, kept.row["chosen"]) == ("response", ["c"])
    (conflict,) = merged.conflicts
    assert conflict.here_counts
    assert conflict.about == "Peserta 0, nomor 1"
    assert "jawaban di sini b, di berkas c" in conflict.sentence


def test_a_sitting_done_on_two_machines_counts_once_and_somebody_answers_for_it(
    office: Side, laptop: Laptop
) -> None:
    with office.make() as make:
        event = held(make)
        officer = make.session.scalars(select(User.id).where(User.username == "citra")).one()
    other = laptop("satu")
    other.take(office.export(event.uid))
    work(office, 0)
    work(other, 0, at=5)
    blob = other.export(event.uid)
    before = office.rows()
    with pytest.raises(Refused, match="--by"):
        office.take(blob)
    assert office.rows() == before

    office.take(blob, by_id=officer)

    with office.session() as session:
        voided, counting = session.scalars(
            select(Attempt).order_by(Attempt.started_at, Attempt.id)
        ).all()
        assert voided.voided_by_id == officer
        assert counting.voided_at is None
        assert session.scalar(select(func.count()).select_from(StoredResponse)) == 6


def test_somebody_put_on_both_rosters_has_one_place(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        event = held(make)
    other = laptop("satu")
    other.take(office.export(event.uid))
    for side in (office, other):
        with side.make() as make:
            user = make.user("Ani Lestari", nip="198001012005019999")
            make.enrolment(the_event(make), user)

    office.take(other.export(event.uid))

    with office.session() as session:
        found = session.scalars(
            select(Enrolment).join(Enrolment.user).where(User.name == "Ani Lestari")
        ).all()
        assert len(found) == 1


def test_units_and_codes_that_are_taken_are_fitted(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        event = held(make)
        code, unit = event.code, place(make, 0).unit
        name, number = unit.name, unit.code
    other = laptop("satu")
    with other.make() as make:
        make.event(code=code)
        make.unit(name)
        make.unit("Unit lain", code=number + "x")

    merged = other.take(office.export(event.uid))

    assert merged.code == f"{code}-2"
    assert f"menjadi {code}-2" in merged.sentences[0]
    with other.session() as session:
        assert session.scalar(select(func.count()).where(Unit.name == name)) == 1
        came = session.scalars(select(Event).where(Event.uid == event.uid)).one()
        assert came.code == f"{code}-2"


def test_a_merge_of_names_made_elsewhere_holds_here(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        event = held(make)
    other = laptop("satu")
    other.take(office.export(event.uid))
    with other.make() as make:
        kept, absorbed = place(make, 0), place(make, 1)
        absorbed.user.nip = None
        officer = make.user("Petugas", username="petugas", role=Role.OFFICER)
        seen = plan_merge(make.session, kept, absorbed).basis
        merge_people(make.session, kept, absorbed, seen, officer.id, make.now)
        make.session.commit()

    office.take(other.export(event.uid))

    with office.make() as make:
        assert place(make, 1).counts_as is place(make, 0)
        assert place(make, 1).user.merged_into is place(make, 0).user
    mine, theirs = office.export(event.uid), other.export(event.uid)
    assert told(mine, "people_merge") == told(theirs, "people_merge")


# Forms and items


def test_a_form_counts_whole_the_one_that_was_worked_on(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        event = held(make)
    other = laptop("satu")
    other.take(office.export(event.uid))
    swapped(other)
    work(other, 0)

    office.take(other.export(event.uid))

    names = ("form_slot", "form_choice")
    assert [told(office.export(event.uid), each) for each in names] == [
        told(other.export(event.uid), each) for each in names
    ]


def test_two_forms_that_were_both_worked_on_are_not_mixed(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        event = held(make)
    other = laptop("satu")
    other.take(office.export(event.uid))
    swapped(other)
    work(other, 0)
    work(office, 1)
    before = office.rows()

    with pytest.raises(Refused, match="soal yang berbeda"):
        office.take(other.export(event.uid))

    assert office.rows() == before


def swapped(side: Side) -> None:
    """One item of the test is another one there."""
    with side.make() as make:
        sitting = make.session.scalars(select(Sitting)).one()
        version = make.bank_item().published
        for choice in sitting.slots[0].choices:
            choice.version = version
        sitting.prepared_at = make.now - timedelta(minutes=90)
        make.session.commit()


def test_items_the_bank_does_not_have_wait_there_as_drafts(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        event = held(make)
    other = laptop("satu")

    other.take(office.export(event.uid))

    with other.session() as session:
        items = session.scalars(select(BankItem)).all()
        assert items
        assert {item.state for item in items} == {"draft"}
        assert {item.published_id for item in items} == {None}


def test_an_item_changed_on_either_side_has_both_versions(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        event = held(make)
        item = make.session.scalars(select(BankItem)).first()
        assert item is not None
        code, published = item.code, item.published
        other_text = make.item(code=code, stem="Apa arti netralitas bagi seorang ASN di kantor?")
    other = laptop("satu")
    with other.make() as make:
        make.bank_item(other_text)
        kept = make.session.scalars(select(BankItem).where(BankItem.code == code)).one().published

    other.take(office.export(event.uid))

    assert published is not None
    assert kept is not None
    with other.session() as session:
        found = session.scalars(select(BankItem).where(BankItem.code == code)).one()
        assert {version.uid for version in found.versions} == {published.uid, kept.uid}
        assert [version.number for version in found.versions] == [1, 2]
        assert found.published is not None
        assert found.published.uid == kept.uid


# Cards


def test_cards_made_elsewhere_go_on_opening(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        event = held(make)
        ani = place(make, 0)
        uid, code, token = ani.uid, make.code(ani), make.token(ani)
    other = laptop("satu")

    other.take(office.export(event.uid))

    with other.session() as session:
        codes = [code_index(key, code) for key in other.keys.every]
        tokens = [token_index(key, token) for key in other.keys.every]
        for found in (enrolment_by_code(session, codes), enrolment_by_token(session, tokens)):
            assert found is not None
            assert found.uid == uid
        assert lacking_key(session, other.keys) is None
        other.others.clear()
        assert (lacking_key(session, other.keys) or "").startswith("kartu-")


def test_a_card_that_comes_back_is_the_own_one_again(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        event = held(make)
    other = laptop("satu")
    other.take(office.export(event.uid))
    work(other, 0)

    office.take(other.export(event.uid))

    with office.session() as session:
        assert set(session.scalars(select(Enrolment.card_key))) == {None}
        assert lacking_key(session, office.keys) is None


# Who was erased


def test_nobody_who_was_erased_comes_back(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        event = held(make)
    other = laptop("satu")
    other.take(office.export(event.uid))
    work(other, 0, 1)
    with office.make() as make:
        gone = place(make, 0)
        user = gone.user
        make.session.delete(gone)
        user.name, user.normalised_name, user.nip = ERASED_NAME, "", None
        user.unit, user.erased_at = None, make.now
        make.session.commit()

    merged = office.take(other.export(event.uid))

    assert merged.gone == 1
    assert "1 orang sudah dihapus di sini" in merged.sentences[0]
    with office.session() as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == 1
        assert session.scalar(select(func.count()).select_from(Enrolment)) == 3
        assert session.scalar(select(func.count()).where(User.name == "Peserta 0")) == 0


def test_an_event_whose_people_are_erased_takes_nothing_in(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        uid = marked(make)
    other = laptop("satu")
    other.take(office.export(uid))
    with office.session() as session:
        erase_event(session, session.scalars(select(Event)).one(), None, office.now)
    before = office.rows()

    with pytest.raises(Refused, match="sudah dihapus"):
        office.take(other.export(uid))
    with pytest.raises(Refused, match="Di komputer asalnya"):
        other.take(office.export(uid))

    assert office.rows() == before


def test_an_erased_event_travels_with_what_stays_of_it(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        uid = marked(make)
    with office.session() as session:
        erase_event(session, session.scalars(select(Event)).one(), None, office.now)
    other = laptop("satu")

    merged = other.take(office.export(uid))

    assert parts(other.export(uid)) == parts(office.export(uid))
    assert merged.counts["unnamed_attempt"].added == merged.counts["unnamed_attempt"].file > 0


def test_an_archived_event_says_how_to_go_on(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        event = held(make)
    other = laptop("satu")
    other.take(office.export(event.uid))
    work(other, 0)
    with office.session() as session:
        session.scalars(select(Event)).one().archived_at = office.now

    with pytest.raises(Refused, match="Kembalikan dulu"):
        office.take(other.export(event.uid))


# Logs


def test_the_log_of_the_other_side_is_kept_whole(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        event = held(make)
        record(make.session, make.now, None, Action.LOGIN, ("user", "rahasia"), address="10.0.0.9")
        record(make.session, make.now, None, Action.EVENT_CHANGED, ("event", event.uid), code="X")
        make.session.commit()
    other = laptop("satu")

    merged = other.take(office.export(event.uid))

    assert merged.lines == 4
    with other.session() as session:
        lines = session.scalars(select(ForeignLine).order_by(ForeignLine.number)).all()
        assert [line.action for line in lines] == [
            *("event_added", None, "event_changed", "event_exported")
        ]
        assert lines[2].detail == {"code": "X"}
        assert "rahasia" not in str([vars(line) for line in lines])
        assert foreign_faults(session) == []
        lines[2].action = "event_deleted"
        session.flush()
        assert "putus pada baris 3" in foreign_faults(session)[0]


def test_a_log_grows_where_it_was_left(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        event = held(make)
    other = laptop("satu")
    other.take(office.export(event.uid))
    with office.make() as make:
        record(make.session, make.now, None, Action.EVENT_CHANGED, ("event", event.uid))
        make.session.commit()

    merged = other.take(office.export(event.uid))

    assert merged.lines == 2
    with other.session() as session:
        assert session.scalars(select(ForeignLine.number)).all() == [1, 2, 3, 4]
        assert len(set(session.scalars(select(ForeignLine.chain)))) == 1
        assert foreign_faults(session) == []


def test_erasing_an_event_forgets_what_other_logs_say_of_it(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        event = held(make)
        subject = ("event", event.uid)
        record(make.session, make.now, None, Action.EVENT_CHANGED, subject, name="Ani Lestari")
        make.session.commit()
    other = laptop("satu")
    other.take(office.export(event.uid))

    with other.session() as session:
        erase_event(session, session.scalars(select(Event)).one(), None, other.now)

    with other.session() as session:
        assert "Ani Lestari" not in str(other.rows()["foreign_line"])
        assert foreign_faults(session) == []


# Scores, cost


def test_what_came_in_is_scored_again(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        event = held(make)
    other = laptop("satu")
    other.take(office.export(event.uid))
    work(other, 0, 1)
    later = office.now + timedelta(hours=3)

    office.take(other.export(event.uid))

    with office.session() as session:
        waiting = unscored(session, session.scalars(select(Event.id)).one(), later)
        assert len(waiting) == 2
        reckon(session, waiting, later)
    with office.session() as mine, other.session() as theirs:
        points = select(Score.knowledge_points, Score.items).where(Score.current).order_by(Score.id)
        assert mine.execute(points).all() == theirs.execute(points).all()


def test_more_people_are_not_more_questions(office: Side, laptop: Laptop) -> None:
    from sqlalchemy import event as happening

    asked = {}
    for people in (3, 30):
        source, target = laptop(f"dari{people}"), laptop(f"ke{people}")
        with source.make() as make, make.together():
            event = held(make, people)
        blob = source.export(event.uid)
        statements: list[str] = []
        happening.listen(
            target.engine,
            "before_cursor_execute",
            lambda *told, seen=statements: seen.append(told[2]),
        )
        target.take(blob)
        asked[people] = len(statements)

    assert asked[30] == asked[3]


def test_versions_are_what_their_names_say(office: Side, laptop: Laptop) -> None:
    with office.make() as make:
        event = held(make)
        version = make.session.scalars(select(ItemVersion)).first()
        assert version is not None
        version.content = version.content | {"stem": "Isi yang diganti diam-diam."}
        make.session.commit()
    from quiz.exchange.events.manifest import BadFile

    with pytest.raises(BadFile, match="versi soal"):
        laptop("satu").take(office.export(event.uid))


_ = Phase
