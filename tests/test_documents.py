"""What the documents promise: the commands, settings, files and headings they name are there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from quiz import cli
from quiz.web.assets import BUNDLES

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "quiz"
TEMPLATES = ROOT / "templates"


def documents() -> str:
    paths = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def commands() -> list[str]:
    """Every command of the program: "db backup", "serve"."""
    found = []
    for name, command in cli.program.commands.items():
        inner = getattr(command, "commands", None)
        found += [f"{name} {part}" for part in inner] if inner else [name]
    return sorted(found)


@pytest.mark.parametrize("command", commands())
def test_documents_name_every_command(command: str) -> None:
    group, _, name = command.partition(" ")

    lines = [line for line in documents().splitlines() if f"quiz {group}" in line]
    assert [line for line in lines if not name or re.search(rf"\b{name}\b", line)]


def test_documents_name_every_setting() -> None:
    settings = set(re.findall(r"QUIZ_[A-Z_]+", (PACKAGE / "config" / "settings.py").read_text()))

    assert {name for name in settings if name not in documents()} == set()


def test_documents_name_every_make_target() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)

    assert {name for name in targets if f"make {name}" not in documents()} - {"help"} == set()


QUOTED = re.compile(r"""([\w./-]*\w\.md)(?:,\s+["“]([^"”]+)["”])?""")
"""A document, and the heading it is quoted for: docs/architecture.md, "Who is asking"."""

SPOKEN = re.compile(r"(section \d+|the \w+ (rule|table)) of [\w./-]*\.md")


def prose() -> Iterator[tuple[Path, str]]:
    """Every file of the project's own in which somebody may speak of a document."""
    folders = (PACKAGE, TEMPLATES, ROOT / "tests", ROOT / "bench", ROOT / "docs")
    paths = [path for folder in folders for path in folder.rglob("*")]
    paths += [*ROOT.glob("*.md"), *(ROOT / "questions").glob("*.md")]
    for path in sorted(paths):
        if path.suffix in {".py", ".md", ".html", ".css", ".js"}:
            yield path, path.read_text(encoding="utf-8")


def test_every_document_and_heading_that_is_quoted_is_there() -> None:
    wrong = []
    for path, text in prose():
        where = path.relative_to(ROOT)
        wrong += [f"{where}: {match.group()}" for match in SPOKEN.finditer(text)]
        for match in QUOTED.finditer(text):
            name, heading = match.groups()
            found = next((p for p in (ROOT / name, path.parent / name) if p.is_file()), None)
            if found is None:
                wrong.append(f"{where}: {name}")
            elif heading and not has_heading(found, " ".join(heading.split())):
                wrong.append(f"{where}: {name}, “{heading}”")

    assert wrong == [], 'write it as docs/architecture.md, "How to add": a heading that is there'


def has_heading(document: Path, heading: str) -> bool:
    lines = document.read_text(encoding="utf-8").splitlines()
    return any(line.startswith("#") and line.lstrip("# ") == heading for line in lines)


def test_documents_name_files_that_are_there() -> None:
    named = re.compile(r"`((?:[\w-]+/)+[\w-]+\.(?:py|html|js|css))(?:::\w+)?`")
    roots = (ROOT, PACKAGE, PACKAGE / "static", TEMPLATES)
    gone = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
        if path.name != "CHANGELOG.md"  # tells what was
        for name in named.findall(path.read_text(encoding="utf-8"))
        if name not in BUNDLES and not any((root / name).is_file() for root in roots)
    }

    assert gone == set(), "the file has moved: say where it is now"


def test_readme_says_each_command_once() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    said = [re.match(r"\| `quiz (\w+)|(make [^#]*)#", line) for line in lines]
    named = [(match[1] or match[2]).strip() for match in said if match]

    assert len(named) > 10
    assert sorted(named) == sorted(set(named)), "say it in one line"
