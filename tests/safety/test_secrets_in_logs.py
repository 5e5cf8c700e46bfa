"""What the server writes while people work, and while it fails: nothing that opens anything."""

import logging

import pytest
from sqlalchemy import select, text

from quiz.actions.people.accounts import make_link
from quiz.cli.serving import LogLines
from quiz.models import AuditDetail, Failure
from tests.factories import PASSWORD

NIP = "198001012005011234"
NEW = "empat kata yang panjang"
GUESS = "sandi tebakan yang keliru"


@pytest.fixture
def said(caplog, capfd):
    """``said()``: all that was written, formatted as the program does."""
    caplog.set_level(logging.INFO)
    for loud in ("sqlalchemy", "alembic"):
        logging.getLogger(loud).setLevel(logging.WARNING)

    def everything():
        lines = [LogLines("%(name)s %(message)s").format(each) for each in caplog.records]
        printed = capfd.readouterr()
        return "\n".join([*lines, printed.out, printed.err])

    return everything


def typed_ahead(phone, desk, event, code, token, link):
    """One round of all that carries a secret or a number; ``crash`` where the tables are gone."""
    rounds = [
        lambda: phone.get(f"/k/{token}", crash=True),
        lambda: phone.post_form("/masuk", {"code": code}, crash=True),
        lambda: phone.post_form("/masuk", {"code": f"{code}X"}, crash=True),
        lambda: phone.post_form(
            "/masuk/petugas", {"username": "citra", "password": GUESS}, crash=True
        ),
        lambda: phone.post_form(f"/sandi/{link}", {"password": NEW, "again": NEW}, crash=True),
        lambda: desk.post_form(
            f"/kegiatan/{event}/peserta/baru",
            {"name": "Ani Lestari", "nip": NIP, "status": "pns", "position": "Guru"},
            crash=True,
        ),
        lambda: desk.get(f"/kegiatan/{event}/peserta?cari={NIP}", crash=True),
        lambda: desk.post_form("/sandi", {"old": PASSWORD, "password": NEW}, crash=True),
        lambda: phone.post_form(
            "/masuk/petugas", {"username": "citra", "password": PASSWORD}, crash=True
        ),
    ]
    return [each().status_code for each in rounds]


def test_a_journey_leaves_no_secret_in_what_the_server_writes(
    app, client, client_for, make, citra, said
):
    enrolment = make.enrolment(user=make.user("Ani Lestari", nip=NIP))
    code, token = make.code(enrolment), make.token(enrolment)
    link = make_link(make.session, citra, make.now)
    make.session.commit()
    desk, event = client_for(citra), enrolment.event.code
    app.config["PROPAGATE_EXCEPTIONS"] = False  # crashes are answered and logged as when served

    whole = typed_ahead(client, desk, event, code, token, link)
    kept = [str(each) for each in make.session.scalars(select(AuditDetail.content))]
    kept += make.session.scalars(select(Failure.key))
    make.session.execute(text("ALTER TABLE enrolment RENAME TO enrolment_gone"))
    make.session.execute(text("ALTER TABLE one_time_link RENAME TO link_gone"))
    make.session.commit()
    broken = typed_ahead(client, desk, event, code, token, link)

    written = said()
    everything = "\n".join([written, *kept])
    secrets = {NIP, code, token, link, PASSWORD, NEW, GUESS, str(app.secret_key)}
    secrets |= {code.replace("-", ""), make.key.hex()}
    assert 500 not in whole
    assert 500 in broken
    assert "Traceback" in written  # what failed is there to be found
    assert [each for each in sorted(secrets) if each in everything] == []
