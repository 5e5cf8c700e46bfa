"""The stages of an election, and which of them a day falls into."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """Where an election stands on a day; some rules hold in one stage and not in another."""

    BEFORE = "sebelum_penetapan"
    CAMPAIGN = "kampanye"
    QUIET = "masa_tenang"
    POLLING = "pemungutan"
    AFTER = "sesudah"

    @property
    def label(self) -> str:
        """The Indonesian words for the page."""
        return _STAGE_LABELS[self]


_STAGE_LABELS = {
    Stage.BEFORE: "Sebelum penetapan calon",
    Stage.CAMPAIGN: "Sejak penetapan sampai akhir kampanye",
    Stage.QUIET: "Masa tenang",
    Stage.POLLING: "Hari pemungutan suara",
    Stage.AFTER: "Sesudah pemungutan suara",
}


@dataclass(frozen=True)
class Election:
    """The first day of each of its stages but the last two, and polling day; `ends` is its last."""

    begins: date
    nominated: date
    quiet: date
    polling: date
    ends: date

    def stage_on(self, day: date) -> Stage | None:
        """Its stage on that day; None before it begins and after it has ended."""
        if not self.begins <= day <= self.ends:
            return None
        if day < self.nominated:
            return Stage.BEFORE
        if day < self.quiet:
            return Stage.CAMPAIGN
        if day < self.polling:
            return Stage.QUIET
        return Stage.POLLING if day == self.polling else Stage.AFTER


ELECTIONS = (
    Election(
        begins=date(2024, 2, 27),
        nominated=date(2024, 9, 22),
        quiet=date(2024, 11, 24),
        polling=date(2024, 11, 27),
        ends=date(2025, 2, 20),
    ),
)
"""Pilkada 2024, from PKPU 2/2024, to the day the elected took office."""


def stage_on(day: date) -> Stage | None:
    """The stage of the election of that day; None when there is none."""
    found = (election.stage_on(day) for election in ELECTIONS)
    return next((stage for stage in found if stage is not None), None)
