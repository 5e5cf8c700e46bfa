"""The code by which items cite a source: typed once, when the source is added."""

from wtforms import StringField, validators

from quiz.assessment.question_file.wording import CODE_FORM

LONGEST_CODE = 60
PLAIN = "Kode harus huruf besar dan angka, dipisah tanda hubung."


def code_field(of: str, example: str, form: str = CODE_FORM, wrong: str = PLAIN) -> StringField:
    """The field of a new source's code.

    ``of`` is what it names, ``example`` how one looks; ``wrong`` is said of one unlike ``form``.
    """
    return StringField(
        "Kode",
        [
            validators.InputRequired(f"Isi kode {of} ini."),
            validators.Length(max=LONGEST_CODE),
            validators.Regexp(form, message=wrong),
        ],
        description=f"{example}. Tidak dapat diubah lagi.",
    )
