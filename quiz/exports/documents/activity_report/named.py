"""Named figures: what is printed for each, and where in the program it stands."""

from collections.abc import Iterable
from typing import NamedTuple

from quiz.exchange.rosters.names import name_and_role
from quiz.exports.documents.activity_report.occasion import Figures, Occasion
from quiz.exports.documents.office_paper import DOTS
from quiz.exports.documents.unit_report import NONE_YET, mean_words, nothing
from quiz.formats import datetime_id, day_date_id, time_id
from quiz.models import Event
from quiz.models.events.events import Phase
from quiz.queries.scores.finding import finding
from quiz.queries.scores.reports import SittingReport

NONE_HELD = "tidak diadakan"


class Named(NamedTuple):
    """A figure: its words, the page they stand on, and what is counted there."""

    words: str
    page: str
    counted: str


def named_figures(occasion: Occasion, figures: Figures) -> dict[str, Named]:
    """Every name of FIGURES with what it stands for."""
    pre, post = figures.report(Phase.PRE), figures.report(Phase.POST)
    return {**_written(occasion), **_counted(figures), **_tests(pre, post), **_found(figures)}


def _written(occasion: Occasion) -> dict[str, Named]:
    event, minutes = occasion.event, occasion.minutes
    office = occasion.here.office.organisation
    page = "Kegiatan"
    said = "diisi petugas"
    place = minutes.place if minutes else event.place
    return {
        "kegiatan": Named(event.title, page, said),
        "tanggal": Named(days(event), page, said),
        "pukul": Named(hours(event), page, said),
        "tempat": Named(place or DOTS, "Berita acara" if minutes else page, said),
        "penyelenggara": Named(event.organiser or office, page, said),
        "narasumber": Named(_speakers(event) or DOTS, page, said),
        "instansi": Named(office, "Setelan", "diisi admin"),
    }


def days(event: Event) -> str:
    """Its day, or the first and the last."""
    first, last = day_date_id(event.days[0]), day_date_id(event.days[-1])
    return first if first == last else f"{first} sampai {last}"


def hours(event: Event) -> str:
    """When it began and ended, in WITA."""
    return f"{time_id(event.starts_at).removesuffix(' WITA')} sampai {time_id(event.ends_at)}"


def _speakers(event: Event) -> str:
    people = (name_and_role(line) for line in event.speakers.splitlines() if line.strip())
    return "; ".join(f"{name} ({role})" if role else name for name, role in people)


def _counted(figures: Figures) -> dict[str, Named]:
    whole = figures.attendance
    there = f"{whole.attended} orang" + (f" ({whole.beside})" if whole.unrecorded else "")
    roster, hall = "Daftar peserta", "Kehadiran"
    if figures.edition:
        roster = hall = page_of(figures.main)
    return {
        "terdaftar": Named(f"{whole.invited} orang", roster, "semua orang yang tidak dikeluarkan"),
        "unit": Named(f"{figures.units} unit kerja", roster, "unit kerja mereka"),
        "hadir": Named(there, hall, "yang tercatat hadir pada salah satu hari"),
        "keadaan": Named(datetime_id(figures.as_of), "Laporan", "saat semua angka diambil"),
    }


def _tests(pre: SittingReport | None, post: SittingReport | None) -> dict[str, Named]:
    sent = "yang mengirim sendiri, atau habis waktu dengan jawaban"
    mean = "nilai pengetahuan, pengerjaan pertama tiap orang"
    return {
        "kirim_pre": Named(_sent(pre), page_of(pre), sent),
        "kirim_post": Named(_sent(post), page_of(post), sent),
        "rata_pre": Named(mean_of(pre), page_of(pre), mean),
        "rata_post": Named(mean_of(post), page_of(post), mean),
        "lulus_post": Named(passed_of(post), page_of(post), "yang mencapai batas lulus"),
        "batas_lulus": Named(
            str(post.sitting.pass_mark) if post else NONE_HELD, page_of(post), "menurut kuisnya"
        ),
    }


def page_of(report: SittingReport | None, page: str = "Hasil per unit") -> str:
    """Where the figures of a sitting stand."""
    return f"Laporan, {page}, {report.sitting.label}" if report else "Laporan"


def _sent(report: SittingReport | None) -> str:
    return f"{report.units.total.submitted} orang" if report else NONE_HELD


def mean_of(report: SittingReport | None) -> str:
    """The mean of everybody with its interval, or why there is none."""
    if report is None or not report.units.settled:
        return NONE_YET if report else NONE_HELD
    return mean_words(report.units.total, report.sitting.pass_mark)


def passed_of(report: SittingReport | None) -> str:
    """How many reached the pass mark, or why that is not told."""
    if report is None or not report.units.settled:
        return NONE_YET if report else NONE_HELD
    total = report.units.total
    return nothing(total) if total.passed is None else f"{total.passed} dari {total.submitted}"


def _found(figures: Figures) -> dict[str, Named]:
    main = figures.main
    page = page_of(main)
    return {
        "temuan": Named(_finding(main), page, "semua peserta dan unitnya"),
        "perubahan": Named(
            " ".join(change_sentences(main)), page, "yang mengerjakan pre-test dan post-test"
        ),
    }


def _finding(report: SittingReport | None) -> str:
    if report is None:
        return "Kegiatan ini tanpa kuis yang dinilai."
    return "".join(run.text for run in finding(report))


def change_sentences(report: SittingReport | None) -> Iterable[str]:
    """What is said of the change; why nothing is where there is none."""
    if report is not None and report.change is not None:
        return report.change.sentences
    return ["Perubahan dari pre-test ke post-test belum dapat disebut."]
