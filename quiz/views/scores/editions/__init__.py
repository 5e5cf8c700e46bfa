"""Pages of editions: published and withdrawn, read, and shown to the heads of units."""

from quiz.views.scores.editions import edition_pages, own_unit, publishing, unit_links

BLUEPRINTS = (
    edition_pages.bp,
    own_unit.bp,
    publishing.bp,
    unit_links.bp,
)
