"""Who was there, in words: the one place where pages, board, papers and files get them from.

Being there is said, by the person or at the desk; beginning a quiz records nobody as there. So
wherever those who were there stand beside those who worked, whoever worked without such a record
is named too, and the two numbers never read as a contradiction.
"""

from dataclasses import dataclass


def unrecorded_words(persons: int) -> str:
    """3 orang mengerjakan tanpa tercatat hadir; empty for nobody."""
    return f"{persons} orang mengerjakan tanpa tercatat hadir" if persons else ""


@dataclass(frozen=True)
class Attendance:
    """Persons of a roster: on it, recorded as there, and working without being recorded."""

    invited: int
    attended: int
    unrecorded: int

    @property
    def words(self) -> str:
        """46 dari 50; 3 orang mengerjakan tanpa tercatat hadir."""
        return _joined("; ", f"{self.attended} dari {self.invited}", self.beside)

    @property
    def beside(self) -> str:
        """What stands beside the number of those who were there; empty where nothing has to."""
        return unrecorded_words(self.unrecorded)


def turnout_words(
    attendance: Attendance, *, submitted: int, running: int = 0, empty: int = 0
) -> str:
    """Who was there and what they did: 7 terdaftar, 5 hadir, 5 mengirim."""
    return _joined(
        ", ",
        f"{attendance.invited} terdaftar",
        f"{attendance.attended} hadir",
        f"{submitted} mengirim",
        f"{running} masih mengerjakan" if running else "",
        f"{empty} memulai tanpa satu jawaban pun (tidak dinilai)" if empty else "",
        attendance.beside,
    )


def _joined(between: str, *parts: str) -> str:
    return between.join(filter(None, parts))
