"""What the items of a folder test, how often, and what they leave out."""

from pathlib import Path

import pytest

from quiz.assessment.items.item import Item
from quiz.assessment.quality.content_coverage import (
    Cover,
    content_coverage,
)
from quiz.assessment.question_file import read_folder
from tests.assessment import samples
from tests.assessment.question_folder import FILES, write


def cited(n: int, **citations: tuple[str, ...]) -> Item:
    return samples.item(code=f"UJI-{n}", **citations)


def test_what_nobody_asks_and_items_without_a_passage_are_named(tmp_path: Path) -> None:
    found = content_coverage(read_folder(write(tmp_path, FILES)))

    assert found.passages == Cover(4, ("PJR-MAKNA-2", "PJR-MAKNA-3"), ())
    assert found.claims == Cover(2, ("F-DEF-05",), ())
    assert found.references == Cover(2, ("UU-5-2014-P2-F",), ())
    assert found.items_without_passage == ("MKN-002",)


@pytest.mark.parametrize(("times", "often"), [(5, ()), (8, (("UU-20-2023-P9-2", 8),))])
def test_an_article_cited_far_more_than_the_others_is_named(
    tmp_path: Path, times: int, often: tuple[tuple[str, int], ...]
) -> None:
    folder = read_folder(write(tmp_path, FILES))
    items = [cited(n, references=("UU-20-2023-P9-2",)) for n in range(times)]
    items += [cited(90 + n, references=(f"R-{n}",)) for n in range(4)]

    found = content_coverage(type(folder)(**(vars(folder) | {"items": tuple(items)})))

    assert found.references.often == often
