"""The question that lines are being added to, and which of its texts they go on with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quiz.exchange.questions.typed.gathered import Gathered, GatheredOption
from quiz.exchange.questions.typed.labels import Label, Labelled, read_level

_SHOWN = 60


@dataclass
class Opened:
    """A question being read. ``texts`` is what a line without any mark goes on with."""

    found: Gathered
    texts: list[str] | None
    in_option: bool = False
    statement: int = 0
    """The last number of a list within the stem."""

    @property
    def explains(self) -> bool:
        """Whether its explanation is being read."""
        return self.texts is self.found.explanation

    @property
    def in_stem(self) -> bool:
        """Whether its stem is being read."""
        return self.texts is self.found.stem

    def add_option(self, option: GatheredOption) -> None:
        """Offer another option; what was taken for one may turn out to be part of the stem."""
        options = self.found.options
        if options and option.ordinal == 1 and may_be_statements(options, option.capital):
            newline = "\n"
            self.found.stem += [f"{each.shown} {newline.join(each.text)}" for each in options]
            options.clear()
        options.append(option)
        self.texts, self.in_option = option.text, True

    def add_text(self, text: str, *, joins: bool) -> None:
        """Go on with a line; ``joins`` says that it continues the sentence above it."""
        if self.texts is None or not text:
            return
        if joins and self.texts:
            self.texts[-1] += f" {text}"
        else:
            self.texts.append(text)

    def label(self, named: Labelled) -> None:
        """Take in a labelled line."""
        _TAKE[named.label](self, named)

    def set_key(self, text: str) -> None:
        """Note the key; what follows continues nothing."""
        self.found.key = text
        self.texts, self.in_option = None, False

    def _write(self, texts: list[str], text: str) -> None:
        self.texts, self.in_option = texts, False
        if text:
            texts.append(text)

    def _explanation(self, named: Labelled) -> None:
        self._write(self.found.explanation, named.rest.text)

    def _feedback(self, named: Labelled) -> None:
        """Feedback names its option, or stands right below it, or is about the whole."""
        if named.about:
            self._write(self.found.feedback.setdefault(named.about, []), named.rest.text)
        elif self.in_option and self.found.options:
            self._write(self.found.options[-1].feedback, named.rest.text)
            self.in_option = True
        else:
            self._explanation(named)

    def _unused(self, named: Labelled) -> None:
        if read_level(named.rest.text) and not self.found.level:
            self.found.level = named.rest.text
        else:
            self.found.lost.append(not_taken(named.words, named.rest.text))


def _topic(now: Opened, named: Labelled) -> None:
    now.found.topic = named.rest.text


def _level(now: Opened, named: Labelled) -> None:
    now.found.level = named.rest.text


def _kind(now: Opened, named: Labelled) -> None:
    now.found.kind = named.rest.text


def _code(now: Opened, named: Labelled) -> None:
    now.found.code = named.rest.text.upper()


def may_be_statements(options: Sequence[GatheredOption], capital: bool) -> bool:
    """Whether a new A makes these a list of the stem: numbers or bullets, or a, b, c before A."""
    return options[0].from_list or (capital and not any(each.capital for each in options))


_TAKE: dict[Label, Callable[[Opened, Labelled], None]] = {
    Label.KEY: lambda now, named: now.set_key(named.rest.text or now.found.key),
    Label.EXPLANATION: Opened._explanation,
    Label.FEEDBACK: Opened._feedback,
    Label.TOPIC: _topic,
    Label.LEVEL: _level,
    Label.TYPE: _kind,
    Label.CODE: _code,
    Label.UNUSED: Opened._unused,
}


def not_taken(name: str, text: str) -> str:
    """The sentence on a text that has no place in an item."""
    return f"“{name.capitalize()}: {shortened(text)}” tidak diambil."


def shortened(text: str) -> str:
    """The beginning of a text, for a sentence about it."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
