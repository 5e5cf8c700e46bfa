"""What people ask about their data, and what an event's scores are for."""
