"""Moodle XML: what Moodle and many other programs export."""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from quiz.assessment.items.item import Level
from quiz.exchange.questions.emphasis import plain_text
from quiz.exchange.questions.html_text import IMAGE, html_text, looks_like_html, with_breaks
from quiz.exchange.questions.imported import ImportedItem, UnreadableFile, limited
from quiz.exchange.questions.kinds import TRUE_FALSE, true_false_options, truth_of
from quiz.exchange.questions.languages import without_filter
from quiz.exchange.questions.moodle.foreign import not_ours
from quiz.exchange.questions.moodle.paths import LEVEL_TAG, last_topic
from quiz.exchange.questions.moodle.shares import Answer, Offered, no_key, offered, share_of
from quiz.exchange.questions.typed.labels import read_level, unknown_level
from quiz.exchange.tables.disguise import shown_name
from quiz.exchange.tables.xml_tree import BadXml, OverweightXml, XmlBomb, local_name, xml_tree

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # only its type; parsing is defusedxml's

_COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
_DEFAULT_FEEDBACK = frozenset(
    {
        "your answer is correct.",
        "your answer is partially correct.",
        "your answer is incorrect.",
        "jawaban anda benar.",
        "jawaban anda benar sebagian.",
        "jawaban anda salah.",
    }
)
_BY_CATEGORY = (
    "di Moodle pilih Bank soal > Ekspor, lalu ekspor tiap kategori menjadi berkas sendiri"
)
_OTHER_ROOTS = {
    "questestinterop": "soal QTI 1.2 (Canvas, Blackboard, …)",
    "assessmentItem": "soal QTI 2",
    "assessmentTest": "soal QTI 2",
    "manifest": "daftar isi paket soal QTI",
    "qti-assessment-item": "soal QTI 3",
    "html": "halaman web",
}
_UNDECLARED = "cp1252"
"""What old Windows programs write without saying so."""


def read_moodle(name: str, blob: bytes) -> tuple[list[ImportedItem], list[str]]:
    """The items of a Moodle XML file, and notes on it as a whole. Raises UnreadableFile."""
    root, notes = _root(name, blob)
    if local_name(root) != "quiz":
        kind = _OTHER_ROOTS.get(local_name(root))
        named = f" melainkan {kind}" if kind else ""
        raise UnreadableFile(
            f"Berkas “{shown_name(name)}” memang XML, tetapi bukan soal Moodle{named}: unsur "
            f"pertamanya <{local_name(root)[:30]}>, bukan <quiz>. Di Moodle pilih Bank soal > "
            "Ekspor > Format XML Moodle."
        )
    items = [
        _Question(element, number, topic).item()
        for number, (topic, element) in enumerate(limited(_questions(root), _BY_CATEGORY), start=1)
    ]
    return items, notes


def _root(name: str, blob: bytes) -> tuple["Element", list[str]]:
    try:
        return xml_tree(blob), []
    except XmlBomb as fault:
        raise UnreadableFile(
            f"Berkas “{shown_name(name)}” memuat deklarasi DOCTYPE atau entitas, yang tidak pernah "
            "ditulis Moodle. Ekspor ulang dari Moodle, lalu unggah berkas itu apa adanya."
        ) from fault
    except OverweightXml as fault:
        raise UnreadableFile(
            f"Isi berkas “{shown_name(name)}” terlalu besar untuk dibaca sekaligus. Ekspor tiap "
            "kategori soal menjadi berkas sendiri."
        ) from fault
    except BadXml as fault:
        if b"encoding" not in blob[:200] and (mended := _as_windows_text(blob)) is not None:
            return mended, [
                "Berkas tidak memakai UTF-8; huruf-hurufnya dibaca sebagai Windows-1252."
            ]
        raise UnreadableFile(
            f"Berkas “{shown_name(name)}” bukan XML yang utuh. Ekspor ulang dari Moodle dan jangan "
            "mengubahnya dengan pengolah kata."
        ) from fault


def _as_windows_text(blob: bytes) -> "Element | None":
    try:
        return xml_tree(blob.decode(_UNDECLARED).encode())
    except (UnicodeDecodeError, BadXml):
        return None


def _questions(root: "Element") -> Iterator[tuple[str, "Element"]]:
    """Each question with the topic its category names."""
    topic = ""
    for element in root:
        if local_name(element) != "question":
            continue
        if element.get("type") == "category":
            topic = last_topic(_Text.of(_child(element, "category")).text)
        else:
            yield topic, element


def _plain(written: str, form: str) -> tuple[str, list[str]]:
    """A text without its markup; line feeds count in Moodle's own format and where no tag does."""
    if form == "plain_text":
        return without_filter(written)
    if form == "markdown":
        return plain_text(written), []
    if form == "moodle_auto_format" or not looks_like_html(written):
        return html_text(with_breaks(written.strip()))
    return html_text(written)


class _Text:
    """A text of the file as plain text, with what that loses."""

    def __init__(self, text: str, lost: list[str]) -> None:
        self.text, self.lost = text, lost

    @classmethod
    def of(cls, element: "Element | None") -> "_Text":
        """The text in an element's ``text``, or its own; HTML unless its format says otherwise."""
        if element is None:
            return cls("", [])
        inner = _child(element, "text")
        written = "".join((element if inner is None else inner).itertext())
        text, lost = _plain(written, element.get("format", ""))
        attached = any(local_name(part) == "file" for part in element)
        return cls(text.strip(), [*lost, IMAGE] if attached else lost)


class _Question:
    """Reads one <question>."""

    def __init__(self, element: "Element", number: int, topic: str) -> None:
        self._element = element
        self._number = number
        self._topic = topic
        self._lost: list[str] = []
        self._faults: list[str] = []

    def item(self) -> ImportedItem:
        """The item it says, whatever its kind."""
        name = self._text("name")
        code = self._text("idnumber") or name
        where = f"soal ke-{self._number}, “{name[:40]}”" if name else f"soal ke-{self._number}"
        stem = self._text("questiontext")
        kind = self._element.get("type", "")
        if kind not in {"multichoice", "truefalse"}:
            return not_ours(self._number, where, stem, kind, code)
        found = self._truth() if kind == "truefalse" else self._choices()
        level, faults = self._level()
        self._note_settings()
        return ImportedItem(
            number=self._number,
            where=where,
            stem=stem,
            type=found.type,
            options=found.options,
            explanation=self._text("generalfeedback"),
            code=code,
            topic=self._topic,
            level=level,
            faults=(*self._faults, *found.faults, *faults),
            lost=(*self._lost, *found.lost),
        )

    def _text(self, name: str) -> str:
        return self._plain(_child(self._element, name))

    def _plain(self, element: "Element | None") -> str:
        read = _Text.of(element)
        self._lost += read.lost
        return read.text

    def _answers(self) -> list[Answer]:
        found = []
        for element in self._element:
            if local_name(element) == "answer":
                share = share_of(element.get("fraction", "0"))
                if share is None:
                    self._faults.append(
                        f"Nilai jawaban “{element.get('fraction', '')[:20]}” tidak terbaca. Tulis "
                        "angka seperti 100, 50, atau 0."
                    )
                feedback = self._plain(_child(element, "feedback"))
                found.append(Answer(self._answer_text(element), share or Fraction(0), feedback))
        return found

    def _answer_text(self, element: "Element") -> str:
        read = _Text.of(element)
        self._lost += [sentence for sentence in read.lost if sentence not in self._lost]
        return read.text

    def _truth(self) -> Offered:
        answers = {truth_of(answer.text): answer for answer in self._answers()}
        true, false = answers.get(True), answers.get(False)
        if true is None or false is None:
            fault = "Jawaban true dan false tidak lengkap. Pilih kuncinya di penyunting."
            return Offered(TRUE_FALSE, true_false_options(None), (fault,))
        feedback = (true.feedback, false.feedback)
        if (true.share == 1) == (false.share == 1):
            return Offered(TRUE_FALSE, true_false_options(None, feedback), (no_key(true.share),))
        return Offered(TRUE_FALSE, true_false_options(true.share == 1, feedback))

    def _choices(self) -> Offered:
        return offered(self._answers(), several=not _is_on(self._element, "single"))

    def _level(self) -> tuple[Level | None, tuple[str, ...]]:
        tags = _child(self._element, "tags")
        named = [self._plain(tag) for tag in tags] if tags is not None else []
        others = [tag for tag in named if tag and not tag.startswith(LEVEL_TAG)]
        if others:
            self._lost.append(f"Label (tag) tidak diambil: {', '.join(others)[:80]}.")
        levels = [tag.removeprefix(LEVEL_TAG) for tag in named if tag.startswith(LEVEL_TAG)]
        if not levels:
            return None, ()
        level = read_level(levels[0])
        return level, () if level else (unknown_level(levels[0]),)

    def _note_settings(self) -> None:
        """What Moodle keeps with a question and we do not."""
        if not _is_on(self._element, "shuffleanswers") and self._element.get("type") != "truefalse":
            self._lost.append(
                "Urutan tetap opsi tidak diambil: di sini urutan opsi boleh diacak oleh kuis."
            )
        combined = {self._text(name).casefold() for name in _COMBINED} - _DEFAULT_FEEDBACK - {""}
        if combined:
            self._lost.append(
                "Umpan balik gabungan (benar, sebagian, salah) tidak diambil; pindahkan ke "
                "pembahasan."
            )
        if any(local_name(part) == "hint" for part in self._element):
            self._lost.append("Petunjuk (hint) untuk percobaan berikutnya tidak diambil.")
        grade = share_of(self._text("defaultgrade") or "1")
        if grade != Fraction(1, 100):
            self._lost.append("Nilai soal tidak diambil: di sini tiap soal bernilai 1.")


def _is_on(element: "Element", name: str) -> bool:
    """Whether a switch is on; Moodle's own default, on, where it is not written."""
    switch = _child(element, name)
    text = "" if switch is None else "".join(switch.itertext()).strip().casefold()
    return text not in {"false", "0"}


def _child(element: "Element", name: str) -> "Element | None":
    return next((each for each in element if local_name(each) == name), None)
