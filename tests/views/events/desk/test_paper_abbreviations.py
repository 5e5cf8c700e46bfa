"""What a sheet of paper abbreviates is explained on its head, for paper cannot be touched."""

import json

import pytest

from quiz.models import Setting
from quiz.models.events.events import Phase
from quiz.models.people.settings import ABBREVIATIONS_KEY


@pytest.mark.parametrize("told", [True, False])
def test_a_sheet_explains_its_abbreviations_before_its_items(make, client_for, citra, told) -> None:
    if told:
        register = {"PNS": "pegawai negeri sipil", "BKN": "Badan Kepegawaian Negara"}
        make.session.add(Setting(key=ABBREVIATIONS_KEY, value=json.dumps(register)))
    item = make.bank_item(make.item(stem="Seorang PNS diajak. Apa yang tepat?"))
    sitting = make.sitting(make.event(), Phase.POST, items=[item])
    make.session.commit()

    page = client_for(citra).get(
        f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}/kertas?kosong=pns&banyak=1"
    )

    words = " ".join(page.text.split())
    assert ("Singkatan: <b>PNS</b> pegawai negeri sipil." in words) is told
    assert "Badan Kepegawaian Negara" not in words
    assert words.count("diajak. Apa yang tepat?") == 1
