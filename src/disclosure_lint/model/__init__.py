"""The nouns: what the other rooms hand to each other. Frozen, no I/O, standard library only.

Nearly all are named tuples: a frozen dataclass does the same, but making one costs five times as much at every start.
"""
