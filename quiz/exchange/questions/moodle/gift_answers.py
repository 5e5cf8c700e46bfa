"""What stands in the braces of a GIFT question."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Self

from quiz.exchange.questions.emphasis import plain_text
from quiz.exchange.questions.html_text import html_text, looks_like_html, with_breaks
from quiz.exchange.questions.kinds import TRUE_FALSE, true_false_options
from quiz.exchange.questions.moodle.shares import Answer, Offered, offered, share_of

_FORMAT = re.compile(r"\s*\[(html|plain|markdown|moodle)\]", re.IGNORECASE)
_TOKEN = re.compile(r"\\.|[=~#]|[^\\=~#]+|\\", re.DOTALL)
_ESCAPED = re.compile(r"\\([~=#{}:\\n])")
_WEIGHT = re.compile(r"\s{0,200}%(-?[0-9]{1,3}(?:[.,][0-9]{1,20})?)%")
_TRUTH = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(?:#(.*))?$", re.IGNORECASE | re.DOTALL)
_ARROW = "->"


class Format(Enum):
    """How a text is written: said in brackets before it, or not at all."""

    UNSAID = ""
    PLAIN = "plain"
    MARKDOWN = "markdown"
    MOODLE = "moodle"
    HTML = "html"

    @classmethod
    def of(cls, text: str, inherited: "Format | None" = None) -> tuple[Self, str]:
        """The format named before a text, else ``inherited``; and the text behind the name."""
        named = _FORMAT.match(text)
        if named is None:
            return cls(inherited.value if inherited else ""), text
        return cls(named[1].lower()), text[named.end() :]

    def plain(self, written: str) -> tuple[str, list[str]]:
        """The text without escapes and markup, and what that loses."""
        lines = "\n".join(line.strip(" \t") for line in written.strip().split("\n"))
        text = _ESCAPED.sub(_unescape, lines).strip()
        if self is Format.PLAIN:
            return text, []
        if self is Format.HTML:
            return html_text(text)
        if looks_like_html(text):
            return html_text(with_breaks(text))
        return plain_text(text), []


def _unescape(match: re.Match[str]) -> str:
    return "\n" if match[1] == "n" else match[1]


@dataclass(frozen=True)
class Answers:
    """The answers of a question; ``foreign`` is Moodle's name for a kind we do not have."""

    offered: Offered
    explanation: str = ""
    lost: tuple[str, ...] = ()
    foreign: str = ""


_NOTHING = Offered("", ())


def read_answers(written: str, form: Format) -> Answers:
    """What the braces hold: ``form`` is the format of the question, which they take over."""
    answers, general = _general_apart(written)
    explanation, lost = _plain(general, form)
    foreign = _foreign(answers)
    if foreign:
        return Answers(_NOTHING, foreign=foreign)
    truth = _TRUTH.fullmatch(answers.rstrip())
    if truth is not None:
        found, more = _true_false(truth, form)
        return Answers(found, explanation, (*lost, *more))
    listed = list(_listed(answers))
    found, more = _choices(listed, form)
    return Answers(found, explanation, (*lost, *more))


def _foreign(answers: str) -> str:
    """Moodle's name for a kind of question this is, other than choices and true or false."""
    signs = {piece for piece in _TOKEN.findall(answers) if piece in {"=", "~"}}
    if not answers.strip():
        return "essay"
    if answers.lstrip().startswith("#"):
        return "numerical"
    if signs == {"="}:
        return "matching" if _ARROW in answers else "shortanswer"
    return "" if signs or _TRUTH.fullmatch(answers.rstrip()) else "shortanswer"


def _general_apart(written: str) -> tuple[str, str]:
    """The answers, and the general feedback behind the last ####."""
    pieces = _TOKEN.findall(written)
    for place in range(len(pieces) - 4, -1, -1):
        if pieces[place : place + 4] == ["#"] * 4:
            return "".join(pieces[:place]), "".join(pieces[place + 4 :])
    return written, ""


def _true_false(truth: "re.Match[str]", form: Format) -> tuple[Offered, list[str]]:
    """GIFT gives the feedback of a wrong answer first, then that of a right one."""
    is_true = truth[1].upper().startswith("T")
    parts = [_plain(part, form) for part in _parted(truth[2] or "", "#")]
    wrong, right = [*(text for text, _ in parts), "", ""][:2]
    feedback = (right, wrong) if is_true else (wrong, right)
    lost = [sentence for _, sentences in parts for sentence in sentences]
    return Offered(TRUE_FALSE, true_false_options(is_true, feedback)), lost


@dataclass(frozen=True)
class _Listed:
    """An answer as it stands: its sign, what follows it, and its feedback."""

    sign: str
    text: str
    feedback: str


def _listed(answers: str) -> Iterator[_Listed]:
    """The answers one by one, each from its sign on."""
    sign, pieces = "", [""]
    for piece in [*_TOKEN.findall(answers), ""]:
        if piece in {"=", "~", ""}:
            if sign:
                text, *feedback = pieces
                yield _Listed(sign, text, "#".join(feedback))
            sign, pieces = piece, [""]
        elif piece == "#":
            pieces.append("")
        else:
            pieces[-1] += piece


def _choices(listed: list[_Listed], form: Format) -> tuple[Offered, list[str]]:
    several = not any(each.sign == "=" for each in listed)
    answers = []
    lost: list[str] = []
    for each in listed:
        weight = _WEIGHT.match(each.text)
        share = share_of(weight[1]) if weight else None
        text, lost_text = _plain(each.text[weight.end() :] if weight else each.text, form)
        feedback, lost_feedback = _plain(each.feedback, form)
        answers.append(Answer(text, _share(each, share), feedback))
        lost += [*lost_text, *lost_feedback]
    return offered(answers, several=several), lost


def _share(listed: _Listed, share: Fraction | None) -> Fraction:
    if share is not None:
        return share
    return Fraction(listed.sign == "=")


def _plain(written: str, inherited: Format) -> tuple[str, list[str]]:
    form, text = Format.of(written, inherited)
    return form.plain(text)


def _parted(text: str, sign: str) -> list[str]:
    parts = [""]
    for piece in _TOKEN.findall(text):
        if piece == sign:
            parts.append("")
        else:
            parts[-1] += piece
    return parts
