"""The announced name: everybody who types it is led to the address where phones work."""

import pytest
from flask import Flask

from quiz.cli.server.doorways import ByName

HALL = "http://192.168.8.2:8000"


@pytest.fixture
def hall(app: Flask) -> Flask:
    app.extensions["quiz.hall_address"] = HALL
    app.wsgi_app = ByName(app)
    return app


@pytest.mark.parametrize(
    "base", ["http://kuis.local", "http://KUIS.local:8000", "http://kuis.local."]
)
def test_the_name_leads_to_the_address_and_leaves_no_cookie_behind(hall: Flask, base: str) -> None:
    reply = hall.test_client().get("/g/LJN-482?kode=a%26b", base_url=base)

    assert (reply.status_code, reply.location) == (302, f"{HALL}/g/LJN-482?kode=a%26b")
    assert reply.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in reply.headers


def test_no_path_leads_to_another_machine(hall: Flask) -> None:
    reply = hall.test_client().get("//jahat.example/", base_url="http://kuis.local")

    assert reply.location is not None
    assert reply.location.startswith(f"{HALL}/")


def test_the_number_itself_is_served(hall: Flask) -> None:
    assert hall.test_client().get("/sehat", base_url=HALL).status_code == 200


def test_a_name_nobody_announces_is_a_host_like_any_other(app: Flask) -> None:
    app.extensions["quiz.hall_address"] = HALL

    reply = app.test_client().get("/sehat", base_url="http://kuis.local")

    assert reply.status_code != 302
