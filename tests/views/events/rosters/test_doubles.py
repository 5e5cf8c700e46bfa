"""The officer's pages of doubles: found, merged, undone; an attempt given to whose it was; and what
other pages, files and phones say afterwards."""

from collections.abc import Callable, Sequence

import pytest
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quiz.exports.participants import participants
from quiz.models import AttemptMove, AuditEntry, Enrolment, Event, PeopleMerge, User
from quiz.models.events.events import Phase
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import link_texts, notices, root, stored, table_rows, texts, words

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

ROSTER = "/kegiatan/LJN-482/peserta"


@pytest.fixture
def event(make: Make) -> Event:
    return make.event(code="LJN-482")


@pytest.fixture
def siti(make: Make, event: Event) -> Enrolment:
    user = make.user("Siti Aminah", nip="198001012005014471", position="Bidan")
    return make.enrolment(event, user, make.unit("Puskesmas Rekaan"))


@pytest.fixture
def walk_in(make: Make, event: Event, siti: Enrolment) -> Enrolment:
    there = {"walked_in": True, "checked_in_at": make.now}
    return make.enrolment(event, make.user("Siti Amina"), siti.unit, **there)


def basis(page: TestResponse) -> str:
    [value] = [n.get("value", "") for n in root(page).iter("input") if n.get("name") == "basis"]
    return value


def merge(browser: HouseClient, kept: Enrolment, absorbed: Enrolment) -> TestResponse:
    address = f"{ROSTER}/{kept.uid}/gabung/{absorbed.uid}"
    return browser.post_form(address, {"basis": basis(browser.get(address))})


def undo(browser: HouseClient, made: PeopleMerge | AttemptMove) -> TestResponse:
    kind = "gabungan" if isinstance(made, PeopleMerge) else "alihan"
    return browser.post_form(f"{ROSTER}/{kind}/{made.uid}/batal")


def logged(make: Make) -> list[str]:
    return [entry.action for entry in stored(make, AuditEntry)]


def listed(browser: HouseClient) -> list[str]:
    return [row[0] for row in table_rows(browser.get(ROSTER)) if len(row) > 1]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("place", ["ganda", "dikeluarkan", "{one}/gabung", "{one}/gabung/{other}"])
def test_only_officers_and_admins_see_doubles(
    make: Make,
    client_for: ClientFor,
    siti: Enrolment,
    walk_in: Enrolment,
    role: Role,
    place: str,
) -> None:
    browser = client_for(make.user(username="seseorang", role=role))

    reply = browser.get(f"{ROSTER}/{place.format(one=siti.uid, other=walk_in.uid)}")

    assert reply.status_code == (200 if role in {Role.OFFICER, Role.ADMIN} else 403)


def test_likely_doubles_are_listed_with_what_says_so(
    client_for: ClientFor, citra: User, siti: Enrolment, walk_in: Enrolment
) -> None:
    page = client_for(citra).get(f"{ROSTER}/ganda")

    assert table_rows(page) == [
        [
            "Siti Aminah Bidan, Puskesmas Rekaan, NIP …4471",
            "Siti Amina jabatan tidak tercatat, Puskesmas Rekaan, tanpa NIP",
            "Nama mirip, unit sama",
            "Lihat dan gabungkan",
        ]
    ]


def test_a_roster_without_doubles_says_so(
    client_for: ClientFor, citra: User, siti: Enrolment
) -> None:
    page = client_for(citra).get(f"{ROSTER}/ganda")

    assert texts(page, "empty") == [
        "Tidak ada nama yang tampak ganda. Ke daftar peserta",
        "Belum ada yang digabung pada kegiatan ini.",
    ]


def test_more_doubles_and_merges_cost_no_more_queries(
    make: Make,
    client_for: ClientFor,
    citra: User,
    event: Event,
    siti: Enrolment,
    walk_in: Enrolment,
    count_queries: Count,
) -> None:
    browser = client_for(citra)
    merge(browser, siti, walk_in)
    make.enrolment(event, make.user("Siti Aminah"), siti.unit)
    few = count_queries(lambda: browser.get(f"{ROSTER}/ganda"))
    for number in range(3):
        one, other = (
            make.enrolment(event, make.user(f"Orang{number} Rekaan"), siti.unit) for _ in range(2)
        )
        merge(browser, one, other)
        make.enrolment(event, make.user(f"Orang{number} Rekaan"), siti.unit)

    assert count_queries(lambda: browser.get(f"{ROSTER}/ganda")) == few


def test_what_will_happen_is_said_before_it_does(
    make: Make,
    client_for: ClientFor,
    citra: User,
    event: Event,
    siti: Enrolment,
    walk_in: Enrolment,
) -> None:
    pre, post = make.sitting(event), make.sitting(event, Phase.POST)
    make.finished(pre, siti)
    make.attempt(pre, walk_in)
    make.attempt(post, walk_in)

    page = client_for(citra).get(f"{ROSTER}/{siti.uid}/gabung/{walk_in.uid}")

    said = words(root(page))
    assert "Nama, unit, dan status yang tetap: Siti Aminah, Puskesmas Rekaan, PNS." in said
    assert "Kartu Siti Amina juga tetap membuka, sebagai Siti Aminah" in said
    assert "Yang dihitung: milik Siti Aminah (mulai" in said
    assert "dan HP yang sedang mengerjakannya tidak dapat mengirim lagi" in said
    assert "Post-test milik Siti Amina (mulai" in said
    assert "Tidak ada yang dihapus" in said
    assert stored(make, PeopleMerge) == []


def test_a_merge_is_made_logged_and_undone_by_one_button(
    make: Make,
    client_for: ClientFor,
    citra: User,
    event: Event,
    siti: Enrolment,
    walk_in: Enrolment,
) -> None:
    attempt = make.finished(make.sitting(event), walk_in)
    browser = client_for(citra)

    reply = merge(browser, siti, walk_in)

    assert reply.location == f"{ROSTER}/{siti.uid}"
    assert listed(browser) == ["Siti Aminah Bidan"]
    [made] = stored(make, PeopleMerge)
    assert make.fresh(attempt).enrolment_id == siti.id
    page = browser.get(f"{ROSTER}/ganda")
    assert any(
        text.startswith("Siti Aminah memuat juga Siti Amina") for text in texts(page, "people")
    )

    undone = browser.post_form(f"{ROSTER}/gabungan/{made.uid}/batal", follow_redirects=True)

    assert notices(undone) == [
        "Siti Aminah dan Siti Amina kini dua orang lagi, masing-masing dengan kartu dan "
        "pengerjaannya."
    ]
    assert listed(browser) == ["Siti Amina", "Siti Aminah Bidan"]
    assert make.fresh(attempt).enrolment_id == walk_in.id
    assert logged(make) == ["people_merged", "people_merge_undone"]
    assert undo(browser, made).status_code == 409


def test_what_has_changed_since_the_page_was_opened_is_shown_again(
    make: Make,
    client_for: ClientFor,
    citra: User,
    event: Event,
    siti: Enrolment,
    walk_in: Enrolment,
) -> None:
    browser = client_for(citra)
    address = f"{ROSTER}/{siti.uid}/gabung/{walk_in.uid}"
    seen = basis(browser.get(address))
    make.attempt(make.sitting(event), walk_in)

    reply = browser.post_form(address, {"basis": seen})

    assert reply.status_code == 409
    assert notices(reply)[0].startswith("Keadaan berubah sejak halaman ini dibuka.")
    assert basis(reply) != seen
    assert stored(make, PeopleMerge) == []


def test_a_double_already_merged_by_somebody_else_is_gone(
    client_for: ClientFor, citra: User, siti: Enrolment, walk_in: Enrolment
) -> None:
    browser = client_for(citra)
    address = f"{ROSTER}/{siti.uid}/gabung/{walk_in.uid}"
    seen = basis(browser.get(address))
    merge(browser, siti, walk_in)

    assert browser.post_form(address, {"basis": seen}).status_code == 404


def test_two_with_nips_of_their_own_are_refused_with_the_way_out(
    make: Make, client_for: ClientFor, citra: User, event: Event, siti: Enrolment
) -> None:
    other = make.enrolment(event, make.user("Siti Aminah", nip="199002022010012233"), siti.unit)
    browser = client_for(citra)

    page = browser.get(f"{ROSTER}/{siti.uid}/gabung/{other.uid}")

    assert notices(page)[0].startswith("NIP keduanya berbeda (…4471 dan …2233)")
    assert [n for n in root(page).iter("input") if n.get("name") == "basis"] == []


def test_an_archived_event_keeps_its_doubles(
    make: Make,
    client_for: ClientFor,
    citra: User,
    event: Event,
    siti: Enrolment,
    walk_in: Enrolment,
) -> None:
    event.archived_at = make.now
    make.session.commit()

    reply = client_for(citra).get(f"{ROSTER}/{siti.uid}/gabung/{walk_in.uid}")

    assert reply.status_code == 409


def test_a_merge_of_another_event_is_not_found(
    make: Make, client_for: ClientFor, citra: User, siti: Enrolment, walk_in: Enrolment
) -> None:
    browser = client_for(citra)
    merge(browser, siti, walk_in)
    make.event(code="LAIN-1")
    [made] = stored(make, PeopleMerge)

    reply = browser.post_form(f"/kegiatan/LAIN-1/peserta/gabungan/{made.uid}/batal")

    assert reply.status_code == 404


def test_anybody_on_the_roster_can_be_chosen_by_name(
    make: Make, client_for: ClientFor, citra: User, event: Event, siti: Enrolment
) -> None:
    make.enrolment(event, make.user("Aminah Lain"), make.unit("Desa Rekaan"))
    browser = client_for(citra)

    found = browser.get(f"{ROSTER}/{siti.uid}/gabung?cari=aminah")
    near = browser.get(f"{ROSTER}/{siti.uid}/gabung")

    assert texts(found, "people") == ["Aminah Lain jabatan tidak tercatat, Desa Rekaan, tanpa NIP"]
    assert texts(near, "empty") == [
        "Tidak ada nama yang mirip di daftar ini. Cari namanya di atas."
    ]


# What others see


def test_a_phone_that_was_in_with_the_other_card_goes_on_where_it_was(
    make: Make,
    client_for: ClientFor,
    citra: User,
    event: Event,
    siti: Enrolment,
    walk_in: Enrolment,
) -> None:
    attempt = make.attempt(make.sitting(event), walk_in)
    phone = client_for(walk_in)
    merge(client_for(citra), siti, walk_in)

    save = {"chosen": ["a"], "revision": 1_000_001, "confidence": None}
    saved = phone.send_json(f"/kuis/{attempt.uid}/jawaban/1", save)

    assert (saved.status_code, saved.json["chosen"]) == (200, ["a"])
    assert "Siti Aminah" in words(root(phone.get("/")))
    [made] = stored(make, PeopleMerge)
    undo(client_for(citra), made)
    assert "Siti Amina" in words(root(phone.get("/")))
    again = phone.send_json(f"/kuis/{attempt.uid}/jawaban/1", save | {"revision": 1_000_002})
    assert again.status_code == 200


def test_the_other_card_enters_as_the_one_person_and_asks_nobody_to_switch(
    make: Make,
    client: HouseClient,
    client_for: ClientFor,
    citra: User,
    siti: Enrolment,
    walk_in: Enrolment,
) -> None:
    merge(client_for(citra), siti, walk_in)

    by_code = client.post_form("/masuk", {"code": make.code(walk_in)}, follow_redirects=True)
    by_card = client_for(siti).get(f"/k/{make.token(walk_in)}")

    assert "Siti Aminah" in words(root(by_code))
    assert (by_card.status_code, by_card.location) == (303, "/")


def test_own_data_of_either_card_tells_of_both_records(
    make: Make,
    client_for: ClientFor,
    citra: User,
    event: Event,
    siti: Enrolment,
    walk_in: Enrolment,
) -> None:
    attempt = make.finished(make.sitting(event), walk_in)
    merge(client_for(citra), siti, walk_in)

    for card in (siti, walk_in):
        own = client_for(card).get("/data-saya.json").json
        assert own["person"]["name"] == "Siti Aminah"
        assert [each["merged"] for each in own["enrolments"]] == [False, True]
        assert [each["uid"] for each in own["attempts"]] == [attempt.uid]
        assert "menggabungkan dua catatan peserta" in str(own["log"])


def test_an_account_sees_its_events_of_before_it_was_one_person(
    make: Make, client_for: ClientFor, citra: User, event: Event, siti: Enrolment
) -> None:
    dewi = make.user("Siti Aminah", username="dewi", role=Role.TRAINER)
    trainer = make.enrolment(event, dewi, make.unit("Kantor Rekaan"))
    siti.user.nip = None
    earlier = make.enrolment(make.event("Kegiatan Lama"), siti.user, siti.unit)

    merge(client_for(citra), trainer, siti)

    own = client_for(dewi).get("/data-saya.json").json
    assert sorted(each["title"] for each in own["enrolments"]) == sorted(
        [event.title, event.title, earlier.event.title]
    )


def test_roster_board_cards_report_and_file_count_one_person(
    make: Make,
    client_for: ClientFor,
    citra: User,
    event: Event,
    session: Session,
    siti: Enrolment,
    walk_in: Enrolment,
) -> None:
    sitting = make.sitting(event)
    make.finished(sitting, walk_in)
    browser = client_for(citra)
    merge(browser, siti, walk_in)

    board = browser.get("/kegiatan/LJN-482/papan?tampil=terkirim")
    cards = browser.get("/kegiatan/LJN-482/kartu")
    desk = browser.get("/kegiatan/LJN-482/daftar-meja")
    named = browser.get("/laporan/LJN-482/peserta")
    report = browser.get("/laporan/LJN-482.json")

    assert [row[0] for row in table_rows(board)] == ["Siti Aminah Bidan, Puskesmas Rekaan"]
    assert texts(board, "count")[0].startswith("1 dari 1 hadir")
    assert len(texts(cards, "card")) == 1
    assert [row[0] for row in table_rows(desk)] == ["Siti Aminah"]
    assert [row[:2] for row in table_rows(named)] == [["Siti Aminah", "Puskesmas Rekaan"]]
    assert participants(session, sitting, make.now).rows[0][:2] == [
        "Siti Aminah",
        "Puskesmas Rekaan",
    ]
    if report.is_json:
        total = report.json["total"]
        assert (total["invited"], total["attended"], total["submitted"]) == (1, 1, 1)


# An attempt given to whose it was


def test_an_attempt_is_given_to_whose_it_was_and_back(
    make: Make, client_for: ClientFor, citra: User, event: Event, siti: Enrolment
) -> None:
    attempt = make.finished(make.sitting(event), siti)
    whose = make.enrolment(event, make.user("Budi Hartono"), siti.unit)
    browser = client_for(citra)
    start = f"{ROSTER}/{siti.uid}/alihkan/{attempt.uid}"

    chosen = browser.get(f"{start}?cari=budi")
    shown = browser.get(f"{start}/{whose.uid}")
    done = browser.post_form(f"{start}/{whose.uid}", follow_redirects=True)

    assert texts(chosen, "people") == [
        "Budi Hartono jabatan tidak tercatat, Puskesmas Rekaan, tanpa NIP"
    ]
    assert "menjadi milik Budi Hartono, Puskesmas Rekaan." in words(root(shown))
    assert notices(done) == [
        "Pre-test kini milik Budi Hartono. Bila keliru, batalkan di halaman Nama ganda."
    ]
    assert make.fresh(attempt).enrolment_id == whose.id
    [move] = stored(make, AttemptMove)
    undo(browser, move)
    assert make.fresh(attempt).enrolment_id == siti.id
    assert logged(make) == ["attempt_moved", "attempt_move_undone"]
    assert undo(browser, move).status_code == 409


def test_whoever_has_done_that_sitting_cannot_be_given_another_attempt(
    make: Make, client_for: ClientFor, citra: User, event: Event, siti: Enrolment
) -> None:
    sitting = make.sitting(event)
    attempt, own = make.finished(sitting, siti), make.finished(sitting)
    address = f"{ROSTER}/{siti.uid}/alihkan/{attempt.uid}/{own.enrolment.uid}"
    browser = client_for(citra)

    page, reply = browser.get(address), browser.post_form(address)

    assert "sudah punya pengerjaan Pre-test sendiri" in notices(page)[0]
    assert reply.status_code == 409
    assert stored(make, AttemptMove) == []


def test_the_persons_page_leads_to_both(
    make: Make, client_for: ClientFor, citra: User, event: Event, siti: Enrolment
) -> None:
    make.finished(make.sitting(event), siti)

    page = client_for(citra).get(f"{ROSTER}/{siti.uid}")

    links: Sequence[str] = link_texts(page)
    assert "Gabungkan dengan catatan lain" in links
    assert "Pre-test dikerjakan orang lain" in links
