"""The list of people affected by a breach, for the office: no more than the letters need."""

from collections.abc import Sequence

from quiz.exports.files.table_out import Head, TableOut
from quiz.formats import datetime_id
from quiz.queries.people.privacy.breaches import Affected, Breach, Way


def affected_people(breach: Breach, people: Sequence[Affected]) -> TableOut:
    """Everybody with unit, events and kinds of data. No NIP, no score, no answer."""
    by_account = breach.way is Way.ACCOUNT
    heads = [
        Head("name", "Nama"),
        Head("unit", "Unit"),
        Head("events", "Kegiatan"),
        Head("kinds", "Data yang terkena"),
    ]
    if by_account:
        heads.append(Head("opened", "Dibuka akun itu"))
    return TableOut(
        title="Orang yang terkena kebocoran data pribadi",
        heads=heads,
        rows=[
            [
                each.name,
                each.unit,
                ", ".join(dict.fromkeys(each.events)),
                "; ".join(each.kinds),
                *(["ya, menurut jejak" if each.opened else "mungkin"] if by_account else []),
            ]
            for each in people
        ],
        notes=(
            f"{len(people)} orang. Antara {datetime_id(breach.since)} dan "
            f"{datetime_id(breach.until)}, {breach.way.label}.",
            "Hanya untuk memberi tahu yang bersangkutan; hapus daftar ini sesudah selesai.",
        ),
    )
