"""The document people fill in: three filled examples, and in its page head how to go on."""

from pathlib import Path

_FILE = Path(__file__).with_name("templat-soal.docx")


def docx_template() -> bytes:
    """A .docx with the examples typed as the reader wants them.

    What is said about it stands in the page head, which the reader does not read. The file is
    edited in a word processor.
    """
    return _FILE.read_bytes()
