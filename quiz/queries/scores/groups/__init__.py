"""What speakers and officers see of whole groups: the gap board, movement, a group, the trend."""
