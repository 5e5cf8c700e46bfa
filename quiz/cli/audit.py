"""``quiz audit``: whether the log is as it was written."""

import click

from quiz.actions.people.auditing import broken_link
from quiz.cli.opening import reading
from quiz.cli.words import Group, Refusal


@click.group(cls=Group)
def audit() -> None:
    """Jejak audit."""


@audit.command()
def verify() -> None:
    """Periksa bahwa tidak ada baris jejak yang diubah, disisipkan, atau dihapus."""
    with reading() as session:
        broken = broken_link(session)
    if broken is not None:
        raise Refusal(
            f"Rantai jejak audit putus pada baris {broken}: baris itu atau yang sebelumnya pernah "
            "diubah di luar aplikasi."
        )
    click.echo("Rantai jejak audit utuh.")
