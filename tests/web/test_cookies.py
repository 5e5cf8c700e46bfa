"""What browsers are told about our cookies, over plain HTTP in a hall and over TLS."""

import re

import pytest

from tests.factories import PASSWORD

TLS = "https://kuis.example"
PLAIN = "http://localhost"


def cookies(reply):
    """Name → attributes, lower case, of each cookie a reply sets."""
    found = {}
    for line in reply.headers.getlist("Set-Cookie"):
        first, *rest = line.split("; ")
        found[first.partition("=")[0]] = {each.lower() for each in rest}
    return found


def log_in(client, base_url):
    """What logging in by password sets."""
    data = {"username": "citra", "password": PASSWORD}
    return post(client, "/masuk/petugas", base_url, data)


def post(client, address, base_url, data):
    """POST the form of the page at ``address`` as a browser would."""
    page = client.get(address, base_url=base_url).text
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)[1]
    headers = {"Referer": f"{base_url}{address}"}
    data = data | {"csrf_token": token}
    return client.post(address, data=data, base_url=base_url, headers=headers)


def test_over_tls_they_are_bound_to_the_host_and_to_tls(client, citra):
    set_here = cookies(log_in(client, TLS))

    session, device = set_here["__Host-session"], set_here["__Secure-perangkat"]
    assert {"secure", "httponly", "samesite=lax", "path=/"} <= session
    assert {"secure", "httponly", "samesite=lax", "path=/masuk"} <= device
    assert not any(each.startswith("domain") for each in session | device)
    assert client.get("/kegiatan", base_url=TLS).status_code == 200


def test_over_plain_http_they_lack_what_would_keep_the_hall_out(client, citra):
    set_here = cookies(log_in(client, PLAIN))

    session, device = set_here["session"], set_here["perangkat"]
    assert {"httponly", "samesite=lax", "path=/"} <= session
    assert {"httponly", "samesite=lax", "path=/masuk"} <= device
    assert "secure" not in session | device
    assert client.get("/kegiatan", base_url=PLAIN).status_code == 200


def test_a_cookie_put_in_over_plain_http_is_nobody_over_tls(app, client, citra):
    log_in(client, PLAIN)
    cookie = client.get_cookie("session")
    victim = app.test_client()
    victim.set_cookie("session", cookie.value, domain="kuis.example")

    assert victim.get("/kegiatan", base_url=TLS).status_code == 302


@pytest.mark.parametrize("base_url", [PLAIN, TLS])
def test_scripts_read_only_the_cookie_made_for_them(client, make, ani, budi, base_url):
    event = make.event()
    tokens = [make.token(make.enrolment(event, person)) for person in (ani, budi)]
    client.get(f"/k/{tokens[0]}", base_url=base_url)

    reply = post(client, f"/k/{tokens[1]}", base_url, {})

    readable = {name for name, told in cookies(reply).items() if "httponly" not in told}
    assert readable == {"siapa"}
