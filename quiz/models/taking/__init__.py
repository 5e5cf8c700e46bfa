"""Tables of attempts, responses, feedback, home."""
