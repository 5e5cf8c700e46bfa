"""What an event is held for, and so what its scores by name may be used for."""

from enum import StrEnum


class Purpose(StrEnum):
    """The value is stored, the label is shown. Anything but building up needs a written basis."""

    BUILDING = "pembinaan"
    ASSESSMENT = "penilaian"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def meaning(self) -> str:
        """What may be done with a name beside its score."""
        return _MEANINGS[self]


_LABELS = {Purpose.BUILDING: "Pembinaan", Purpose.ASSESSMENT: "Penilaian"}

_MEANINGS = {
    Purpose.BUILDING: (
        "nama beserta nilai tidak keluar dari Kesbangpol dan bukan bahan hukuman disiplin"
    ),
    Purpose.ASSESSMENT: (
        "nama beserta nilai hanya dipakai untuk keperluan pada dasar itu, bukan untuk yang lain"
    ),
}
