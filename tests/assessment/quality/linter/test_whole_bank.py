"""Rules about texts of the whole bank: what is told too often, and what nobody wrote."""

from dataclasses import replace

from quiz.assessment.items.item import Item
from tests.assessment import samples
from tests.assessment.quality.linter.checking import found


def items(count: int, **changes: object) -> list[Item]:
    return [replace(samples.item(**changes), code=f"UJI-{n}") for n in range(count)]


def test_a_sentence_of_three_explanations_is_named_once_with_its_items() -> None:
    own = [replace(item, explanation=f"Isi {item.code}. Sama.") for item in items(3)]

    [finding] = found("kalimat-berulang", own)

    assert (finding.where, finding.message) == (
        "soal UJI-0, UJI-1, UJI-2",
        "“Sama.” ada pada 3 pembahasan. Tulis yang khusus bagi soal itu.",
    )
    assert found("kalimat-berulang", own[:2]) == []


def test_items_without_words_of_their_article_are_counted() -> None:
    silent = items(20)
    told = items(1, basis_words=("Isi",))
    no_law = items(1, references=())

    [finding] = found("kata-pasal-ditulis", [*silent, *told, *no_law])

    assert finding.where == "20 soal"
    assert finding.message.endswith("UJI-8, UJI-9, ….")
    assert found("kata-pasal-ditulis", [*told, *no_law]) == []


def test_items_whose_explanation_names_no_article_are_counted() -> None:
    silent = items(20)
    article = items(1, explanation="Pasal 1 memintanya. Layanan sama.")
    circular = items(1, explanation="Menurut SE Bawaslu hadir pun mendukung. Jangan hadir.")
    no_law = items(1, references=())

    [finding] = found("pasal-disebut", [*silent, *article, *circular, *no_law])

    assert finding.where == "20 soal"
    assert finding.message.endswith("UJI-8, UJI-9, ….")
    assert found("pasal-disebut", [*article, *circular, *no_law]) == []
