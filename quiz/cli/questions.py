"""``quiz questions``: check, load and write folders of questions."""

from datetime import UTC, datetime
from pathlib import Path

import click

from quiz.actions.bank.loading import load_questions
from quiz.assessment.question_file import read_folder, write_folder
from quiz.cli.linting import coverage_lines, finding_lines, findings_in, guesser_lines
from quiz.cli.opening import log, log_apart, reading, writing
from quiz.cli.words import Group, Refusal
from quiz.config.settings import carried
from quiz.models.people.audit import Action
from quiz.queries.bank.stock import bank_folder

a_folder = click.argument(
    "folder",
    metavar="[FOLDER]",
    required=False,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)


@click.group(cls=Group)
def questions() -> None:
    """Berkas soal: periksa, muat, tulis."""


@questions.command()
@a_folder
@click.option("--coverage", is_flag=True, help="Sebut bahan, fakta, dan pasal tanpa soal.")
@click.option(
    "--date",
    "on",
    metavar="TANGGAL",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Periksa juga pasal pada hari kegiatan, misalnya 2024-11-22.",
)
def check(folder: Path | None, coverage: bool, on: datetime | None) -> None:
    """Periksa semua berkas di FOLDER (bawaan: questions); sebut setiap kesalahan."""
    found = read_folder(folder or carried("questions"))
    findings = findings_in(found, on.date() if on else None)
    for line in finding_lines(findings, "warning"):
        click.echo(line)
    if coverage:
        for line in coverage_lines(found):
            click.echo(line)
    for line in guesser_lines(found):
        click.echo(line)
    wrong = sum(finding.severity == "error" for finding in findings)
    if wrong:
        lines = [*finding_lines(findings, "error"), f"{wrong} kesalahan mutu soal."]
        raise Refusal("\n".join(lines))
    click.echo(
        f"Tidak ada kesalahan: {len(found.items)} soal, {len(found.topics)} topik, "
        f"{len(found.references)} dasar hukum, {len(found.claims)} fakta, "
        f"{sum(len(material.passages) for material in found.materials)} kalimat bahan."
    )


@questions.command()
@a_folder
def load(folder: Path | None) -> None:
    """Muat FOLDER (bawaan: questions) ke bank; bila ada kesalahan, tidak ada yang dimuat."""
    with writing() as session:
        loaded = load_questions(session, folder or carried("questions"), datetime.now(UTC))
        if loaded is not None:
            log(session, Action.QUESTIONS_LOADED, by="quiz questions load")
    if loaded is None:
        click.echo("Berkas soal sama dengan yang terakhir dimuat; tidak ada yang berubah.")
        return
    click.echo(f"Soal dimuat: {loaded}.")
    for code in loaded.waiting:
        click.echo(f"Berkas berbeda, teks di bank tetap dipakai: {code}")


@questions.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Tulis isi bank sebagai berkas soal ke FOLDER yang belum ada atau masih kosong."""
    if folder.is_dir() and any(folder.iterdir()):
        raise Refusal(f"{folder} tidak kosong. Pilih folder baru, supaya tidak ada yang tertimpa.")
    with reading() as session:
        found = bank_folder(session)
        codes = [item.code for item in found.items]
        log_apart(
            session, Action.ITEMS_EXPORTED, by="quiz questions export", format="yaml", items=codes
        )
    files = write_folder(found)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"{len(files)} berkas ditulis ke {folder}.")
