"""Material, articles and claims, named in an address."""

from collections.abc import Collection

from quiz.database import db
from quiz.models import (
    Claim,
    Material,
    Passage,
    Reference,
)
from quiz.models.sources.material import Record
from quiz.queries.sources import registers
from quiz.web.loaders import found, missing


def material_or_404(code: str) -> Material:
    """The material with this code."""
    return found(registers.material_with(db.session, code), "Bahan ini tidak ada. Buka daftarnya.")


def passage_or_404(code: str) -> Passage:
    """The passage with this code, with its material."""
    return found(
        registers.passage_with(db.session, code),
        f"Kalimat bahan {code[:60]} tidak ada. Buka daftarnya.",
    )


def passages_or_404(codes: Collection[str]) -> list[Passage]:
    """The passages with these codes, all of them."""
    known = registers.passages_with(db.session, codes)
    if not codes or len(known) < len(set(codes)):
        missing("Kalimat bahan ini tidak ada lagi. Buka lagi papannya.")
    return known


def reference_or_404(code: str) -> Reference:
    """The article with this code."""
    return found(
        registers.reference_with(db.session, code),
        f"Dasar hukum {code[:60]} tidak ada. Buka daftarnya.",
    )


def claim_or_404(code: str) -> Claim:
    """The claim with this code."""
    return found(
        registers.claim_with(db.session, code), f"Pernyataan {code[:80]} tidak ada. Buka daftarnya."
    )


def waiting_record_or_404(kind: str, code: str) -> Record:
    """The record of this kind and code beside which a file's text waits."""
    record = registers.waiting_record(db.session, kind, code)
    if record is None:
        missing(f"Tidak ada teks berkas yang menunggu untuk {code[:80]}.")
    return record
