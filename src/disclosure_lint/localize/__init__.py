"""Which cells are wrong, from all violated equations at once."""
