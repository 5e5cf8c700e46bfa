"""Every reader, given sound files that somebody or something spoilt: it reads or says why not."""

import os
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.exchange.questions import read_questions
from quiz.exchange.questions.reading import FORMATS
from quiz.exchange.rosters.reading import read_roster
from quiz.exchange.tables.tabular import TableFault, read_table
from tests.exchange.mutations import mutated
from tests.exchange.questions.word_files import typed_document
from tests.exchange.tables.workbooks import workbook

TEXT = (
    "1. Apakah netral itu?\nA. ya\nB. tidak\nC. entah\nKunci: B\nPembahasan: karena.\n"
    "2. Manakah dua sikap?\na. satu\nb. dua *\nc. tiga\nKunci: A, C\n3. Ini benar.\nKunci: Benar\n"
)
GIFT = (
    "// [id:a] [tag:x]\n$CATEGORY: t/b\n\n::J::[html]Apa **itu**? {\n=%50%ya#karena\n~%-50%tidak\n"
    "~b \\= c\n####umum\n}\n\n::K:: Benar? {T#a#b}\n\nIsi {=a -> b =c -> d}\n\nBerapa {#5:1}\n"
)
AIKEN = "Apa?\nA. ya\nB. tidak\nANSWER: A\n\nDua?\nA) x\nB) y\nANSWER: B\n"
MOODLE = (
    '<?xml version="1.0"?><quiz><question type="category"><category><text>$course$/a</text>'
    '</category></question><question type="multichoice"><questiontext format="html"><text>'
    "<![CDATA[<p>Apa <b>itu</b>? H<sub>2</sub>O</p>]]></text></questiontext><single>false</single>"
    '<answer fraction="50"><text>&lt;p&gt;a&lt;/p&gt;</text></answer><answer fraction="-50"><text>'
    'b</text></answer><answer fraction="50"><text>c</text></answer></question></quiz>'
)
HEADS = ["Kode", "Soal", "Opsi A", "Opsi B", "Opsi C", "Kunci", "Bobot sebagian", "Pembahasan"]
SHEET = workbook([HEADS, ["X-1", "Apa?", "ya", "tidak", "entah", "A", "B=1/2; C=25%", "k"]])
QUESTIONS = {
    "soal.txt": TEXT.encode(),
    "soal.gift": GIFT.encode(),
    "soal.aiken": AIKEN.encode(),
    "soal.xml": MOODLE.encode(),
    "soal.docx": typed_document(*TEXT.splitlines()),
    "soal.xlsx": SHEET,
    "soal.csv": b"Soal;A;B;Kunci\nApa?;ya;tidak;A\n",
}
PEOPLE = [
    ["DAFTAR PESERTA"],
    ["No", "Nama", "NIP", "Status", "Unit", "Jabatan"],
    ["1", "Ani Susanti, S.E.", "198001012005012001", "PNS", "Desa Rekaan", "Staf"],
    ["2", "Budi\nNIP. 19790101 200501 1 002", "", "PPPK", "Puskesmas", "Bidan"],
    ["", "UNIT LAIN"],
    ["3", "Citra", "-", "CPNS", "", ""],
]
ROSTERS = {
    "daftar.xlsx": workbook(PEOPLE),
    "daftar.csv": "\n".join(";".join(f'"{cell}"' for cell in row) for row in PEOPLE).encode(),
}
MUCH = int(os.environ.get("QUIZ_FUZZ", "25"))
"""Files of each kind in a run; some thousand once in a while find what the everyday ones do not."""

few = settings(
    max_examples=MUCH,
    derandomize=MUCH < 100,
    suppress_health_check=list(HealthCheck),
    database=None,
)


def texts(value):
    """Every text in what was read."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts(getattr(value, each.name))
    elif isinstance(value, dict):
        yield from texts([*value, *value.values()])
    elif isinstance(value, list | tuple | set):
        for each in value:
            yield from texts(each)


@pytest.mark.parametrize("name", QUESTIONS)
@few
@given(spoilt=st.data(), format=st.sampled_from(["", *FORMATS]))
def test_spoilt_questions_are_read_or_refused(name, spoilt, format):
    file = read_questions(name, spoilt.draw(mutated(QUESTIONS[name])), format)

    assert bool(file.items) != bool(file.faults)
    for text in texts(file):
        text.encode()  # half of a surrogate pair could not be stored, nor a NUL
        assert "\0" not in text


@pytest.mark.parametrize("name", ROSTERS)
@few
@given(spoilt=st.data())
def test_a_spoilt_roster_is_read_or_refused(name, spoilt):
    blob = spoilt.draw(mutated(ROSTERS[name]))

    roster = read_roster(name, blob)

    assert roster.rows or roster.faults
    for text in texts(roster):
        text.encode()
        assert "\0" not in text
    try:
        read_table(name, blob, ("Nama", "Unit"))
    except TableFault as fault:
        assert str(fault).endswith(".")
