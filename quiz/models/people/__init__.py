"""Tables of accounts, entering, units, audit, settings."""
