"""What each room's staff do, once: every button with valid values, and the lines it writes."""
