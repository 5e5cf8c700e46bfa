"""The one way in which a rule about people, events or sittings says no."""


class Refused(Exception):
    """What was asked breaks a rule; the text is an Indonesian sentence that says why."""
