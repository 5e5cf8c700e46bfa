"""Question sheets of a sitting: for whom, which form, and from when with their keys."""

from datetime import timedelta

import pytest

from quiz.actions.events.crossing import cross
from quiz.models import AuditEntry
from quiz.models.events.events import FeedbackMode, Phase
from quiz.models.people.audit import Action
from tests.papers import pdf_text, word_text
from tests.reading import notices, root, stored, words

HOUR = timedelta(hours=1)
BESIDE = ["kunci", "pembahasan", "dasar"]


@pytest.fixture
def desk(client_for, citra):
    return client_for(citra)


@pytest.fixture
def admin(client_for, eka):
    return client_for(eka)


@pytest.fixture
def over(make):
    """A sitting that closed for good, its feedback released."""
    sitting = make.sitting(make.event(code="UJI-NASKAH"))
    return ended(make, sitting)


def ended(make, sitting):
    sitting.opens_at, sitting.closes_at = make.now - 3 * HOUR, make.now - 2 * HOUR
    sitting.released_at = make.now - HOUR
    make.session.commit()
    return sitting


def page_of(sitting):
    return f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}/naskah"


def sheet(sitting, *beside, ending="pdf", status="pns", form="A"):
    asked = "".join(f"&{each}=ya" for each in beside)
    return f"{page_of(sitting)}.{ending}?status={status}&formulir={form}{asked}"


def refusal(reply):
    assert reply.status_code == 409
    return words(root(reply).find(".//main"))


def test_an_officer_gets_a_bare_sheet_of_any_prepared_sitting(make, desk):
    sitting = make.sitting(make.event(code="UJI-NASKAH"), opens_at=make.now + HOUR)

    pdf, word = (desk.get(sheet(sitting, ending=ending)) for ending in ("pdf", "docx"))

    saved = "attachment; filename=naskah-UJI-NASKAH-pre-pns.{}"
    assert pdf.headers["Content-Disposition"] == saved.format("pdf")
    assert word.headers["Content-Disposition"] == saved.format("docx")
    stems = [slot.choices[0].version.item.stem for slot in sitting.slots]
    for text in (pdf_text(pdf.data), word_text(word.data)):
        assert [stem for stem in stems if stem not in text] == []
        assert "Untuk PNS" in text
        assert "✓" not in text


@pytest.mark.parametrize("beside", BESIDE)
def test_nothing_that_gives_answers_away_is_had_while_somebody_may_answer(make, desk, beside):
    sitting = make.sitting()

    assert "belum terbuka bagi pesertanya" in refusal(desk.get(sheet(sitting, beside)))
    assert any("belum terbuka" in said for said in notices(desk.get(page_of(sitting))))
    assert f'name="{beside}"' not in desk.get(page_of(sitting)).text


@pytest.mark.parametrize("beside", BESIDE)
def test_an_officer_gets_them_once_all_is_over(make, desk, over, beside):
    assert f'name="{beside}"' in desk.get(page_of(over)).text

    reply = desk.get(sheet(over, beside))

    assert reply.status_code == 200
    assert "Memuat kunci jawaban" in pdf_text(reply.data)
    assert reply.headers["Content-Disposition"].endswith("naskah-UJI-NASKAH-pre-pns-kunci.pdf")


def test_an_officer_waits_for_the_grace_and_for_the_release(make, desk, over):
    over.closes_at, over.grace_minutes = make.now - timedelta(minutes=5), 10
    make.session.commit()
    assert "belum terbuka" in refusal(desk.get(sheet(over, "kunci")))

    over.closes_at, over.released_at = make.now - HOUR, None
    over.feedback_mode = FeedbackMode.DELAYED
    make.session.commit()
    assert "belum terbuka" in refusal(desk.get(sheet(over, "kunci")))


@pytest.mark.parametrize("opens_in", [-HOUR, 48 * HOUR])
def test_an_officer_waits_for_a_sitting_of_another_event_that_asks_one_of_them(
    make, desk, admin, over, opens_in
):
    row = over.slots[0].choices[0].version.bank_item
    other = make.sitting(
        make.event(code="UJI-LAIN"),
        Phase.POST,
        items=[row],
        opens_at=make.now + opens_in,
        closes_at=make.now + opens_in + 2 * HOUR,
    )

    said = refusal(desk.get(sheet(over, "kunci")))

    assert f"{other.label} kegiatan UJI-LAIN" in said
    assert "1 soal" in said
    assert desk.get(sheet(over)).status_code == 200
    assert admin.get(sheet(over, "kunci")).status_code == 200


def test_another_version_of_an_item_that_is_asked_elsewhere_holds_its_key_too(make, desk, over):
    row = over.slots[0].choices[0].version.bank_item
    text = f"{row.published.item.stem} Sekali lagi?"
    newer = row.version_of(make.item(code=row.code, stem=text), make.now)
    make.session.flush()
    row.published = newer
    make.session.commit()
    make.sitting(make.event(code="UJI-LAIN"), items=[row])

    assert "UJI-LAIN" in refusal(desk.get(sheet(over, "kunci")))


def test_whoever_keeps_the_bank_has_keys_of_an_uncrossed_sitting_at_once(make, admin):
    assert admin.get(sheet(make.sitting(), "kunci")).status_code == 200


@pytest.fixture
def pair(make, ani):
    """A pre-test that is over for good and a post-test that is open, crossed."""
    event = make.event(code="UJI-SILANG")
    make.enrolment(event, ani)
    for _ in range(6):
        make.bank_item(make.item(references=()))
    quiz = make.quiz(("makna", None, None, 3))
    pre, post = (
        make.sitting(event, phase, prepared=False, quiz=quiz) for phase in (Phase.PRE, Phase.POST)
    )
    assert cross(make.session, event, make.now - 4 * HOUR, "benih") == []
    return ended(make, pre), post


def test_of_a_crossed_pair_nobody_prints_a_key_before_both_are_over(make, desk, admin, pair):
    for browser in (desk, admin):
        for sitting in pair:
            for form in "AB":
                said = refusal(browser.get(sheet(sitting, "kunci", form=form)))
                assert "formulir A dan B bersilang" in said
                assert browser.get(sheet(sitting, form=form)).status_code == 200

    ended(make, pair[1])

    for sitting in pair:
        assert desk.get(sheet(sitting, "kunci")).status_code == 200


def test_each_form_and_each_status_has_its_own_items(make, desk, pair):
    a, b = (pdf_text(desk.get(sheet(pair[0], form=form)).data) for form in "AB")

    assert "formulir A" in a
    assert "formulir B" in b
    stems = {
        form: [s.choices[0].version.item.stem for s in pair[0].slots if s.form == form]
        for form in "AB"
    }
    assert all(stem in a for stem in stems["A"])
    assert all(stem in b for stem in stems["B"])


def test_a_status_that_is_not_served_has_no_sheet(make, desk):
    sitting = make.sitting()

    assert desk.get(sheet(sitting, status="karangan")).status_code == 404
    assert desk.get(sheet(sitting, status="")).status_code == 404


def test_a_sitting_without_a_form_has_none_either(make, desk):
    sitting = make.sitting(prepared=False)

    assert "belum disiapkan" in refusal(desk.get(page_of(sitting)))
    assert desk.get(sheet(sitting)).status_code == 404


def test_every_file_leaves_a_line_in_the_log(make, desk, citra, over):
    desk.get(sheet(over, "kunci"))

    [entry] = stored(make, AuditEntry)
    assert (entry.action, entry.subject_uid, entry.actor_id) == (
        Action.QUESTION_SHEET_MADE,
        over.uid,
        citra.id,
    )
    assert entry.detail.content == {"format": "pdf", "kind": "dengan kunci"}


def test_a_refused_file_leaves_none(make, desk):
    desk.get(sheet(make.sitting(), "kunci"))

    assert stored(make, AuditEntry) == []


def test_the_sittings_page_leads_there(make, desk, over):
    page = desk.get(f"/kegiatan/{over.event.code}/sesi/{over.uid}")

    assert page_of(over) in [link.get("href") for link in root(page).iter("a")]


def test_trainers_and_participants_have_no_sheets_of_a_sitting(make, client_for, dewi, ani, over):
    for person in (dewi, make.enrolment(over.event, ani)):
        browser = client_for(person)
        assert browser.get(page_of(over)).status_code == 403
        assert browser.get(sheet(over)).status_code == 403
