"""Configuration: where things lie, and what the environment says. Wrong values stop the start."""
