"""Nobody is told as his own a sanction or a leave that others have."""

from dataclasses import replace

import pytest

from quiz.assessment.items.item import ASN, EVERYBODY, Category, Item, Status
from tests.assessment import samples
from tests.assessment.quality.linter.checking import Case, told, worded

KADES = frozenset({Status.KEPALA_DESA})
SANCTION = "Kepala desa yang memihak diberi hukuman disiplin sedang. Jangan memihak."
LEAVE = ("Cuti di luar tanggungan negara", "Cuti tahunan", "Izin atasan", "Surat tugas")

CASES: dict[str, Case] = {
    "sanksi-sendiri": (
        samples.item(audience=KADES, explanation=SANCTION),
        "pembahasan",
        "“hukuman disiplin” bukan sanksi bagi yang bukan ASN. Sebut pada pokok soal bahwa "
        "pelakunya pegawai, atau hapus centang status yang lain.",
        samples.item(audience=ASN, explanation=SANCTION),
    ),
    "cuti-sendiri": (
        worded(*LEAVE, stem="Apa yang harus diambil pegawai ASN sebelum mendampingi istrinya?"),
        "opsi A",
        "PPPK tidak mempunyai cuti di luar tanggungan negara. Sebut PNS pada pokok soal, atau "
        "hapus centang PPPK.",
        worded(*LEAVE, stem="Apa yang harus diambil PNS sebelum mendampingi istrinya?"),
    ),
}


@pytest.mark.parametrize("rule", CASES)
def test_what_is_told_as_ones_own_has_to_be(rule: str) -> None:
    bad, where, message, good = CASES[rule]

    assert told(rule, bad) == [("MKN-001", where, message)]
    assert told(rule, good) == []


@pytest.mark.parametrize(
    "item",
    [
        samples.item(stem="Seorang PNS memihak. Apa akibatnya?", explanation=SANCTION),
        samples.item(explanation="Hukuman disiplin hanya bagi PNS. Kepala desa ditegur lisan."),
        replace(worded("Teguran lisan", "Hukuman disiplin", "Denda"), audience=KADES),
    ],
)
def test_a_sanction_that_is_said_to_be_of_others_is_nobodys_own(item: Item) -> None:
    assert told("sanksi-sendiri", item) == []


@pytest.mark.parametrize("audience", [KADES, EVERYBODY, frozenset({Status.NON_ASN, Status.PNS})])
def test_a_category_of_civil_servants_is_named_at_its_option(audience: frozenset[Status]) -> None:
    feed = samples.item("feed", audience=audience, stem="Mana yang boleh Anda lakukan?")
    village = tuple(
        replace(o, category=o.category if o.is_key else Category.VILLAGE_LAW) for o in feed.options
    )

    assert [where for _, where, _ in told("sanksi-sendiri", feed)] == ["opsi C", "opsi D"]
    assert told("sanksi-sendiri", replace(feed, options=village)) == []
