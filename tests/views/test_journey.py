"""The whole way, from a roster file to the report, on both databases."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from quiz.models import Enrolment
from quiz.models.events.events import Phase
from tests.conftest import BOTH_DATABASES

ROSTER = "Nama;NIP;Status;Unit\n" + "\n".join(
    [f"Pegawai {n};;PNS;Kantor Camat Rekaan" for n in "ABCDEF"]
    + ["Kepala Desa A;;Kepala Desa;Desa Rekaan"]
)


def upload(desk, event) -> None:
    """Upload the roster and confirm what the preview shows."""
    address = f"/kegiatan/{event.code}/peserta/unggah"
    file = (BytesIO(ROSTER.encode()), "peserta.csv")
    preview = desk.post_form(address, {"file": file}, content_type="multipart/form-data").location
    page = desk.get(preview).text
    fields = dict(re.findall(r'name="(basis)"[^>]*value="([^"]*)"', page))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        fields[name] = re.findall(r'value="([^"]+)"', options)[0]
    reply = desk.post_form(preview, fields)
    assert reply.location == f"/kegiatan/{event.code}/peserta"


def take(phone, sitting, chosen_first: bool) -> str:
    """Answer everything with the first (or second) option and submit; the receipt."""
    address = phone.post_form(f"/sesi/{sitting.uid}/mulai").location
    fields = re.findall(r'name="jawaban-(\d+)" value="(\w+)"', phone.get(address).text)
    by_position: dict[str, list[str]] = {}
    for position, option in fields:
        by_position.setdefault(position, []).append(option)
    for position, options in by_position.items():
        payload = {
            "chosen": [options[0 if chosen_first else 1]],
            "confidence": 2,
            "revision": 1_000_001,
            "at": None,
        }
        assert phone.send_json(f"{address}/jawaban/{position}", payload).status_code == 200
    reply = phone.send_json(f"{address}/selesai", {"responses": []}, method="POST")
    assert phone.get(reply.json["next"]).status_code == 200
    return reply.json["receipt"]


@pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)
def test_roster_becomes_a_report_per_unit(app, make, client_for, session, citra):
    desk = client_for(citra)
    event = make.event()
    make.topic()
    make.reference()
    for _ in range(3):
        make.bank_item()
    sitting = make.sitting(
        event, Phase.POST, prepared=False, opens_at=make.now + timedelta(minutes=30)
    )
    address = f"/kegiatan/{event.code}/sesi/{sitting.uid}"

    upload(desk, event)
    desk.post_form(f"{address}/siapkan")
    desk.post_form(f"{address}/buka")
    session.commit()
    people = session.scalars(select(Enrolment).order_by(Enrolment.id)).all()
    receipts = set()
    for number, person in enumerate(people):
        phone = app.test_client()
        phone.post_form("/masuk", {"code": make.code(person)})
        phone.post_form("/", {"enrolment": person.uid})
        receipts.add(take(phone, sitting, chosen_first=number % 2 == 0))
    desk.post_form(f"{address}/tutup")

    told = desk.get(f"/laporan/{event.code}/unit.json").json
    assert len(receipts) == 7
    [pool] = told["units"]
    assert sorted(pool["pooled"]) == ["DESA-REKAAN", "KANTOR-CAMAT-REKAAN"]
    assert (pool["attended"], pool["submitted"]) == (7, 7)
    assert told["total"]["submitted"] == 7
    assert make.fresh(sitting).prepared_at is not None
