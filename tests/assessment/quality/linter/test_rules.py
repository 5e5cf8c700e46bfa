"""What holds for every rule of the linter."""

from typing import Any

import pytest

from quiz.assessment.quality.linter import RULES, lint
from tests.assessment.quality.linter import (
    test_basis,
    test_neutrality,
    test_options,
    test_own_law,
    test_wording,
)
from tests.assessment.quality.linter.checking import (
    ALIKE,
    CLAIMS,
    DAY,
    REFERENCES,
    found,
    stem,
    worded,
)

OF_ONE_ITEM = (test_basis, test_neutrality, test_options, test_own_law, test_wording)
ELSEWHERE = {
    "kunci-terpanjang",
    "letak-kunci",
    "benar-salah-seimbang",
    "pihak-rekaan-seimbang",
    "penebak",
    "boleh-menjadi-kunci",
    "saling-membuka",
    "varian-dipisahkan",
    "kalimat-berulang",
    "kata-pasal-ditulis",
    "pasal-disebut",
    "pasal-hari-kegiatan",
}
"""Rules of the whole bank (test_balance.py, test_neighbours.py, test_whole_bank.py,
../guessing), and the one that asks for a day (test_basis.py)."""


def test_every_rule_has_its_case() -> None:
    cases = [name for module in OF_ONE_ITEM for name in module.CASES]

    assert sorted(rule.name for rule in RULES) == sorted([*cases, *ELSEWHERE])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_gives_its_reason_and_source(rule: Any) -> None:
    assert rule.reason.endswith(".")
    assert len(rule.source) > 10
    assert (rule.of_item is None) != (rule.of_bank is None)
    assert (rule.of_item or rule.of_bank).__doc__


def test_a_finding_reads_as_one_line() -> None:
    [finding] = found("warna", [stem("Kaus merah. Apa yang tepat?")])

    assert str(finding) == (
        "Soal MKN-001, pokok soal: “merah” adalah nama warna. Hapus, atau tulis abu-abu. [warna]"
    )


def test_a_sound_item_is_found_nothing_about() -> None:
    item = worded(*ALIKE, explanation="Pegawai tidak berpihak. Layanan sama bagi semua.")

    assert lint([item], REFERENCES, CLAIMS, [], on=DAY) == []
