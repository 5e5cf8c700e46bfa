"""Drafts and review: who may do what to a text, and what becomes of it."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.actions.bank.editing import (
    NewerVersion,
    OlderDraft,
    begin_change,
    begin_new,
    save_draft,
    send_to_review,
)
from quiz.actions.bank.rating import PANEL_NOTE
from quiz.actions.bank.reviewing import (
    add_note,
    approve,
    ask_review,
    clear_flag,
    give_back,
    restore,
    retire,
)
from quiz.assessment.items.unfinished import read_draft
from quiz.models import BankItem, ItemCitation, ItemDraft, User
from quiz.models.bank.items import FILE_DIFFERS
from quiz.models.refusals import Refused
from quiz.queries.bank.codes import free_code
from quiz.queries.bank.drafts import newer_version, other_drafts
from tests.factories import Make, changed


@pytest.fixture
def bank_item(make: Make) -> BankItem:
    """A published item from the starting stock."""
    return make.bank_item(make.item(code="ADA-1", stem="Yang terbit?"))


@pytest.fixture
def draft(session: Session, make: Make, bank_item: BankItem, dewi: User) -> ItemDraft:
    """Dewi's draft of a change to it."""
    return begin_change(session, bank_item, dewi, make.now)


def typed(draft: ItemDraft, **changes: Any) -> dict[str, Any]:
    return draft.content | changes


def send(session: Session, make: Make, draft: ItemDraft, over: str | None = None) -> BankItem:
    return send_to_review(session, draft, read_draft(draft.content)[0], make.now, over)


def test_a_change_begins_with_what_is_published(draft: ItemDraft, bank_item: BankItem) -> None:
    assert bank_item.published is not None
    assert draft.content == bank_item.published.item.to_json()
    assert draft.base_version is bank_item.published


def test_beginning_again_goes_on_with_the_same_draft(
    session: Session, make: Make, bank_item: BankItem, dewi: User, draft: ItemDraft
) -> None:
    assert begin_change(session, bank_item, dewi, make.now) is draft


def test_two_editors_have_a_draft_each_and_know_of_each_other(
    session: Session, make: Make, bank_item: BankItem, draft: ItemDraft, hadi: User
) -> None:
    other = begin_change(session, bank_item, hadi, make.now)
    save_draft(other, typed(other, stem="Milik Hadi?"), 1, make.now)

    assert [found.author for found in other_drafts(session, draft)] == [hadi]
    assert draft.content["stem"] == "Yang terbit?"


def test_an_older_window_overwrites_nothing(make: Make, draft: ItemDraft) -> None:
    save_draft(draft, typed(draft, stem="Pertama?"), 1, make.now)

    with pytest.raises(OlderDraft):
        save_draft(draft, typed(draft, stem="Kedua?"), 1, make.now)

    assert (draft.content["stem"], draft.revision) == ("Pertama?", 2)


def test_saving_the_same_again_is_no_new_save(make: Make, draft: ItemDraft) -> None:
    save_draft(draft, typed(draft), 1, make.now)

    assert draft.revision == 1


def test_a_change_keeps_the_item_s_code(make: Make, draft: ItemDraft) -> None:
    save_draft(draft, typed(draft, code="LAIN-1", stem="Baru?"), 1, make.now)

    assert (draft.code, draft.content["code"]) == ("ADA-1", "ADA-1")


def test_nobody_edits_a_retired_item(
    session: Session, make: Make, bank_item: BankItem, hadi: User, dewi: User
) -> None:
    retire(bank_item, hadi, make.now)

    with pytest.raises(Refused, match="sudah ditarik"):
        begin_change(session, bank_item, dewi, make.now)


def test_sending_makes_a_version_that_waits(
    session: Session, make: Make, draft: ItemDraft, dewi: User, bank_item: BankItem
) -> None:
    before = bank_item.published
    save_draft(draft, typed(draft, stem="Yang baru?"), 1, make.now)

    send(session, make, draft)
    session.commit()

    waiting = bank_item.draft
    assert waiting is not None
    assert (waiting.item.stem, waiting.author, bank_item.state) == ("Yang baru?", dewi, "in_review")
    assert bank_item.published is before
    assert session.scalars(select(ItemDraft)).all() == []
    cited = session.scalars(select(ItemCitation.item_version_id).distinct()).all()
    assert waiting.id in cited


def test_sending_what_is_published_already_is_refused(
    session: Session, make: Make, draft: ItemDraft
) -> None:
    with pytest.raises(Refused, match="sama dengan soal yang terbit"):
        send(session, make, draft)


def test_a_version_that_came_meanwhile_is_shown_before_it_is_replaced(
    session: Session, make: Make, draft: ItemDraft, bank_item: BankItem, hadi: User
) -> None:
    save_draft(draft, typed(draft, stem="Milik Dewi?"), 1, make.now)
    other = begin_change(session, bank_item, hadi, make.now)
    save_draft(other, typed(other, stem="Milik Hadi?"), 1, make.now)
    send(session, make, other)
    session.commit()

    with pytest.raises(NewerVersion) as refusal:
        send(session, make, draft)
    assert newer_version(draft) is refusal.value.version is bank_item.draft
    sent = send(session, make, draft, over=refusal.value.version.uid)

    assert sent.draft is not None
    assert sent.draft.item.stem == "Milik Dewi?"
    assert {version.item.stem for version in sent.versions} == {
        "Yang terbit?",
        "Milik Hadi?",
        "Milik Dewi?",
    }


def test_a_text_from_a_file_is_shown_before_it_is_replaced(
    session: Session, make: Make, bank_item: BankItem, dewi: User
) -> None:
    item = make.item(code="ADA-1", stem="Dari berkas?")
    bank_item.draft = bank_item.version_of(item, make.now, note=FILE_DIFFERS)
    session.flush()
    draft = begin_change(session, bank_item, dewi, make.now)
    save_draft(draft, typed(draft, stem="Milik Dewi?"), 1, make.now)

    assert draft.base_version is bank_item.published
    with pytest.raises(NewerVersion):
        send(session, make, draft)


def test_a_new_item_takes_its_code_when_it_is_sent(
    session: Session, make: Make, bank_item: BankItem, dewi: User
) -> None:
    content = make.item(code="ADA-1").to_json()
    draft = begin_new(session, content, dewi, make.now)

    with pytest.raises(Refused, match="ADA-1 sudah dipakai"):
        send(session, make, draft)
    save_draft(draft, content | {"code": "ADA-2"}, 1, make.now)
    made = send(session, make, draft)

    assert (made.code, made.published, made.state) == ("ADA-2", None, "in_review")


def test_a_proposed_code_follows_the_topic(session: Session, make: Make, dewi: User) -> None:
    make.bank_item(make.item(code="MKN-007", topic="makna"))
    begin_new(session, {"code": "MKN-009"}, dewi, make.now)

    assert free_code(session, "makna") == "MKN-010"
    assert free_code(session, "media-sosial") == "MED-001"


def test_values_of_a_panel_go_with_the_words_they_were_given_for(
    session: Session, make: Make, dewi: User
) -> None:
    item = make.item("judgement", code="SIK-1", extra={"panel": True})
    bank_item = make.bank_item(item)
    bank_item.versions[0].note = PANEL_NOTE
    draft = begin_change(session, bank_item, dewi, make.now)
    save_draft(draft, typed(draft, stem="Lain sekali?"), 1, make.now)

    send(session, make, draft)

    assert bank_item.draft is not None
    assert bank_item.draft.item.extra == {}


@pytest.fixture
def waiting(session: Session, make: Make, bank_item: BankItem, draft: ItemDraft) -> BankItem:
    """The item with Dewi's text under review."""
    save_draft(draft, typed(draft, stem="Yang baru?"), 1, make.now)
    send(session, make, draft)
    session.commit()
    return bank_item


def uid_of(bank_item: BankItem) -> str:
    assert bank_item.draft is not None
    return bank_item.draft.uid


def test_a_checker_publishes_and_signs(
    session: Session, make: Make, waiting: BankItem, hadi: User
) -> None:
    version = approve(waiting, uid_of(waiting), hadi, make.now)
    session.flush()

    assert (waiting.published, waiting.draft, waiting.state) == (version, None, "published")
    assert (waiting.signed_by, waiting.signed_at) == (hadi, make.now)


def test_its_author_cannot_publish_it(make: Make, waiting: BankItem, dewi: User) -> None:
    with pytest.raises(Refused, match="Minta pemeriksa lain"):
        approve(waiting, uid_of(waiting), dewi, make.now)

    assert waiting.state == "in_review"


def test_who_sent_another_s_words_cannot_publish_them(
    session: Session, make: Make, bank_item: BankItem, dewi: User, hadi: User
) -> None:
    bank_item.revise(changed(make.item(code="ADA-1"), stem="Milik Dewi?"), make.now, dewi)
    session.flush()
    ask_review(bank_item, hadi, make.now)

    with pytest.raises(Refused, match="Minta pemeriksa lain"):
        approve(bank_item, uid_of(bank_item), hadi, make.now)


def test_a_text_that_changed_since_it_was_read_is_not_published(
    make: Make, waiting: BankItem, hadi: User
) -> None:
    with pytest.raises(Refused, match="sudah berubah"):
        approve(waiting, "0" * 32, hadi, make.now)


def test_a_returned_text_is_a_draft_again_with_its_note(
    session: Session, make: Make, waiting: BankItem, hadi: User, dewi: User
) -> None:
    note = give_back(session, waiting, uid_of(waiting), hadi, " Perjelas. ", make.now)

    assert (note.text, waiting.state) == ("Perjelas.", "draft")
    again = begin_change(session, waiting, dewi, make.now)
    assert again.content["stem"] == "Yang baru?"


def test_nothing_is_returned_without_a_reason(
    session: Session, make: Make, waiting: BankItem, hadi: User
) -> None:
    with pytest.raises(Refused, match="Tulis dulu"):
        give_back(session, waiting, uid_of(waiting), hadi, "  ", make.now)
    with pytest.raises(Refused, match=r"2\.000"):
        add_note(session, waiting.versions[0], hadi, "x" * 2001, make.now)

    assert waiting.state == "in_review"


def test_nothing_is_sent_twice_or_without_a_draft(
    make: Make, waiting: BankItem, dewi: User
) -> None:
    with pytest.raises(Refused, match="sudah menunggu"):
        ask_review(waiting, dewi, make.now)
    with pytest.raises(Refused, match="tidak punya draf"):
        ask_review(make.bank_item(), dewi, make.now)


def test_retiring_and_restoring(make: Make, bank_item: BankItem, hadi: User) -> None:
    retire(bank_item, hadi, make.now)
    with pytest.raises(Refused, match="sudah ditarik"):
        retire(bank_item, hadi, make.now)
    retired = bank_item.state

    restore(bank_item, hadi)

    assert (retired, bank_item.state) == ("retired", "published")
    with pytest.raises(Refused, match="tidak sedang ditarik"):
        restore(bank_item, hadi)


def test_nobody_retires_their_own_item(make: Make, waiting: BankItem, hadi: User, dewi: User):
    approve(waiting, uid_of(waiting), hadi, make.now)

    with pytest.raises(Refused, match="Minta pemeriksa lain"):
        retire(waiting, dewi, make.now)


def test_a_flag_is_cleared_only_for_the_text_that_was_read(
    session: Session, make: Make, bank_item: BankItem
) -> None:
    with pytest.raises(Refused, match="sudah berubah"):
        clear_flag(session, bank_item, "0" * 32)
