"""What must hold between the entries of a folder: codes are one's own and lead somewhere."""

from collections.abc import Iterable, Mapping
from datetime import date

from quiz.assessment.items.fields import Place
from quiz.assessment.question_file.entries import Document, Written
from quiz.assessment.question_file.wording import suggestion

Known = Mapping[str, Mapping[str, Written] | None]
"""For each kind the first entry of every code; None when a file of that kind is unreadable."""

WORDS = {
    "topic": "topik",
    "reference": "dasar hukum",
    "claim": "fakta",
    "passage": "kalimat bahan",
    "item": "soal",
    "practice": "soal latihan",
}

_CODED = tuple(WORDS)
_LISTS = {
    "passages": "passage",
    "claims": "claim",
    "references": "reference",
    "not_with": "item",
}


def check_between(documents: Iterable[Document]) -> None:
    """Note every fault between entries: codes used twice, codes that lead nowhere, weak claims."""
    documents = list(documents)
    entries = [entry for document in documents for entry in document.entries]
    _check_codes_are_own(entries)
    _check_material_codes_are_own(documents)
    known = _known(documents, entries)
    for document in documents:
        _check_topic(document, known)
    for entry in entries:
        _check_lists(entry, known)
        _check_successor(entry, known)
        _check_confidence(entry, known)
        _check_dates(entry)
        _check_not_with_itself(entry)
    if known["item"] is not None:
        _check_partners(entries)


def _known(documents: Iterable[Document], entries: Iterable[Written]) -> Known:
    known: dict[str, dict[str, Written] | None] = {kind: {} for kind in _CODED}
    for entry in entries:
        of_kind = known[entry.kind]
        if of_kind is not None and entry.code is not None:
            of_kind.setdefault(entry.code, entry)
    return known | {d.kind: None for d in documents if not d.source.readable}


def _check_codes_are_own(entries: Iterable[Written]) -> None:
    first: dict[str, Written] = {}
    for entry in entries:
        if entry.code is None:
            continue
        other = first.setdefault(entry.code, entry)
        if other is not entry:
            where = f"{other.source.file} baris {other.source.line((*other.place, 'code'))}"
            what = WORDS[other.kind]
            entry.fault(("code",), f"Kode “{entry.code}” sudah dipakai untuk {what} di {where}.")


def _check_material_codes_are_own(documents: Iterable[Document]) -> None:
    first: dict[str, Document] = {}
    for document in documents:
        if document.kind == "passage" and document.header is not None:
            code = document.source.content["code"]
            other = first.setdefault(code, document)
            if other is not document:
                message = f"Kode “{code}” sudah dipakai untuk bahan di {other.source.file}."
                document.source.fault(("code",), message)


def _check_topic(document: Document, known: Known) -> None:
    content = document.source.content
    if document.kind not in {"item", "passage"} or not isinstance(content, dict):
        return
    if isinstance(topic := content.get("topic"), str):
        message = _unknown(topic, "topic", known)
        if message:
            document.source.fault(("topic",), message)


def _check_lists(entry: Written, known: Known) -> None:
    for field, kind in _LISTS.items():
        codes = entry.raw.get(field)
        if not isinstance(codes, list):
            continue
        for n, code in enumerate(codes):
            if not isinstance(code, str):
                continue
            if code in codes[:n]:
                entry.fault((field, n), f"Kode “{code}” tercantum dua kali pada `{field}`.")
            elif message := _unknown(code, kind, known):
                entry.fault((field, n), message)


def _check_not_with_itself(entry: Written) -> None:
    codes = entry.raw.get("not_with")
    if isinstance(codes, list) and entry.code in codes:
        place: Place = ("not_with", codes.index(entry.code))
        entry.fault(place, "Soal tidak dapat dipisahkan dari dirinya sendiri; hapus kodenya.")


def _check_partners(entries: Iterable[Written]) -> None:
    """A pair or scenario of one item ties it to nothing: mostly a name written in two ways.

    Items of both are variants of one side of a pair, which has at least one other side.
    """
    items = [entry for entry in entries if entry.kind == "item"]
    for field, what in (("pair", "Pasangan"), ("scenario", "Skenario")):
        sides: dict[str, set[str]] = {}
        for entry in items:
            if isinstance(name := entry.raw.get(field), str):
                side = entry.raw.get("scenario") if field == "pair" else None
                sides.setdefault(name, set()).add(str(side or entry.code))
        for entry in items:
            name = entry.raw.get(field)
            if isinstance(name, str) and len(sides[name]) == 1:
                others = [other for other in sides if other != name]
                message = f"{what} “{name}” hanya punya satu sisi; tulis `{field}` yang sama pada "
                entry.fault((field,), f"{message}soal lainnya.{suggestion(name, others)}")


def _check_successor(entry: Written, known: Known) -> None:
    successor = entry.raw.get("successor")
    if entry.kind != "reference" or not isinstance(successor, str):
        return
    place: Place = ("successor",)
    if successor == entry.code:
        entry.fault(place, "Dasar hukum tidak dapat menggantikan dirinya sendiri.")
    elif message := _unknown(successor, "reference", known):
        entry.fault(place, message)


def _check_confidence(entry: Written, known: Known) -> None:
    claims = known["claim"]
    codes = entry.raw.get("claims")
    if entry.kind != "item" or not claims or not isinstance(codes, list):
        return
    for n, code in enumerate(codes):
        claim = claims.get(code) if isinstance(code, str) else None
        if claim is not None and claim.raw.get("confidence") == "rendah":
            entry.fault(
                ("claims", n),
                f"Keyakinan fakta “{code}” rendah, jadi tidak boleh menjadi dasar kunci; "
                "pakai fakta lain.",
            )


def _check_dates(entry: Written) -> None:
    first, last = entry.raw.get("valid_from"), entry.raw.get("valid_to")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        entry.fault(("valid_to",), "Hari terakhir berlaku lebih awal dari hari pertamanya.")


def _unknown(code: str, kind: str, known: Known) -> str | None:
    of_kind = known[kind]
    if of_kind is None or code in of_kind:
        return None
    return f"Kode {WORDS[kind]} “{code}” tidak ada.{suggestion(code, of_kind)}"
