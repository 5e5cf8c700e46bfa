"""Forms speak Indonesian, also where the sentence is the library's own."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange

from quiz.web.forms import PartForm


class Sample(PartForm):
    number = IntegerField(validators=[NumberRange(1, 9)])
    word = StringField(validators=[DataRequired(), Length(max=3)])
    kind = SelectField(choices=[SelectChoice("a", "A")])


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("number", "dua", "Isi dengan bilangan bulat, misalnya 20."),
        ("number", "12", "Isi antara 1 dan 9."),
        ("word", "", "Isian ini perlu diisi."),
        ("word", "panjang", "Paling banyak 3 karakter."),
        ("kind", "z", "Pilih salah satu dari daftar."),
    ],
)
def test_library_sentences_are_indonesian(field, typed, sentence):
    form = Sample(MultiDict({"number": "1", "word": "ya", "kind": "a"} | {field: typed}))

    form.validate()

    assert form.errors[field][0] == sentence
