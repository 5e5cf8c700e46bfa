"""What can be saved when SQLite's file is damaged, and which backup holds most."""
