"""The office's queue: seen with its deadline, corrected with one press, answered in words."""

from datetime import timedelta

import pytest

from quiz.formats import datetime_id
from quiz.models import AuditEntry, SubjectRequest
from quiz.models.events.subject_requests import RequestKind
from quiz.models.people.audit import Action
from tests.conftest import BOTH_DATABASES
from tests.reading import notices, root, stored, table_rows, words

QUEUE = "/data-pribadi/permintaan"


@pytest.fixture
def enrolment(make, ani):
    return make.enrolment(make.event("Rapat", code="UJI-501"), ani)


@pytest.fixture
def desk(client_for, citra):
    return client_for(citra)


@pytest.fixture
def ask(make, enrolment):
    """``ask(kind, wanted, text)``: a request that waits."""

    def ask(kind, wanted="", text="", *, by_card=True, made_at=None):
        asked = SubjectRequest(
            user_id=enrolment.user_id,
            enrolment_id=enrolment.id if by_card else None,
            kind=kind,
            wanted=wanted,
            text=text,
            made_at=made_at or make.now,
            reply="",
        )
        make.session.add(asked)
        make.session.commit()
        return asked

    return ask


@pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)
def test_the_queue_names_who_what_and_until_when_the_oldest_first(make, desk, ask):
    late = ask(RequestKind.NAME, "Ani Lestari Dewi", made_at=make.now - timedelta(days=4))
    new = ask(RequestKind.ERASURE, text="Hapus", by_card=False)

    page = desk.get(QUEUE)

    assert table_rows(page) == [
        [
            "Ani Lestari UJI-501",
            "Betulkan nama",
            datetime_id(late.made_at),
            f"{datetime_id(late.due_at)}; sudah lewat",
        ],
        [
            "Ani Lestari pemegang akun",
            "Hapus data saya",
            *map(datetime_id, (new.made_at, new.due_at)),
        ],
    ]
    assert "2 menunggu jawaban" in words(root(page))


def test_the_officers_first_page_counts_them_and_says_nothing_without(make, desk, ask):
    assert notices(desk.get("/kegiatan")) == []
    first = ask(RequestKind.OTHER, text="Satu", made_at=make.now - timedelta(hours=5))
    ask(RequestKind.OTHER, text="Dua")

    [said] = notices(desk.get("/kegiatan"))

    assert said == (
        "2 permintaan data pribadi menunggu jawaban; yang pertama paling lambat "
        f"{datetime_id(first.due_at)}. Jawab"
    )


@pytest.mark.parametrize(
    ("kind", "wanted", "stands"),
    [
        (RequestKind.NAME, "Ani L. Dewi", lambda e: e.user.name),
        (RequestKind.POSITION, "Kepala Seksi", lambda e: e.user.position),
        (RequestKind.NIP, "198001012005012001", lambda e: e.user.nip),
        (RequestKind.UNIT, "unit baru", lambda e: e.unit_name.lower()),
    ],
)
def test_a_field_is_corrected_by_one_press_and_the_person_is_told(
    make, desk, ask, enrolment, client_for, kind, wanted, stands
):
    make.unit("Unit Baru")
    asked = ask(kind, wanted)

    done = desk.post_form(f"{QUEUE}/{asked.uid}/betulkan")

    after, asked = make.fresh(enrolment), make.fresh(asked)
    make.fresh(after.user)
    assert (done.status_code, stands(after)) == (303, wanted)
    assert (asked.granted, asked.answered_at) == (True, make.now)
    assert "198001012005012001" not in asked.wanted
    assert f"Sudah dibetulkan: {kind.label.removeprefix('Betulkan ')} sekarang" in asked.reply
    page = words(root(client_for(after).get("/data-saya")))
    assert asked.reply in page
    [line] = [each for each in stored(make, AuditEntry) if each.action == Action.REQUEST_GRANTED]
    assert line.subject_uid == enrolment.uid
    assert "198001012005012001" not in str(line.detail.content)


def test_without_a_place_the_account_s_unit_is_corrected(make, desk, ask, enrolment, ani):
    make.unit("Unit Baru")
    before = enrolment.unit_name

    desk.post_form(f"{QUEUE}/{ask(RequestKind.UNIT, 'Unit Baru', by_card=False).uid}/betulkan")

    assert (make.fresh(ani).unit.name, make.fresh(enrolment).unit_name) == ("Unit Baru", before)


def test_what_cannot_be_put_in_place_says_why_and_keeps_waiting(make, desk, ask, enrolment):
    make.user("Orang Lain", nip="198001012005012001")
    pages = [
        desk.post_form(f"{QUEUE}/{ask(kind, wanted).uid}/betulkan")
        for kind, wanted in [
            (RequestKind.NIP, "198001012005012001"),
            (RequestKind.UNIT, "Tidak Ada"),
            (RequestKind.OTHER, ""),
        ]
    ]

    texts = [words(root(page)) for page in pages]
    assert [page.status_code for page in pages] == [409, 409, 409]
    assert "sudah tercatat atas nama Orang Lain" in texts[0]
    assert "Unit Tidak Ada tidak ada pada daftar unit" in texts[1]
    assert [each.answered_at for each in stored(make, SubjectRequest)] == [None, None, None]


def test_an_answer_in_words_changes_nothing_else_and_needs_words(make, desk, ask, enrolment):
    asked = ask(RequestKind.ERASURE, text="Hapus data saya")
    empty = desk.post_form(f"{QUEUE}/{asked.uid}/jawab", {"reply": "  "})

    desk.post_form(f"{QUEUE}/{asked.uid}/jawab", {"reply": "Dihapus sesudah 90 hari."})

    asked = make.fresh(asked)
    assert empty.status_code == 400
    assert (asked.granted, asked.reply) == (False, "Dihapus sesudah 90 hari.")
    [line] = [each for each in stored(make, AuditEntry) if each.action == Action.REQUEST_ANSWERED]
    assert line.detail.content == {"kind": "Hapus data saya"}


def test_what_is_answered_is_not_answered_twice(make, desk, ask):
    asked = ask(RequestKind.POSITION, "Kepala Seksi")
    desk.post_form(f"{QUEUE}/{asked.uid}/jawab", {"reply": "Belum ada SK."})

    again = [
        desk.post_form(f"{QUEUE}/{asked.uid}/betulkan"),
        desk.post_form(f"{QUEUE}/{asked.uid}/jawab", {"reply": "Lain"}),
    ]

    assert [page.status_code for page in again] == [409, 409]
    assert make.fresh(asked).reply == "Belum ada SK."
    assert "Belum ada SK." in words(root(desk.get(f"{QUEUE}/{asked.uid}")))


def test_nobody_answers_his_own_whichever_record_asked(make, desk, ask, enrolment, citra):
    by_account = ask(RequestKind.NAME, "Citra Dewi", by_card=False)
    by_account.user_id = citra.id
    merged = ask(RequestKind.ERASURE, text="Hapus")
    enrolment.user.merged_into = citra
    make.session.commit()

    tried = [
        desk.post_form(f"{QUEUE}/{by_account.uid}/betulkan"),
        desk.post_form(f"{QUEUE}/{by_account.uid}/jawab", {"reply": "Sudah."}),
        desk.post_form(f"{QUEUE}/{merged.uid}/jawab", {"reply": "Sudah."}),
    ]

    assert [page.status_code for page in tried] == [409, 409, 409]
    assert all("Petugas atau admin lain" in words(root(page)) for page in tried)
    assert [each.answered_at for each in stored(make, SubjectRequest)] == [None, None]
    page = root(desk.get(f"{QUEUE}/{merged.uid}"))
    assert "Petugas atau admin lain" in words(page)
    assert page.findall(".//main//form") == []


def test_an_archived_event_is_not_changed_by_an_answer(make, desk, ask, enrolment):
    make.unit("Unit Baru")
    enrolment.event.archived_at = make.now
    make.session.commit()

    page = desk.post_form(f"{QUEUE}/{ask(RequestKind.UNIT, 'Unit Baru').uid}/betulkan")

    assert page.status_code == 409
    assert "diarsipkan" in words(root(page))


def test_a_request_of_a_deleted_event_still_waits(make, desk, ask, enrolment):
    asked = ask(RequestKind.NAME, "Ani L. Dewi")

    desk.post_form("/kegiatan/UJI-501/hapus", {"code": "UJI-501", "kode": "UJI-501"})

    assert (make.fresh(asked).enrolment_id, asked.answered_at) == (None, None)


def test_more_requests_cost_no_more_queries(desk, ask, count_queries):
    desk.get(QUEUE)
    ask(RequestKind.OTHER, text="Satu")
    one = count_queries(lambda: desk.get(QUEUE))
    ask(RequestKind.OTHER, text="Dua")
    ask(RequestKind.OTHER, text="Tiga", by_card=False)

    assert count_queries(lambda: desk.get(QUEUE)) == one
