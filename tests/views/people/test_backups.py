"""Backups in the browser: who makes them, who takes them away, and when they come by themselves."""

import io
import re
import sys
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import FrameType

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from quiz.cli.server.timer import look
from quiz.config.settings import Settings
from quiz.database import sqlite_driver
from quiz.database.folder import backing_up
from quiz.database.kept import FOLDER, Kept, Occasion, kept_in
from quiz.database.sealing import unsealed
from quiz.models import AuditEntry, Sitting, User
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.lock import LOCK
from tests.reading import link_texts, notices, stored, table_rows

ClientFor = Callable[..., HouseClient]

PAGE = "/setelan/cadangan"
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def browser(client_for: ClientFor, citra: User) -> HouseClient:
    return client_for(citra)


@pytest.fixture
def sitting(make: Make) -> Sitting:
    """Planned for later today."""
    sitting = make.sitting(opens_at=make.now + HOUR, closes_at=make.now + 2 * HOUR)
    make.session.commit()
    return sitting


def occasions(settings: Settings) -> list[Occasion]:
    """Why each kept backup was made, the oldest first."""
    return [each.occasion for each in reversed(kept_in(settings.instance))]


def step(browser: HouseClient, sitting: Sitting, name: str, **values: object):
    return browser.post_form(
        f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}/{name}", values, follow_redirects=True
    )


@pytest.mark.parametrize("role", Role)
def test_officers_and_admins_make_them(make: Make, client_for: ClientFor, role: Role) -> None:
    somebody = client_for(make.user(username="seseorang", role=role))

    codes = [somebody.get(PAGE).status_code, somebody.post_form(PAGE).status_code]

    assert (codes == [200, 303]) == (role in {Role.OFFICER, Role.ADMIN})


def test_one_made_by_hand_is_listed_with_its_age_and_logged(
    make: Make, browser: HouseClient, settings: Settings
) -> None:
    before = browser.get(PAGE)

    reply = browser.post_form(PAGE, follow_redirects=True)

    assert "Belum ada cadangan" in before.text
    assert notices(reply) == ["Cadangan dibuat, dan terbaca kembali dengan utuh."]
    assert "baru saja" in reply.text
    [row] = table_rows(reply)
    assert row[1:3] == ["dibuat petugas atau admin", row[2]]
    [line] = [each for each in stored(make, AuditEntry) if each.action == "database_backed_up"]
    assert line.actor_id is not None
    assert occasions(settings) == [Occasion.HAND]


@pytest.mark.parametrize("role", Role)
def test_only_admins_download_one_and_that_is_logged(
    make: Make, client_for: ClientFor, browser: HouseClient, settings: Settings, role: Role
) -> None:
    browser.post_form(PAGE)
    [kept] = kept_in(settings.instance)
    somebody = client_for(make.user(username="seseorang", role=role))

    reply = somebody.get(f"{PAGE}/{kept.name}")

    blob = reply.data
    reply.close()
    logged = [each.action for each in stored(make, AuditEntry)]
    assert (reply.status_code == 200) == (role is Role.ADMIN)
    assert ("backup_downloaded" in logged) == (role is Role.ADMIN)
    if role is Role.ADMIN:
        assert "quiz.sqlite" in zipfile.ZipFile(io.BytesIO(blob)).namelist()
        assert kept.name in link_texts(somebody.get(PAGE))
    elif role is Role.OFFICER:
        assert kept.name not in link_texts(somebody.get(PAGE))


@pytest.mark.parametrize(
    "name", ["server.lock", "lain.zip", "..%2Fkartu.key", "kuis-20261123-040000-000000-tangan.zip"]
)
def test_nothing_else_is_given_out(client_for: ClientFor, eka: User, name: str) -> None:
    assert client_for(eka).get(f"{PAGE}/{name}").status_code == 404


def test_while_one_is_made_no_second_begins(browser: HouseClient, settings: Settings) -> None:
    with backing_up(settings.instance / FOLDER):
        reply = browser.post_form(PAGE, follow_redirects=True)

    assert notices(reply) == ["Cadangan lain sedang dibuat. Tunggu sebentar, lalu ulangi."]


def test_opening_and_closing_by_hand_are_each_backed_up(
    browser: HouseClient, settings: Settings, sitting: Sitting
) -> None:
    for name in ("buka", "tutup"):
        step(browser, sitting, name)

    assert occasions(settings) == [Occasion.OPENING, Occasion.CLOSING]


def test_what_is_kept_before_an_opening_knows_nothing_of_it(
    make: Make, browser: HouseClient, settings: Settings, sitting: Sitting, tmp_path: Path
) -> None:
    planned = sitting.opens_at

    step(browser, sitting, "buka")

    assert make.fresh(sitting).opens_at < planned
    [kept] = kept_in(settings.instance)
    assert sitting_in(settings.instance / FOLDER / kept.name, tmp_path) == f"{planned:%F %T.%f}"


def sitting_in(backup: Path, folder: Path) -> str:
    """When the only sitting in a backup opens, as it is stored."""
    with zipfile.ZipFile(backup) as archive:
        archive.extract("quiz.sqlite", folder)
    connection = sqlite_driver.connect(str(folder / "quiz.sqlite"))
    [(opens_at,)] = connection.execute("SELECT opens_at FROM sitting").fetchall()
    connection.close()
    return str(opens_at)


def test_opening_again_is_backed_up_too(
    make: Make, browser: HouseClient, settings: Settings
) -> None:
    sitting = make.sitting(opens_at=make.now - HOUR, closes_at=make.now - MINUTE)
    make.session.commit()
    stamp = sitting.closes_at.isoformat()

    step(browser, sitting, "perpanjang", minutes=10, closes=stamp)

    assert make.fresh(sitting).closes_at > make.now
    assert occasions(settings) == [Occasion.OPENING]


def test_extending_what_is_open_needs_none(
    make: Make, browser: HouseClient, settings: Settings
) -> None:
    sitting = make.sitting()
    make.session.commit()

    step(browser, sitting, "perpanjang", minutes=10, closes=sitting.closes_at.isoformat())

    assert occasions(settings) == []


def test_a_backup_that_cannot_be_made_keeps_no_sitting_shut(
    make: Make, browser: HouseClient, settings: Settings, sitting: Sitting
) -> None:
    (settings.instance / FOLDER).write_text("sebuah berkas")

    reply = step(browser, sitting, "buka")

    assert make.fresh(sitting).opens_at < sitting.closes_at - HOUR
    said = notices(reply)
    assert any(words.startswith("Cadangan otomatis tidak jadi.") for words in said)
    assert any("terbuka sampai" in words for words in said)


def test_nobody_waits_for_a_backup(
    app: Flask, browser: HouseClient, settings: Settings, sitting: Sitting
) -> None:
    lock, under_lock = app.extensions[LOCK], []

    def watch(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_filename.endswith("quiz/database/backup.py"):
            under_lock.append(lock.mine)

    sys.setprofile(watch)
    try:
        step(browser, sitting, "buka")
        step(browser, sitting, "tutup")
    finally:
        sys.setprofile(None)

    assert under_lock
    assert not any(under_lock)


# By the clock


def test_the_clock_keeps_one_before_an_opening_and_only_one(
    app: Flask, make: Make, settings: Settings, sitting: Sitting
) -> None:
    early = look(app, sitting.opens_at - 10 * MINUTE)
    made = look(app, sitting.opens_at - 2 * MINUTE)
    again = look(app, sitting.opens_at - MINUTE)

    assert (early, again) == (None, None)
    assert made is not None
    assert occasions(settings) == [Occasion.OPENING]
    assert [line.action for line in stored(make, AuditEntry)] == ["database_backed_up"]


def test_the_clock_keeps_one_once_the_last_answers_are_in(
    app: Flask, make: Make, settings: Settings
) -> None:
    sitting = make.sitting(closes_at=make.now + HOUR, grace_minutes=10)
    make.attempt(sitting)
    make.session.commit()

    looks = [look(app, sitting.closes_at + n * MINUTE) for n in (1, 9, 10, 11, 30)]

    assert [made is not None for made in looks] == [False, False, True, False, False]
    assert occasions(settings) == [Occasion.CLOSING]


def test_a_sitting_nobody_worked_in_needs_none(app: Flask, make: Make, settings: Settings) -> None:
    sitting = make.sitting()
    make.session.commit()

    assert look(app, sitting.closes_at + HOUR) is None


def test_a_server_that_was_away_at_the_closing_makes_up_for_it(
    app: Flask, make: Make, settings: Settings
) -> None:
    sitting = make.sitting(closes_at=make.now + HOUR)
    make.attempt(sitting)
    make.session.commit()
    folder = settings.instance / FOLDER
    folder.mkdir()
    (folder / Kept(make.now, Occasion.OPENING).name).write_bytes(b"")

    made = look(app, sitting.closes_at + timedelta(days=3))

    assert made is not None
    assert made.occasion is Occasion.CLOSING


# Copies to carry away


def sealing_page(settings: Settings) -> str:
    [kept] = kept_in(settings.instance)
    return f"{PAGE}/{kept.name}/bersandi"


def offered(reply: TestResponse) -> str:
    """The passphrase the page proposes."""
    return re.findall(r'name="passphrase"[^>]*value="([^"]+)"', reply.text)[0]


@pytest.mark.parametrize("role", Role)
def test_only_admins_take_a_sealed_copy_and_that_is_logged(
    make: Make, client_for: ClientFor, browser: HouseClient, settings: Settings, role: Role
) -> None:
    browser.post_form(PAGE)
    address = sealing_page(settings)
    somebody = client_for(make.user(username="seseorang", role=role))

    page = somebody.get(address)
    secret = offered(page) if page.status_code == 200 else "kopi pagi tanpa gula"
    reply = somebody.post_form(address, {"passphrase": secret})

    logged = [each for each in stored(make, AuditEntry) if each.action == "backup_downloaded"]
    assert [page.status_code == 200, reply.status_code == 200] == [role is Role.ADMIN] * 2
    assert len(logged) == (role is Role.ADMIN)
    assert not any(secret in str(each.detail and each.detail.content) for each in logged)


def test_a_sealed_copy_holds_the_backup_and_opens_with_what_was_shown(
    client_for: ClientFor, eka: User, settings: Settings, tmp_path: Path
) -> None:
    admin = client_for(eka)
    admin.post_form(PAGE)
    address = sealing_page(settings)
    first, second = offered(admin.get(address)), offered(admin.get(address))

    reply = admin.post_form(address, {"passphrase": f" {second} "})

    [kept] = kept_in(settings.instance)
    copy = tmp_path / "salinan.age"
    copy.write_bytes(reply.data)
    assert first != second
    assert f"filename={kept.name}.age" in reply.headers["Content-Disposition"]
    assert unsealed(copy, second) == (settings.instance / FOLDER / kept.name).read_bytes()
    assert sorted(path.name for path in (settings.instance / FOLDER).iterdir()) == [
        kept.name,
        "server.lock",
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Isi kata sandinya."), ("pendek", "Kata sandi paling sedikit 10 karakter, ini baru 6.")],
)
def test_a_passphrase_that_is_easily_guessed_seals_nothing(
    client_for: ClientFor, eka: User, settings: Settings, typed: str, sentence: str
) -> None:
    admin = client_for(eka)
    admin.post_form(PAGE)

    reply = admin.post_form(sealing_page(settings), {"passphrase": typed})

    assert (reply.status_code, sentence in reply.text) == (400, True)


def test_a_backup_that_is_gone_is_not_sealed(client_for: ClientFor, eka: User) -> None:
    address = f"{PAGE}/kuis-20261123-040000-000000-tangan.zip/bersandi"

    replies = [client_for(eka).get(address), client_for(eka).post_form(address)]

    assert [reply.status_code for reply in replies] == [404, 404]
