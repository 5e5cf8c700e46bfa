"""Pages that get phones in: the hall's Wi-Fi, projector, poster, and texts to be sent."""

from quiz.views.events.phones import connecting, texts, wifi

BLUEPRINTS = (connecting.bp, texts.bp, wifi.bp)
