"""What changes attempts, responses, feedback, home."""
