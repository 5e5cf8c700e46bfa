"""What an event is for is fixed before anybody works in it, and stands beside every named score."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from quiz.exports import EXPORTS
from quiz.exports.documents.register import DOCUMENTS
from quiz.models import AuditEntry
from quiz.models.events.events import Phase
from quiz.models.events.purposes import Purpose
from quiz.models.people.audit import Action
from quiz.permissions import ROLE_PERMISSIONS, Permission, Role
from tests.papers import pdf_text, word_text
from tests.reading import faults, root, stored, with_class, words

WANTED = {"purpose": "penilaian", "reason": "Surat tugas 800/12"}


@pytest.fixture
def event(make):
    return make.event("Rapat", code="UJI-501")


@pytest.fixture
def desk(client_for, citra):
    return client_for(citra)


def test_an_event_is_for_building_people_up_unless_somebody_says_otherwise(event):
    assert event.purpose_line == (
        "Tujuan kegiatan: pembinaan; nama beserta nilai tidak keluar dari Kesbangpol dan bukan "
        "bahan hukuman disiplin."
    )


def test_another_purpose_needs_its_basis_and_is_logged_and_told_anew(make, desk, event):
    told = make.enrolment(event)
    told.notice(make.now)
    make.session.commit()
    without = desk.post_form("/kegiatan/UJI-501/tujuan", {"purpose": "penilaian", "reason": " "})
    strange = desk.post_form("/kegiatan/UJI-501/tujuan", WANTED | {"purpose": "hukuman"})
    assert (without.status_code, strange.status_code) == (400, 400)
    assert faults(without) == ["Tulis dasar dan alasannya."]

    done = desk.post_form("/kegiatan/UJI-501/tujuan", WANTED)

    after = make.fresh(event)
    assert (done.status_code, after.purpose, after.purpose_basis) == (
        303,
        Purpose.ASSESSMENT,
        "Surat tugas 800/12",
    )
    assert make.fresh(told).noticed_at is None
    [line] = stored(make, AuditEntry)
    assert (line.action, line.subject_uid) == (Action.PURPOSE_CHANGED, event.uid)
    assert line.detail.content == {
        "before": "Pembinaan",
        "after": "Penilaian",
        "reason": "Surat tugas 800/12",
    }

    desk.post_form("/kegiatan/UJI-501/tujuan", {"purpose": "pembinaan", "reason": "Batal"})
    assert (make.fresh(event).purpose, event.purpose_basis) == (Purpose.BUILDING, "")


@pytest.mark.parametrize("phase", [Phase.PRE, Phase.PRACTICE])
def test_once_somebody_has_worked_it_stays(make, desk, event, phase):
    attempt = make.attempt(make.sitting(event, phase=phase))
    attempt.void(attempt.enrolment.user, "Keliru", make.now)
    make.session.commit()

    page = desk.get("/kegiatan/UJI-501/tujuan")
    refused = desk.post_form("/kegiatan/UJI-501/tujuan", WANTED)

    assert "tidak dapat diubah lagi: 1 orang sudah mengerjakan" in words(root(page))
    assert (refused.status_code, make.fresh(event).purpose) == (409, Purpose.BUILDING)
    assert stored(make, AuditEntry) == []


def test_a_copy_begins_with_building_people_up(make, desk, event, session):
    event.purpose, event.purpose_basis = Purpose.ASSESSMENT, "Surat"
    session.commit()

    made = desk.post_form(
        "/kegiatan/UJI-501/salin",
        {
            "title": "Rapat kedua",
            "code": "UJI-502",
            "day": "2030-05-06",
            "start": "08:00",
            "end": "11:00",
        },
    )

    [copy] = [each for each in stored(make, type(event)) if each.code != "UJI-501"]
    assert (made.status_code, copy.purpose, copy.purpose_basis) == (303, Purpose.BUILDING, "")


# Named files and pages


@pytest.fixture
def attempt(make, session):
    attempt = make.finished()
    attempt.sitting.event.purpose = Purpose.ASSESSMENT
    attempt.sitting.event.purpose_basis = "surat tugas 800/12"
    session.commit()
    return attempt


def read(ending, blob):
    """What stands in a file, whatever kind it is."""
    if ending == "pdf":
        return pdf_text(blob)
    if ending == "docx":
        return word_text(blob)
    if ending == "xlsx":
        rows = CalamineWorkbook.from_object(BytesIO(blob)).get_sheet_by_index(0)
        return " ".join(str(cell) for row in rows.to_python() for cell in row)
    return blob.decode()


def named_files(attempt):
    """Address, ending and what is expected of every file with names beside scores."""
    code, uid = attempt.sitting.event.code, attempt.enrolment.uid
    for export in EXPORTS.values():
        if export.permission is Permission.SEE_NAMED_SCORES:
            for ending in export.kinds:
                yield f"/laporan/{code}/{export.stem}.{ending}", ending
    for document in DOCUMENTS.values():
        if document.permission is Permission.SEE_NAMED_SCORES:
            for ending in ("pdf", "docx"):
                yield f"/laporan/{code}/peserta/{uid}/{document.stem}.{ending}", ending


def test_every_named_file_carries_the_purpose_and_leaves_a_line(make, desk, attempt):
    line = "Tujuan kegiatan: penilaian (surat tugas 800/12);"

    without, unlogged = [], []
    for address, ending in named_files(attempt):
        before = len(stored(make, AuditEntry))
        text = read(ending, desk.get(address).data)
        without += [] if line in text else [address]
        unlogged += [] if len(stored(make, AuditEntry)) > before else [address]

    assert len(list(named_files(attempt))) >= 5
    assert (without, unlogged) == ([], [])


def test_pages_with_names_say_it_and_so_does_the_person_s_own_sheet(desk, client_for, attempt):
    line = attempt.sitting.event.purpose_line
    code, uid = attempt.sitting.event.code, attempt.enrolment.uid
    pages = [desk.get(f"/laporan/{code}/peserta"), desk.get(f"/laporan/{code}/peserta/{uid}")]
    own = client_for(attempt.enrolment).get(f"/data-saya/{uid}/lembar-hasil.pdf")

    assert all(line in words(root(page)) for page in pages)
    assert line in pdf_text(own.data)


@pytest.mark.parametrize(
    ("role", "instead"),
    [
        (Role.ADMIN, "Laporan gabungan dan lembar apel"),
        (Role.TRAINER, "Hasil kelompok"),
        (Role.LEGAL_CHECKER, "Hasil kelompok"),
        (Role.UNIT_HEAD, "Unit saya"),
        (Role.PARTICIPANT, None),
    ],
)
def test_whoever_may_not_see_names_is_told_why_and_what_to_use_instead(
    make, client_for, attempt, role, instead
):
    assert Permission.SEE_NAMED_SCORES not in ROLE_PERMISSIONS[role]
    unit = make.unit()
    browser = client_for(make.user(username="seseorang", role=role, unit=unit))
    code = attempt.sitting.event.code

    page = browser.get(f"/laporan/{code}/peserta")

    assert page.status_code == 403
    assert "siapa yang nilainya rendah?" in words(root(page))
    assert "minta admin memberi peran" not in words(root(page))
    buttons = [a for a in with_class(page, "primary") if words(a) != "Ke halaman depan"]
    assert [words(button) for button in buttons] == ([instead] if instead else [])
    assert all(browser.get(button.get("href")).status_code == 200 for button in buttons)
