"""From a blueprint to the forms people meet."""
