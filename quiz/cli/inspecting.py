"""What the application answers, and who may ask for it."""

from collections.abc import Iterator
from typing import Any

import click
from flask import Flask

from quiz.cli.opening import application
from quiz.cli.words import Command
from quiz.permissions import ROLE_PERMISSIONS, Permission, Role

MARKS = (("writes", "menulis"), ("api", "JSON"), ("staff", "hanya dari komputer server"))


@click.command(cls=Command)
def routes() -> None:
    """Daftar semua alamat: metode, alamat, dan nama halamannya."""
    with application() as app:
        for rule, methods in _rules(app):
            click.echo(f"{methods:<10} {rule.rule:<44} {rule.endpoint}")


@click.command(cls=Command)
def access() -> None:
    """Tabel halaman × izin × peran: siapa boleh membuka apa."""
    click.echo("\t".join(["metode", "alamat", "izin", *(role.label for role in Role), "catatan"]))
    with application() as app:
        for rule, methods in _rules(app):
            view = app.view_functions[rule.endpoint]
            permission: Permission | None = getattr(view, "permission", None)
            if permission is None:
                continue
            marks = [words for name, words in MARKS if getattr(view, name, False)]
            roles = ["✓" if _may(role, permission) else "-" for role in Role]
            row = [methods, rule.rule, permission.value, *roles, ", ".join(marks)]
            click.echo("\t".join(row))


def _rules(app: Flask) -> Iterator[tuple[Any, str]]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        yield rule, ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))


def _may(role: Role, permission: Permission) -> bool:
    return permission is Permission.PUBLIC or permission in ROLE_PERMISSIONS[role]
