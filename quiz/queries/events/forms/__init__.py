"""What stands in prepared forms, and what could stand there instead."""
