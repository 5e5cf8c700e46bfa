"""Results per unit of one sitting, with exactly the rows of the page."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from quiz.assessment.analysis.unit_report import UnitRow
from quiz.assessment.attendance import turnout_words
from quiz.exports.files.table_out import Head, OutCell, TableOut
from quiz.formats import Number, datetime_id, whole_percent
from quiz.models import Sitting
from quiz.queries.scores.caveats import PURPOSE
from quiz.queries.scores.reports import SittingReport, sitting_report

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
)
EVERYBODY = "Semua peserta"


def unit_figures(session: Session, sitting: Sitting, now: datetime) -> TableOut:
    """The rows of the page as a table; what is withheld is empty, in JSON null.

    Percents are whole numbers as on the page: fewer than 50 people carry no third digit.
    """
    report = sitting_report(session, sitting, now)
    rows = [*report.units.rows, report.units.total]
    return TableOut(
        title=f"Hasil per unit {sitting.event.code}, {sitting.label}",
        heads=HEADS,
        rows=[_cells(row, report) for row in rows],
        notes=tuple(_notes(report)),
        json=_json(report),
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
        report.topic(row.weakest_topic),
        row.unrecorded,
    ]


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
    }
