"""The shape of every entry in a folder of questions, and reading one entry by it."""

import datetime
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    Strict,
    StringConstraints,
    ValidationError,
    model_validator,
)

from quiz.assessment.items.fields import Place
from quiz.assessment.items.item import (
    ASN,
    EVERYBODY,
    FIRST_YEAR,
    LAST_YEAR,
    Category,
    Level,
    Stance,
    Status,
    normal_text,
)
from quiz.assessment.items.stages import Stage
from quiz.assessment.items.types import weighs_options
from quiz.assessment.items.types.judgement import HIGHEST, LOWEST, weight_of
from quiz.assessment.question_file.source import Source
from quiz.assessment.question_file.wording import (
    CLAIM_FORM,
    CODE_FORM,
    SLUG_FORM,
    schema_error_in_words,
)

AUDIENCES: dict[str, frozenset[Status]] = {
    "semua": EVERYBODY,
    "asn": ASN,
    **{status.value: frozenset({status}) for status in Status},
}
"""What `audience` may name."""

Text = Annotated[
    str,
    Strict(),
    StringConstraints(strip_whitespace=True, min_length=1),
    AfterValidator(normal_text),
]
Code = Annotated[str, Strict(), StringConstraints(pattern=CODE_FORM)]
ClaimCode = Annotated[str, Strict(), StringConstraints(pattern=CLAIM_FORM)]
Slug = Annotated[str, Strict(), StringConstraints(pattern=SLUG_FORM)]


def _in_our_time(day: datetime.date) -> datetime.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"isi tahun antara {FIRST_YEAR} dan {LAST_YEAR}.")
    return day


Day = Annotated[datetime.date, Strict(), AfterValidator(_in_our_time)]
Flag = Annotated[bool, Strict()]


_NUMBER = re.compile(r"[0-9]{1,10}(\.[0-9]{1,9}|/0*[1-9][0-9]{0,9})?")


def _weight(value: object) -> Fraction:
    """A share from 0 to 1: 1, 0.5 or 1/2. Never 1e9…, which could ask for gigabytes."""
    written = str(value)
    weight = Fraction(written) if _NUMBER.fullmatch(written) else None
    if weight is None or weight > 1:
        raise ValueError("bobot harus angka dari 0 sampai 1, misalnya 1, 0.5 atau 1/2.")
    return weight


def _plain(value: Any) -> Any:
    """The same, every text normal; only texts, whole numbers, lists and fields can be stored."""
    if isinstance(value, str):
        return normal_text(value)
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if type(value) is int:
        return value
    raise ValueError("hanya teks, bilangan bulat, dan daftar; apit isinya dengan tanda kutip.")


class Entry(BaseModel):
    """Anything written as fields; a field nobody knows is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TopicEntry(Entry):
    """A topic."""

    code: Slug
    name: Text
    description: Text


class ChangeEntry(Entry):
    """A change to an article."""

    date: Day
    note: Text


class ReferenceEntry(Entry):
    """An article of law."""

    code: Code
    law: Text
    title: Text
    article: Text
    text: Text
    verbatim: Flag
    valid_from: Day
    valid_to: Day | None = None
    successor: Code | None = None
    changes: list[ChangeEntry] = []


class ClaimEntry(Entry):
    """A checked claim."""

    code: ClaimCode
    statement: Text
    references: list[Code]
    basis: Annotated[str, AfterValidator(normal_text)] = ""
    source: list[Text]
    confidence: Literal["tinggi", "sedang", "rendah"]


class PassageEntry(Entry):
    """A passage of something said."""

    code: Code
    text: Text


class LessonPassageEntry(PassageEntry):
    """A passage of a lesson, with its part in it."""

    role: Literal["rule", "reason", "instead"]


class OptionEntry(Entry):
    """An option. On the judgement scale `value` (1 to 5) is written in place of `weight`."""

    text: Text
    weight: Annotated[Fraction, PlainValidator(_weight)]
    feedback: Text = ""
    category: Category | None = None
    stance: Stance | None = None

    @model_validator(mode="before")
    @classmethod
    def _value_as_weight(cls, fields: Any) -> Any:
        if not isinstance(fields, dict) or "value" not in fields:
            return fields
        rest = {name: part for name, part in fields.items() if name != "value"}
        value = fields["value"]
        if "weight" in rest:
            raise ValueError("tulis `weight` atau `value`, jangan keduanya.")
        if type(value) is not int or not LOWEST <= value <= HIGHEST:
            raise ValueError(f"`value` harus bilangan bulat {LOWEST} sampai {HIGHEST}.")
        return rest | {"weight": weight_of(value)}


class ItemEntry(Entry):
    """An item."""

    code: Code
    type: Text
    level: Level
    audience: Annotated[list[Literal[tuple(AUDIENCES)]], Field(min_length=1)]  # type: ignore[valid-type]  # the choices are a table
    stem: Text
    options: list[OptionEntry]
    explanation: Text
    passages: list[Code]
    claims: list[ClaimCode]
    references: list[Code]
    law_as_of: Day
    extra: Annotated[dict[str, Any], AfterValidator(_plain)] = {}
    turns_on: Text = ""
    not_with: list[Code] = []
    pair: Slug | None = None
    scenario: Slug | None = None
    stages: list[Stage] = []
    basis_words: list[Text] = []

    @model_validator(mode="before")
    @classmethod
    def _weightless(cls, fields: Any) -> Any:
        """Options of a type that does not weigh them need no weight in a file."""
        options = fields.get("options") if isinstance(fields, dict) else None
        if not isinstance(options, list) or weighs_options(fields.get("type")):
            return fields
        zero = {"weight": 0}
        weighed = [zero | option if isinstance(option, dict) else option for option in options]
        return fields | {"options": weighed}


class PracticeEntry(ItemEntry):
    """The practice item, which rests on no law."""

    passages: list[Code] = Field(default=[], max_length=0)
    claims: list[ClaimCode] = Field(default=[], max_length=0)
    references: list[Code] = Field(default=[], max_length=0)


class TopicsFile(Entry):
    """topics.yaml"""

    topics: list[Any]


class ReferencesFile(Entry):
    """references.yaml"""

    references: list[Any]


class ClaimsFile(Entry):
    """facts.yaml"""

    claims: list[Any]


class MaterialFile(Entry):
    """A file of material."""

    kind: Literal["material"] = "material"
    code: Slug
    title: Text
    source: Text
    date: Day
    passages: list[Any]


class LessonFile(Entry):
    """A lesson: a file of material of our own."""

    kind: Literal["lesson"]
    code: Slug
    topic: Slug
    title: Text
    source: Text | None = None
    date: Day | None = None
    passages: list[Any]


class ItemsFile(Entry):
    """A file of the items of one topic."""

    topic: Slug
    items: list[Any]


class PracticeFile(Entry):
    """latihan.yaml"""

    topic: Literal["latihan"] = "latihan"
    item: Any


Model = TypeVar("Model", bound=BaseModel)


def read_entry(source: Source, place: Place, model: type[Model]) -> Model | None:
    """The entry at `place` of the file, or None with every fault in it noted in the source."""
    value = source.content
    for part in place:
        value = value[part]
    try:
        return model.model_validate(value)
    except ValidationError as error:
        for one in error.errors():
            _note(source, place, model, one)
        return None


def _note(source: Source, place: Place, model: type[BaseModel], error: Mapping[str, Any]) -> None:
    loc: Place = error["loc"]
    names = [part for part in (*place, *loc) if isinstance(part, str)]
    field = names[-1] if names else "berkas"
    known = _model_at(model, loc[:-1]).model_fields
    source.fault((*place, *loc), schema_error_in_words(error, field, known))


def _model_at(model: type[BaseModel], loc: Place) -> type[BaseModel]:
    """The model of the entry at `loc` within an entry of `model`."""
    for part in loc:
        if part in model.model_fields:
            annotation = model.model_fields[str(part)].annotation
            inner = [kind for kind in get_args(annotation) if isinstance(kind, type)]
            model = next((kind for kind in inner if issubclass(kind, BaseModel)), model)
    return model
