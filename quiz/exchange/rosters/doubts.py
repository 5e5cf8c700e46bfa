"""What rows of one roster say about each other: the same NIP twice, the same name twice."""

from collections.abc import Iterator, Sequence

from quiz.exchange.rosters.cells import nip_may_be_cut
from quiz.exchange.rosters.columns import NAME, NIP
from quiz.exchange.rosters.names import normalise_name, plain_words
from quiz.exchange.rosters.roster_file import RosterFault, RosterRow


def parted_nips(
    rows: Sequence[RosterRow],
) -> tuple[list[RosterRow], list[RosterFault], list[RosterFault]]:
    """The rows without those whose NIP stands above already, a fault or a warning for each.

    The same NIP and name are one person listed twice, and passed over; two names are a fault.
    """
    first: dict[str, RosterRow] = {}
    kept, faults, warnings = [], [], []
    for row in rows:
        above = first.setdefault(row.nip, row) if row.nip else row
        if above is row:
            kept.append(row)
        elif normalise_name(above.name) == normalise_name(row.name):
            message = f"Orang ini sudah ada di {above.place}, jadi baris ini dilewati."
            warnings.append(_about(row, NAME.head, message))
        else:
            message = (
                f"NIP yang sama sudah ada di {above.place} ({above.name}). "
                "Satu NIP milik satu orang: perbaiki NIP, atau hapus salah satu baris."
            )
            faults.append(_about(row, NIP.head, message))
    return kept, faults, warnings


def doubts(rows: Sequence[RosterRow]) -> Iterator[RosterFault]:
    """What may well be right but is worth a look."""
    first: dict[tuple[str, str], RosterRow] = {}
    for row in rows:
        key = normalise_name(row.name), " ".join(plain_words(row.unit))
        above = first.setdefault(key, row)
        if above is not row and (above.nip is None or row.nip is None):
            yield _about(
                row,
                NAME.head,
                f"Nama yang sama di unit yang sama sudah ada di {above.place}. Orang yang sama? "
                "Hapus salah satu baris. Dua orang? Isi NIP atau jabatan keduanya.",
            )
        if nip_may_be_cut(row.nip):
            yield _about(
                row,
                NIP.head,
                "Tiga angka terakhir NIP ini 000, seperti bila Excel menghilangkan digit aslinya. "
                "Apakah NIP ini benar?",
            )
        if "<" in row.name or ">" in row.name:
            yield _about(
                row, NAME.head, "Nama memuat tanda < atau >. Apakah memang begitu tertulis?"
            )


def _about(row: RosterRow, column: str, message: str) -> RosterFault:
    return RosterFault(row.row_number, column, message, name=row.name, sheet=row.sheet)
