"""Rating the options of a judgement item, and the version the ratings lead to."""

from datetime import datetime

from sqlalchemy.orm import Session

from quiz.actions.bank.citing import cite_new_versions
from quiz.assessment.items.panel import Ratings, keyed_by
from quiz.assessment.items.types.judgement import HIGHEST, LOWEST
from quiz.models.bank.items import BankItem, ItemVersion
from quiz.models.bank.ratings import PanelRating
from quiz.models.refusals import Refused
from quiz.queries.bank.panel import panel_of, ratings_of, wording_of

PANEL_NOTE = "kunci menurut panel"


def rate(
    session: Session, bank_item: BankItem, rater_id: int, ratings: Ratings, now: datetime
) -> ItemVersion | None:
    """Record a person's ratings of the version shown; the new version when the key follows.

    Raises Refused for an item that is retired, was rated by this person already, or whose options
    are not all rated from 1 to 5.
    """
    version = bank_item.published or bank_item.draft
    if version is None or bank_item.retired_at is not None:
        raise Refused(f"Soal {bank_item.code} tidak dipakai lagi, jadi tidak dinilai.")
    item = version.item
    if rater_id in ratings_of(session, item):
        raise Refused("Anda sudah menilai soal ini. Penilaian tidak dapat diubah.")
    places = list(range(1, len(item.options) + 1))
    if sorted(ratings) != places or not all(LOWEST <= v <= HIGHEST for v in ratings.values()):
        raise Refused(f"Beri setiap pilihan nilai {LOWEST} sampai {HIGHEST}.")
    wording = wording_of(item)
    session.add_all(
        PanelRating(wording=wording, rater_id=rater_id, place=place, value=value, rated_at=now)
        for place, value in ratings.items()
    )
    session.flush()
    return _follow(session, bank_item, version, now)


def _follow(
    session: Session, bank_item: BankItem, version: ItemVersion, now: datetime
) -> ItemVersion | None:
    """A version keyed as the panel says, put in place of the rated one; None if nothing changes.

    The signature of the earlier version falls, as with any new text: somebody checks the key.
    """
    item = version.item
    keyed = keyed_by(item, panel_of(session, item))
    if keyed is None or (item.extra.get("panel") and keyed.options == item.options):
        return None
    new = bank_item.version_of(keyed, now, note=PANEL_NOTE)
    if bank_item.published is version:
        bank_item.publish(new)
    else:
        bank_item.draft = new
    bank_item.edited_at = now
    cite_new_versions(session)
    return new
