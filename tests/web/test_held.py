"""A staff form sent after the session ended is not lost."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from io import BytesIO

import pytest

from quiz.models import Contest, Event, StoredResponse, Unit
from quiz.models.events.events import FeedbackMode
from quiz.web.identity import STAFF_SESSION
from tests.factories import PASSWORD
from tests.reading import stored
from tests.views.bank.editor_form import form_fields

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


# What staff had typed, by the kind of form


def come_back(browser, entrance, user, action):
    """Log in at the entrance that holds a form, and send that form as offered."""
    login = Fields(entrance.text, "/masuk/petugas").found
    resend = browser.post(
        "/masuk/petugas", data=login | {"username": user.username, "password": PASSWORD}
    )
    return resend, browser.post(action, data=Fields(resend.text, action).found)


def test_text_of_the_editor_is_kept_by_the_page_and_by_its_button(client_for, make, dewi, session):
    make.topic("makna")
    browser = client_for(dewi)
    address = browser.post_form("/soal/baru", {"type": "single_choice", "topic": "makna"}).location
    fields = form_fields(browser.get(address), "sunting")
    fields["stem"] = "Pokok soal yang lama sekali ditulis."
    end_session(browser)

    by_script = browser.send_json(address, {"fields": list(fields.items()), "revision": 1})
    entrance = browser.post(address, data=fields)
    _, sent = come_back(browser, entrance, dewi, address)

    assert (by_script.status_code, by_script.json["error"]) == (401, "login")
    assert (entrance.status_code, sent.status_code) == (401, 303)
    assert "Pokok soal yang lama sekali ditulis." in browser.get(address).text


def test_upload_brings_its_fields_and_asks_for_the_file_again(desk, make, citra):
    event = make.event()
    action = f"/kegiatan/{event.code}/peserta/unggah"
    end_session(desk)

    entrance = desk.post_form(action, {"file": (BytesIO(b"Nama\nAni\n"), "daftar.csv")})
    resend, sent = come_back(desk, entrance, citra, action)

    assert "pilih lagi berkasnya" in resend.text
    assert sent.status_code == 400
    assert "Pilih berkasnya dulu." in sent.text


def test_text_pasted_beside_a_file_is_kept(client_for, dewi):
    browser = client_for(dewi)
    end_session(browser)
    typed = {"file": (BytesIO(b""), ""), "text": "1. Pokok soal\nA. satu\nB. dua\nKunci: A\n"}

    entrance = browser.post_form("/soal/ambil", typed)
    _, sent = come_back(browser, entrance, dewi, "/soal/ambil")

    assert sent.location.startswith("/soal/ambil/")


def test_password_and_codes_are_never_kept_in_a_page(desk, citra):
    end_session(desk)
    typed = {"password": "kata sandi rahasia", "digits": "123456", "recovery": "K7P2A-QX4MH"}

    page = desk.post_form("/akun/dua-langkah/lepas", typed)

    assert page.status_code == 401
    assert [value for value in typed.values() if value in page.text] == []


# What participants had typed


def put_out(client_for, enrolment):
    """A phone whose session was ended from another."""
    phone = client_for(enrolment)
    client_for(enrolment).post_form("/akun/keluarkan")
    return phone


def come_back_by_code(phone, entrance, code, action):
    """Enter by code at the entrance that holds a form, and send that form as offered."""
    login = Fields(entrance.text, "/masuk").found
    resend = phone.post("/masuk", data=login | {"code": code})
    return phone.post(action, data=Fields(resend.text, action).found)


def test_contest_typed_by_a_participant_is_kept_through_the_entrance(client_for, make):
    sitting = make.sitting(feedback_mode=FeedbackMode.AFTER_SUBMIT)
    attempt = make.finished(sitting)
    phone = put_out(client_for, attempt.enrolment)
    action = f"/kuis/{attempt.uid}/sanggah/1"
    words = "Menurut pasal yang berlaku, opsi B juga tepat."

    entrance = phone.post_form(action, {"words": words})
    wrong = phone.post("/masuk", data=Fields(entrance.text, "/masuk").found | {"code": "K7P2QX4M"})
    sent = come_back_by_code(phone, wrong, make.code(attempt.enrolment), action)

    assert (entrance.status_code, wrong.status_code) == (401, 400)
    assert words in entrance.text
    assert sent.status_code == 303
    assert [contest.text for contest in stored(make, Contest)] == [words]


def test_form_of_one_participant_is_not_sent_as_anothers(client_for, make, budi):
    sitting = make.sitting(feedback_mode=FeedbackMode.AFTER_SUBMIT)
    attempt = make.finished(sitting)
    phone = put_out(client_for, attempt.enrolment)
    action = f"/kuis/{attempt.uid}/sanggah/1"
    other = make.enrolment(attempt.sitting.event, budi)

    entrance = phone.post_form(action, {"words": "Menurut pasal, opsi B juga tepat."})
    sent = come_back_by_code(phone, entrance, make.code(other), action)

    assert sent.status_code == 404
    assert stored(make, Contest) == []


def test_answer_without_scripts_is_kept_and_the_quiz_goes_on(client_for, make, attempt_of_three):
    attempt = attempt_of_three
    phone = put_out(client_for, attempt.enrolment)
    action = f"/kuis/{attempt.uid}"
    form = {"base": "1000000", "asal-1": "", "jawaban-1": "a", "asal-2": "", "asal-3": ""}

    entrance = phone.post_form(action, form)
    sent = come_back_by_code(phone, entrance, make.code(attempt.enrolment), action)

    assert (entrance.status_code, sent.status_code) == (401, 303)
    assert [(row.position, row.chosen) for row in stored(make, StoredResponse)] == [(1, ["a"])]


def test_quiz_in_progress_asks_for_the_card_in_its_own_way(client_for, make, attempt_of_three):
    phone = put_out(client_for, attempt_of_three.enrolment)
    action = f"/kuis/{attempt_of_three.uid}"

    by_script = phone.send_json(f"{action}/jawaban/1", {"chosen": ["a"], "revision": 1})
    opened = phone.get(action)

    assert (by_script.status_code, by_script.json["error"]) == (401, "login")
    assert opened.location == f"/masuk?lanjut={action}"
    entered = phone.post_form(
        "/masuk", {"code": make.code(attempt_of_three.enrolment), "onward": action}
    )
    assert entered.location == action
    again = phone.send_json(f"{action}/jawaban/1", {"chosen": ["a"], "revision": 1})
    assert again.status_code == 200


@pytest.fixture
def attempt_of_three(make):
    sitting = make.sitting(items=[make.bank_item() for _ in range(3)])
    return make.attempt(sitting, make.enrolment(sitting.event))
