"""An officer takes an event to another machine, and reads one in that comes from there."""

import io
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quiz.config.keys import read_foreign_keys
from quiz.config.settings import Settings
from quiz.database import make_engine
from quiz.exchange.events.reading import EventFile
from quiz.models import Attempt, AuditEntry, Enrolment, Event, Score, SetAside, StoredResponse, User
from quiz.permissions import Role
from tests.actions.events.transfer.sides import Side
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import stored

ClientFor = Callable[..., HouseClient]


@pytest.fixture
def laptop(sqlite_template: Path, tmp_path: Path, make: Make) -> Iterator[Side]:
    """Another installation, empty."""
    path = tmp_path / "laptop.sqlite"
    shutil.copyfile(sqlite_template, path)
    engine = make_engine(f"sqlite:///{path}")
    yield Side(engine, "laptop", make.now)
    engine.dispose()


@pytest.fixture
def event(make: Make) -> Event:
    """Three people who handed in."""
    sitting = make.sitting()
    for _ in range(3):
        make.finished(sitting, started_at=make.now - timedelta(minutes=30))
    return sitting.event


@pytest.fixture
def brought(laptop: Side) -> tuple[str, bytes]:
    """The uid and the file of an event that was held on the laptop."""
    with laptop.make() as make:
        sitting = make.sitting()
        for _ in range(3):
            make.finished(sitting, started_at=make.now - timedelta(minutes=30))
        uid = sitting.event.uid
    return uid, laptop.export(uid)


def downloaded(browser: HouseClient, event: Event) -> bytes:
    return browser.post_form(f"/kegiatan/{event.code}/berkas").data


def upload(browser: HouseClient, blob: bytes, **more: bool) -> TestResponse:
    form = {"file": (io.BytesIO(blob), "kegiatan.zip")}
    return browser.post_form("/kegiatan/muat-berkas", form, **more)


def logged(make: Make, action: str) -> int:
    return sum(line.action == action for line in stored(make, AuditEntry))


@pytest.mark.parametrize("role", Role)
def test_only_officers_and_admins_move_events(
    make: Make, client_for: ClientFor, event: Event, role: Role
) -> None:
    browser = client_for(make.user(username="seseorang", role=role))
    may = role in {Role.OFFICER, Role.ADMIN}

    page = browser.get(f"/kegiatan/{event.code}/berkas")
    file = browser.post_form(f"/kegiatan/{event.code}/berkas")
    uploading = browser.get("/kegiatan/muat-berkas")

    assert {page.status_code, file.status_code, uploading.status_code} == {200 if may else 403}
    assert logged(make, "event_exported") == may


def test_the_file_holds_the_event(
    client_for: ClientFor, citra: User, event: Event, session: Session
) -> None:
    reply = client_for(citra).post_form(f"/kegiatan/{event.code}/berkas")

    assert f"kegiatan-{event.code}-" in reply.headers["Content-Disposition"]
    with EventFile.of(io.BytesIO(reply.data)) as file:
        assert file.manifest.event["uid"] == event.uid
        assert file.manifest.counts["attempt"] == 3


def test_an_event_comes_from_a_laptop_and_is_looked_at_first(
    client_for: ClientFor,
    citra: User,
    brought: tuple[str, bytes],
    make: Make,
    settings: Settings,
) -> None:
    browser, (uid, blob) = client_for(citra), brought
    page = upload(browser, blob, follow_redirects=True)
    assert "Kegiatan ini belum ada di sini." in page.text
    assert stored(make, Event) == []
    assert read_foreign_keys(settings.instance) == {}

    reply = browser.post_form(page.request.path, follow_redirects=True)

    assert "dimuat" in reply.text
    (found,) = stored(make, Event)
    assert found.uid == uid
    assert len(stored(make, Attempt)) == 3
    assert len(read_foreign_keys(settings.instance)) == 1
    assert list((settings.instance / "berkas-kegiatan").iterdir()) == []
    assert logged(make, "event_imported") == 1
    assert [score.current for score in stored(make, Score)] == [True] * 3


def test_a_card_of_the_laptop_opens_at_the_office(
    client: HouseClient,
    client_for: ClientFor,
    citra: User,
    brought: tuple[str, bytes],
    laptop: Side,
) -> None:
    with laptop.make() as there:
        place = there.session.scalars(select(Enrolment)).first()
        assert place is not None
        token, code = there.token(place), there.code(place)
    browser = client_for(citra)
    page = upload(browser, brought[1], follow_redirects=True)
    browser.post_form(page.request.path)

    by_code = client.post_form("/masuk", {"code": code})
    by_card = client.get(f"/k/{token}")

    assert (by_code.status_code, by_card.status_code) == (303, 303)


def test_the_same_installation_has_everything_already(
    client_for: ClientFor, citra: User, event: Event, make: Make
) -> None:
    browser = client_for(citra)

    page = upload(browser, downloaded(browser, event), follow_redirects=True)
    reply = browser.post_form(page.request.path, follow_redirects=True)

    assert "semua isi berkas ini sudah ada di sini" in page.text
    assert "Muat kegiatan ini" not in page.text
    assert "Tidak ada yang berubah" in reply.text
    assert logged(make, "event_imported") == 0


def test_a_conflict_is_told_with_both_sides_and_the_loser_can_be_read(
    client_for: ClientFor, citra: User, brought: tuple[str, bytes], laptop: Side, session: Session
) -> None:
    browser = client_for(citra)
    page = upload(browser, brought[1], follow_redirects=True)
    browser.post_form(page.request.path)
    code = session.scalars(select(Event.code)).one()
    for side, letter, number in ((None, "a", 7_000_001), (laptop, "b", 7_000_002)):
        change = update(StoredResponse).where(StoredResponse.position == 1)
        changed = change.values(chosen=[letter], revision=number)
        if side is None:
            session.execute(changed)
            session.commit()
        else:
            with side.session() as there:
                there.execute(changed)

    page = upload(browser, laptop.export(brought[0]), follow_redirects=True)
    reply = browser.post_form(page.request.path, follow_redirects=True)
    aside = browser.get(f"/kegiatan/{code}/berkas/dikesampingkan")

    assert page.text.count("jawaban di sini a, di berkas b") == 3
    assert "3 isi berbeda di kedua sisi" in reply.text
    assert session.scalar(select(func.count()).select_from(SetAside)) == 3
    assert aside.text.count("jawaban a") == 3
    assert "3 isi berbeda di dua komputer" in browser.get(f"/kegiatan/{code}/berkas").text


def test_an_admin_sees_no_answer_beside_a_name(
    client_for: ClientFor, eka: User, brought: tuple[str, bytes], laptop: Side, session: Session
) -> None:
    browser = client_for(eka)
    page = upload(browser, brought[1], follow_redirects=True)
    browser.post_form(page.request.path)
    with laptop.session() as there:
        there.execute(update(StoredResponse).values(chosen=["b"], revision=7_000_002))

    page = upload(browser, laptop.export(brought[0]), follow_redirects=True)

    assert "isi berbeda di kedua sisi" in page.text
    assert "di berkas b" not in page.text
    code = session.scalars(select(Event.code)).one()
    assert browser.get(f"/kegiatan/{code}/berkas/dikesampingkan").status_code == 403


@pytest.mark.parametrize("blob", [b"", b"nama;nip\nAni;1\n", b"PK\x03\x04rusak"])
def test_a_file_that_is_none_says_what_to_choose(
    client_for: ClientFor, citra: User, blob: bytes
) -> None:
    reply = upload(client_for(citra), blob)

    assert reply.status_code == 400
    assert "berkas" in reply.text


def test_a_file_that_does_not_fit_is_refused_with_a_sentence_and_nothing_is_left(
    client_for: ClientFor,
    citra: User,
    brought: tuple[str, bytes],
    laptop: Side,
    session: Session,
    settings: Settings,
) -> None:
    with laptop.session() as there:
        there.execute(update(Attempt).values(seed="x" * 40))
    blob = laptop.export(brought[0])
    browser = client_for(citra)

    page = upload(browser, blob, follow_redirects=True)
    reply = browser.post_form(page.request.path)

    assert reply.status_code == 409
    assert "pengerjaan baris" in reply.text
    assert session.scalar(select(func.count()).select_from(Event)) == 0
    assert read_foreign_keys(settings.instance) == {}


def test_nobody_sees_what_somebody_else_uploaded(
    client_for: ClientFor, citra: User, eka: User, brought: tuple[str, bytes]
) -> None:
    page = upload(client_for(citra), brought[1])

    assert client_for(eka).get(page.location).status_code == 404
    assert client_for(eka).post_form(page.location).status_code == 404
