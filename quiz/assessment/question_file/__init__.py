"""Question files: reading a folder of them whole, and writing it back in the same format.

Alone in `assessment`, this package uses ruamel.yaml and pydantic: the first knows the line of
everything, the second names every fault at once. Both are imported when a file is read or written,
not before: a start that finds the folder unchanged does without them.
"""

from collections.abc import Iterable
from pathlib import Path

from quiz.assessment.items.item import Item
from quiz.assessment.question_file.content import (
    Claim,
    Fault,
    Folder,
    FolderFaults,
    LawChange,
    Material,
    Passage,
    Reference,
    Topic,
)

__all__ = [
    "Claim",
    "Fault",
    "Folder",
    "FolderFaults",
    "LawChange",
    "Material",
    "Passage",
    "Reference",
    "Topic",
    "read_folder",
    "write_folder",
    "write_items",
]


def read_folder(path: Path) -> Folder:
    """Everything in a folder of question files; raises FolderFaults. See `folder.read_folder`."""
    from quiz.assessment.question_file import folder  # noqa: PLC0415  # 0.2 s of imports

    return folder.read_folder(path)


def write_folder(content: Folder) -> dict[str, str]:
    """Every file of a folder: its text by its path within the folder."""
    from quiz.assessment.question_file import writing  # noqa: PLC0415  # as above

    return writing.write_folder(content)


def write_items(items: Iterable[Item]) -> str:
    """A file of the items of one topic, in the order given. Raises ValueError for two topics."""
    from quiz.assessment.question_file import writing  # noqa: PLC0415  # as above

    return writing.write_items(items)
