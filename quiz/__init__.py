"""Kuis Netralitas ASN: from the material of a sosialisasi to a quiz, to a report per unit."""

from typing import Any

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from quiz import formats
from quiz.actions.people.leaving import LONGEST_SESSION
from quiz.config.settings import Settings, carried, read_settings
from quiz.database import db
from quiz.web import access, errors, headers, layout, payload
from quiz.web.machine import reached

MAX_UPLOAD = 8 * 1024 * 1024


def create_app(settings: Settings | None = None, **config: Any) -> Flask:
    """The application for ``settings`` (read from the environment when absent).

    ``config`` overrides Flask's own configuration; tests use it. Raises ConfigError.
    """
    settings = settings or read_settings()
    app = Flask(__name__, template_folder=str(carried("templates")))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=MAX_UPLOAD,
        PERMANENT_SESSION_LIFETIME=LONGEST_SESSION,
        WTF_CSRF_TIME_LIMIT=None,
        **config,
    )
    app.extensions["quiz.settings"] = settings
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(formats.FILTERS)
    db.init_app(app, settings.database_url, settings.instance)
    headers.init_app(app)
    payload.init_app(app)
    access.init_app(app)
    CSRFProtect(app)
    errors.init_app(app)
    reached.init_app(app)
    app.wsgi_app = errors.OnlyKnownHosts(app)  # type: ignore[method-assign]
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    layout.init_app(app)
    _register_blueprints(app)
    return app


def _register_blueprints(app: Flask) -> None:
    from quiz.views import BLUEPRINTS

    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
