"""What a test looks at in an imported item: everything said, nothing of where it stood."""

from fractions import Fraction

from quiz.exchange.questions import ImportedFile, ImportedItem, read_questions


def options(item: ImportedItem) -> list[tuple[str, Fraction]]:
    return [(option.text, option.weight) for option in item.options]


def keys(item: ImportedItem) -> list[str]:
    return [option.text for option in item.options if option.is_key]


def texts(item: ImportedItem) -> list[str]:
    return [option.text for option in item.options]


def typed(text: str, format: str = "teks") -> ImportedFile:
    return read_questions("soal.txt", text.encode(), format)


def only(file: ImportedFile) -> ImportedItem:
    """The one item of a file."""
    assert file.faults == ()
    assert len(file.items) == 1
    return file.items[0]
