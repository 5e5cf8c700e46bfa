"""The program ``quiz``: one command a module, gathered here. Also ``python -m quiz``.

Exit status 0, or one sentence on stderr with 1 (cannot be done) or 2 (called wrongly).
"""

import io
import os
import sys
from collections.abc import Sequence

import click
from sqlalchemy.exc import DBAPIError

from quiz.assessment.question_file import FolderFaults
from quiz.cli.audit import audit
from quiz.cli.database import db
from quiz.cli.demonstrating import demo
from quiz.cli.events.travelling import event
from quiz.cli.exporting import export_questions
from quiz.cli.importing import import_questions
from quiz.cli.inspecting import access, routes
from quiz.cli.privacy.breaching import breach
from quiz.cli.questions import questions
from quiz.cli.reporting import report
from quiz.cli.retention import retention
from quiz.cli.rosters import roster
from quiz.cli.serving import serve
from quiz.cli.users import user
from quiz.cli.words import Group, Refusal, usage_complaint
from quiz.config.refusing import ConfigError
from quiz.database import NotDurable, sqlite_driver
from quiz.database.archive import NotRestorable
from quiz.database.backup import CannotBackUp
from quiz.database.folder import FolderInUse
from quiz.database.keeping import Emptied
from quiz.database.migrating import BrokenKeys, SchemaTooNew
from quiz.database.storage import trouble
from quiz.database.tools import ToolFailed
from quiz.formats import why_id

SENTENCES = (
    *(Refusal, ConfigError, SchemaTooNew, BrokenKeys, NotDurable),
    *(CannotBackUp, NotRestorable, ToolFailed, FolderInUse, Emptied),
)
"""Errors whose text is already a sentence for the operator."""

OF_MACHINE = (DBAPIError, sqlite_driver.Error, OSError)
"""Errors of the database's driver and of the system, which speak English."""


@click.group(cls=Group)
def program() -> None:
    """Kuis Netralitas ASN: dari bahan sosialisasi menjadi kuis dan laporan per unit."""


for command in (
    *(serve, demo, db, questions, import_questions, export_questions),
    *(roster, event, user, report, retention, routes, access, audit, breach),
):
    program.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with ``arguments`` (those of the process when None); the exit status.

    What it writes is for its owner's eyes: databases, backups, exports hold names.
    """
    os.umask(0o077)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # redirected, Windows' own encoding lacks signs
    try:
        program.main(arguments, prog_name="quiz", standalone_mode=False)
    except click.UsageError as error:
        shows_help = isinstance(error, click.exceptions.NoArgsIsHelpError)
        print(error.message if shows_help else usage_complaint(error), file=sys.stderr)
        return 2
    except (*SENTENCES, FolderFaults, *OF_MACHINE, click.Abort, KeyboardInterrupt) as error:
        print(_sentence(error), file=sys.stderr)
        return 1
    return 0


def _sentence(error: BaseException) -> str:
    match error:
        case FolderFaults(faults=faults):
            return f"{error}\n{len(faults)} kesalahan; tidak ada yang dimuat."
        case DBAPIError() | sqlite_driver.Error():
            found = trouble(error)
            said = found.value if found else "Basis data tidak dapat dipakai."
            return f"{said} ({getattr(error, 'orig', None) or error})"
        case OSError(filename=name):
            found = trouble(error)
            said = f"{name or 'Sistem'}: {why_id(error)}."
            return f"{said} {found.value}" if found else said
        case click.Abort() | KeyboardInterrupt():
            return "Dibatalkan."
    return str(error)
