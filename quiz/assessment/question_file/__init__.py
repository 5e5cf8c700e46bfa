"""Question files: reading a folder of them whole, and writing it back in the same format.

Alone in `assessment`, this package uses ruamel.yaml and pydantic: the first knows the line of
everything, the second names every fault at once. Both are imported when a file is read or written,
not before: a start that finds the folder unchanged does without them.
"""

from pathlib import Path

from quiz.assessment.question_file.content import (
    Claim,
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
    "Folder",
    "FolderFaults",
    "LawChange",
    "Material",
    "Passage",
    "Reference",
    "Topic",
    "read_folder",
    "write_folder",
]


def read_folder(path: Path) -> Folder:
    """Everything in a folder of question files; raises FolderFaults. See `folder.read_folder`."""
    from quiz.assessment.question_file import folder  # noqa: PLC0415  # 0.2 s of imports

    return folder.read_folder(path)


def write_folder(content: Folder) -> dict[str, str]:
    """Every file of a folder: its text by its path within the folder."""
    from quiz.assessment.question_file import writing  # noqa: PLC0415  # as above

    return writing.write_folder(content)
