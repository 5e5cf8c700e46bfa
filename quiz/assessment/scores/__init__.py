"""From choices and rulings to points."""
