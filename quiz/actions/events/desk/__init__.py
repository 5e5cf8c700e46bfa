"""What the desk at the door changes."""
