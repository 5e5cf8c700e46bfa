"""Lines of a file that belong to no question: titles, instructions, headings between parts."""

from dataclasses import dataclass, field

from quiz.exchange.questions.typed.headings import Passage, passage_of
from quiz.exchange.questions.typed.lines import Line
from quiz.exchange.questions.typed.opened import shortened

_MOST_STRAY = 5
_MOST_ABOVE = 100


@dataclass
class Strays:
    """Lines that belong to no question: the first few for a note, the last as a possible stem."""

    first: list[str] = field(default_factory=list)
    count: int = 0
    last: Line | None = None
    above: list[str] = field(default_factory=list)
    """Those since the last question, the first hundred."""

    def add(self, line: Line) -> None:
        """Another line that belongs to no question."""
        self.last = line
        self.count += 1
        if len(self.first) < _MOST_STRAY:
            self.first.append(line.text)
        if len(self.above) < _MOST_ABOVE:
            self.above.append(line.text)

    def take_passage(self) -> Passage | None:
        """The passage above a question that begins now; what is above the next begins anew."""
        above, self.above = self.above, []
        return passage_of(above)

    def take_back(self) -> Line | None:
        """The last line, which is part of a question after all."""
        line, self.last = self.last, None
        if line is not None:
            self.count -= 1
            del self.first[self.count :]
            del self.above[-1:]
        return line

    def notes(self) -> list[str]:
        """One sentence that quotes the first of them; [] without any."""
        shown = ", ".join(f"“{shortened(text)}”" for text in self.first if text)
        if not shown:
            return []
        more = self.count - len(self.first)
        rest = f" dan {more} baris lain" if more > 0 else ""
        return [f"Baris yang bukan bagian soal tidak diambil: {shown}{rest}."]
