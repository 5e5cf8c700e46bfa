"""What ``make sbom`` writes: every package of the lock, the same each time."""

import json
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(find_spec("cyclonedx_py") is None, reason="cyclonedx-bom is not installed"),
]


WITHOUT_LICENCE = {"pysqlite3"}
"""Packages that do not name theirs (zlib/libpng)."""


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def installed(name: str) -> bool:
    """False for what another kind of Python or machine would need."""
    try:
        return bool(distribution(name))
    except PackageNotFoundError:
        return False


def written(target: Path) -> bytes:
    """The bill of this interpreter's packages, made as the Makefile makes it."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    [options] = re.findall(r"cyclonedx_py (environment .*?)--output-file", makefile, re.DOTALL)
    words = options.replace("\\\n", " ").split()
    subprocess.run(
        [sys.executable, "-m", "cyclonedx_py", *words, "--output-file", target, sys.executable],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return target.read_bytes()


def test_every_locked_package_is_in_it_with_version_and_licence(tmp_path: Path) -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([\w.-]+)==([\w.]+)", lock, re.MULTILINE))

    bill = json.loads(written(tmp_path / "sbom.cdx.json"))

    found = {plain(each["name"]): each for each in bill["components"]}
    here = {name: version for name, version in locked.items() if installed(name)}
    assert len(here) > 30
    assert {name: found[plain(name)]["version"] for name in here} == here
    assert {name for name in here if not found[plain(name)].get("licenses")} <= WITHOUT_LICENCE


def test_it_is_the_same_each_time(tmp_path: Path) -> None:
    assert written(tmp_path / "a.json") == written(tmp_path / "b.json")
