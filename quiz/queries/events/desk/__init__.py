"""What the desk at the door asks: whose card this is, and who waits without one."""
