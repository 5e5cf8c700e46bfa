"""Named results: who may open them, what is recorded, and a reset."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from quiz.models import Attempt, AuditEntry, Sitting, Unit, User
from quiz.models.events.events import Phase
from quiz.models.people.audit import Action
from quiz.permissions import Role
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import faults, notices, root, stored, table_rows, texts, words

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

HOUR = timedelta(hours=1)


def _list(sitting: Sitting, rest: str = "") -> str:
    return f"/laporan/{sitting.event.code}/peserta{rest}"


def _person(attempt: Attempt) -> str:
    return f"/laporan/{attempt.sitting.event.code}/peserta/{attempt.enrolment.uid}"


def _reset(attempt: Attempt) -> str:
    return f"{_person(attempt)}/ulang/{attempt.uid}"


def _actions(make: Make) -> list[tuple[str, str, str]]:
    return [(e.action, e.subject_type, e.subject_uid) for e in stored(make, AuditEntry)]


@pytest.mark.parametrize("role", Role)
def test_only_officers_see_named_scores(make: Make, client_for: ClientFor, role: Role) -> None:
    attempt = make.finished()
    browser = client_for(make.user(username="seseorang", role=role))
    addresses = [_list(attempt.sitting, rest) for rest in ("", ".xlsx", ".csv")]

    replies = [browser.get(address) for address in (*addresses, _person(attempt))]

    wanted = 200 if role is Role.OFFICER else 403
    assert [reply.status_code for reply in replies] == [wanted] * 4
    opened = [line for line in stored(make, AuditEntry) if line.action != Action.REFUSED]
    assert len(opened) == (4 if role is Role.OFFICER else 0)


def test_a_participant_sees_nobodys_page_not_even_their_own(
    make: Make, client_for: ClientFor
) -> None:
    attempt = make.finished()

    assert client_for(attempt.enrolment).get(_person(attempt)).status_code == 403


def test_each_opening_and_each_download_is_recorded(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    attempt = make.finished()
    browser = client_for(citra)

    browser.get(_list(attempt.sitting))
    browser.get(_list(attempt.sitting, ".csv"))
    browser.get(_person(attempt))

    sitting = ("sitting", attempt.sitting.uid)
    assert _actions(make) == [
        ("participants_opened", *sitting),
        ("participants_downloaded", *sitting),
        ("participant_opened", "enrolment", attempt.enrolment.uid),
    ]
    assert {entry.actor_id for entry in stored(make, AuditEntry)} == {citra.id}


def test_the_list_names_everybody_who_may_open_it(
    make: Make, client_for: ClientFor, citra: User, eka: User
) -> None:
    attempt = make.finished()
    client_for(eka).post_form(
        "/orang/tambah",
        {"name": "Eka Kedua", "username": "eka2", "role": "petugas", "status": "pns", "unit": "0"},
    )

    page = client_for(citra).get(_list(attempt.sitting))

    assert f"dapat dibuka oleh {citra.name}, Eka Kedua; setiap" in words(root(page))
    assert Action.ACCOUNT_ADDED in [line.action for line in stored(make, AuditEntry)]


def test_an_admin_does_not_give_themselves_the_officers_role(
    make: Make, client_for: ClientFor, eka: User
) -> None:
    make.user(username="admin2", role=Role.ADMIN)

    reply = client_for(eka).post_form(f"/orang/{eka.uid}", {"role": "petugas", "unit": "0"})

    assert (reply.status_code, make.fresh(eka).role) == (400, Role.ADMIN)


def test_a_page_that_is_not_found_records_nothing(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    attempt, elsewhere = make.finished(), make.finished()
    browser = client_for(citra)
    wrong_event = f"/laporan/{elsewhere.sitting.event.code}/peserta/{attempt.enrolment.uid}"

    replies = [
        browser.get(address)
        for address in (
            wrong_event,
            _list(attempt.sitting, f"?sesi={elsewhere.sitting.uid}"),
            _list(attempt.sitting, "/tidak-ada"),
            "/laporan/TIDAK-1/peserta",
        )
    ]

    assert [reply.status_code for reply in replies] == [404] * 4
    assert stored(make, AuditEntry) == []


def test_the_list_shows_state_and_score_of_everybody(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    sitting = make.sitting(pass_mark=60)
    unit = make.unit("Kantor A")
    make.finished(sitting, make.enrolment(sitting.event, make.user("Ani"), unit), right=2)
    make.attempt(sitting, make.enrolment(sitting.event, make.user("Budi"), unit))
    make.enrolment(sitting.event, make.user("Cahya", nip="198001012005011234"), unit)

    page = client_for(citra).get(_list(sitting))

    assert table_rows(page) == [
        ["Ani", "Kantor A", "PNS", "Selesai", "2 dari 3", "67, lulus"],
        ["Budi", "Kantor A", "PNS", "Berjalan", "–", "–"],
        ["Cahya", "Kantor A", "PNS", "Belum mulai", "–", "–"],
    ]
    assert "1234" not in page.text


def test_the_list_is_that_of_the_chosen_sitting(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    pre = make.sitting(opens_at=make.now - 2 * HOUR)
    post = make.sitting(pre.event, Phase.POST)
    make.finished(pre)
    browser = client_for(citra)

    by_itself, asked = browser.get(_list(pre)), browser.get(_list(pre, f"?sesi={post.uid}"))

    assert [table_rows(page)[0][3] for page in (by_itself, asked)] == ["Selesai", "Belum mulai"]


def _five_people(make: Make) -> Sitting:
    """Ani passed, Budi works, Cahya has not begun; elsewhere Dian failed, Aulia has not begun."""
    sitting = make.sitting(pass_mark=60)
    here, there = make.unit("Kantor A"), make.unit("Kantor B")
    ani = make.user("Ani", nip="198001012005011234", position="Kasi Pelayanan")
    make.finished(sitting, make.enrolment(sitting.event, ani, here), right=2)
    make.attempt(sitting, make.enrolment(sitting.event, make.user("Budi"), here))
    make.enrolment(sitting.event, make.user("Cahya"), here)
    make.finished(sitting, make.enrolment(sitting.event, make.user("Dian"), there), right=1)
    make.enrolment(sitting.event, make.user("Aulia"), there)
    return sitting


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["Ani", "Budi", "Cahya", "Aulia", "Dian"]),
        ({"urut": "nama"}, ["Ani", "Aulia", "Budi", "Cahya", "Dian"]),
        ({"cari": "pelayanan ani"}, ["Ani"]),
        ({"cari": "kantor b"}, ["Budi", "Aulia", "Dian"]),
        ({"tampil": "belum"}, ["Cahya", "Aulia"]),
        ({"tampil": "berjalan"}, ["Budi"]),
        ({"tampil": "terkirim"}, ["Ani", "Dian"]),
        ({"tampil": "dibantu"}, ["Dian"]),
        ({"tampil": "peringkat", "urut": "nilai", "unit": "0"}, "as without"),
        ({"cari": "siapa pun"}, []),
    ],
)
def test_the_list_is_searched_narrowed_and_sorted_never_by_score(
    make: Make, client_for: ClientFor, citra: User, asked: dict[str, str], names: list[str]
) -> None:
    sitting = _five_people(make)

    page = client_for(citra).get(_list(sitting, f"?{urlencode(asked)}"))

    everybody = ["Ani", "Budi", "Cahya", "Aulia", "Dian"]
    assert [row[0] for row in table_rows(page)] == (everybody if names == "as without" else names)


def test_a_narrowed_list_says_what_it_leaves_out_and_keeps_it_over_pages_and_sittings(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    sitting = _five_people(make)
    post = make.sitting(sitting.event, Phase.POST, opens_at=make.now + HOUR)
    unit = make.session.scalars(select(Unit).where(Unit.name == "Kantor B")).one()

    page = client_for(citra).get(
        _list(sitting, f"?sesi={sitting.uid}&cari=a&unit={unit.uid}&tampil=dibantu")
    )

    said = words(root(page))
    assert "1 dari 5 peserta, memuat “a”, Kantor B, di bawah batas lulus" in said
    assert "Berkas yang diunduh memuat semua peserta." in said
    [other] = [link for link in root(page).iter("a") if post.uid in (link.get("href") or "")]
    assert f"cari=a&unit={unit.uid}&tampil=dibantu" in (other.get("href") or "")


def test_what_qualifies_the_figures_is_said_above_a_narrowed_list_too(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    attempt = make.finished()
    browser = client_for(citra)

    whole, none = (browser.get(_list(attempt.sitting, rest)) for rest in ("", "?cari=siapa"))

    assert "Sebut hal ini bila angkanya dikutip" in whole.text
    assert "Sebut hal ini bila angkanya dikutip" in none.text


def test_the_list_is_paged(make: Make, client_for: ClientFor, citra: User) -> None:
    sitting = make.sitting()
    unit = make.unit()
    for _ in range(101):
        make.enrolment(sitting.event, unit=unit)
    browser = client_for(citra)

    first, second, beyond = (
        browser.get(_list(sitting, f"?halaman={page}")) for page in ("1", "2", "3")
    )

    assert [len(table_rows(page)) for page in (first, second, beyond)] == [100, 1, 0]
    assert "Halaman ini sudah di luar daftar." in beyond.text


def test_lists_and_pages_run_as_many_queries_for_three_as_for_one(
    make: Make, client_for: ClientFor, citra: User, count_queries: Count
) -> None:
    attempt = make.finished()
    sitting, browser = attempt.sitting, client_for(citra)
    addresses = [_list(sitting), _list(sitting, ".csv"), _person(attempt)]

    def counts() -> list[int]:
        for address in addresses:
            browser.get(address)
        return [count_queries(lambda a=address: browser.get(a)) for address in addresses]

    one = counts()
    post = make.sitting(sitting.event, Phase.POST)
    make.finished(post, attempt.enrolment)
    for _ in range(2):
        make.finished(sitting, make.enrolment(sitting.event))

    assert counts() == one


def test_a_person_has_attempts_points_by_topic_and_answers(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    make.topic("mengapa", name="Mengapa netralitas penting", position=1)
    make.topic("makna", name="Makna netralitas", position=2)
    items = [make.bank_item(make.item(topic=topic)) for topic in ("makna", "makna", "mengapa")]
    sitting = make.sitting(items=items, shuffle_items=False)
    attempt = make.finished(sitting, right=2)

    page = client_for(citra).get(_person(attempt))

    assert table_rows(page) == [
        ["Mengapa netralitas penting", "0 dari 1"],
        ["Makna netralitas", "2 dari 2"],
    ]
    assert len(texts(page, "answer")) == 3
    assert texts(page, "answer")[0].startswith("Soal 1 1 dari 1")
    assert "0 dari 1, tidak dijawab" in texts(page, "answer")[2]


def test_the_answers_of_an_earlier_attempt_can_be_asked_for(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    pre = make.finished(make.sitting(opens_at=make.now - 2 * HOUR))
    post = make.finished(make.sitting(pre.sitting.event, Phase.POST), pre.enrolment)
    browser = client_for(citra)

    latest, asked = (
        browser.get(_person(post)),
        browser.get(f"{_person(post)}?pengerjaan={pre.uid}"),
    )

    assert [texts(page, "ruled") for page in (latest, asked)] == [
        ["Jawaban Post-test"],
        ["Jawaban Pre-test"],
    ]


def test_keys_of_a_running_attempt_are_not_shown(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    attempt = make.attempt()
    make.response(attempt)

    page = client_for(citra).get(_person(attempt))

    assert texts(page, "answer") == []
    assert texts(page, "badge") == ["Berjalan"]


def test_somebody_who_did_not_start_and_somebody_removed_say_so(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    waiting = make.enrolment()
    removed = make.enrolment(waiting.event, removed_at=make.now)
    browser = client_for(citra)

    pages = [
        browser.get(f"/laporan/{waiting.event.code}/peserta/{enrolment.uid}")
        for enrolment in (waiting, removed)
    ]

    assert texts(pages[0], "empty") == ["Peserta ini belum memulai sesi mana pun."]
    assert notices(pages[1])[0].startswith("Peserta ini dikeluarkan dari daftar")


@pytest.mark.parametrize("role", Role)
def test_only_officers_and_admins_reset(make: Make, client_for: ClientFor, role: Role) -> None:
    attempt = make.finished()
    browser = client_for(make.user(username="seseorang", role=role))

    opened = browser.get(_reset(attempt))
    done = browser.post_form(_reset(attempt), {"reason": "HP mati"})

    allowed = role in {Role.OFFICER, Role.ADMIN}
    assert (opened.status_code, done.status_code) == ((200, 303) if allowed else (403, 403))
    assert (make.fresh(attempt).voided_at is not None) is allowed


def test_a_reset_says_what_will_happen_voids_and_lets_the_person_start_again(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    attempt = make.finished()
    browser = client_for(citra)

    before = browser.get(_reset(attempt))
    reply = browser.post_form(_reset(attempt), {"reason": "HP mati di tengah jalan"})
    again = client_for(attempt.enrolment).post_form(f"/sesi/{attempt.sitting.uid}/mulai")

    assert "tidak dihitung lagi dalam laporan mana pun" in words(root(before))
    assert "sesi ini sekarang tidak terbuka" not in before.text
    assert reply.location == _person(attempt)
    first, second = stored(make, Attempt)
    assert (first.voided_by_id, first.void_reason) == (citra.id, "HP mati di tengah jalan")
    assert again.location == f"/kuis/{second.uid}"
    assert second.voided_at is None
    assert _actions(make)[0] == ("attempt_voided", "attempt", attempt.uid)
    page = browser.get(_person(attempt))
    assert texts(page, "badge")[:2] == ["Berjalan", "Dibatalkan"]


def test_a_reset_in_a_closed_sitting_says_it_must_be_opened(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    attempt = make.finished(make.sitting(closes_at=make.now - timedelta(minutes=1)))

    page = client_for(citra).get(_reset(attempt))

    assert "sesi ini sekarang tidak terbuka: buka atau perpanjang sesinya dulu" in words(root(page))


def test_a_reset_in_a_sitting_whose_keys_are_out_says_that_it_takes_another(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    closed = make.now - timedelta(hours=1)
    attempt = make.finished(
        make.sitting(
            opens_at=closed - timedelta(hours=1),
            closes_at=closed,
            released_at=closed + timedelta(minutes=5),
        ),
        started_at=closed - timedelta(minutes=30),
    )
    browser = client_for(citra)

    page = browser.get(_reset(attempt))
    done = browser.post_form(_reset(attempt), {"reason": "HP mati"}, follow_redirects=True)

    for told in (page, done):
        assert "tidak dapat mulai lagi pada sesi ini" in words(root(told))
        assert "perpanjang sesinya" not in words(root(told))


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("  ", "Tulis alasannya."),
        ("", "Tulis alasannya."),
        ("x" * 401, "Alasan paling banyak 400 huruf."),
    ],
)
def test_a_reset_wants_a_reason(
    make: Make, client_for: ClientFor, citra: User, reason: str, expected: str
) -> None:
    attempt = make.finished()

    reply = client_for(citra).post_form(_reset(attempt), {"reason": reason})

    assert (reply.status_code, [s.removeprefix("Alasan: ") for s in faults(reply)]) == (
        400,
        [expected],
    )
    assert make.fresh(attempt).voided_at is None


def test_an_attempt_is_reset_once_and_only_by_its_own_address(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    attempt, other = make.finished(), make.finished()
    browser = client_for(citra)
    browser.post_form(_reset(attempt), {"reason": "HP mati"})

    twice = browser.post_form(_reset(attempt), {"reason": "HP mati"})
    crossed = browser.get(f"{_person(attempt)}/ulang/{other.uid}")

    assert (twice.status_code, crossed.status_code) == (409, 404)


def test_an_admin_goes_back_to_the_report_without_names(
    make: Make, client_for: ClientFor, eka: User
) -> None:
    attempt = make.finished()

    reply = client_for(eka).post_form(_reset(attempt), {"reason": "HP mati"})

    assert reply.location == f"/laporan/{attempt.sitting.event.code}"
