"""The form of several drafts: from its fields to what each draft would hold."""

from collections.abc import Sequence
from typing import Any

from flask import request
from wtforms import DateField, SelectField, SelectMultipleField, validators
from wtforms.fields.choices import SelectChoice

from quiz.actions.bank.completing import Own, Shared, completed
from quiz.assessment.items.item import Level, Status
from quiz.assessment.quality.suggesting import OF_A_VILLAGE
from quiz.models import ItemDraft
from quiz.queries.sources.known import Sources
from quiz.views.bank._typed import cleaned
from quiz.web.forms import Form

LEAVE = SelectChoice("", "Biarkan")


class SharedForm(Form):
    """What holds for every draft that is ticked."""

    topic = SelectField("Topik bagi yang belum punya", default="")
    level = SelectField(
        "Tingkat bagi yang belum punya",
        default="",
        choices=[LEAVE, *(SelectChoice(level.value, level.label) for level in Level)],
    )
    audience = SelectMultipleField(
        "Status peserta yang dituju",
        description="Tanpa centang, yang sudah ada pada tiap soal tetap.",
        choices=[SelectChoice(status.value, status.label) for status in Status],
    )
    law_as_of = DateField(
        "Keadaan hukum per tanggal",
        [validators.Optional()],
        description="Kosong: tanggal tiap soal tetap.",
    )


def said_of(draft: ItemDraft, form: SharedForm, known: Sources) -> dict[str, Any]:
    """What the draft would hold by the form."""
    shared = _shared(form) if is_ticked(draft) else Shared()
    return completed(draft.content, _own(draft, known), shared, known)


def _shared(form: SharedForm) -> Shared:
    day = form.law_as_of.data
    return Shared(
        topic=form.topic.data or "",
        level=form.level.data or "",
        audience=tuple(form.audience.data or ()),
        law_as_of=day.isoformat() if day else "",
        references=tuple(request.form.getlist("references")),
    )


def _own(draft: ItemDraft, known: Sources) -> Own:
    topics, levels = {row.code for row in known.topics}, set(Level)
    return Own(
        topic=_one_of(topics, _value("topik", draft)),
        level=_one_of(levels, _value("tingkat", draft)),
        audience=tuple(sorted(OF_A_VILLAGE)) if _value("sasaran", draft) else (),
        explanation=cleaned(_value("pembahasan", draft)),
        claims=tuple(_all("fakta", draft)),
        references=tuple(_all("pasal", draft)),
        passages=tuple(_all("bahan", draft)),
        offered_topic=_one_of(topics, _value("topik-saran", draft)),
        offered_level=_one_of(levels, _value("tingkat-saran", draft)),
    )


def faults_of(drafts: Sequence[ItemDraft], known: Sources) -> list[str]:
    """What was typed or sent that leads nowhere."""
    registers = (
        ("fakta", {row.code for row in known.claims}),
        ("pasal", {row.code for row in known.references}),
        ("bahan", {row.code for row in known.passages}),
    )
    told = [
        f"Soal {draft.code}: {name} “{code[:60]}” tidak ada dalam daftar. Ketik sebagian "
        "katanya, lalu pilih dari yang muncul."
        for draft in drafts
        for name, codes in registers
        for code in _all(name, draft)
        if code not in codes and code not in _has(draft)
    ]
    articles = registers[1][1]
    return told + [
        f"Dasar hukum “{code[:60]}” tidak ada dalam daftar. Pilih yang lain."
        for code in request.form.getlist("references")
        if code and code not in articles
    ]


def _has(draft: ItemDraft) -> set[str]:
    """What the draft cites already; a code that has left the register since is told by its card."""
    cited = (draft.content.get(name) or () for name in ("claims", "references", "passages"))
    return {code for codes in cited for code in codes}


def older(draft: ItemDraft) -> str:
    """What to say when the draft was saved elsewhere after the page was opened."""
    return (
        f"Soal {draft.code} sudah disimpan dari jendela lain sesudah halaman ini dibuka, jadi "
        "belum ada yang disimpan. Isian Anda di bawah ini; simpan sekali lagi untuk memakainya."
    )


def name_of(field: str, draft: ItemDraft) -> str:
    """What this field of this draft is called in the form."""
    return f"{field}-{draft.uid}"


def _value(field: str, draft: ItemDraft) -> str:
    return request.form.get(name_of(field, draft), "")


def _all(field: str, draft: ItemDraft) -> list[str]:
    return [
        code for value in request.form.getlist(name_of(field, draft)) if (code := cleaned(value))
    ]


def _one_of(known: set[Any], value: str) -> str:
    return value if value in known else ""


def revision_of(draft: ItemDraft) -> int:
    """The save of the draft that the form began with; 0 for none."""
    return request.form.get(name_of("revisi", draft), 0, type=int)


def is_ticked(draft: ItemDraft) -> bool:
    """Whether what is said for all holds for this draft, and whether it is to be sent."""
    return bool(_value("pilih", draft))


def was_read(draft: ItemDraft) -> bool:
    """Whether its explanation stood in the form; without a script a claim fills it at the save."""
    return bool(draft.content["explanation"] == cleaned(_value("pembahasan", draft)))


def topic_choices(known: Sources) -> list[SelectChoice]:
    """The topics that can be said for all."""
    return [LEAVE, *(SelectChoice(topic.code, topic.name) for topic in known.topics)]
