"""Papers that the law on personal data asks of the office, filled in as far as is known here."""
