"""Days that go otherwise than planned: postponed, begun late, closed too early."""

from datetime import timedelta

import pytest

from quiz.formats import datetime_id, parse_wita
from quiz.models.events.events import Phase
from quiz.web import moments
from tests.reading import notices, root, with_class, words

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.fixture
def desk(client_for, citra):
    return client_for(citra)


@pytest.fixture
def event(make):
    """Tomorrow from 08.00 to 11.00."""
    day = moments.show(make.now + DAY)[0]
    return make.event(
        starts_at=parse_wita(day, "08.00"), ends_at=parse_wita(day, "11.00"), place="Pendopo"
    )


def move(desk, event, days, **more):
    day = moments.show(event.starts_at + timedelta(days=days))[0]
    typed = {"title": event.title, "day": day, "start": "08:00", "end": "11:00", "last_day": ""}
    return desk.post_form(f"/kegiatan/{event.code}/ubah", typed | more, follow_redirects=True)


def opened(make, event, phase, **changes):
    return make.sitting(
        event, phase, opens_at=event.starts_at, closes_at=event.starts_at + 30 * MINUTE, **changes
    )


def test_postponed_event_takes_its_sittings_along_but_those_begun(make, desk, event):
    pre, post = opened(make, event, Phase.PRE), opened(make, event, Phase.POST)
    make.attempt(pre, make.enrolment(event), started_at=event.starts_at)
    asked = words(root(desk.get(f"/kegiatan/{event.code}/ubah")))
    before = event.starts_at

    reply = move(desk, event, 7, move_sittings="y")

    assert f"Post-test, kini {datetime_id(before)}" in asked
    assert "Pre-test, kini" not in asked
    assert make.fresh(post).opens_at == before + 7 * DAY
    assert post.closes_at - post.opens_at == 30 * MINUTE
    assert make.fresh(pre).opens_at == before
    said = " ".join(notices(reply))
    assert f"Ikut pindah: Post-test {datetime_id(post.opens_at)}." in said
    assert f"Tidak ikut pindah: Pre-test {datetime_id(before)}." in said


def test_sittings_stay_where_the_officer_says_so_and_the_page_says_where(make, desk, event):
    pre, before = opened(make, event, Phase.PRE), event.starts_at

    reply = move(desk, event, 7)

    assert make.fresh(pre).opens_at == before
    assert f"Tidak ikut pindah: Pre-test {datetime_id(before)}." in " ".join(notices(reply))


def late(make, event, **changes):
    """A prepared pre-test of 20 minutes whose window has passed."""
    return make.sitting(
        event,
        time_limit_minutes=20,
        opens_at=make.now - 40 * MINUTE,
        closes_at=make.now - 15 * MINUTE,
        **changes,
    )


def test_late_start_marks_the_whole_limit_and_says_what_is_too_short(make, desk):
    event = make.event()
    sitting = late(make, event)
    address = f"/kegiatan/{event.code}/sesi/{sitting.uid}/perpanjang"

    page = desk.get(address)
    desk.post_form(address, {"minutes": 20, "closes": sitting.closes_at.isoformat()})

    [chosen] = [n for n in root(page).iter("input") if n.get("checked") is not None]
    labels = [words(label) for label in root(page).iter("label")]
    assert chosen.get("value") == "20"
    assert [label.split(" menit")[0] for label in labels] == ["3", "5", "10", "20", "30"]
    assert [("tidak mendapat 20 menit penuh" in label) for label in labels] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert make.fresh(sitting).closes_at > make.now + 19 * MINUTE


def test_event_page_offers_to_open_again_what_has_closed(make, desk):
    event = make.event()
    sitting = late(make, event)

    page = desk.get(f"/kegiatan/{event.code}").text

    assert f"/sesi/{sitting.uid}/perpanjang" in page
    assert "Buka lagi" in page


def test_extension_past_midnight_has_its_date(make, desk):
    event = make.event()
    sitting = make.sitting(event, closes_at=make.now + 3 * DAY)

    page = words(root(desk.get(f"/kegiatan/{event.code}/sesi/{sitting.uid}/perpanjang")))

    assert f"3 menit, ditutup {datetime_id(sitting.closes_at + 3 * MINUTE)}" in page


@pytest.mark.parametrize(
    ("prepared", "opens", "closes", "word"),
    [
        (None, 0, 0, "Direncanakan"),
        (False, 30, 60, "Direncanakan"),
        (True, 30, 60, "Siap"),
        (True, -5, 60, "Berlangsung"),
        (True, -60, -30, "Semua sesi ditutup"),
    ],
)
def test_event_says_where_it_stands_by_its_sittings(
    make, desk, event, prepared, opens, closes, word
):
    if prepared is not None:
        make.sitting(
            event,
            prepared=prepared,
            opens_at=make.now + opens * MINUTE,
            closes_at=make.now + closes * MINUTE,
        )

    listed = [words(badge) for badge in with_class(desk.get("/kegiatan"), "badge")]
    [own, *_] = [words(b) for b in with_class(desk.get(f"/kegiatan/{event.code}"), "badge")]

    assert (listed, own) == ([word], word)


def test_list_costs_the_same_with_one_event_and_with_three(make, desk, count_queries):
    make.sitting(make.event())
    desk.get("/kegiatan")
    one = count_queries(lambda: desk.get("/kegiatan"))
    for _ in range(2):
        make.sitting(make.event())

    assert count_queries(lambda: desk.get("/kegiatan")) == one
