"""The nouns: what the other rooms hand to each other. Frozen, no I/O, standard library only."""
