"""The sentence that sums a report up, the same on the page and in every document."""

from collections.abc import Iterator
from typing import NamedTuple

from quiz.assessment.analysis.headline import Headline
from quiz.assessment.analysis.sitting_report import SittingReport
from quiz.assessment.rounding import whole_percent


class Run(NamedTuple):
    """Part of a sentence; a ``strong`` one is what the eye should find first."""

    text: str
    strong: bool = False


def finding(report: SittingReport) -> list[Run]:
    """What the report found, in words that its figures carry; the texts joined are the sentence."""
    total = report.units.total
    if not total.submitted:
        return [Run("Belum ada jawaban yang terkirim untuk sesi ini.")]
    sent = Run(f"{total.submitted} dari {total.invited}", strong=True)
    if not report.units.settled:
        return [sent, Run(f" peserta sudah mengirim jawaban. {report.unsettled_words}")]
    if total.mean is None:
        return [
            Run("Baru "),
            sent,
            Run(f" peserta mengirim jawaban. Hasil tampil mulai {report.units.minimum} orang."),
        ]
    return [*_mean(report), *_units(report), *_topic(report)]


def _mean(report: SittingReport) -> Iterator[Run]:
    found, mark = report.headline, report.sitting.pass_mark
    yield Run("Nilai rata-rata ")
    yield Run(str(whole_percent(found.mean or 0, mark)), strong=True)
    if found.low is not None and found.high is not None:
        low, high = whole_percent(found.low, mark), whole_percent(found.high, mark)
        yield Run(f" (rentang {low} sampai {high})")
    yield Run(f" dari {found.submitted} peserta")
    if found.passed is not None:
        yield Run("; ")
        yield Run(f"{found.passed} dari {found.submitted}", strong=True)
        yield Run(f" mencapai batas lulus {mark}")
    yield Run(".")


def _units(report: SittingReport) -> Iterator[Run]:
    found = report.headline
    if not report.units.rows:  # of the whole group alone
        return
    if found.distinguishable is None:
        yield Run(" Belum cukup unit yang dapat dibandingkan.")
    elif found.distinguishable:
        yield Run(" ")
        yield Run("Berbeda", strong=True)
        yield Run(f" dari rata-rata semua peserta: {_different(found, report.sitting.pass_mark)}.")
        if found.compared >= ONE_IN:
            yield Run(
                f" Dari {found.compared} baris yang dibandingkan, kira-kira "
                f"{found.compared // ONE_IN} berbeda karena kebetulan saja."
            )
    else:
        yield Run(" Perbedaan antarunit ")
        yield Run("belum dapat dibedakan", strong=True)
        yield Run(": setiap rentang yang dapat dihitung memuat rata-rata semua peserta.")


ONE_IN = 20
"""Of so many 95 % intervals one misses by chance."""


def _different(found: Headline, mark: int) -> str:
    return "; ".join(
        f"{row.name}, rentang {whole_percent(row.low, mark)} sampai {whole_percent(row.high, mark)}"
        for row in found.different
        if row.low is not None and row.high is not None
    )


def _topic(report: SittingReport) -> Iterator[Run]:
    weakest = report.topic(report.headline.weakest_topic)
    if weakest:
        yield Run(f" Topik yang paling lemah: {weakest}.")
