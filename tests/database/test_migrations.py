"""Migrations on both databases: up, down, with rows in the tables, and equal to the models."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import URL, Engine, Integer, SmallInteger, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quiz.actions.events.merging import merge_people
from quiz.actions.people.auditing import record
from quiz.actions.people.second_step import set_up
from quiz.actions.scores.publishing import new_unit_link
from quiz.assessment.forms.crossing import FormName
from quiz.database import make_engine, migrating
from quiz.database.schema import differences
from quiz.models import (
    Attempt,
    Base,
    CoveredPassage,
    Edition,
    Enrolment,
    Event,
    FormChoice,
    JoinRequest,
    PeopleMerge,
    Presence,
    Reference,
    SecondStep,
    StoredSlot,
    UnitKind,
    User,
)
from quiz.models.people.audit import GENESIS, Action, digest_of
from quiz.models.people.units import FIRST_KINDS
from quiz.queries.events.doubles.merge_plan import plan_merge
from quiz.queries.people.audit import chain_faults, editions_cut_off
from quiz.queries.people.retention import due_events
from tests.conftest import BOTH_DATABASES, on_server
from tests.factories import Make

pytestmark = pytest.mark.parametrize("empty_database", BOTH_DATABASES, indirect=True)

Fill = Callable[[URL], None]


@pytest.fixture
def empty_database(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine on a database without any table."""
    engine = make_engine(request.getfixturevalue(f"empty_{request.param}"))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def revised_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Fill:
    """Makes of an empty database one that has had every revision."""
    path = tmp_path_factory.mktemp("revised") / "quiz.sqlite"
    _revise(f"sqlite:///{path}")

    def fill(url: URL) -> None:
        assert url.database
        shutil.copyfile(path, url.database)

    return fill


@pytest.fixture(scope="session")
def revised_postgresql(postgresql_server: str) -> Fill:
    """The same on PostgreSQL."""
    on_server(postgresql_server, "CREATE DATABASE revised TEMPLATE template0")
    _revise(postgresql_server.format(name="revised"))

    def fill(url: URL) -> None:
        on_server(postgresql_server, f"DROP DATABASE {url.database}")
        on_server(postgresql_server, f"CREATE DATABASE {url.database} TEMPLATE revised")

    return fill


def _revise(url: str) -> None:
    engine = make_engine(url)
    migrating.upgrade(engine)
    engine.dispose()


@pytest.fixture
def upgraded(request: pytest.FixtureRequest, empty_database: Engine) -> Engine:
    """The test's database after every revision: made once, since each of them takes its time."""
    fill: Fill = request.getfixturevalue(f"revised_{empty_database.dialect.name}")
    fill(empty_database.url)
    return empty_database


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_upgrade_makes_what_the_models_say(empty_database: Engine) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    migrating.upgrade(empty_database)

    with empty_database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_new_database_has_the_first_kinds_of_unit(empty_database: Engine) -> None:
    migrating.upgrade(empty_database)

    with Session(empty_database) as session:
        stored = session.execute(
            select(UnitKind.code, UnitKind.name).order_by(UnitKind.position)
        ).all()
    assert [tuple(row) for row in stored] == list(FIRST_KINDS)


def test_second_upgrade_does_nothing(empty_database: Engine) -> None:
    first = migrating.upgrade(empty_database)

    second = migrating.upgrade(empty_database)

    assert (first, second) == (True, False)


def test_downgrade_leaves_no_table(upgraded: Engine) -> None:
    migrating.downgrade(upgraded, "base")

    assert tables(upgraded) == set()


def test_upgrade_after_downgrade_makes_every_table_again(upgraded: Engine) -> None:
    migrating.downgrade(upgraded, "base")

    migrating.upgrade(upgraded)

    assert tables(upgraded) == set(Base.metadata.tables)


def test_downgrade_and_upgrade_pass_with_rows_in_every_table_of_the_journey(
    upgraded: Engine,
) -> None:
    with Session(upgraded, expire_on_commit=False) as session:
        make = Make(session, b"kunci")
        event, officer = make.finished().sitting.event, make.user()
        edition = {"figures": {}, "told": {}, "pools": {}, "published_by": officer}
        session.add(Edition(event=event, number=1, as_of=make.now, **edition))
        link = new_unit_link(event, make.unit(), days=30, key=b"kunci", by=officer, now=make.now)
        session.add(link)
        session.commit()

    migrating.downgrade(upgraded, "base")
    migrating.upgrade(upgraded)

    assert tables(upgraded) == set(Base.metadata.tables)


def test_attempts_of_before_are_kept_and_count_as_the_persons_own(upgraded: Engine) -> None:
    with Session(upgraded, expire_on_commit=False) as session:
        made = Make(session, b"kunci").finished()

    migrating.downgrade(upgraded, "0002")
    migrating.upgrade(upgraded)

    with Session(upgraded) as session:
        kept = session.scalars(select(Attempt)).one()
        marks = (kept.clocked_at, kept.feedback_at, kept.after_release, kept.waiting)
        assert (kept.uid, kept.submitted_at) == (made.uid, made.submitted_at)
        assert marks == (None, None, False, 0)
        assert len(kept.responses) == 3


def test_attempts_and_events_of_before_have_been_heard_of_by_their_rows_alone(
    upgraded: Engine,
) -> None:
    with Session(upgraded, expire_on_commit=False) as session:
        made = Make(session, b"kunci").finished(heard_at=Make(session, b"kunci").now)
        event = made.sitting.event
        event.screen_issue, event.screen_index = 3, "a" * 64
        event.wifi_name, event.wifi_password = "PENDOPO-1", "rahasia123"
        session.commit()

    migrating.downgrade(upgraded, "0005")
    migrating.upgrade(upgraded)

    with Session(upgraded) as session:
        attempt, event = (
            session.scalars(select(Attempt)).one(),
            session.scalars(select(Event)).one(),
        )
        assert (attempt.uid, attempt.heard_at, len(attempt.responses)) == (made.uid, None, 3)
        assert (event.screen_issue, event.screen_index) == (0, None)
        assert (event.wifi_name, event.wifi_password) == ("", "")


def test_people_merged_before_a_downgrade_keep_their_attempts(upgraded: Engine) -> None:
    with Session(upgraded, expire_on_commit=False) as session:
        make = Make(session, b"kunci")
        attempt = make.finished()
        kept, officer = make.enrolment(attempt.sitting.event), make.user()
        seen = plan_merge(session, kept, attempt.enrolment).basis
        merge_people(session, kept, attempt.enrolment, seen, officer.id, make.now)
        session.commit()

    migrating.downgrade(upgraded, "0007")
    migrating.upgrade(upgraded)

    with Session(upgraded) as session:
        there = session.scalars(select(Attempt)).one().enrolment
        assert (there.uid, there.removed_at, there.merged_into) == (kept.uid, None, None)
        assert session.scalars(select(PeopleMerge)).all() == []


def test_people_checked_in_before_were_there_on_the_nearest_day_of_the_event(
    upgraded: Engine,
) -> None:
    early = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)  # 07.30 on the 27th in WITA
    with Session(upgraded, expire_on_commit=False) as session:
        make = Make(session, b"kunci")
        event = make.event(
            starts_at=early + timedelta(minutes=30), ends_at=early + timedelta(days=1, hours=4)
        )
        for moment in (early, early + timedelta(days=9), None):
            make.enrolment(event, checked_in_at=moment)

    migrating.downgrade(upgraded, "0007")
    migrating.upgrade(upgraded)

    with Session(upgraded) as session:
        stored = session.execute(select(Presence.day, Presence.at).order_by(Presence.day)).all()
        [event] = session.scalars(select(Event)).all()
        people = session.scalars(select(Enrolment).order_by(Enrolment.id)).all()
        assert [tuple(row) for row in stored] == [
            (date(2026, 11, 27), early),
            (date(2026, 11, 28), early + timedelta(days=9)),
        ]
        assert event.evaluates
        assert [one.evaluated for one in people] == [False] * 3


def test_attempts_typed_from_paper_go_on_as_attempts_and_requests_of_the_door_go(
    upgraded: Engine,
) -> None:
    with Session(upgraded, expire_on_commit=False) as session:
        make = Make(session, b"kunci")
        typed = make.finished(typed_by_id=make.user().id)
        fields = {"name": "Rina", "unit_name": "UPT", "address_key": "", "asked_at": make.now}
        session.add(JoinRequest(event=typed.sitting.event, **fields))
        session.commit()

    migrating.downgrade(upgraded, "0007")
    migrating.upgrade(upgraded)

    with Session(upgraded) as session:
        kept = session.scalars(select(Attempt)).one()
        assert (kept.uid, kept.on_paper, len(kept.responses)) == (typed.uid, False, 3)
        assert session.scalars(select(JoinRequest)).all() == []


def test_what_was_talked_about_is_forgotten_on_the_way_back_and_the_rest_stays(
    upgraded: Engine,
) -> None:
    with Session(upgraded, expire_on_commit=False) as session:
        make = Make(session, b"kunci")
        event, passage = make.event(), make.passage()
        said = {"passage": passage, "by": make.user(), "at": make.now}
        session.add(CoveredPassage(event_id=event.id, **said))
        session.commit()

    migrating.downgrade(upgraded, "0013")
    before = tables(upgraded)
    migrating.upgrade(upgraded)

    with Session(upgraded) as session:
        assert session.scalars(select(CoveredPassage)).all() == []
        assert session.scalars(select(Event.code)).one() == event.code
    assert tables(upgraded) - before >= {"covered_passage"}


def test_every_form_of_before_is_form_a_and_form_b_goes_back_only_unanswered(
    upgraded: Engine,
) -> None:
    with Session(upgraded, expire_on_commit=False) as session:
        make = Make(session, b"kunci")
        crossed = make.sitting(crossed=True)
        for slot in make.sitting(crossed.event).slots:
            again = StoredSlot(
                sitting_id=crossed.id, form=FormName.B, position=slot.position, topic=slot.topic
            )
            again.level, again.type = slot.level, slot.type
            again.choices = [FormChoice(status=c.status, version=c.version) for c in slot.choices]
            session.add(again)
        made = make.finished(crossed, form=FormName.B)
        session.commit()

    with pytest.raises(RuntimeError, match="form B"):
        migrating.downgrade(upgraded, "0007")
    with Session(upgraded) as session:
        session.scalars(select(Attempt)).one().form = FormName.A
        session.commit()
    migrating.downgrade(upgraded, "0007")
    migrating.upgrade(upgraded)

    with Session(upgraded) as session:
        kept = session.scalars(select(Attempt)).one()
        assert (kept.uid, kept.form, kept.sitting.crossed) == (made.uid, FormName.A, False)
        assert [slot.form for slot in kept.sitting.slots] == [FormName.A] * 3
        assert len(kept.responses) == 3


def test_names_taken_for_degrees_are_normalised_again(upgraded: Engine) -> None:
    with Session(upgraded) as session:
        make = Make(session, b"kunci")
        for name in ("Sy. Abdullah", "Hj. Aminah, S.Pd."):
            make.user(name, normalised_name="lama")
    migrating.downgrade(upgraded, "0003")

    migrating.upgrade(upgraded)

    with Session(upgraded) as session:
        names = select(User.normalised_name).order_by(User.id)
        assert session.scalars(names).all() == ["sy abdullah", "aminah"]


def test_rebuilding_a_parent_table_keeps_its_children(upgraded: Engine) -> None:
    with Session(upgraded, expire_on_commit=False) as session:
        Make(session, b"kunci").finished()
    counts = {name: count(upgraded, name) for name in ("form_slot", "form_choice")}

    rebuild(upgraded, "sitting")

    assert min(counts.values()) > 0
    assert {name: count(upgraded, name) for name in counts} == counts


def test_migration_that_breaks_a_key_is_rolled_back(upgraded: Engine) -> None:
    with Session(upgraded, expire_on_commit=False) as session:
        user = Make(session, b"kunci").user()
        Make(session, b"kunci").event(created_by_id=user.id)

    with (
        pytest.raises((migrating.BrokenKeys, IntegrityError)),
        altering(upgraded) as connection,
    ):
        connection.execute(text('DELETE FROM "user"'))

    with Session(upgraded) as session:
        assert (session.query(User).count(), session.query(Event).count()) == (1, 1)


def test_foreign_keys_are_on_again_after_a_migration(upgraded: Engine) -> None:
    with pytest.raises(IntegrityError), upgraded.begin() as connection:
        connection.execute(
            text("INSERT INTO quiz_slot (quiz_id, position, topic, count) VALUES (99, 1, 'x', 1)")
        )


def test_database_of_a_newer_program_is_refused(upgraded: Engine) -> None:
    with upgraded.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(migrating.SchemaTooNew, match="9999"):
        migrating.upgrade(upgraded)


def test_two_processes_may_start_at_once(empty_database: Engine) -> None:
    engines = [empty_database, make_engine(empty_database.url.render_as_string(False))]
    done: list[bool] = []
    threads = [
        Thread(target=lambda engine=engine: done.append(migrating.upgrade(engine)))
        for engine in engines
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    engines[1].dispose()
    assert sorted(done) == [False, True]
    assert count(empty_database, "unit_kind") == len(FIRST_KINDS)


def test_warm_start_does_not_import_alembic(upgraded: Engine) -> None:
    url = upgraded.url.render_as_string(False)

    program = (
        "import sys; from quiz.database import make_engine; "
        "from quiz.database.migrating import upgrade; "
        f"engine = make_engine({url!r}); upgrade(engine); print('alembic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout == "False\n"


def test_article_without_a_first_day_gets_the_earliest_of_its_law(upgraded: Engine) -> None:
    migrating.downgrade(upgraded, "0001")
    columns = "code, law, title, article, text, verbatim, changes, valid_from"
    rows = (
        ("LAMA", "UU 20/2023", date(2023, 10, 31)),
        ("BARU", "UU 20/2023", date(2024, 1, 1)),
        ("TANPA", "UU 20/2023", None),
        ("SENDIRI", "Perbawaslu 6/2018", None),
    )
    with upgraded.begin() as connection:
        for code, law, first in rows:
            connection.execute(
                text(
                    f"INSERT INTO reference ({columns}) "
                    "VALUES (:code, :law, '', '', 'Isi.', false, '[]', :first)"
                ),
                {"code": code, "law": law, "first": first},
            )

    migrating.upgrade(upgraded)

    with Session(upgraded) as session:
        stored = dict(session.execute(select(Reference.code, Reference.valid_from)).all())  # type: ignore[arg-type]
    assert stored == {
        "LAMA": date(2023, 10, 31),
        "BARU": date(2024, 1, 1),
        "TANPA": date(2023, 10, 31),
        "SENDIRI": date(1945, 8, 17),
    }
    with pytest.raises(IntegrityError), upgraded.begin() as connection:
        connection.execute(text("UPDATE reference SET valid_from = NULL"))


def count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0)


def altering(engine: Engine):  # type: ignore[no-untyped-def]
    return migrating._migrating(engine)


def rebuild(engine: Engine, table: str) -> None:
    """Alter ``table`` as a revision would; on SQLite that copies and drops it."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    with altering(engine) as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table(
            table, recreate="always" if engine.dialect.name == "sqlite" else "auto"
        ) as batch:
            batch.alter_column("pass_mark", type_=SmallInteger(), existing_type=Integer())


def test_what_the_revisions_make_agrees_with_the_models(empty_database: Engine) -> None:
    migrating.upgrade(empty_database)

    with empty_database.connect() as connection:
        assert differences(connection) == []


def test_second_steps_go_on_the_way_back_and_accounts_and_cards_stay(
    upgraded: Engine,
) -> None:
    with Session(upgraded, expire_on_commit=False) as session:
        make = Make(session, b"kunci")
        user, enrolment = make.user(username="citra"), make.enrolment(session_epoch=3)
        set_up(session, user, "benih", 7, ["$argon2id$"], make.now)
        session.commit()

    migrating.downgrade(upgraded, "0016")
    before = tables(upgraded)
    migrating.upgrade(upgraded)

    assert not {"second_step", "recovery_code"} & before
    with Session(upgraded) as session:
        kept = session.scalars(select(User).where(User.username == "citra")).one()
        cards = session.scalars(select(Enrolment)).all()
        assert (kept.uid, kept.password_hash) == (user.uid, user.password_hash)
        assert [(card.uid, card.session_epoch) for card in cards] == [(enrolment.uid, 0)]
        assert session.scalars(select(SecondStep)).all() == []


def test_lines_of_before_are_still_proved_and_old_events_get_a_respite(
    upgraded: Engine,
) -> None:
    with Session(upgraded, expire_on_commit=False) as session:
        make = Make(session, b"kunci")
        make.event(starts_at=make.now - timedelta(days=400), ends_at=make.now - timedelta(days=399))
        line = record(session, make.now, None, Action.LOGIN, ("user", "x"), address="alamat")
        assert line.detail is not None
        line.detail.salt, line.detail_digest = None, digest_of(line.detail.content, None)
        line.digest = line.expected_digest(GENESIS)
        session.commit()

    migrating.downgrade(upgraded, "0016")
    migrating.upgrade(upgraded)

    with Session(upgraded) as session:
        assert chain_faults(session) == []
        assert due_events(session, make.now + timedelta(days=13)) == []
        assert len(due_events(session, make.now + timedelta(days=15))) == 1


def test_an_edition_of_before_names_no_line_of_the_log(upgraded: Engine) -> None:
    with Session(upgraded, expire_on_commit=False) as session:
        make = Make(session, b"kunci")
        officer = make.user(username="citra")
        kept = {"figures": {}, "told": {}, "pools": {}, "log_line": 7, "log_digest": "0" * 64}
        edition = Edition(
            event=make.event(), number=1, as_of=make.now, published_by=officer, **kept
        )
        session.add(edition)
        session.commit()

    migrating.downgrade(upgraded, "0019")
    migrating.upgrade(upgraded)

    with Session(upgraded) as session:
        assert session.execute(
            select(Edition.number, Edition.log_line, Edition.log_digest)
        ).all() == [(1, None, None)]
        assert editions_cut_off(session) == []
