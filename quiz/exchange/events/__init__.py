"""The file that carries one event from one installation to another."""
