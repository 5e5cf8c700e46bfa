"""Click in Indonesian: its own headings, hints and complaints about wrong usage."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

import click
from click.formatting import HelpFormatter

HEADINGS = {"Options": "Pilihan", "Commands": "Perintah"}
EXTRAS = (
    (re.compile(r"\[required\]$"), "[wajib]"),
    (re.compile(r"\[default: (.+?)(; required)?\]$"), r"[bawaan: \1]"),
)


class Refusal(Exception):
    """What was asked cannot be done; the text is a sentence saying why and how to mend it."""


class IndonesianFormatter(HelpFormatter):
    """Help pages with Indonesian headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "Pemakaian: ")

    def section(self, name: str) -> Any:
        return super().section(HEADINGS.get(name, name))

    def write_dl(self, rows: Iterable[tuple[str, str]], *spacing: Any, **more: Any) -> None:
        super().write_dl([(first, _extra(second)) for first, second in rows], *spacing, **more)


class IndonesianContext(click.Context):
    """A context whose help pages are Indonesian."""

    formatter_class = IndonesianFormatter


class Command(click.Command):
    """A command whose help page is Indonesian."""

    context_class = IndonesianContext

    def __init__(self, *args: Any, **more: Any) -> None:
        more.setdefault("options_metavar", "[PILIHAN]")
        super().__init__(*args, **more)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Tampilkan bantuan ini."
        return option


class Group(Command, click.Group):
    """A group of such commands."""

    command_class = Command
    group_class = type

    def __init__(self, *args: Any, **more: Any) -> None:
        more.setdefault("subcommand_metavar", "PERINTAH [ARGUMEN]...")
        super().__init__(*args, **more)


def _extra(text: str) -> str:
    for pattern, words in EXTRAS:
        text = pattern.sub(words, text)
    return text


def usage_complaint(error: click.UsageError) -> str:
    """What is wrong with how the program was called, and how to mend it."""
    command = error.ctx.command_path if error.ctx else "quiz"
    return f"{_sentence(error)} Lihat: {command} --help"


def _sentence(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption(option_name=name):
            return f"Pilihan {name} tidak dikenal.{_near(name, _options(error))}"
        case click.exceptions.NoSuchCommand(command_name=name):
            return f"Perintah {name} tidak dikenal.{_near(name, _commands(error))}"
        case click.MissingParameter():
            return f"{_parameter(error)} wajib diisi."
        case click.BadParameter():
            return f"{_parameter(error)}: {_wanted(error)}"
        case click.BadOptionUsage(option_name=name):
            return f"Pilihan {name} dipakai tanpa nilai, atau nilainya tidak diharapkan."
    return "Argumen yang diberikan tidak sesuai dengan perintah ini."


def _parameter(error: click.BadParameter) -> str:
    if error.param is None:
        return "Argumen"
    if isinstance(error.param, click.Argument):
        return error.param.make_metavar(error.ctx or click.Context(click.Command("quiz")))
    return error.param.opts[0]


def _wanted(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"pilih salah satu dari {', '.join(map(str, kind.choices))}."
    if isinstance(kind, click.IntRange):
        return f"isi bilangan bulat {kind.min} sampai {kind.max}."
    if isinstance(kind, click.types.IntParamType):
        return "isi bilangan bulat."
    if isinstance(kind, click.DateTime):
        return "isi tanggal seperti 2024-11-22."
    if isinstance(kind, click.Path):
        return "berkas atau folder itu tidak ada atau tidak dapat dibaca."
    return error.message


def _options(error: click.UsageError) -> Iterable[str]:
    parameters = error.ctx.command.get_params(error.ctx) if error.ctx else []
    return [name for parameter in parameters for name in parameter.opts]


def _commands(error: click.UsageError) -> Iterable[str]:
    command = error.ctx.command if error.ctx else None
    return command.commands if isinstance(command, click.Group) else ()


def _near(name: str, known: Iterable[str]) -> str:
    found = get_close_matches(name, list(known), n=1)
    return f" Maksud Anda {found[0]}?" if found else ""
