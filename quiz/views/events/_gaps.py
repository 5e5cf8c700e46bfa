"""What the bank lacks for a form, in sentences."""

from collections import Counter
from collections.abc import Iterable, Mapping

from quiz.assessment.forms.form import Gap
from quiz.assessment.items.types import ITEM_TYPES


def gap_words(gaps: Iterable[Gap], topics: Mapping[str, str]) -> list[str]:
    """Equal gaps counted together; ``topics`` are names by code."""
    counted = Counter((gap.topic, gap.level, gap.type, gap.statuses) for gap in gaps)
    words = []
    for (topic, level, type_name, statuses), number in counted.items():
        kind = f", tingkat {level.label.lower()}" if level else ""
        kind += f", jenis {ITEM_TYPES[type_name].label.lower()}" if type_name else ""
        people = ", ".join(status.label for status in statuses)
        words.append(f"Kurang {number} soal topik {topics.get(topic, topic)}{kind} untuk {people}.")
    return words
