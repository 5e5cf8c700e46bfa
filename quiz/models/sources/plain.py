"""Rows of the sources as the plain values that files are written from and the linter reads."""

from quiz.assessment import question_file
from quiz.assessment.question_file import LawChange
from quiz.models.sources.kinds import WRITTEN_KINDS
from quiz.models.sources.material import Claim, Material, Passage, Reference, Topic


def as_topic(row: Topic) -> question_file.Topic:
    """What a file says of a topic."""
    return question_file.Topic(row.code, row.name, row.description)


def as_reference(row: Reference) -> question_file.Reference:
    """What a file says of an article of law."""
    return question_file.Reference(
        code=row.code,
        law=row.law,
        title=row.title,
        article=row.article,
        text=row.text,
        verbatim=row.verbatim,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        successor=row.successor,
        changes=tuple(LawChange(day, note) for day, note in row.dated_changes),
    )


def as_claim(row: Claim) -> question_file.Claim:
    """What a file says of a claim."""
    return question_file.Claim(
        code=row.code,
        statement=row.statement,
        references=tuple(row.references),
        basis=row.basis,
        source=tuple(row.source),
        confidence=row.confidence,
    )


def as_passage(row: Passage) -> question_file.Passage:
    """What a file says of a passage."""
    return question_file.Passage(row.code, row.text, row.role)


def as_material(row: Material) -> question_file.Material:
    """What a file says of a material. Reads ``row.passages``: one query if they are not loaded."""
    return question_file.Material(
        kind=WRITTEN_KINDS[row.kind],
        code=row.code,
        title=row.title,
        source=row.source or None,
        date=row.held_on,
        topic=row.topic,
        passages=tuple(as_passage(passage) for passage in row.passages),
    )
