"""What the linter and the coverage have to say, as lines of a terminal."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from quiz.assessment.items.fields import lower_first
from quiz.assessment.quality.content_coverage import Cover, content_coverage
from quiz.assessment.quality.guessing.forms import form_measures
from quiz.assessment.quality.guessing.measuring import (
    FEWEST,
    FEWEST_PERMITTED,
    measures,
    permitted,
)
from quiz.assessment.quality.linter import Finding, lint
from quiz.assessment.question_file import Folder

SEVERITIES = {"error": "Kesalahan", "warning": "Peringatan"}


def findings_in(folder: Folder, on: date | None) -> list[Finding]:
    """Everything the linter finds in a folder; `on` is the day of an event or None."""
    passages = [passage for material in folder.materials for passage in material.passages]
    return lint(folder.items, folder.references, folder.claims, passages, on)


def finding_lines(findings: Sequence[Finding], severity: str) -> Iterator[str]:
    """The findings of one severity under the rule they break, each rule with reason and source."""
    chosen = [finding for finding in findings if finding.severity == severity]
    for rule in dict.fromkeys(finding.rule for finding in chosen):
        broken = [finding for finding in chosen if finding.rule == rule]
        yield f"{SEVERITIES[severity]} {rule}: {broken[0].reason} ({broken[0].source})"
        yield from (f"  {_place(finding)}: {finding.message}" for finding in broken)


def coverage_lines(folder: Folder) -> Iterator[str]:
    """What the items leave out of passages, claims and law, and what they ask too often."""
    found = content_coverage(folder)
    yield from _cover_lines("kalimat bahan", found.passages)
    yield from _cover_lines("fakta", found.claims)
    yield from _cover_lines("dasar hukum", found.references)
    yield _listed("Soal tanpa kalimat bahan", found.items_without_passage)


def guesser_lines(folder: Folder) -> Iterator[str]:
    """What guessers who know no law score: in the bank by kind of item, and on forms drawn of it.

    Nothing for a bank too small to tell.
    """
    measured = [measure for measure in measures(folder.items) if measure.items >= FEWEST]
    for guesser in dict.fromkeys(measure.guesser for measure in measured):
        scores = [
            f"{percent(m.right)} dari {m.items} {m.kind} (paling banyak {percent(m.most)})"
            for m in measured
            if m.guesser == guesser
        ]
        yield f"Penebak “{guesser}”: {'; '.join(scores)}."
    found = permitted(folder.items)
    if found.items >= FEWEST:
        yield (
            f"Yang boleh atau wajib menjadi kunci: {percent(found.share)} dari {found.items} soal "
            f"situasi (paling sedikit {percent(FEWEST_PERMITTED)})."
        )
    drawn = form_measures(folder.items, [topic.code for topic in folder.topics])
    for guesser in dict.fromkeys(measure.guesser for measure in drawn):
        forms = [measure for measure in drawn if measure.guesser == guesser]
        worst = max(forms, key=lambda measure: measure.right)
        passed = sum(measure.passed for measure in forms)
        yield (
            f"Pada formulir yang mungkin, “{guesser}” rata-rata {percent(worst.right)} bagi "
            f"{lower_first(worst.status.label)} (paling banyak {percent(worst.most)}), lulus "
            f"{passed} dari {sum(measure.forms for measure in forms)}."
        )


def percent(share: Fraction) -> str:
    """A share in words: "88 persen"."""
    return f"{round(100 * share)} persen"


def _cover_lines(what: str, cover: Cover) -> Iterator[str]:
    tested = cover.total - len(cover.untested)
    yield f"{tested} dari {cover.total} {what} diuji."
    yield _listed(f"  Tanpa soal ({what})", cover.untested)
    yield _listed(f"  Terlalu sering ({what})", (f"{code} {n}x" for code, n in cover.often))


def _listed(heading: str, codes: Iterable[str]) -> str:
    listed = list(codes)
    return f"{heading}: {', '.join(listed)}" if listed else f"{heading}: tidak ada"


def _place(finding: Finding) -> str:
    return f"{finding.item}, {finding.where}" if finding.item else finding.where
