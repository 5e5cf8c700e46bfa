"""An authenticator app for tests: it reads the set-up page as a phone would, and shows digits."""

import re
from datetime import datetime

import pyotp

from tests.client import HouseClient
from tests.factories import PASSWORD


class App:
    """The app on somebody's phone, after it was told the secret on a set-up page."""

    def __init__(self, page: str) -> None:
        secret = re.search(r'<p class="key">([A-Z2-7 ]+)</p>', page)
        assert secret is not None
        self.totp = pyotp.TOTP(secret[1].replace(" ", ""))

    def digits(self, moment: datetime) -> str:
        """What it shows at ``moment``."""
        return self.totp.at(moment)


def codes_on(page: str) -> list[str]:
    """The recovery codes of a page that shows them."""
    return re.findall(r"<li>([0-9A-Z]{5}-[0-9A-Z]{5})</li>", page)


def set_up(client: HouseClient, now: datetime) -> tuple[App, list[str]]:
    """Set up the second step in a browser that is logged in: the app, and the recovery codes."""
    address = "/akun/dua-langkah/pasang"
    app = App(client.get(address).text)
    page = client.post_form(address, {"digits": app.digits(now), "password": PASSWORD})
    assert page.status_code == 200
    return app, codes_on(page.text)


def give_password(client: HouseClient, username: str = "citra", **more: str) -> str | None:
    """Log in by password, and where that leads."""
    data = {"username": username, "password": PASSWORD, **more}
    reply = client.post_form("/masuk/petugas", data)
    return reply.location
