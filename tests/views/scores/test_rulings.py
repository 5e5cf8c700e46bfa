"""Correcting a key in the browser: look first, give a reason, apply, take back."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from urllib.parse import urlencode

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from quiz.formats import date_id
from quiz.models import AuditEntry, BankItem, Score, Sitting, StoredRuling, User
from quiz.permissions import Role
from quiz.queries.scores.computed import computed_score
from tests.client import HouseClient
from tests.conftest import BOTH_DATABASES
from tests.factories import Make
from tests.reading import faults, notices, root, stored, table_rows, texts, with_class, words

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]

REASON = "Pasal 9 ayat (2) menyebut keduanya."


@pytest.fixture
def item(make: Make) -> BankItem:
    """A contested item: the first option is the key."""
    return make.bank_item(make.item(code="ADA-1", stem="Apa itu netral?"))


@pytest.fixture
def sitting(make: Make, item: BankItem) -> Sitting:
    """Three submitted: the key, the second option, a blank; the other item right throughout."""
    sitting = make.sitting(items=[item, make.bank_item()], pass_mark=100, closes_at=make.now)
    answered(make, item, sitting, (0, 1, None))
    return sitting


def answered(make: Make, item: BankItem, sitting: Sitting, places: Sequence[int | None]) -> None:
    """Somebody for each of these options of the contested item, None for a blank."""
    for place in places:
        attempt = make.attempt(sitting)
        if place is not None:
            make.response(attempt, 1, [option(item, place)])
        make.response(attempt, 2)
        attempt.submitted_at, attempt.receipt = make.now, "ABCDEF"
        make.score(attempt, make.now)


def option(item: BankItem, place: int) -> str:
    """The id of the option at this place in the author's order."""
    assert item.published is not None
    return item.published.item.options[place].id


def fields_of(page: TestResponse) -> dict[str, list[str]]:
    """What the preview's form would send, as it was rendered."""
    [form] = [
        f
        for f in root(page).iter("form")
        if f.get("method") == "post" and f.get("novalidate") is not None
    ]
    sent: dict[str, list[str]] = {}
    for field in form.iter("input"):
        if field.get("type") != "checkbox" or field.get("checked") is not None:
            sent.setdefault(field.get("name", ""), []).append(field.get("value", ""))
    return sent


def looked_at(browser: HouseClient, **chosen: object) -> TestResponse:
    query = urlencode({"versi": 1, **chosen}, doseq=True)
    return browser.get(f"/soal/ADA-1/putusan/pratinjau?{query}")


def ruled(browser: HouseClient, reason: str = REASON, **chosen: object) -> TestResponse:
    sent = fields_of(looked_at(browser, **chosen)) | {"reason": reason}
    return browser.post_form("/soal/ADA-1/putusan", sent)


def current(make: Make) -> list[tuple[Fraction, Fraction]]:
    make.session.commit()
    rows = make.session.scalars(select(Score).where(Score.current).order_by(Score.attempt_id))
    return [(score.knowledge_points, score.knowledge_max) for score in rows]


ADDRESSES = ("/soal/ADA-1/putusan", "/soal/ADA-1/putusan/pratinjau?jenis=batal")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("address", ADDRESSES)
def test_only_a_legal_checker_sees_rulings(
    make: Make, client_for: ClientFor, sitting: Sitting, role: Role, address: str
) -> None:
    reply = client_for(make.user(username="seseorang", role=role)).get(address)

    assert reply.status_code == (200 if role is Role.LEGAL_CHECKER else 403)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LEGAL_CHECKER}))
def test_nobody_else_makes_or_withdraws_one(
    make: Make, client_for: ClientFor, item: BankItem, sitting: Sitting, role: Role
) -> None:
    row = make.ruling(item.published)
    browser = client_for(make.user(username="seseorang", role=role))

    replies = [
        browser.post_form("/soal/ADA-1/putusan", {"versi": 1, "jenis": "batal"}),
        browser.post_form(f"/soal/ADA-1/putusan/{row.uid}/cabut", {"reason": REASON}),
    ]

    assert [reply.status_code for reply in replies] == [403, 403]
    assert [one.withdrawn_at for one in stored(make, StoredRuling)] == [None]


def test_the_preview_says_who_rises_and_falls_and_changes_nothing(
    make: Make, client_for: ClientFor, item: BankItem, sitting: Sitting, hadi: User
) -> None:
    answered(make, item, sitting, (0,) * 4 + (1,) * 5 + (None,) * 4)
    page = looked_at(client_for(hadi), jenis="terima", opsi=option(item, 1))

    assert texts(page, "finding") == ["Diterima juga: “Opsi 2”."]
    assert texts(page, "count") == [
        "3–7 naik",
        "0–2 turun",
        "8–12 tetap",
        "3–7 jadi lulus",
        "0–2 jadi tidak lulus",
    ]
    event = sitting.event
    assert [row[1:] for row in table_rows(page)] == [["16 peserta"]]
    assert table_rows(page)[0][0].endswith(f"{event.title} · {event.code}")
    assert stored(make, StoredRuling) == []


@pytest.mark.parametrize(
    ("places", "open_still"),
    [
        ((0, 1, 1, None), False),
        ((0,) * 6 + (1,) * 6, True),
    ],
    ids=["few people", "still open"],
)
def test_of_few_people_the_preview_says_nothing_and_they_are_rescored_all_the_same(
    make: Make,
    client_for: ClientFor,
    item: BankItem,
    hadi: User,
    places: tuple[int | None, ...],
    open_still: bool,
) -> None:
    times = {} if open_still else {"closes_at": make.now}
    sitting = make.sitting(items=[item, make.bank_item()], **times)
    answered(make, item, sitting, places)
    browser = client_for(hadi)

    page = looked_at(browser, jenis="terima", opsi=option(item, 1))
    reply = ruled(browser, jenis="terima", opsi=option(item, 1))

    [line] = stored(make, AuditEntry)
    assert texts(page, "count") == []
    assert [row[1:] for row in table_rows(page)] == [["tidak ditampilkan"]]
    assert notices(browser.get(reply.location)) == [
        "Putusan berlaku. Nilai yang terkena dihitung ulang."
    ]
    assert {"up", "down", "same"} & set(line.detail.content) == set()
    assert [points for points, _ in current(make)].count(2) == sum(p in (0, 1) for p in places)


def test_no_sum_of_two_pages_tells_how_a_small_sitting_chose(
    make: Make, client_for: ClientFor, item: BankItem, sitting: Sitting, hadi: User
) -> None:
    large = make.sitting(items=[item, make.bank_item()], closes_at=make.now)
    answered(make, item, large, (0,) * 5 + (1,) * 5)
    browser = client_for(hadi)

    preview = looked_at(browser, jenis="terima", opsi=option(item, 1))
    analysis = browser.get("/soal/ADA-1/analisis")

    assert texts(preview, "count")[:3] == ["3–7 naik", "0–2 turun", "3–7 tetap"]
    assert [row[1] for row in table_rows(analysis)][:2] == ["3–7", "3–7"]


def test_accepting_another_option_gives_new_scores_a_reason_and_an_audit_line(
    make: Make, client_for: ClientFor, item: BankItem, sitting: Sitting, hadi: User
) -> None:
    answered(make, item, sitting, (0,) * 4 + (1,) * 4 + (None,) * 4)
    browser = client_for(hadi)

    reply = ruled(browser, jenis="terima", opsi=option(item, 1))

    [row] = stored(make, StoredRuling)
    [line] = stored(make, AuditEntry)
    page = browser.get(reply.location)
    assert (reply.status_code, reply.location) == (303, "/soal/ADA-1/putusan?versi=1")
    assert (row.kind, row.weights, row.reason) == ("accept", {option(item, 1): "1"}, REASON)
    assert row.made_by_id == hadi.id
    assert (line.action, line.subject_uid) == ("ruling_made", "ADA-1")
    assert line.detail.content == {
        "version": 1,
        "kind": "jawaban lain diterima juga",
        "up": "3–7",
        "down": "0–2",
        "same": "8–12",
        "reason": REASON,
        "contests": 0,
    }
    assert notices(page) == ["Putusan berlaku. 3–7 naik, 0–2 turun, 8–12 tetap."]
    assert current(make)[:3] == [(2, 2), (2, 2), (1, 2)]


def test_the_key_moves_to_another_option(
    make: Make, client_for: ClientFor, item: BankItem, sitting: Sitting, hadi: User
) -> None:
    weights = {f"bobot-{option(item, place)}": "01"[place == 1] for place in range(4)}

    ruled(client_for(hadi), jenis="bobot", **weights)

    [row] = stored(make, StoredRuling)
    assert row.weights == {option(item, 0): "0", option(item, 1): "1"}
    assert current(make) == [(1, 2), (2, 2), (1, 2)]


def test_a_void_item_leaves_the_scores(
    make: Make, client_for: ClientFor, sitting: Sitting, hadi: User
) -> None:
    browser = client_for(hadi)

    ruled(browser, jenis="batal")

    page = browser.get("/soal/ADA-1/putusan")
    assert current(make) == [(1, 1), (1, 1), (1, 1)]
    assert table_rows(page)[0][0] == "Soal ini dibatalkan dan tidak dihitung."
    assert "Lihat akibatnya" not in page.text


@pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)
def test_page_files_and_score_rows_agree_after_a_ruling(
    make: Make,
    client_for: ClientFor,
    item: BankItem,
    sitting: Sitting,
    hadi: User,
    citra: User,
) -> None:
    for _ in range(3):
        make.finished(sitting)
    desk = client_for(citra)
    report = f"/laporan/{sitting.event.code}/unit"
    before = desk.get(f"{report}.json?sesi={sitting.uid}").json["total"]

    ruled(client_for(hadi), jenis="terima", opsi=option(item, 1))

    total = desk.get(f"{report}.json?sesi={sitting.uid}").json["total"]
    page = desk.get(f"{report}?sesi={sitting.uid}")
    people = desk.get(f"/laporan/{sitting.event.code}/peserta.csv?sesi={sitting.uid}")
    listed = list(csv.DictReader(io.StringIO(people.text.lstrip("\ufeff")), delimiter=";"))
    make.session.commit()
    rows = make.session.scalars(select(Score).where(Score.current).order_by(Score.attempt_id)).all()
    percents = [100 * row.knowledge_points / row.knowledge_max for row in rows]
    assert percents == [100, 100, 50, 100, 100, 100]
    assert (before["mean"], before["passed"]) == (83, 4)
    assert (total["mean"], total["passed"]) == (92, 5)
    assert "Nilai rata-rata 92 (rentang" in words(with_class(page, "finding")[0])
    assert sorted(int(one["Nilai"]) for one in listed if one["Nilai"]) == sorted(percents)
    for row in rows:
        assert row.items == computed_score(make.session, row.attempt, make.now).items


def test_the_report_mentions_the_correction_while_it_holds(
    make: Make, client_for: ClientFor, item: BankItem, sitting: Sitting, citra: User
) -> None:
    row = make.ruling(item.published, "accept", options=[option(item, 1)])
    desk = client_for(citra)
    address = f"/laporan/{sitting.event.code}/unit"

    page = desk.get(address)
    row.withdrawn_at, row.withdrawn_by = make.now, row.made_by
    make.session.commit()
    later = desk.get(address)

    said = "1 butir dikoreksi sesudah ada jawaban: ADA-1, jawaban lain diterima juga ({})."
    assert said.format(date_id(make.now)) in notices(page)
    assert "dikoreksi" not in later.text


def test_a_reason_is_required_and_nothing_is_ruled_without_one(
    make: Make, client_for: ClientFor, sitting: Sitting, hadi: User
) -> None:
    browser = client_for(hadi)

    empty, short = (ruled(browser, reason, jenis="batal") for reason in ("", "Keliru."))

    assert [reply.status_code for reply in (empty, short)] == [400, 400]
    assert faults(empty) == ["Alasan: Tulis dulu isinya."]
    assert faults(short) == ["Alasan: Tulis 10 sampai 1000 karakter."]
    assert "Keliru." in words(with_class(short, "control")[0])
    assert stored(make, StoredRuling) == []


@pytest.mark.parametrize(
    ("chosen", "fault"),
    [
        ({"jenis": "terima"}, "Pilih paling sedikit satu opsi yang diterima juga."),
        (
            {"jenis": "terima", "opsi": "z"},
            "Ada opsi yang tidak ada pada soal ini. Muat ulang halaman.",
        ),
        ({"jenis": "bobot"}, "Opsi A: Bobot “” tidak dikenal. Tulis seperti 1, 0,5, atau 1/2."),
        ({"jenis": "ngawur"}, "Pilih paling sedikit satu opsi yang diterima juga."),
    ],
)
def test_a_choice_that_makes_no_sense_is_named(
    client_for: ClientFor, sitting: Sitting, hadi: User, chosen: dict[str, str], fault: str
) -> None:
    page = looked_at(client_for(hadi), **chosen)

    assert page.status_code == 400
    assert faults(page)[0] == fault


def test_a_wrong_weight_stays_in_its_field(
    client_for: ClientFor, item: BankItem, sitting: Sitting, hadi: User
) -> None:
    weights = {f"bobot-{option(item, place)}": "0" for place in range(3)}
    weights[f"bobot-{option(item, 3)}"] = "setengah"

    page = looked_at(client_for(hadi), jenis="bobot", **weights)

    values = [field.get("value") for field in with_class(page, "short")]
    assert values == ["0", "0", "0", "setengah"]
    assert faults(page) == [
        "Opsi D: Bobot “setengah” tidak dikenal. Tulis seperti 1, 0,5, atau 1/2."
    ]


def test_who_looked_before_somebody_else_ruled_looks_again(
    make: Make, client_for: ClientFor, item: BankItem, sitting: Sitting, hadi: User
) -> None:
    browser = client_for(hadi)
    sent = fields_of(looked_at(browser, jenis="terima", opsi=option(item, 1))) | {"reason": REASON}
    make.ruling(item.published, "accept", options=[option(item, 2)])

    reply = browser.post_form("/soal/ADA-1/putusan", sent)

    assert reply.status_code == 409
    assert notices(reply) == [
        "Putusan lain atas soal ini baru saja berubah. Periksa lagi akibatnya."
    ]
    assert len(stored(make, StoredRuling)) == 1
    again = browser.post_form("/soal/ADA-1/putusan", fields_of(reply) | {"reason": REASON})
    assert (again.status_code, len(stored(make, StoredRuling))) == (303, 2)


def test_nobody_rules_on_a_key_of_their_own(
    make: Make, client_for: ClientFor, item: BankItem, sitting: Sitting, hadi: User
) -> None:
    item.published.author = hadi
    make.session.commit()
    browser = client_for(hadi)

    page = browser.get("/soal/ADA-1/putusan")
    preview = looked_at(browser, jenis="batal")
    sent = {"versi": 1, "jenis": "batal", "reason": REASON, "dasar": "0"}
    made = browser.post_form("/soal/ADA-1/putusan", sent)

    said = "Soal ini Anda tulis sendiri. Minta pemeriksa lain yang memutus kuncinya."
    assert notices(page) == [said]
    assert "Lihat akibatnya" not in page.text
    assert (preview.status_code, said in preview.text) == (409, True)
    assert (made.status_code, stored(make, StoredRuling)) == (409, [])


def test_an_unused_version_is_edited_instead(
    client_for: ClientFor, item: BankItem, hadi: User
) -> None:
    page = client_for(hadi).get("/soal/ADA-1/putusan")

    assert notices(page) == ["Versi ini belum dipakai dalam sesi mana pun. Sunting saja soalnya."]


def test_a_ruling_is_withdrawn_with_the_same_look_and_a_reason(
    make: Make, client_for: ClientFor, item: BankItem, sitting: Sitting, hadi: User
) -> None:
    answered(make, item, sitting, (0,) * 4 + (1,) * 4 + (None,) * 4)
    row = make.ruling(item.published, "accept", options=[option(item, 1)])
    browser = client_for(hadi)
    address = f"/soal/ADA-1/putusan/{row.uid}/cabut"

    page = browser.get(address)
    refused = browser.post_form(address, {"reason": ""})
    reply = browser.post_form(address, {"reason": "Ternyata pasalnya lain."})

    after = browser.get(reply.location)
    assert texts(page, "count")[:3] == ["0–2 naik", "3–7 turun", "8–12 tetap"]
    assert refused.status_code == 400
    assert (reply.status_code, reply.location) == (303, "/soal/ADA-1/putusan?versi=1")
    assert notices(after) == ["Putusan dicabut. 0–2 naik, 3–7 turun, 8–12 tetap."]
    assert current(make)[:3] == [(2, 2), (1, 2), (1, 2)]
    assert [entry.action for entry in stored(make, AuditEntry)] == ["ruling_withdrawn"]
    assert table_rows(after)[0][1] == ("Pasalnya berkata lain.Dicabut: Ternyata pasalnya lain.")


def test_a_withdrawn_ruling_is_not_withdrawn_again(
    make: Make, client_for: ClientFor, item: BankItem, sitting: Sitting, hadi: User
) -> None:
    row = make.ruling(item.published)
    row.withdrawn_at, row.withdrawn_by = make.now, row.made_by
    make.session.commit()

    reply = client_for(hadi).get(f"/soal/ADA-1/putusan/{row.uid}/cabut")

    assert (reply.status_code, "Putusan ini sudah dicabut." in reply.text) == (409, True)


def test_a_ruling_of_another_item_is_not_found(
    make: Make, client_for: ClientFor, item: BankItem, sitting: Sitting, hadi: User
) -> None:
    other = make.bank_item(make.item(code="LAIN-1"))
    make.sitting(items=[other])
    row = make.ruling(other.published)
    browser = client_for(hadi)

    assert browser.get(f"/soal/ADA-1/putusan/{row.uid}/cabut").status_code == 404
    assert browser.get("/soal/TIDAK-ADA/putusan").status_code == 404
    assert browser.get("/soal/ADA-1/putusan?versi=7").status_code == 404


def test_the_pages_run_as_many_queries_for_many_attempts_as_for_few(
    make: Make,
    client_for: ClientFor,
    item: BankItem,
    sitting: Sitting,
    hadi: User,
    count_queries: Count,
) -> None:
    row = make.ruling(item.published, "accept", options=[option(item, 2)])
    make.contest(make.finished(sitting))
    browser = client_for(hadi)
    acts = [
        lambda: looked_at(browser, jenis="terima", opsi=option(item, 1)),
        lambda: browser.get(f"/soal/ADA-1/putusan/{row.uid}/cabut"),
        lambda: browser.get("/soal/ADA-1/putusan"),
    ]
    for act in acts:
        act()
    few = [count_queries(act) for act in acts]
    for _ in range(9):
        make.contest(make.finished(sitting))
    make.ruling(item.published, "accept", options=[option(item, 3)])

    many = [count_queries(act) for act in acts]

    assert many == few


def test_the_item_page_leads_a_checker_to_rulings(
    client_for: ClientFor, item: BankItem, sitting: Sitting, hadi: User, dewi: User
) -> None:
    pages = [client_for(person).get("/soal/ADA-1").text for person in (hadi, dewi)]

    assert [bool(re.search(r"/soal/ADA-1/putusan", page)) for page in pages] == [True, False]
