"""How a phone gets in, in the order of doing it: for the officer, the projector and a poster."""

from typing import NamedTuple

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from segno.helpers import make_wifi_data

from quiz.models import Event
from quiz.permissions import Permission
from quiz.views.events._hall import hall_reachable, hall_url, without_scheme
from quiz.web.access import requires
from quiz.web.keys import typed_address
from quiz.web.layout.qr import qr_svg
from quiz.web.loaders.events import event_or_404

bp = Blueprint("connecting", __name__)

QR_SCREEN, QR_POSTER, QR_PAGE = 380, 300, 168


class WayIn(NamedTuple):
    """What a phone needs: ``wifi`` and ``code`` are QR codes, ``wifi`` only where it is known.

    ``address`` works on every phone, ``name`` (if there is one) on those that know mDNS; both as
    people type them. ``reachable``: phones can open the address at all.
    """

    wifi: Markup | None
    code: Markup
    address: str
    name: str | None
    reachable: bool


@bp.get("/kegiatan/<code>/hp")
@requires(Permission.MANAGE_EVENTS)
def page(code: str) -> ResponseReturnValue:
    return _shown("events/connecting/page.html", code, QR_PAGE)


@bp.get("/kegiatan/<code>/hp/layar")
@requires(Permission.MANAGE_EVENTS)
def screen(code: str) -> ResponseReturnValue:
    return _shown("events/connecting/screen.html", code, QR_SCREEN)


@bp.get("/kegiatan/<code>/hp/poster")
@requires(Permission.MANAGE_EVENTS)
def poster(code: str) -> ResponseReturnValue:
    return _shown("events/connecting/poster.html", code, QR_POSTER)


def _shown(template: str, code: str, pixels: int) -> ResponseReturnValue:
    event = event_or_404(code)
    return render_template(template, event=event, way=_way_in(event, pixels))


def _way_in(event: Event, pixels: int) -> WayIn:
    path = url_for("auth.join", code=event.code)
    name = typed_address()
    return WayIn(
        wifi=_wifi(event, pixels),
        code=qr_svg(hall_url(path), pixels),
        address=without_scheme(hall_url(path)),
        name=name and name + path,
        reachable=hall_reachable(),
    )


def _wifi(event: Event, pixels: int) -> Markup | None:
    """The code that connects a phone when its camera sees it."""
    if not event.wifi_name:
        return None
    secured = "WPA" if event.wifi_password else "nopass"
    return qr_svg(make_wifi_data(event.wifi_name, event.wifi_password or None, secured), pixels)
