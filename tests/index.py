"""The package index, for tests that need one."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skips where no package index is in reach: a small package cannot be had."""
    if not _reachable(tmp_path_factory.mktemp("indeks")):
        pytest.skip("no package index can be reached")


def _reachable(folder: Path) -> bool:
    pip = [sys.executable, "-m", "pip", "--quiet", "download", "--no-deps", "--no-cache-dir"]
    command = [*pip, "--retries=0", "--timeout=20", f"--dest={folder}", "itsdangerous"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
