"""What changes topics, material, passages, law, claims."""
