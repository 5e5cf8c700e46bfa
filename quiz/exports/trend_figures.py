"""The trend over events, per kind of unit, with exactly the rows of the page."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.assessment.analysis.groups.kinds import KindMean
from quiz.exports.files.table_out import Head, OutCell, TableOut
from quiz.formats import date_id, datetime_id, whole_percent, wita
from quiz.queries.scores.caveats import PURPOSE
from quiz.queries.scores.groups.trend import LATEST, Point, Trend, trend

TITLE = "Tren antarkegiatan"

OTHER_ITEMS = (
    "Kisi-kisinya sama, soalnya dan pesertanya berbeda: perbedaan antarkegiatan dapat berasal dari "
    "soal yang lebih mudah atau peserta yang lain, jadi belum berarti kegiatannya lebih baik."
)
"""What has to be said where events stand side by side."""

ALONE = "Baru satu kegiatan dengan kisi-kisi ini. Perbandingan tampil mulai kegiatan kedua."

HOW = (
    f"{LATEST} kegiatan terakhir yang post-testnya ditutup, yang diarsipkan juga. Jenis unit "
    "menurut hari kegiatannya."
)
"""Which events stand in it."""

WITHHELD = (
    "Tidak ditampilkan: kurang dari 5 orang mengirim, atau disamarkan agar angka yang lain tidak "
    "dapat dihitung balik."
)

HEADS = (
    Head("kind", "Jenis unit"),
    Head("event", "Kode kegiatan"),
    Head("title", "Kegiatan"),
    Head("date", "Tanggal", "date"),
    Head("invited", "Terdaftar", "integer"),
    Head("submitted", "Mengirim post-test", "integer"),
    Head("mean", "Rata-rata post-test", "integer"),
    Head("low", "Rentang 95% dari", "integer"),
    Head("high", "Rentang 95% sampai", "integer"),
    Head("before_submitted", "Mengirim pre-test setara", "integer"),
    Head("before_mean", "Rata-rata pre-test", "integer"),
    Head("before_low", "Pre-test, rentang 95% dari", "integer"),
    Head("before_high", "Pre-test, rentang 95% sampai", "integer"),
)


def trend_figures(session: Session, _: None, now: datetime) -> TableOut:
    """The rows of the page as a table, kind by kind; what is withheld is empty, in JSON null."""
    found = trend(session, now)
    return TableOut(
        title=TITLE,
        heads=HEADS,
        rows=[_cells(line.kind, point) for line in found.lines for point in line.points],
        notes=(
            f"Keadaan pada {datetime_id(now)}.",
            *said(found),
            *left_out(found),
            HOW,
            WITHHELD,
            PURPOSE,
        ),
    )


def said(found: Trend) -> Iterator[str]:
    """What qualifies the figures, and how the last event of each kind stands to the one before."""
    if found.lines:
        yield ALONE if len(found.events) == 1 else OTHER_ITEMS
    for line in found.lines:
        if line.against:
            yield f"{line.kind}, kegiatan terakhir dibanding kegiatan sebelumnya: {line.against}."


def left_out(found: Trend) -> Iterator[str]:
    """The events that are not compared, each with the reason."""
    for event, why in found.left_out:
        yield f"Tidak dibandingkan: {event.code}, {event.title}. {why}"


def point_name(point: Point) -> str:
    """Which event it is."""
    return f"{point.event.code}, {date_id(point.event.starts_at)}"


def _cells(kind: str, point: Point) -> list[OutCell]:
    event = point.event
    return [
        kind,
        event.code,
        event.title,
        wita(event.starts_at).date(),
        point.invited,
        *_means(point.after),
        *_means(point.before),
    ]


def _means(mean: KindMean | None) -> list[int | None]:
    """How many, and their mean with its interval; what there is none of is None."""
    if mean is None:
        return [None] * 4
    ends = mean.found or (None, None, None)
    return [mean.n, *(None if end is None else whole_percent(end) for end in ends)]
