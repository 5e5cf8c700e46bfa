"""Texts for heads of units, to be sent by hand: their office's figures as an edition tells them,
and what to answer whoever asks for names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.assessment.analysis.editions.figures import SittingFigures
from quiz.assessment.analysis.sitting_report import SittingReport
from quiz.assessment.analysis.unit_report import UnitRow
from quiz.assessment.attendance import turnout_words
from quiz.assessment.rounding import whole_percent
from quiz.exports.documents.apel import UnitApels
from quiz.formats import date_id, datetime_id, percent_id
from quiz.models import Edition
from quiz.queries.people.settings import Installation, installation
from quiz.queries.scores.caveats import INVENTED

NAMED = 4
"""So many units of a pool are named in a text; the report names all."""

HARDEST = 3
"""Topics told of, the hardest first."""


@dataclass(frozen=True)
class UnitText:
    """What goes to the head of one unit, or for ``code`` "" to all of them: ``figures``, and
    ``names_asked`` for who asks whom to help."""

    code: str
    name: str
    figures: str
    names_asked: str


@dataclass(frozen=True)
class _Unit:
    """A unit with its participation, and the row whose results stand for it: its own, or its
    pool's."""

    code: str
    name: str
    there: UnitRow
    row: UnitRow


def unit_texts(
    session: Session, edition: Edition, figures: SittingFigures, now: datetime
) -> list[UnitText]:
    """One for everybody, then one for each unit by name, on a sitting of a published ``edition``.

    Nothing live is in them: two texts are compared as easily as two editions. A constant number of
    queries.
    """
    report = figures.report()
    apels = UnitApels(session, figures, now)
    say = _Said(edition, report, apels, installation(session), now)
    total = report.units.total
    return [
        say.text(_Unit("", "Semua peserta", total, total)),
        *(say.text(unit) for unit in _units(report)),
    ]


def _units(report: SittingReport) -> list[_Unit]:
    own = [_Unit(row.code, row.name, row, row) for row in report.units.rows if not row.pooled]
    pool_of = {code: row for row in report.units.rows for code in row.pooled}
    pooled = [
        _Unit(there.code, there.name, there, pool_of[there.code])
        for there in report.units.participation
    ]
    return sorted([*own, *pooled], key=lambda unit: (unit.name.casefold(), unit.code))


@dataclass(frozen=True)
class _Said:
    """What all texts of a sitting are made of."""

    edition: Edition
    report: SittingReport
    apels: UnitApels
    here: Installation
    now: datetime

    def text(self, unit: _Unit) -> UnitText:
        return UnitText(unit.code, unit.name, self._figures(unit), self._names_asked(unit))

    def _figures(self, unit: _Unit) -> str:
        return _paragraphs(
            INVENTED if self.here.demo else "",
            f"Yth. {_addressed(unit)}",
            self._event(),
            _turnout(unit),
            self._results(unit),
            self._caveats(unit),
            self._next(unit),
            "Untuk pembinaan di kantor Bapak/Ibu, bukan untuk hukuman disiplin. Mohon tidak "
            "disebarkan kepada umum.",
            self._signed(),
        )

    def _names_asked(self, unit: _Unit) -> str:
        return _paragraphs(
            INVENTED if self.here.demo else "",
            f"Yth. {_addressed(unit)}",
            "Nama dan nilai perorangan tidak kami sampaikan: hasil kuis hanya untuk orangnya "
            "sendiri dan petugas, untuk pembinaan. Yang dapat kami sampaikan:",
            self._hardest(unit),
            self._next(unit),
            "Siapa yang ingin belajar lagi dapat membuka pembahasannya sendiri, atau meminta "
            "lembar hasilnya kepada kami.",
            self._signed(),
        )

    def _event(self) -> str:
        event, sitting = self.edition.event, self.report.sitting
        lines = [
            event.title,
            f"{sitting.label}, {date_id(sitting.opens_at)}",
            event.place,
            f"Edisi {self.edition.number}, keadaan pada {datetime_id(self.edition.as_of)}",
        ]
        return "\n".join(filter(None, lines))

    def _results(self, unit: _Unit) -> str:
        report, row = self.report, unit.row
        if row.mean is None:
            return self._withheld(unit)
        mark = report.sitting.pass_mark
        words = f"{_of_pool(row)}Nilai rata-rata {whole_percent(row.mean, mark)}"
        if row.low is not None and row.high is not None:
            ends = whole_percent(row.low, mark), whole_percent(row.high, mark)
            words += f" (rentang {ends[0]} sampai {ends[1]})"
        words += f" dari {row.submitted} orang"
        if row.passed is not None:
            words += f"; {row.passed} dari {row.submitted} mencapai batas lulus {mark}"
        weakest = report.topic(row.weakest_topic)
        return f"{words}." + (f" Topik yang paling lemah: {weakest}." if weakest else "")

    def _withheld(self, unit: _Unit) -> str:
        """Why there is no figure, and what may be said instead."""
        report, row = self.report, unit.row
        if not row.withheld:
            return "Belum ada jawaban yang terkirim."
        words = (
            f"Nilainya tidak disebut: kurang dari {report.units.minimum} orang, atau angkanya "
            "dapat dipakai menghitung angka unit lain."
        )
        hint = report.topic(row.kind_weakest_topic)
        return words + (f" {_of_kind(row)}topik yang paling lemah: {hint}." if hint else "")

    def _hardest(self, unit: _Unit) -> str:
        """In words, and with shares where they may be shown."""
        report, row = self.report, unit.row
        shares = sorted(row.topics.items(), key=lambda pair: (pair[1], pair[0]))[:HARDEST]
        if shares and row.weakest_topic is None:
            return (
                f"{_of_pool(row)}Dari {row.submitted} orang: tidak ada topik yang lebih sulit "
                "daripada yang lain."
            )
        if shares:
            listed = "; ".join(f"{report.topic(c)} ({percent_id(s)} poin)" for c, s in shares)
            return f"{_of_pool(row)}Yang paling sulit, dari {row.submitted} orang: {listed}."
        return self._withheld(unit) if row.mean is None else self._results(unit)

    def _caveats(self, unit: _Unit) -> str:
        """Beside figures, but for what only a change from pre-test to post-test needs."""
        said = self.report.caveats
        sentences = [each for each in said.sentences if each != said.design]
        return f"Catatan: {' '.join(sentences)}" if unit.row.mean is not None and sentences else ""

    def _next(self, unit: _Unit) -> str:
        """The points of the unit's apel sheet."""
        topic = unit.row.weakest_topic or unit.there.kind_weakest_topic
        points = self.apels.of(unit.there, topic).points
        lines = (
            f"{number}. {point.sentence}{f' ({point.place})' if point.place else ''}"
            for number, point in enumerate(points, start=1)
        )
        return "\n".join(["Pada apel berikutnya, bahas lebih dulu:", *lines]) if points else ""

    def _signed(self) -> str:
        return f"{self.here.office.organisation}, {date_id(self.now)}"


def _addressed(unit: _Unit) -> str:
    return f"Pimpinan {unit.name}" if unit.code else "Camat dan pimpinan unit"


def _turnout(unit: _Unit) -> str:
    there = unit.there
    words = turnout_words(
        there.attendance, submitted=there.submitted, running=there.running, empty=there.empty
    )
    return f"{unit.name}: {words}."


def _of_pool(row: UnitRow) -> str:
    """Whose figures these are, where they are not the unit's own; with a space after it."""
    if not row.pooled:
        return ""
    names: Sequence[str] = row.pooled_names if len(row.pooled) <= NAMED else ()
    listed = f" ({', '.join(names)})" if names else ""
    return f"Angka gabungan {len(row.pooled)} unit{listed}, karena ada unit yang sedikit orangnya. "


def _of_kind(row: UnitRow) -> str:
    return f"Pada semua unit jenis {row.kind_name}, " if row.kind_name else "Pada semua peserta, "


def _paragraphs(*words: str) -> str:
    return "\n\n".join(filter(None, words))
