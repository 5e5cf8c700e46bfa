"""The one lock of all writers: held while rows are changed, never while a page is drawn."""

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask, render_template_string
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.database import db
from quiz.models import Setting, User
from quiz.permissions import Permission
from quiz.web.access import requires
from tests.client import HouseClient
from tests.conftest import BOTH_DATABASES
from tests.factories import Make
from tests.servers import HUNG

Count = Callable[[Callable[[], object]], int]

both = pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)

PAGE = "{{ somebody_else_writes() }} {{ person.name }} {{ person.username }}"


@pytest.fixture
def app(with_own_addresses: None, app: Flask) -> Iterator[Flask]:
    """The application with views whose pages let somebody else write while they are drawn."""

    def somebody_else_writes() -> str:
        written = threading.Thread(target=write)
        written.start()
        written.join(timeout=HUNG)
        return "menunggu" if written.is_alive() else "ditulis"

    def write() -> None:
        with app.app_context(), db.writing() as session:
            person = session.scalars(select(User).with_for_update()).one()
            person.position = "Bidan"

    def locked() -> User:
        return db.session.scalars(select(User).with_for_update()).one()

    def page(person: User) -> str:
        return render_template_string(PAGE, person=person)

    @requires(Permission.PUBLIC)
    def unchanged() -> str:
        return page(locked())

    @requires(Permission.PUBLIC, writes=True)
    def opened() -> str:
        return page(locked())

    @requires(Permission.PUBLIC)
    def refused() -> str:
        person = locked()
        person.name = "Nama lain"
        db.session.flush()
        return page(person)

    @requires(Permission.PUBLIC)
    def committed() -> str:
        person = locked()
        person.name = "Nama lain"
        db.session.commit()
        return page(person)

    @requires(Permission.PUBLIC)
    def twice() -> str:
        db.session.add(Setting(key="satu", value="1"))
        db.session.commit()
        db.session.add(Setting(key="dua", value="2"))
        db.session.commit()
        return "dua kali"

    @requires(Permission.PUBLIC)
    def looking() -> str:
        with db.looking():
            somebody = somebody_else_writes()
        db.session.add(Setting(key="sesudah", value="1"))
        db.session.commit()
        return somebody

    app.add_template_global(somebody_else_writes)
    for view in (unchanged, refused, committed, twice, looking):
        app.add_url_rule(f"/uji/{view.__name__}", view.__name__, view, methods=["POST"])
    app.add_url_rule("/uji/opened", "opened", opened)
    yield app


def send(client: HouseClient, name: str) -> str:
    return client.post_form(f"/uji/{name}", partial=True).text


@both
@pytest.mark.parametrize(
    ("view", "shown"),
    [
        ("unchanged", "ditulis Ani Lestari ani"),
        ("refused", "ditulis Ani Lestari ani"),
        ("committed", "ditulis Nama lain ani"),
    ],
)
def test_others_write_while_a_sent_form_s_page_is_drawn(
    make: Make, client: HouseClient, view: str, shown: str
) -> None:
    make.user("Ani Lestari", username="ani")
    make.session.commit()

    assert send(client, view) == shown


@both
def test_others_write_while_the_page_of_an_audited_opening_is_drawn(
    make: Make, client: HouseClient
) -> None:
    make.user("Ani Lestari", username="ani")
    make.session.commit()

    assert client.get("/uji/opened", partial=True).text == "ditulis Ani Lestari ani"


@both
def test_others_write_while_a_request_looks_before_it_writes(
    make: Make, client: HouseClient, session: Session
) -> None:
    make.user("Ani Lestari")
    make.session.commit()

    assert send(client, "looking") == "ditulis"
    assert session.scalars(select(Setting.key)).all() == ["sesudah"]


@both
def test_a_request_writes_once(client: HouseClient, session: Session) -> None:
    crashed = client.post_form("/uji/twice", crash=True)

    assert crashed.status_code == 500
    assert session.scalars(select(Setting.key)).all() == ["satu"]


def test_rows_that_were_only_read_are_not_read_again_for_the_page(
    make: Make, client: HouseClient, count_queries: Count
) -> None:
    make.user("Ani Lestari", username="ani")
    make.session.commit()
    send(client, "unchanged")  # what is asked once in the life of a process

    unchanged = count_queries(lambda: send(client, "unchanged"))
    refused = count_queries(lambda: send(client, "refused"))

    assert unchanged == 2, "the page's row, and what somebody else reads"
    assert refused > unchanged
