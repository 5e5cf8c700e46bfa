"""What the server knows of itself: its backups, and whether phones get here."""
