"""Categories and tags of Moodle, which carry our topic and level."""

LEVEL_TAG = "tingkat:"
"""Before the level in a tag: tingkat:memahami."""

_ROOTS = frozenset({"$course$", "$system$", "$module$", "$cat1$", "top", ""})


def last_topic(category: str) -> str:
    """The last name in $course$/top/Makna; a // within a name stands for one /."""
    names = category.replace("//", "\0").split("/")
    kept = [name.replace("\0", "/").strip() for name in names]
    return next((name for name in reversed(kept) if name.lower() not in _ROOTS), "")


def topic_category(name: str) -> str:
    """A category below the course's own for a topic of this name."""
    return f"$course$/top/{name.replace('/', '//')}"
