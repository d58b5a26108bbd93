"""Input that nobody should send: what it is made of, and what must be true of whatever is said about it."""
