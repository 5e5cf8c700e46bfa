"""One person twice on a roster, and two people of one name: found, told apart, put together."""
