"""The laws an event's items rest on, as a naskah lists them."""

from datetime import date

from quiz.actions.bank.citing import cite_new_versions
from quiz.models.events.events import Phase
from quiz.queries.sources.laws import laws_of
from tests.factories import Make


def cited(make: Make, *codes: str):  # type: ignore[no-untyped-def]
    return make.bank_item(make.item(references=tuple(codes)))


def test_laws_stand_once_by_rank_then_year_and_only_those_in_force(make: Make) -> None:
    titles = {
        "SE": "Surat Edaran Menpan-RB Nomor 18 Tahun 2023 tentang netralitas",
        "SKB": "Keputusan Bersama Menpan-RB dan Mendagri tentang Pedoman Pembinaan",
        "PKPU": "Peraturan KPU Nomor 13 Tahun 2024 tentang kampanye",
        "PP-1": "Peraturan Pemerintah Nomor 94 Tahun 2021 tentang Disiplin",
        "PP-2": "Peraturan Pemerintah Nomor 42 Tahun 2004 tentang Kode Etik",
        "UU-2": "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara",
        "UU-1": "Undang-Undang Nomor 6 Tahun 2014 tentang Desa",
        "PERDA": "Peraturan Daerah Nomor 1 Tahun 2020 tentang Kearsipan",
    }
    for code, title in titles.items():
        make.reference(code, law=code, title=title, valid_from=date(2000, 1, 1))
    make.reference("UU-2-P2", law="UU-2", title=titles["UU-2"], valid_from=date(2000, 1, 1))
    make.reference("OLD", law="OLD", title="Undang-Undang lama", valid_to=date(2024, 1, 1))
    make.reference("SURAT", law="Surat Mendagri", title="", valid_from=date(2000, 1, 1))
    items = [cited(make, *titles, "OLD"), cited(make, "UU-2-P2", "SURAT")]
    sitting = make.sitting(items=items)
    cite_new_versions(make.session)
    make.session.commit()

    wanted = ["UU-1", "UU-2", "PP-2", "PP-1", "PKPU", "PERDA", "SKB", "SE"]
    found = laws_of(make.session, sitting.event)
    assert found == [*(titles[code] for code in wanted), "Surat Mendagri"]


def test_practice_and_other_events_give_none(make: Make) -> None:
    make.reference("UU-1", title="Undang-Undang Nomor 6 Tahun 2014 tentang Desa")
    event = make.event()
    make.sitting(event, Phase.PRACTICE, items=[cited(make, "UU-1")])
    make.sitting(items=[cited(make, "UU-1")])
    cite_new_versions(make.session)
    make.session.commit()

    assert laws_of(make.session, event) == []
