"""Who was there, day by day: marked by hand, taken back, and on paper."""

from datetime import UTC, datetime, timedelta

import pytest

from quiz.models.people.audit import AuditEntry
from quiz.permissions import Role
from tests.reading import notices, root, stored, table_rows, texts, with_class, words

DAY = timedelta(days=1)
FIRST, SECOND = "2026-11-27", "2026-11-28"


@pytest.fixture
def event(make):
    """Two days, Friday and Saturday, 08.00 to 12.00 WITA."""
    starts_at = datetime(2026, 11, 27, 0, 0, tzinfo=UTC)
    return make.event(code="DUA-101", starts_at=starts_at, ends_at=starts_at + DAY + DAY / 6)


@pytest.fixture
def desk(client_for, citra):
    return client_for(citra)


def people(reply):
    """Name and cell of attendance of each row that is a person's."""
    return [(row[0], row[-1]) for row in table_rows(reply) if len(row) > 1]


def test_each_day_has_its_own_list(make, event, desk):
    unit = make.unit("Kantor Rekaan")
    ani = make.enrolment(event, make.user("Ani"), unit, checked_in_at=event.starts_at)
    make.enrolment(event, make.user("Budi"), unit)

    first = desk.get(f"/kegiatan/DUA-101/kehadiran?hari={FIRST}")
    second = desk.get(f"/kegiatan/DUA-101/kehadiran?hari={SECOND}")

    assert people(first) == [("Ani", "08.00 WITA Batalkan"), ("Budi", "belum tercatat Catat hadir")]
    assert [cell for _, cell in people(second)] == ["belum tercatat Catat hadir"] * 2
    assert "Hadir 1 dari 2" in texts(first, "meta")[0]
    assert texts(second, "filters")[0] == (
        "Jumat, 27 November 2026, 1 hadir Sabtu, 28 November 2026, 0 hadir"
    )
    assert ani.present_on(event.days[1]) is None


def test_somebody_is_marked_for_a_day_that_is_past_and_the_paper_says_when(make, event, desk):
    enrolment = make.enrolment(event, make.user("Ani"), checked_in_at=event.starts_at + DAY)

    reply = desk.post_form(
        f"/kegiatan/DUA-101/kehadiran/{enrolment.uid}", {"hari": FIRST}, follow_redirects=True
    )

    [(_, cell)] = people(reply)
    assert notices(reply) == ["Ani tercatat hadir 27 November 2026."]
    assert "pukul" in cell  # not at eight on that day, and said so
    kept = make.fresh(enrolment)
    assert [one.day.isoformat() for one in kept.presences] == [FIRST, SECOND]
    assert kept.checked_in_at == event.starts_at + DAY
    [line] = stored(make, AuditEntry)
    assert (line.action, line.detail.content) == ("check_in", {"day": "27 November 2026"})


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_whoever_says_so_twice_and_the_desk_beside_them_are_one_record(
    make, client_for, citra, ani
):
    enrolment = make.enrolment(user=ani)
    phone = client_for(enrolment)

    for _ in range(2):
        phone.post_form("/", {"enrolment": enrolment.uid})
    client_for(citra).post_form(f"/kegiatan/{enrolment.event.code}/kehadiran/{enrolment.uid}")

    kept = make.fresh(enrolment)
    assert [one.at for one in kept.presences] == [kept.checked_in_at]
    assert [line.action for line in stored(make, AuditEntry)] == ["check_in"]


def test_who_was_there_yesterday_says_so_again_today(make, client_for):
    event = make.event(starts_at=make.now - 2 * DAY, ends_at=make.now + DAY)
    enrolment = make.enrolment(event, checked_in_at=make.now - DAY)
    phone = client_for(enrolment)

    assert "Catat kehadiran" in words(root(phone.get("/")))
    phone.post_form("/", {"enrolment": enrolment.uid})

    kept = make.fresh(enrolment)
    assert (len(kept.presences), kept.checked_in_at) == (2, make.now - DAY)
    assert "Catat kehadiran" not in words(root(phone.get("/")))


def test_checking_in_stands_below_what_is_recorded(make, client_for):
    page = client_for(make.enrolment()).get("/")

    panels = [words(box) for box in with_class(page, "panel")]
    told, checking_in = (
        next(place for place, text in enumerate(panels) if text.startswith(head))
        for head in ("Data pribadi Anda", "Catat kehadiran")
    )
    assert (told < checking_in, panels[checking_in]) == (True, "Catat kehadiran Saya hadir")


def test_marking_twice_keeps_the_first_time(make, event, desk):
    enrolment = make.enrolment(event, checked_in_at=event.starts_at)

    desk.post_form(f"/kegiatan/DUA-101/kehadiran/{enrolment.uid}", {"hari": FIRST})

    assert [one.at for one in make.fresh(enrolment).presences] == [event.starts_at]
    assert stored(make, AuditEntry) == []


def test_one_day_is_taken_back_and_the_other_stays(make, event, desk):
    enrolment = make.enrolment(event, checked_in_at=event.starts_at)
    enrolment.check_in(event.starts_at + DAY)
    make.session.commit()
    make.attempt(make.sitting(event), enrolment)

    back = f"/kegiatan/DUA-101/kehadiran/{enrolment.uid}/batal"
    done = desk.post_form(back, {"hari": FIRST})
    refused = desk.post_form(back, {"hari": SECOND})

    kept = make.fresh(enrolment)
    assert (done.status_code, refused.status_code) == (303, 409)
    assert "Orang yang mengerjakan tentu hadir." in words(root(refused))
    assert [one.day.isoformat() for one in kept.presences] == [SECOND]
    assert kept.checked_in_at == event.starts_at + DAY


def test_whoever_works_unrecorded_is_named_and_found(make, event, desk):
    sitting = make.sitting(event)
    make.attempt(sitting, make.enrolment(event, make.user("Ani")))
    make.attempt(sitting, make.enrolment(event, make.user("Budi"), checked_in_at=event.starts_at))
    make.enrolment(event, make.user("Cahya"))

    page = desk.get(f"/kegiatan/DUA-101/kehadiran?hari={FIRST}")
    found = desk.get(f"/kegiatan/DUA-101/kehadiran?hari={FIRST}&tampil=tanpa")

    assert notices(page)[0].startswith("1 orang mengerjakan tanpa tercatat hadir.")
    assert people(found) == [("Ani", "mengerjakan, tidak tercatat hadir Catat hadir")]


@pytest.mark.parametrize("address", ["kehadiran", "daftar-hadir"])
@pytest.mark.parametrize("day", ["2026-11-29", "kemarin"])
def test_a_day_that_is_not_the_events_is_said(event, desk, address, day):
    reply = desk.get(f"/kegiatan/DUA-101/{address}?hari={day}")

    assert reply.status_code == 404
    assert "tidak berlangsung pada tanggal itu" in words(root(reply))


def test_a_stranger_of_another_event_is_not_marked(make, event, desk):
    stranger = make.enrolment()

    assert desk.post_form(f"/kegiatan/DUA-101/kehadiran/{stranger.uid}").status_code == 404
    assert make.fresh(stranger).presences == []


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("address", ["kehadiran", "daftar-hadir", "berita-acara"])
def test_only_officers_and_admins_see_attendance(make, client_for, event, role, address):
    somebody = client_for(make.user(username="seseorang", role=role))

    status = somebody.get(f"/kegiatan/DUA-101/{address}").status_code

    assert (status == 403) == (role not in {Role.OFFICER, Role.ADMIN})


def test_an_archived_event_is_looked_at_and_not_changed(make, event, desk):
    enrolment = make.enrolment(event, make.user("Ani"))
    event.archived_at = make.now
    make.session.commit()

    page = desk.get(f"/kegiatan/DUA-101/kehadiran?hari={FIRST}")

    assert people(page) == [("Ani", "belum tercatat")]
    assert desk.post_form(f"/kegiatan/DUA-101/kehadiran/{enrolment.uid}").status_code == 409


def test_the_sheet_holds_everybody_of_each_day_by_unit_and_no_nip(make, event, desk):
    unit = make.unit("Kantor Rekaan")
    ani = make.user("Ani", nip="198503122010012004", position="Analis kebijakan")
    make.enrolment(event, ani, unit, checked_in_at=event.starts_at + timedelta(minutes=7))
    make.enrolment(event, make.user("Budi"), make.unit("Desa Rekaan"), walked_in=True)

    reply = desk.get("/kegiatan/DUA-101/daftar-hadir")

    assert table_rows(reply) == [
        ["Desa Rekaan"],
        ["1", "Budi tanpa undangan", "–", ""],
        ["Kantor Rekaan"],
        ["2", "Ani Analis kebijakan", "08.07", ""],
        ["Desa Rekaan"],
        ["1", "Budi tanpa undangan", "–", ""],
        ["Kantor Rekaan"],
        ["2", "Ani Analis kebijakan", "–", ""],
    ]
    assert texts(reply, "document-title") == [
        "Daftar hadir Jumat, 27 November 2026",
        "Daftar hadir Sabtu, 28 November 2026",
    ]
    assert "2004" not in words(root(reply))


def test_the_sheet_of_one_day_is_had_alone(make, event, desk):
    make.enrolment(event)

    reply = desk.get(f"/kegiatan/DUA-101/daftar-hadir?hari={SECOND}")

    assert texts(reply, "document-title") == ["Daftar hadir Sabtu, 28 November 2026"]


@pytest.mark.parametrize("address", ["kehadiran", "daftar-hadir", "berita-acara"])
def test_more_people_cost_no_more_queries(make, event, desk, count_queries, address):
    make.enrolment(event, checked_in_at=event.starts_at)
    desk.get("/kegiatan")  # the first request reads the settings
    few = count_queries(lambda: desk.get(f"/kegiatan/DUA-101/{address}"))
    for _ in range(3):
        make.enrolment(event, checked_in_at=event.starts_at)

    assert count_queries(lambda: desk.get(f"/kegiatan/DUA-101/{address}")) == few
