"""Law, claims and material."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.models import Claim, Reference
from quiz.models.people.audit import Action
from tests.safety.clerk import CHECKER, Clerk


def law(clerk: Clerk) -> None:
    press = clerk.press
    article = {
        "law": "UU 99/2031",
        "article": "Pasal 1",
        "title": "Undang-Undang Nomor 99 Tahun 2031 tentang Uji",
        "text": "Pegawai bersikap netral.",
        "valid_from": "2031-01-01",
    }
    press(CHECKER, "/hukum/baru", "", Action.REFERENCE_ADDED, code="UU-99-2031-P1", **article)
    changed = "Pegawai wajib bersikap netral."
    press(CHECKER, "/hukum/UU-99-2031-P1", "", Action.REFERENCE_CHANGED, text=changed)
    claim = {"statement": "Pegawai bersikap netral.", "references": "UU-99-2031-P1"}
    claim |= {"source": "Naskah undang-undang.", "confidence": "tinggi"}
    press(CHECKER, "/hukum/pernyataan/baru", "", Action.CLAIM_ADDED, code="F-UJI-01", **claim)
    address = "/hukum/pernyataan/F-UJI-01"
    press(CHECKER, address, "", Action.CLAIM_CHANGED, statement="Pegawai wajib netral.")


def material(clerk: Clerk) -> None:
    press = clerk.press
    new = "/materi/sunting/bahan/loa-janan/baru"
    press(CHECKER, new, "", Action.PASSAGE_ADDED, code="LJN-99", text="Netral itu adil.")
    changed = "Netral berarti adil kepada semua."
    press(CHECKER, "/materi/sunting/LJN-99", "", Action.PASSAGE_CHANGED, text=changed)


def files(clerk: Clerk) -> None:
    """Files of another state of the register wait beside what was edited here."""
    register = [(Reference, "reference", "UU-20-2023-P9-2"), (Claim, "claim", "F-DEF-01")]
    with Session(clerk.world.app.extensions["quiz.engine"]) as session:
        for table, _, code in register:
            row = session.scalars(select(table).where(table.code == code)).one()
            wording = {"text": row.text} if isinstance(row, Reference) else {"source": row.source}
            row.pending = {name: f"{words} Dari berkas." for name, words in wording.items()}
            row.pending_digest, row.edited_at = "b" * 64, datetime.now(UTC)
        session.commit()
    take, leave = "/pakai/reference/UU-20-2023-P9-2", "/tetap/claim/F-DEF-01"
    clerk.press(CHECKER, "/hukum/UU-20-2023-P9-2", take, Action.FILE_TEXT_TAKEN)
    clerk.press(CHECKER, "/hukum/pernyataan/F-DEF-01", leave, Action.FILE_TEXT_DECLINED)
    clerk.press(CHECKER, "/soal/MKN-001", "/sudah-ditinjau", Action.ITEM_CLEARED)
