"""What goes round every reply, whoever asks for whatever, also for what is refused or not there."""

import pytest

from tests.safety.everybody import WHO, browser_of
from tests.safety.places import address_of, written

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
"""Nothing written into a page, nothing from elsewhere, nobody else's frame."""


def of_a_page(reply):
    parts = (part.split(" ", 1) for part in reply.headers["Content-Security-Policy"].split("; "))
    return {name: values for name, values in parts}


@pytest.mark.parametrize("who", WHO)
def test_every_reply_is_closed_to_others_and_to_caches(world, who):
    client = browser_of(world, who)
    doors = [rule for method, rule in written() if method == "GET"]

    replies = {rule: client.get(address_of(world, rule)) for rule in doors}

    for rule, reply in {**replies, "/tiada": client.get("/tiada")}.items():
        assert reply.headers["X-Content-Type-Options"] == "nosniff", rule
        assert "no-store" in reply.headers["Cache-Control"], rule
        assert "Strict-Transport-Security" not in reply.headers, rule  # the hall has no TLS
        assert "Access-Control-Allow-Origin" not in reply.headers, rule
        if reply.mimetype.startswith("text/"):
            assert reply.mimetype_params["charset"] == "utf-8", rule
        if reply.mimetype == "text/html" and not 300 <= reply.status_code < 400:
            assert of_a_page(reply) == POLICY, rule
            assert reply.headers["Referrer-Policy"] == "same-origin", rule
            assert reply.headers["Permissions-Policy"].startswith("camera=("), rule


def test_over_tls_and_only_there_browsers_are_told_to_stay_with_it(world):
    client = world.app.test_client()

    secure = client.get("/tentang", base_url="https://127.0.0.1")

    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000"
