"""What ``make sbom`` writes: every package of the lock, the same each time."""

import json
import re
import subprocess
import sys
import venv
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.long


WITHOUT_LICENCE = {"pysqlite3", "pyrage"}
"""Packages whose metadata names none: zlib/libpng, and MIT, which stands in a file it brings."""


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def installed(name: str) -> bool:
    """False for what another kind of Python or machine would need."""
    try:
        return bool(distribution(name))
    except PackageNotFoundError:
        return False


@pytest.fixture(scope="module")
def tool(index: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with what the Makefile installs."""
    folder = tmp_path_factory.mktemp("alat")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "--quiet", "install", "cyclonedx-bom"], check=True)
    return python


def written(tool: Path, target: Path) -> bytes:
    """The bill of this interpreter's packages, made as the Makefile makes it."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    [options] = re.findall(r"cyclonedx_py (environment .*?)--output-file", makefile, re.DOTALL)
    words = options.replace("\\\n", " ").split()
    subprocess.run(
        [tool, "-m", "cyclonedx_py", *words, "--output-file", target, sys.executable],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return target.read_bytes()


def test_every_locked_package_is_in_it_with_version_and_licence(tool: Path, tmp_path: Path) -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([\w.-]+)==([\w.]+)", lock, re.MULTILINE))

    bill = json.loads(written(tool, tmp_path / "sbom.cdx.json"))

    found = {plain(each["name"]): each for each in bill["components"]}
    here = {name: version for name, version in locked.items() if installed(name)}
    assert len(here) > 30
    assert {name: found[plain(name)]["version"] for name in here} == here
    assert {name for name in here if not found[plain(name)].get("licenses")} <= WITHOUT_LICENCE


def test_it_is_the_same_each_time(tool: Path, tmp_path: Path) -> None:
    assert written(tool, tmp_path / "a.json") == written(tool, tmp_path / "b.json")
