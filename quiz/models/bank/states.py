"""What an item's states are called on pages."""

STATES = {
    "published": ("published", "Terbit"),
    "draft": ("draft", "Draf"),
    "in_review": ("waiting", "Menunggu pemeriksa"),
    "retired": ("retired", "Ditarik"),
}
"""An item's state → kind and words of its badge."""
