"""What a list of items is narrowed to, as the address says it."""

from flask import request

from quiz.queries.bank.items import FLAGGED, RETURNED, Search

ALSO_CALLED = {"menunggu": "in_review", "tinjau": FLAGGED, "dikembalikan": RETURNED}
"""A state as a typed address may name it → as the search does."""


def search_asked() -> Search:
    """What this request looks for; nothing in the address is every item."""
    wanted = request.args.get("keadaan", "")
    return Search(
        words=request.args.get("cari", "").strip()[:80],
        topic=request.args.get("topik", ""),
        level=request.args.get("tingkat", ""),
        type=request.args.get("jenis", ""),
        state=ALSO_CALLED.get(wanted, wanted),
        signed=request.args.get("sah", ""),
        reference=request.args.get("pasal", ""),
        author=request.args.get("penulis", ""),
        codes=tuple(request.args.getlist("soal")),
    )
