from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.assessment.items.item import EVERYBODY, Item, Stance, Status, lettered, normal_text
from quiz.assessment.items.stages import Stage
from quiz.assessment.question_file import read_folder, write_folder
from quiz.assessment.question_file.writing import write_items
from tests.assessment import samples
from tests.assessment.question_folder import FILES, write

nasty = st.sampled_from(
    [
        *("no", "Ya", "null", "~", "2024", "2024-11-22", "1e3", "0x1f", "12:30", "true", "=", "<<"),
        *("Makna: arti", "# bukan komentar", "- butir", "@nama", "*x", "&x", "!y", "%", "`a`", "?"),
        *(
            "'petik'",
            '"petik"',
            "satu\ndua",
            "satu\n\n  menjorok\ndua",
            "a\n",
            "\ta",
            "a \nb",
            "a\n#b",
        ),
        *(
            "Rp 600.000,00",
            "Pasal 9 ayat (2)",
            "“kutip” – é 中 🙂",
            "\u2028x",
            "x\x85y",
            "\ufeff",
            "\\n",
        ),
        "kata " * 60,
    ]
)
printable = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"), include_characters="\n"), min_size=1
)
texts = st.one_of(nasty, printable).map(normal_text).filter(bool)


@st.composite
def written_items(draw: st.DrawFn) -> Item:
    item = draw(samples.items())
    stances = st.sampled_from([None, *Stance])
    worded = tuple(replace(o, feedback=draw(texts), stance=draw(stances)) for o in item.options)
    return replace(
        item,
        audience=frozenset(draw(st.sets(st.sampled_from(Status), min_size=1))),
        stem=draw(texts),
        explanation=draw(texts),
        options=worded,
        turns_on=draw(st.one_of(st.just(""), texts)),
        basis_words=tuple(draw(st.lists(texts, max_size=2))),
        stages=frozenset(draw(st.sets(st.sampled_from(Stage)))),
    )


@given(written_items())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_written_item_is_read_back_the_same(tmp_path: Path, item: Item) -> None:
    folder = write(tmp_path, FILES | {"01-makna.yaml": write_items([item])})

    assert read_folder(folder).items == (lettered(item),)


def test_whole_folder_is_read_back_the_same(tmp_path: Path) -> None:
    folder = read_folder(write(tmp_path / "a", FILES))

    again = read_folder(write(tmp_path / "b", write_folder(folder)))

    assert again == folder


def test_ties_between_items_are_read_back_the_same(tmp_path: Path) -> None:
    tied = [
        samples.item(code="MKN-001", not_with=("MKN-002",), pair="unggahan", scenario="warung"),
        samples.item(code="MKN-002", pair="unggahan"),
        samples.item(code="MKN-003", scenario="warung"),
    ]

    folder = write(tmp_path, FILES | {"01-makna.yaml": write_items(tied)})

    assert read_folder(folder).items == tuple(lettered(item) for item in tied)


def test_each_topic_has_its_own_file_in_the_order_of_the_items(tmp_path: Path) -> None:
    folder = read_folder(write(tmp_path, FILES))
    other = samples.item(code="MDS-001", topic="media-sosial")

    files = write_folder(replace(folder, items=(other, *folder.items)))

    assert list(files) == [
        *("topics.yaml", "references.yaml", "facts.yaml"),
        *("material/loa-janan.yaml", "material/pelajaran-makna.yaml"),
        *("01-media-sosial.yaml", "02-makna.yaml", "latihan.yaml"),
    ]


def test_file_reads_as_an_author_would_write_it() -> None:
    item = samples.item(
        options=samples.options(1, "1/2", 0), audience=EVERYBODY - {Status.BPD, Status.NON_ASN}
    )

    assert (
        write_items([item])
        == """\
topic: makna
items:
  - code: MKN-001
    type: single_choice
    level: memahami
    audience: [asn, kepala_desa, perangkat_desa]
    stem: Apa arti netralitas bagi pegawai?
    options:
      - text: Opsi 1
        weight: 1
        feedback: Penjelasan 1.
      - text: Opsi 2
        weight: 1/2
        feedback: Penjelasan 2.
      - text: Opsi 3
        weight: 0
        feedback: Penjelasan 3.
    explanation: Pegawai tidak berpihak. Layanan harus sama bagi semua warga.
    passages: [LJN-01]
    claims: [F-DEF-04/rumusan-lama]
    references: [UU-20-2023-P9-2]
    law_as_of: 2024-11-22
"""
    )


def test_items_of_two_topics_do_not_go_into_one_file() -> None:
    with pytest.raises(ValueError, match=r"^a file holds the items of one topic, not of \["):
        write_items([samples.item(), samples.item(topic="dasar")])
