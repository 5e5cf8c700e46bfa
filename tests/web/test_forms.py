"""Forms speak Indonesian, also where the sentence is the library's own."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import DateField, IntegerField, SelectField, StringField
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


class Dated(PartForm):
    day = DateField()


@pytest.mark.parametrize("day", ["0001-01-01", "1944-12-31", "2100-01-01", "9999-12-31"])
def test_dates_at_the_edge_of_the_calendar_are_refused_at_their_field(day):
    form = Dated(MultiDict({"day": day}))

    assert not form.validate()
    assert form.errors["day"] == ["Isi tahun antara 1945 dan 2099."]


def test_dates_of_our_time_pass():
    assert Dated(MultiDict({"day": "2025-05-02"})).validate()
