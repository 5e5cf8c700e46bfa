"""The refusal of a setting."""


class ConfigError(Exception):
    """A setting that cannot be used; its text is a sentence for the operator."""
