"""The form every page's form is built on: FlaskForm whose own sentences are Indonesian."""

from typing import Any

import wtforms
from flask import request
from flask_wtf import FlaskForm
from wtforms.form import BaseForm
from wtforms.validators import Length

from quiz.assessment.items.item import FIRST_YEAR, LAST_YEAR

_SENTENCES = {
    "Not a valid choice.": "Pilih salah satu dari daftar.",
    "Not a valid choice": "Pilih salah satu dari daftar.",
    "Invalid Choice: could not coerce.": "Pilih salah satu dari daftar.",
    "Invalid choice(s): one or more data inputs could not be coerced.": (
        "Ada pilihan yang tidak dikenal."
    ),
    "Not a valid integer value.": "Isi dengan bilangan bulat, misalnya 20.",
    "Not a valid decimal value.": "Isi dengan angka.",
    "Not a valid float value.": "Isi dengan angka.",
    "Not a valid date value.": "Isi dengan tanggal, misalnya 22-11-2024.",
    "Not a valid datetime value.": "Isi dengan tanggal dan jam.",
    "Not a valid time value.": "Isi dengan jam, misalnya 08.30.",
    "This field is required.": "Isian ini perlu diisi.",
    "Invalid input.": "Isian ini tidak dapat dibaca.",
    "Number must be at least %(min)s.": "Paling sedikit %(min)s.",
    "Number must be at most %(max)s.": "Paling banyak %(max)s.",
    "Number must be between %(min)s and %(max)s.": "Isi antara %(min)s dan %(max)s.",
    "Field must be between %(min)d and %(max)d characters long.": (
        "Isi antara %(min)d dan %(max)d karakter."
    ),
    "'%(value)s' is not a valid choice for this field.": "Pilih salah satu dari daftar.",
    "'%(value)s' are not valid choices for this field.": "Ada pilihan yang tidak dikenal.",
    "CSRF token missing.": "Halaman ini sudah lama terbuka. Kirim sekali lagi.",
}
_COUNTED = {
    "Field must be at least %(min)d character long.": "Paling sedikit %(min)d karakter.",
    "Field cannot be longer than %(max)d character.": "Paling banyak %(max)d karakter.",
    "Field must be exactly %(max)d character long.": "Harus tepat %(max)d karakter.",
}


class Indonesian:
    """WTForms' sentences in Indonesian; a sentence it does not know stays as it is."""

    def gettext(self, sentence: str) -> str:
        return _SENTENCES.get(sentence, sentence)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return _COUNTED.get(singular, _SENTENCES.get(singular, singular if n == 1 else plural))


def within_years(form: BaseForm) -> bool:
    """Whether every date of a form lies in a year that can be meant; else says so at the field."""
    fine = True
    for field in form:
        day = field.data if isinstance(field, wtforms.DateField) else None
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            sentence = f"Isi tahun antara {FIRST_YEAR} dan {LAST_YEAR}."
            field.errors = [*field.errors, sentence]
            fine = False
    return fine


class Form(FlaskForm):
    """A page's form, with CSRF. Dates far from our time are refused in every one."""

    def validate(self, extra_validators: Any = None) -> bool:
        """WTForms' own checks, and the years."""
        fine = bool(super().validate(extra_validators))
        return within_years(self) and fine

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What fields were sent. Flask-WTF would take JSON too, whose values are no texts."""
            if request.is_json and formdata is not None and not hasattr(formdata, "getlist"):
                return request.form
            return super().wrap_formdata(form, formdata)

        def get_translations(self, form: Any) -> Indonesian:
            return Indonesian()


class PartForm(wtforms.Form):
    """A row of a FieldList: part of a form, without a CSRF token of its own."""

    def validate(self, extra_validators: Any = None) -> bool:
        """WTForms' own checks, and the years."""
        fine = bool(super().validate(extra_validators))
        return within_years(self) and fine

    class Meta:
        def get_translations(self, form: Any) -> Indonesian:
            return Indonesian()


def at_most(letters: int) -> Length:
    """A validator: no more than so many letters."""
    return Length(max=letters, message=f"Paling banyak {letters} huruf.")


def one_line(text: str | None) -> str | None:
    """A field's filter: what was typed, without doubled spaces."""
    return " ".join(text.split()) if text else text


def trimmed(text: str | None) -> str | None:
    """A field's filter: what was typed, without white space around it."""
    return text.strip() if text else text
