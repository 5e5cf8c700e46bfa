"""What is told of people as a group: gaps, kinds of unit, movement on what was covered."""
