"""Results per unit of one sitting, with exactly the rows of the page."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from quiz.assessment.analysis.display import ShownChange
from quiz.assessment.analysis.sitting_report import SittingChange, SittingReport
from quiz.assessment.analysis.unit_report import UnitRow
from quiz.assessment.attendance import turnout_words
from quiz.exports.files.table_out import Head, OutCell, TableOut
from quiz.formats import Number, datetime_id, round_half_up, whole_percent
from quiz.models import Sitting
from quiz.queries.scores.caveats import PURPOSE
from quiz.queries.scores.reports import sitting_report

HEADS = (
    Head("code", "Kode"),
    Head("name", "Unit"),
    Head("kind", "Jenis"),
    Head("pooled", "Gabungan dari"),
    Head("invited", "Terdaftar", "integer"),
    Head("attended", "Hadir", "integer"),
    Head("submitted", "Mengirim", "integer"),
    Head("mean", "Nilai rata-rata", "integer"),
    Head("low", "Rentang 95% dari", "integer"),
    Head("high", "Rentang 95% sampai", "integer"),
    Head("passed", "Lulus", "integer"),
    Head("weakest_topic", "Topik paling lemah"),
    Head("unrecorded", "Mengerjakan tanpa tercatat hadir", "integer"),
    Head("drawn_mean", "Nilai disesuaikan menurut jumlah orang", "integer"),
    Head("drawn_low", "Disesuaikan, rentang 95% dari", "integer"),
    Head("drawn_high", "Disesuaikan, rentang 95% sampai", "integer"),
)
"""What stands before a column for each topic."""

EVERYBODY = "Semua peserta"


def unit_figures(session: Session, sitting: Sitting, now: datetime) -> TableOut:
    """The rows of the page as a table; what is withheld is empty, in JSON null.

    Percents are whole numbers as on the page: fewer than 50 people carry no third digit.
    """
    return unit_table(sitting_report(session, sitting, now))


def unit_table(report: SittingReport) -> TableOut:
    """The rows of a report, live or of an edition, as a table."""
    rows = [*report.units.rows, report.units.total]
    return TableOut(
        title=f"Hasil per unit {report.sitting.event.code}, {report.sitting.label}",
        heads=[*HEADS, *_topic_heads(report)],
        rows=[_cells(row, report) for row in rows],
        notes=tuple(_notes(report)),
        json=_json(report),
        totals=1,
    )


def _cells(row: UnitRow, report: SittingReport) -> list[OutCell]:
    return [
        row.code,
        row.name or EVERYBODY,
        row.kind_name,
        "; ".join(row.pooled_names),
        row.invited,
        row.attended,
        row.submitted,
        _whole(row.mean, report.sitting.pass_mark),
        _whole(row.low, report.sitting.pass_mark),
        _whole(row.high, report.sitting.pass_mark),
        row.passed,
        report.hardest(row),
        row.unrecorded,
        *_drawn(row, report.sitting.pass_mark),
        *(_share(row, topic) for topic in report.asked_topics),
    ]


def _topic_heads(report: SittingReport) -> Iterator[Head]:
    for topic in report.asked_topics:
        yield Head(f"topic_{topic}", f"Topik: {report.topic(topic)} (% poin)", "integer")


def _share(row: UnitRow, topic: str) -> int | None:
    return whole_percent(row.topics[topic]) if topic in row.topics else None


def _drawn(row: UnitRow, mark: int) -> tuple[int | None, int | None, int | None]:
    if row.drawn is None:
        return (None, None, None)
    low, high = max(0.0, row.drawn.low), min(100.0, row.drawn.high)
    return (
        whole_percent(row.drawn.mean, mark),
        whole_percent(low, mark),
        whole_percent(high, mark),
    )


def _whole(percent: Number | None, mark: int) -> int | None:
    return None if percent is None else whole_percent(percent, mark)


def _notes(report: SittingReport) -> Iterator[str]:
    yield f"Keadaan pada {datetime_id(report.as_of)}. Batas lulus {report.sitting.pass_mark}."
    yield report.turnout
    if not report.units.settled:
        yield report.unsettled_words
    yield (
        f"Kosong: kurang dari {report.units.minimum} orang mengirim, atau disembunyikan agar angka "
        "unit lain tidak dapat dihitung balik."
    )
    for row in report.units.rows:
        if row.unrecorded:
            yield f"{row.name}: {row.attendance.beside}."
    for row in report.units.participation:
        yield (
            f"{row.name}: {turnout_words(row.attendance, submitted=row.submitted)}; hasilnya dalam "
            f"gabungan {row.kind_name}."
        )
    if report.change:
        yield from report.change.sentences
    yield from report.measured.sentences
    yield PURPOSE
    yield from report.caveats.sentences


def _json(report: SittingReport) -> dict[str, Any]:
    moment = report.as_of.astimezone(UTC).replace(microsecond=0)
    return {
        "event": report.sitting.event.code,
        "sitting": report.sitting.uid,
        "as_of": moment.isoformat().replace("+00:00", "Z"),
        "units": [_json_row(row, report.sitting.pass_mark) for row in report.units.rows],
        "total": _json_row(report.units.total, report.sitting.pass_mark),
        "change": None if report.change is None else _json_change(report.change),
    }


def _json_change(change: SittingChange) -> dict[str, Any]:
    found, shown = change.found, change.shown
    return {
        "since": change.before.uid,
        "counted": found.counted,
        "left_out": found.left_out,
        "only_before": found.only_before,
        "only_after": found.only_after,
        "direction": change.direction,
        "gain": None if change.gain is None else float(round_half_up(change.gain, 2)),
        "whole": None if shown is None else _json_means(shown.whole),
        "topics": {
            topic: _json_means(means) for topic, means in (shown.topics if shown else {}).items()
        },
    }


def _json_means(means: ShownChange) -> dict[str, int | float | None]:
    return {
        name: None if number is None else float(number) if means.places else int(number)
        for name, number in means._asdict().items()
        if name != "places"
    }


def _json_row(row: UnitRow, mark: int) -> dict[str, Any]:
    return {
        "code": row.code or None,
        "name": row.name or EVERYBODY,
        "kind": row.kind or None,
        "pooled": list(row.pooled),
        "invited": row.invited,
        "attended": row.attended,
        "submitted": row.submitted,
        "mean": _whole(row.mean, mark),
        "low": _whole(row.low, mark),
        "high": _whole(row.high, mark),
        "passed": row.passed,
        "weakest_topic": row.weakest_topic,
        "drawn": dict(zip(("mean", "low", "high"), _drawn(row, mark), strict=True)),
        "topics": {topic: whole_percent(share) for topic, share in row.topics.items()},
    }
