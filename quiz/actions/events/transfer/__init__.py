"""Reading an event file in: merged by name and content hash, or not at all."""
