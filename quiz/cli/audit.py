"""``quiz audit``: whether the log is as it was written."""

import click

from quiz.cli.opening import log_faults, reading
from quiz.cli.words import Group, Refusal


@click.group(cls=Group)
def audit() -> None:
    """Jejak audit."""


@audit.command()
def verify() -> None:
    """Periksa bahwa tidak ada baris jejak yang diubah, disisipkan, atau dihapus."""
    with reading() as session:
        faults = log_faults(session)
    if faults:
        words = "; ".join(faults)
        raise Refusal(
            f"{words[0].upper()}{words[1:]}: jejak pernah diubah di luar aplikasi. Bandingkan "
            "dengan cadangan terakhir."
        )
    click.echo("Rantai jejak audit utuh.")
