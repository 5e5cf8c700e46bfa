"""A name without a space stays in its column, on a phone and on a desk."""

import pytest

from quiz.models import Enrolment, Unit
from quiz.permissions import Role
from tests.e2e.browsers import beyond_the_screen
from tests.views.scores.editions import publishing

LONG = "Kantorpengawasankecamatandankelurahanterpadu" * 3


@pytest.fixture
def desk(new_phone, app, hall, make):
    """An officer at an event with an edition, whose units, kinds and people have long names."""
    officer = make.user("Citra", username="citra", role=Role.OFFICER)
    sitting = publishing.hall(make)
    for place, enrolment in enumerate(make.session.query(Enrolment)):
        enrolment.unit_name = enrolment.unit_name[-1] + LONG
        enrolment.kind_name += LONG
        enrolment.user.name = LONG + str(place)
    for unit in make.session.query(Unit):
        unit.name = unit.name[-1] + LONG
    sitting.event.title = LONG
    publishing.published(make, sitting.event, officer)
    page = new_phone(viewport={"width": 1280, "height": 900})
    cookie = app.test_client().log_in(officer).get_cookie("session")
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": hall.url}])
    return page, sitting.event.code


PAGES = ["unit", "statistik", "peserta", "tautan", "edisi/1", "edisi/1/unit", "pesan", ""]


def test_a_name_without_a_space_leaves_no_page_sideways(desk):
    page, code = desk

    found = {}
    for address in [
        *(f"/laporan/{code}/{each}" for each in PAGES),
        "/laporan",
        f"/kegiatan/{code}",
    ]:
        page.goto(address.rstrip("/"))
        for width in (360, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            found[address, width] = beyond_the_screen(page)

    assert {where: what for where, what in found.items() if what} == {}
