"""The machines a stick installs on, and which lines of the lock each of them needs."""

import re
from dataclasses import dataclass
from itertools import product

from packaging.requirements import Requirement

PYTHONS = ("3.11", "3.12", "3.13", "3.14")

_ENTRY = re.compile(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", re.MULTILINE | re.DOTALL)
_GLIBC = range(31, 4, -1)
"""Minor versions of glibc whose wheels are taken; systems with Python 3.11 have newer ones."""


@dataclass(frozen=True)
class Machine:
    """A kind of machine: its name for people, as Python's sysconfig calls it, its wheels' tags."""

    label: str
    platform: str
    tags: tuple[str, ...]
    markers: tuple[tuple[str, str], ...]


LINUX = Machine(
    "Linux 64-bit",
    "linux-x86_64",
    (*(f"manylinux_2_{minor}_x86_64" for minor in _GLIBC), "manylinux2014_x86_64"),
    (
        ("os_name", "posix"),
        ("sys_platform", "linux"),
        ("platform_system", "Linux"),
        ("platform_machine", "x86_64"),
    ),
)
WINDOWS = Machine(
    "Windows 64-bit",
    "win-amd64",
    ("win_amd64",),
    (
        ("os_name", "nt"),
        ("sys_platform", "win32"),
        ("platform_system", "Windows"),
        ("platform_machine", "AMD64"),
    ),
)
MACHINES = (LINUX, WINDOWS)


@dataclass(frozen=True)
class Target:
    """A machine with one of the Pythons."""

    machine: Machine
    python: str

    def __str__(self) -> str:
        return f"{self.machine.label} dengan Python {self.python}"

    def needs(self, lock: str) -> list[str]:
        """The entries of ``lock`` that hold here: name, version and hashes, without marker."""
        return [
            "==".join((name, str(wanted.specifier).removeprefix("=="))) + hashes
            for name, wanted, hashes in _entries(lock)
            if wanted.marker is None or wanted.marker.evaluate(self._environment())
        ]

    def _environment(self) -> dict[str, str]:
        return {
            **dict(self.machine.markers),
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
        }


TARGETS = tuple(Target(machine, python) for machine, python in product(MACHINES, PYTHONS))


def _entries(lock: str) -> list[tuple[str, Requirement, str]]:
    """Each entry of the lock: its name, its requirement, and its hashes as lines to append."""
    found = []
    for entry in _ENTRY.findall(lock):
        first, *others = entry.splitlines()
        hashes = [line.strip().removesuffix("\\").strip() for line in others if "--hash=" in line]
        wanted = Requirement(first.removesuffix("\\").strip())
        found.append((wanted.name, wanted, "".join(f" \\\n    {each}" for each in hashes)))
    return found
