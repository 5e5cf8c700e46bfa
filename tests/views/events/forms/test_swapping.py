"""One item of a prepared form swapped by hand: what is offered, who may, and how it goes back."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from quiz.actions.events.crossing import cross
from quiz.actions.events.preparing import prepare
from quiz.assessment.forms.crossing import FormName
from quiz.assessment.items.item import Level, Status
from quiz.models import AuditEntry, BankItem, Sitting
from quiz.models.events.events import Phase
from quiz.permissions import Role
from quiz.queries.events.prepared import stored_forms
from quiz.queries.taking.asked import form_for

A, B = FormName.A, FormName.B
PNS, KADES = Status.PNS, Status.KEPALA_DESA

STEMS = [
    "Pegawai diminta memasang baliho di halaman kantor. Apa yang ia lakukan?",
    "Atasan meminta daftar dukungan warga desa. Tindakan mana yang tepat?",
    "Rekan mengunggah foto kampanye memakai seragam dinas. Apa nasihat Anda?",
    "Mobil kantor dipinjam untuk mengangkut kursi rapat calon. Bolehkah?",
    "Grup percakapan kantor dikirimi ajakan memilih. Bagaimana menanggapinya?",
    "Istri seorang camat menjadi calon anggota dewan. Apa kewajiban camat itu?",
    "Bantuan sosial dibagikan menjelang pemungutan suara. Apa yang diperiksa?",
    "Seorang guru menyukai halaman calon bupati. Termasuk perbuatan apa itu?",
    "Perangkat desa diundang rapat pemenangan pada hari libur. Apa sikapnya?",
]


@pytest.fixture
def desk(client_for, citra):
    return client_for(citra)


@pytest.fixture
def bank(make) -> list[BankItem]:
    return [make.bank_item(make.item(references=(), stem=stem)) for stem in STEMS]


@pytest.fixture
def event(make):
    """An event of a PNS and a village head; the claim that every item of a test cites is known."""
    make.claim()
    event = make.event()
    for status in (PNS, KADES):
        make.enrolment(event, make.user(status=status))
    return event


def prepared(make, event, count=3, phase=Phase.PRE) -> Sitting:
    quiz = make.quiz(("makna", None, None, count))
    sitting = make.sitting(event, phase, prepared=False, quiz=quiz)
    assert prepare(make.session, sitting, make.now, f"benih/{phase}") == []
    make.session.commit()
    return sitting


def at(sitting, form=A, position=1, end=""):
    code, uid = sitting.event.code, sitting.uid
    return f"/kegiatan/{code}/sesi/{uid}/soal/{form}/{position}{end}"


def uid_at(make, sitting, form=A, position=1, status=PNS):
    make.session.commit()
    make.session.expire_all()
    return stored_forms(make.session, sitting)[form][position - 1].versions[status]


def code_of(bank, uid):
    return next(item.code for item in bank if item.published.uid == uid)


def offered(page, bank):
    return {item.code for item in bank if f"Pakai {item.code}" in page.text}


def asked(make, sitting):
    make.session.commit()
    make.session.expire_all()
    forms = stored_forms(make.session, sitting).values()
    return {uid for form in forms for slot in form for uid in slot.versions.values()}


def swap(desk, make, sitting, new, form=A, position=1, old=None):
    old = old or uid_at(make, sitting, form, position)
    return desk.post_form(at(sitting, form, position), {"lama": old, "baru": new})


def test_what_stands_nowhere_in_the_event_is_offered_with_stem_difficulty_and_use(
    make, desk, bank, event
):
    sitting, other = prepared(make, event), prepared(make, event, count=2, phase=Phase.POST)

    page = desk.get(at(sitting))

    free = {
        item.code
        for item in bank
        if item.published.uid not in asked(make, sitting) | asked(make, other)
    }
    assert offered(page, bank) == free
    assert len(free) == 4
    for item in bank:
        assert (item.published.item.stem in page.text) == (
            item.code in free or item.published.uid == uid_at(make, sitting)
        )
    assert "belum pernah dipakai" in page.text
    assert "dipakai 1 sesi" in page.text


def test_how_hard_an_alternative_was_is_told(make, desk, bank, event):
    past = make.event(starts_at=make.now - timedelta(days=9), ends_at=make.now - timedelta(days=8))
    known = make.sitting(
        past,
        items=[bank[0], bank[1]],
        opens_at=make.now - timedelta(days=9),
        closes_at=make.now - timedelta(days=8),
    )
    for _ in range(6):
        make.finished(known, right=1, started_at=known.opens_at)
    sitting = prepared(make, event, count=1)
    page = desk.get(at(sitting)).text

    assert "tepat" in page
    assert "<b>100</b>" in page or "<b>0</b>" in page


def test_a_swap_changes_that_position_alone_and_is_logged(make, desk, bank, event):
    sitting = prepared(make, event)
    before = stored_forms(make.session, sitting)[A]
    form_for(make.session, sitting, PNS)
    new = next(item for item in bank if item.published.uid not in asked(make, sitting))

    with time_machine.travel(make.now + timedelta(minutes=1), tick=False):
        reply = swap(desk, make, sitting, new.published.uid, position=2)

    after = stored_forms(make.session, make.fresh(sitting))[A]
    assert reply.status_code == 303
    assert [slot.versions == old.versions for slot, old in zip(after, before, strict=True)] == [
        True,
        False,
        True,
    ]
    assert set(after[1].versions.values()) == {new.published.uid}
    assert form_for(make.session, sitting, PNS)[2].version_uid == new.published.uid
    line = make.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (line.action, line.subject_uid) == ("item_swapped", sitting.uid)
    assert line.detail.content["after"] == new.code


def test_what_was_chosen_first_comes_back_after_any_number_of_swaps(make, desk, bank, event):
    sitting = prepared(make, event)
    first = uid_at(make, sitting)
    free = [item.published.uid for item in bank if item.published.uid not in asked(make, sitting)]
    for new in free[:2]:
        swap(desk, make, sitting, new)

    page = desk.get(at(sitting)).text
    reply = desk.post_form(at(sitting, end="/semula"), {"lama": free[1]})

    assert f"Kembalikan {code_of(bank, first)}" in page
    assert (reply.status_code, uid_at(make, sitting)) == (303, first)
    assert "Kembalikan" not in desk.get(at(sitting)).text
    assert desk.post_form(at(sitting, end="/semula"), {"lama": first}).status_code == 409


def test_what_cannot_stand_there_any_more_does_not_come_back(make, desk, bank, event):
    sitting = prepared(make, event)
    first = uid_at(make, sitting)
    new = next(item for item in bank if item.published.uid not in asked(make, sitting))
    swap(desk, make, sitting, new.published.uid)
    item = next(item for item in bank if item.published.uid == first)
    make.fresh(item).retired_at = make.now
    make.session.commit()

    reply = desk.post_form(at(sitting, end="/semula"), {"lama": new.published.uid})

    assert reply.status_code == 409
    assert item.code in reply.text
    assert uid_at(make, sitting) == new.published.uid


def test_other_kinds_audiences_doubles_and_faulty_items_are_not_offered(make, desk, event):
    stood = make.bank_item(make.item(references=(), stem=STEMS[0]))
    beside = make.bank_item(make.item(references=(), stem=STEMS[1]))
    sitting = make.sitting(event, items=[stood, beside])
    fits = make.bank_item(make.item(references=(), stem=STEMS[2]))
    unfit = [
        make.item(references=(), stem=STEMS[3], topic="alasan"),
        make.item(references=(), stem=STEMS[4], level=Level.MENGINGAT),
        make.item(references=(), stem=STEMS[5], audience=frozenset({PNS})),
        make.item("true_false", references=(), stem=STEMS[6]),
        make.item(references=("TIDAK-DIKENAL",), stem=STEMS[7]),
        make.item(references=(), stem=STEMS[3], claims=("F-TIDAK-ADA",)),
        make.item(references=(), stem=f"{STEMS[1]} Pilih satu."),
        make.item(references=(), stem="Paslon nomor urut 2 meminta dukungan Anda. Apa sikap Anda?"),
    ]
    rows = [make.bank_item(item) for item in unfit]
    rows.append(make.bank_item(make.item(references=(), stem=STEMS[8]), retired_at=make.now))

    page = desk.get(at(sitting))

    assert offered(page, [fits, *rows]) == {fits.code}


def test_what_would_tell_something_twice_is_not_offered(make, desk, event):
    stood = make.bank_item(make.item(references=(), stem=STEMS[0]))
    beside = make.bank_item(make.item(references=(), stem=STEMS[1], not_with=("UJI-900",)))
    third = make.bank_item(make.item(references=(), stem=STEMS[2], pair="unggahan"))
    sitting = make.sitting(event, items=[stood, beside, third])
    fits = make.bank_item(make.item(references=(), stem=STEMS[3], pair="lain"))
    apart = [
        make.bank_item(make.item(references=(), stem=STEMS[4], code="UJI-900")),
        make.bank_item(make.item(references=(), stem=STEMS[5], pair="unggahan")),
        make.bank_item(make.item(references=(), stem=STEMS[6], not_with=(third.code,))),
    ]

    page = desk.get(at(sitting))

    assert offered(page, [fits, *apart]) == {fits.code}


def test_what_was_not_offered_is_refused_and_changes_nothing(make, desk, bank, event):
    sitting = prepared(make, event)
    before = uid_at(make, sitting)
    there = uid_at(make, sitting, position=2)

    replies = [swap(desk, make, sitting, new) for new in (there, "tidak-ada", before)]
    late = swap(desk, make, sitting, there, old="sudah-diganti")

    assert [reply.status_code for reply in (*replies, late)] == [409] * 4
    assert "sudah diganti" in late.text
    assert uid_at(make, sitting) == before


def test_a_newer_version_of_the_same_item_may_take_its_place(make, desk, bank, event):
    sitting = prepared(make, event)
    old = uid_at(make, sitting)
    item = next(item for item in bank if item.published.uid == old)
    version = item.version_of(
        make.item(code=item.code, references=(), stem=f"{item.published.item.stem} Jelaskan."),
        make.now,
    )
    make.session.flush()
    item.published = version
    make.session.commit()

    reply = swap(desk, make, sitting, version.uid)

    assert (reply.status_code, uid_at(make, sitting)) == (303, version.uid)


def test_nothing_is_swapped_once_somebody_has_begun(make, desk, bank, event):
    sitting = prepared(make, event)
    new = next(item for item in bank if item.published.uid not in asked(make, sitting))
    make.attempt(sitting, event.enrolments[0])

    page = desk.get(at(sitting))
    reply = swap(desk, make, sitting, new.published.uid)

    assert (page.status_code, offered(page, bank)) == (200, set())
    assert "Pre-test sudah dikerjakan" in page.text
    assert reply.status_code == 409
    assert at(sitting) not in desk.get(f"/kegiatan/{event.code}/sesi/{sitting.uid}").text


def test_in_a_crossed_event_the_item_changes_in_both_sittings_and_enters_no_other_form(
    make, desk, bank, event
):
    quiz = make.quiz(("makna", None, None, 3))
    pre, post = (
        make.sitting(event, phase, prepared=False, quiz=quiz) for phase in (Phase.PRE, Phase.POST)
    )
    assert cross(make.session, event, make.now, "benih") == []
    make.session.commit()
    other = uid_at(make, pre, B, 3)
    new = next(item for item in bank if item.published.uid not in asked(make, pre))

    refused = swap(desk, make, post, other, A, 1)
    reply = swap(desk, make, post, new.published.uid, A, 1)

    assert (refused.status_code, reply.status_code) == (409, 303)
    assert uid_at(make, pre) == uid_at(make, post) == new.published.uid
    assert stored_forms(make.session, pre) == stored_forms(make.session, post)
    assert make.fresh(pre).prepared_at == make.fresh(post).prepared_at
    make.attempt(pre, event.enrolments[0])
    assert swap(desk, make, post, other, A, 2).status_code == 409


def test_only_a_position_that_is_there_has_a_page(make, desk, bank, event):
    sitting = prepared(make, event)

    answers = [desk.get(at(sitting, *where)).status_code for where in ((A, 4), (B, 1), ("C", 1))]

    assert answers == [404] * 3


@pytest.mark.parametrize("role", Role)
def test_only_who_runs_events_swaps(make, client_for, bank, event, role):
    sitting = prepared(make, event)
    somebody = client_for(make.user(username="seseorang", role=role))
    before = uid_at(make, sitting)
    new = next(item for item in bank if item.published.uid not in asked(make, sitting))

    swap(somebody, make, sitting, new.published.uid)

    assert (uid_at(make, sitting) != before) == (role in {Role.OFFICER, Role.ADMIN})


def test_many_alternatives_cost_no_more_queries_than_one(make, desk, event, count_queries):
    stood = make.bank_item(make.item(references=(), stem=STEMS[0]))
    make.bank_item(make.item(references=(), stem=STEMS[1]))
    sitting = make.sitting(event, items=[stood])
    desk.get(at(sitting))
    one = count_queries(lambda: desk.get(at(sitting)))
    for stem in STEMS[2:]:
        make.bank_item(make.item(references=(), stem=stem))

    assert count_queries(lambda: desk.get(at(sitting))) == one
