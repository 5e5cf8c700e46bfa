"""People ask for a correction or deletion of what is stored of them, and read the answer there."""

import pytest

from quiz.models import AuditEntry, SubjectRequest
from quiz.models.events.subject_requests import MOST_IN_ALL, MOST_OPEN, RequestKind
from quiz.models.people.audit import Action
from tests.reading import faults, root, stored, words

ASK = "/data-saya/permintaan"


@pytest.fixture
def enrolment(make, ani):
    return make.enrolment(make.event(), ani)


@pytest.fixture
def phone(client_for, enrolment):
    return client_for(enrolment)


def test_a_wish_is_queued_shown_to_its_person_and_leaves_a_line(make, phone, enrolment):
    done = phone.post_form(
        ASK, {"kind": "position", "wanted": "  Kepala   Seksi ", "text": "SK baru"}
    )

    [asked] = stored(make, SubjectRequest)
    assert (done.status_code, done.location) == (303, "/data-saya")
    assert (asked.user_id, asked.enrolment_id) == (enrolment.user_id, enrolment.id)
    assert (asked.kind, asked.wanted, asked.text) == (
        RequestKind.POSITION,
        "Kepala Seksi",
        "SK baru",
    )
    page = words(root(phone.get("/data-saya")))
    for told in ("Betulkan jabatan", "Menjadi: Kepala Seksi", "SK baru", "Menunggu jawaban"):
        assert told in page
    [line] = stored(make, AuditEntry)
    assert (line.action, line.subject_uid) == (Action.REQUEST_MADE, enrolment.uid)
    assert line.detail.content == {"kind": "Betulkan jabatan"}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Pilih yang Anda minta."),
        ({"kind": "emas"}, "Yang Anda minta: Pilih salah satu dari daftar."),
        ({"kind": "name"}, "Tulis yang benar."),
        ({"kind": "name", "wanted": "123"}, "Yang benar harus memuat huruf."),
        ({"kind": "name", "wanted": "A" * 161}, "Yang benar: Paling banyak 160 huruf."),
        ({"kind": "erasure", "wanted": "semua"}, None),
        ({"kind": "objection", "text": "x" * 1001}, None),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(make, phone, typed, sentence):
    page = phone.post_form(ASK, typed)

    assert page.status_code == 400
    assert stored(make, SubjectRequest) == []
    assert faults(page) == [sentence] if sentence else len(faults(page)) == 1


def test_a_nip_is_read_as_rosters_are_and_stands_nowhere_whole(make, phone, client_for, citra):
    wrong = phone.post_form(ASK, {"kind": "nip", "wanted": "1980"})
    phone.post_form(ASK, {"kind": "nip", "wanted": "19800101 200501 2 001"})

    [asked] = stored(make, SubjectRequest)
    pages = [phone.get("/data-saya"), phone.get("/data-saya.json")]
    pages.append(client_for(citra).get(f"/data-pribadi/permintaan/{asked.uid}"))
    assert (wrong.status_code, asked.wanted) == (400, "198001012005012001")
    assert all("198001012005012001" not in page.text for page in pages)
    assert all("2001" in page.text for page in pages)


def test_the_same_field_is_asked_for_once_at_a_time_and_few_wait(make, phone):
    for number in range(MOST_OPEN):
        phone.post_form(ASK, {"kind": "other", "text": f"Hal {number}"})
    more = phone.post_form(ASK, {"kind": "erasure", "text": "Hapus"})

    assert (more.status_code, len(stored(make, SubjectRequest))) == (400, MOST_OPEN)
    assert faults(more) == ["Sudah 5 permintaan Anda menunggu jawaban. Kirim lagi setelah dijawab."]

    for each in stored(make, SubjectRequest):
        each.answer(each.user_id, "Sudah.", make.now, granted=False)
    make.session.commit()
    phone.post_form(ASK, {"kind": "name", "wanted": "Ani L."})
    again = phone.post_form(ASK, {"kind": "name", "wanted": "Ani Le."})
    assert "Permintaan yang sama (Betulkan nama) masih menunggu" in faults(again)[0]


def test_there_is_an_end_to_asking(make, phone, enrolment):
    for _ in range(MOST_IN_ALL):
        asked = SubjectRequest(
            user_id=enrolment.user_id, kind=RequestKind.OTHER, made_at=make.now, text="x"
        )
        asked.answer(enrolment.user_id, "Sudah.", make.now, granted=False)
        make.session.add(asked)
    make.session.commit()

    page = phone.post_form(ASK, {"kind": "other", "text": "Lagi"})

    assert (page.status_code, len(stored(make, SubjectRequest))) == (400, MOST_IN_ALL)


def test_a_card_shows_what_was_asked_by_it_and_an_account_everything(make, client_for, ani, phone):
    ani.username = "ani"
    make.session.commit()
    account = client_for(ani)
    phone.post_form(ASK, {"kind": "other", "text": "Dari kartu"})
    account.post_form(ASK, {"kind": "other", "text": "Dari akun"})

    other = client_for(make.enrolment(make.event("Kegiatan lain"), ani))

    def told(browser):
        return [each["text"] for each in browser.get("/data-saya.json").json["requests"]]

    assert (told(phone), told(other)) == (["Dari kartu"], [])
    assert told(account) == ["Dari akun", "Dari kartu"]
