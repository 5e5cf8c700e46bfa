"""Tables of topics, material, passages, law, claims."""
