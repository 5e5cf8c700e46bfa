"""The promises of the house that no linter knows. Each failure says where and what to do."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from quiz.assessment.items.fields import Rows
from quiz.assessment.items.types import ITEM_TYPES
from quiz.exports import EXPORTS
from quiz.permissions import ROLE_PERMISSIONS, Permission

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "quiz"
TEMPLATES = ROOT / "templates"
PURE = ("assessment", "exchange")
BELOW_VIEWS = (*PURE, "models", "queries", "actions", "exports", "demo")
NAMELESS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "services",
    "service",
    "managers",
    "misc",
}
SCALES = {"knowledge", "judgement"}
"""Words that are a scale too."""

CLOCKS = {"now", "today", "utcnow", "time"}
MOST_FILES = 16
"""In one folder."""

LONGEST_FILE = 350
"""Lines; the aim is 250, and most files are far below."""


def modules(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    """The parsed Python files of these folders of the package, or of all of it."""
    for folder in folders or ("",):
        for path in sorted((PACKAGE / folder).rglob("*.py")):
            if "versions" not in path.parts:
                yield path, _parsed(path)


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(tree: ast.AST, names: set[str]) -> list[ast.Call]:
    """Calls of methods with these names."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in names
    ]


def place(path: Path, node: ast.expr | ast.stmt) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def views(app: Flask) -> dict[str, object]:
    return {name: view for name, view in app.view_functions.items() if name != "static"}


# Views


def test_every_view_declares_a_permission(app: Flask) -> None:
    open_by_accident = [
        name for name, view in views(app).items() if not hasattr(view, "permission")
    ]

    assert open_by_accident == [], "put @requires(Permission.X) right under the route"


def test_only_views_that_can_be_asked_by_get_declare_that_they_write(app: Flask) -> None:
    methods = {
        name: {m for rule in app.url_map.iter_rules(name) for m in rule.methods or ()}
        for name in views(app)
    }

    needless = [
        name
        for name, view in views(app).items()
        if getattr(view, "writes", False) and "GET" not in methods[name]
    ]
    assert needless == [], "a POST writes anyway; take writes=True away"


def test_views_leave_loading_to_the_loaders() -> None:
    found = [
        place(path, node)
        for path, tree in modules("views")
        for node in ast.walk(tree)
        if (isinstance(node, ast.FunctionDef) and node.name.endswith("_or_404"))
        or (isinstance(node, ast.Call) and ast.unparse(node).startswith("abort(404"))
    ]

    assert found == [], "load it in quiz/web/loaders/<room>.py"


def test_every_permission_is_somebodys() -> None:
    given = frozenset[Permission]().union(*ROLE_PERMISSIONS.values())

    assert set(Permission) - given == {Permission.PUBLIC}


def test_a_view_commits_at_most_once_on_its_way() -> None:
    twice = [
        place(path, block[0])
        for path, tree in modules("views")
        for block in blocks(tree)
        if sum(ast.unparse(statement) == "db.session.commit()" for statement in block) > 1
    ]

    assert twice == [], "the view owns the transaction: commit once, last"


def blocks(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """Every run of statements at one level: bodies, branches."""
    for node in ast.walk(tree):
        for _, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                yield value


def test_nothing_below_the_views_commits() -> None:
    found = [
        place(path, call)
        for path, tree in modules(*BELOW_VIEWS)
        for call in calls(tree, {"commit", "rollback"})
    ]

    assert found == [], "let the view commit"


def test_nothing_below_the_views_reads_the_clock() -> None:
    found = [
        place(path, call)
        for path, tree in modules(*BELOW_VIEWS)
        for call in calls(tree, CLOCKS)
        if ast.unparse(call.func) in {"datetime.now", "date.today", "datetime.utcnow", "time.time"}
    ]

    assert found == [], "take now as an argument"


def test_views_leave_selecting_to_the_queries() -> None:
    statements = {"select", "insert", "update", "delete", "text", "func"}
    found = [
        place(path, node)
        for path, tree in modules("views", "web")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("sqlalchemy")
        and statements & {alias.name for alias in node.names}
    ]

    assert found == [], "give it a name in quiz/queries, or in quiz/actions when it changes rows"


def test_no_view_takes_whatever_is_not_get_for_a_button() -> None:
    found = [
        place(path, node.test)
        for path, tree in modules("views")
        for node in ast.walk(tree)
        if isinstance(node, ast.If)
        and ast.unparse(node.test) == "request.method == 'GET'"
        and any(isinstance(statement, ast.Return) for statement in node.body)
    ]

    assert found == [], "HEAD is no button: ask for request.method == 'POST'"


def test_settings_are_asked_for_in_one_place_a_layer() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value == "quiz.settings"
    }

    assert found == {"__init__.py", "cli/opening.py", "web/keys.py"}, "call settings() there"


# Layers


def test_models_see_no_session_and_no_select() -> None:
    found = [
        place(path, node)
        for path, tree in modules("models")
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id in {"Session", "object_session", "select"}
    ]

    assert found == [], "a row's rule takes values; selects stand in queries, deeds in actions"


def test_queries_write_nothing() -> None:
    written = {"add", "add_all", "delete", "flush", "merge", "bulk_save_objects"}
    found = [
        place(path, call)
        for path, tree in modules("queries")
        for call in calls(tree, written)
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "session"
    ]
    found += [
        place(path, node)
        for path, tree in modules("queries")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("sqlalchemy")
        and {name.name for name in node.names} & {"insert", "update", "delete"}
    ]

    assert found == [], "what changes rows stands in actions"


def test_the_hall_has_five_doors() -> None:
    hall = {path.stem for path in PACKAGE.glob("*.py")}

    assert hall == {"__init__", "__main__", "codes", "formats", "permissions"}, (
        "give the module its layer and room"
    )


def test_no_folder_outgrows_a_glance() -> None:
    full = {
        str(folder.relative_to(ROOT)): number
        for folder in [PACKAGE, *PACKAGE.rglob("*")]
        if folder.is_dir()
        and folder.name != "versions"  # migrations only ever grow
        and (number := len(list(folder.glob("*.py")))) > MOST_FILES
    }

    assert full == {}, "divide it by noun"


# Item types, exports


@pytest.mark.parametrize("name", list(ITEM_TYPES))
def test_every_item_type_has_its_template(app: Flask, name: str) -> None:
    with app.test_request_context():
        offered = app.jinja_env.get_template(f"item_types/{name}.html").make_module()

    missing = [macro for macro in ("answer", "review", "edit") if not hasattr(offered, macro)]
    assert missing == [], f"templates/item_types/{name}.html must offer these macros"


def test_no_page_asks_which_type_an_item_has() -> None:
    names = set(ITEM_TYPES) - SCALES
    names |= {
        part.name
        for kind in ITEM_TYPES.values()
        for part in kind.parts
        if isinstance(part, Rows) and part.place[0] == "extra"
    }
    asks = re.compile(rf"""["'](?:{"|".join(sorted(names))})["']""")
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in [*TEMPLATES.rglob("*.html"), *(PACKAGE / "static").rglob("*.js")]
        if "item_types" not in path.parts
        for match in asks.finditer(path.read_text(encoding="utf-8"))
    ]
    found += [
        place(path, node)
        for path, tree in modules("views", "queries", "actions", "models", "exports")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in names
    ]

    assert found == [], "give the item type an attribute or a macro instead"


def test_no_two_downloads_share_an_address() -> None:
    names = [f"{export.stem}.{ending}" for export in EXPORTS.values() for ending in export.kinds]

    assert len(names) == len(set(names)), "give the export a stem of its own"


# Files


def test_no_file_has_a_name_that_means_nothing() -> None:
    found = [
        str(path.relative_to(ROOT))
        for folder in (PACKAGE, ROOT / "tests", TEMPLATES)
        for path in folder.rglob("*")
        if path.stem.strip("_") in NAMELESS
    ]

    assert found == [], "name the file by its noun"


def test_files_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in PACKAGE.rglob("*")
        if path.suffix in {".py", ".css", ".js"}
        and not {"versions", "vendor"} & {*path.parts}
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }

    assert long == {}, "split it by noun"


def test_style_sheets_are_written_open() -> None:
    rule_on_one_line = re.compile(r"[{;].*[;}]\s*$")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (PACKAGE / "static").rglob("*.css")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if rule_on_one_line.search(line)
    ]

    assert found == [], "write one declaration a line; web/assets.py minifies"


def test_nothing_is_left_to_do() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for folder in (PACKAGE, TEMPLATES, ROOT / "tests")
        for path in folder.rglob("*")
        if path.suffix in {".py", ".html", ".js", ".css"} and path != Path(__file__)
        for line in path.read_text(encoding="utf-8").splitlines()
        if marks.search(line)
    ]

    assert found == []


def test_every_public_module_class_and_function_says_what_it_is() -> None:
    silent = []
    for path, tree in modules():
        silent += [str(path.relative_to(ROOT))] if not ast.get_docstring(tree) else []
        silent += [
            place(path, node)
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
            and not is_view(node)
        ]

    assert silent == [], "say what goes in and out"


def is_view(node: ast.stmt) -> bool:
    """A view's address and permission say what it is."""
    return isinstance(node, ast.FunctionDef) and any(
        "requires" in ast.unparse(decorator) for decorator in node.decorator_list
    )


def test_every_template_is_used() -> None:
    named = re.compile(r"""["']([\w/.-]+\.html)["']""")
    texts = [path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")]
    texts += [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
    used = {name for text in texts for name in named.findall(text)}

    unused = {
        name
        for path in TEMPLATES.rglob("*.html")
        if (name := path.relative_to(TEMPLATES).as_posix()) not in used
        and path.parent.name not in {"errors", "item_types"}
    }
    assert unused == set(), "delete it, or render it"


def test_every_view_has_a_folder_of_its_own_pages() -> None:
    rendered = re.compile(r'"([\w/]+\.html)"')
    everywhere = PACKAGE / "views"
    rooms = {path: path.relative_to(everywhere).parts[0] for path in everywhere.glob("*/**/*.py")}
    astray = [
        f"{path.relative_to(ROOT)}: {name}"
        for path, room in rooms.items()
        for name in rendered.findall(path.read_text(encoding="utf-8"))
        if not name.startswith(f"{room}/{path.stem}/")
    ]
    homes = {TEMPLATES / room / path.stem for path, room in rooms.items()}
    homeless = {
        str(folder.relative_to(ROOT))
        for room in {*rooms.values()}
        for folder in (TEMPLATES / room).iterdir()
        if folder not in homes
    }

    assert astray == [], "a page stands in templates/<room>/<view>/"
    assert homeless == set(), "name the folder after the view that renders it"


def test_a_time_stands_with_its_date_or_is_told_apart_from_other_days() -> None:
    dated = re.compile(r"\|(day_)?date_id")
    bare = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        lines = path.read_text(encoding="utf-8").splitlines()
        bare += [
            f"{path.relative_to(ROOT)}:{number}"
            for number, line in enumerate(lines, start=1)
            if "|time_id" in line and not dated.search("".join(lines[max(number - 3, 0) : number]))
        ]

    assert bare == [], "write |when_id(now), or the date just before it"
