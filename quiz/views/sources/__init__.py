"""Pages of topics, material, passages, law, claims."""

from quiz.views.sources import claims, file_texts, material, material_editor, references

BLUEPRINTS = (
    claims.bp,
    file_texts.bp,
    material.bp,
    material_editor.bp,
    references.bp,
)
