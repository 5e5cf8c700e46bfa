"""A staff form sent after the session ended is not lost."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from quiz.models import Event, Unit
from quiz.web.identity import STAFF_SESSION
from tests.factories import PASSWORD
from tests.reading import stored

FORM = {
    "title": "Sosialisasi yang lama ditulis",
    "place": "Pendopo",
    "day": "2026-12-01",
    "start": "08:00",
    "end": "11:00",
    "last_day": "",
    "organiser": "",
    "speakers": '\nDewi, narasumber\nHadi & rekan, "panitia"',
    "code": "",
}


class Fields(HTMLParser):
    """The fields a browser would send of a page's last form with this address."""

    def __init__(self, page, action):
        super().__init__()
        self.action, self.inside, self.name = action, False, None
        self.found = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inside = attrs.get("action") == self.action
        if self.inside and tag == "input" and attrs.get("name"):
            self.found[attrs["name"]] = attrs.get("value", "")
        if self.inside and tag == "textarea":
            self.name, self.text = attrs["name"], ""

    def handle_data(self, text):
        if self.name is not None:
            self.text += text

    def handle_endtag(self, tag):
        if tag == "textarea" and self.name is not None:
            self.found[self.name] = self.text.removeprefix("\n")
            self.name = None


def end_session(browser):
    """As twelve hours after logging in."""
    with browser.session_transaction() as session:
        session["at"] = int((datetime.now(UTC) - STAFF_SESSION - timedelta(minutes=1)).timestamp())


@pytest.fixture
def desk(client_for, citra):
    return client_for(citra)


def test_form_is_kept_through_the_entrance_and_sent_again(desk, make, citra):
    end_session(desk)
    entrance = desk.post_form("/kegiatan/baru", FORM)
    login = Fields(entrance.text, "/masuk/petugas").found
    wrong = desk.post("/masuk/petugas", data=login | {"username": citra.username, "password": "x"})
    login = Fields(wrong.text, "/masuk/petugas").found
    login |= {"username": citra.username, "password": PASSWORD}
    resend = desk.post("/masuk/petugas", data=login)
    nothing_yet = stored(make, Event)
    sent = desk.post("/kegiatan/baru", data=Fields(resend.text, "/kegiatan/baru").found)

    assert (entrance.status_code, wrong.status_code, sent.status_code) == (401, 400, 303)
    assert "Sesi Anda sudah berakhir" in entrance.text
    assert nothing_yet == []
    [event] = stored(make, Event)
    assert event.title == FORM["title"]
    assert event.speakers == 'Dewi, narasumber\nHadi & rekan, "panitia"'


def test_page_asked_for_after_the_session_ended_comes_after_logging_in(desk, citra):
    end_session(desk)
    sent_to = desk.get("/kegiatan?cari=loa").location
    entrance = desk.get(sent_to)
    login = Fields(entrance.text, "/masuk/petugas").found

    back = desk.post(
        "/masuk/petugas", data=login | {"username": citra.username, "password": PASSWORD}
    )

    assert sent_to.startswith("/masuk/petugas?lanjut=")
    assert "Sesi Anda sudah berakhir" in entrance.text
    assert back.location == "/kegiatan?cari=loa"


def test_form_whose_token_is_stale_can_be_sent_again(desk, make):
    stale = desk.post("/kegiatan/baru", data=FORM | {"csrf_token": "basi"})

    sent = desk.post("/kegiatan/baru", data=Fields(stale.text, "/kegiatan/baru").found)

    assert (stale.status_code, sent.status_code) == (400, 303)
    assert [event.title for event in stored(make, Event)] == [FORM["title"]]


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://jahat.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_form_of_another_site_is_not_kept(desk, headers):
    end_session(desk)

    entrance = desk.post_form("/kegiatan/baru", FORM, headers=headers)
    stale = desk.post("/kegiatan/baru", data=FORM, headers=headers)

    for page in (entrance, stale):
        assert FORM["title"] not in page.text


def test_form_too_large_to_carry_says_so(desk):
    end_session(desk)

    page = desk.post_form("/kegiatan/baru", FORM | {"speakers": "x" * 300_000})

    assert page.status_code == 401
    assert "terlalu besar untuk dibawa" in page.text


def test_participant_is_sent_to_their_own_entrance(client):
    assert client.get("/data-saya").location == "/masuk?lanjut=/data-saya"


def test_phone_in_the_hall_is_not_asked_for_a_password(client, make):
    reply = client.post_form(
        "/kegiatan/baru", FORM, environ_overrides={"REMOTE_ADDR": "192.168.8.20"}
    )

    assert reply.location == "/masuk"
    assert stored(make, Unit) == []


@pytest.mark.parametrize(
    "held",
    [
        "[" * 100_000,
        '{"to": "/unit", "fields": ' + "[" * 50_000 + "]" * 50_000 + "}",
        '{"to": "/unit\\ud800", "fields": [], "files": false}',
        '{"to": "/unit", "fields": [["name", "\\udc00"]], "files": false}',
        '{"to": "/unit", "fields": [["name", "\\u0000"]], "files": false}',
        "9" * 5_000,
    ],
    ids=["deep", "deep within", "half a pair", "half a pair in a field", "NUL", "number"],
)
def test_field_that_holds_no_form_of_ours_is_left_aside(client, citra, make, held):
    make.session.commit()
    form = {"username": "citra", "password": PASSWORD, "onward": "/unit", "held": held}

    reply = client.post_form("/masuk/petugas", form)

    assert (reply.status_code, reply.location) == (303, "/unit")
