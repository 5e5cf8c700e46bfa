"""The letters after a breach: to the people whose data it was, and to the agency."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from quiz.exports.documents.office_paper import DOTS, letterhead
from quiz.exports.documents.paper import (
    Block,
    Fact,
    Facts,
    Heading,
    NewPage,
    Notice,
    Paper,
    Points,
    Signature,
    Signatures,
    Text,
)
from quiz.formats import datetime_id
from quiz.models.people.settings import Office
from quiz.queries.people.privacy.breaches import Affected, Breach, DataKind

WITHIN = timedelta(hours=72)
"""How soon after it is known the letters have to be out: three times 24 hours."""

UNCHECKED = "naskah belum diperiksa"
"""Stands beside every regulation whose text nobody has compared."""

LAW = f"Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi ({UNCHECKED})"

BEING_DONE = (
    "Yang sudah dilakukan: ……………………",
    "Yang sedang dilakukan: ……………………",
    "Yang dapat Anda lakukan: jangan memberikan kode atau kata sandi kepada siapa pun yang "
    "menghubungi Anda, dan laporkan bila ada yang memakai nama Anda.",
)


def breach_letters(
    office: Office, breach: Breach, people: Sequence[Affected], now: datetime
) -> Paper:
    """Both letters. What only the office can know is dotted."""
    return Paper(
        title="Pemberitahuan kebocoran data pribadi",
        subtitles=[f"Disusun {datetime_id(now)}"],
        blocks=[
            Notice(
                "Surat ini harus sampai paling lambat 3 × 24 jam sejak kebocoran diketahui, yaitu "
                f"{datetime_id(breach.known_at + WITHIN)}. Lengkapi yang bertitik-titik, dan hapus "
                f"tanda “{UNCHECKED}” sesudah naskahnya dibandingkan."
            ),
            Heading("Kepada subjek data pribadi"),
            *_to_people(office, breach, people),
            NewPage(),
            Heading("Kepada lembaga pelindungan data pribadi"),
            *_to_agency(office, breach, people),
        ],
        foot=f"Pemberitahuan kebocoran data pribadi, {office.organisation}",
        made_at=now,
        letterhead=letterhead(office),
        dense=True,
    )


def _to_people(office: Office, breach: Breach, people: Sequence[Affected]) -> list[Block]:
    return [
        *_head("Saudara yang namanya tercantum pada daftar terlampir"),
        Text(
            f"Dengan ini {office.organisation} memberitahukan bahwa data pribadi Anda pada Kuis "
            "Netralitas ASN diketahui atau mungkin diketahui pihak yang tidak berhak. "
            f"Pemberitahuan ini disampaikan menurut {LAW}."
        ),
        *_what_happened(breach, _kinds(people)),
        Heading("Apa yang dilakukan", 2),
        Points(BEING_DONE),
        Text(
            f"Pertanyaan disampaikan kepada {office.privacy_contact or DOTS}. Apa yang disimpan "
            "tentang Anda dapat dilihat di halaman Data saya."
        ),
        _signature(),
    ]


def _to_agency(office: Office, breach: Breach, people: Sequence[Affected]) -> list[Block]:
    counted = Counter(kind for each in people for kind in each.kinds)
    opened = sum(each.opened for each in people)
    seen = f", {opened} di antaranya menurut jejak benar-benar dibuka" if breach.account else ""
    return [
        *_head(f"Lembaga yang menyelenggarakan pelindungan data pribadi, {DOTS}"),
        Text(
            f"Menurut {LAW}, {office.organisation} sebagai pengendali data pribadi melaporkan "
            "kegagalan pelindungan data pribadi berikut."
        ),
        Facts(
            [
                Fact("Pengendali", office.organisation),
                Fact("Pejabat pelindungan data", office.privacy_officer or DOTS),
                Fact("Kontak", office.privacy_contact or DOTS),
                Fact("Orang yang terkena", f"{len(people)} orang{seen}"),
                Fact("Diketahui", datetime_id(breach.known_at)),
            ]
        ),
        *_what_happened(
            breach, [f"{kind}: {counted[kind]} orang" for kind in DataKind if counted[kind]]
        ),
        Heading("Apa yang dilakukan", 2),
        Points([*BEING_DONE[:2], f"Pemberitahuan kepada subjek data pribadi: {DOTS}"]),
        _signature(),
    ]


def _head(addressee: str) -> list[Block]:
    return [
        Facts(
            [
                Fact("Nomor", DOTS),
                Fact("Hal", "Pemberitahuan kegagalan pelindungan data pribadi"),
                Fact("Kepada", addressee),
            ]
        )
    ]


def _what_happened(breach: Breach, kinds: Sequence[str]) -> list[Block]:
    of = f" Kegiatan: {breach.event.title} ({breach.event.code})." if breach.event else ""
    return [
        Heading("Data apa", 2),
        Points(kinds or [DOTS]),
        Heading("Kapan dan bagaimana", 2),
        Text(
            f"Antara {datetime_id(breach.since)} dan {datetime_id(breach.until)}, "
            f"{breach.way.label}.{of} Diketahui {datetime_id(breach.known_at)}."
        ),
        Text(f"Uraian kejadian: {DOTS}{DOTS}{DOTS}"),
    ]


def _kinds(people: Sequence[Affected]) -> list[str]:
    found = {kind for each in people for kind in each.kinds}
    return [str(kind) for kind in DataKind if kind in found]


def _signature() -> Signatures:
    return Signatures([Signature([f"{DOTS}, {DOTS}", "", f"{DOTS},"], DOTS)])
