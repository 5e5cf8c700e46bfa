"""The audit log on its page, and as a file."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, get_args

import pytest
from werkzeug.test import TestResponse

from quiz.actions.people.auditing import record
from quiz.exports.files import FILE_KINDS
from quiz.models import User
from quiz.models.people.audit import GENESIS, Action, Detail, SubjectType
from quiz.models.sources.material import FileOwned, Record
from quiz.permissions import Role
from quiz.queries.sources.file_text import PARTS
from quiz.views.people.audit import DETAILS, SUBJECTS
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import notices, table_rows

ClientFor = Callable[..., HouseClient]
Count = Callable[[Callable[[], object]], int]


def _line(make: Make, actor: User, action: Action = Action.LOGIN, **detail: Any) -> None:
    record(make.session, make.now, actor.id, action, ("user", actor.uid), **detail)
    make.session.commit()


def _foreign_line(make: Make) -> None:
    """A line of the system's own, of an action and a subject that this program does not know."""
    line = record(make.session, make.now, None, Action.LOGIN, ("user", "x"))
    line.action, line.subject_type = "unknown_action", "sistem"
    make.session.commit()


@pytest.mark.parametrize("role", Role)
def test_only_admins_see_the_log(make: Make, client_for: ClientFor, role: Role) -> None:
    browser = client_for(make.user(username="seseorang", role=role))

    assert browser.get("/audit").status_code == (200 if role is Role.ADMIN else 403)


def test_lines_stand_newest_first_in_words(
    make: Make, client_for: ClientFor, eka: User, citra: User
) -> None:
    unit = make.unit("UPT A")
    _line(make, citra)
    record(
        make.session,
        make.now,
        citra.id,
        Action.UNIT_RENAMED,
        ("unit", unit.uid),
        before="UPT Lama",
        after="UPT A",
    )
    make.session.commit()
    _foreign_line(make)

    rows = [row[1:] for row in table_rows(client_for(eka).get("/audit"))]

    assert rows == [
        ["Sistem", "unknown_action", "sistem", "–"],
        [
            "Citra Ningsih",
            "mengubah nama atau jenis unit",
            "unit UPT A",
            "sebelum: UPT Lama; sesudah: UPT A",
        ],
        ["Citra Ningsih", "masuk dengan kata sandi", "orang Citra Ningsih", "–"],
    ]


@pytest.mark.parametrize(
    ("subject", "columns", "said"),
    [
        ("reference", ["valid_from", "text"], "Berlaku sejak, Isi pasal"),
        ("claim", ["statement", "references"], "Pernyataan, Dasar hukum"),
        ("passage", ["text", "checksum"], "Kalimat bahan"),
        ("installation", ["hall_url"], "Alamat ruangan"),
    ],
)
def test_columns_are_called_as_on_the_page_they_are_changed_on(
    make: Make,
    client_for: ClientFor,
    eka: User,
    subject: SubjectType,
    columns: list[str],
    said: str,
) -> None:
    record(make.session, make.now, eka.id, Action.LOGIN, (subject, "x"), columns=columns)
    make.session.commit()

    [row] = table_rows(client_for(eka).get("/audit"))

    assert row[-1] == f"bagian: {said}"


@pytest.mark.parametrize("table", PARTS)
def test_no_column_of_a_record_is_without_words(table: type[Record]) -> None:
    own = {"id", "code", "material_id", "position"} | set(FileOwned.__annotations__)

    columns = set(table.__table__.columns.keys()) - own  # type: ignore[attr-defined]

    assert columns - {"checksum"} == set(PARTS[table])


def test_a_nip_in_a_detail_is_never_shown_whole(
    make: Make, client_for: ClientFor, eka: User
) -> None:
    nip = "198001012005011234"
    _line(make, eka, name=f"Ani {nip}", nip=nip, codes=[nip])

    [row] = table_rows(client_for(eka).get("/audit"))

    assert row[-1] == "nama: Ani …1234; kode: …1234"


def test_an_erased_detail_says_so(make: Make, client_for: ClientFor, eka: User) -> None:
    entry = record(make.session, make.now, eka.id, Action.LOGIN, ("user", eka.uid), name="x")
    make.session.delete(entry.detail)
    entry.detail_id = None
    make.session.commit()

    [row] = table_rows(client_for(eka).get("/audit"))

    assert row[-1] == "rincian sudah dihapus"


def test_filters_by_person_action_and_day(
    make: Make, client_for: ClientFor, eka: User, citra: User
) -> None:
    _line(make, citra)
    _line(make, citra, Action.UNIT_ADDED)
    _line(make, eka)
    browser = client_for(eka)
    day = (make.now + timedelta(hours=8)).date()

    def count(query: str) -> int:
        return len(table_rows(browser.get(f"/audit?{query}")))

    assert [
        count(f"orang={citra.uid}"),
        count("tindakan=login"),
        count(f"orang={citra.uid}&tindakan=login"),
        count(f"dari={day}&sampai={day}"),
        count(f"dari={day + timedelta(days=1)}"),
        count(f"sampai={day - timedelta(days=1)}"),
    ] == [2, 2, 1, 4, 0, 0]  # the reading is a line too


def test_filters_by_kind_of_subject_and_by_the_very_one(
    make: Make, client_for: ClientFor, eka: User, citra: User
) -> None:
    for about in [("user", citra.uid), ("user", eka.uid), ("unit", "upt-a")]:
        record(make.session, make.now, eka.id, Action.LOGIN, about)  # type: ignore[arg-type]
    make.session.commit()
    browser = client_for(eka)

    page = browser.get(f"/audit?jenis=user&uid={citra.uid}")

    assert len(table_rows(browser.get("/audit?jenis=user"))) == 2
    assert [row[3] for row in table_rows(page)] == ["orang Citra Ningsih"]
    assert f'href="/audit?jenis=user&amp;uid={citra.uid}"' in page.text  # each line leads here


def _lines_of(reply: TestResponse) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = json.loads(reply.data)["rows"]
    return lines


def test_who_holds_the_file_can_prove_its_lines(
    make: Make, client_for: ClientFor, eka: User, citra: User
) -> None:
    _line(make, citra, name="x")
    _line(make, eka)
    _foreign_line(make)

    newest_first = _lines_of(client_for(eka).get("/audit.json"))

    previous = GENESIS
    for line in [{key: str(held) for key, held in each.items()} for each in newest_first][::-1]:
        names = ("at", "actor_id", "action", "subject_type", "subject_uid", "detail_digest")
        parts = "\x1f".join([previous, *(line[name] for name in names)])
        if line["action"] != "unknown_action":  # which the test wrote over
            assert hashlib.sha256(parts.encode()).hexdigest() == line["digest"]
        previous = line["digest"]
    assert [line["line"] for line in newest_first] == [3, 2, 1]


@pytest.mark.parametrize("ending", FILE_KINDS)
def test_a_file_says_what_the_page_says_and_is_a_line_itself(
    make: Make, client_for: ClientFor, eka: User, citra: User, ending: str
) -> None:
    _line(make, citra, name="Ani 198001012005011234")
    _line(make, eka)
    browser = client_for(eka)

    reply = browser.get(f"/audit.{ending}?orang={citra.uid}")

    assert reply.mimetype == FILE_KINDS[ending].media_type
    assert b"198001012005011234" not in reply.data
    if ending == "csv":
        head, *lines = reply.data.decode("utf-8-sig").splitlines()
        assert head.startswith("Baris;Waktu (UTC);Siapa;Melakukan apa;")
        assert [line.split(";")[5] for line in lines] == ["nama: Ani …1234"]
    last = _lines_of(browser.get("/audit.json"))[0]
    assert (last["action"], last["detail"]) == (
        "audit_exported",
        f"bentuk: {ending}; ditambahkan: 1",
    )


def test_a_file_is_bounded_and_says_how_to_get_the_rest(
    make: Make, client_for: ClientFor, eka: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quiz.views.people.audit.LONGEST", 1)
    _line(make, eka)
    _line(make, eka)

    reply = client_for(eka).get("/audit.csv")

    assert reply.status_code == 400
    assert "Persempit tanggalnya" in reply.text


def test_a_file_of_a_day_that_is_none_is_refused(client_for: ClientFor, eka: User) -> None:
    reply = client_for(eka).get("/audit.csv?dari=kemarin")

    assert reply.status_code == 400
    assert "Dari tanggal: Tanggal “kemarin” tidak dikenal." in reply.text


def test_a_day_that_is_none_is_named(make: Make, client_for: ClientFor, eka: User) -> None:
    reply = client_for(eka).get("/audit?dari=kemarin")

    assert reply.status_code == 200
    assert notices(reply)[0].startswith("Dari tanggal: Tanggal “kemarin” tidak dikenal.")


def test_the_log_runs_as_many_queries_for_three_lines_as_for_one(
    make: Make, client_for: ClientFor, eka: User, citra: User, count_queries: Count
) -> None:
    _line(make, eka, name="x")
    browser = client_for(eka)
    browser.get("/audit")
    one = count_queries(lambda: browser.get("/audit"))
    _line(make, citra, name="y")
    _line(make, citra, name="z")

    assert count_queries(lambda: browser.get("/audit")) == one


def test_every_subject_and_detail_of_a_line_has_words() -> None:
    assert set(get_args(SubjectType)) == set(SUBJECTS)
    assert set(Detail.__annotations__) == set(DETAILS)
