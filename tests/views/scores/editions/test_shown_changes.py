"""A small change in thousands of people, told alike by every page and file of an edition."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from quiz.assessment.analysis.editions.figures import EditionFigures
from quiz.assessment.analysis.editions.frozen import freeze, thaw
from quiz.assessment.analysis.sitting_report import ChangeFigures
from quiz.assessment.analysis.statistics.change import PairedChange
from quiz.models import Edition, User
from quiz.models.events.events import Phase
from quiz.queries.scores.changes import sitting_change
from tests.client import HouseClient
from tests.factories import Make
from tests.papers import pdf_text, word_text
from tests.reading import root, words
from tests.views.scores.editions.publishing import hall, published

ClientFor = Callable[..., HouseClient]


def moved(before: str, after: str, half: float) -> PairedChange:
    """Of three thousand people, with an interval of ``half`` points either way."""
    change = Fraction(after) - Fraction(before)
    ends = float(change) - half, float(change) + half
    return PairedChange(3000, Fraction(before), Fraction(after), change, *ends, 0.1)


def edition_of_thousands(make: Make, officer: User) -> Edition:
    """An edition whose post-test tells of 3,000 people who rose from 60.6 to 61.4."""
    pre = hall(make)
    hall(make, pre.event, Phase.POST)
    edition = published(make, pre.event, officer)
    before, after = thaw(EditionFigures, edition.figures).sittings
    topics = {"makna": moved("50", "58", 0.3)}
    found = ChangeFigures(3000, 0, 4, 6, moved("60.6", "61.4", 0.2), topics, Fraction(2, 99))
    change = sitting_change(before.sitting, after.sitting, found, True)
    edition.figures = freeze(EditionFigures((before, replace(after, change=change))))
    make.session.commit()
    return edition


def test_a_small_rise_is_told_alike_everywhere(
    make: Make, client_for: ClientFor, citra: User
) -> None:
    edition = edition_of_thousands(make, citra)
    browser = client_for(citra)
    address = f"/laporan/{edition.event.code}/edisi/1/unit"

    page = words(root(browser.get(address)))
    told = browser.get(f"{address}.json").get_json()

    sentence = "60,6 menjadi 61,4, berubah +0,8 poin (rentang 95% +0,6 sampai +1,0): naik."
    chart = ["+0,8 (+0,6 sampai +1,0)", "+8,0 (+7,7 sampai +8,3)"]
    assert [each for each in (sentence, *chart, "sebelum 60,6", "50,0") if each not in page] == []
    for read, kind in ((pdf_text, "pdf"), (word_text, "docx")):
        paper = read(browser.get(f"{address}.{kind}").data)
        beside = ["60,6 menjadi 61,4", "50,0 menjadi 58,0"]
        assert [each for each in (sentence, *chart, *beside) if each not in paper] == []
    assert any(sentence in note for note in told["notes"])
    assert told["change"]["whole"] == {
        "before": 60.6,
        "after": 61.4,
        "change": 0.8,
        "low": 0.6,
        "high": 1.0,
    }
    assert told["change"]["topics"]["makna"]["change"] == 8.0
