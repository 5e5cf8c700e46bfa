"""Who met which item, what came of it, and what of that may be said."""
