"""Whatever staff do is a line of the audit log: as the code says it, and as it is done."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from quiz.actions.people.auditing import record
from quiz.demo import Stage
from quiz.permissions import Permission
from quiz.web.access import log_apart
from tests.e2e.world import demonstration
from tests.kept import Demonstrations
from tests.safety.acts import bank, events, people, rosters, scores, sources
from tests.safety.clerk import Clerk
from tests.safety.places import plain, written

OWN = {Permission.PUBLIC, Permission.TAKE_QUIZ, Permission.OWN_DATA}

UNSEEN = "a draft of its author's; sending it to a checker leaves a line"
PREVIEW = "a preview for whoever sent it; taking it over leaves a line"
LEAVES_NONE = {
    ("POST", "/kegiatan/<code>/peserta/unggah"): PREVIEW,
    ("POST", "/kegiatan/muat-berkas"): PREVIEW,
    ("POST", "/soal/<code>/sunting"): UNSEEN,
    ("POST", "/soal/ambil"): PREVIEW,
    ("POST", "/soal/baru"): UNSEEN,
    ("POST", "/soal/draf/<uid>"): UNSEEN,
    ("PUT", "/soal/draf/<uid>"): UNSEEN,
    ("POST", "/soal/draf/<uid>/periksa"): "looks at a draft and changes nothing",
    ("POST", "/soal/naskah"): "an address made of what was chosen; the file leaves a line",
}
"""What changes nothing for anybody else, and why it leaves no line."""

SOMETIMES = {("POST", "/soal/ambil/<uid>/lengkapi"): "drafts are kept; sending them leaves a line"}
"""What leaves a line with some of its buttons only."""

YEAR: tuple[Callable[[Clerk], None], ...] = (
    *(events.planning, events.quizzes, rosters.roster, events.sittings, events.papers),
    *(rosters.desk, rosters.moved, people.accounts, people.units, people.settings),
    *(sources.law, sources.material, sources.files, bank.writing),
    *(bank.signing, bank.panel, bank.importing, scores.keys, scores.reporting),
    *(people.requests, people.second_step, people.retention),
)
"""Everything, in an order in which it can be done."""


def changing_doors() -> set[tuple[str, str]]:
    """Method and address of whatever only staff may do."""
    return {door for door, needs in written().items() if door[0] != "GET" and needs not in OWN}


def views_of(app: Flask) -> dict[tuple[str, str], Callable[..., Any]]:
    return {
        (method, plain(rule)): app.view_functions[rule.endpoint]
        for rule in app.url_map.iter_rules()
        for method in rule.methods or set()
    }


def called_by(function: FunctionType) -> Iterator[FunctionType]:
    """The functions of ours that it names, in whatever is written inside it; no refusals."""
    for held in _named(function.__code__, function.__globals__):
        inside = list(vars(held).values()) if isinstance(held, type) else [held]
        for each in inside:
            ours = isinstance(each, FunctionType) and each.__module__.startswith("quiz.")
            if ours and (each is log_apart or each.__module__ != "quiz.web.access"):
                yield each


def _named(code: CodeType, there: dict[str, Any]) -> Iterator[object]:
    held = [there[name] for name in code.co_names if name in there]
    yield from held
    for module in held:
        if isinstance(module, ModuleType) and module.__name__.startswith("quiz."):
            yield from (getattr(module, name) for name in code.co_names if hasattr(module, name))
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _named(inner, there)


def leads_to_the_log(view: FunctionType) -> bool:
    waiting, seen = [view], set()
    while waiting:
        function = waiting.pop()
        if function in {record, log_apart}:
            return True
        if function not in seen:
            seen.add(function)
            waiting.extend(called_by(function))
    return False


def test_whatever_staff_may_change_leads_to_the_log(app):
    views = views_of(app)

    without = {door for door in changing_doors() if not leads_to_the_log(views[door])}

    assert without == set(LEAVES_NONE)


def test_each_act_of_the_staff_writes_its_line_and_no_other(
    tmp_path: Path, demonstrations: Demonstrations, compiled_templates: FileSystemBytecodeCache
) -> None:
    with demonstration(tmp_path, demonstrations.of(Stage.OVER), compiled_templates) as world:
        clerk = Clerk(world)
        for act in YEAR:
            act(clerk)

    assert clerk.faults == []
    assert clerk.silent - clerk.logged == set(LEAVES_NONE) | set(SOMETIMES)
    assert clerk.logged | clerk.silent == changing_doors()
