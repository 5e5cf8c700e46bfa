"""Every form there is, sent what nobody types: it takes the values or says what is wrong."""

import os
from collections.abc import Iterator
from urllib.parse import quote_plus

import pytest
import wtforms
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import quiz.views
from quiz.web.forms import Form, PartForm

VALUES = [
    *(
        "",
        " ",
        "x" * 20_000,
        "٣",
        "１２",
        "²",
        "½",
        "Ⅷ",
        "-1",
        "0",
        "+1",
        "1_0",
        "1,5",
        "1" * 5_000,
    ),
    *("99999999999999999999", "2147483648", "-9223372036854775809", "1e309", "nan", "inf", "-inf"),
    *("0001-01-01", "9999-12-31", "0000-00-00", "2026-13-45", "01-01-0001", "29-02-2027"),
    *("24:00", "99.99", "23:59:60", "\ud800", "\uffff", "\u202e", "\u200b", "\U0010ffff", "\x01"),
    *("\r\n", "\u2028", "[[" * 500, '{"a":' * 500, "<script>", "//evil.test", "%00", "{{7*7}}"),
    *("é" * 300, "e\u0301" * 300, "ﷺ" * 100, "true", "None", "on", "y", "=1+1", "../.."),
]
"""The edges of every type, and letters that are not what they seem."""

LARGEST = 2**31
"""What a column of whole numbers holds."""

MUCH = int(os.environ.get("QUIZ_FUZZ", "10"))
few = settings(
    max_examples=MUCH,
    derandomize=MUCH < 100,
    suppress_health_check=list(HealthCheck),
    database=None,
)


def forms(kind: type[wtforms.Form] = Form) -> Iterator[type[wtforms.Form]]:
    """Every form of every view."""
    assert quiz.views.BLUEPRINTS
    for form in kind.__subclasses__():
        yield form
        yield from forms(form)


OF_ONE_EVENT = {"PackageForm", "TimesForm"}
"""Their views tell them of which event or sitting they are, and they compare with it."""

EVERY_FORM = sorted(
    (form for form in {*forms(), *forms(PartForm)} if form.__name__ not in OF_ONE_EVENT),
    key=lambda form: (form.__module__, form.__name__),
)


def made(form: type[wtforms.Form]) -> wtforms.Form:
    """A form as its view makes it of this request; choices a view would set are none."""
    filled = form()
    _choose(filled)
    return filled


def _choose(part: wtforms.Form | wtforms.FormField | wtforms.FieldList) -> None:
    for field in part:
        if isinstance(field, wtforms.SelectField | wtforms.SelectMultipleField):
            field.choices = field.choices or []
        elif isinstance(field, wtforms.FormField | wtforms.FieldList):
            _choose(field)


def encoded(pairs: list[tuple[str, str]]) -> bytes:
    """As a browser sends them, and as none does: halves of surrogate pairs too."""
    return "&".join(
        "=".join(quote_plus(text.encode("utf-8", "surrogatepass")) for text in pair)
        for pair in pairs
    ).encode()


@pytest.mark.parametrize("form", EVERY_FORM, ids=lambda form: form.__name__)
@few
@given(drawn=st.data())
def test_form_takes_or_refuses_whatever_is_sent(
    app: Flask, form: type[wtforms.Form], drawn: st.DataObject
) -> None:
    with app.test_request_context():
        names = [field.name for field in made(form)]
    sent = drawn.draw(
        st.lists(
            st.tuples(
                st.sampled_from(names) | st.sampled_from([f"{name}-99999-x" for name in names]),
                st.sampled_from(VALUES),
            ),
            max_size=2 * len(names),
        )
    )

    with app.test_request_context(
        method="POST", data=encoded(sent), content_type="application/x-www-form-urlencoded"
    ):
        filled = made(form)
        filled.validate()

        for field in filled:
            if isinstance(field, wtforms.IntegerField) and not field.errors and field.data:
                assert abs(field.data) < LARGEST, field.name
