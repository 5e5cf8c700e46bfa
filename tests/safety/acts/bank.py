"""Items: written, reviewed, signed, taken back, imported, rated."""

from quiz.models.people.audit import Action
from tests.safety.clerk import CHECKER, TRAINER, Clerk


def writing(clerk: Clerk) -> None:
    """An item that is there is changed; what a draft of one's own becomes is nobody's business."""
    press = clerk.press
    press(TRAINER, "/soal/baru", "")
    draft = press(TRAINER, "/soal/MKN-002/sunting", "")
    explanation = {
        "explanation": "Penjelasan yang lebih jelas daripada sebelumnya, dengan dasarnya."
    }
    revision = clerk.value(TRAINER, draft, "revisi")
    clerk.send(TRAINER, draft, by_script="PUT", revisi=revision, **explanation)
    clerk.send(TRAINER, f"{draft}/periksa", by_script="POST", revisi=revision, **explanation)
    press(TRAINER, draft, draft)
    press(TRAINER, draft, "/kirim", Action.ITEM_SENT, **explanation)
    review = "/soal/MKN-002/periksa-hukum"
    press(CHECKER, review, "/catatan", Action.ITEM_COMMENTED, text="Sebut ayatnya.")
    press(CHECKER, review, "/kembalikan", Action.ITEM_RETURNED, text="Belum menyebut ayatnya.")
    press(TRAINER, "/soal/MKN-002?versi=2", "/soal/kirim", Action.ITEM_SENT)
    press(CHECKER, review, "/terbitkan", Action.ITEM_PUBLISHED)
    draft = press(TRAINER, "/soal/MKN-003/sunting", "")
    press(TRAINER, draft, "/buang", Action.ITEM_DRAFT_DROPPED, yakin="ya")


def signing(clerk: Clerk) -> None:
    press = clerk.press
    press(CHECKER, "/soal/pengesahan", "/soal/sahkan", Action.ITEM_SIGNED)
    returned = "/soal/pengesahan/kembalikan"
    press(CHECKER, "/soal/pengesahan", returned, Action.ITEM_RETURNED, text="Belum jelas.")
    press(CHECKER, "/soal/MKN-004", "/soal/tarik", Action.ITEM_RETIRED)
    press(CHECKER, "/soal/MKN-004", "/pakai-lagi", Action.ITEM_RESTORED)


def panel(clerk: Clerk) -> None:
    given = {f"nilai-{place}": str(place) for place in range(1, 6)}
    clerk.press(TRAINER, "/soal/SIK-001/panel", "", Action.ITEM_RATED, **given)


TYPED = """Bolehkah pegawai ASN menyukai unggahan akun pemenangan?
A. Boleh
B. Tidak boleh
C. Boleh pada hari libur
ANSWER: B
"""


def importing(clerk: Clerk) -> None:
    press = clerk.press
    waiting = press(TRAINER, "/soal/ambil", "", text=TYPED)
    press(TRAINER, waiting, waiting, Action.ITEMS_IMPORTED)
    press(TRAINER, f"{waiting}/lengkapi", "")
    chosen = clerk.page(TRAINER, "/soal").xpath("//input[@name='versi']/@value")
    press(TRAINER, "/soal", "/soal/naskah", versi=[str(chosen[0])])
