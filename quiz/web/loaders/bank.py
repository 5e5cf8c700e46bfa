"""Items, drafts, uploads and formats, named in an address."""

from collections.abc import Sequence

from flask import abort

from quiz.database import db
from quiz.exchange.questions import WRITERS
from quiz.exchange.questions.writing import Writer
from quiz.models import (
    BankItem,
    ItemDraft,
    ItemImport,
    ItemVersion,
)
from quiz.queries.bank.drafts import item_of, own_draft
from quiz.queries.bank.imports import own_import
from quiz.queries.bank.item_page import ItemPage, item_page
from quiz.queries.bank.items import published_as
from quiz.queries.bank.panel import PanelPage, panel_page
from quiz.queries.bank.versions import Versions, versions_of
from quiz.web.access import me
from quiz.web.loaders import NO_UPLOAD, found, missing


def item_or_404(code: str) -> BankItem:
    """The item of the bank with this code."""
    return found(item_of(db.session, code), f"Soal {code[:60]} tidak ada. Cari di bank soal.")


def item_in_review_or_404(code: str) -> BankItem:
    """The item with this code while a version of it waits for a checker."""
    bank_item = item_or_404(code)
    if bank_item.draft is None or bank_item.in_review_at is None:
        missing(f"Soal {code[:60]} tidak sedang menunggu pemeriksa.")
    return bank_item


def version_or_404(code: str, number: int | None) -> tuple[Versions, ItemVersion]:
    """The versions of the item ``code``, and the one a page is about: see Versions.chosen."""
    versions = versions_of(db.session, code)
    version = versions.chosen(number) if versions else None
    if versions is None or version is None:
        missing(f"Soal {code[:60]} atau versi itu tidak ada. Cari di bank soal.")
    return versions, version


def item_page_or_404(code: str, number: int | None) -> ItemPage:
    """The item ``code`` with what it rests on; see queries.bank.item_page."""
    return found(
        item_page(db.session, code, number),
        f"Soal {code[:60]} atau versi itu tidak ada. Cari di bank soal.",
    )


def published_page_or_404(code: str) -> ItemPage:
    """The item ``code`` as it is published and may be drawn, with what it rests on."""
    page = item_page_or_404(code, None)
    if page.bank_item.published is None or page.bank_item.retired_at is not None:
        missing(f"Soal {code[:60]} tidak terbit, jadi belum dapat disahkan.")
    return page


def read_item_or_409(uids: Sequence[str]) -> BankItem:
    """The item that was read: one whose published version has this uid."""
    read = published_as(db.session, uids) if len(uids) == 1 else []
    if not read:
        abort(
            409,
            description="Soal disahkan satu per satu, dari halaman yang menampilkan isinya. Kalau "
            "sudah dari sana, isinya berubah sejak Anda membacanya: muat ulang, lalu baca lagi.",
        )
    return read[0]


def panel_or_404(code: str, *, lock: bool = False) -> PanelPage:
    """What the panel says of the judgement item ``code``, and whoever asks."""
    return found(
        panel_page(db.session, code, me().user_id, lock=lock),
        f"Soal {code[:60]} tidak ada, atau bukan soal pertimbangan.",
    )


def own_draft_or_404(uid: str) -> ItemDraft:
    """The draft of an item if whoever asks is writing it."""
    return found(
        own_draft(db.session, uid, me().user_id),
        "Draf ini tidak ada, sudah dikirim, atau milik orang lain.",
    )


def own_import_or_404(uid: str) -> ItemImport:
    """The file of questions if whoever asks uploaded it."""
    return found(own_import(db.session, uid, me().user_id), NO_UPLOAD)


def writer_or_404(name: str) -> Writer:
    """The writer of questions in the format of this name."""
    if name not in WRITERS:
        missing("Format itu tidak ada. Pilih di halaman Ekspor soal.")
    return WRITERS[name]
