"""Long lists a page at a time: ``?halaman=N`` in the address, everything else in it kept."""

from dataclasses import dataclass
from math import ceil
from urllib.parse import urlencode

from flask import request

PAGE_SIZE = 50
FARTHEST = 100_000


def page_number() -> int:
    """The page this request asks for, from 1; anything that is no such number is page 1."""
    text = request.args.get("halaman", "1")
    return min(int(text), FARTHEST) or 1 if text.isdecimal() and text.isascii() else 1


def this_page(**changes: str | int | None) -> str:
    """The address of this page with some of its arguments changed; None or "" leaves one out."""
    arguments = {**request.args.to_dict(), **changes}
    kept = urlencode({name: value for name, value in arguments.items() if value not in {None, ""}})
    address = request.script_root + request.path
    return f"{address}?{kept}" if kept else address


@dataclass(frozen=True)
class Page:
    """Where a list stands: ``number`` from 1, of ``total`` rows in all."""

    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, ceil(self.total / self.size))

    def url(self, number: int) -> str:
        """The address of another page of the same list."""
        return this_page(halaman=number)
