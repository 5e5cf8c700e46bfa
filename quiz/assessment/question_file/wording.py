"""Faults in words: what YAML and pydantic report, said so that an author can mend it."""

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from quiz.assessment.items.fields import Problem

CODE_FORM = r"^[A-Z0-9]+(-[A-Z0-9]+)*$"
CLAIM_FORM = r"^[A-Z0-9]+(-[A-Z0-9]+)*(/[a-z0-9-]+)?$"
SLUG_FORM = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SHORT_FORM = r"^[A-Z][A-Za-z0-9]{1,14}$"

_FORMS = {
    CODE_FORM: "huruf besar dan angka yang dipisah tanda hubung, misalnya MKN-001",
    CLAIM_FORM: "seperti F-SKB-11 atau F-SKB-11/larangan",
    SHORT_FORM: "satu kata yang diawali huruf besar, misalnya PNS",
    SLUG_FORM: "huruf kecil dan angka yang dipisah tanda hubung, misalnya media-sosial",
}

_YAML_PROBLEMS = (
    ("mapping values are not allowed", "ada titik dua di dalam teks, atau takuk baris ini keliru; "
     "apit teks itu dengan tanda kutip atau luruskan takuknya"),
    (r"'\\t' that cannot start", "takuk memakai tab; ganti dengan spasi"),
    ("that cannot start any token", "teks yang diawali tanda baca harus diapit tanda kutip"),
    ("undefined alias", "teks yang diawali * harus diapit tanda kutip"),
    ("end of stream", "tanda kutip atau kurung yang dibuka belum ditutup"),
    ("expected ',' or", "kurung siku atau koma pada daftar belum lengkap"),
    ("expected <block end>", "takuk baris ini tidak sama dengan baris-baris di atasnya"),
    ("could not find expected ':'", "baris ini bukan pasangan `kolom: isi`"),
    ("another document", "satu berkas hanya boleh berisi satu dokumen; hapus garis `---`"),
)  # fmt: skip


def yaml_error_in_words(problem: str) -> str:
    """What a YAML parser's English complaint means for the author."""
    for pattern, words in _YAML_PROBLEMS:
        if re.search(pattern, problem):
            return f"Penulisan YAML keliru: {words}."
    return f"Penulisan YAML keliru ({problem})."


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """ " Maksud Anda “x”?" for the known word nearest to a wrong one, or an empty string."""
    near = difflib.get_close_matches(wrong, list(known), n=1, cutoff=0.55)
    return f" Maksud Anda “{near[0]}”?" if near else ""


def in_file(problem: Problem) -> str:
    """A problem of an item as its file's author reads it: with the column inside a row or `extra`.

    Columns above that are named by the line it stands in.
    """
    column = problem.place[-1] if len(problem.place) > 1 else None
    if not isinstance(column, str):
        return problem.sentence
    return f"{problem.sentence.removesuffix('.')} (`{column}`)."


def schema_error_in_words(error: Mapping[str, Any], field: str, known: Iterable[str]) -> str:
    """One pydantic error about `field` in words; `known` are the fields there are beside it."""
    kind, value = error["type"], error["input"]
    if kind == "missing":
        return f"Kolom `{field}` belum diisi."
    if kind == "extra_forbidden":
        return f"Kolom `{field}` tidak dikenal.{suggestion(field, known)}"
    if value is None or kind == "string_too_short":
        return f"Kolom `{field}` masih kosong."
    if kind in _FROM_CONTEXT:
        return _FROM_CONTEXT[kind](field, value, error["ctx"])
    return _KINDS.get(kind, "Kolom `{field}` tidak dapat dibaca.").format(field=field)


def _form_in_words(field: str, value: object, context: Mapping[str, Any]) -> str:
    return f"Kode “{value}” pada `{field}` harus {_FORMS[context['pattern']]}."


def _choice_in_words(field: str, value: object, context: Mapping[str, Any]) -> str:
    choices = re.findall(r"'([^']*)'", str(context["expected"]))
    near = suggestion(str(value), choices)
    return f"“{value}” pada `{field}` tidak dikenal; pilihannya {', '.join(choices)}.{near}"


def _own_words(field: str, value: object, context: Mapping[str, Any]) -> str:
    return f"Kolom `{field}`: {context['error']}"


_FROM_CONTEXT = {
    "string_pattern_mismatch": _form_in_words,
    "literal_error": _choice_in_words,
    "enum": _choice_in_words,
    "value_error": _own_words,
}

_KINDS = {
    "string_type": "Kolom `{field}` harus berupa teks; apit dengan tanda kutip.",
    "list_type": "Kolom `{field}` harus berupa daftar.",
    "tuple_type": "Kolom `{field}` harus berupa daftar.",
    "model_type": "Isi `{field}` harus berupa kolom-kolom (`nama: isi`).",
    "date_type": "Kolom `{field}` harus berupa tanggal seperti 2024-11-22.",
    "too_short": "Kolom `{field}` paling sedikit berisi satu.",
    "too_long": "Kolom `{field}` harus kosong untuk soal latihan.",
    "bool_type": "Kolom `{field}` harus true atau false.",
}
