"""The material and the law, open to everybody."""

from collections.abc import Callable
from datetime import date, timedelta

from quiz.models import Material
from quiz.models.events.events import FeedbackMode
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import link_texts, root, with_class, words

Count = Callable[[Callable[[], object]], int]


def lesson(make: Make, topic: str) -> Material:
    make.topic(topic, position=len(topic))
    material = Material(code=topic, kind="lesson", topic=topic, title=f"Tentang {topic}")
    code = topic.upper()
    make.passage(f"{code}-3", material, role="instead", position=3, text="Tolak dengan sopan.")
    make.passage(f"{code}-1", material, role="rule", position=1, text="Tidak berpihak.")
    make.passage(f"{code}-2", material, role="reason", position=2, text="Layanan sama.")
    return material


def headings(section) -> list[str]:  # type: ignore[no-untyped-def]
    return [words(node) for node in section.iter() if node.tag in {"h2", "h3", "p"}]


def test_the_talk_comes_first_then_a_lesson_per_topic(make: Make, client: HouseClient) -> None:
    lesson(make, "media-sosial")
    lesson(make, "skb")
    talk = Material(code="acara", kind="talk", title="Sosialisasi", source="Berita")
    make.passage("LJN-01", talk, text="Pegawai netral.")

    reply = client.get("/materi")

    assert [section.get("aria-labelledby") for section in with_class(reply, "material")] == [
        "acara",
        "skb",
        "media-sosial",
    ]


def test_a_lesson_gives_rule_then_reason_then_what_to_do(make: Make, client: HouseClient) -> None:
    lesson(make, "skb")

    [section] = with_class(client.get("/materi"), "material")

    assert headings(section) == [
        "Tentang skb",
        "Aturannya",
        "Tidak berpihak.",
        "Alasannya",
        "Layanan sama.",
        "Yang dapat Anda lakukan",
        "Tolak dengan sopan.",
        "Ke daftar isi",
    ]


def test_every_passage_can_be_linked_to(make: Make, client: HouseClient) -> None:
    lesson(make, "skb")

    reply = client.get("/materi")

    anchored = [n.get("id") for n in root(reply).iter("p") if n.get("id", "").startswith("SKB")]
    assert anchored == ["SKB-1", "SKB-2", "SKB-3"]


def test_material_of_nobody_says_so(client: HouseClient) -> None:
    assert words(with_class(client.get("/materi"), "empty")[0]) == "Belum ada materi yang dimuat."


def test_more_material_costs_no_more_queries(
    make: Make, client: HouseClient, count_queries: Count
) -> None:
    lesson(make, "skb")
    client.get("/materi")
    one = count_queries(lambda: client.get("/materi"))
    lesson(make, "desa")
    lesson(make, "hak-pilih")

    assert count_queries(lambda: client.get("/materi")) == one


def test_articles_stand_under_their_law_with_the_days_they_bind(
    make: Make, client: HouseClient
) -> None:
    make.reference(
        "UU-5-2014-P2",
        law="UU 5/2014",
        article="Pasal 2",
        text="Asas netralitas.",
        valid_from=date(2014, 1, 15),
        valid_to=date(2023, 10, 30),
        successor="UU-20-2023-P9-2",
    )
    make.reference(
        "UU-20-2023-P9-2",
        text="Bebas dari pengaruh.",
        verbatim=True,
        changes=[{"date": "2024-11-14", "note": "Ditafsirkan."}],
    )

    reply = client.get("/materi/dasar-hukum")

    assert [words(box) for box in with_class(reply, "legal")] == [
        "Pasal 2 Asas netralitas. Berlaku sejak 15 Januari 2014 sampai 30 Oktober 2023. "
        "Tidak berlaku hari ini. Lihat penggantinya.",
        "Pasal 9 ayat (2) “Bebas dari pengaruh.” Berlaku sejak 31 Oktober 2023. "
        "14 November 2024: Ditafsirkan.",
    ]
    assert [box.get("id") for box in with_class(reply, "legal")] == [
        "UU-5-2014-P2",
        "UU-20-2023-P9-2",
    ]


def test_a_successor_nobody_registered_is_not_linked(make: Make, client: HouseClient) -> None:
    make.reference(valid_to=date(2025, 1, 1), successor="UU-X")

    reply = client.get("/materi/dasar-hukum")

    assert "Lihat penggantinya." not in link_texts(reply)


def test_feedback_leads_to_the_passage_and_the_article(
    make: Make, client_for: Callable[..., HouseClient]
) -> None:
    make.passage("LJN-01")
    make.reference("UU-20-2023-P9-2")
    sitting = make.sitting(items=[make.bank_item()], feedback_mode=FeedbackMode.AFTER_SUBMIT)
    attempt = make.finished(sitting, started_at=make.now - timedelta(minutes=50))

    reply = client_for(attempt.enrolment).get(f"/kuis/{attempt.uid}/hasil")

    links = {a.get("href"): words(a) for a in root(reply).iter("a")}
    assert links["/materi#LJN-01"] == "Baca di materi"
    assert links["/materi/dasar-hukum#UU-20-2023-P9-2"] == "Baca pasalnya"
