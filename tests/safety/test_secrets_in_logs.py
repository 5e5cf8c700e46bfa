"""What the server writes while people work, and while it fails: nothing that opens anything."""

import logging
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from quiz.actions.people.accounts import make_link
from quiz.cli.serving import LogLines
from quiz.models import AuditDetail, Failure, SecondStep
from tests.factories import PASSWORD
from tests.second_steps import App, set_up

NIP, OTHER = "198001012005011234", "198502022010012345"
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


def typed_ahead(phone, desk, event, unit, code, token, link):
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
            {"name": "Budi Hartono", "nip": OTHER, "status": "pns", "unit": unit},
            crash=True,
        ),
        lambda: desk.get(f"/kegiatan/{event}/peserta?cari={NIP}", crash=True),
        lambda: desk.post_form("/sandi", {"old": PASSWORD, "password": NEW}, crash=True),
        lambda: phone.post_form(
            "/masuk/petugas", {"username": "citra", "password": PASSWORD}, crash=True
        ),
    ]
    return [each().status_code for each in rounds]


def second_half(browser, desk, phone, recovery, now):
    """The second step at a login, and another one that somebody begins to set up."""
    password = {"username": "dewi", "password": PASSWORD}
    address = "/akun/dua-langkah/pasang"
    rounds = [
        lambda: browser.post_form("/masuk/petugas", password, crash=True),
        lambda: browser.post_form("/masuk/kode", {"digits": "000000"}, crash=True),
        lambda: browser.post_form("/masuk/kode", {"digits": phone.digits(now)}, crash=True),
        lambda: browser.post_form("/masuk/petugas", password, crash=True),
        lambda: browser.post_form("/masuk/kode", {"digits": "", "recovery": recovery}, crash=True),
        lambda: desk.get(address, crash=True),
        lambda: desk.post_form(address, {"digits": "111111", "password": PASSWORD}, crash=True),
    ]
    replies = [each() for each in rounds]
    shown = {App(page.text).totp.secret for page in replies if 'class="key"' in page.text}
    return [reply.status_code for reply in replies], shown


def test_a_journey_leaves_no_secret_in_what_the_server_writes(
    app, client, client_for, make, citra, dewi, eka, said
):
    enrolment = make.enrolment(user=make.user("Ani Lestari", nip=NIP))
    code, token = make.code(enrolment), make.token(enrolment)
    link = make_link(make.session, citra, make.now)
    make.session.commit()
    desk, event = client_for(eka), enrolment.event.code
    unit = str(enrolment.unit_id)
    phone, recovery = set_up(client_for(dewi), make.now)
    now = make.now + timedelta(seconds=30)
    app.config["PROPAGATE_EXCEPTIONS"] = False  # crashes are answered and logged as when served

    whole = typed_ahead(client, desk, event, unit, code, token, link)
    half, shown = second_half(app.test_client(), desk, phone, recovery[0], now)
    kept = [str(each) for each in make.session.scalars(select(AuditDetail.content))]
    kept += make.session.scalars(select(Failure.key))
    seeds = make.session.scalars(select(SecondStep.seed)).all()
    make.session.execute(text("ALTER TABLE enrolment RENAME TO enrolment_gone"))
    make.session.execute(text("ALTER TABLE one_time_link RENAME TO link_gone"))
    make.session.execute(text("ALTER TABLE recovery_code RENAME TO recovery_gone"))
    make.session.commit()
    broken = typed_ahead(client, desk, event, unit, code, token, link)
    failed, more = second_half(app.test_client(), desk, phone, recovery[1], now)

    written = said()
    everything = "\n".join([written, *kept])
    secrets = {NIP, OTHER, code, token, link, PASSWORD, NEW, GUESS, str(app.secret_key)}
    secrets |= {code.replace("-", ""), make.key.hex()}
    secrets |= {phone.totp.secret, phone.digits(now), phone.digits(make.now), *recovery}
    secrets |= {each.replace("-", "") for each in recovery} | shown | more
    secrets |= set(seeds)
    assert not {401, 500} & {*whole, *half}
    assert {500} <= set(broken) & set(failed)
    assert len(shown) > 0
    assert "Traceback" in written  # what failed is there to be found
    assert [each for each in sorted(secrets) if each in everything] == []
