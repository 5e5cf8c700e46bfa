"""What changes rows: session in, refusals raised, nothing committed; no HTTP, no clock."""
