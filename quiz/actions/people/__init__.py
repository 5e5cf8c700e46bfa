"""What changes accounts, entering, units, audit, settings."""
