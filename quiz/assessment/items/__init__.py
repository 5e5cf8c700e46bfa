"""Items: what they are, how they are written and compared."""
