"""Question files: reading a folder of them whole, and writing it back in the same format.

Alone in `assessment`, this package uses ruamel.yaml and pydantic: the first knows the line of
everything, the second names every fault at once.
"""

from quiz.assessment.question_file.content import (
    Change,
    Claim,
    Fault,
    Folder,
    FolderFaults,
    Material,
    Passage,
    Reference,
    Topic,
)
from quiz.assessment.question_file.folder import read_folder
from quiz.assessment.question_file.writing import write_folder, write_items

__all__ = [
    "Change",
    "Claim",
    "Fault",
    "Folder",
    "FolderFaults",
    "Material",
    "Passage",
    "Reference",
    "Topic",
    "read_folder",
    "write_folder",
    "write_items",
]
